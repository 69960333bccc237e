#pragma once
// Scripts that sphinx-gallery makes pages of: the docstring of the module and the comment blocks
// below a line of twenty or more `#` or below `# %%` are one text of reStructuredText, the code
// between them is shown. Read as sphinx-gallery 0.19 does (py_source_parser.py,
// split_code_and_text_blocks, and gen_rst.py, rst_blocks): line by line, whatever strings the
// lines may stand in.
//
// Lifetime: a LineSource made here views the bytes, which must outlive it.

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/parse/rst/lines.h"

namespace docathon::rst {

/// A comment block: its lines without `#`, common indentation and blank lines at the begin.
struct GalleryBlock {
    std::vector<Range> lines;
    std::uint32_t first_line = 0;  ///< number of lines[0] in the file, 1-based
};

/// The comment blocks of a script from offset `from` on, where its docstring ends.
[[nodiscard]] std::vector<GalleryBlock> gallery_blocks(std::string_view bytes, std::uint32_t from);

/// The page of a script: docstring (`literal`: prefix and quotes included), then its blocks, with
/// the comment between them that sphinx-gallery writes. Numbers of lines are those of the file.
[[nodiscard]] LineSource gallery_lines(std::string_view bytes, Range literal);

}  // namespace docathon::rst
