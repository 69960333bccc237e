// markup/role-slip: see rules/markup/role-slip.yaml.

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/parse/rst/directive_table.h"
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
                               node.kind == NodeKind::text || node.kind == NodeKind::link;
            if (!prose || text_block(document, id) == kNoNode)
                continue;
            if (node.kind == NodeKind::role)
                look_at_role(context, sink, id);
            else if (node.kind == NodeKind::code_span)
                look_at_code(context, sink, node);
            else if (node.kind == NodeKind::link)
                look_at_link(context, sink, node);
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
    static void look_at_role(const FileContext& context, Sink& sink, NodeId id) {
        const Node& node = context.document.node(id);
        const NodeData& data = context.document.data(node);
        const std::string_view bytes = context.source.bytes();
        const std::string_view written = context.source.slice(node.range);
        // What a default role takes begins with the backtick as well.
        if (!data.name.empty() && !written.starts_with('`')) {
            // On several lines of a table other cells stand between.
            if (written.find('\n') == std::string_view::npos ||
                context.document.ancestor(id, NodeKind::table_cell) == kNoNode)
                look_at_named_role(context, sink, node, data);
            return;
        }
        if (!written.starts_with('`'))
            return;
        const std::uint32_t at = node.range.begin;
        // `:func:`x`
        if (const std::size_t inner = written.find('`', 1);
            written.starts_with("`:") && inner + 1 < written.size() &&
            is_role(name_before(written, inner), context.settings) &&
            name_before(written, inner).size() + 3 == inner) {
            report(sink, node.range,
                   "a backtick before role '" + std::string(name_before(written, inner)) +
                       "' makes one text of all this; remove it",
                   Edit{{at, at + 1}, ""});
            return;
        }
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
        // the:func:`x`
        if (const std::size_t colon = word.find(':');
            colon != std::string_view::npos && colon > 0 && word.ends_with(':') &&
            is_role(name_before(word.substr(colon), word.size() - colon), context.settings)) {
            const auto place = begin + static_cast<std::uint32_t>(colon);
            report(sink, {begin, node.range.end},
                   "no space before role '" +
                       std::string(name_before(word.substr(colon), word.size() - colon)) + "'",
                   Edit{{place, place}, " "});
            return;
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

    /// :func:`x`s and :func:`y`, one role to docutils; :func:`x``; :func:`!~a.x`.
    static void look_at_named_role(const FileContext& context, Sink& sink, const Node& node,
                                   const NodeData& data) {
        // Roles whose text is shown as it stands may show backticks.
        const rst::RoleSpec* spec = rst::MarkupTables::built_in().sphinx_role(
            ascii_lower(data.name), context.settings.primary_domain);
        if (spec == nullptr || spec->target == rst::RoleTarget::none ||
            spec->target == rst::RoleTarget::external)
            return;
        const std::string_view text = context.source.slice(data.text_range);
        std::size_t tick = text.find('`');
        while (tick != std::string_view::npos && tick > 0 && text[tick - 1] == '\\')
            tick = text.find('`', tick + 1);
        // :ref:`Use ``x```, a title with a literal in it.
        if (tick != std::string_view::npos && text.substr(tick).starts_with("``") &&
            text.find("``", tick + 2) != std::string_view::npos)
            return;
        if (tick != std::string_view::npos) {
            const auto at = data.text_range.begin + static_cast<std::uint32_t>(tick);
            if (tick + 1 == text.size()) {
                report(sink, node.range, "two backticks end role '" + data.name + "'; write one",
                       Edit{{at, at + 1}, ""});
                return;
            }
            Diagnostic& finding = sink.report(
                {node.range.begin, at + 1},
                "role '" + data.name +
                    "' does not end at this backtick, for a letter follows it; write a space or "
                    "'\\ ' behind it");
            finding.subject = std::string(text.substr(0, tick));
            Fix fix;
            fix.description = "write it as it was meant";
            fix.safety = FixSafety::unsafe;
            fix.edits.push_back({{at + 1, at + 1}, "\\ "});
            finding.fix = std::move(fix);
            return;
        }
        if (text.starts_with("!~")) {
            const std::uint32_t at = data.text_range.begin;
            report(sink, node.range,
                   "'!' makes plain text of role '" + data.name +
                       "', so '~' is shown; remove one of the two",
                   Edit{{at + 1, at + 2}, ""}, FixSafety::unsafe);
        }
    }

    /// `text<https://a.org>`__, an anonymous reference without a target.
    static void look_at_link(const FileContext& context, Sink& sink, const Node& node) {
        const std::string_view written = context.source.slice(node.range);
        const std::size_t open = written.rfind('<');
        if (!context.document.data(node).text.empty() || !written.starts_with('`') ||
            !written.ends_with(">`__") || open == std::string_view::npos || open < 2 ||
            is_ascii_space(written[open - 1]) || !is_url(written.substr(open + 1)))
            return;
        const auto at = node.range.begin + static_cast<std::uint32_t>(open);
        report(sink, node.range, "no space before the '<' of a link, so it leads nowhere",
               Edit{{at, at}, " "});
    }

    static bool is_url(std::string_view text) {
        return text.starts_with("http://") || text.starts_with("https://") ||
               text.starts_with("mailto:");
    }

    /// :func:``x``, and ``x and ``y``, where the first code takes in all up to the second.
    static void look_at_code(const FileContext& context, Sink& sink, const Node& node) {
        const std::string_view written = context.source.slice(node.range);
        if (written.size() > 4 && written.starts_with("``") && written.ends_with("``")) {
            const std::string_view inner = written.substr(2, written.size() - 4);
            const std::size_t next = inner.find("``");
            if (next != std::string_view::npos && next > 1 && next + 2 < inner.size() &&
                is_ascii_space(inner[next - 1]) && inner[next + 2] != '`' &&
                !is_ascii_space(inner[next + 2])) {
                sink.report(node.range,
                            "two backticks that begin code are never closed before the next ones; "
                            "close them, or write '\\`\\`' for the characters")
                    .subject = inner.substr(0, std::min<std::size_t>(next, 40));
                return;
            }
        }
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
            // :issue`123`
            if (end < node.range.end && bytes[end] == '`' && is_role(word, context.settings) &&
                bytes.substr(end + 1).find('`') != std::string_view::npos) {
                report(
                    sink, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end) + 1},
                    "no colon behind role '" + std::string(word) + "'",
                    Edit{{static_cast<std::uint32_t>(end), static_cast<std::uint32_t>(end)}, ":"});
                continue;
            }
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
            // Anonymous ones, of which docutils tells the first, are links to us.
            if (!is_url(written.substr(open + 1)) || message.text.starts_with("Anonymous"))
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
