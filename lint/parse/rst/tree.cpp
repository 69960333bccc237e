#include "lint/parse/rst/tree.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

namespace docathon::rst {

namespace {

constexpr std::array<std::string_view, 102> kTagNames = {
#define DOCATHON_RST_TAG(name) #name,
#include "lint/parse/rst/tags.inc"
#undef DOCATHON_RST_TAG
};

constexpr std::size_t kBlockSize = 32u << 10;

// What docutils puts between the texts of an element's children (child_text_separator).
std::string_view separator_of(Tag tag) {
    switch (tag) {
        case Tag::option_group:
            return ", ";
        case Tag::option_list_item:
            return "  ";
        case Tag::title:
        case Tag::subtitle:
        case Tag::rubric:
        case Tag::author:
        case Tag::organization:
        case Tag::address:
        case Tag::contact:
        case Tag::version:
        case Tag::revision:
        case Tag::status:
        case Tag::date:
        case Tag::copyright:
        case Tag::paragraph:
        case Tag::term:
        case Tag::classifier:
        case Tag::field_name:
        case Tag::option:
        case Tag::option_string:
        case Tag::option_argument:
        case Tag::literal_block:
        case Tag::doctest_block:
        case Tag::math_block:
        case Tag::line:
        case Tag::attribution:
        case Tag::comment:
        case Tag::substitution_definition:
        case Tag::target:
        case Tag::label:
        case Tag::caption:
        case Tag::raw:
            return "";
        default:
            return is_inline(tag) ? std::string_view() : std::string_view("\n\n");
    }
}

}  // namespace

std::string_view to_string(Tag tag) {
    switch (tag) {
        case Tag::text:
            return "#text";
        case Tag::element:
            return "Element";
        case Tag::inline_element:
            return "inline";
        default:
            return kTagNames[static_cast<std::size_t>(tag)];
    }
}

bool is_inline(Tag tag) {
    return tag >= Tag::emphasis || tag == Tag::target || tag == Tag::raw;
}

const std::string* Attributes::find(std::string_view key) const {
    for (const auto& [name, value] : others) {
        if (name == key)
            return &value;
    }
    return nullptr;
}

void Attributes::set(std::string_view key, std::string value) {
    for (auto& [name, old] : others) {
        if (name == key) {
            old = std::move(value);
            return;
        }
    }
    if (others.empty())
        others.reserve(2);  // nearly all have one or two
    others.emplace_back(key, std::move(value));
}

void Attributes::erase(std::string_view key) {
    others.erase(std::remove_if(others.begin(), others.end(),
                                [&](const auto& entry) { return entry.first == key; }),
                 others.end());
}

Tree::Tree() {
    make(Tag::document);
    elements_[0].attached = true;
}

Tree::Tree(Tree&&) noexcept = default;
Tree& Tree::operator=(Tree&&) noexcept = default;
Tree::~Tree() = default;

ElementId Tree::make(Tag tag, Range range, std::uint32_t line) {
    const auto id = static_cast<ElementId>(elements_.size());
    Element& element = elements_.emplace_back();
    element.tag = tag;
    element.range = range;
    element.content = range;
    element.line = line;
    return id;
}

ElementId Tree::make_text(std::string_view text, Range range) {
    const ElementId id = make(Tag::text, range);
    elements_[id].text = text;
    return id;
}

void Tree::setup_child(ElementId parent, ElementId child) {
    Element& element = elements_[child];
    element.parent = parent;
    // Most parents are either in the document or a detached element with no parent of its own, so
    // this walk is short.
    ElementId up = parent;
    while (up != kNoElement && !elements_[up].attached)
        up = elements_[up].parent;
    if (up == kNoElement)
        return;
    element.attached = true;
    ++changes_;
    if (element.line == 0)
        element.line = current_line;
}

void Tree::append(ElementId parent, ElementId child) {
    assert(elements_[child].parent == kNoElement && child != 0);
    setup_child(parent, child);
    const ElementId last = elements_[parent].last_child;
    elements_[child].previous = last;
    if (last == kNoElement)
        elements_[parent].first_child = child;
    else
        elements_[last].next = child;
    elements_[parent].last_child = child;
}

void Tree::append(ElementId parent, const std::vector<ElementId>& children) {
    for (const ElementId child : children)
        append(parent, child);
}

void Tree::insert_before(ElementId sibling, ElementId child) {
    assert(elements_[child].parent == kNoElement);
    const ElementId parent = elements_[sibling].parent;
    setup_child(parent, child);
    const ElementId before = elements_[sibling].previous;
    elements_[child].previous = before;
    elements_[child].next = sibling;
    elements_[sibling].previous = child;
    if (before == kNoElement)
        elements_[parent].first_child = child;
    else
        elements_[before].next = child;
}

void Tree::insert_after(ElementId sibling, ElementId child) {
    const ElementId next = elements_[sibling].next;
    if (next == kNoElement)
        append(elements_[sibling].parent, child);
    else
        insert_before(next, child);
}

void Tree::detach(ElementId id) {
    Element& element = elements_[id];
    if (element.parent == kNoElement)
        return;
    if (element.previous == kNoElement)
        elements_[element.parent].first_child = element.next;
    else
        elements_[element.previous].next = element.next;
    if (element.next == kNoElement)
        elements_[element.parent].last_child = element.previous;
    else
        elements_[element.next].previous = element.previous;
    element.parent = element.previous = element.next = kNoElement;
    ++changes_;
}

void Tree::replace(ElementId id, const std::vector<ElementId>& with) {
    for (const ElementId child : with)
        insert_before(id, child);
    detach(id);
}

void Tree::move_children(ElementId from, ElementId to) {
    while (elements_[from].first_child != kNoElement) {
        const ElementId child = elements_[from].first_child;
        detach(child);
        append(to, child);
    }
}

const Attributes& Tree::attributes(ElementId id) const {
    static const Attributes kNone;
    const std::uint32_t index = elements_[id].attributes;
    return index == kNoElement ? kNone : attributes_[index / kChunk][index % kChunk];
}

Attributes& Tree::edit(ElementId id) {
    const std::uint32_t index = elements_[id].attributes;
    return index == kNoElement ? add_attributes(id) : attributes_at(index);
}

Attributes& Tree::add_attributes(ElementId id) {
    if (attribute_count_ % kChunk == 0)
        attributes_.push_back(std::make_unique<Attributes[]>(kChunk));
    elements_[id].attributes = attribute_count_;
    return attributes_at(attribute_count_++);
}

std::string Tree::plain_text(ElementId root) const {
    std::string out;
    ElementId id = root;
    while (true) {
        const Element& element = elements_[id];
        if (element.tag == Tag::text) {
            out += element.text;
        } else if (element.tag == Tag::image) {
            if (const std::string* alt = attributes(id).find("alt"))
                out += *alt;
        } else if (element.tag == Tag::option_argument) {
            const std::string* delimiter = attributes(id).find("delimiter");
            out += delimiter == nullptr ? " " : *delimiter;
        }
        if (element.first_child != kNoElement && element.tag != Tag::image) {
            id = element.first_child;
            continue;
        }
        while (id != root && elements_[id].next == kNoElement)
            id = elements_[id].parent;
        if (id == root)
            return out;
        out += separator_of(elements_[elements_[id].parent].tag);
        id = elements_[id].next;
    }
}

std::uint32_t Tree::line_of(ElementId id) const {
    for (; id != kNoElement; id = elements_[id].parent) {
        if (elements_[id].line != 0)
            return elements_[id].line;
    }
    return 0;
}

char* Tree::allocate(std::size_t size) {
    if (size > block_left_) {
        const std::size_t block = std::max(size, kBlockSize);
        blocks_.emplace_back(new char[block]);  // not set to 0
        if (size == block)
            return blocks_.back().get();
        block_at_ = blocks_.back().get();
        block_left_ = block;
    }
    char* out = block_at_;
    block_at_ += size;
    block_left_ -= size;
    return out;
}

std::string_view Tree::keep(std::string_view text) {
    if (text.empty())
        return "";
    char* at = allocate(text.size());
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
}

ElementId Tree::copy(ElementId root) {
    const auto copy_one = [&](ElementId from) {
        const ElementId to = make(elements_[from].tag);
        Element& element = elements_[to];
        const Element& original = elements_[from];
        element.flag = original.flag;
        element.attached = original.attached;
        element.line = original.line;
        element.range = original.range;
        element.content = original.content;
        element.text = original.text;
        element.source = original.source;
        if (original.attributes != kNoElement) {
            const Attributes& own = attributes_at(original.attributes);
            add_attributes(to) = own;
        }
        return to;
    };
    const ElementId out = copy_one(root);
    ElementId from = root;
    ElementId to = out;
    while (true) {
        if (elements_[from].first_child != kNoElement) {
            from = elements_[from].first_child;
            const ElementId child = copy_one(from);
            append(to, child);
            to = child;
            continue;
        }
        while (from != root && elements_[from].next == kNoElement) {
            from = elements_[from].parent;
            to = elements_[to].parent;
        }
        if (from == root)
            return out;
        from = elements_[from].next;
        const ElementId sibling = copy_one(from);
        append(elements_[to].parent, sibling);
        to = sibling;
    }
}

}  // namespace docathon::rst
