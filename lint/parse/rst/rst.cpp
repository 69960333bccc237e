#include "lint/parse/rst/rst.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "lint/core/strings.h"
#include "lint/parse/labels.h"
#include "lint/parse/markdown/facts.h"
#include "lint/parse/markdown/flavor.h"
#include "lint/parse/rst/document_builder.h"
#include "lint/parse/rst/gallery.h"
#include "lint/parse/rst/parser.h"
#include "lint/parse/rst/transforms.h"

namespace docathon::rst {

namespace {

// What the collector of facts has to know of the text: the nodes are read by the conventions of
// MyST's directives and roles.
markdown::Dialect facts_dialect() {
    markdown::Dialect out;
    out.blocks.directives = true;
    out.roles_are_references = true;
    out.html_headings = false;
    return out;
}

}  // namespace

DirectiveSpec spec_of(const OwnDirective& own) {
    DirectiveSpec spec;
    spec.name = own.name;
    spec.origin = "project";
    // How many arguments it takes nobody says: as many as there are.
    spec.optional_arguments = 1;
    spec.final_whitespace = true;
    spec.has_options = true;
    spec.any_option = !own.has_options;
    for (const std::string& name : own.options)
        spec.options.push_back({name, Convert::any, {}});
    spec.body = own.body == "none"     ? DirectiveBody::none
                : own.body == "markup" ? DirectiveBody::titles
                                       : DirectiveBody::raw;
    return spec;
}

namespace {

Options options_from(const Settings& settings) {
    Options out;
    out.mode = Mode::sphinx;
    for (const OwnDirective& own : settings.own_directives)
        out.own_directives.push_back(spec_of(own));
    out.own_roles = settings.own_roles;
    out.default_role = settings.default_role;
    out.domain = settings.primary_domain;
    out.line_length_limit = 0;
    out.message_elements = false;
    out.settings["doctitle_xform"] = "false";
    out.settings["sectsubtitle_xform"] = "false";
    return out;
}

void note_messages(const Parser& parser, Document& document) {
    for (const Message& message : parser.messages)
        document.add_message({message.level, message.line, message.text, message.range});
}

/// Whether the page is a template of Jinja: `{%` and `%}` outside of code.
bool is_templated(std::string_view bytes, const Document& document) {
    std::size_t at = bytes.find("{%");
    if (at == std::string_view::npos || bytes.find("%}") == std::string_view::npos)
        return false;
    for (const Node& node : document.nodes()) {
        const bool code = node.kind == NodeKind::code_block || node.kind == NodeKind::code_span ||
                          node.kind == NodeKind::raw_text;
        if (!code || node.range.end <= at)
            continue;
        if (node.range.begin > at)
            return true;
        at = bytes.find("{%", node.range.end);
        if (at == std::string_view::npos)
            return false;
    }
    return true;
}

/// What pages that include this one, or are included by it, may define.
void note_undefined(const Parser& parser, std::string_view bytes, const Document& document,
                    FileFacts& facts) {
    constexpr std::string_view kStart = "Undefined substitution referenced: \"";
    constexpr std::string_view kTargets[] = {
        "Unknown target name: ", "Anonymous hyperlink mismatch", "Indirect hyperlink target ",
        "Duplicate target name, cannot be used"};
    const bool templated = is_templated(bytes, document);
    for (const Message& message : parser.messages) {
        const auto begins = [&](std::string_view start) { return message.text.starts_with(start); };
        // A footnote or citation is another matter. Lines of Jinja make a template of the page.
        const bool other =
            templated || (!message.range.empty() && bytes[message.range.begin] == '[');
        if (!other && std::any_of(std::begin(kTargets), std::end(kTargets), begins))
            facts.unknown_targets.push_back({message.text, message.range});
        if (!message.text.starts_with(kStart))
            continue;
        const std::size_t end = message.text.rfind('"');
        facts.undefined_substitutions.push_back(
            {message.text.substr(kStart.size(), end - kStart.size()), message.range});
    }
}

/// Directives whose elements have no ids but those of `:name:` and of what stands in them.
constexpr std::array kWithoutIds = std::to_array<std::string_view>(
    {"admonition",     "attention",      "caution",     "centered",
     "class",          "code",           "code-block",  "codeauthor",
     "container",      "contents",       "csv-table",   "currentmodule",
     "danger",         "deprecated",     "doctest",     "epigraph",
     "error",          "figure",         "grid",        "grid-item",
     "grid-item-card", "card",           "button-link", "button-ref",
     "dropdown",       "highlight",      "highlights",  "hint",
     "hlist",          "image",          "important",   "include",
     "list-table",     "literalinclude", "literal",     "math",
     "moduleauthor",   "note",           "only",        "parsed-literal",
     "pull-quote",     "replace",        "role",        "rubric",
     "sectionauthor",  "seealso",        "sidebar",     "sourcecode",
     "tab-item",       "tab-set",        "table",       "tabularcolumns",
     "testcode",       "testoutput",     "testsetup",   "tip",
     "toctree",        "todo",           "topic",       "unicode",
     "versionadded",   "versionchanged", "warning"});

/// The ids of the page, and whether directives may make others: objects of domains, autodoc,
/// glossaries, raw HTML, what no table has.
void note_ids(const Parser& parser, FileFacts& facts) {
    for (ElementId id = 0; id != kNoElement; id = parser.tree.next_in_order(id, 0)) {
        const Element& element = parser.tree[id];
        if (element.tag == Tag::problematic || element.tag == Tag::system_message)
            continue;
        for (const std::string& name : parser.tree.attributes(id).ids)
            facts.anchors.push_back({AnchorKind::section_id, name, element.range});
    }
    for (const DirectiveRecord& record : parser.directives) {
        const std::string name = ascii_lower(record.name);
        if (std::find(kWithoutIds.begin(), kWithoutIds.end(), name) == kWithoutIds.end())
            facts.open_anchors = true;
    }
}

ParsedFile parse_page(std::string_view bytes, LineSource source, const Settings& settings) {
    static const markdown::Dialect kDialect = facts_dialect();
    ParsedFile out;
    out.facts.format = Format::rst;
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const Options options = options_from(settings);
    Parser parser(source, options);
    parser.parse();
    out.document.open(NodeKind::document, {0, size});
    build_document(parser, out.document);
    out.document.close();
    collect_facts(bytes, kDialect, out.document, out.facts);
    collect_labels(bytes, out.document, out.facts);
    if (parser.too_deep)
        out.facts.problems.push_back({"input/depth-limit",
                                      "nested deeper than " + std::to_string(kMaxDepth) +
                                          " levels; what is deeper was not read",
                                      parser.too_deep_at});
    std::vector<std::string> transforms;
    for (const std::string_view name : standard_transforms())
        transforms.emplace_back(name);
    std::vector<std::string> substitutions = settings.substitutions;
    for (const char* name : {"version", "release", "today"})
        substitutions.emplace_back(name);
    // What a table of contents lists and a title is numbered with says nothing new, and each of
    // many tables would cost the whole page.
    std::erase_if(parser.names.pendings, [](const Pending& pending) {
        return pending.transform == "Contents" || pending.transform == "SectNum";
    });
    apply_transforms(parser, transforms, substitutions);
    note_ids(parser, out.facts);
    out.facts.open_anchors = out.facts.open_anchors || parser.too_deep;
    note_messages(parser, out.document);
    note_undefined(parser, bytes, out.document, out.facts);
    out.facts.substitutions = parser.names.all_substitutions();
    out.facts.target_names = parser.names.all_names();
    return out;
}

}  // namespace

ParsedFile parse_rst(std::string_view bytes, const Settings& settings) {
    const auto size = static_cast<std::uint32_t>(bytes.size());
    // The header of a PEP is that of a mail, which docutils' reader of PEPs takes off (PEP 12).
    std::size_t begin = 0;
    if (bytes.starts_with("PEP: ")) {
        begin = std::min(bytes.find("\n\n"), bytes.find("\n\r\n"));
        begin = begin == std::string_view::npos ? 0 : begin;
    }
    const auto lines =
        std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(begin), '\n');
    return parse_page(bytes,
                      LineSource(bytes, {{static_cast<std::uint32_t>(begin), size}},
                                 static_cast<std::uint32_t>(lines) + 1),
                      settings);
}

ParsedFile parse_gallery(std::string_view bytes, Range docstring, const Settings& settings) {
    ParsedFile out = parse_page(bytes, gallery_lines(bytes, docstring), settings);
    out.facts.format = Format::python;
    out.facts.gallery = true;
    return out;
}

void parse_slices(std::string_view bytes, const std::vector<Range>& slices,
                  const Settings& settings, Document& document) {
    const Options options = options_from(settings);
    LineSource source(bytes, slices);
    Parser parser(source, options);
    parser.parse();
    build_document(parser, document);
    note_messages(parser, document);
    // MyST-Parser hands the definitions of an {eval-rst} to nobody, and rst_prolog is not for its
    // pages: only Sphinx' own substitutions work there (5.0.0, render_restructuredtext).
    for (ElementId id = 0; id != kNoElement; id = parser.tree.next_in_order(id, 0)) {
        if (parser.tree[id].tag != Tag::substitution_reference)
            continue;
        const std::string* const name = parser.tree.attributes(id).find("refname");
        if (name == nullptr || *name == "version" || *name == "release" || *name == "today")
            continue;
        document.add_message({3, parser.tree.line_of(id),
                              "Undefined substitution referenced: \"" + *name + "\".",
                              parser.tree[id].range});
    }
}

void read_messages(std::string_view bytes, const std::vector<std::vector<Range>>& blocks,
                   const Settings& settings, Document& document,
                   std::vector<UndefinedReference>& targets) {
    const Options options = options_from(settings);
    LineSource source(bytes);
    std::uint32_t number = 0;
    for (const std::vector<Range>& block : blocks) {
        for (const Range line : block)
            source.add(line, ++number);
        if (!block.empty())
            source.add({block.back().end, block.back().end}, ++number);
    }
    if (source.lines().empty())
        return;
    Parser parser(source, options);
    parser.parse();
    build_document(parser, document);
    // Substitutions and what directives ask for are matters of the whole page.
    parser.names.pendings.clear();
    static const std::vector<std::string> kTransforms = {
        "PropagateTargets", "AnonymousHyperlinks", "IndirectHyperlinks",
        "ExternalTargets",  "InternalTargets",     "DanglingReferences"};
    apply_transforms(parser, kTransforms);
    for (const Message& message : parser.messages) {
        if (message.text.starts_with("Unknown target name: "))
            targets.push_back({message.text, message.range});
        else if (!message.text.starts_with("Undefined substitution referenced"))
            document.add_message({message.level, message.line, message.text, message.range});
    }
}

}  // namespace docathon::rst
