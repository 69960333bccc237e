#include "tests/spec/inline_tree.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <parser.h>

namespace docathon::test {

namespace {

std::string link(std::string_view kind, std::string_view url, std::string_view title) {
    std::string out = "{";
    out += kind;
    out += ' ';
    out += url;
    out += '|';
    out += title;
    out += ':';
    return out;
}

void write(const Document& document, std::string_view source, NodeId parent, std::string& out) {
    for (NodeId id = document.node(parent).first_child; id != kNoNode;
         id = document.node(id).next) {
        const Node& node = document.node(id);
        const NodeData& data = document.data(node);
        const std::string_view content = source.substr(node.content.begin, node.content.size());
        switch (node.kind) {
            case NodeKind::text:
                out += data.text.empty() ? content : data.text;
                continue;
            case NodeKind::code_span:
                out += "{code ";
                out += data.text.empty() ? content : data.text;
                break;
            case NodeKind::html_inline:
            case NodeKind::comment:
                out += "{html ";
                out += source.substr(node.range.begin, node.range.size());
                break;
            case NodeKind::line_break:
                out += node.level == 1 ? "{break" : "{soft";
                break;
            case NodeKind::emphasis:
                out += "{em ";
                break;
            case NodeKind::strong:
                out += "{strong ";
                break;
            case NodeKind::strikethrough:
                out += "{del ";
                break;
            case NodeKind::link:
                out += link("link", data.text, data.title);
                break;
            case NodeKind::image:
                out += link("image", data.text, data.title);
                break;
            default:
                out += '{';
                out += to_string(node.kind);
                out += ' ';
                out += data.name;
                break;
        }
        write(document, source, id, out);
        out += '}';
    }
}

void write(cmark_node* parent, std::string& out) {
    for (cmark_node* node = cmark_node_first_child(parent); node != nullptr;
         node = cmark_node_next(node)) {
        const std::string_view type = cmark_node_get_type_string(node);
        const char* const literal = cmark_node_get_literal(node);
        const std::string_view text = literal == nullptr ? "" : literal;
        if (type == "text") {
            out += text;
            continue;
        }
        if (type == "code") {
            out += "{code ";
            out += text;
        } else if (type == "html_inline") {
            out += "{html ";
            out += text;
        } else if (type == "linebreak") {
            out += "{break";
        } else if (type == "softbreak") {
            out += "{soft";
        } else if (type == "emph") {
            out += "{em ";
        } else if (type == "strong") {
            out += "{strong ";
        } else if (type == "strikethrough") {
            out += "{del ";
        } else if (type == "link" || type == "image") {
            out += link(type, cmark_node_get_url(node), cmark_node_get_title(node));
        } else {
            out += '{';
            out += type;
            out += ' ';
        }
        write(node, out);
        out += '}';
    }
}

}  // namespace

std::string inline_tree(const Document& document, std::string_view source, NodeId id) {
    std::string out;
    write(document, source, id, out);
    return out;
}

std::string inline_tree(cmark_node* block) {
    std::string out;
    write(block, out);
    return out;
}

cmark_node* parse_with_cmark(std::string_view text, const CmarkOptions& options) {
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser* const parser = cmark_parser_new(CMARK_OPT_DEFAULT);
    const auto attach = [&](bool wanted, const char* name) {
        if (wanted) {
            cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name));
        }
    };
    attach(options.autolink, "autolink");
    attach(options.strikethrough, "strikethrough");
    cmark_parser_feed(parser, text.data(), text.size());
    cmark_node* const root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

}  // namespace docathon::test
