// Directives that docutils lacks: what their row in a table says is read, and an element
// `directive` holds what is in them (Mode::sphinx), or a container does (Mode::permissive, as the
// conformance oracle has it).

#include <algorithm>
#include <array>
#include <deque>
#include <map>

#include "lint/core/strings.h"
#include "lint/parse/rst/directive.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

using B = DirectiveBody;

/// Rows of Mode::permissive: names, arguments, whether the last may have white space, whether any
/// option is accepted, body, whether the last argument is inline markup.
struct Row {
    std::string_view names;
    std::uint8_t required;
    std::uint8_t optional;
    bool white_space;
    bool options;
    B body;
    bool inline_argument;
};

constexpr std::array kRows = std::to_array<Row>({
    {"code-block sourcecode code code-cell code-tab graphviz digraph graph prompt", 0, 1, false,
     true, B::raw, false},
    {"doctest testcode testoutput testsetup testcleanup math plot ipython mermaid uml "
     "jupyter-execute",
     0, 1, true, true, B::raw, false},
    {"toctree autosummary minigallery", 0, 0, false, true, B::raw, false},
    {"highlight", 1, 0, false, true, B::none, false},
    {"highlightlang currentmodule py:currentmodule default-domain", 1, 0, false, false, B::none,
     false},
    {"index literalinclude inheritance-diagram", 1, 0, true, true, B::none, false},
    {"productionlist tabularcolumns program c:namespace c:namespace-push cpp:namespace "
     "cpp:namespace-push",
     1, 0, true, false, B::none, false},
    {"todolist c:namespace-pop cpp:namespace-pop", 0, 0, false, false, B::none, false},
    {"centered sectionauthor codeauthor moduleauthor", 1, 0, true, false, B::none, true},
    {"seealso todo hlist acks tabs tab-set panels card-carousel legacy try_examples superseded "
     "rejected withdrawn canonical-doc canonical-pypa-spec canonical-typing-spec",
     0, 0, false, true, B::rst, false},
    {"glossary", 0, 0, false, true, B::glossary, false},
    {"tab group-tab tab-item grid grid-item grid-item-card card dropdown details collapse "
     "button-ref button-link flat-table kernel-figure",
     0, 1, true, true, B::rst, false},
    {"rst-class cssclass availability", 1, 0, true, true, B::rst, false},
    {"audit-event", 1, 2, true, true, B::rst, false},
    {"impl-detail", 0, 1, true, false, B::rst, true},
    {"only ifconfig", 1, 0, true, false, B::wrapper, false},
    {"versionadded versionchanged deprecated versionremoved version-added version-changed "
     "version-deprecated version-removed soft-deprecated",
     1, 1, true, false, B::rst, true},
    {"deprecated-removed", 2, 1, true, false, B::rst, true},
    {"module function data class exception method attribute property classmethod staticmethod "
     "decorator decoratormethod describe object option cmdoption envvar confval event "
     "abstractmethod coroutinefunction coroutinemethod awaitablefunction awaitablemethod opcode "
     "pdbcommand monitoring-event 2to3fixer setting templatetag templatefilter fieldlookup "
     "django-admin django-admin-option",
     1, 0, true, true, B::titles, false},
});

DirectiveSpec make_spec(const Row& row) {
    DirectiveSpec spec;
    spec.origin = "permissive";
    spec.required_arguments = row.required;
    spec.optional_arguments = row.optional;
    spec.final_whitespace = row.white_space;
    spec.has_options = row.options;
    spec.any_option = row.options;
    spec.inline_argument = row.inline_argument;
    spec.argument_next_line = row.required > 0 && row.optional > 0;
    spec.body = row.body;
    return spec;
}

/// All specifications of Mode::permissive.
struct Permissive {
    std::deque<DirectiveSpec> specs;
    std::map<std::string_view, const DirectiveSpec*> names;
    DirectiveSpec in_domain, autodoc, unknown;

    Permissive() {
        for (const Row& row : kRows) {
            for (const std::string_view name : split(row.names, ' ')) {
                DirectiveSpec& spec = specs.emplace_back(make_spec(row));
                spec.name = name;
                names.emplace(name, &spec);
            }
        }
        in_domain = make_spec({{}, 0, 1, true, true, B::titles, false});
        autodoc = make_spec({{}, 0, 1, true, true, B::rst, false});
        unknown = make_spec({{}, 0, 0, false, false, B::raw, false});
        // Options that Sphinx adds to directives of docutils.
        for (const std::string_view name : {"admonition", "attention", "caution", "danger", "error",
                                            "hint", "important", "note", "tip", "warning"})
            add_option(name, "collapsible");
        add_option("rubric", "heading-level");
    }
    void add_option(std::string_view name, std::string_view option) {
        const DirectiveSpec* base = MarkupTables::built_in().docutils_directive(name);
        if (base == nullptr)
            return;
        DirectiveSpec& spec = specs.emplace_back(*base);
        OptionSpec& added = spec.options.emplace_back();
        added.name = option;
        added.convert = Convert::text;
        names.emplace(name, &spec);
    }
};

bool is_word(char c) {
    return is_ascii_alnum(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

/// [\w-]+:[\w:-]+
bool is_domain_name(std::string_view name) {
    const std::size_t colon = name.find(':');
    return colon != std::string_view::npos && colon > 0 && colon + 1 < name.size() &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return is_word(c) || c == '-' || c == ':'; });
}

bool is_auto_name(std::string_view name) {
    return name.size() > 4 && name.starts_with("auto") &&
           std::all_of(name.begin(), name.end(), is_word);
}

/// Length of the term in a line of a glossary: up to ` : `.
std::size_t term_length(std::string_view line) {
    for (std::size_t at = line.find(':'); at != std::string_view::npos;
         at = line.find(':', at + 1)) {
        if (at > 0 && line[at - 1] == ' ' && at + 1 < line.size() && line[at + 1] == ' ') {
            const std::size_t end = line.find_last_not_of(' ', at - 1);
            return end == std::string_view::npos ? 0 : end + 1;
        }
    }
    return line.size();
}

/// Sphinx' glossary: lines that are not indented are terms, indented blocks definitions.
void parse_glossary(Directive& d, ElementId node) {
    Tree& tree = d.parser.tree;
    const LineSpan lines = d.content;
    std::size_t at = 0;
    bool comment = false;
    while (at < lines.size()) {
        const std::size_t start = at;
        const Line& line = lines[at++];
        if (line.blank())
            continue;
        if (line.text.front() != ' ') {
            comment = line.text.starts_with(".. ");
            if (comment)
                continue;
            const Line term = line.part(0, term_length(line.text));
            const ElementId paragraph = tree.make(Tag::paragraph, d.parser.source.range_of(term));
            const JoinedText text(tree, d.parser.source, term);
            const Elements messages = d.parser.parse_inline(
                text, d.content_offset + static_cast<std::uint32_t>(start) + 1, paragraph);
            tree.append(node, paragraph);
            tree.append(node, messages);
            continue;
        }
        while (at < lines.size() && (lines[at].blank() || lines[at].text.front() == ' '))
            ++at;
        if (comment)
            continue;
        const std::size_t indent = line.text.size() - python::strip_left(line.text).size();
        Lines block;
        for (const Line& each : lines.slice(start, at))
            block.push_back(each.part(indent));
        d.parser.nested_parse(block, d.content_offset + static_cast<std::uint32_t>(start), node,
                              Titles::no);
    }
}

/// A line of at least three of one character and nothing else.
bool is_rule(std::string_view line, char mark) {
    constexpr std::size_t kLeast = 3;
    return line.size() >= kLeast && line.find_first_not_of(mark) == std::string_view::npos;
}

/// sphinx-design's cards: `^^^` ends the header, `+++` begins the footer.
void parse_card(Directive& d, ElementId node) {
    const LineSpan lines = d.content;
    std::size_t begin = 0;
    const auto part = [&](std::size_t end) {
        d.parser.nested_parse(lines.slice(begin, end),
                              d.content_offset + static_cast<std::uint32_t>(begin), node,
                              Titles::no);
        begin = end + 1;
    };
    for (const char mark : {'^', '+'}) {
        for (std::size_t k = begin; k < lines.size(); ++k) {
            if (is_rule(lines[k].text, mark)) {
                part(k);
                break;
            }
        }
    }
    if (begin < lines.size())
        part(lines.size());
}

/// sphinx-panels: `---` parts the panels, and in each `^^^` ends the header and `+++` begins the
/// footer. The options of a panel stand before its text and read as a list of fields.
void parse_panels(Directive& d, ElementId node) {
    const LineSpan lines = d.content;
    std::size_t begin = 0;
    for (std::size_t k = 0; k <= lines.size(); ++k) {
        const bool between =
            k < lines.size() && (is_rule(lines[k].text, '-') || is_rule(lines[k].text, '^') ||
                                 is_rule(lines[k].text, '+'));
        if (k < lines.size() && !between)
            continue;
        if (begin < k) {
            d.parser.nested_parse(lines.slice(begin, k),
                                  d.content_offset + static_cast<std::uint32_t>(begin), node,
                                  Titles::no);
        }
        begin = k + 1;
    }
}

}  // namespace

const DirectiveSpec* permissive_directive(std::string_view name) {
    static const Permissive tables;
    if (const auto at = tables.names.find(name); at != tables.names.end())
        return at->second;
    if (MarkupTables::built_in().docutils_directive(name) != nullptr)
        return nullptr;
    if (is_domain_name(name))
        return &tables.in_domain;
    if (is_auto_name(name))
        return &tables.autodoc;
    return &tables.unknown;
}

bool is_without_file(const Directive& d) {
    if (d.spec->name == "include") {
        const std::string& path = d.arguments.front().text;
        return path.size() < 2 || path.front() != '<' || path.back() != '>';
    }
    if (d.spec->name != "raw" && d.spec->name != "csv-table")
        return false;
    return d.option("file") != nullptr || d.option("url") != nullptr;
}

Elements run_by_spec(Directive& d) {
    Parser& parser = d.parser;
    Tree& tree = parser.tree;
    const DirectiveSpec& spec = *d.spec;
    const bool wrapper = spec.body == B::wrapper;
    const Tag tag = wrapper                                   ? Tag::element
                    : parser.options.mode == Mode::permissive ? Tag::container
                                                              : Tag::directive;
    const ElementId node = d.make(tag);
    if (tag == Tag::directive)
        tree.edit(node).set("name", d.name());
    // Its node knows the document before it has a place in it, so what comes in without a line
    // takes the one that the parser is on.
    tree[node].attached = true;
    if (spec.name == "default-domain" && !d.arguments.empty())
        parser.default_domain = lowercase(d.arguments.front().text);
    Elements out = {node};
    const std::size_t most = spec.required_arguments + spec.optional_arguments;
    if (spec.inline_argument && !d.arguments.empty() && d.arguments.size() == most) {
        const ElementId paragraph = tree.make(Tag::paragraph, d.arguments.back().range);
        const JoinedText text(tree, parser.source, d.arguments.back().lines);
        const std::uint32_t line = d.block.line + (spec.argument_next_line ? 1 : 0);
        const Elements messages = parser.parse_inline(text, line, paragraph);
        tree.append(node, paragraph);
        out.insert(out.end(), messages.begin(), messages.end());
    }
    if (spec.origin != "permissive" && spec.option("name") != nullptr)
        d.add_name(node);
    if (d.content.empty())
        return out;
    switch (spec.body) {
        case B::rst:
            if (spec.origin == "sphinx_design" &&
                (spec.name == "card" || spec.name == "grid-item-card"))
                parse_card(d, node);
            else if (spec.origin == "sphinx_panels" && spec.name == "panels")
                parse_panels(d, node);
            else
                d.parse_content(node);
            break;
        case B::titles:
        case B::wrapper:
            d.parse_content(node, Titles::own_hierarchy);
            break;
        case B::glossary:
            parse_glossary(d, node);
            break;
        case B::none:
        case B::raw:
            tree[node].content = d.content_range();
            break;
    }
    return out;
}

}  // namespace docathon::rst
