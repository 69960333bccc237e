#pragma once
// TableBlock: the lines of a grid or simple table as columns of characters, the way docutils counts
// them: East Asian wide characters take two, combining characters none. And the two table parsers
// (docutils.parsers.rst.tableparser), which cut it into cells.
//
// Lifetime: views of the lines' text; the LineSource outlives it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/blocks.h"

namespace docathon::rst {

class TableBlock {
  public:
    explicit TableBlock(Lines lines);

    [[nodiscard]] std::size_t size() const { return lines_.size(); }
    [[nodiscard]] const Lines& lines() const { return lines_; }
    /// Columns of a line.
    [[nodiscard]] std::size_t width(std::size_t row) const {
        return columns_[row].empty() ? lines_[row].text.size() : columns_[row].size();
    }
    /// ASCII character at a column; another character gives a byte >= 0x80, the second column of a
    /// wide one and places behind the end NUL.
    [[nodiscard]] char at(std::size_t row, std::size_t column) const;
    /// The piece of a line between two columns, without trailing white space.
    [[nodiscard]] Line piece(std::size_t row, std::size_t left, std::size_t right) const;
    /// Whether there is more than white space between two columns.
    [[nodiscard]] bool has_text(std::size_t row, std::size_t left, std::size_t right) const;
    /// StringList.get_2D_block(): rows [top, bottom), dedented.
    [[nodiscard]] Lines cut(std::size_t top, std::size_t left, std::size_t bottom,
                            std::size_t right) const;

  private:
    [[nodiscard]] std::size_t offset(std::size_t row, std::size_t column) const;

    Lines lines_;
    // Byte offset of each column, for lines with other than ASCII characters; kPad marks the
    // second column of a wide character.
    std::vector<std::vector<std::uint32_t>> columns_;
};

/// docutils' TableMarkupError.
struct TableError {
    std::string detail;  ///< empty: no error
    std::size_t offset = 0;
};

TableError parse_grid_table(const TableBlock& block, TableData& data);
TableError parse_simple_table(const TableBlock& block, TableData& data);

}  // namespace docathon::rst
