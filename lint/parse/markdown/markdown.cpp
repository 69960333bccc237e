#include "lint/parse/markdown/markdown.h"

#include "lint/parse/labels.h"
#include "lint/parse/markdown/blocks.h"
#include "lint/parse/markdown/build.h"
#include "lint/parse/markdown/facts.h"

namespace docathon::markdown {

ParsedFile parse_markdown(std::string_view source, const Settings& settings) {
    return parse_markdown(source, with_settings(dialect_of(settings.flavor), settings), settings);
}

ParsedFile parse_markdown(std::string_view source, const Dialect& dialect,
                          const Settings& settings) {
    ParsedFile out;
    out.facts.format = Format::markdown;
    const Blocks blocks = read_blocks(source, dialect.blocks);
    InlineFindings findings;
    build_document(source, dialect, settings, blocks, out.document, findings);
    out.facts.undefined_references = std::move(findings.undefined_references);
    collect_facts(source, dialect, out.document, out.facts);
    if (dialect.roles_are_references)
        collect_labels(source, out.document, out.facts);
    if (blocks.too_deep) {
        out.facts.open_anchors = true;
        out.facts.problems.push_back({"input/depth-limit",
                                      "nested deeper than " + std::to_string(kMaxDepth) +
                                          " levels; what is deeper was read as plain text",
                                      blocks.too_deep_at});
    }
    return out;
}

}  // namespace docathon::markdown
