// markup/directive-without-colons: see rules/markup/directive-without-colons.yaml.

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/rules/support/markup_names.h"
#include "lint/rules/support/rst_messages.h"

namespace docathon::rules {

namespace {

/// Names of directives that are also words with which a comment begins.
constexpr std::array<std::string_view, 31> kWords = {
    "acks",    "class",    "code",   "compound", "container", "contents", "data",   "date",
    "default", "error",    "event",  "example",  "exception", "file",     "footer", "function",
    "header",  "index",    "meta",   "method",   "module",    "object",   "only",   "option",
    "program", "property", "record", "role",     "table",     "title",    "todo"};

/// Names of directives that also say what kind of remark a comment is: `.. note: see line 12`.
constexpr std::array<std::string_view, 11> kRemarks = {
    "admonition", "attention", "caution", "danger", "deprecated", "hint",
    "important",  "note",      "seealso", "tip",    "warning"};

/// Whether a comment with one colon after its first word may be meant as one: what stands on the
/// line itself is a remark of the writers to themselves, unless it is a version.
bool is_remark(std::string_view name, std::string_view behind) {
    const std::string_view text = trim(behind);
    return !text.empty() && !is_ascii_digit(text.front()) &&
           std::find(kRemarks.begin(), kRemarks.end(), ascii_lower(name)) != kRemarks.end();
}

bool is_name_char(char c) {
    return is_ascii_alnum(c) || c == '-' || c == '_' || c == ':' || c == '.' || c == '+';
}

class DirectiveWithoutColons final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        if (is_page_template(context))
            return;
        for (const Node& node : context.document.nodes()) {
            if (node.kind == NodeKind::comment)
                look_at_comment(context, sink, node);
            else if (node.kind == NodeKind::paragraph)
                look_at_paragraph(context, sink, node);
        }
    }

  private:
    /// `.. note: text`, `.. note::text`, `.. code-block python`.
    static void look_at_comment(const FileContext& context, Sink& sink, const Node& node) {
        const Range line = line_at(context.source.bytes(), node.range.begin);
        const Range rest{node.range.begin, std::max(node.range.begin, line.end)};
        const std::string_view text = context.source.slice(rest);
        if (!text.starts_with(".. "))
            return;
        const std::size_t begin = text.find_first_not_of(' ', 2);
        if (begin == std::string_view::npos)
            return;
        std::size_t end = begin;
        while (end < text.size() && is_name_char(text[end]))
            ++end;
        std::string_view name = text.substr(begin, end - begin);
        const std::string_view behind = text.substr(end);
        const std::size_t glued = name.find("::");
        if (glued != std::string_view::npos && glued + 2 < name.size()) {
            name = name.substr(0, glued);
            if (is_name(name, context.settings))
                report(sink, rest, begin, glued + 2, name, "no space behind '::'");
            return;
        }
        if (name.ends_with(':') && !name.ends_with("::")) {
            name.remove_suffix(1);
            if (!is_name(name, context.settings))
                return;
            if (is_remark(name, behind))
                sink.unknown("comments that begin as a remark");
            else
                report(sink, rest, begin, name.size() + 1, name, "one colon instead of two");
            return;
        }
        // Only a compound name is no word of a sentence.
        const bool compound = name.find('-') != std::string_view::npos ||
                              name.starts_with("auto") || name == "toctree" ||
                              name == "literalinclude" || name == "currentmodule";
        const std::string_view argument = trim(behind);
        if (compound && !argument.empty() && argument.find(' ') == std::string_view::npos &&
            is_name(name, context.settings))
            report(sink, rest, begin, name.size(), name, "no colons");
    }

    /// `..note::`, `. note::`, `... note::` at the begin of a line.
    static void look_at_paragraph(const FileContext& context, Sink& sink, const Node& node) {
        const std::string_view all = context.source.slice(node.range);
        std::uint32_t at = node.range.begin;
        for (const std::string_view line : split(all, '\n')) {
            std::string_view text = trim(line);
            if (context.facts.gallery && text.starts_with('#'))
                text = trim_left(text.substr(1));
            const auto begin = static_cast<std::uint32_t>(text.data() - line.data());
            look_at_line(context, sink, text, at + begin);
            at += static_cast<std::uint32_t>(line.size()) + 1;
        }
    }

    static void look_at_line(const FileContext& context, Sink& sink, std::string_view text,
                             std::uint32_t at) {
        const std::size_t dots = text.find_first_not_of('.');
        if (dots == std::string_view::npos || dots < 1 || dots > 3)
            return;
        const std::size_t begin = text.find_first_not_of(' ', dots);
        const std::size_t colons = text.find("::");
        const bool right = dots == 2 && begin > dots;
        if (right || colons == std::string_view::npos || begin >= colons ||
            (colons + 2 < text.size() && text[colons + 2] != ' '))
            return;
        const std::string_view name = text.substr(begin, colons - begin);
        if (is_name(name, context.settings)) {
            const Range range{at, at + static_cast<std::uint32_t>(text.size())};
            report(sink, range, 0, colons + 2, name, "the marker is two dots and a space");
        }
    }

    static bool is_name(std::string_view name, const Settings& settings) {
        // `.. Note:` begins a sentence of a comment.
        return !name.empty() && !(name.front() >= 'A' && name.front() <= 'Z') &&
               std::find(kWords.begin(), kWords.end(), ascii_lower(name)) == kWords.end() &&
               std::all_of(name.begin(), name.end(), is_name_char) &&
               is_known_name(NameKind::directive, name, settings);
    }

    static void report(Sink& sink, Range base, std::size_t begin, std::size_t size,
                       std::string_view name, std::string_view why) {
        const auto at = base.begin + static_cast<std::uint32_t>(begin);
        sink.report({at, at + static_cast<std::uint32_t>(size)},
                    std::string(why) +
                        ", so this is no directive and is not shown as one; write "
                        "'.. " +
                        std::string(name) + "::'")
            .subject = name;
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_directive_without_colons(const Options&) {
    return std::make_unique<DirectiveWithoutColons>();
}

}  // namespace docathon::rules
