#include "lint/parse/rst/table_block.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

#include "lint/core/utf8.h"
#include "lint/parse/rst/matchers.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

constexpr std::uint32_t kPad = 0x80000000u;
constexpr std::size_t kNone = static_cast<std::size_t>(-1);

// Line of the one separator between head and body, in `separator` (kNone if there is none).
template <typename Test>
TableError find_separator(const TableBlock& block, Test is_separator, std::size_t& separator) {
    separator = kNone;
    for (std::size_t i = 0; i < block.size(); ++i) {
        if (!is_separator(i))
            continue;
        // docutils takes a separator in the first line for none when it meets the next one.
        if (separator != kNone && separator != 0)
            return {"Multiple head/body row separators (table lines " +
                        std::to_string(separator + 1) + " and " + std::to_string(i + 1) +
                        "); only one allowed.",
                    i};
        separator = i;
    }
    if (separator == 0 || separator == block.size() - 1)
        return {"The head/body row separator may not be the first or last line of the table.",
                block.size() - 1};
    return {};
}

}  // namespace

// --- TableBlock ---------------------------------------------------------------------------------

TableBlock::TableBlock(Lines lines) : lines_(std::move(lines)), columns_(lines_.size()) {
    for (std::size_t row = 0; row < lines_.size(); ++row) {
        const std::string_view text = lines_[row].text;
        if (is_ascii(text))
            continue;
        std::vector<std::uint32_t>& columns = columns_[row];
        columns.reserve(text.size());
        for (std::size_t i = 0; i < text.size();) {
            const Decoded unit = decode_one(text, i);
            if (!is_combining(unit.code_point))
                columns.push_back(static_cast<std::uint32_t>(i));
            i += unit.length;
            if (is_wide(unit.code_point))
                columns.push_back(static_cast<std::uint32_t>(i) | kPad);
        }
    }
}

char TableBlock::at(std::size_t row, std::size_t column) const {
    const std::string_view text = lines_[row].text;
    if (columns_[row].empty())
        return column < text.size() ? text[column] : '\0';
    if (column >= columns_[row].size() || (columns_[row][column] & kPad) != 0)
        return '\0';
    return text[columns_[row][column]];
}

std::size_t TableBlock::offset(std::size_t row, std::size_t column) const {
    if (columns_[row].empty())
        return std::min(column, lines_[row].text.size());
    return column < columns_[row].size() ? columns_[row][column] & ~kPad : lines_[row].text.size();
}

Line TableBlock::piece(std::size_t row, std::size_t left, std::size_t right) const {
    const std::size_t begin = offset(row, left);
    const std::size_t end = std::max(begin, offset(row, right));
    const Line out = lines_[row].part(begin, end - begin);
    return out.part(0, python::strip_right(out.text).size());
}

bool TableBlock::has_text(std::size_t row, std::size_t left, std::size_t right) const {
    // The second column of a wide character is not white space.
    if (left < right && left < columns_[row].size() && (columns_[row][left] & kPad) != 0)
        return true;
    return !python::strip_left(piece(row, left, right).text).empty();
}

Lines TableBlock::cut(std::size_t top, std::size_t left, std::size_t bottom,
                      std::size_t right) const {
    Lines out;
    out.reserve(bottom - top);
    std::size_t indent = right;
    for (std::size_t row = top; row < bottom; ++row) {
        out.push_back(piece(row, left, right));
        std::size_t bytes = 0;
        if (!out.back().blank())
            indent = leading_space(out.back().text, indent, bytes);
    }
    if (indent == 0 || indent >= right)
        return out;
    for (Line& line : out) {
        std::size_t bytes = 0;
        (void)leading_space(line.text, indent, bytes);
        line = line.part(bytes);
    }
    return out;
}

// --- grid tables --------------------------------------------------------------------------------

namespace {

class GridParser {
  public:
    explicit GridParser(const TableBlock& block)
        : block_(block), bottom_(block.size() - 1), right_(block.width(0) - 1) {}

    TableError parse(TableData& data) {
        const auto is_separator = [&](std::size_t i) {
            return is_grid_border(block_.lines()[i].text, '=');
        };
        TableError error = find_separator(block_, is_separator, separator_);
        if (!error.detail.empty())
            return error;
        measure_runs();
        if (!find_cells())
            return {"Malformed table; parse incomplete.", 0};
        build(data);
        return {};
    }

  private:
    struct GridCell {
        std::size_t top, left, bottom, right;
    };

    [[nodiscard]] char at(std::size_t row, std::size_t column) const {
        const char c = block_.at(row, column);
        return c == '=' && row == separator_ ? '-' : c;
    }
    [[nodiscard]] std::size_t index(std::size_t row, std::size_t column) const {
        return row * (right_ + 1) + column;
    }

    // For each place how far borders go on to the left and up: that makes the search for a cell
    // whose content is full of border characters linear.
    void measure_runs() {
        const std::size_t size = block_.size() * (right_ + 1);
        across_.assign(size, 0);
        upward_.assign(size, 0);
        for (std::size_t row = 0; row <= bottom_; ++row) {
            for (std::size_t column = 0; column <= right_; ++column) {
                const char c = at(row, column);
                if (c == '+' || c == '-')
                    across_[index(row, column)] =
                        1 + (column > 0 ? across_[index(row, column - 1)] : 0);
                if (c == '+' || c == '|')
                    upward_[index(row, column)] =
                        1 + (row > 0 ? upward_[index(row - 1, column)] : 0);
            }
        }
        steps_left_ = 64 * size + 100'000;
    }

    bool find_cells() {
        constexpr std::size_t kFirst = 0;
        // done[column]: rows above this one have been seen.
        std::vector<std::size_t> done(right_ + 1, kFirst);
        column_ends_.assign(right_ + 1, 0);
        row_ends_.assign(bottom_ + 1, 0);
        column_ends_[0] = row_ends_[0] = 1;
        using Corner = std::pair<std::size_t, std::size_t>;
        std::priority_queue<Corner, std::vector<Corner>, std::greater<>> corners;
        corners.emplace(0, 0);
        while (!corners.empty()) {
            const auto [top, left] = corners.top();
            corners.pop();
            if (top == bottom_ || left == right_ || top < done[left])
                continue;
            GridCell cell{top, left, 0, 0};
            if (!find_cell(cell)) {
                if (steps_left_ == 0)
                    return false;
                continue;
            }
            for (std::size_t column = left; column < cell.right; ++column) {
                if (done[column] != top)
                    return false;
                done[column] = cell.bottom;
            }
            cells_.push_back(cell);
            corners.emplace(top, cell.right);
            corners.emplace(cell.bottom, left);
        }
        return std::all_of(done.begin(), done.end() - 1,
                           [&](std::size_t rows) { return rows == bottom_; });
    }

    bool step() {
        if (steps_left_ > 0)
            --steps_left_;
        return steps_left_ > 0;
    }

    // The smallest rectangle of borders with that upper left corner.
    bool find_cell(GridCell& cell) {
        if (at(cell.top, cell.left) != '+')
            return false;
        for (cell.right = cell.left + 1; cell.right <= right_; ++cell.right) {
            const char c = at(cell.top, cell.right);
            if (c == '+' && find_bottom(cell)) {
                note_ends(cell);
                return true;
            }
            if ((c != '+' && c != '-') || !step())
                return false;
        }
        return false;
    }

    bool find_bottom(GridCell& cell) {
        for (cell.bottom = cell.top + 1; cell.bottom <= bottom_; ++cell.bottom) {
            const char c = at(cell.bottom, cell.right);
            if (c == '+' && at(cell.bottom, cell.left) == '+' &&
                across_[index(cell.bottom, cell.right)] > cell.right - cell.left &&
                upward_[index(cell.bottom, cell.left)] > cell.bottom - cell.top)
                return true;
            if ((c != '+' && c != '|') || !step())
                return false;
        }
        return false;
    }

    void note_ends(const GridCell& cell) {
        for (std::size_t column = cell.left + 1; column <= cell.right; ++column) {
            if (at(cell.top, column) == '+' ||
                (column < cell.right && at(cell.bottom, column) == '+'))
                column_ends_[column] = 1;
        }
        for (std::size_t row = cell.top + 1; row <= cell.bottom; ++row) {
            if (at(row, cell.right) == '+' || (row < cell.bottom && at(row, cell.left) == '+'))
                row_ends_[row] = 1;
        }
    }

    void build(TableData& data) {
        std::vector<std::size_t> row_index(bottom_ + 1, 0);
        std::vector<std::size_t> column_index(right_ + 1, 0);
        std::size_t rows = 0;
        for (std::size_t row = 0; row <= bottom_; ++row) {
            row_index[row] = rows;
            rows += row_ends_[row] != 0 ? 1 : 0;
        }
        std::size_t columns = 0;
        std::size_t last = 0;
        for (std::size_t column = 0; column <= right_; ++column) {
            column_index[column] = columns;
            if (column_ends_[column] == 0)
                continue;
            if (columns > 0)
                data.widths.push_back(column - last - 1);
            last = column;
            ++columns;
        }
        const std::size_t head = separator_ == kNone ? 0 : row_index[separator_];
        data.head.resize(head);
        data.body.resize(rows - 1 - head);
        for (const GridCell& found : cells_) {
            const std::size_t row = row_index[found.top];
            Cell cell;
            cell.more_rows = static_cast<std::uint32_t>(row_index[found.bottom] - row - 1);
            cell.more_columns = static_cast<std::uint32_t>(column_index[found.right] -
                                                           column_index[found.left] - 1);
            cell.offset = static_cast<std::uint32_t>(found.top + 1);
            cell.lines = block_.cut(found.top + 1, found.left + 1, found.bottom, found.right);
            (row < head ? data.head[row] : data.body[row - head]).push_back(std::move(cell));
        }
    }

    const TableBlock& block_;
    std::size_t bottom_;
    std::size_t right_;
    std::size_t separator_ = kNone;
    std::size_t steps_left_ = 0;
    std::vector<std::uint32_t> across_;
    std::vector<std::uint32_t> upward_;
    std::vector<char> column_ends_;
    std::vector<char> row_ends_;
    std::vector<GridCell> cells_;
};

// --- simple tables ------------------------------------------------------------------------------

class SimpleParser {
  public:
    explicit SimpleParser(const TableBlock& block) : block_(block) {}

    TableError parse(TableData& data) {
        // The top and bottom borders count as spans, not as separators.
        const auto is_separator = [&](std::size_t i) {
            return i != 0 && i != block_.size() - 1 && is_simple_border(block_.lines()[i].text);
        };
        TableError error = find_separator(block_, is_separator, separator_);
        if (error.detail.empty())
            error = read_rows();
        if (!error.detail.empty())
            return error;
        for (const auto& [begin, end] : columns_)
            data.widths.push_back(end - begin);
        std::size_t head = 0;
        if (separator_ != kNone) {
            for (std::size_t i = 0; i < rows_.size(); ++i) {
                if (rows_[i][0].offset > separator_) {
                    head = i;
                    break;
                }
            }
        }
        for (std::size_t i = 0; i < rows_.size(); ++i)
            (i < head ? data.head : data.body).push_back(std::move(rows_[i]));
        return {};
    }

  private:
    using Columns = std::vector<std::pair<std::size_t, std::size_t>>;

    // A line of dashes and spaces; borders have been written with "=".
    [[nodiscard]] bool is_span(std::size_t row) const {
        const std::string_view text = block_.lines()[row].text;
        if (row == 0 || row == separator_ || row == block_.size() - 1)
            return true;
        return !text.empty() && text[0] == '-' &&
               text.find_first_not_of("- ") == std::string_view::npos;
    }

    TableError read_rows() {
        TableError error = read_columns(0, columns_);
        if (!error.detail.empty())
            return error;
        border_end_ = columns_.back().second;
        const auto [first_begin, first_end] = columns_[0];
        std::size_t start = 1;
        bool text_found = false;
        for (std::size_t offset = 1; offset < block_.size() && error.detail.empty(); ++offset) {
            if (is_span(offset)) {
                error = read_row(start, offset, true);
                start = offset + 1;
                text_found = false;
            } else if (block_.has_text(offset, first_begin, first_end)) {
                if (text_found && offset != start)
                    error = read_row(start, offset, false);
                start = offset;
                text_found = true;
            } else if (!text_found) {
                start = offset + 1;
            }
        }
        return error;
    }

    TableError read_columns(std::size_t row, Columns& out) const {
        const std::string_view text = block_.lines()[row].text;
        for (std::size_t begin = text.find_first_not_of(' '); begin != std::string_view::npos;) {
            const std::size_t end = std::min(text.find(' ', begin), text.size());
            out.emplace_back(begin, end);
            begin = text.find_first_not_of(' ', end);
        }
        if (border_end_ == 0 || out.empty())
            return {};  // the top border, which the others are held against
        if (out.back().second != border_end_)
            return {"Column span incomplete in table line " + std::to_string(row + 1) + ".", row};
        out.back().second = columns_.back().second;
        return {};
    }

    TableError read_row(std::size_t start, std::size_t end, bool span_line) {
        if (start >= end && !span_line)
            return {};
        Columns columns;
        if (span_line) {
            TableError error = read_columns(end, columns);
            if (!error.detail.empty())
                return error;
        } else {
            columns = columns_;
        }
        TableError error = check_columns(start, end, columns);
        if (!error.detail.empty())
            return error;
        Row row;
        std::size_t i = 0;
        for (const auto& [left, right] : columns) {
            Cell cell;
            cell.offset = static_cast<std::uint32_t>(start);
            bool aligned = i < columns_.size() && left == columns_[i].first;
            while (aligned && right != columns_[i].second) {
                ++cell.more_columns;
                aligned = ++i < columns_.size();
            }
            if (!aligned)
                return {"Column span alignment problem in table line " + std::to_string(start + 2) +
                            ".",
                        start + 1};
            ++i;
            cell.lines = block_.cut(start, left, end, right);
            row.push_back(std::move(cell));
        }
        rows_.push_back(std::move(row));
        return {};
    }

    // No text between columns; text beyond the last one makes it wider.
    TableError check_columns(std::size_t start, std::size_t end, Columns& columns) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            const bool last = i + 1 == columns.size();
            const std::size_t next = last ? kNone : columns[i + 1].first;
            for (std::size_t row = start; row < end; ++row) {
                if (block_.width(row) <= columns[i].second ||
                    !block_.has_text(row, columns[i].second, next))
                    continue;
                if (!last)
                    return {"Text in column margin in table line " + std::to_string(row + 1) + ".",
                            row};
                const std::size_t new_end = block_.width(row);
                columns[i].second = std::max(columns_.back().second, new_end);
                columns_.back().second = std::max(columns_.back().second, new_end);
            }
        }
        return {};
    }

    const TableBlock& block_;
    std::size_t separator_ = kNone;
    std::size_t border_end_ = 0;
    Columns columns_;
    std::vector<Row> rows_;
};

}  // namespace

TableError parse_grid_table(const TableBlock& block, TableData& data) {
    return GridParser(block).parse(data);
}

TableError parse_simple_table(const TableBlock& block, TableData& data) {
    return SimpleParser(block).parse(data);
}

}  // namespace docathon::rst
