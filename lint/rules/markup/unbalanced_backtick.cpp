// markup/unbalanced-backtick: see rules/markup/unbalanced-backtick.yaml.

#include <algorithm>
#include <vector>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"
#include "lint/rules/support/text.h"

namespace docathon::rules {

namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '(' || c == ')' || c == '.' || c == '/' || c == '-' ||
           (static_cast<unsigned char>(c) & 0x80) != 0;
}

/// Is the character escaped by an odd number of backslashes?
bool is_escaped(std::string_view bytes, std::size_t at) {
    std::size_t count = 0;
    while (at > count && bytes[at - count - 1] == '\\')
        ++count;
    return count % 2 == 1;
}

class UnbalancedBacktick final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        // Python-Markdown and kramdown read fences and tables in ways of their own.
        if (context.settings.flavor == Flavor::mkdocs || context.settings.flavor == Flavor::jekyll)
            return;
        const auto nodes = context.document.nodes();
        const bool rst = context.facts.format != Format::markdown;
        if (rst && is_page_template(context))
            return;
        std::vector<Range> told;  // by docutils, sorted
        if (rst) {
            for (const ParserMessage& message : context.document.messages())
                told.push_back(message.range);
            std::sort(told.begin(), told.end());
        }
        NodeId reported_block = kNoNode;
        NodeId open_block = kNoNode;  // where an escaped backtick waits for its partner
        for (NodeId id = 0; id < nodes.size(); ++id) {
            const Node& node = nodes[id];
            if (node.kind != NodeKind::text)
                continue;
            const std::string_view bytes = context.source.bytes();
            // The search ends with the text: to the end of the file it would be quadratic.
            const std::string_view text = bytes.substr(0, node.range.end);
            const NodeId block = text_block(context.document, id);
            if (block == kNoNode || block == reported_block)
                continue;
            std::size_t at = node.range.begin;
            while ((at = text.find('`', at)) != std::string_view::npos) {
                std::size_t run = at;
                while (run < node.range.end && bytes[run] == '`')
                    ++run;
                // "\`x`" shows both: docutils reads no start without its first backtick.
                if (rst && is_escaped(bytes, at)) {
                    open_block = open_block == block ? kNoNode : block;
                    at = run;
                    continue;
                }
                if (open_block == block) {
                    open_block = kNoNode;
                    at = run;
                    continue;
                }
                // Three and more name a fence: "put ```text in front".
                if (run - at < 3 && judge(bytes, at, run) && !is_escaped(bytes, at) &&
                    !(rst && is_told(told, context.document.node(block).range, text,
                                     node.range.begin, at)) &&
                    !(is_quotation(bytes, at, node.range.end) &&
                      context.document.ancestor(id, NodeKind::block_quote) != kNoNode)) {
                    const Range range{static_cast<std::uint32_t>(at),
                                      static_cast<std::uint32_t>(run)};
                    // The words around it make the finding findable again when the text moves.
                    const NodeKind parent = context.document.node(node.parent).kind;
                    const bool nested =
                        rst && (parent == NodeKind::strong || parent == NodeKind::emphasis);
                    Diagnostic& diagnostic = sink.report(
                        range,
                        nested ? "markup inside of bold or emphasised text is not read, so this "
                                 "backtick prints as a backtick"
                               : "this backtick has no partner, so it prints as a backtick and "
                                 "the code after it as text");
                    diagnostic.subject = std::string(around(bytes, range));
                    reported_block = block;
                    break;
                }
                at = run;
            }
        }
    }

  private:
    /// A backtick that stands alone between spaces or quotes is shown as a character on purpose.
    static bool judge(std::string_view bytes, std::size_t begin, std::size_t end) {
        const bool before = begin > 0 && is_word(bytes[begin - 1]);
        const bool after = end < bytes.size() && is_word(bytes[end]);
        // Ctrl-` is a key, not the end of code.
        const bool key = begin > 1 && (bytes[begin - 1] == '-' || bytes[begin - 1] == '+') &&
                         is_ascii_alpha(bytes[begin - 2]);
        return before != after && !(key && !after);
    }

    /// reStructuredText: docutils has a message about the paragraph, another rule's, or the
    /// backtick ends `:issue`1``, whose first one is the slip (markup/role-slip).
    static bool is_told(const std::vector<Range>& told, Range block, std::string_view text,
                        std::size_t begin, std::size_t at) {
        const auto message = std::lower_bound(told.begin(), told.end(), Range{block.begin, 0});
        if (message != told.end() && message->begin < block.end)
            return true;
        const std::string_view before = text.substr(begin, at - begin);
        const std::size_t first = before.rfind('`');
        if (first == before.npos || first == 0 || !is_word(before[first - 1]))
            return false;
        std::size_t name = first;
        while (name > 0 && is_word(before[name - 1]))
            --name;
        return name > 0 && before[name - 1] == ':';
    }

    /// `require' as programs of old quote a word, in a message that the page quotes.
    static bool is_quotation(std::string_view bytes, std::size_t at, std::size_t end) {
        std::size_t close = at + 1;
        while (close < end && is_word(bytes[close]))
            ++close;
        return close > at + 1 && close < end && bytes[close] == '\'';
    }

    static std::string_view around(std::string_view bytes, Range range) {
        std::size_t begin = range.begin;
        while (begin > 0 && range.begin - begin < 20 && bytes[begin - 1] != '\n')
            --begin;
        std::size_t end = range.end;
        while (end < bytes.size() && end - range.end < 20 && bytes[end] != '\n')
            ++end;
        return bytes.substr(begin, end - begin);
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_unbalanced_backtick(const Options&) {
    return std::make_unique<UnbalancedBacktick>();
}

}  // namespace docathon::rules
