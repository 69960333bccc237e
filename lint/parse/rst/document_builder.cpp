#include "lint/parse/rst/document_builder.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "lint/core/strings.h"
#include "lint/parse/markdown/directives.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

using markdown::Argument;
using markdown::Body;

class Builder {
  public:
    Builder(const Parser& parser, Document& document)
        : parser_(parser), tree_(parser.tree), source_(parser.source.bytes()), out_(document) {
        records_.reserve(parser.directives.size());
        for (const DirectiveRecord& record : parser.directives) {
            if (!record.range.empty())
                records_.push_back(&record);
            if (record.element != kNoElement)
                record_of_.emplace(record.element, &record);
        }
        std::stable_sort(records_.begin(), records_.end(), [](const auto* a, const auto* b) {
            return a->range.begin < b->range.begin;
        });
        placed_.resize(parser.directives.size());
        for (std::size_t i = 0; i < placed_.size(); ++i)
            placed_[i] = in_tree(parser.directives[i].element);
    }

    void run() {
        blocks(tree_.root(), 0);
        leaves(static_cast<std::uint32_t>(source_.size()) + 1);
    }

  private:
    [[nodiscard]] const Element& at(ElementId id) const { return tree_[id]; }
    [[nodiscard]] std::string_view bytes(Range range) const {
        return source_.substr(range.begin, range.size());
    }
    [[nodiscard]] bool in_tree(ElementId id) const {
        while (id != kNoElement && id != tree_.root())
            id = at(id).parent;
        return id == tree_.root();
    }

    [[nodiscard]] bool in_table(ElementId id) const {
        while (id != kNoElement && at(id).tag != Tag::entry)
            id = at(id).parent;
        return id != kNoElement;
    }

    // --- directives that left no element behind -------------------------------------------------

    // Those that begin before `end` and have not been come to.
    void leaves(std::uint32_t end) {
        while (next_record_ < records_.size() && records_[next_record_]->range.begin < end) {
            // Past it first: directive() comes back here for those inside of it.
            const DirectiveRecord& record = *records_[next_record_++];
            if (!placed_[static_cast<std::size_t>(&record - parser_.directives.data())])
                directive(record, kNoElement, 0);
        }
    }

    // --- blocks ---------------------------------------------------------------------------------

    void blocks(ElementId parent, std::uint8_t level) {
        for (ElementId id = at(parent).first_child; id != kNoElement; id = at(id).next)
            block(id, level);
    }

    void wrap(NodeKind kind, ElementId id, std::uint8_t level) {
        out_.open(kind, at(id).range);
        blocks(id, level);
        leaves(at(id).range.end);
        out_.close();
    }

    void text_block(NodeKind kind, ElementId id) {
        const NodeId node = out_.open(kind, at(id).range);
        out_.edit(node).content = at(id).content;
        inlines(id);
        out_.close();
    }

    void block(ElementId id, std::uint8_t level) {
        const Element& element = at(id);
        if (!element.range.empty())
            leaves(element.range.begin);
        if (const auto found = record_of_.find(id); found != record_of_.end())
            return directive(*found->second, id, level);
        switch (element.tag) {
            case Tag::section:
                blocks(id, static_cast<std::uint8_t>(std::min(level + 1, 255)));
                return;
            case Tag::title:
                return title(id, level);
            case Tag::paragraph:
            case Tag::term:
            case Tag::attribution:
            case Tag::caption:
            case Tag::rubric:
            case Tag::subtitle:
            case Tag::line:
                return text_block(NodeKind::paragraph, id);
            case Tag::bullet_list:
            case Tag::definition_list:
            case Tag::field_list:
            case Tag::option_list:
                return wrap(NodeKind::list, id, level);
            case Tag::enumerated_list: {
                const NodeId node = out_.open(NodeKind::list, element.range);
                out_.edit(node).flags |= node_flag::kOrdered;
                blocks(id, level);
                leaves(element.range.end);
                out_.close();
                return;
            }
            case Tag::list_item:
            case Tag::definition_list_item:
            case Tag::option_list_item:
                return wrap(NodeKind::item, id, level);
            case Tag::field:
                return field(id, level);
            case Tag::block_quote:
                return wrap(NodeKind::block_quote, id, level);
            case Tag::literal_block:
            case Tag::doctest_block:
                return code(id, element.tag == Tag::doctest_block ? "pycon" : "");
            case Tag::math_block:
                out_.add(NodeKind::math_block, element.range);
                return;
            case Tag::comment: {
                const NodeId node = out_.add(NodeKind::comment, element.range);
                out_.edit(node).content =
                    at(element.first_child == kNoElement ? id : element.first_child).range;
                return;
            }
            case Tag::target:
                return target(id);
            case Tag::footnote:
            case Tag::citation:
                return footnote(id, level);
            case Tag::transition:
                out_.add(NodeKind::thematic_break, element.range);
                return;
            case Tag::table:
                return table(id, level);
            case Tag::substitution_definition:
                for (ElementId child = element.first_child; child != kNoElement;
                     child = at(child).next) {
                    if (const auto found = record_of_.find(child); found != record_of_.end())
                        directive(*found->second, child, level);
                }
                return;
            case Tag::system_message:
            case Tag::option_group:
            case Tag::label:
            case Tag::field_name:
            case Tag::pending:
            case Tag::raw:
            case Tag::image:
            case Tag::meta:
                return;
            case Tag::text:
            case Tag::reference:
                return;
            default:
                // Containers of docutils that mean nothing by themselves.
                blocks(id, level);
        }
    }

    void title(ElementId id, std::uint8_t level) {
        const bool heading = at(at(id).parent).tag == Tag::section;
        if (!heading)
            return text_block(NodeKind::paragraph, id);
        const NodeId node = out_.open(NodeKind::heading, at(id).range);
        out_.edit(node).content = at(id).content;
        out_.edit(node).level = level;
        out_.edit(node).flags |= node_flag::kSetext;
        out_.make_data(node).text = tree_.plain_text(id);
        inlines(id);
        out_.close();
    }

    void field(ElementId id, std::uint8_t level) {
        const NodeId node = out_.open(NodeKind::item, at(id).range);
        const ElementId name = at(id).first_child;
        NodeData& data = out_.make_data(node);
        data.name = tree_.plain_text(name);
        data.name_range = at(name).range;
        blocks(at(id).last_child, level);
        leaves(at(id).range.end);
        out_.close();
    }

    void footnote(ElementId id, std::uint8_t level) {
        const bool citation = at(id).tag == Tag::citation;
        const NodeId node =
            out_.open(citation ? NodeKind::item : NodeKind::footnote_definition, at(id).range);
        if (!citation) {
            NodeData& data = out_.make_data(node);
            data.name = bytes(at(id).content);
            data.name_range = at(id).content;
        } else {
            const std::string_view written = bytes(at(id).range);
            const std::size_t open = written.find('[');
            const std::size_t close = written.find(']');
            if (open != std::string_view::npos && close != std::string_view::npos && open < close) {
                NodeData& data = out_.make_data(node);
                data.title = "citation";
                data.name = written.substr(open + 1, close - open - 1);
                data.name_range = {at(id).range.begin + static_cast<std::uint32_t>(open) + 1,
                                   at(id).range.begin + static_cast<std::uint32_t>(close)};
            }
        }
        blocks(id, level);
        leaves(at(id).range.end);
        out_.close();
    }

    void target(ElementId id) {
        const Element& element = at(id);
        const Attributes& attributes = tree_.attributes(id);
        const std::string* const uri = attributes.find("refuri");
        if (uri == nullptr) {
            if (attributes.find("anonymous") != nullptr)
                return;
            const NodeId node = out_.add(NodeKind::target, element.range);
            out_.edit(node).content = element.content;
            NodeData& data = out_.make_data(node);
            data.name = bytes(element.content);
            data.name_range = element.content;
            return;
        }
        const NodeId node = out_.add(NodeKind::link_definition, element.range);
        NodeData& data = out_.make_data(node);
        data.name = label_of(attributes);
        data.name_range = element.content;
        data.text = *uri;
        data.text_range = element.range;
        // The address is what is left behind the name; it may go over several lines.
        const std::size_t from = element.content.end > element.range.begin
                                     ? element.content.end - element.range.begin
                                     : 0;
        const std::string_view written = bytes(element.range);
        std::size_t begin =
            written.find(uri->substr(0, std::min<std::size_t>(uri->size(), 8)), from);
        if (begin == std::string_view::npos)
            begin = from;
        data.text_range = {element.range.begin + static_cast<std::uint32_t>(begin),
                           element.range.end};
    }

    static std::string label_of(const Attributes& attributes) {
        if (!attributes.names.empty())
            return attributes.names[0];
        return attributes.dupnames.empty() ? std::string() : attributes.dupnames[0];
    }

    // --- verbatim text --------------------------------------------------------------------------

    // Lines of a text that stands in `range` with indentation before each of them; a raw_text child
    // for each, if there is any.
    void verbatim_lines(Range range, std::string_view text) {
        if (bytes(range) == text)
            return;
        std::uint32_t begin = range.begin;
        for (const std::string_view line : python::split_lines(text)) {
            if (begin > range.end)
                return;
            std::size_t end = source_.find('\n', begin);
            end = std::min<std::size_t>(end, range.end);
            std::string_view written = bytes({begin, static_cast<std::uint32_t>(end)});
            written = trim_right(written);
            Range place{begin, begin + static_cast<std::uint32_t>(written.size())};
            if (written.ends_with(line))
                place.begin = place.end - static_cast<std::uint32_t>(line.size());
            out_.add(NodeKind::raw_text, place);
            begin = static_cast<std::uint32_t>(end) + 1;
        }
    }

    void code(ElementId id, std::string_view language) {
        const NodeId node = out_.open(NodeKind::code_block, at(id).range);
        if (!language.empty())
            out_.make_data(node).name = language;
        if (at(id).first_child != kNoElement) {
            const Element& text = at(at(id).first_child);
            verbatim_lines(at(id).range, text.tag == Tag::text ? text.text : std::string_view());
        }
        out_.close();
    }

    // --- tables ---------------------------------------------------------------------------------

    void table(ElementId id, std::uint8_t level) {
        out_.open(NodeKind::table, at(id).range);
        table_parts(id, level, 0);
        leaves(at(id).range.end);
        out_.close();
    }

    void table_parts(ElementId parent, std::uint8_t level, std::uint8_t header) {
        for (ElementId id = at(parent).first_child; id != kNoElement; id = at(id).next) {
            switch (at(id).tag) {
                case Tag::tgroup:
                case Tag::tbody:
                    table_parts(id, level, 0);
                    break;
                case Tag::thead:
                    table_parts(id, level, 1);
                    break;
                case Tag::row: {
                    const NodeId node = out_.open(NodeKind::table_row, range_of_children(id));
                    out_.edit(node).level = header;
                    table_parts(id, level, header);
                    out_.close();
                    break;
                }
                case Tag::entry:
                    cell(id, level);
                    break;
                case Tag::title:
                    text_block(NodeKind::paragraph, id);
                    break;
                default:
                    break;
            }
        }
    }

    [[nodiscard]] Range range_of_children(ElementId id) const {
        Range range;
        for (ElementId child = at(id).first_child; child != kNoElement; child = at(child).next) {
            const Range piece = at(child).range;
            if (piece.empty())
                continue;
            range = range.empty()
                        ? piece
                        : Range{std::min(range.begin, piece.begin), std::max(range.end, piece.end)};
        }
        return range;
    }

    void cell(ElementId id, std::uint8_t level) {
        const ElementId only = at(id).first_child;
        const bool simple =
            only != kNoElement && at(only).next == kNoElement && at(only).tag == Tag::paragraph;
        out_.open(NodeKind::table_cell, at(id).range);
        if (simple)
            inlines(only);
        else
            blocks(id, level);
        out_.close();
    }

    // --- directives -----------------------------------------------------------------------------

    void directive(const DirectiveRecord& record, ElementId element, std::uint8_t level) {
        const std::string name = ascii_lower(record.name);
        const markdown::DirectiveSpec& spec = markdown::directive_spec(name);
        const bool is_code = spec.body == Body::code;
        const NodeKind kind = is_code                   ? NodeKind::code_block
                              : spec.body == Body::math ? NodeKind::math_block
                                                        : NodeKind::directive;
        const NodeId node = out_.open(kind, record.range);
        {
            NodeData& data = out_.make_data(node);
            data.name = is_code ? std::string() : name;
            data.name_range = record.name_range;
            std::string text;
            Range range;
            for (const DirectiveText& argument : record.arguments) {
                text += (text.empty() ? "" : " ") + argument.text;
                if (range.empty())
                    range = argument.range;
                range.end = std::max(range.end, argument.range.end);
            }
            if (is_code) {
                data.name = text;
                data.name_range = range;
                data.text = name + (text.empty() ? "" : " " + text);
            } else if (kind == NodeKind::directive) {
                data.text = text;
                data.text_range = range;
            }
        }
        out_.edit(node).content = parser_.source.range_of(record.content);
        options(record);
        if (element != kNoElement && at(element).tag == Tag::system_message)
            element = kNoElement;
        const bool parsed = element != kNoElement && !is_code && kind == NodeKind::directive &&
                            (record.spec == nullptr || record.spec->body != DirectiveBody::raw ||
                             has_blocks(element));
        if (parsed)
            content(element, level);
        else
            raw_content(record, spec, name);
        leaves(record.range.end);
        out_.close();
    }

    [[nodiscard]] bool has_blocks(ElementId id) const {
        const Tag tag = at(id).tag;
        return tag == Tag::table || tag == Tag::line_block;
    }

    void content(ElementId id, std::uint8_t level) {
        switch (at(id).tag) {
            case Tag::table:
                return table(id, level);
            case Tag::paragraph:
            case Tag::rubric:
            case Tag::literal_block:
                return text_block(NodeKind::paragraph, id);
            case Tag::image:
            case Tag::reference:
            case Tag::raw:
            case Tag::comment:
            case Tag::pending:
                return;
            default:
                return blocks(id, level);
        }
    }

    void options(const DirectiveRecord& record) {
        for (const DirectiveOption& option : record.options) {
            Range range = option.name_range;
            if (range.begin > 0)
                --range.begin;
            range.end = std::max(range.end + 1, option.value.range.end);
            const NodeId node = out_.add(NodeKind::directive_option, range);
            NodeData& data = out_.make_data(node);
            data.name = option.name;
            data.name_range = option.name_range;
            data.text = option.value.text;
            data.text_range = option.value.range;
            // `name_` is a target of this page, not a URL; docutils sees to those.
            if (option.name == "target" && data.text.ends_with('_'))
                data.text.clear();
        }
    }

    void raw_content(const DirectiveRecord& record, const markdown::DirectiveSpec& spec,
                     const std::string& name) {
        LineSpan lines = record.content;
        while (!lines.empty() && lines.back().blank())
            lines = lines.slice(0, lines.size() - 1);
        if (lines.empty() || spec.body == Body::math)
            return;
        const Range range = parser_.source.range_of(lines);
        const bool wrapped = spec.body != Body::code;
        if (wrapped) {
            const NodeId node = out_.open(NodeKind::raw_text, range);
            out_.make_data(node).name = spec.body == Body::toctree ? "toctree" : name;
        }
        for (const Line& line : lines)
            out_.add(NodeKind::raw_text, parser_.source.range_of(line));
        if (wrapped)
            out_.close();
    }

    // --- inlines --------------------------------------------------------------------------------

    void inlines(ElementId parent) {
        for (ElementId id = at(parent).first_child; id != kNoElement; id = at(id).next)
            inline_element(id);
    }

    void wrap_inline(NodeKind kind, ElementId id) {
        const NodeId node = out_.open(kind, at(id).range);
        out_.edit(node).content = at(id).content;
        inlines(id);
        out_.close();
    }

    NodeId leaf(NodeKind kind, ElementId id, std::string_view name, std::string_view text) {
        const Element& element = at(id);
        const NodeId node = out_.add(kind, element.range);
        out_.edit(node).content = element.content;
        NodeData& data = out_.make_data(node);
        data.name = name;
        data.text = text;
        data.text_range = element.content;
        return node;
    }

    /// A role that no table has, which docutils leaves as it is written: what its text is nobody
    /// knows, so it is no prose.
    void unknown_role(ElementId id) {
        const std::string_view written = bytes(at(id).range);
        const bool before = written.starts_with(':');
        const std::size_t begin = before ? 1 : written.rfind("`:") + 2;
        const std::size_t end = before ? written.find(":`") : written.size() - 1;
        leaf(NodeKind::role, id, ascii_lower(written.substr(begin, end - begin)),
             bytes(at(id).content));
    }

    void inline_element(ElementId id) {
        const Element& element = at(id);
        const Attributes& attributes = tree_.attributes(id);
        switch (element.tag) {
            case Tag::text:
                return text(element);
            case Tag::emphasis:
                return wrap_inline(NodeKind::emphasis, id);
            case Tag::strong:
                return wrap_inline(NodeKind::strong, id);
            case Tag::literal:
                leaf(NodeKind::code_span, id, "", tree_.plain_text(id));
                return;
            case Tag::math:
                leaf(NodeKind::math_inline, id, "", "");
                return;
            case Tag::role: {
                const std::string* const name = attributes.find("name");
                std::string written(bytes(element.content));
                // On several lines of a table the cells beside it stand between.
                if (written.find('\n') != std::string::npos && in_table(id))
                    written = tree_.plain_text(id);
                std::replace(written.begin(), written.end(), '\n', ' ');
                leaf(NodeKind::role, id, name == nullptr ? "" : ascii_lower(*name), written);
                return;
            }
            case Tag::title_reference:
                leaf(NodeKind::role, id, "", tree_.plain_text(id));
                return;
            case Tag::reference:
                return reference(id);
            case Tag::target:
                // The one of `text <url>`_ takes no room of its own.
                if (element.first_child != kNoElement) {
                    const NodeId node = out_.add(NodeKind::target, element.range);
                    NodeData& data = out_.make_data(node);
                    data.name = tree_.plain_text(id);
                    data.name_range = element.content;
                }
                return;
            case Tag::citation_reference:
            case Tag::footnote_reference: {
                std::string_view written = bytes(element.range);
                const std::size_t open = written.find('[');
                const std::size_t close = written.rfind(']');
                if (open == std::string_view::npos || close == std::string_view::npos)
                    return;
                const NodeId node = leaf(NodeKind::footnote_reference, id,
                                         written.substr(open + 1, close - open - 1), "");
                if (element.tag == Tag::citation_reference) {
                    const auto from = element.range.begin + static_cast<std::uint32_t>(open) + 1;
                    NodeData& data = out_.make_data(node);
                    data.title = "citation";
                    data.name_range = {from, from + static_cast<std::uint32_t>(data.name.size())};
                }
                return;
            }
            case Tag::substitution_reference:
                leaf(NodeKind::substitution, id, tree_.plain_text(id), "");
                return;
            case Tag::problematic:
                if (element.content == element.range)
                    return inlines(id);
                unknown_role(id);
                return;
            case Tag::system_message:
            case Tag::raw:
                return;
            default:
                inlines(id);
        }
    }

    void reference(ElementId id) {
        const Element& element = at(id);
        const Attributes& attributes = tree_.attributes(id);
        const std::string* uri = attributes.find("refuri");
        const std::string* const name = attributes.find("refname");
        const bool anonymous = attributes.find("anonymous") != nullptr;
        const std::string_view written = bytes(element.range);
        const bool phrase = written.starts_with('`');
        LinkForm form = LinkForm::bare;
        std::string label;
        Range place = element.range;
        if (uri != nullptr && phrase) {
            form = LinkForm::inline_link;
            const std::size_t open = written.rfind('<');
            const std::size_t close = written.rfind('>');
            if (open != std::string_view::npos && close != std::string_view::npos && open < close)
                place = {element.range.begin + static_cast<std::uint32_t>(open) + 1,
                         element.range.begin + static_cast<std::uint32_t>(close)};
        } else if (uri == nullptr) {
            // By name: only targets that lead out of the text make a link of it.
            form = phrase ? LinkForm::full : LinkForm::shortcut;
            if (name != nullptr) {
                label = *name;
                uri = external_target(*name);
            }
            if (uri == nullptr && !anonymous)
                return inlines(id);
        }
        const NodeId node = out_.open(NodeKind::link, element.range);
        out_.edit(node).form = form;
        out_.edit(node).content = element.content;
        NodeData& data = out_.make_data(node);
        data.text = uri == nullptr ? "" : *uri;
        data.name = label;
        data.name_range = element.range;
        data.text_range = place;
        inlines(id);
        out_.close();
    }

    [[nodiscard]] const std::string* external_target(const std::string& name) const {
        const std::string* id = parser_.names.id_of(name);
        const ElementId target = id == nullptr ? kNoElement : parser_.names.element_of(*id);
        return target == kNoElement ? nullptr : tree_.attributes(target).find("refuri");
    }

    static std::size_t count_lines(std::string_view text) {
        std::size_t count = 0;
        for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1))
            ++count;
        return count;
    }

    // A text may go over lines, with indentation between, and with backslashes that it lacks.
    void text(const Element& element) {
        const auto add = [&](Range range, std::string_view shown) {
            if (shown.empty() && range.empty())
                return;
            const NodeId node = out_.add(NodeKind::text, range);
            if (bytes(range) != shown)
                out_.make_data(node).text = shown;
        };
        const std::string_view written = bytes(element.range);
        const std::size_t lines = count_lines(element.text);
        if (lines == 0 || (written.data() != element.text.data() && count_lines(written) != lines))
            return add(element.range, element.text);
        std::uint32_t begin = element.range.begin;
        std::size_t from = 0;
        for (std::size_t i = 0; i <= lines; ++i) {
            const std::size_t text_end =
                std::min(element.text.find('\n', from), element.text.size());
            const std::size_t end =
                std::min<std::size_t>(source_.find('\n', begin), element.range.end);
            const std::string_view shown = element.text.substr(from, text_end - from);
            Range range{begin, static_cast<std::uint32_t>(end)};
            if (i < lines)
                range.end =
                    range.begin + static_cast<std::uint32_t>(trim_right(bytes(range)).size());
            // Before a line stands what its containers put there, and behind it, in a table, what
            // the cells beside it have.
            if (i == 0 && bytes(range).starts_with(shown)) {
                range.end = range.begin + static_cast<std::uint32_t>(shown.size());
            } else if (i > 0 && bytes(range).ends_with(shown)) {
                range.begin = range.end - static_cast<std::uint32_t>(shown.size());
            } else if (const std::size_t at =
                           shown.empty() ? std::string_view::npos : bytes(range).find(shown);
                       i > 0 && at != std::string_view::npos) {
                range.begin += static_cast<std::uint32_t>(at);
                range.end = range.begin + static_cast<std::uint32_t>(shown.size());
            } else if (i > 0) {
                range.begin =
                    range.end - static_cast<std::uint32_t>(trim_left(bytes(range)).size());
            }
            add(range, shown);
            if (i < lines) {
                const Range gap{range.end, static_cast<std::uint32_t>(end) + 1};
                out_.add(NodeKind::line_break, gap);
            }
            begin = static_cast<std::uint32_t>(end) + 1;
            from = text_end + 1;
        }
    }

    const Parser& parser_;
    const Tree& tree_;
    std::string_view source_;
    Document& out_;
    std::vector<const DirectiveRecord*> records_;  // by place
    std::vector<bool> placed_;  // for each directive: it has an element in the tree
    std::unordered_map<ElementId, const DirectiveRecord*> record_of_;
    std::size_t next_record_ = 0;
};

}  // namespace

void build_document(const Parser& parser, Document& document) {
    Builder(parser, document).run();
}

}  // namespace docathon::rst
