// markup/role-slip: see rules/markup/role-slip.yaml.

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/rules/support/markup_names.h"
#include "lint/rules/support/rst_messages.h"
#include "lint/rules/support/text.h"

namespace docathon::rules {

namespace {

/// Names of roles that are also words of a sentence before a colon.
constexpr std::array<std::string_view, 34> kWords = {
    "abbreviation", "acronym", "any",      "class",    "code",     "command", "data",
    "dir",          "doc",     "download", "emphasis", "enum",     "eval",    "file",
    "func",         "glue",    "index",    "issue",    "keyword",  "literal", "macro",
    "math",         "method",  "option",   "program",  "property", "raw",     "role",
    "strong",       "term",    "title",    "token",    "type",     "user"};

bool is_name_char(char c) {
    return is_ascii_alnum(c) || c == '-' || c == '_' || c == ':' || c == '+' || c == '.';
}

class RoleSlip final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        const Document& document = context.document;
        for (NodeId id = 0; id < document.nodes().size(); ++id) {
            const Node& node = document.node(id);
            const bool prose = node.kind == NodeKind::role || node.kind == NodeKind::code_span ||
                               node.kind == NodeKind::text;
            if (!prose || text_block(document, id) == kNoNode)
                continue;
            if (node.kind == NodeKind::role)
                look_at_role(context, sink, node);
            else if (node.kind == NodeKind::code_span)
                look_at_code(context, sink, node);
            else
                look_at_text(context, sink, node);
        }
        look_at_messages(context, sink);
    }

  private:
    static bool is_role(std::string_view name, const Settings& settings) {
        return !name.empty() && is_ascii_alpha(name.front()) && name.back() != ':' &&
               is_known_name(NameKind::role, name, settings);
    }

    /// A name between colons that ends before `end`: `:py:func:`; empty if there is none.
    static std::string_view name_before(std::string_view bytes, std::size_t end) {
        if (end < 3 || bytes[end - 1] != ':')
            return {};
        std::size_t begin = end - 1;
        while (begin > 0 && is_name_char(bytes[begin - 1]))
            --begin;
        const std::string_view word = bytes.substr(begin, end - begin);
        if (word.size() < 3 || word.front() != ':')
            return {};
        return word.substr(1, word.size() - 2);
    }

    /// Interpreted text without a role: was one meant?
    static void look_at_role(const FileContext& context, Sink& sink, const Node& node) {
        const NodeData& data = context.document.data(node);
        const std::string_view bytes = context.source.bytes();
        const std::string_view written = context.source.slice(node.range);
        if (!data.name.empty() || !written.starts_with('`'))
            return;
        const std::uint32_t at = node.range.begin;
        // :ref: `x`
        if (at > 0 && bytes[at - 1] == ' ') {
            const std::string_view name = name_before(bytes, at - 1);
            if (is_role(name, context.settings)) {
                report(sink, {at - 1 - static_cast<std::uint32_t>(name.size()) - 2, node.range.end},
                       "a space between role '" + std::string(name) + "' and its text; remove it",
                       Edit{{at - 1, at}, ""});
                return;
            }
        }
        // func:`x`
        std::uint32_t begin = at;
        while (begin > 0 && is_name_char(bytes[begin - 1]))
            --begin;
        const std::string_view word = bytes.substr(begin, at - begin);
        const bool alone =
            begin == 0 || is_ascii_space(bytes[begin - 1]) || bytes[begin - 1] == '(';
        if (alone && word.size() > 2 && word.ends_with(':') && word.front() != ':') {
            const std::string_view name = word.substr(0, word.size() - 1);
            const bool plain = std::find(kWords.begin(), kWords.end(), name) == kWords.end();
            if (plain && is_role(name, context.settings)) {
                report(sink, {begin, node.range.end},
                       "no colon before role '" + std::string(name) + "'",
                       Edit{{begin, begin}, ":"});
                return;
            }
        }
        // `text <https://a.org>`
        const std::size_t open = written.rfind('<');
        if (open != std::string_view::npos && written.ends_with(">`") &&
            (written.substr(open + 1).starts_with("http://") ||
             written.substr(open + 1).starts_with("https://")) &&
            written.find_first_of(" \n") < open) {
            report(sink, node.range,
                   "a link without the underscore at its end; write it behind "
                   "the last backtick",
                   Edit{{node.range.end, node.range.end}, "_"});
        }
    }

    /// :func:``x``
    static void look_at_code(const FileContext& context, Sink& sink, const Node& node) {
        const std::string_view written = context.source.slice(node.range);
        const std::string_view name = name_before(context.source.bytes(), node.range.begin);
        if (!written.starts_with("``") || !written.ends_with("``") || written.size() < 5 ||
            !is_role(name, context.settings))
            return;
        const auto size = static_cast<std::uint32_t>(name.size()) + 2;
        report(sink, {node.range.begin - size, node.range.end},
               "two backticks behind role '" + std::string(name) + "' make this code; write one",
               Edit{node.range, std::string(written.substr(1, written.size() - 2))});
    }

    /// :func:name, and :func:`x`s, whose last backtick ends nothing.
    static void look_at_text(const FileContext& context, Sink& sink, const Node& node) {
        // Cut at the end of the text, so that no search goes on behind it.
        const std::string_view bytes = context.source.bytes().substr(0, node.range.end);
        for (std::size_t at = bytes.find(':', node.range.begin); at != bytes.npos;
             at = bytes.find(':', at + 1)) {
            if (at > 0 && !is_ascii_space(bytes[at - 1]) && bytes[at - 1] != '(')
                continue;
            std::size_t end = at + 1;
            while (end < node.range.end && is_name_char(bytes[end]))
                ++end;
            const std::string_view word = bytes.substr(at + 1, end - at - 1);
            const std::size_t colon = word.rfind(':');
            if (colon == std::string_view::npos || colon + 1 >= word.size() ||
                !is_ascii_alpha(word[colon + 1]))
                continue;
            const std::string_view name = word.substr(0, colon);
            std::string_view target = word.substr(colon + 1);
            while (!target.empty() && (target.back() == '.' || target.back() == '-'))
                target.remove_suffix(1);
            // :param x:type and the like are no roles; a known one before a name is.
            if (!is_role(name, context.settings) || target.empty() ||
                (end < context.source.bytes().size() && context.source.bytes()[end] == '`'))
                continue;
            const auto begin = static_cast<std::uint32_t>(at);
            const auto from = begin + static_cast<std::uint32_t>(name.size()) + 2;
            const auto to = from + static_cast<std::uint32_t>(target.size());
            report(sink, {begin, to},
                   "role '" + std::string(name) + "' without backticks around its text",
                   Edit{{from, to}, "`" + std::string(target) + "`"}, FixSafety::unsafe);
        }
    }

    /// `text<https://a.org>`_ names a target "text<https://a.org>".
    static void look_at_messages(const FileContext& context, Sink& sink) {
        for (const ParserMessage& message : context.document.messages()) {
            const std::string_view written = context.source.slice(message.range);
            const bool unclosed = problem_of(message) == RstProblem::unknown_target;
            const std::size_t open = written.rfind('<');
            if (!unclosed || open == std::string_view::npos || open < 2 ||
                !written.starts_with('`') || written.find(">`_") == std::string_view::npos ||
                is_ascii_space(written[open - 1]))
                continue;
            const std::string_view target = written.substr(open + 1);
            if (!target.starts_with("http://") && !target.starts_with("https://") &&
                !target.starts_with("mailto:"))
                continue;
            const auto at = message.range.begin + static_cast<std::uint32_t>(open);
            report(sink, message.range, "no space before the '<' of a link, so it leads nowhere",
                   Edit{{at, at}, " "});
        }
    }

    static void report(Sink& sink, Range range, std::string message, Edit edit,
                       FixSafety safety = FixSafety::safe) {
        Diagnostic& finding = sink.report(range, std::move(message));
        Fix fix;
        fix.description = "write it as it was meant";
        fix.safety = safety;
        fix.edits.push_back(std::move(edit));
        finding.fix = std::move(fix);
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_role_slip(const Options&) {
    return std::make_unique<RoleSlip>();
}

}  // namespace docathon::rules
