#pragma once
// Reads notebooks of Jupyter (nbformat 4): which cells they have, by what the JSON says and where
// it says it. Outputs and attachments are stepped over. Pure; linear, also in what is no JSON:
// reading ends there, and what was found before it stays.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/parse/mapped_text.h"

namespace docathon {

enum class CellKind : std::uint8_t { code, markdown, other };

struct NotebookCell {
    CellKind kind = CellKind::other;
    bool fails = false;          ///< code that is meant to (raises-exception)
    std::vector<Range> strings;  ///< insides of the JSON strings that its source is made of
    Range range;                 ///< the value of `source`
};

struct Notebook {
    std::vector<NotebookCell> cells;  ///< in order; those without source are left out
    bool python = true;               ///< the kernel is Python, or nothing says which it is
    bool whole = true;                ///< false: reading ended before the JSON did
    bool made = false;                ///< of a page: the metadata name it (sphinx-tojupyter)
};

/// Never fails. Notebooks of nbformat 3 and older have no cells here.
[[nodiscard]] Notebook read_notebook(std::string_view source);

/// Appends what a piece of a JSON string stands for. What an escape stands for maps to the place
/// of the escape.
void append_json(MappedText& out, std::string_view source, Range inside);

/// Bytes of the escape that begins at `at` in a JSON string: 2 (\n), 6 (\u00e9) or 12 (two halves
/// of a character above U+FFFF).
[[nodiscard]] std::uint32_t json_escape_size(std::string_view source, std::uint32_t at);

/// What is left of an anchor when nobody minds how its reader spells ids: letters in lower case
/// and digits, of ASCII if there are any, for others may be dashes and pictures.
[[nodiscard]] std::string folded_anchor(std::string_view id);

}  // namespace docathon
