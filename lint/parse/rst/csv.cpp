#include "lint/parse/rst/csv.h"

#include <utility>

#include "lint/core/utf8.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

enum class State : std::uint8_t {
    start_record,
    start_field,
    escaped,
    in_field,
    in_quotes,
    escaped_in_quotes,
    quote_in_quotes,
    line_end,
    after_escaped_line_end,
};

/// Python's field_size_limit.
constexpr std::size_t kMostCharacters = 131'072;

/// The cell that is being read: its text and where the pieces come from.
class Cell {
  public:
    explicit Cell(LineSource& source) : source_(source) {}

    void add(std::string_view bytes, std::uint32_t at) {
        // A piece ends where the source goes on somewhere else.
        if (pieces_.empty() || at != next_)
            pieces_.emplace_back(static_cast<std::uint32_t>(text_.size()), at);
        text_ += bytes;
        next_ = at + static_cast<std::uint32_t>(bytes.size());
        ++characters_;
    }
    [[nodiscard]] std::size_t characters() const { return characters_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }

    /// The lines of the cell; it is empty afterwards.
    Lines take() {
        Lines lines;
        std::size_t piece = 0;
        for (const std::string_view line : python::split_lines(text_)) {
            const auto begin = static_cast<std::uint32_t>(line.data() - text_.data());
            while (piece + 1 < pieces_.size() && pieces_[piece + 1].first <= begin)
                ++piece;
            std::vector<std::pair<std::uint32_t, std::uint32_t>> map;
            const std::string_view kept = python::strip_right(line);
            map.emplace_back(0, pieces_[piece].second + (begin - pieces_[piece].first));
            for (std::size_t k = piece + 1;
                 k < pieces_.size() && pieces_[k].first < begin + kept.size(); ++k)
                map.emplace_back(pieces_[k].first - begin, pieces_[k].second);
            lines.push_back(source_.make_line(
                std::string(kept), static_cast<std::uint32_t>(lines.size() + 1), std::move(map)));
        }
        text_.clear();
        pieces_.clear();
        characters_ = 0;
        return lines;
    }

  private:
    LineSource& source_;
    std::string text_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pieces_;
    std::uint32_t next_ = 0;
    std::size_t characters_ = 0;
};

/// Python's parse_process_char(), one code point at a time.
class Reader {
  public:
    Reader(LineSource& source, const CsvDialect& dialect) : dialect_(dialect), cell_(source) {}

    /// False on an error. `c` empty: the end of a line's text behind its "\n".
    bool take(std::string_view c, std::uint32_t at) {
        const bool end = c.empty();
        const bool line_end = c == "\n" || c == "\r";
        switch (state_) {
            case State::start_record:
                if (end)
                    return true;
                if (line_end) {
                    state_ = State::line_end;
                    return true;
                }
                return start_field(c, at, end, line_end);
            case State::start_field:
                return start_field(c, at, end, line_end);
            case State::escaped:
                state_ = line_end ? State::after_escaped_line_end : State::in_field;
                return add(end ? "\n" : c, at);
            case State::after_escaped_line_end:
                if (end)
                    return true;
                return in_field(c, at, end, line_end);
            case State::in_field:
                return in_field(c, at, end, line_end);
            case State::in_quotes:
                if (end)
                    return true;
                if (is(c, dialect_.escape)) {
                    state_ = State::escaped_in_quotes;
                    return true;
                }
                if (is(c, dialect_.quote)) {
                    state_ = dialect_.double_quote ? State::quote_in_quotes : State::in_field;
                    return true;
                }
                return add(c, at);
            case State::escaped_in_quotes:
                state_ = State::in_quotes;
                return add(end ? "\n" : c, at);
            case State::quote_in_quotes:
                if (!end && is(c, dialect_.quote)) {
                    state_ = State::in_quotes;
                    return add(c, at);
                }
                if (!end && c == dialect_.delimiter) {
                    save();
                    state_ = State::start_field;
                    return true;
                }
                if (end || line_end) {
                    save();
                    state_ = end ? State::start_record : State::line_end;
                    return true;
                }
                error = "'" + dialect_.delimiter + "' expected after '" + dialect_.quote + "'";
                return false;
            case State::line_end:
                if (end) {
                    state_ = State::start_record;
                    return true;
                }
                if (line_end)
                    return true;
                error =
                    "new-line character seen in unquoted field - do you need to open the file in "
                    "universal-newline mode?";
                return false;
        }
        return true;
    }

    [[nodiscard]] bool between_rows() const { return state_ == State::start_record; }
    /// Whether the text may not end here.
    [[nodiscard]] bool unfinished() const { return !cell_.empty() || state_ == State::in_quotes; }

    CsvRow row;
    std::string error;

  private:
    static bool is(std::string_view c, const std::string& set) { return !set.empty() && c == set; }
    bool add(std::string_view c, std::uint32_t at) {
        if (cell_.characters() >= kMostCharacters) {
            error = "field larger than field limit (131072)";
            return false;
        }
        cell_.add(c, at);
        return true;
    }
    void save() { row.push_back(cell_.take()); }
    bool start_field(std::string_view c, std::uint32_t at, bool end, bool line_end) {
        if (end || line_end) {
            save();
            state_ = end ? State::start_record : State::line_end;
        } else if (is(c, dialect_.quote)) {
            state_ = State::in_quotes;
        } else if (is(c, dialect_.escape)) {
            state_ = State::escaped;
        } else if (c == " " && dialect_.skip_initial_space) {
            state_ = State::start_field;
        } else if (c == dialect_.delimiter) {
            save();
            state_ = State::start_field;
        } else {
            state_ = State::in_field;
            return add(c, at);
        }
        return true;
    }
    bool in_field(std::string_view c, std::uint32_t at, bool end, bool line_end) {
        if (end || line_end) {
            save();
            state_ = end ? State::start_record : State::line_end;
        } else if (is(c, dialect_.escape)) {
            state_ = State::escaped;
        } else if (c == dialect_.delimiter) {
            save();
            state_ = State::start_field;
        } else {
            state_ = State::in_field;
            return add(c, at);
        }
        return true;
    }

    const CsvDialect& dialect_;
    State state_ = State::start_record;
    Cell cell_;
};

}  // namespace

bool read_csv(LineSource& source, LineSpan lines, const CsvDialect& dialect,
              std::vector<CsvRow>& rows, std::string& error) {
    if (dialect.delimiter.empty()) {
        error = "\"delimiter\" must be a 1-character string";
        return false;
    }
    if (dialect.quote.empty()) {
        error = "\"quotechar\" must be a 1-character string";
        return false;
    }
    Reader reader(source, dialect);
    for (const Line& line : lines) {
        const std::string_view text = line.text;
        bool good = true;
        for (std::size_t at = 0; good && at < text.size();) {
            const std::size_t length = decode_one(text, at).length;
            good = reader.take(text.substr(at, length), source.to_source(line, at));
            at += length;
        }
        const std::uint32_t end = source.to_source(line, text.size());
        good = good && reader.take("\n", end) && reader.take({}, end);
        if (!good) {
            error = reader.error;
            return false;
        }
        if (reader.between_rows())
            rows.push_back(std::exchange(reader.row, {}));
    }
    if (!reader.between_rows() && reader.unfinished()) {
        error = "unexpected end of data";
        return false;
    }
    return true;
}

}  // namespace docathon::rst
