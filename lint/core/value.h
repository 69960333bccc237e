#pragma once
// Value: a YAML document as plain data, with the place of every node, so that a configuration
// error can name its line and column. Made by lint/core/yaml.h; owned, no lifetimes to mind.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docathon {

struct Value {
    enum class Kind : std::uint8_t { null, scalar, list, map };

    Kind kind = Kind::null;
    bool quoted = false;       ///< a scalar that was written in quotes: never a bool or a number
    std::uint32_t line = 0;    ///< 1-based line in the YAML text
    std::uint32_t column = 0;  ///< 1-based column in code points
    std::string text;          ///< a scalar as written, without quotes
    std::vector<Value> items;  ///< list items, or map values in the order of `keys`
    std::vector<Value> keys;   ///< map keys (scalars), parallel to `items`

    [[nodiscard]] bool is_null() const { return kind == Kind::null; }
    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_list() const { return kind == Kind::list; }
    [[nodiscard]] bool is_map() const { return kind == Kind::map; }

    /// The value under `key` of a map, or nullptr (also when this is no map).
    [[nodiscard]] const Value* find(std::string_view key) const;
    /// YAML 1.2 core booleans (true/false) plus on/off/yes/no when unquoted; false if it is none.
    [[nodiscard]] bool as_bool(bool& out) const;
    /// Decimal integer in the range of int64, unquoted; false if it is none.
    [[nodiscard]] bool as_int(std::int64_t& out) const;
};

}  // namespace docathon
