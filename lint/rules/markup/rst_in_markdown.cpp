// markup/rst-in-markdown: see rules/markup/rst-in-markdown.yaml.

#include <algorithm>
#include <array>

#include "lint/rules/check.h"
#include "lint/rules/support/markup_names.h"
#include "lint/rules/support/repository_paths.h"
#include "lint/rules/support/text.h"

namespace docathon::rules {

namespace {

/// Roles of docutils, Sphinx and its domains that pages in Markdown are seen to carry over.
constexpr std::array<std::string_view, 40> kRoles = {
    "abbr",     "any",    "attr",     "c:func", "class",   "cpp:any",       "cpp:class", "cpp:func",
    "data",     "doc",    "download", "envvar", "eq",      "exc",           "file",      "func",
    "guilabel", "kbd",    "keyword",  "label",  "math",    "menuselection", "meth",      "mod",
    "numref",   "obj",    "option",   "pep",    "program", "py:attr",       "py:class",  "py:func",
    "py:meth",  "py:mod", "py:obj",   "ref",    "samp",    "sub",           "sup",       "term"};

/// Directives of docutils and Sphinx that pages in Markdown are seen to carry over.
constexpr std::array<std::string_view, 58> kDirectives = {
    "admonition",    "attention",      "autoattribute",  "autoclass",    "autodata",
    "autoexception", "autofunction",   "automethod",     "automodule",   "autosummary",
    "c:function",    "caution",        "centered",       "class",        "code",
    "code-block",    "contents",       "cpp:class",      "cpp:function", "csv-table",
    "currentmodule", "danger",         "deprecated",     "doctest",      "error",
    "figure",        "function",       "glossary",       "highlight",    "hint",
    "hlist",         "image",          "important",      "include",      "index",
    "list-table",    "literalinclude", "math",           "method",       "module",
    "note",          "only",           "parsed-literal", "py:class",     "py:currentmodule",
    "py:data",       "py:function",    "py:method",      "py:module",    "raw",
    "rubric",        "seealso",        "sidebar",        "table",        "tip",
    "toctree",       "versionadded",   "warning"};

bool is_name_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':' || c == '.' || c == '+';
}

class RstInMarkdown final : public Check {
  public:
    void file(const FileContext& context, Sink& sink) const override {
        const Document& document = context.document;
        const std::string_view bytes = context.source.bytes();
        // m2r and its like read reStructuredText between Markdown.
        if (context.settings.site >= 0 && context.settings.flavor == Flavor::gfm) {
            if (bytes.find("\n.. ") != std::string_view::npos ||
                bytes.find(":`") != std::string_view::npos)
                sink.unknown("a parser of Markdown that may read reStructuredText");
            return;
        }
        const auto nodes = document.nodes();
        for (NodeId id = 0; id < nodes.size(); ++id) {
            const Node& node = nodes[id];
            if (node.kind != NodeKind::text && node.kind != NodeKind::code_span)
                continue;
            if (text_block(document, id) == kNoNode || in_unknown_directive(context, id))
                continue;
            if (node.kind == NodeKind::text) {
                directives(bytes, node.range, sink);
            } else {
                role(context, node.range, sink);
            }
        }
    }

  private:
    /// What an extension of the project makes of the body of its directives nobody knows here: some
    /// show the same markup in both formats.
    static bool in_unknown_directive(const FileContext& context, NodeId id) {
        const Document& document = context.document;
        for (; id != kNoNode; id = document.node(id).parent) {
            if (document.node(id).kind == NodeKind::directive &&
                !is_known_name(NameKind::directive, document.data(id).name, context.settings))
                return true;
        }
        return false;
    }

    /// `.. name::` and `.. _label:` at the beginning of a line of running text.
    static void directives(std::string_view bytes, Range range, Sink& sink) {
        // The search ends with the text: to the end of the file it would be quadratic.
        const std::string_view text = bytes.substr(0, range.end);
        std::size_t at = range.begin;
        while ((at = text.find("..", at)) != std::string_view::npos) {
            const std::size_t begin = at;
            at += 2;
            if (at >= range.end || (bytes[at] != ' ' && bytes[at] != '\t'))
                continue;
            if (!at_line_start(bytes, begin))
                continue;
            std::size_t name = at;
            while (name < range.end && bytes[name] == ' ')
                ++name;
            std::size_t end = name;
            if (end < range.end && bytes[end] == '_') {
                ++end;
                while (end < range.end && bytes[end] != ':' && bytes[end] != '\n' &&
                       bytes[end] != ' ')
                    ++end;
                if (end >= range.end || bytes[end] != ':' || end == name + 1)
                    continue;
                const std::string label(bytes.substr(name + 1, end - name - 1));
                report(
                    Range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end + 1)},
                    "reStructuredText target prints as text; write (" + label + ")= in MyST", label,
                    sink);
                continue;
            }
            while (end < range.end && is_name_char(bytes[end]))
                ++end;
            if (end < name + 3 || bytes.substr(end - 2, 2) != "::")
                continue;
            const std::string_view directive = bytes.substr(name, end - 2 - name);
            if (std::find(kDirectives.begin(), kDirectives.end(), directive) == kDirectives.end())
                continue;
            report(Range{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)},
                   "reStructuredText directive '" + std::string(directive) +
                       "' prints as text; write it as a MyST fence, ```{" + std::string(directive) +
                       "}, or inside ```{eval-rst}",
                   std::string(directive), sink);
        }
    }

    /// :name: in front of a code span.
    static void role(const FileContext& context, Range code, Sink& sink) {
        const std::string_view bytes = context.source.bytes();
        std::size_t begin = code.begin;
        if (begin < 3 || bytes[begin - 1] != ':')
            return;
        // The name is short: the scan back is bounded.
        std::size_t name_end = begin - 1;
        std::size_t name = name_end;
        while (name > 0 && is_name_char(bytes[name - 1]) && name_end - name < 40)
            --name;
        // `:py:func:`: names hold colons, so the first colon of the run opens the role.
        const std::string_view run = bytes.substr(name, name_end - name);
        const std::size_t open = run.find(':');
        if (open == std::string_view::npos)
            return;
        const std::string_view role = run.substr(open + 1);
        if (std::find(kRoles.begin(), kRoles.end(), role) == kRoles.end())
            return;
        if (bytes[code.begin] != '`' || (code.size() > 1 && bytes[code.begin + 1] == '`'))
            return;
        const auto start = static_cast<std::uint32_t>(name + open);
        const std::string subject(bytes.substr(start, code.end - start));
        const std::string what =
            "reStructuredText role ':" + std::string(role) + ":' prints as text; ";
        if (context.settings.flavor != Flavor::myst) {
            // Nobody mends the notes of an old release for that.
            if (is_record(context.source.path()))
                sink.unknown("reStructuredText in an old note");
            else
                report(Range{start, code.end}, what + "this page has no roles, only code", subject,
                       sink);
            return;
        }
        Diagnostic& diagnostic =
            report(Range{start, code.end}, what + "write {" + std::string(role) + "}`...` in MyST",
                   subject, sink);
        diagnostic.fix = Fix{"write the role as MyST does",
                             {Edit{Range{start, code.begin}, "{" + std::string(role) + "}"}},
                             FixSafety::safe};
    }

    static Diagnostic& report(Range range, std::string message, std::string subject, Sink& sink) {
        Diagnostic& diagnostic = sink.report(range, std::move(message));
        diagnostic.subject = std::move(subject);
        diagnostic.where = "site";
        return diagnostic;
    }

    static bool at_line_start(std::string_view bytes, std::size_t at) {
        while (at > 0 && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t' || bytes[at - 1] == '>'))
            --at;
        return at == 0 || bytes[at - 1] == '\n' || bytes[at - 1] == '\r';
    }
};

}  // namespace

std::unique_ptr<Check> make_markup_rst_in_markdown(const Options&) {
    return std::make_unique<RstInMarkdown>();
}

}  // namespace docathon::rules
