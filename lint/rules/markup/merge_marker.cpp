// markup/merge-marker: see rules/markup/merge-marker.yaml.

#include <algorithm>
#include <iterator>
#include <vector>

#include "lint/rules/check.h"

namespace docathon::rules {

namespace {

/// Length of a git conflict marker (git-merge: conflict-marker-size, 7 by default).
constexpr std::size_t kSize = 7;

class MergeMarker final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const std::string_view bytes = context.source.bytes();
        const std::vector<Range> open = find_markers(bytes, '<');
        if (open.empty())
            return;
        const std::vector<Range> close = find_markers(bytes, '>');
        // One of a kind is a quote of quotes or a picture of arrows; both make a conflict.
        if (close.empty())
            return;
        std::vector<Range> code;  // in order; none in another
        for (const Node& node : context.document.nodes()) {
            if (node.kind == NodeKind::code_block)
                code.push_back(node.range);
        }
        for (const std::vector<Range>* markers : {&open, &close}) {
            for (const Range range : *markers) {
                if (is_shown(code, range))
                    continue;
                sink.report(range,
                            "a merge conflict was committed; keep one side and delete the markers")
                    .subject = std::string(context.source.slice(range));
            }
        }
    }

  private:
    /// Lines that begin with seven of `c`, a space and something else. Hardly a page has one, so
    /// the text is not read line by line but in steps of the marker's length.
    static std::vector<Range> find_markers(std::string_view bytes, char c) {
        std::vector<Range> found;
        for (std::size_t at = kSize - 1; at < bytes.size();) {
            if (bytes[at] != c) {
                at += kSize;
                continue;
            }
            std::size_t begin = at;
            while (begin > 0 && bytes[begin - 1] == c)
                --begin;
            std::size_t end = at;
            while (end < bytes.size() && bytes[end] == c)
                ++end;
            at = end + kSize;  // a run of seven has a byte at each step
            const bool at_begin =
                begin == 0 || bytes[begin - 1] == '\n' || bytes[begin - 1] == '\r';
            if (!at_begin || end - begin != kSize || bytes.substr(end, 1) != " ")
                continue;
            const std::size_t line_end = std::min(bytes.find_first_of("\r\n", end), bytes.size());
            if (end + 1 < line_end && bytes[end + 1] != ' ')
                found.push_back(
                    {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(line_end)});
        }
        return found;
    }

    /// Inside a code block of a page that teaches git.
    static bool is_shown(const std::vector<Range>& code, Range range) {
        const auto after = std::upper_bound(code.begin(), code.end(), Range{range.begin, ~0u});
        return after != code.begin() && std::prev(after)->contains(range);
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_merge_marker(const Options&) {
    return std::make_unique<MergeMarker>();
}

}  // namespace docathon::rules
