#pragma once
// The configuration file: finding it, reading it into a Config. What needs the rules (do these ids
// exist, are these options of the right type) is checked by effective.h, since rules may come from
// the configuration itself. Pure functions: whoever calls them reads the files.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/config/keys.h"
#include "lint/core/result.h"
#include "lint/core/value.h"
#include "lint/model/config.h"

namespace docathon {

/// The two names that a configuration file may have.
inline constexpr std::string_view kConfigNames[] = {".docathon-lint.yaml", "docathon-lint.yaml"};

/// What stands at a path.
enum class PathKind : std::uint8_t { absent, file, other };

/// The configuration that holds for `start`: the nearest of `start` and its ancestors up to `root`
/// that has one. Both are '/' separated folders, `start` equal to `root` or below it; the answer is
/// `folder/name` in the same spelling, nullopt if there is none. Both names in one folder are an
/// error, as is a folder or device of that name.
[[nodiscard]] Result<std::optional<std::string>> find_config(
    std::string_view start, std::string_view root,
    const std::function<PathKind(const std::string& path)>& kind_of);

/// Reads the text of a configuration file. `path` is relative to the root; its folder becomes
/// Config::base (the root, if the path is absolute or leaves the root). Returns the first error in
/// the order of the file; `all`, if given, receives every one.
[[nodiscard]] Result<Config> load_config(std::string_view text, std::string_view path,
                                         std::vector<Error>* all = nullptr);

/// The same of parsed YAML, for configurations inside rule examples: `version` may be absent.
[[nodiscard]] Result<Config> read_example_config(const Value& value, std::string_view path);

/// An error if a pyproject.toml has a [tool.docathon-lint] table: there is one YAML file instead.
[[nodiscard]] Result<void> check_pyproject(std::string_view text, std::string_view path);

/// The keys of a configuration file, for the schema.
[[nodiscard]] std::span<const Key> config_keys();

}  // namespace docathon
