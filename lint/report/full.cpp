#include <algorithm>
#include <cstdint>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/report/report.h"
#include "lint/report/select.h"
#include "lint/report/text_line.h"

namespace docathon {
namespace {

constexpr std::size_t kTabStop = 4;
// A longer line is shown in part: so much before the finding, and so much in all (code points).
constexpr std::size_t kBefore = 60;
constexpr std::size_t kLongestLine = 160;
// Text that a fix replaces or puts in, as shown.
constexpr std::size_t kLongestEdit = 80;
constexpr std::size_t kMostEdits = 5;
constexpr std::size_t kMostRelated = 10;

/// One unit of a source line as shown: what is printed for it and the columns that takes.
struct Shown {
    std::string text;
    std::size_t width = 0;
};

/// Control characters as their pictures (U+2400..), tabs as spaces, what is no UTF-8 as U+FFFD.
/// `column` is where the unit will stand, for tabs.
Shown show(std::string_view line, std::size_t offset, const Decoded& unit, std::size_t column) {
    const char32_t c = unit.code_point;
    Shown shown;
    if (c == '\t') {
        shown.width = kTabStop - column % kTabStop;
        shown.text.assign(shown.width, ' ');
        return shown;
    }
    const std::string_view raw = line.substr(offset, unit.length);
    if (c >= 0x20 && c < 0x7f) {
        shown.text = raw;
        shown.width = 1;
        return shown;
    }
    if (!unit.valid) {
        append_utf8(shown.text, kReplacementCharacter);
    } else if (c < 0x20) {
        append_utf8(shown.text, 0x2400 + c);
    } else if (c == 0x7f) {
        append_utf8(shown.text, 0x2421);
    } else if (escape_control(raw) != raw) {
        append_utf8(shown.text, kReplacementCharacter);  // would turn or break the line
    } else {
        shown.text = raw;
    }
    shown.width = display_width(shown.text);
    return shown;
}

/// `begin` moved back by up to `count` code points, not before `least`.
std::size_t step_back(std::string_view line, std::size_t begin, std::size_t count,
                      std::size_t least) {
    while (count-- > 0 && begin > least) {
        // A code point has at most 4 bytes; the nearest lead byte that gives one ending here.
        std::size_t previous = begin - 1;
        for (std::size_t back = 2; back <= 4 && begin - back >= least && begin >= back; ++back) {
            const Decoded unit = decode_one(line, begin - back);
            if (unit.valid && unit.length == back) {
                previous = begin - back;
                break;
            }
        }
        begin = previous;
    }
    return begin;
}

class FullWriter {
  public:
    FullWriter(const RunResult& result, bool color, Out& out)
        : result_(result), color_(color), out_(out), positions_(result) {}

    void write(const Diagnostic& finding) {
        write_text_line(out_, result_, positions_, finding, color_);
        source(finding);
        related(finding);
        fix(finding);
        out_ << '\n';
    }

  private:
    void gutter(std::string_view number, std::string_view separator) {
        std::string text(number_width_ > number.size() ? number_width_ - number.size() : 0, ' ');
        text += number;
        text += separator;
        paint(out_, color_, Ink::gutter, text);
    }

    /// The first line of the range and carets under its part of the range.
    void source(const Diagnostic& finding) {
        const std::string_view bytes = positions_.bytes(finding.file);
        const Region region = positions_.tight_region(finding.file, finding.range);
        const std::string number = std::to_string(region.begin.line);
        number_width_ = number.size() + 1;
        const Range line_range = positions_.lines(finding.file).line_range(region.begin.line);
        if (bytes.empty() || line_range.empty())
            return;
        const std::string_view line = bytes.substr(line_range.begin, line_range.size());
        const std::size_t begin =
            std::clamp(finding.range.begin, line_range.begin, line_range.end) - line_range.begin;
        const std::size_t end =
            std::clamp(finding.range.end, line_range.begin, line_range.end) - line_range.begin;

        const bool cut = line.size() > kLongestLine;
        const std::size_t first = cut ? step_back(line, begin, kBefore, 0) : 0;
        std::string text;
        std::string carets;
        std::size_t column = 0;
        if (first > 0) {
            text = "… ";
            column = 2;
        }
        std::size_t caret_begin = std::string::npos;
        std::size_t caret_end = 0;
        std::size_t units = 0;
        std::size_t i = first;
        for (; i < line.size() && units < kLongestLine; ++units) {
            const Decoded unit = decode_one(line, i);
            if (caret_begin == std::string::npos && i + unit.length > begin)
                caret_begin = column;
            const Shown shown = show(line, i, unit, column);
            text += shown.text;
            column += shown.width;
            if (i < end)
                caret_end = column;
            i += unit.length;
        }
        if (i < line.size())
            text += " …";
        if (caret_begin == std::string::npos)
            caret_begin = column;
        caret_end = std::max(caret_end, caret_begin + 1);
        carets.assign(caret_begin, ' ');
        carets.append(caret_end - caret_begin, '^');

        gutter({}, " |\n");
        gutter(number, " | ");
        out_ << text << '\n';
        gutter({}, " | ");
        paint(out_, color_, ink_of(finding.severity), carets);
        if (region.end.line > region.begin.line) {
            out_ << " ... to line ";
            out_.number(region.end.line);
        }
        out_ << '\n';
    }

    void related(const Diagnostic& finding) {
        std::size_t shown = 0;
        for (const Related& other : finding.related) {
            if (other.file >= result_.paths.size())
                continue;
            if (++shown > kMostRelated)
                break;
            const LineColumn place = positions_.place(other.file, other.range.begin);
            gutter({}, " = see ");
            out_ << escape_control(result_.paths[other.file]) << ':';
            out_.number(place.line) << ':';
            out_.number(place.column);
            if (!other.message.empty())
                out_ << ": " << escape_control(other.message);
            out_ << '\n';
        }
    }

    void fix(const Diagnostic& finding) {
        if (!finding.fix)
            return;
        const Fix& fix = *finding.fix;
        gutter({}, " = ");
        paint(out_, color_, Ink::fix, fix.safety == FixSafety::safe ? "fix:" : "unsafe fix:");
        out_ << ' ' << escape_control(fix.description) << '\n';
        const std::string_view bytes = positions_.bytes(finding.file);
        for (std::size_t i = 0; i < fix.edits.size() && i < kMostEdits; ++i) {
            const Edit& edit = fix.edits[i];
            const LineColumn place = positions_.place(finding.file, edit.range.begin);
            const std::string old =
                edit.range.begin <= edit.range.end && edit.range.end <= bytes.size()
                    ? clip(bytes.substr(edit.range.begin, edit.range.size()))
                    : std::string{};
            gutter({}, "   ");
            out_.number(place.line) << ':';
            out_.number(place.column) << ": ";
            if (edit.range.empty()) {
                out_ << "insert '" << clip(edit.text) << "'\n";
            } else if (edit.text.empty()) {
                out_ << "delete '" << old << "'\n";
            } else {
                out_ << '\'' << old << "' -> '" << clip(edit.text) << "'\n";
            }
        }
        if (fix.edits.size() > kMostEdits) {
            gutter({}, "   ");
            out_ << "and ";
            out_.number(fix.edits.size() - kMostEdits) << " more\n";
        }
    }

    static std::string clip(std::string_view text) {
        std::size_t end = 0;
        std::size_t units = 0;
        while (end < text.size() && units++ < kLongestEdit)
            end += decode_one(text, end).length;
        return escape_control(text.substr(0, end)) + (end < text.size() ? "…" : "");
    }

    const RunResult& result_;
    bool color_;
    Out& out_;
    Positions positions_;
    std::size_t number_width_ = 2;
};

}  // namespace

bool write_full(const RunResult& result, const ReportOptions& options, const Writer& writer) {
    Out out(writer);
    FullWriter full(result, options.color, out);
    for (const Diagnostic* finding :
         select_findings(result.findings, options.max_results.value_or(0))) {
        if (out.failed())
            break;
        full.write(*finding);
    }
    return out.finish();
}

}  // namespace docathon
