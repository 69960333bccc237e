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
        std::vector<Range> open;
        std::vector<Range> close;
        for (std::size_t at = 0; at < bytes.size();) {
            std::size_t end = bytes.find_first_of("\r\n", at);
            if (end == std::string_view::npos)
                end = bytes.size();
            const std::string_view line = bytes.substr(at, end - at);
            const Range range{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
            if (is_marker(line, '<'))
                open.push_back(range);
            if (is_marker(line, '>'))
                close.push_back(range);
            at = end + 1;
        }
        // One of a kind is a quote of quotes or a picture of arrows; both make a conflict.
        if (open.empty() || close.empty())
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
    static bool is_marker(std::string_view line, char c) {
        if (line.size() < kSize + 2 || line[kSize] != ' ')
            return false;
        for (std::size_t i = 0; i < kSize; ++i) {
            if (line[i] != c)
                return false;
        }
        return line[kSize + 1] != ' ';
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
