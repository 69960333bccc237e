#pragma once
// Tree: the document tree of reStructuredText as docutils 0.22 builds it (docutils.nodes), with the
// exact source bytes of every element besides. Transforms change it; in the end it is turned into
// a Document and FileFacts, or printed as pseudo-XML for comparison with docutils.
//
// Lifetime: elements live in one vector and are named by index; strings that are not bytes of the
// source live in the tree's arena. String views in elements point into the source or the arena, so
// source and tree must outlive them.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/core/range.h"

namespace docathon::rst {

using ElementId = std::uint32_t;
inline constexpr ElementId kNoElement = 0xffffffffu;

/// Element types, by the names of docutils.nodes.
enum class Tag : std::uint8_t {
#define DOCATHON_RST_TAG(name) name,
#include "lint/parse/rst/tags.inc"
#undef DOCATHON_RST_TAG
};

/// Name as docutils prints it, such as "bullet_list"; "#text" for text.
[[nodiscard]] std::string_view to_string(Tag tag);
/// Whether docutils' class of it is an Inline (image, target and raw are both).
[[nodiscard]] bool is_inline(Tag tag);

/// Attributes of one element; most elements have none.
struct Attributes {
    std::vector<std::string> ids, names, dupnames, classes, backrefs;
    /// All others (refname, refuri, uri, bullet, ...) in no particular order; a printer sorts.
    std::vector<std::pair<std::string_view, std::string>> others;

    [[nodiscard]] const std::string* find(std::string_view key) const;
    /// The key is a literal, or kept in the tree: it is not copied.
    void set(std::string_view key, std::string value);
    void erase(std::string_view key);
};

struct Element {
    Tag tag = Tag::document;
    bool flag = false;      ///< by tag; for system_message: not to be printed in the tree
    bool attached = false;  ///< was once put into the document (docutils' Node._document)
    ElementId parent = kNoElement;
    ElementId first_child = kNoElement;
    ElementId last_child = kNoElement;
    ElementId next = kNoElement;
    ElementId previous = kNoElement;
    std::uint32_t attributes = 0xffffffffu;  ///< index, or none; see Tree::attributes
    std::uint32_t line = 0;                  ///< docutils' line attribute, 1-based; 0 = none
    Range range;                             ///< source bytes of the whole construct
    Range content;                           ///< source bytes inside its markup
    std::string_view text;    ///< text: what it stands for (escapes resolved, lines joined by \n)
    std::string_view source;  ///< docutils' rawsource where transforms or messages need it; for a
                              ///< text with escapes docutils' own string (NUL before what is
                              ///< escaped), else empty
};

class Tree {
  public:
    Tree();
    Tree(Tree&&) noexcept;
    Tree& operator=(Tree&&) noexcept;
    ~Tree();

    [[nodiscard]] ElementId root() const { return 0; }
    [[nodiscard]] Element& operator[](ElementId id) { return elements_[id]; }
    [[nodiscard]] const Element& operator[](ElementId id) const { return elements_[id]; }
    [[nodiscard]] std::size_t size() const { return elements_.size(); }

    /// A new element without parent. References to elements are invalid after this.
    ElementId make(Tag tag, Range range = {}, std::uint32_t line = 0);
    /// A text element; `text` must live in the source or the arena (`keep`).
    ElementId make_text(std::string_view text, Range range);

    /// The three ways to attach a (detached) element do what docutils' setup_child() does: an
    /// element without a line that comes into the document takes the line the parser is on.
    void append(ElementId parent, ElementId child);
    void append(ElementId parent, const std::vector<ElementId>& children);
    void insert_before(ElementId sibling, ElementId child);
    void insert_after(ElementId sibling, ElementId child);
    /// Takes the element and all below it out of its parent; it can be appended elsewhere.
    void detach(ElementId id);
    /// Puts `with` (detached, in order) in the place of `id`, which is detached.
    void replace(ElementId id, const std::vector<ElementId>& with);
    /// Moves all children of `from` behind the children of `to`.
    void move_children(ElementId from, ElementId to);

    /// Attributes for reading: an empty one for elements that have none.
    [[nodiscard]] const Attributes& attributes(ElementId id) const;
    /// Attributes for writing: made when needed. The reference stays valid.
    Attributes& edit(ElementId id);

    /// Next element in document order below `root`, or kNoElement. Children come first.
    [[nodiscard]] ElementId next_in_order(ElementId id, ElementId root) const {
        if (elements_[id].first_child != kNoElement)
            return elements_[id].first_child;
        while (id != root && elements_[id].next == kNoElement) {
            id = elements_[id].parent;
            if (id == kNoElement)
                return kNoElement;
        }
        return id == root ? kNoElement : elements_[id].next;
    }
    /// Grows with each element that comes into the document or leaves it: what was found by a walk
    /// holds as long as this does not change.
    [[nodiscard]] std::uint64_t changes() const { return changes_; }
    /// Room for so many elements, to spare copies.
    void reserve(std::size_t elements) { elements_.reserve(elements); }
    /// Text of the element and all below it (docutils astext()).
    [[nodiscard]] std::string plain_text(ElementId id) const;

    /// docutils' get_source_line(): the line of the element or of the nearest element around it
    /// that has one; 0 = none.
    [[nodiscard]] std::uint32_t line_of(ElementId id) const;

    /// docutils' document.current_line: line that the innermost state machine went to last; 0 =
    /// none. Kept by blocks.cpp.
    std::uint32_t current_line = 0;

    /// Copies a string into the arena, where it stays at one address.
    std::string_view keep(std::string_view text);
    /// Copies the element and all below it (docutils deepcopy()); the copy has no parent.
    ElementId copy(ElementId id);

    /// `size` bytes of the arena, to be filled by the caller.
    char* allocate(std::size_t size);

  private:
    void setup_child(ElementId parent, ElementId child);

    Attributes& add_attributes(ElementId id);
    [[nodiscard]] Attributes& attributes_at(std::uint32_t index) {
        return attributes_[index / kChunk][index % kChunk];
    }

    /// Attributes stay where they are: they are made in chunks.
    static constexpr std::uint32_t kChunk = 32;

    std::vector<Element> elements_;
    std::vector<std::unique_ptr<Attributes[]>> attributes_;
    std::uint32_t attribute_count_ = 0;
    std::uint64_t changes_ = 0;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t block_left_ = 0;
    char* block_at_ = nullptr;
};

/// One message as docutils' Reporter makes it.
struct Message {
    std::uint8_t level = 2;          ///< 1 INFO, 2 WARNING, 3 ERROR, 4 SEVERE
    std::uint32_t line = 0;          ///< 1-based, docutils' own choice; 0 = none
    std::string text;                ///< docutils' text, lines joined by \n
    Range range;                     ///< the exact place in the source, better than `line`
    ElementId element = kNoElement;  ///< its system_message in the tree, if it got one
};

/// Pseudo-XML as docutils.nodes.Node.pformat prints it. A pending element (Tag::pending) has its
/// transform and details in attributes().others: "transform" =
/// "docutils.transforms.parts.Contents", "detail:NAME" = the value as Python's repr() shows it.
[[nodiscard]] std::string to_pseudo_xml(const Tree& tree, ElementId from = 0);

}  // namespace docathon::rst
