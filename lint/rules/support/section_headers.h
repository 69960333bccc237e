#pragma once
// Sections of docstrings as pydocstyle and ruff 0.17 find them: by lines that hold the name of a
// section, whether it is written as Google or as NumPy has it. Our own reader
// (lint/parse/python/docstring.cpp) knows more forms; this one is for the preset ruff-compatible.
// Works on the bytes between the quotes, without unescaping; views point into them.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace docathon::rules {

enum class HeaderStyle : std::uint8_t { numpy, google };

struct HeaderSection {
    std::string name;         ///< lower case
    std::size_t indent = 0;   ///< bytes before the name
    std::size_t body = 0;     ///< offset behind the line of the name
    std::size_t end = 0;      ///< offset of the next section, or the end
    std::string_view suffix;  ///< what stands behind the name: ":" or white space
};

struct HeaderSections {
    HeaderStyle style = HeaderStyle::numpy;
    std::vector<HeaderSection> sections;

    /// The last one of these names, or nullptr.
    [[nodiscard]] const HeaderSection* find(std::string_view name) const;
};

/// The sections in the style that the docstring seems to be written in: with Parameters NumPy's,
/// with Args Google's, else that of which there are more.
[[nodiscard]] HeaderSections find_header_sections(std::string_view docstring);

/// Names that the sections about parameters describe, and whether there is such a section (D417).
struct DescribedParameters {
    bool any = false;
    std::vector<std::string> names;  ///< sorted; stars kept
};
[[nodiscard]] DescribedParameters described_parameters(std::string_view docstring,
                                                       const HeaderSections& sections);

/// A name that a section Args or Parameters gives, with its offset (DOC102).
struct NamedParameter {
    std::string name;  ///< without stars
    std::size_t at = 0;
};
[[nodiscard]] std::vector<NamedParameter> named_parameters(std::string_view docstring,
                                                           const HeaderSections& sections);

/// Exceptions that the section Raises names, as written (DOC501, DOC502).
[[nodiscard]] std::vector<std::string_view> named_exceptions(std::string_view docstring,
                                                             const HeaderSection& section);

}  // namespace docathon::rules
