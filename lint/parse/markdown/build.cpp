#include "lint/parse/markdown/build.h"

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/parse/html.h"
#include "lint/parse/markdown/block_scan.h"
#include "lint/parse/markdown/inline_lexer.h"
#include "lint/parse/rst/rst.h"

namespace docathon::markdown {

namespace {

class Builder {
  public:
    Builder(std::string_view source, const Dialect& dialect, const Settings& settings,
            const Blocks& blocks, Document& document, InlineFindings& findings)
        : source_(source),
          dialect_(dialect),
          settings_(settings),
          blocks_(blocks),
          document_(document),
          findings_(findings) {}

    void run() {
        document_.open(NodeKind::document, blocks_.blocks[0].range);
        open_.push_back(0);
        for (std::uint32_t id = 1; id < blocks_.blocks.size(); ++id) {
            const Block& block = blocks_.blocks[id];
            while (open_.back() != block.parent)
                close();
            begin(block);
            open_.push_back(id);
        }
        while (!open_.empty())
            close();
    }

  private:
    void close() {
        // After the options, which are blocks of their own.
        const Block& block = blocks_.blocks[open_.back()];
        if (block.kind == BlockKind::directive && block.raw)
            body(block);
        document_.close();
        open_.pop_back();
    }

    [[nodiscard]] std::string_view bytes(Range range) const {
        return source_.substr(range.begin, range.size());
    }

    NodeId open(NodeKind kind, const Block& block) {
        const NodeId id = document_.open(kind, block.range);
        Node& node = document_.edit(id);
        node.content = block.content;
        node.flags = block.flags;
        return id;
    }

    void name(NodeId id, Range range) {
        if (range.empty())
            return;
        NodeData& data = document_.make_data(id);
        data.name = bytes(range);
        data.name_range = range;
    }

    void text(NodeId id, Range range) {
        if (range.empty())
            return;
        NodeData& data = document_.make_data(id);
        data.text = bytes(range);
        data.text_range = range;
    }

    /// Opens the node of a block, with all that is no block in it.
    void begin(const Block& block) {
        switch (block.kind) {
            case BlockKind::document:
                break;
            case BlockKind::block_quote:
                open(NodeKind::block_quote, block);
                break;
            case BlockKind::list:
                open(NodeKind::list, block);
                break;
            case BlockKind::item:
                name(open(NodeKind::item, block), block.name);
                break;
            case BlockKind::footnote:
                name(open(NodeKind::footnote_definition, block), block.name);
                break;
            case BlockKind::directive:
                directive(block);
                break;
            case BlockKind::paragraph:
                open(NodeKind::paragraph, block);
                inlines(block);
                break;
            case BlockKind::heading:
                heading(block);
                break;
            case BlockKind::code:
                code(block);
                break;
            case BlockKind::html:
                html_block(block);
                break;
            case BlockKind::table:
                table(block);
                break;
            case BlockKind::thematic_break:
                open(NodeKind::thematic_break, block);
                break;
            case BlockKind::front_matter:
                open(NodeKind::front_matter, block);
                break;
            case BlockKind::comment:
                open(NodeKind::comment, block);
                break;
            case BlockKind::math:
                name(open(NodeKind::math_block, block), block.name);
                break;
            case BlockKind::target:
                name(open(NodeKind::target, block), block.name);
                break;
            case BlockKind::block_break:
                open(NodeKind::block_break, block);
                break;
            case BlockKind::attributes:
                name(open(NodeKind::attributes, block), block.name);
                break;
            case BlockKind::link_definition:
                definition(block);
                break;
            case BlockKind::option: {
                const NodeId id = open(NodeKind::directive_option, block);
                name(id, block.name);
                text(id, block.info);
                break;
            }
        }
    }

    void inlines(const Block& block) {
        text_.clear();
        append_lines(blocks_, source_, block.first_line, block.line_count, text_);
        scan();
    }

    void inlines(Range range) {
        text_.clear();
        text_.append(source_, range);
        scan();
    }

    void scan() {
        if (text_.text().empty())
            return;
        scan_inlines(text_, source_, dialect_.inlines, blocks_.definitions, document_, findings_);
    }

    void heading(const Block& block) {
        const NodeId id = open(NodeKind::heading, block);
        document_.edit(id).level = block.level;
        if ((block.flags & node_flag::kSetext) != 0) {
            inlines(block);
        } else {
            Range range = block.content;
            Range attributes;
            Range identifier;
            if (dialect_.blocks.heading_ids)
                cut_heading_id(range, attributes, identifier);
            document_.edit(id).content = range;
            inlines(range);
            if (!attributes.empty()) {
                name(document_.add(NodeKind::attributes, attributes), identifier);
            }
        }
        std::string plain = plain_text(document_, source_, id, Images::nothing);
        NodeData& data = document_.make_data(id);
        data.text = std::move(plain);
        data.text_range = document_.node(id).content;
    }

    /// `Title {#id}` and `Title {: #id}`: takes the attributes off the end of `range`.
    void cut_heading_id(Range& range, Range& attributes, Range& identifier) const {
        const std::string_view title = bytes(range);
        if (!title.ends_with('}'))
            return;
        const std::size_t brace = title.rfind('{');
        if (brace == std::string_view::npos || (brace > 0 && !scan::is_blank(title[brace - 1])))
            return;
        std::size_t at = brace + 1;
        if (at < title.size() && title[at] == ':')
            ++at;
        while (at < title.size() && scan::is_blank(title[at]))
            ++at;
        if (at >= title.size() || (title[at] != '#' && title[at] != '.'))
            return;
        const std::size_t hash = title.find('#', at);
        if (hash != std::string_view::npos) {
            std::size_t end = hash + 1;
            while (end < title.size() && title[end] != '}' && !is_ascii_space(title[end]))
                ++end;
            identifier = {range.begin + static_cast<std::uint32_t>(hash) + 1,
                          range.begin + static_cast<std::uint32_t>(end)};
        }
        attributes = {range.begin + static_cast<std::uint32_t>(brace), range.end};
        std::size_t end = brace;
        while (end > 0 && is_ascii_space(title[end - 1]))
            --end;
        range.end = range.begin + static_cast<std::uint32_t>(end);
    }

    void code(const Block& block) {
        const NodeId id = open(NodeKind::code_block, block);
        if (!block.info.empty()) {
            NodeData& data = document_.make_data(id);
            data.text = decode(bytes(block.info));
            data.text_range = block.info;
            const std::string_view info = bytes(block.info);
            const std::size_t size = std::min(info.find_first_of(" \t"), info.size());
            data.name = decode(info.substr(0, size));
            data.name_range = {block.info.begin,
                               block.info.begin + static_cast<std::uint32_t>(size)};
        }
        lines(block, false);
    }

    /// Where the lines of a body are not one stretch of the source (prefixes of containers lie
    /// between), one raw_text node a line says what belongs to it.
    void lines(const Block& block, bool always) {
        const auto first = blocks_.lines.begin() + block.first_line;
        const auto last = first + block.line_count;
        bool broken = false;
        for (auto line = first; line != last && !broken; ++line) {
            if (line->spaces > 0)
                broken = true;
            if (line == first)
                continue;
            const std::string_view between =
                source_.substr((line - 1)->end, line->begin - (line - 1)->end);
            broken = broken || between.find_first_not_of("\r\n") != std::string_view::npos;
        }
        if (!broken && !always)
            return;
        for (auto line = first; line != last; ++line) {
            document_.add(NodeKind::raw_text, {line->begin, line->end});
        }
    }

    void html_block(const Block& block) {
        const std::string_view html = bytes(block.content);
        const NodeId id = open(NodeKind::html_block, block);
        if (html.find("<!--") == std::string_view::npos)
            return;
        const std::vector<html::Token> tokens = html::tokenize(html);
        const std::uint32_t base = block.content.begin;
        const auto content = [&](const html::Token& token) {
            const std::uint32_t end = token.range.end - (token.unterminated ? 0 : 3);
            const std::uint32_t begin = std::min(token.range.begin + 4, end);
            return Range{base + begin, base + std::max(begin, end)};
        };
        const auto is_nothing = [&](const html::Token& token) {
            return token.kind == html::TokenKind::text &&
                   trim(html.substr(token.range.begin, token.range.size())).empty();
        };
        std::size_t comments = 0;
        std::size_t others = 0;
        for (const html::Token& token : tokens) {
            if (token.kind == html::TokenKind::comment) {
                ++comments;
            } else if (!is_nothing(token)) {
                ++others;
            }
        }
        for (const html::Token& token : tokens) {
            if (token.kind != html::TokenKind::comment)
                continue;
            NodeId comment = id;
            if (comments == 1 && others == 0) {
                document_.edit(id).kind = NodeKind::comment;
                document_.edit(id).range = {base + token.range.begin, base + token.range.end};
            } else {
                comment = document_.add(NodeKind::comment,
                                        {base + token.range.begin, base + token.range.end});
            }
            document_.edit(comment).content = content(token);
            if (token.unterminated)
                document_.edit(comment).flags |= node_flag::kUnclosed;
        }
    }

    void table(const Block& block) {
        open(NodeKind::table, block);
        std::uint32_t columns = 0;
        for (std::uint32_t i = 0; i < block.line_count; ++i) {
            if (i == 1)
                continue;  // the delimiter row
            const Line& line = blocks_.lines[block.first_line + i];
            const std::string_view row = source_.substr(line.begin, line.end - line.begin);
            cells_.clear();
            scan::table_cells(row, &cells_);
            if (i == 0)
                columns = static_cast<std::uint32_t>(cells_.size());
            const NodeId node = document_.open(NodeKind::table_row, {line.begin, line.end});
            document_.edit(node).level = i == 0 ? 1 : 0;
            // Cells beyond the header row are left out of the page (GFM 4.10).
            const std::size_t count = std::min<std::size_t>(cells_.size(), columns);
            for (std::size_t c = 0; c < count; ++c) {
                cell({line.begin + cells_[c].begin, line.begin + cells_[c].end});
            }
            document_.close();
        }
    }

    /// In a cell `\|` is a pipe, also inside code.
    void cell(Range range) {
        document_.open(NodeKind::table_cell, range);
        text_.clear();
        const std::string_view cell = bytes(range);
        std::uint32_t begin = 0;
        for (std::size_t at = cell.find("\\|"); at != std::string_view::npos;
             at = cell.find("\\|", at + 2)) {
            const auto offset = static_cast<std::uint32_t>(at);
            text_.append(source_, {range.begin + begin, range.begin + offset});
            begin = offset + 1;
        }
        text_.append(source_, {range.begin + begin, range.end});
        scan();
        document_.close();
    }

    void definition(const Block& block) {
        const NodeId id = open(NodeKind::link_definition, block);
        NodeData& data = document_.make_data(id);
        data.name = bytes(block.name);
        data.name_range = block.name;
        data.text = decode(bytes(block.info), dialect_.inlines.liquid);
        data.text_range = block.info;
        if (!block.title.empty())
            data.title = decode(bytes(block.title), dialect_.inlines.liquid);
    }

    void directive(const Block& block) {
        const DirectiveSpec& spec = *block.spec;
        const NodeKind kind = spec.body == Body::code   ? NodeKind::code_block
                              : spec.body == Body::math ? NodeKind::math_block
                                                        : NodeKind::directive;
        const NodeId id = open(kind, block);
        if (kind == NodeKind::code_block) {
            // `{code-block} python`: the argument is the language.
            NodeData& data = document_.make_data(id);
            data.name = bytes(block.info);
            data.name_range = block.info;
            data.text_range = {block.name.begin - 1, std::max(block.info.end, block.name.end + 1)};
            data.text = bytes(data.text_range);
        } else if (kind == NodeKind::directive) {
            NodeData& data = document_.make_data(id);
            // `:::name words` without braces is a div of that class.
            const bool div = spec.name == "div" && source_[block.name.begin - 1] != '{';
            data.name = div ? spec.name : bytes(block.name);
            data.name_range = block.name;
            data.text_range =
                div ? Range{block.name.begin, std::max(block.name.end, block.info.end)}
                    : block.info;
            data.text = bytes(data.text_range);
            title(block);
        }
    }

    /// The argument where it is Markdown: a paragraph in front of the options.
    void title(const Block& block) {
        Range range = block.info;
        if (block.spec->argument == Argument::version) {
            while (range.begin < range.end && !is_ascii_space(source_[range.begin]))
                ++range.begin;
            while (range.begin < range.end && is_ascii_space(source_[range.begin]))
                ++range.begin;
        } else if (block.spec->argument != Argument::title) {
            return;
        }
        if (range.empty())
            return;
        document_.open(NodeKind::paragraph, range);
        inlines(range);
        document_.close();
    }

    /// A body that is no Markdown.
    void body(const Block& block) {
        const DirectiveSpec& spec = *block.spec;
        if (block.line_count == 0)
            return;
        const auto child = [&](NodeKind kind, std::string_view format) {
            const NodeId id = document_.open(kind, block.content);
            if (!format.empty())
                document_.make_data(id).name = format;
        };
        switch (spec.body) {
            case Body::code:
                lines(block, false);
                break;
            case Body::math:
                break;
            case Body::html:
                if (bytes(block.info) == "html") {
                    child(NodeKind::html_block, {});
                } else {
                    child(NodeKind::raw_text, bytes(block.info));
                    lines(block, false);
                }
                document_.close();
                break;
            case Body::rst:
                child(NodeKind::raw_text, "rst");
                rst(block);
                document_.close();
                break;
            case Body::toctree:
                child(NodeKind::raw_text, "toctree");
                lines(block, true);
                document_.close();
                break;
            case Body::markdown:
            case Body::opaque:
                child(NodeKind::raw_text,
                      spec.body == Body::markdown ? "markdown" : bytes(block.name));
                lines(block, false);
                document_.close();
                break;
        }
    }

    void rst(const Block& block) {
        std::vector<Range> slices;
        for (std::uint32_t i = 0; i < block.line_count; ++i) {
            const Line& line = blocks_.lines[block.first_line + i];
            slices.push_back({line.begin, line.end});
        }
        rst::parse_slices(source_, slices, settings_, document_);
    }

    std::string_view source_;
    const Dialect& dialect_;
    const Settings& settings_;
    const Blocks& blocks_;
    Document& document_;
    InlineFindings& findings_;
    std::vector<std::uint32_t> open_;  // blocks whose nodes are open
    MappedText text_;
    std::vector<Range> cells_;
};

}  // namespace

void build_document(std::string_view source, const Dialect& dialect, const Settings& settings,
                    const Blocks& blocks, Document& document, InlineFindings& findings) {
    Builder(source, dialect, settings, blocks, document, findings).run();
}

}  // namespace docathon::markdown
