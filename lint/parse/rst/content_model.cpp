#include "lint/parse/rst/content_model.h"

#include <array>
#include <bitset>
#include <initializer_list>

namespace docathon::rst {

namespace {

constexpr std::size_t kTags = static_cast<std::size_t>(Tag::text) + 1;
using TagSet = std::bitset<kTags>;

/// One part of a content model: what may stand there and how often ('.', '?', '*', '+').
struct Part {
    TagSet tags;
    char times = '*';
};
using Model = std::vector<Part>;

TagSet tags_of(std::uint32_t family) {
    TagSet set;
    for (std::size_t tag = 0; tag < kTags; ++tag) {
        if ((families(static_cast<Tag>(tag)) & family) != 0)
            set.set(tag);
    }
    return set;
}

TagSet tags_of(std::initializer_list<Tag> tags) {
    TagSet set;
    for (const Tag tag : tags)
        set.set(static_cast<std::size_t>(tag));
    return set;
}

Model make_model(Tag tag) {
    const TagSet body = tags_of(kBody);
    switch (tag) {
        case Tag::document:
            return {{tags_of({Tag::title}), '?'},
                    {tags_of({Tag::subtitle}), '?'},
                    {tags_of({Tag::meta}), '*'},
                    {tags_of({Tag::decoration}), '?'},
                    {tags_of({Tag::docinfo}), '?'},
                    {tags_of({Tag::transition}), '?'},
                    {body | tags_of({Tag::topic, Tag::sidebar, Tag::transition}), '*'},
                    {tags_of({Tag::section, Tag::transition}), '*'}};
        case Tag::section:
            return {{tags_of({Tag::title}), '.'},
                    {tags_of({Tag::subtitle}), '?'},
                    {body | tags_of({Tag::topic, Tag::sidebar, Tag::transition}), '*'},
                    {tags_of({Tag::section, Tag::transition}), '*'}};
        case Tag::topic:
            return {{tags_of({Tag::title}), '?'}, {body, '+'}};
        case Tag::sidebar:
            return {{tags_of({Tag::title}), '?'},
                    {tags_of({Tag::subtitle}), '?'},
                    {body | tags_of({Tag::topic}), '+'}};
        case Tag::docinfo:
            return {{tags_of(kBibliographic), '+'}};
        case Tag::decoration:
            return {{tags_of({Tag::header}), '?'}, {tags_of({Tag::footer}), '?'}};
        case Tag::block_quote:
            return {{body, '+'}, {tags_of({Tag::attribution}), '?'}};
        case Tag::bullet_list:
        case Tag::enumerated_list:
            return {{tags_of({Tag::list_item}), '+'}};
        case Tag::definition_list:
            return {{tags_of({Tag::definition_list_item}), '+'}};
        case Tag::definition_list_item:
            return {{tags_of({Tag::term}), '.'},
                    {tags_of({Tag::classifier, Tag::term}), '*'},
                    {tags_of({Tag::definition}), '.'}};
        case Tag::field_list:
            return {{tags_of({Tag::field}), '+'}};
        case Tag::field:
            return {{tags_of({Tag::field_name}), '.'}, {tags_of({Tag::field_body}), '.'}};
        case Tag::option_list:
            return {{tags_of({Tag::option_list_item}), '+'}};
        case Tag::option_list_item:
            return {{tags_of({Tag::option_group}), '.'}, {tags_of({Tag::description}), '.'}};
        case Tag::option_group:
            return {{tags_of({Tag::option}), '+'}};
        case Tag::option:
            return {{tags_of({Tag::option_string}), '.'}, {tags_of({Tag::option_argument}), '*'}};
        case Tag::line_block:
            return {{tags_of({Tag::line, Tag::line_block}), '+'}};
        case Tag::footnote:
            return {{tags_of({Tag::label}), '?'}, {body, '+'}};
        case Tag::citation:
            return {{tags_of({Tag::label}), '.'}, {body, '+'}};
        case Tag::admonition:
            return {{tags_of({Tag::title}), '.'}, {body, '+'}};
        case Tag::figure:
            return {{tags_of({Tag::image, Tag::reference}), '.'},
                    {tags_of({Tag::caption}), '?'},
                    {tags_of({Tag::legend}), '?'}};
        case Tag::table:
            return {{tags_of({Tag::title}), '?'}, {tags_of({Tag::tgroup}), '+'}};
        case Tag::tgroup:
            return {{tags_of({Tag::colspec}), '*'},
                    {tags_of({Tag::thead}), '?'},
                    {tags_of({Tag::tbody}), '.'}};
        case Tag::thead:
        case Tag::tbody:
            return {{tags_of({Tag::row}), '+'}};
        case Tag::row:
            return {{tags_of({Tag::entry}), '+'}};
        case Tag::list_item:
        case Tag::field_body:
        case Tag::entry:
            return {{body, '*'}};
        case Tag::attention:
        case Tag::caution:
        case Tag::danger:
        case Tag::error:
        case Tag::important:
        case Tag::note:
        case Tag::tip:
        case Tag::hint:
        case Tag::warning:
        case Tag::compound:
        case Tag::container:
        case Tag::definition:
        case Tag::description:
        case Tag::legend:
        case Tag::system_message:
        case Tag::directive:
        case Tag::header:
        case Tag::footer:
            return {{body, '+'}};
        case Tag::comment:
        case Tag::label:
        case Tag::option_string:
        case Tag::option_argument:
        case Tag::math_block:
        case Tag::math:
        case Tag::raw:
        case Tag::footnote_reference:
        case Tag::citation_reference:
            return {{tags_of({Tag::text}), '?'}};
        default:
            break;
    }
    if ((families(tag) & kTextElement) != 0)
        return {{tags_of(kInline) | tags_of({Tag::text}), '*'}};
    return {};
}

const Model& model_of(Tag tag) {
    static const std::array<Model, kTags> kModels = [] {
        std::array<Model, kTags> models;
        for (std::size_t at = 0; at < kTags; ++at)
            models[at] = make_model(static_cast<Tag>(at));
        return models;
    }();
    return kModels[static_cast<std::size_t>(tag)];
}

/// Transitions may not begin a section or a document, nor follow one another.
bool is_well_placed(const Tree& tree, ElementId child) {
    const ElementId before = tree[child].previous;
    const Tag tag = tree[child].tag;
    if (tag == Tag::subtitle)
        return before != kNoElement;
    if (tag != Tag::transition)
        return true;
    if (before == kNoElement || tree[child].next == kNoElement)
        return false;
    const Tag previous = tree[before].tag;
    return previous != Tag::title && previous != Tag::subtitle && previous != Tag::meta &&
           previous != Tag::decoration && previous != Tag::transition;
}

}  // namespace

std::uint32_t families(Tag tag) {
    switch (tag) {
        case Tag::title:
        case Tag::subtitle:
            return kTitular | kPreBibliographic | kTextElement;
        case Tag::rubric:
            return kTitular | kBody | kTextElement;
        case Tag::meta:
        case Tag::decoration:
            return kPreBibliographic;
        case Tag::author:
        case Tag::organization:
        case Tag::address:
        case Tag::contact:
        case Tag::version:
        case Tag::revision:
        case Tag::status:
        case Tag::date:
        case Tag::copyright:
            return kBibliographic | kTextElement;
        case Tag::authors:
        case Tag::field:
            return kBibliographic;
        case Tag::paragraph:
        case Tag::literal_block:
        case Tag::doctest_block:
        case Tag::math_block:
            return kBody | kTextElement;
        case Tag::compound:
        case Tag::container:
        case Tag::bullet_list:
        case Tag::enumerated_list:
        case Tag::definition_list:
        case Tag::field_list:
        case Tag::option_list:
        case Tag::line_block:
        case Tag::block_quote:
        case Tag::attention:
        case Tag::caution:
        case Tag::danger:
        case Tag::error:
        case Tag::important:
        case Tag::note:
        case Tag::tip:
        case Tag::hint:
        case Tag::warning:
        case Tag::admonition:
        case Tag::figure:
        case Tag::table:
            return kBody;
        case Tag::directive:
            return kBody;
        case Tag::footnote:
        case Tag::citation:
            return kBody | kTargetable;
        case Tag::image:
            return kBody | kInline;
        case Tag::reference:
            return kBody | kInline | kReferential | kTextElement;
        case Tag::comment:
        case Tag::substitution_definition:
            return kBody | kInvisible | kPreBibliographic | kTextElement;
        case Tag::pending:
            return kBody | kInvisible | kPreBibliographic;
        case Tag::target:
            return kBody | kInvisible | kPreBibliographic | kInline | kTargetable | kTextElement;
        case Tag::system_message:
            return kBody | kPreBibliographic;
        case Tag::raw:
            return kBody | kInline | kPreBibliographic | kTextElement;
        case Tag::footnote_reference:
        case Tag::citation_reference:
            return kInline | kReferential | kTextElement;
        case Tag::emphasis:
        case Tag::strong:
        case Tag::literal:
        case Tag::substitution_reference:
        case Tag::title_reference:
        case Tag::abbreviation:
        case Tag::acronym:
        case Tag::superscript:
        case Tag::subscript:
        case Tag::inline_element:
        case Tag::problematic:
        case Tag::generated:
        case Tag::math:
        case Tag::role:
            return kInline | kTextElement;
        case Tag::term:
        case Tag::classifier:
        case Tag::field_name:
        case Tag::option_string:
        case Tag::option_argument:
        case Tag::line:
        case Tag::attribution:
        case Tag::label:
        case Tag::caption:
            return kTextElement;
        default:
            return 0;
    }
}

void ContentModels::judge(const Tree& tree, State& state, Tag parent, ElementId child) {
    const Model& model = model_of(parent);
    state.last = child;
    if (state.bad)
        return;
    for (; state.part < model.size(); ++state.part, state.consumed = false) {
        const Part& part = model[state.part];
        const bool once = part.times == '.' || part.times == '?';
        if (!(state.consumed && once) &&
            part.tags.test(static_cast<std::size_t>(tree[child].tag))) {
            state.bad = !is_well_placed(tree, child);
            state.consumed = true;
            return;
        }
        if (!state.consumed && (part.times == '.' || part.times == '+'))
            break;
    }
    state.bad = true;
}

bool ContentModels::complete(const State& state, Tag parent) {
    if (state.bad)
        return false;
    const Model& model = model_of(parent);
    for (std::size_t part = state.part; part < model.size(); ++part) {
        const bool consumed = part == state.part && state.consumed;
        if (!consumed && (model[part].times == '.' || model[part].times == '+'))
            return false;
    }
    return true;
}

bool ContentModels::allows(const Tree& tree, ElementId parent) {
    State& state = states_[parent];
    const ElementId end = tree[parent].last_child;
    if (end == kNoElement)
        return complete({}, tree[parent].tag);
    if (state.last != kNoElement && tree[state.last].parent != parent)
        state = {};  // what was judged is gone
    const Tag tag = tree[parent].tag;
    if (state.last == end)
        return complete(state, tag);
    ElementId child = state.last == kNoElement ? tree[parent].first_child : tree[state.last].next;
    for (; child != end; child = tree[child].next) {
        if (child == kNoElement) {
            // Something was inserted before what was judged: begin again.
            state = {};
            child = tree[parent].first_child;
            if (child == end)
                break;
        }
        judge(tree, state, tag, child);
        if (state.bad)
            return false;
    }
    State with_last = state;
    judge(tree, with_last, tag, end);
    return complete(with_last, tag);
}

std::string start_tag(const Tree& tree, ElementId element) {
    const std::string text = to_pseudo_xml(tree, element);
    return text.substr(0, text.find('\n'));
}

}  // namespace docathon::rst
