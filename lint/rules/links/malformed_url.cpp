// links/malformed-url: see rules/links/malformed-url.yaml.
//
// Three views: the destinations of links (facts), running text that was meant to be a link (text
// nodes of the document), and `https//` anywhere, code included, since no language writes that.

#include <algorithm>
#include <array>
#include <iterator>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/index/folders.h"
#include "lint/rules/support/references.h"
#include "lint/rules/support/text.h"

namespace docathon::rules {

namespace {

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

constexpr std::array<bool, 256> kBrackets = [] {
    std::array<bool, 256> table{};
    for (const char c : {'[', ']', '(', ')'})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

/// Something in parentheses or brackets that only a link target looks like.
bool looks_like_target(std::string_view text) {
    if (text.empty() || text.find_first_of(" \t\n") != std::string_view::npos)
        return false;
    if (text.starts_with("http://") || text.starts_with("https://") || text.starts_with("./") ||
        text.starts_with("../")) {
        return true;
    }
    const std::size_t hash = text.find('#');
    const std::string_view path = text.substr(0, hash);
    return path.ends_with(".md") || path.ends_with(".html") || path.ends_with(".rst");
}

class MalformedUrl final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        destinations(context, sink);
        // Of a notebook there is no text to look at but JSON, with what programs have printed.
        if (context.facts.format == Format::notebook)
            return;
        text(context, sink);
        schemes(context, sink);
    }

  private:
    static void destinations(const FileContext& context, Sink& sink) {
        for (const Reference& reference : context.facts.references) {
            if ((reference.flags & (reference_flag::kTemplated | reference_flag::kByDefinition)) !=
                0)
                continue;
            switch (reference.kind) {
                case ReferenceKind::link:
                case ReferenceKind::image:
                case ReferenceKind::html_link:
                case ReferenceKind::html_image:
                case ReferenceKind::link_definition:
                case ReferenceKind::directive_link:
                    break;
                default:
                    continue;
            }
            const bool markdown =
                reference.kind == ReferenceKind::link || reference.kind == ReferenceKind::image;
            // `[](){#id}` is an anchor of Python-Markdown; a template's links are to be filled in.
            const std::string_view behind = context.source.bytes().substr(reference.whole.end);
            if (markdown && reference.target.empty() &&
                (behind.starts_with('{') || is_template_path(context.source.path())))
                continue;
            // A chapter that is not written yet (mdBook, "Draft chapters").
            if (reference.target.empty() && basename(context.source.path()) == "SUMMARY.md")
                continue;
            if (markdown && reference.target.empty() &&
                (reference.flags & reference_flag::kBare) == 0) {
                Diagnostic& diagnostic =
                    sink.report(reference.whole, reference.kind == ReferenceKind::image
                                                     ? "this image names no file"
                                                     : "this link has no target");
                diagnostic.subject = std::string(context.source.slice(reference.whole));
                continue;
            }
            // In the text of a page of reStructuredText a file: URL is an example.
            if ((reference.flags & reference_flag::kBare) != 0 &&
                context.facts.format != Format::markdown && reference.target.starts_with("file:"))
                continue;
            // Of `http://%{Host}x` docutils reads as much as can be a URL; it is a pattern.
            if ((reference.flags & reference_flag::kBare) != 0 &&
                context.facts.format != Format::markdown &&
                (behind.starts_with('/') || behind.starts_with('%') || behind.starts_with('{')))
                continue;
            std::string fault = url_fault(reference.target);
            if (fault.empty() && (reference.flags & reference_flag::kBare) == 0 &&
                looks_like_host(reference.target) &&
                reference.kind != ReferenceKind::directive_link) {
                fault =
                    "the scheme is missing, so this is read as a relative path; write 'https://" +
                    reference.target + "'";
            }
            if (fault.empty())
                continue;
            complete(sink.report(reference.range, std::move(fault)), reference, "");
        }
    }

    static void text(const FileContext& context, Sink& sink) {
        const Document& document = context.document;
        const std::string_view bytes = context.source.bytes();
        const auto nodes = document.nodes();
        for (NodeId id = 0; id < nodes.size(); ++id) {
            const Node& node = nodes[id];
            if (node.kind != NodeKind::paragraph && node.kind != NodeKind::heading &&
                node.kind != NodeKind::table_cell) {
                continue;
            }
            if (text_block(document, id) == kNoNode)
                continue;
            reversed(document, id, bytes, sink);
            if (context.facts.format == Format::markdown)
                unclosed(document, id, bytes, sink);
        }
    }

    /// `[text](guide.md and on`: what stands behind `](` in the text of a block, up to white space,
    /// looks like a target and has no parenthesis.
    static void unclosed(const Document& document, NodeId block, std::string_view bytes,
                         Sink& sink) {
        std::size_t from = document.node(block).range.begin;  // where a '[' may stand
        std::size_t end = 0;  // of the word: looked for once, however many "](" it has
        for (NodeId child = document.node(block).first_child; child != kNoNode;
             child = document.node(child).next) {
            const Node& node = document.node(child);
            if (node.kind != NodeKind::text)
                continue;
            const std::string_view text = bytes.substr(0, node.range.end);
            for (std::size_t at = text.find("](", node.range.begin); at != std::string_view::npos;
                 at = text.find("](", at + 2)) {
                const std::size_t inside = bytes.substr(from, at - from).rfind('[');
                const std::size_t open = from + (inside == std::string_view::npos ? 0 : inside);
                const bool opened = inside != std::string_view::npos;
                from = at + 2;
                if (end < from)
                    end = std::min(bytes.find_first_of(" \t\r\n", at), bytes.size());
                std::string_view target = bytes.substr(from, end - from);
                while (!target.empty() &&
                       std::string_view(".,;:!?*_").find(target.back()) != std::string_view::npos)
                    target.remove_suffix(1);
                if (!opened || !is_plain_target(target))
                    continue;
                const Range range{static_cast<std::uint32_t>(open),
                                  static_cast<std::uint32_t>(at + 2 + target.size())};
                sink.report(range,
                            "this link is never closed, so its brackets print as text; "
                            "write ')' behind its target")
                    .subject = target;
            }
        }
    }

    /// A target without white space and parentheses that is more than a word of a sentence.
    static bool is_plain_target(std::string_view target) {
        const bool plain = std::all_of(target.begin(), target.end(), [](char c) {
            return is_word(c) || std::string_view("/.-#:?=&%~+").find(c) != std::string_view::npos;
        });
        return plain && target.size() > 3 &&
               target.find_first_of("/.#") != std::string_view::npos &&
               std::any_of(target.begin(), target.end(), is_word) && !looks_like_number(target);
    }

    static bool looks_like_number(std::string_view text) {
        return text.find_first_not_of("0123456789.-+%/") == std::string_view::npos;
    }

    /// `(text)[url]` and `[text] (url)` in the text of one block. Brackets that are part of a link
    /// or of code are no text nodes, so every bracket met here prints as it stands.
    static void reversed(const Document& document, NodeId block, std::string_view bytes,
                         Sink& sink) {
        for (NodeId child = document.node(block).first_child; child != kNoNode;
             child = document.node(child).next) {
            Node text = document.node(child);
            if (text.kind != NodeKind::text)
                continue;
            // An escape or an entity is a node of its own; to the reader it is one text.
            while (text.next != kNoNode && document.node(text.next).kind == NodeKind::text &&
                   document.node(text.next).range.begin == text.range.end) {
                child = text.next;
                text.range.end = document.node(child).range.end;
                text.next = document.node(child).next;
            }
            read_brackets(text, bytes, sink);
        }
    }

    /// One pass: what an opening bracket or a closing one belongs to is remembered, never searched
    /// for, so that a line of brackets costs no more than any other.
    static void read_brackets(const Node& node, std::string_view bytes, Sink& sink) {
        const std::string_view text = bytes.substr(node.range.begin, node.range.size());
        constexpr std::size_t kNone = std::string_view::npos;
        std::size_t bracket = kNone;      // the '[' that the next ']' closes
        std::size_t parenthesis = kNone;  // the last '('
        std::size_t line_end = 0;         // a ')' or line end behind the last ']', in the source
        for (std::size_t at = 0; at < text.size(); ++at) {
            if (!kBrackets[static_cast<unsigned char>(text[at])])
                continue;
            if (text[at] == '[')
                bracket = at;
            if (text[at] == '(')
                parenthesis = at;
            if (text[at] == ']' && bracket != kNone) {
                spaced(node, text, bracket, at, bytes, line_end, sink);
                bracket = kNone;
            }
            if (text[at] != ')' || parenthesis == kNone || text.substr(at, 2) != ")[")
                continue;
            const std::size_t close = text.find_first_of("[]", at + 2);
            if (close == kNone || text[close] != ']')
                continue;
            const std::string_view target = text.substr(at + 2, close - at - 2);
            if (!looks_like_target(target))
                continue;
            const Range range{static_cast<std::uint32_t>(node.range.begin + parenthesis),
                              static_cast<std::uint32_t>(node.range.begin + close + 1)};
            Diagnostic& diagnostic =
                sink.report(range, "brackets and parentheses are swapped; write [text](" +
                                       std::string(target) + ")");
            diagnostic.subject = target;
        }
    }

    /// `[text] (https://x)`: white space between the text and its target. The target is often a
    /// bare link of its own, so it is read from the source, up to the end of the line.
    /// `end` is remembered from call to call.
    static void spaced(const Node& node, std::string_view text, std::size_t open, std::size_t close,
                       std::string_view bytes, std::size_t& end, Sink& sink) {
        if (close == open + 1)
            return;
        if (open > 0 && (text[open - 1] == '!' || is_word(text[open - 1])))
            return;
        std::size_t at = node.range.begin + close + 1;
        const std::size_t gap = at;
        while (at < bytes.size() && bytes[at] == ' ')
            ++at;
        if (at == gap || at >= bytes.size() || bytes[at] != '(')
            return;
        if (end < at)
            end = std::min(bytes.find_first_of(")\n\r", at), bytes.size());
        if (end == bytes.size() || bytes[end] != ')')
            return;
        const std::string_view target = bytes.substr(at + 1, end - at - 1);
        if (!looks_like_target(target))
            return;
        const std::string_view label = text.substr(open + 1, close - open - 1);
        if (label == " " || label == "x" || label == "X")
            return;  // a task list item
        const bool number = label.find_first_not_of("0123456789, ") == std::string_view::npos;
        if (number)
            return;  // a citation, followed by its address
        Diagnostic& diagnostic =
            sink.report(Range{static_cast<std::uint32_t>(node.range.begin + open),
                              static_cast<std::uint32_t>(end + 1)},
                        "a space between the text and its target prints both; write [" +
                            std::string(label) + "](" + std::string(target) + ")");
        diagnostic.subject = target;
        diagnostic.fix =
            Fix{"remove the space",
                {Edit{Range{static_cast<std::uint32_t>(gap), static_cast<std::uint32_t>(at)}, ""}},
                FixSafety::safe};
    }

    /// `https//host` in text and code; inside destinations it was reported above.
    static void schemes(const FileContext& context, Sink& sink) {
        const std::string_view bytes = context.source.bytes();
        std::vector<Range> reported;  // destinations, in order, to skip what was judged above
        const auto was_judged = [&](std::uint32_t place) {
            // Put in order for the first page in a thousand that asks.
            if (reported.empty()) {
                for (const Reference& reference : context.facts.references)
                    reported.push_back(reference.range);
                std::sort(reported.begin(), reported.end());
            }
            const auto after =
                std::upper_bound(reported.begin(), reported.end(), Range{place, ~0u});
            return after != reported.begin() && std::prev(after)->contains(place);
        };
        std::size_t next = 0;
        for (std::size_t at = bytes.find("http"); at != std::string_view::npos;
             at = bytes.find("http", next)) {
            next = at + 4;
            std::size_t behind = at + 4;
            if (behind < bytes.size() && bytes[behind] == 's')
                ++behind;
            if (bytes.substr(behind, 2) != "//")
                continue;
            if (at > 0 && (is_word(bytes[at - 1]) || bytes[at - 1] == '/' || bytes[at - 1] == '-' ||
                           bytes[at - 1] == '.')) {
                continue;
            }
            if (behind + 2 >= bytes.size() || !is_word(bytes[behind + 2]))
                continue;
            std::size_t end = behind;
            while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) > ' ' &&
                   std::string_view("<>\"'`)]}|,").find(bytes[end]) == std::string_view::npos) {
                ++end;
            }
            next = end;
            const std::string_view url = bytes.substr(at, end - at);
            // A comment behind a word such as `http//comment` has no host in it.
            const std::string_view host =
                url.substr(behind - at + 2).substr(0, url.substr(behind - at + 2).find('/'));
            if (host.find('.') == std::string_view::npos || (host[0] >= '0' && host[0] <= '9'))
                continue;  // an address in a log
            const Range range{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
            if (was_judged(range.begin))
                continue;
            Diagnostic& diagnostic =
                sink.report(range, "a colon is missing behind '" +
                                       std::string(bytes.substr(at, behind - at)) + "'");
            diagnostic.subject = url;
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_malformed_url(const Options&) {
    return std::make_unique<MalformedUrl>();
}

}  // namespace docathon::rules
