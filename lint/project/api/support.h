#pragma once
// What the parts of ApiIndex share. Private to lint/project/api.

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/core/strings.h"
#include "lint/model/python_facts.h"

namespace docathon::api {

// Imports of imports, aliases of aliases, classes in classes.
inline constexpr int kMaxDepth = 60;

/// What stands before the first dot.
inline std::string_view first_part(std::string_view dotted) {
    return dotted.substr(0, dotted.find('.'));
}

/// What stands behind the last dot.
inline std::string_view last_part(std::string_view dotted) {
    const std::size_t dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

/// Whether the text is one name, or names with dots between.
inline bool is_name(std::string_view text) {
    if (text.empty() || is_ascii_digit(text[0]))
        return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return is_ascii_alnum(c) || c == '_' || (c & 0x80) != 0; });
}

inline bool is_dotted_name(std::string_view text) {
    while (true) {
        const std::size_t dot = text.find('.');
        if (!is_name(text.substr(0, dot)))
            return false;
        if (dot == std::string_view::npos)
            return true;
        text.remove_prefix(dot + 1);
    }
}

/// What a plain string literal stands for that has neither prefix nor escapes; else empty.
inline std::string_view string_value(std::string_view literal) {
    const bool quoted = literal.size() >= 2 && (literal[0] == '"' || literal[0] == '\'') &&
                        literal.back() == literal[0];
    const std::string_view inner = quoted ? literal.substr(1, literal.size() - 2) : literal;
    return quoted && inner.find_first_of("\\\"'") == std::string_view::npos ? inner
                                                                            : std::string_view();
}

/// Whether sorted names hold this one.
inline bool contains(const std::vector<std::string_view>& sorted, std::string_view name) {
    return std::binary_search(sorted.begin(), sorted.end(), name);
}

/// Whether the definition has a decorator of this name, whatever module it is taken from.
inline bool has_decorator(const PythonFacts& facts, const PyDefinition& definition,
                          std::string_view wanted) {
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        if (last_part(facts.text(facts.decorators[definition.first_decorator + i].name)) == wanted)
            return true;
    }
    return false;
}

/// Whether a decorator may give the function another docstring: that of the function it wraps.
inline bool changes_docstring(const PythonFacts& facts, const PyDefinition& definition) {
    for (std::uint32_t i = 0; i < definition.decorator_count; ++i) {
        const std::string last = ascii_lower(
            last_part(facts.text(facts.decorators[definition.first_decorator + i].name)));
        if (last.find("doc") != std::string::npos || last.find("wraps") != std::string::npos ||
            last == "appender" || last == "substitution" || last == "interpd")
            return true;
    }
    return false;
}

/// Whether a name is that of a class of Python itself that has no public methods which one would
/// override, or only those with underscores; or that of an exception.
[[nodiscard]] bool has_no_public_members(std::string_view name);

/// How a class makes its constructor of its fields.
enum class FieldStyle : std::uint8_t {
    none,
    dataclass,
    attrs,  ///< @define, @frozen, @mutable: an underscore before a name is no part of the parameter
    named_tuple,
    unknown,  ///< in a way that is not read here
};

[[nodiscard]] FieldStyle field_style(const PythonFacts& facts, const PyDefinition& definition);

}  // namespace docathon::api
