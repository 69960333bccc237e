#include "lint/parse/markdown/facts.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "lint/core/slug.h"
#include "lint/core/strings.h"
#include "lint/core/yaml.h"
#include "lint/parse/html.h"
#include "lint/parse/markdown/api_directives.h"
#include "lint/parse/markdown/block_scan.h"
#include "lint/parse/markdown/directives.h"
#include "lint/parse/markdown/suppressions.h"

namespace docathon::markdown {

namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

/// Whether a target is filled in later: Liquid, Jinja, `{name}`, `${NAME}`, `<name>`.
bool is_templated(std::string_view target) {
    const std::size_t brace = target.find('{');
    if (brace != std::string_view::npos) {
        if (brace + 1 < target.size() && (target[brace + 1] == '{' || target[brace + 1] == '%')) {
            return true;
        }
        std::size_t at = brace + 1;
        while (at < target.size() && (is_ascii_alnum(target[at]) || target[at] == '_' ||
                                      target[at] == '-' || target[at] == '.')) {
            ++at;
        }
        if (at > brace + 1 && at < target.size() && target[at] == '}')
            return true;
    }
    const std::size_t angle = target.find('<');
    return angle != std::string_view::npos && target.find('>', angle + 2) != std::string_view::npos;
}

/// github.com gives headings in HTML an anchor as well, made of all text in them.
struct HtmlHeading {
    std::string tag;
    std::string text;
    std::uint8_t level = 0;
    std::uint32_t begin = 0;
};

class Collector {
  public:
    Collector(std::string_view source, const Dialect& dialect, const Document& document,
              FileFacts& facts)
        : source_(source),
          dialect_(dialect),
          document_(document),
          facts_(facts),
          suppressions_(source, document, facts.suppressions) {}

    void run() {
        const auto nodes = document_.nodes();
        for (NodeId id = 0; id < nodes.size(); ++id)
            visit(id, nodes[id]);
        for (const auto& [reference, label] : definitions_) {
            if (!used_labels_.contains(label))
                facts_.references[reference].flags |= reference_flag::kUnused;
        }
        undefined_substitutions();
        for (const Heading& heading : facts_.headings) {
            facts_.title = heading.text;
            break;
        }
    }

  private:
    [[nodiscard]] std::string_view bytes(Range range) const {
        return source_.substr(range.begin, range.size());
    }

    void visit(NodeId id, const Node& node) {
        const NodeData& data = document_.data(node);
        switch (node.kind) {
            case NodeKind::heading:
                heading(id, node, data);
                break;
            case NodeKind::link:
            case NodeKind::image:
                link(node, data);
                break;
            case NodeKind::link_definition:
                definitions_.emplace_back(facts_.references.size(), normalize_label(data.name));
                add(ReferenceKind::link_definition, data.text, data.text_range, node.range);
                break;
            case NodeKind::role:
                role(node, data);
                break;
            case NodeKind::html_block:
                html(node.content);
                break;
            case NodeKind::html_inline:
                html(node.range);
                break;
            case NodeKind::text:
            case NodeKind::code_span:
            case NodeKind::math_inline:
                if (html_heading_)
                    capture(data.text.empty() ? bytes(node.content) : data.text);
                break;
            case NodeKind::substitution:
                if (bytes(node.range).starts_with("{{"))
                    substitution(node, data);
                break;
            case NodeKind::line_break:
                if (html_heading_)
                    capture(" ");
                break;
            case NodeKind::directive:
                directive(node, data);
                break;
            case NodeKind::directive_option:
                option(node, data);
                break;
            case NodeKind::raw_text:
                raw_text(node, data);
                break;
            case NodeKind::target:
                anchor(AnchorKind::target, data.name, data.name_range);
                break;
            case NodeKind::footnote_definition:
                facts_.footnotes.push_back({data.name, data.name_range, true});
                anchor(AnchorKind::footnote, data.name, data.name_range);
                break;
            case NodeKind::footnote_reference:
                if (data.title == "citation") {
                    add(ReferenceKind::role, data.name, data.name_range, node.range).name =
                        "citation";
                    break;
                }
                facts_.footnotes.push_back({data.name, node.range, false});
                break;
            case NodeKind::math_block:
                if (!data.name.empty())
                    anchor(AnchorKind::directive, data.name, data.name_range);
                break;
            case NodeKind::attributes:
                attributes(node, data);
                break;
            case NodeKind::template_tag:
                template_tag(node, data.name, data.text, data.text_range);
                break;
            case NodeKind::front_matter:
                front_matter(node);
                break;
            case NodeKind::item:
                if (data.name == "orphan" && facts_.headings.empty())
                    facts_.orphan = true;
                break;
            case NodeKind::comment:
                bot_comment(bytes(node.range));
                suppressions_.comment(node);
                break;
            default:
                break;
        }
    }

    Reference& add(ReferenceKind kind, std::string target, Range range, Range whole) {
        Reference& reference = facts_.references.emplace_back();
        reference.kind = kind;
        reference.target = std::move(target);
        reference.range = range.empty() ? whole : range;
        reference.whole = whole;
        if (generated_ || is_templated(reference.target))
            reference.flags |= reference_flag::kTemplated;
        return reference;
    }

    void anchor(AnchorKind kind, std::string_view id, Range range) {
        if (!id.empty())
            facts_.anchors.push_back({kind, std::string(id), range});
    }

    // --- headings -------------------------------------------------------------------------------

    Heading& add_heading(std::uint8_t level, std::string text, Range range, bool nested) {
        Heading& heading = facts_.headings.emplace_back();
        heading.level = level;
        heading.range = range;
        heading.nested = nested;
        heading.github_slug = github_slugs_.next(github_slug(text));
        heading.docutils_id = docutils_id(text);
        const std::string kramdown = kramdown_gfm_id(text);
        if (!kramdown.empty())
            heading.kramdown_id = kramdown_ids_.next(kramdown);
        heading.text = std::move(text);
        return heading;
    }

    void heading(NodeId id, const Node& node, const NodeData& data) {
        html_heading_.reset();
        Heading& heading = add_heading(node.level, data.text, node.content, node.parent != 0);
        last_heading_ = id;
        if (next_id_for_ == id)
            heading.explicit_id = next_id_;
    }

    /// `{#id}`: an anchor, and the id of the heading it belongs to.
    void attributes(const Node& node, const NodeData& data) {
        if (data.name.empty())
            return;
        anchor(AnchorKind::attribute, data.name, data.name_range);
        if (last_heading_ != kNoNode) {
            const Node& heading = document_.node(last_heading_);
            const bool inside = node.parent == last_heading_ && node.range.end <= heading.range.end;
            const bool below = dialect_.blocks.kramdown_lines && node.parent == heading.parent &&
                               adjacent(heading.range.end, node.range.begin);
            if (inside || below) {
                facts_.headings.back().explicit_id = data.name;
                return;
            }
        }
        if (node.next != kNoNode && document_.node(node.next).kind == NodeKind::heading &&
            adjacent(node.range.end, document_.node(node.next).range.begin)) {
            next_id_for_ = node.next;
            next_id_ = data.name;
        }
    }

    /// Whether no blank line lies between.
    [[nodiscard]] bool adjacent(std::uint32_t end, std::uint32_t begin) const {
        const std::string_view between = bytes({end, begin});
        const auto ends = std::count(between.begin(), between.end(), '\n');
        return ends <= 1 && between.find_first_not_of(" \t\r\n>") == std::string_view::npos;
    }

    // --- links ----------------------------------------------------------------------------------

    void link(const Node& node, const NodeData& data) {
        const bool by_definition = node.form == LinkForm::full ||
                                   node.form == LinkForm::collapsed ||
                                   node.form == LinkForm::shortcut;
        const Range range = by_definition ? data.name_range : data.text_range;
        Reference& reference =
            add(node.kind == NodeKind::image ? ReferenceKind::image : ReferenceKind::link,
                data.text, range, node.range);
        if (by_definition) {
            reference.flags |= reference_flag::kByDefinition;
            used_labels_.insert(normalize_label(data.name));
        }
        if (node.form == LinkForm::autolink || node.form == LinkForm::bare) {
            reference.flags |= reference_flag::kBare;
        }
        // MyST: `[x](y){.external}` is an address, whatever it looks like.
        if (node.next != kNoNode && document_.node(node.next).kind == NodeKind::attributes &&
            contains(bytes(document_.node(node.next).range), ".external")) {
            reference.flags |= reference_flag::kExternal;
        }
        // `{% link _posts/x.md %}` stands in the destination.
        if (dialect_.inlines.liquid && !by_definition && contains(data.text, "{%")) {
            template_in_text(data.text_range, node.range);
        }
    }

    void template_in_text(Range range, Range whole) {
        const std::string_view text = bytes(range);
        for (std::size_t at = text.find("{%"); at != std::string_view::npos;
             at = text.find("{%", at + 2)) {
            const std::size_t close = text.find("%}", at);
            if (close == std::string_view::npos)
                return;
            std::size_t begin = at + 2;
            std::size_t end = close;
            if (begin < end && text[begin] == '-')
                ++begin;
            if (begin < end && text[end - 1] == '-')
                --end;
            while (begin < end && is_ascii_space(text[begin]))
                ++begin;
            while (end > begin && is_ascii_space(text[end - 1]))
                --end;
            std::size_t word = begin;
            while (word < end && !is_ascii_space(text[word]))
                ++word;
            const std::string_view name = text.substr(begin, word - begin);
            while (word < end && is_ascii_space(text[word]))
                ++word;
            const auto base = range.begin;
            template_reference(
                name, text.substr(word, end - word),
                {base + static_cast<std::uint32_t>(word), base + static_cast<std::uint32_t>(end)},
                whole);
        }
    }

    void template_tag(const Node& node, std::string_view name, std::string_view text, Range range) {
        template_reference(name, text, range, node.range);
        // What a template puts in may hold anchors.
        if (name == "include" || name == "include_relative" || name == "include_cached" ||
            name == "render") {
            facts_.open_anchors = true;
        }
    }

    void template_reference(std::string_view tag, std::string_view text, Range range, Range whole) {
        const bool include = tag == "include_relative";
        if (!include && tag != "link" && tag != "post_url")
            return;
        // Parameters follow the path of an include.
        std::string_view path = text;
        if (include)
            path = path.substr(0, std::min(path.find_first_of(" \t\r\n"), path.size()));
        if (path.empty())
            return;
        range.end = range.begin + static_cast<std::uint32_t>(path.size());
        Reference& reference = add(include ? ReferenceKind::include : ReferenceKind::template_link,
                                   std::string(path), range, whole);
        reference.name = tag;
    }

    void role(const Node& node, const NodeData& data) {
        if (!dialect_.roles_are_references || !is_reference_role(data.name))
            return;
        const std::string_view written = bytes(data.text_range);
        std::string_view text = data.text;
        if (text.starts_with('!'))
            return;  // Sphinx: no reference is made
        Range range = data.text_range;
        bool own_text = false;
        const std::size_t angle = written.rfind('<');
        if (angle != std::string_view::npos && angle > 0 && written.ends_with('>') &&
            written[angle - 1] != '\\') {
            own_text = true;
            range = {range.begin + static_cast<std::uint32_t>(angle) + 1, range.end - 1};
            text = text.substr(text.rfind('<') + 1);
            text.remove_suffix(1);
        }
        if (text.starts_with('!'))
            return;
        if (text.starts_with('~')) {
            text.remove_prefix(1);
            ++range.begin;
        }
        if (text.empty())
            return;
        Reference& reference = add(ReferenceKind::role, std::string(text), range, node.range);
        reference.name = data.name;
        if (own_text)
            reference.flags |= reference_flag::kOwnText;
        if (data.name == "download")
            reference.flags |= reference_flag::kDownload;
    }

    // --- HTML -----------------------------------------------------------------------------------

    void html(Range range) {
        const std::string_view text = bytes(range);
        for (const html::Token& token : html::tokenize(text)) {
            const Range whole{range.begin + token.range.begin, range.begin + token.range.end};
            switch (token.kind) {
                case html::TokenKind::start_tag:
                    start_tag(token, range.begin, whole);
                    break;
                case html::TokenKind::end_tag:
                    if (html_heading_ && token.name == html_heading_->tag)
                        end_html_heading(whole.begin);
                    break;
                case html::TokenKind::comment:
                    bot_comment(
                        bytes({range.begin + token.range.begin, range.begin + token.range.end}));
                    break;
                case html::TokenKind::text:
                    if (html_heading_) {
                        capture(html::decode_entities(
                            text.substr(token.range.begin, token.range.size())));
                    }
                    break;
                default:
                    break;
            }
        }
    }

    struct UrlAttribute {
        std::string_view tag;
        std::string_view attribute;
        ReferenceKind kind;
    };
    static constexpr std::array<UrlAttribute, 14> kUrlAttributes = {{
        {"a", "href", ReferenceKind::html_link},
        {"area", "href", ReferenceKind::html_link},
        {"audio", "src", ReferenceKind::html_image},
        {"embed", "src", ReferenceKind::html_image},
        {"iframe", "src", ReferenceKind::html_link},
        {"img", "src", ReferenceKind::html_image},
        {"img", "srcset", ReferenceKind::html_image},
        {"link", "href", ReferenceKind::html_link},
        {"object", "data", ReferenceKind::html_image},
        {"source", "src", ReferenceKind::html_image},
        {"source", "srcset", ReferenceKind::html_image},
        {"track", "src", ReferenceKind::html_image},
        {"video", "poster", ReferenceKind::html_image},
        {"video", "src", ReferenceKind::html_image},
    }};

    /// Is name= of this element the name of a place? github.com looks fragments up by the name of
    /// any element; that of a form control, of metadata and the like names something else.
    static bool may_be_named(std::string_view tag) {
        static constexpr std::array<std::string_view, 13> kOther = {
            "button", "details", "fieldset", "form",   "iframe", "input",   "map",
            "meta",   "object",  "output",   "select", "slot",   "textarea"};
        return std::find(kOther.begin(), kOther.end(), tag) == kOther.end();
    }

    void start_tag(const html::Token& token, std::uint32_t base, Range whole) {
        bool download = false;
        for (const html::Attribute& attribute : token.attributes) {
            if (attribute.name == "download")
                download = true;
        }
        for (const html::Attribute& attribute : token.attributes) {
            const Range value{base + attribute.value_range.begin, base + attribute.value_range.end};
            if (attribute.name == "id") {
                anchor(AnchorKind::html_id, attribute.value, value);
            } else if (attribute.name == "name" && may_be_named(token.name)) {
                anchor(AnchorKind::html_name, attribute.value, value);
            }
            for (const UrlAttribute& url : kUrlAttributes) {
                if (url.tag != token.name || url.attribute != attribute.name)
                    continue;
                if (attribute.name == "srcset") {
                    candidates(url.kind, attribute.value, value, whole);
                } else {
                    html_reference(url.kind, attribute.value, value, whole, download);
                }
            }
        }
        if (dialect_.html_headings && token.name.size() == 2 && token.name[0] == 'h' &&
            token.name[1] >= '1' && token.name[1] <= '6' && !token.self_closing) {
            html_heading_.emplace();
            html_heading_->tag = token.name;
            html_heading_->level = static_cast<std::uint8_t>(token.name[1] - '0');
            html_heading_->begin = whole.end;
        }
    }

    void html_reference(ReferenceKind kind, std::string_view value, Range range, Range whole,
                        bool download) {
        // URLs in attributes may have white space around them (HTML 2.4.1).
        while (!value.empty() && is_ascii_space(value.front())) {
            value.remove_prefix(1);
            ++range.begin;
        }
        while (!value.empty() && is_ascii_space(value.back())) {
            value.remove_suffix(1);
            --range.end;
        }
        if (range.end < range.begin)
            range.end = range.begin;
        Reference& reference = add(kind, std::string(value), range, whole);
        if (download)
            reference.flags |= reference_flag::kDownload;
        if (dialect_.inlines.liquid && contains(value, "{%"))
            template_in_text(range, whole);
    }

    /// `srcset`: URLs with descriptors, separated by commas (HTML 4.8.4.2.1).
    void candidates(ReferenceKind kind, std::string_view value, Range range, Range whole) {
        // With character references in it the offsets would not fit.
        const bool exact = value.size() == range.size();
        std::size_t at = 0;
        while (at < value.size()) {
            while (at < value.size() && (is_ascii_space(value[at]) || value[at] == ','))
                ++at;
            std::size_t end = at;
            while (end < value.size() && !is_ascii_space(value[end]))
                ++end;
            std::size_t url_end = end;
            while (url_end > at && value[url_end - 1] == ',')
                --url_end;
            if (url_end > at) {
                const Range place{range.begin + static_cast<std::uint32_t>(at),
                                  range.begin + static_cast<std::uint32_t>(url_end)};
                add(kind, std::string(value.substr(at, url_end - at)), exact ? place : range,
                    whole);
            }
            if (url_end == end) {
                end = value.find(',', end);
                if (end == std::string_view::npos)
                    return;
            }
            at = end;
        }
    }

    void capture(std::string_view text) { html_heading_->text += text; }

    void end_html_heading(std::uint32_t end) {
        const HtmlHeading heading = std::move(*html_heading_);
        html_heading_.reset();
        add_heading(heading.level, std::string(trim(heading.text)), {heading.begin, end}, true);
    }

    // --- directives -----------------------------------------------------------------------------

    [[nodiscard]] const NodeData* find_option(const Node& directive, std::string_view name) const {
        for (NodeId id = directive.first_child; id != kNoNode; id = document_.node(id).next) {
            const Node& child = document_.node(id);
            if (child.kind != NodeKind::directive_option)
                continue;
            const NodeData& data = document_.data(child);
            if (data.name == name)
                return &data;
        }
        return nullptr;
    }

    void directive(const Node& node, const NodeData& data) {
        if (!dialect_.blocks.directives)
            return;
        const DirectiveSpec& spec = directive_spec(data.name);
        if (spec.open_anchors)
            facts_.open_anchors = true;
        switch (spec.argument) {
            case Argument::include:
                include(node, data);
                break;
            case Argument::literal:
                argument(ReferenceKind::literal_include, node, data);
                break;
            case Argument::image:
                argument(ReferenceKind::directive_image, node, data);
                break;
            case Argument::link:
                if (Reference* const reference =
                        argument(ReferenceKind::directive_link, node, data)) {
                    reference->name = "url";
                }
                break;
            case Argument::reference:
                if (Reference* const reference =
                        argument(ReferenceKind::directive_link, node, data)) {
                    const NodeData* const type = find_option(node, "ref-type");
                    reference->name = type == nullptr ? "any" : type->text;
                }
                break;
            case Argument::label:
                anchor(AnchorKind::directive, data.text, data.text_range);
                break;
            default:
                break;
        }
    }

    Reference* argument(ReferenceKind kind, const Node& node, const NodeData& data) {
        if (data.text.empty())
            return nullptr;
        Reference& reference = add(kind, data.text, data.text_range, node.range);
        reference.whole = first_line(node.range);
        reference.name = data.name;
        return &reference;
    }

    [[nodiscard]] Range first_line(Range range) const {
        const std::size_t end = bytes(range).find_first_of("\r\n");
        if (end != std::string_view::npos)
            range.end = range.begin + static_cast<std::uint32_t>(end);
        return range;
    }

    void include(const Node& node, const NodeData& data) {
        Reference* const reference = argument(ReferenceKind::include, node, data);
        if (reference == nullptr)
            return;
        struct OptionFlag {
            std::string_view option;
            std::uint16_t flag;
        };
        static constexpr std::array<OptionFlag, 10> kFlags = {{
            {"relative-docs", reference_flag::kRelativeDocs},
            {"relative-images", reference_flag::kRelativeImages},
            {"literal", reference_flag::kLiteral},
            {"code", reference_flag::kLiteral},
            {"parser", reference_flag::kExternalParser},
            {"start-line", reference_flag::kPartial},
            {"end-line", reference_flag::kPartial},
            {"start-after", reference_flag::kPartial},
            {"end-before", reference_flag::kPartial},
            {"lines", reference_flag::kPartial},
        }};
        for (const OptionFlag& entry : kFlags) {
            if (find_option(node, entry.option) != nullptr)
                reference->flags |= entry.flag;
        }
    }

    void option(const Node& node, const NodeData& data) {
        const Node& owner = document_.node(node.parent);
        const std::string_view name = data.name;
        if (name == "name" || (name == "label" && owner.kind == NodeKind::math_block)) {
            anchor(AnchorKind::directive, data.text, data.text_range);
            return;
        }
        if (owner.kind != NodeKind::directive || data.text.empty())
            return;
        const std::string_view directive = document_.data(owner).name;
        if (name == "link") {
            Reference& reference =
                add(ReferenceKind::directive_link, data.text, data.text_range, node.range);
            // Looked up once for a directive, however many `:link:` it has.
            if (link_type_of_ != node.parent) {
                link_type_of_ = node.parent;
                link_type_ = find_option(owner, "link-type");
            }
            reference.name = link_type_ == nullptr ? "url" : link_type_->text;
        } else if (name == "target" && directive_spec(directive).argument == Argument::image) {
            Reference& reference =
                add(ReferenceKind::directive_link, data.text, data.text_range, node.range);
            reference.name = "url";
            // docutils: `name_` refers to a target of that name.
            if (data.text.size() > 1 && data.text.ends_with('_') && !contains(data.text, "/")) {
                reference.target.pop_back();
                --reference.range.end;
                reference.name = "ref";
            }
        } else if (name == "img-top" || name == "img-bottom" || name == "img-background") {
            add(ReferenceKind::directive_image, data.text, data.text_range, node.range).name =
                directive;
        } else if ((name == "file" && (directive == "csv-table" || directive == "raw")) ||
                   (name == "diff" && directive == "literalinclude")) {
            add(ReferenceKind::literal_include, data.text, data.text_range, node.range).name =
                directive;
        }
    }

    void raw_text(const Node& node, const NodeData& data) {
        if (data.name == "toctree") {
            const Node& owner = document_.node(node.parent);
            const bool glob = find_option(owner, "glob") != nullptr;
            for_each_line(node, [&](Range line) { toctree_entry(line, glob); });
        }
    }

    /// Lines of a body: its children, or the lines of its content.
    template <class Visit>
    void for_each_line(const Node& node, const Visit& visit_line) const {
        if (node.first_child != kNoNode) {
            for (NodeId id = node.first_child; id != kNoNode; id = document_.node(id).next) {
                visit_line(document_.node(id).range);
            }
            return;
        }
        for (std::uint32_t at = node.content.begin; at < node.content.end;) {
            std::size_t end = source_.find_first_of("\r\n", at);
            end = std::min<std::size_t>(end, node.content.end);
            visit_line(Range{at, static_cast<std::uint32_t>(end)});
            at = static_cast<std::uint32_t>(end) + 1;
        }
    }

    void toctree_entry(Range line, bool glob) {
        while (!line.empty() && is_ascii_space(source_[line.begin]))
            ++line.begin;
        while (!line.empty() && is_ascii_space(source_[line.end - 1]))
            --line.end;
        if (line.empty())
            return;
        const std::string_view text = bytes(line);
        Range target = line;
        const std::size_t angle = text.rfind('<');
        if (text.ends_with('>') && angle != std::string_view::npos && angle > 0) {
            target = {line.begin + static_cast<std::uint32_t>(angle) + 1, line.end - 1};
            while (!target.empty() && is_ascii_space(source_[target.begin]))
                ++target.begin;
            while (!target.empty() && is_ascii_space(source_[target.end - 1]))
                --target.end;
        }
        Reference& reference =
            add(ReferenceKind::toctree_entry, std::string(bytes(target)), target, line);
        reference.name = "toctree";
        if (glob)
            reference.flags |= reference_flag::kGlob;
    }

    // --- substitutions of MyST ------------------------------------------------------------------

    /// `{{ name }}`, `{{ name | filter }}`, `{{ name.key }}`: an expression of Jinja whose name may
    /// be undefined. Calls and operators are left alone.
    void substitution(const Node& node, const NodeData& data) {
        const std::string_view text = data.name;
        std::size_t end = 0;
        while (end < text.size() && (is_ascii_alnum(text[end]) || text[end] == '_'))
            ++end;
        const std::string_view name = text.substr(0, end);
        const std::string_view rest = trim(text.substr(end));
        static constexpr std::array<std::string_view, 10> kKnown = {
            "env",  "range",  "dict", "lipsum",    "cycler",
            "none", "joiner", "true", "namespace", "false"};
        if (name.empty() || is_ascii_digit(name.front()) ||
            std::find(kKnown.begin(), kKnown.end(), ascii_lower(name)) != kKnown.end() ||
            (!rest.empty() && rest.front() != '|' && rest.front() != '.'))
            return;
        substitutions_.push_back({std::string(name), node.range});
    }

    /// Those that neither the front matter nor, for `|x|` in {eval-rst}, anything can define.
    void undefined_substitutions() {
        constexpr std::string_view kStart = "Undefined substitution referenced: \"";
        for (const ParserMessage& message : document_.messages()) {
            if (!message.text.starts_with(kStart))
                continue;
            const std::size_t end = message.text.rfind('"');
            facts_.undefined_substitutions.push_back(
                {message.text.substr(kStart.size(), end - kStart.size()), message.range});
        }
        if (own_substitutions_unknown_)
            return;
        for (const UndefinedReference& used : substitutions_) {
            if (!own_substitutions_.contains(used.label))
                facts_.undefined_substitutions.push_back({"{{ " + used.label + " }}", used.range});
        }
    }

    /// `substitutions:` below `myst:`, or else at the top (MyST-Parser 5, merge_file_level).
    void own_substitutions(std::string_view text) {
        const Result<Value> value = parse_yaml(text);
        if (!value) {
            own_substitutions_unknown_ = true;
            return;
        }
        const Value* const myst = value->find("myst");
        for (const Value* const at : {&*value, myst}) {
            const Value* const map = at == nullptr ? nullptr : at->find("substitutions");
            if (map == nullptr)
                continue;
            for (const Value& key : map->keys)
                own_substitutions_.insert(key.text);
        }
    }

    void front_matter(const Node& node) {
        const std::string_view text = bytes(node.content);
        if (contains(text, "substitutions"))
            own_substitutions(text);
        if (!contains(text, "orphan"))
            return;
        const Result<Value> value = parse_yaml(text);
        if (!value)
            return;
        const Value* const orphan = value->find("orphan");
        if (orphan == nullptr)
            return;
        bool set = true;
        facts_.orphan = !orphan->as_bool(set) || set;
    }

    // --- comments -------------------------------------------------------------------------------

    /// Between these comments the all-contributors bot writes, links of its own making included.
    void bot_comment(std::string_view text) {
        if (contains(text, "ALL-CONTRIBUTORS-LIST:START"))
            generated_ = true;
        if (contains(text, "ALL-CONTRIBUTORS-LIST:END"))
            generated_ = false;
    }

    std::string_view source_;
    const Dialect& dialect_;
    const Document& document_;
    FileFacts& facts_;
    SuppressionCollector suppressions_;
    std::vector<std::pair<std::size_t, std::string>> definitions_;  // reference, its label
    std::set<std::string> used_labels_;
    bool generated_ = false;  // inside what a bot writes
    SlugCounter github_slugs_;
    KramdownCounter kramdown_ids_;
    std::optional<HtmlHeading> html_heading_;
    NodeId link_type_of_ = kNoNode;
    const NodeData* link_type_ = nullptr;
    std::vector<UndefinedReference> substitutions_;  // names that are used
    std::set<std::string> own_substitutions_;
    bool own_substitutions_unknown_ = false;
    NodeId last_heading_ = kNoNode;
    NodeId next_id_for_ = kNoNode;
    std::string next_id_;
};

}  // namespace

void collect_facts(std::string_view source, const Dialect& dialect, const Document& document,
                   FileFacts& facts) {
    Collector(source, dialect, document, facts).run();
    if (dialect.blocks.directives)
        collect_api_directives(source, document, facts);
}

}  // namespace docathon::markdown
