#include "lint/parse/examples/docstrings.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/parse/examples/languages.h"

namespace docathon::examples {

namespace {

constexpr std::array kCodeDirectives = std::to_array<std::string_view>(
    {"code", "code-block", "doctest", "ipython", "sourcecode", "testcode", "testsetup"});

struct TextLine {
    Range range;  // without its line end and without the indentation
    std::uint32_t indent = 0;
    bool blank = false;
};

class Reader {
  public:
    Reader(const PythonFacts& python, std::uint32_t docstring, Collector& out)
        : out_(out), source_(out.source()), number_(docstring) {
        const PyDocstring& docs = python.docstrings[docstring];
        if ((docs.flags & docstring_flag::kEscapes) != 0)
            flags_ = example_flag::kEscapes;
        split(docs.content);
    }

    void read() {
        for (std::size_t i = 0; i < lines_.size();) {
            const std::string_view line = text(lines_[i]);
            if (line.starts_with(">>>")) {
                i = doctest(i);
            } else if (line.starts_with("```") || line.starts_with("~~~")) {
                i = fence(i);
            } else if (line.starts_with(".. ")) {
                i = directive(i);
            } else if (line.ends_with("::") && !line.starts_with(":")) {
                inline_names(i, i + 1);
                i = indented(i, i + 1, {}, {}, LanguageOrigin::none);
            } else if (is_example_title(line)) {
                i = section(i);
            } else {
                std::size_t end = i + 1;
                while (end < lines_.size() && !begins_something(text(lines_[end])))
                    ++end;
                inline_names(i, end);
                i = end;
            }
        }
    }

  private:
    [[nodiscard]] std::string_view text(const TextLine& line) const {
        return source_.substr(line.range.begin, line.range.size());
    }

    void split(Range content) {
        std::uint32_t at = content.begin;
        while (at < content.end) {
            std::uint32_t end = at;
            while (end < content.end && source_[end] != '\n')
                ++end;
            TextLine line;
            line.range = {at, end};
            if (end > at && source_[end - 1] == '\r')
                --line.range.end;
            while (line.range.begin < line.range.end &&
                   (source_[line.range.begin] == ' ' || source_[line.range.begin] == '\t')) {
                line.indent += source_[line.range.begin] == '\t' ? 8 : 1;
                ++line.range.begin;
            }
            while (line.range.end > line.range.begin && source_[line.range.end - 1] == ' ')
                --line.range.end;
            line.blank = line.range.empty();
            lines_.push_back(line);
            at = end + 1;
        }
        // The first line stands behind the quotes: it has the indentation of the others.
        if (lines_.size() > 1 && lines_[0].indent == 0) {
            std::uint32_t least = 0xffffffffu;
            for (std::size_t i = 1; i < lines_.size(); ++i) {
                if (!lines_[i].blank)
                    least = std::min(least, lines_[i].indent);
            }
            lines_[0].indent = least == 0xffffffffu ? 0 : least;
        }
    }

    static bool is_example_title(std::string_view line) {
        constexpr std::array kTitles = std::to_array<std::string_view>(
            {"Example:", "Examples:", "Usage:", "Example usage:", "Example Usage:"});
        return std::find(kTitles.begin(), kTitles.end(), line) != kTitles.end();
    }
    static bool begins_something(std::string_view line) {
        return line.starts_with(">>>") || line.starts_with("```") || line.starts_with("~~~") ||
               line.starts_with(".. ") || line.ends_with("::") || is_example_title(line);
    }

    /// The lines [first, last) as they stand, without `indent` columns of white space. Tabs count
    /// as one byte each: who mixes them gets what stands there.
    void emit(std::size_t first, std::size_t last, std::uint32_t indent, Block block) {
        while (last > first && lines_[last - 1].blank)
            --last;
        if (first >= last)
            return;
        block.place = ExamplePlace::docstring;
        block.docstring = number_;
        block.group = number_ + 1;
        block.flags = flags_;
        if (block.range.empty())
            block.range = {lines_[first].range.begin, lines_[last - 1].range.end};
        for (std::size_t i = first; i < last; ++i) {
            const TextLine& line = lines_[i];
            const std::uint32_t extra = line.indent > indent ? line.indent - indent : 0;
            std::uint32_t begin = line.range.begin;
            for (std::uint32_t n = 0; n < extra && begin > 0 &&
                                      (source_[begin - 1] == ' ' || source_[begin - 1] == '\t');
                 ++n)
                --begin;
            block.lines.push_back(line.blank ? Range{line.range.end, line.range.end}
                                             : Range{begin, line.range.end});
        }
        out_.add(block);
    }

    std::size_t doctest(std::size_t first) {
        std::size_t end = first;
        while (end < lines_.size() && !lines_[end].blank &&
               lines_[end].indent >= lines_[first].indent)
            ++end;
        Block block;
        block.origin = LanguageOrigin::doctest;
        block.label = "pycon";
        emit(first, end, lines_[first].indent, std::move(block));
        return std::max(end, first + 1);
    }

    std::size_t fence(std::size_t first) {
        const std::string_view open = text(lines_[first]);
        const std::size_t ticks = std::min(open.find_first_not_of(open[0]), open.size());
        const std::string_view info = trim(open.substr(ticks));
        if (info.find('`') != std::string_view::npos)
            return first + 1;
        std::size_t end = first + 1;
        while (end < lines_.size()) {
            const std::string_view line = text(lines_[end]);
            if (line.size() >= ticks && line.find_first_not_of(open[0]) == std::string_view::npos)
                break;
            ++end;
        }
        if (end == lines_.size())  // never closed: no fence, or nobody knows where it ends
            return first + 1;
        Block block;
        block.origin = LanguageOrigin::fence;
        block.label = info;
        const auto at = static_cast<std::uint32_t>(info.data() - source_.data());
        if (!info.empty())
            block.label_range = {at, at + static_cast<std::uint32_t>(info.size())};
        block.range = {lines_[first].range.begin, lines_[end].range.end};
        emit(first + 1, end, lines_[first].indent, std::move(block));
        return end + 1;
    }

    std::size_t directive(std::size_t first) {
        std::string_view line = trim_left(text(lines_[first]).substr(3));
        const std::size_t colons = line.find("::");
        if (colons == std::string_view::npos)
            return text_line(first);
        const std::string_view name = line.substr(0, colons);
        const std::string_view label = trim(line.substr(colons + 2));
        if (std::find(kCodeDirectives.begin(), kCodeDirectives.end(), name) ==
            kCodeDirectives.end())
            return text_line(first);
        std::size_t body = first + 1;
        while (body < lines_.size() && !lines_[body].blank &&
               lines_[body].indent > lines_[first].indent && text(lines_[body]).starts_with(':'))
            ++body;
        const bool python = name != "code" && name != "code-block" && name != "sourcecode";
        Range place;
        if (!label.empty() && !python) {
            const auto at = static_cast<std::uint32_t>(label.data() - source_.data());
            place = {at, at + static_cast<std::uint32_t>(label.size())};
        }
        return indented(first, body, python ? "python" : label, place, LanguageOrigin::directive);
    }

    std::size_t text_line(std::size_t i) {
        inline_names(i, i + 1);
        return i + 1;
    }

    /// The block that is indented below line `first`; it begins at `body` or behind blank lines.
    std::size_t indented(std::size_t first, std::size_t body, std::string_view label, Range place,
                         LanguageOrigin origin) {
        while (body < lines_.size() && lines_[body].blank)
            ++body;
        std::size_t end = body;
        std::uint32_t least = 0xffffffffu;
        while (end < lines_.size() &&
               (lines_[end].blank || lines_[end].indent > lines_[first].indent)) {
            if (!lines_[end].blank)
                least = std::min(least, lines_[end].indent);
            ++end;
        }
        if (end == body)
            return std::max(body, first + 1);
        Block block;
        block.origin = origin;
        block.label = label;
        block.label_range = place;
        emit(body, end, least, std::move(block));
        return end;
    }

    /// Google's `Example:`: what is indented below it is text with blocks in it, or code. Code is
    /// what begins like it; the rest is read as text.
    std::size_t section(std::size_t first) {
        std::size_t body = first + 1;
        while (body < lines_.size() && lines_[body].blank)
            ++body;
        if (body == lines_.size() || lines_[body].indent <= lines_[first].indent ||
            begins_something(text(lines_[body])))
            return first + 1;
        std::size_t end = body;
        std::string code;
        for (; end < lines_.size(); ++end) {
            if (lines_[end].blank)
                continue;
            if (lines_[end].indent <= lines_[first].indent)
                break;
            if (begins_something(text(lines_[end])))
                return first + 1;
            code += text(lines_[end]);
            code += '\n';
        }
        if (!looks_like_python(code))
            return first + 1;
        return indented(first, body, {}, {}, LanguageOrigin::none);
    }

    // --- names in running text ------------------------------------------------------------------

    /// ``x``, `x` and :role:`x` in the lines [first, last). Spans over lines are left out.
    void inline_names(std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) {
            if (lines_[i].blank)
                continue;
            const std::string_view line = text(lines_[i]);
            for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
                std::size_t content = at;
                while (content < line.size() && line[content] == '`')
                    ++content;
                const std::size_t ticks = content - at;
                std::size_t close = line.find('`', content);
                if (close == std::string_view::npos)
                    break;
                std::size_t end = close;
                while (end < line.size() && line[end] == '`')
                    ++end;
                if (end - close == ticks && ticks <= 2)
                    add_inline(line, at, content, close, ticks, lines_[i].range.begin);
                at = line.find('`', end);
            }
        }
    }

    void add_inline(std::string_view line, std::size_t tick, std::size_t begin, std::size_t end,
                    std::size_t ticks, std::uint32_t base) {
        const Range range{base + static_cast<std::uint32_t>(begin),
                          base + static_cast<std::uint32_t>(end)};
        if (ticks == 2) {
            out_.add_inline(InlineKind::code_span, {}, range, number_);
            return;
        }
        std::size_t from = tick;
        while (from > 0 &&
               (is_ascii_alnum(line[from - 1]) ||
                std::string_view(":-_.+").find(line[from - 1]) != std::string_view::npos))
            --from;
        std::string_view role = line.substr(from, tick - from);
        if (role.size() > 2 && role.starts_with(':') && role.ends_with(':')) {
            out_.add_inline(InlineKind::role, role.substr(1, role.size() - 2), range, number_);
        } else if (role.empty()) {
            const bool link =
                tick + 1 < line.size() && end + 1 < line.size() && line[end + 1] == '_';
            if (!link)
                out_.add_inline(InlineKind::interpreted, {}, range, number_);
        }
    }

    Collector& out_;
    std::string_view source_;
    std::uint32_t number_;
    std::uint16_t flags_ = 0;
    std::vector<TextLine> lines_;
};

}  // namespace

void collect_docstrings(const PythonFacts& python, std::uint32_t except, Collector& out) {
    for (std::uint32_t i = 0; i < python.docstrings.size(); ++i) {
        const PyDocstring& docstring = python.docstrings[i];
        if (i == except ||
            (docstring.flags & (docstring_flag::kConcatenated | docstring_flag::kBlank)) != 0)
            continue;
        const std::string_view text =
            out.source().substr(docstring.content.begin, docstring.content.size());
        if (text.find('`') == std::string_view::npos &&
            text.find(">>>") == std::string_view::npos &&
            text.find("::") == std::string_view::npos &&
            text.find("~~~") == std::string_view::npos &&
            text.find("import ") == std::string_view::npos)
            continue;
        Reader(python, i, out).read();
    }
}

}  // namespace docathon::examples
