#include "tests/spec/agreement.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <memory>

#include "lint/parse/markdown/markdown.h"

namespace docathon::spec {

namespace {

/// GFM as the specification has it; cmark-gfm knows nothing of front matter and math.
markdown::Dialect specification() {
    markdown::Dialect dialect = markdown::dialect_of(Flavor::gfm);
    dialect.blocks = {};
    dialect.blocks.tables = true;
    dialect.blocks.task_lists = true;
    dialect.inlines = {};
    dialect.inlines.gfm_autolinks = true;
    dialect.inlines.strikethrough = true;
    return dialect;
}

/// Line ends as cmark-gfm hands them on.
std::string with_line_feeds(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\r') {
            if (i + 1 < text.size() && text[i + 1] == '\n')
                continue;
            out += '\n';
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string visible(cmark_node* node) {
    std::string out;
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(node),
                                                                       cmark_iter_free);
    cmark_event_type event = CMARK_EVENT_NONE;
    while ((event = cmark_iter_next(walk.get())) != CMARK_EVENT_DONE) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node* const inner = cmark_iter_get_node(walk.get());
        const cmark_node_type type = cmark_node_get_type(inner);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
            out += cmark_node_get_literal(inner);
        } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) {
            out += ' ';
        }
    }
    return out;
}

std::string code_text(const Document& document, std::string_view source, const Node& node) {
    std::string out;
    if (node.first_child != kNoNode) {
        for (NodeId id = node.first_child; id != kNoNode; id = document.node(id).next) {
            const Range range = document.node(id).range;
            out += source.substr(range.begin, range.size());
            out += '\n';
        }
        return out;
    }
    out = with_line_feeds(source.substr(node.content.begin, node.content.size()));
    return out;
}

std::string quoted(const Item& item) {
    return item.kind + " level " + std::to_string(item.level) + " text '" + item.text +
           "' destination '" + item.destination + "'";
}

}  // namespace

std::vector<Item> items_by_cmark(std::string_view text) {
    cmark_gfm_core_extensions_ensure_registered();
    const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser(
        cmark_parser_new(CMARK_OPT_DEFAULT), cmark_parser_free);
    for (const char* const name : {"table", "autolink", "strikethrough", "tasklist"}) {
        cmark_parser_attach_syntax_extension(parser.get(), cmark_find_syntax_extension(name));
    }
    cmark_parser_feed(parser.get(), text.data(), text.size());
    const std::unique_ptr<cmark_node, decltype(&cmark_node_free)> document(
        cmark_parser_finish(parser.get()), cmark_node_free);
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(
        cmark_iter_new(document.get()), cmark_iter_free);
    std::vector<Item> out;
    cmark_event_type event = CMARK_EVENT_NONE;
    while ((event = cmark_iter_next(walk.get())) != CMARK_EVENT_DONE) {
        if (event != CMARK_EVENT_ENTER)
            continue;
        cmark_node* const node = cmark_iter_get_node(walk.get());
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_HEADING) {
            out.push_back({"heading", visible(node), "", cmark_node_get_heading_level(node)});
        } else if (type == CMARK_NODE_CODE_BLOCK) {
            const char* const info = cmark_node_get_fence_info(node);
            out.push_back({"code", cmark_node_get_literal(node), info == nullptr ? "" : info, 0});
        } else if (type == CMARK_NODE_LINK || type == CMARK_NODE_IMAGE) {
            out.push_back({type == CMARK_NODE_LINK ? "link" : "image", visible(node),
                           cmark_node_get_url(node), 0});
        }
    }
    return out;
}

std::vector<Item> items_by_us(std::string_view text, std::vector<std::string>& faults) {
    static const markdown::Dialect kDialect = specification();
    const ParsedFile parsed = markdown::parse_markdown(text, kDialect);
    const Document& document = parsed.document;
    std::vector<Item> out;
    const auto nodes = document.nodes();
    for (NodeId id = 0; id < nodes.size(); ++id) {
        const Node& node = nodes[id];
        const NodeData& data = document.data(node);
        if (node.range.begin > node.range.end || node.range.end > text.size() ||
            node.content.begin > node.content.end || node.content.end > text.size()) {
            faults.push_back("range outside the text");
            continue;
        }
        switch (node.kind) {
            case NodeKind::heading:
                out.push_back(
                    {"heading", markdown::plain_text(document, text, id), "", node.level});
                break;
            case NodeKind::code_block:
                out.push_back({"code", code_text(document, text, node), data.text, 0});
                break;
            case NodeKind::link:
            case NodeKind::image: {
                const bool image = node.kind == NodeKind::image;
                out.push_back({image ? "image" : "link",
                               with_line_feeds(markdown::plain_text(document, text, id)), data.text,
                               0});
                std::string_view cut = text.substr(node.range.begin, node.range.size());
                const std::string whole(cut);
                bool right = !cut.empty();
                if (image && right) {
                    right = cut[0] == '!';
                    cut.remove_prefix(1);
                }
                switch (node.form) {
                    case LinkForm::inline_link:
                        right = right && cut.starts_with('[') && cut.ends_with(')');
                        break;
                    case LinkForm::full:
                    case LinkForm::collapsed:
                    case LinkForm::shortcut:
                        right = right && cut.starts_with('[') && cut.ends_with(']');
                        break;
                    case LinkForm::autolink:
                        right = right && cut.starts_with('<') && cut.ends_with('>');
                        break;
                    case LinkForm::bare:
                        right = right && (data.text.ends_with(cut) ||
                                          data.text.ends_with(markdown::decode(cut)));
                        break;
                }
                // What is visible of it lies inside it.
                for (NodeId inner = id + 1; inner < nodes.size() && nodes[inner].parent >= id;
                     ++inner) {
                    right = right && node.range.contains(nodes[inner].range);
                }
                if (!right)
                    faults.push_back("range of a link holds '" + whole + "'");
                break;
            }
            default:
                break;
        }
    }
    return out;
}

std::string difference(std::string_view text) {
    std::vector<std::string> faults;
    const std::vector<Item> theirs = items_by_cmark(text);
    const std::vector<Item> ours = items_by_us(text, faults);
    const auto same = [](const Item& a, Item b) {
        if (a.kind != b.kind || a.level != b.level)
            return false;
        // In an info string cmark-gfm decodes entities first, so that `\\&amp;` loses its
        // backslash.
        const bool entity = a.kind == "code" && a.destination.find('&') != std::string::npos;
        if (!entity && a.destination != b.destination)
            return false;
        if (a.text == b.text)
            return true;
        // A code block that the end of the file ends has no line end of its own there; where a tab
        // was cut by a container, what is left of it is no byte of the source. Elsewhere blanks at
        // the beginning of a line do not count.
        const auto squeeze = [](std::string_view text_of) {
            std::string out;
            for (const char c : text_of) {
                if (c != ' ' && c != '\t')
                    out += c;
            }
            while (out.ends_with('\n'))
                out.pop_back();
            return out;
        };
        return squeeze(a.text) == squeeze(b.text);
    };
    for (std::size_t i = 0; i < std::max(ours.size(), theirs.size()); ++i) {
        if (i >= ours.size())
            return "we lack " + quoted(theirs[i]);
        if (i >= theirs.size())
            return "cmark-gfm has no " + quoted(ours[i]);
        if (!same(theirs[i], ours[i])) {
            return "cmark-gfm: " + quoted(theirs[i]) + "\n     ours: " + quoted(ours[i]);
        }
    }
    return faults.empty() ? "" : faults.front();
}

}  // namespace docathon::spec
