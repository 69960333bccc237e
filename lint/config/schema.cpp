#include "lint/config/schema.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"

namespace docathon {
namespace {

using Json = nlohmann::ordered_json;

class SchemaMaker {
  public:
    SchemaMaker(const RuleSet& rules, const std::vector<Preset>& presets)
        : rules_(rules), presets_(presets) {}

    // A whole schema. `version_required` is false for configurations inside examples.
    Json document(std::string_view title, Json object) {
        Json out;
        out["$schema"] = "https://json-schema.org/draft/2020-12/schema";
        out["title"] = title;
        for (auto& [key, value] : object.items())
            out[key] = value;
        Json defs = Json::object();
        defs["rules"] = rules_map();
        if (needs_config_) {
            needs_config_ = false;
            defs["config"] = object_of(config_keys(), false);
        }
        out["$defs"] = defs;
        return out;
    }

    Json object_of(std::span<const Key> keys, bool version_required = true) {
        Json properties = Json::object();
        Json required = Json::array();
        for (const Key& key : keys) {
            properties[std::string(key.name)] = described(key);
            if (key.required && (version_required || key.type != KeyType::version)) {
                required.push_back(key.name);
            }
        }
        Json out;
        // A map whose entries are all commented out is null, and stands for an empty one.
        out["type"] = required.empty() ? Json{"object", "null"} : Json("object");
        out["properties"] = properties;
        out["additionalProperties"] = false;
        if (!required.empty())
            out["required"] = required;
        return out;
    }

  private:
    Json described(const Key& key) {
        Json out;
        out["description"] = key.help;
        const Json shape = shaped(key);
        for (const auto& [name, value] : shape.items())
            out[name] = value;
        return out;
    }

    Json shaped(const Key& key) {
        switch (key.shape) {
            case Shape::one:
                break;
            case Shape::list:
                return {{"type", {"array", "null"}}, {"items", one(key)}};
            case Shape::map:
                return {{"type", {"object", "null"}}, {"additionalProperties", one(key)}};
            case Shape::map_of_lists:
                return {{"type", {"object", "null"}},
                        {"additionalProperties", {{"type", "array"}, {"items", one(key)}}}};
        }
        return one(key);
    }

    Json one(const Key& key) {
        switch (key.type) {
            case KeyType::boolean:
                return {{"type", "boolean"}};
            case KeyType::integer:
                return {{"type", "integer"}, {"minimum", key.min}, {"maximum", key.max}};
            case KeyType::number:
                return {{"type", "number"}, {"minimum", key.min}, {"maximum", key.max}};
            case KeyType::string:
                return scalar();
            case KeyType::strings:
                return {{"anyOf", {scalar(), {{"type", {"array", "null"}}, {"items", scalar()}}}}};
            case KeyType::line: {
                Json out = scalar();
                out["pattern"] = "^[^\\n]+$";
                return out;
            }
            case KeyType::id:
                return {{"type", "string"}, {"pattern", "^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$"}};
            case KeyType::glob:
            case KeyType::path:
                return {{"type", "string"}, {"minLength", 1}};
            case KeyType::source: {
                Json names = Json::array();
                for (const Preset& preset : presets_)
                    names.push_back(preset.name);
                const Json path = {{"type", "string"},
                                   {"pattern", "(/|\\.ya?ml$)"},
                                   {"not", {{"pattern", "^(//|[^/]*:)"}}}};
                return {{"anyOf", Json::array({Json{{"enum", names}}, path})}};
            }
            case KeyType::duration:
                return {{"type", "string"}, {"pattern", "^[0-9]+(ms|s|m|h|d|w)$"}};
            case KeyType::size:
                return {{"anyOf",
                         {{{"type", "integer"}, {"minimum", 1}},
                          {{"type", "string"}, {"pattern", "^[0-9]+(B|Ki?B|Mi?B|Gi?B)?$"}}}}};
            case KeyType::choice:
                return {{"enum", choices(key)}};
            case KeyType::status:
                return {{"anyOf",
                         {{{"type", "integer"}, {"minimum", 100}, {"maximum", 599}},
                          {{"enum", choices(key)}}}}};
            case KeyType::version:
                return {{"const", 1}};
            case KeyType::rules:
                return {{"$ref", "#/$defs/rules"}};
            case KeyType::any:
                return Json::object();
            case KeyType::object:
                return object_of(key.children);
            case KeyType::config:
                needs_config_ = true;
                return {{"$ref", "#/$defs/config"}};
            case KeyType::content:
                return {{"anyOf",
                         {scalar(),
                          {{"type", "object"},
                           {"properties", {{"hex", {{"type", "string"}}}}},
                           {"required", {"hex"}},
                           {"additionalProperties", false}}}}};
        }
        return Json::object();
    }

    // Whatever YAML makes of a scalar without quotes, we read its text.
    static Json scalar() { return {{"type", {"string", "number", "boolean"}}}; }

    static Json choices(const Key& key) {
        Json out = Json::array();
        for (const std::string_view choice : key.choices)
            out.push_back(choice);
        return out;
    }

    static Json words() { return {{"enum", {"off", "on", "note", "warning", "error"}}}; }

    static Json option(const OptionSpec& spec) {
        Json out = {{"description", spec.help}};
        switch (spec.type) {
            case OptionType::boolean:
                out["type"] = "boolean";
                break;
            case OptionType::integer:
                out["type"] = "integer";
                break;
            case OptionType::string:
            case OptionType::regex:
                out["type"] = scalar()["type"];
                break;
            case OptionType::string_list:
            case OptionType::regex_list:
                out["type"] = {"array", "null"};
                out["items"] = scalar();
                break;
            case OptionType::choice:
                out["enum"] = spec.choices;
                break;
        }
        return out;
    }

    static Json setting(Json properties, bool closed) {
        properties["severity"] = words();
        Json object = {{"type", "object"}, {"properties", properties}};
        if (closed)
            object["additionalProperties"] = false;
        return {{"anyOf", Json::array({words(), object})}};
    }

    Json rules_map() const {
        Json properties = Json::object();
        std::set<std::string> families;
        std::set<std::string> aliases;
        for (const RuleSpec& spec : rules_.specs) {
            families.insert(spec.family());
            for (const auto& [tool, names] : spec.aliases) {
                aliases.insert(names.begin(), names.end());
            }
            Json options = Json::object();
            for (const OptionSpec& one : spec.options)
                options[one.name] = option(one);
            Json entry = {{"description", spec.summary}};
            entry.update(setting(options, true));
            properties[spec.id] = entry;
        }
        for (const std::string& alias : aliases)
            properties[alias] = setting(Json::object(), false);
        for (const std::string& family : families) {
            properties[family + "/*"] = setting(Json::object(), false);
        }
        properties["*"] = setting(Json::object(), false);
        return {{"type", {"object", "null"}},
                {"properties", properties},
                {"additionalProperties", false}};
    }

    const RuleSet& rules_;
    const std::vector<Preset>& presets_;
    bool needs_config_ = false;
};

std::string text_of(const Json& schema) {
    return schema.dump(2) + "\n";
}

}  // namespace

std::string config_schema(const RuleSet& rules, const std::vector<Preset>& presets) {
    SchemaMaker maker(rules, presets);
    return text_of(maker.document("docathon-lint configuration", maker.object_of(config_keys())));
}

std::string rule_schema(const RuleSet& rules, const std::vector<Preset>& presets) {
    SchemaMaker maker(rules, presets);
    Json variants = Json::array();
    std::vector<std::string_view> plain;
    const auto is_engine = [](std::string_view check) {
        return std::any_of(engine_keys().begin(), engine_keys().end(),
                           [&](const EngineKeys& engine) { return engine.name == check; });
    };
    const auto keys_with = [](std::span<const Key> own) {
        std::vector<Key> keys(rule_keys().begin(), rule_keys().end());
        keys.insert(keys.end(), own.begin(), own.end());
        return keys;
    };
    const auto add = [&](const std::vector<std::string_view>& checks, std::vector<Key> keys) {
        Json object = maker.object_of(keys);
        object["properties"]["check"]["enum"] = checks;
        variants.push_back(std::move(object));
    };
    for (const Key& key : rule_keys()) {
        if (key.name != "check")
            continue;
        for (const std::string_view check : key.choices) {
            if (!is_engine(check))
                plain.push_back(check);
        }
    }
    add(plain, keys_with({}));
    // A rule of a project says what it wants to say; one that comes with the program says all.
    Json inherited = Json::object();
    for (const EngineKeys& engine : engine_keys()) {
        std::vector<Key> keys = keys_with(engine.keys);
        for (std::size_t i = 0; i < rule_keys().size(); ++i)
            keys[i].required = keys[i].name == "id" || keys[i].name == "check";
        add({engine.name}, keys);
        for (const auto& [name, key] : variants.back()["properties"].items())
            inherited[name] = Json{{"description", key["description"]}};
    }
    // With `extends` the keys are those of another rule's engine.
    inherited.erase("check");
    inherited["id"] = variants.back()["properties"]["id"];
    inherited["examples"] = variants.back()["properties"]["examples"];
    inherited["extends"] = {{"description", "id of the rule that this one builds on"},
                            {"type", "string"}};
    variants.push_back(
        {{"type", "object"},
         {"properties", inherited},
         {"patternProperties",
          {{"^[a-z-]+[+-]$",
            {{"description", "what is added to the key of the other rule, or taken away"}}}}},
         {"additionalProperties", false},
         {"required", {"id", "extends"}}});
    const Json one = {{"oneOf", variants}};
    return text_of(
        maker.document("docathon-lint rule",
                       {{"anyOf", Json::array({one, Json{{"type", "array"}, {"items", one}}})}}));
}

std::string preset_schema(const RuleSet& rules, const std::vector<Preset>& presets) {
    SchemaMaker maker(rules, presets);
    return text_of(maker.document("docathon-lint preset", maker.object_of(preset_keys())));
}

}  // namespace docathon
