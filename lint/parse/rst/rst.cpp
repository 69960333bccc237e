#include "lint/parse/rst/rst.h"

#include "lint/parse/labels.h"
#include "lint/parse/markdown/facts.h"
#include "lint/parse/markdown/flavor.h"
#include "lint/parse/rst/document_builder.h"
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

/// A directive of the project as a specification. Views point into the Settings.
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

Options options_from(const Settings& settings) {
    Options out;
    out.mode = Mode::sphinx;
    for (const OwnDirective& own : settings.own_directives)
        out.own_directives.push_back(spec_of(own));
    out.own_roles = settings.own_roles;
    out.default_role = settings.default_role;
    out.domain = settings.primary_domain;
    out.line_length_limit = 0;
    out.settings["doctitle_xform"] = "false";
    out.settings["sectsubtitle_xform"] = "false";
    return out;
}

void note_messages(const Parser& parser, Document& document) {
    for (const Message& message : parser.messages)
        document.add_message({message.level, message.line, message.text, message.range});
}

/// What pages that include this one, or are included by it, may define.
void note_undefined(const Parser& parser, FileFacts& facts) {
    constexpr std::string_view kStart = "Undefined substitution referenced: \"";
    for (const Message& message : parser.messages) {
        if (!message.text.starts_with(kStart))
            continue;
        const std::size_t end = message.text.rfind('"');
        facts.undefined_substitutions.push_back(
            {message.text.substr(kStart.size(), end - kStart.size()), message.range});
    }
}

}  // namespace

ParsedFile parse_rst(std::string_view bytes, const Settings& settings) {
    static const markdown::Dialect kDialect = facts_dialect();
    ParsedFile out;
    out.facts.format = Format::rst;
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const Options options = options_from(settings);
    LineSource source(bytes, {{0, size}});
    Parser parser(source, options);
    parser.parse();
    out.document.open(NodeKind::document, {0, size});
    build_document(parser, out.document);
    out.document.close();
    collect_facts(bytes, kDialect, out.document, out.facts);
    collect_labels(bytes, out.document, out.facts);
    // Objects of domains, autodoc and the like make anchors that the text does not show.
    out.facts.open_anchors = true;
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
    apply_transforms(parser, transforms, substitutions);
    note_messages(parser, out.document);
    note_undefined(parser, out.facts);
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
}

}  // namespace docathon::rst
