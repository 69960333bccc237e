// markup/markdown-in-rst: see rules/markup/markdown-in-rst.yaml.

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// `[text](target)` at `at` (a bracket): its length, or 0. The target is a URL, a path or a #name.
std::size_t link_length(std::string_view text, std::size_t at) {
    const std::size_t close = text.find_first_of("[]\n", at + 1);
    if (close == std::string_view::npos || text[close] != ']' || close == at + 1 ||
        close + 2 >= text.size() || text[close + 1] != '(')
        return 0;
    const std::size_t begin = close + 2;
    std::size_t end = begin;
    while (end < text.size() && !is_ascii_space(text[end]) && text[end] != ')' &&
           text[end] != '(' && text[end] != '`')
        ++end;
    if (end >= text.size() || text[end] != ')')
        return 0;
    const std::string_view target = text.substr(begin, end - begin);
    const bool url = target.starts_with("http://") || target.starts_with("https://") ||
                     target.starts_with("mailto:");
    const bool path =
        (target.find('/') != std::string_view::npos ||
         target.find('.') != std::string_view::npos) &&
        (target.ends_with(".md") || target.ends_with(".rst") || target.ends_with(".html") ||
         target.ends_with(".ipynb") || target.starts_with("./") || target.starts_with("../"));
    return url || path ? end + 1 - at : 0;
}

class MarkdownInRst final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        const Document& document = context.document;
        for (const Node& node : document.nodes()) {
            if (node.kind != NodeKind::paragraph && node.kind != NodeKind::heading)
                continue;
            const std::string_view text = context.source.slice(node.range);
            if (text.starts_with("```")) {
                const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
                const std::string_view info = trim(text.substr(3, end - 3));
                // ```` ```x`` ```` is code that begins with a backtick.
                if (info.find('`') == std::string_view::npos) {
                    report(sink, node.range.begin, std::max<std::size_t>(3, end),
                           "a Markdown fence; write '.. code-block::' and indent the code");
                }
                continue;
            }
            if (node.kind == NodeKind::paragraph)
                look_for_heading(sink, node, text);
            look_for_links(context, sink, node, text);
        }
    }

  private:
    static void report(Sink& sink, std::uint32_t at, std::size_t size, std::string message) {
        sink.report({at, at + static_cast<std::uint32_t>(size)}, std::move(message));
    }

    /// `## Title` alone in its paragraph.
    static void look_for_heading(Sink& sink, const Node& node, std::string_view text) {
        const std::size_t marks = text.find_first_not_of('#');
        if (marks == std::string_view::npos || marks < 2 || marks > 6 || text[marks] != ' ' ||
            marks + 1 >= text.size() || !is_ascii_alnum(text[marks + 1]) ||
            text.find('\n') != std::string_view::npos)
            return;
        report(sink, node.range.begin, marks,
               "a Markdown heading; write the title and a line of '=' or '-' below it");
    }

    static void look_for_links(const FileContext& context, Sink& sink, const Node& node,
                               std::string_view text) {
        for (std::size_t at = text.find('['); at != std::string_view::npos;
             at = text.find('[', at + 1)) {
            const std::size_t length = link_length(text, at);
            const auto begin = node.range.begin + static_cast<std::uint32_t>(at);
            if (length == 0 || is_code(context.document, begin))
                continue;
            const bool image = at > 0 && text[at - 1] == '!';
            report(sink, begin, length,
                   image ? "a Markdown image; write '.. image:: target'"
                         : "a Markdown link; write `text <target>`_");
            at += length - 1;
        }
    }

    /// Inside of code, a role or mathematics.
    static bool is_code(const Document& document, std::uint32_t offset) {
        const auto nodes = document.nodes();
        // Preorder, and these have no children: the last node that begins at or before the offset
        // is the only one that can be it.
        const auto behind = std::upper_bound(
            nodes.begin(), nodes.end(), offset,
            [](std::uint32_t wanted, const Node& node) { return wanted < node.range.begin; });
        if (behind == nodes.begin())
            return false;
        const Node& node = *(behind - 1);
        const bool inert = node.kind == NodeKind::code_span || node.kind == NodeKind::role ||
                           node.kind == NodeKind::math_inline;
        if (inert)
            return offset < node.range.end;
        return false;
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_markdown_in_rst(const Options&) {
    return std::make_unique<MarkdownInRst>();
}

}  // namespace docathon::rules
