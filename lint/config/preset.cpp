#include "lint/config/preset.h"

#include <algorithm>

#include "lint/config/place.h"
#include "lint/config/quick_yaml.h"
#include "lint/config/rule_file.h"
#include "lint/core/path.h"

namespace docathon {
namespace {

constexpr std::string_view kBuiltinFolder = "rules/presets/";
constexpr std::size_t kMaxDepth = 20;

void* read_includes(const Value& value, const Value*, void* out, Reader& reader) {
    auto& preset = *static_cast<Preset*>(out);
    for (const Value& item : value.items) {
        preset.includes.push_back(item.text);
        preset.include_places.push_back(reader.place(item));
    }
    return nullptr;
}

void* read_preset_rules(const Value& value, const Value*, void* out, Reader& reader) {
    reader.read_rules(value, static_cast<Preset*>(out)->rules);
    return nullptr;
}

constexpr Key kPresetKeys[] = {
    {.name = "summary",
     .type = KeyType::line,
     .help = "one sentence on whom it is for",
     .read = store<&Preset::summary>,
     .required = true},
    {.name = "includes",
     .shape = Shape::list,
     .type = KeyType::source,
     .help = "presets that this one builds on",
     .read = read_includes},
    {.name = "members",
     .shape = Shape::list,
     .type = KeyType::choice,
     .help = "it has the rules whose 'preset:' is one of these",
     .read = store<&Preset::members>,
     .choices = kRulePresets},
    {.name = "rules",
     .type = KeyType::rules,
     .help = "settings of rules, as in the configuration",
     .read = read_preset_rules},
};

// `extends` and `includes` hold names and paths: a path has a slash or the suffix of YAML.
bool is_path(std::string_view source) {
    return source.find('/') != std::string_view::npos || source.ends_with(".yaml") ||
           source.ends_with(".yml");
}

class Resolver {
  public:
    Resolver(std::span<const Preset> builtin, const ReadText& read)
        : builtin_(builtin), read_(read) {}

    Result<void> add(const std::string& source, const ConfigPlace& place) {
        const auto refuse = [&](std::string message) {
            return fail(std::move(message), place.path, place.line, place.column);
        };
        std::string name = source;
        const Preset* found = nullptr;
        if (is_path(source)) {
            if (is_url(source)) {
                return refuse(quote(source) + " is a URL, which is never read; copy the file");
            }
            const std::optional<std::string> path = join_inside(base_of(place.path), source);
            if (!path)
                return refuse(quote(source) + " is not inside the repository");
            name = *path;
        } else {
            const auto it = std::find_if(builtin_.begin(), builtin_.end(),
                                         [&](const Preset& p) { return p.name == source; });
            if (it == builtin_.end()) {
                std::vector<std::string> names;
                for (const Preset& preset : builtin_)
                    names.push_back(preset.name);
                return refuse("no preset " + quote(source) + did_you_mean(source, names) +
                              (names.empty() ? "" : " (" + one_of(names) + ", or a path)"));
            }
            found = &*it;
        }
        if (std::any_of(done_.begin(), done_.end(),
                        [&](const Preset& p) { return p.name == name; })) {
            return {};
        }
        const auto cycle = std::find(open_.begin(), open_.end(), name);
        if (cycle != open_.end()) {
            std::string chain;
            for (auto it = cycle; it != open_.end(); ++it)
                chain += *it + " -> ";
            return refuse("presets include each other: " + chain + name);
        }
        if (open_.size() >= kMaxDepth) {
            return refuse("presets include each other deeper than " + std::to_string(kMaxDepth) +
                          " levels");
        }
        Preset preset;
        if (found != nullptr) {
            preset = *found;
        } else {
            const Result<std::string> text = read_(name);
            if (!text) {
                return refuse("cannot read the preset " + quote(name) + ": " +
                              text.error().message);
            }
            Result<Preset> parsed = parse_preset(*text, name);
            if (!parsed)
                return tl::unexpected<Error>(std::move(parsed.error()));
            preset = std::move(*parsed);
            preset.name = name;
        }
        open_.push_back(name);
        for (std::size_t i = 0; i < preset.includes.size(); ++i) {
            if (auto added = add(preset.includes[i], preset.include_places[i]); !added) {
                return added;
            }
        }
        open_.pop_back();
        done_.push_back(std::move(preset));
        return {};
    }

    std::vector<Preset> take() { return std::move(done_); }

  private:
    std::span<const Preset> builtin_;
    const ReadText& read_;
    std::vector<Preset> done_;
    std::vector<std::string> open_;
};

Result<Preset> read_preset(const Value& value, std::string_view path, std::vector<Error>* all) {
    Preset preset;
    preset.path = path;
    preset.name = path;
    if (path.starts_with(kBuiltinFolder) && path.ends_with(".yaml")) {
        const std::string_view file = basename(path);
        preset.name = file.substr(0, file.size() - 5);
        preset.members = {preset.name};
    }
    std::vector<Error> errors;
    Reader reader{std::string(path), errors};
    reader.read(value, kPresetKeys, &preset);
    if (errors.empty())
        return preset;
    return tl::unexpected<Error>(reader.finish(all));
}

}  // namespace

Result<Preset> parse_preset(std::string_view text, std::string_view path, std::vector<Error>* all) {
    const Result<Value> value = read_yaml(text, path);
    if (value)
        return read_preset(*value, path, all);
    if (all != nullptr)
        all->push_back(value.error());
    return tl::unexpected<Error>(value.error());
}

Result<std::vector<Preset>> load_presets(std::span<const EmbeddedFile> files) {
    std::vector<Preset> presets;
    for (const EmbeddedFile& file : files) {
        if (!file.path.starts_with(kBuiltinFolder))
            continue;
        // As for rules: quickly, and again with places if anything is wrong.
        const std::optional<Value> quick = quick_yaml(file.bytes);
        Result<Preset> preset =
            quick ? read_preset(*quick, file.path, nullptr) : parse_preset(file.bytes, file.path);
        if (!preset && quick)
            preset = parse_preset(file.bytes, file.path);
        if (!preset)
            return tl::unexpected<Error>(std::move(preset.error()));
        presets.push_back(std::move(*preset));
    }
    std::sort(presets.begin(), presets.end(),
              [](const Preset& a, const Preset& b) { return a.name < b.name; });
    return presets;
}

Result<std::vector<Preset>> load_builtin_presets() {
    return load_presets(embedded_files());
}

Result<std::vector<Preset>> resolve_presets(const Config& config,
                                            std::span<const std::string> flags,
                                            std::span<const Preset> builtin, const ReadText& read) {
    Resolver resolver(builtin, read);
    if (auto added = resolver.add("core", {}); !added) {
        return tl::unexpected<Error>(std::move(added.error()));
    }
    for (std::size_t i = 0; i < config.extends.size(); ++i) {
        const ConfigPlace place =
            i < config.extends_places.size() ? config.extends_places[i] : ConfigPlace{config.path};
        if (auto added = resolver.add(config.extends[i], place); !added) {
            return tl::unexpected<Error>(std::move(added.error()));
        }
    }
    for (const std::string& flag : flags) {
        if (auto added = resolver.add(flag, {"--preset"}); !added) {
            return tl::unexpected<Error>(std::move(added.error()));
        }
    }
    return resolver.take();
}

std::span<const Key> preset_keys() {
    return kPresetKeys;
}

}  // namespace docathon
