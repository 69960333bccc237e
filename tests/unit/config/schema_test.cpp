#include "lint/config/schema.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"
#include "tests/unit/config/config_testing.h"

namespace docathon {
namespace {

using Json = nlohmann::json;

Json config_json() {
    return Json::parse(config_schema(testing::config_rules(), testing::small_presets()));
}

// Every key of a table, at every depth, is in the schema and nothing else is.
void expect_same_keys(std::span<const Key> keys, const Json& schema, const std::string& where) {
    const Json& properties = schema.at("properties");
    EXPECT_EQ(properties.size(), keys.size()) << where;
    EXPECT_EQ(schema.at("additionalProperties"), false) << where;
    for (const Key& key : keys) {
        const std::string name(key.name);
        ASSERT_TRUE(properties.contains(name)) << where << name;
        const Json& property = properties.at(name);
        EXPECT_EQ(property.at("description"), std::string(key.help)) << where << name;
        if (key.type != KeyType::object)
            continue;
        const Json& object = key.shape == Shape::one    ? property
                             : key.shape == Shape::list ? property.at("items")
                                                        : property.at("additionalProperties");
        expect_same_keys(key.children, object, where + name + ".");
    }
}

TEST(Schema, HasTheKeysOfTheTables) {
    expect_same_keys(config_keys(), config_json(), "config: ");
    const Json rule = Json::parse(rule_schema(testing::config_rules(), testing::small_presets()));
    // One rule or a list of them; each is native, has an engine or extends another.
    const Json& kinds = rule.at("anyOf").at(0).at("oneOf");
    EXPECT_EQ(rule.at("anyOf").at(1).at("items").at("oneOf"), kinds);
    ASSERT_EQ(kinds.size(), engine_keys().size() + 2);
    expect_same_keys(rule_keys(), kinds.at(0), "rule: ");
    for (std::size_t i = 0; i < engine_keys().size(); ++i) {
        const EngineKeys& engine = engine_keys()[i];
        std::vector<Key> keys(rule_keys().begin(), rule_keys().end());
        keys.insert(keys.end(), engine.keys.begin(), engine.keys.end());
        expect_same_keys(keys, kinds.at(i + 1), std::string(engine.name) + ": ");
    }
    const Json preset =
        Json::parse(preset_schema(testing::config_rules(), testing::small_presets()));
    expect_same_keys(preset_keys(), preset, "preset: ");
}

TEST(Schema, CompletesRulesAndTheirOptions) {
    const Json schema = config_json();
    EXPECT_EQ(schema.at("$schema"), "https://json-schema.org/draft/2020-12/schema");
    EXPECT_EQ(schema.at("required"), Json::array({"version"}));
    const Json& rules = schema.at("$defs").at("rules");
    EXPECT_EQ(rules.at("additionalProperties"), false);
    for (const char* name : {"links/missing-anchor", "MD051", "links/*", "*"}) {
        EXPECT_TRUE(rules.at("properties").contains(name)) << name;
    }
    EXPECT_FALSE(rules.at("properties").contains("links/mising-anchor"));
    const Json& object = rules.at("properties").at("links/missing-anchor").at("anyOf").at(1);
    EXPECT_EQ(object.at("additionalProperties"), false);
    const Json& options = object.at("properties");
    EXPECT_EQ(options.size(), 5u);
    EXPECT_EQ(options.at("depth").at("type"), "integer");
    EXPECT_EQ(options.at("html").at("type"), "boolean");
    EXPECT_EQ(options.at("mode").at("enum"), Json::array({"loose", "tight"}));
    EXPECT_TRUE(options.at("ignore").contains("items"));
    EXPECT_TRUE(options.contains("severity"));
}

TEST(Schema, CompletesPresets) {
    const Json schema = config_json();
    EXPECT_EQ(schema.at("properties").at("extends").at("items").at("anyOf").at(0).at("enum"),
              Json::array({"all", "core", "pytorch", "strict"}));
}

TEST(Schema, ExampleConfigurationsNeedNoVersion) {
    const Json schema = Json::parse(rule_schema(testing::config_rules(), testing::small_presets()));
    const Json& config = schema.at("$defs").at("config");
    EXPECT_FALSE(config.contains("required"));
    EXPECT_TRUE(config.at("properties").contains("version"));
}

TEST(Schema, EveryReferenceResolves) {
    for (const std::string& text :
         {config_schema(testing::config_rules(), testing::small_presets()),
          rule_schema(testing::config_rules(), testing::small_presets()),
          preset_schema(testing::config_rules(), testing::small_presets())}) {
        const Json schema = Json::parse(text);
        const Json flat = schema.flatten();
        std::size_t references = 0;
        for (const auto& [pointer, value] : flat.items()) {
            if (!pointer.ends_with("/$ref"))
                continue;
            const auto target = value.get<std::string>();
            ASSERT_EQ(target.substr(0, 2), "#/");
            EXPECT_TRUE(schema.contains(Json::json_pointer(target.substr(1)))) << target;
            ++references;
        }
        EXPECT_GT(references, 0u);
    }
}

TEST(Schema, SameBytesEachTime) {
    EXPECT_EQ(config_schema(testing::config_rules(), testing::small_presets()),
              config_schema(testing::config_rules(), testing::small_presets()));
}

}  // namespace
}  // namespace docathon
