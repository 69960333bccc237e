// markup/dangling-hyphen: see rules/markup/dangling-hyphen.yaml.

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"
#include "lint/rules/support/text.h"

namespace docathon::rules {

namespace {

/// Words before which a part of a word may stand alone.
constexpr std::array<std::string_view, 6> kJoins = {"and", "or", "to", "but", "und", "oder"};

bool is_word(char c) {
    return is_ascii_alnum(c) || c == '_' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

class DanglingHyphen final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        const Document& document = context.document;
        for (NodeId id = 0; id < document.nodes().size(); ++id) {
            const Node& end = document.node(id);
            if (end.kind != NodeKind::text || end.next == kNoNode ||
                document.node(end.next).kind != NodeKind::line_break)
                continue;
            const NodeId behind = document.node(end.next).next;
            if (behind == kNoNode || document.node(behind).kind != NodeKind::text)
                continue;
            const std::string_view first = context.source.slice(end.range);
            const std::string_view second = context.source.slice(document.node(behind).range);
            if (first.size() < 3 || first.back() != '-' ||
                !(first[first.size() - 2] >= 'a' && first[first.size() - 2] <= 'z') ||
                second.empty() || !is_ascii_alpha(second.front()) ||
                text_block(document, id) == kNoNode)
                continue;
            std::size_t begin = first.size() - 1;
            while (begin > 0 && (is_word(first[begin - 1]) || first[begin - 1] == '-'))
                --begin;
            const std::string_view start = first.substr(begin);
            const auto stop = std::find_if_not(second.begin(), second.end(), is_word);
            const std::string_view rest =
                second.substr(0, static_cast<std::size_t>(stop - second.begin()));
            if (start.find("--") != start.npos ||
                std::find(kJoins.begin(), kJoins.end(), ascii_lower(rest)) != kJoins.end())
                continue;
            sink.report({end.range.begin + static_cast<std::uint32_t>(begin), end.range.end},
                        "the page shows '" + std::string(start) + " " + std::string(rest) +
                            "', for a line end is a space; write the word in one line")
                .subject = std::string(start) + std::string(rest);
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_dangling_hyphen(const Options&) {
    return std::make_unique<DanglingHyphen>();
}

}  // namespace docathon::rules
