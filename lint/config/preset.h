#pragma once
// Presets: named lists of rules by confidence. Each rule says which preset is the lowest that has
// it, so a preset file (rules/presets/*.yaml, or a file of the repository that `extends` names)
// only says which of these lists it takes, which presets it includes, and settings beyond that.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/config/keys.h"
#include "lint/core/embedded.h"
#include "lint/core/result.h"
#include "lint/model/config.h"

namespace docathon {

struct Preset {
    std::string name;                         ///< "strict", or the path of a file of the repository
    std::string path;                         ///< the file it was read from
    std::string summary;                      ///< one line
    std::vector<std::string> includes;        ///< presets and paths, as written
    std::vector<ConfigPlace> include_places;  ///< parallel to `includes`
    std::vector<std::string> members;         ///< it has the rules whose `preset:` is one of these
    std::vector<RuleSetting> rules;           ///< settings on top of that
};

/// Reads one preset file. A built-in preset (under rules/presets/) is named after its file and has
/// the rules that name it, unless `members` says otherwise; a file of the repository has none.
[[nodiscard]] Result<Preset> parse_preset(std::string_view text, std::string_view path,
                                          std::vector<Error>* all = nullptr);

/// The presets among `files`, sorted by name.
[[nodiscard]] Result<std::vector<Preset>> load_presets(std::span<const EmbeddedFile> files);
[[nodiscard]] Result<std::vector<Preset>> load_builtin_presets();

/// Bytes of a file of the repository by its path relative to the root. It must refuse symbolic
/// links that leave the repository.
using ReadText = std::function<Result<std::string>(const std::string& path)>;

/// The presets of one run, the weakest first: `core`, then config.extends from left to right, then
/// `flags` (of --preset), each after what it includes; one that was there before is not repeated.
/// Errors: a name that is no preset, a file that cannot be read, a cycle.
[[nodiscard]] Result<std::vector<Preset>> resolve_presets(const Config& config,
                                                          std::span<const std::string> flags,
                                                          std::span<const Preset> builtin,
                                                          const ReadText& read);

/// The keys of a preset file, for the schema.
[[nodiscard]] std::span<const Key> preset_keys();

}  // namespace docathon
