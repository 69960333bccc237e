#pragma once
// NodeTree: the nodes of a Document that selectors can name, in one flat preorder array, with the
// sections between them, and in a Python file its docstrings with what stands in them; and
// SelectorSet, which finds the nodes of many selectors in one pass over that array. A NodeTree
// borrows its FileContext; a SelectorSet is const after build and shared by threads.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/value.h"
#include "lint/model/python_facts.h"
#include "lint/rules/check.h"
#include "lint/rules/engines/node_selector.h"

namespace docathon::rules {

inline constexpr std::uint32_t kNoEntry = 0xffffffffu;

/// One node, or one section, or a docstring or a part of it.
struct TreeEntry {
    SelectorKind kind = SelectorKind::document;
    NodeId node = kNoNode;  ///< of a section: its heading; kNoNode: docstring, doc-section, param
    std::uint32_t parent = kNoEntry;
    std::uint32_t end = 0;  ///< the entries inside are those from the next one up to `end`
    Range range;
    std::uint32_t item = kNoItem;  ///< position in the docstrings, sections or entries of the facts
};

/// What selectors call a node; nullopt for those that they cannot name.
[[nodiscard]] std::optional<SelectorKind> selector_kind(NodeKind kind);

/// An image or a figure, which `image` selects as well as `directive`.
[[nodiscard]] bool is_image_directive(const Document& document, NodeId node);
/// The option `alt` of a directive, or kNoNode.
[[nodiscard]] NodeId alt_option(const Document& document, NodeId directive);

class NodeTree {
  public:
    explicit NodeTree(const FileContext& context);

    [[nodiscard]] const std::vector<TreeEntry>& entries() const { return entries_; }
    [[nodiscard]] const FileContext& context() const { return context_; }

    /// Value of an attribute of an entry, empty where it has none.
    [[nodiscard]] std::string attribute(std::uint32_t entry, std::string_view name) const;
    /// The innermost section around an entry (or the entry itself), or kNoEntry.
    [[nodiscard]] std::uint32_t section_of(std::uint32_t entry) const;
    /// The front matter as YAML; null if there is none or it is broken.
    [[nodiscard]] const Value& front_matter() const;
    /// First heading of the page, or kNoEntry.
    [[nodiscard]] std::uint32_t first_heading() const { return first_heading_; }
    /// Text of an entry: what stands in it without markup, code as written.
    [[nodiscard]] std::string plain_text(std::uint32_t entry) const;

  private:
    void build();
    void build_docstrings();
    [[nodiscard]] std::string docstring_attribute(const TreeEntry& entry,
                                                  std::string_view name) const;
    [[nodiscard]] std::string default_of(std::uint32_t param) const;

    const FileContext& context_;
    std::vector<TreeEntry> entries_;
    std::vector<std::uint8_t> skips_;  // headings (by entry): more than one level below the last
    std::uint32_t first_heading_ = kNoEntry;
    mutable std::optional<Value> front_matter_;
    // Defaults in the signatures, by documented parameter.
    mutable std::optional<std::map<std::uint32_t, std::string_view>> defaults_;
};

/// What a selector found in one file.
struct Selected {
    std::vector<std::uint32_t> entries;  ///< ascending; for sentences: what they are looked for in
    std::vector<bool> sentences;         ///< parallel: the sentences inside are meant
    std::vector<Range> excluded;         ///< of `!x`, sorted, not overlapping
};

/// Whether `range` touches one of these sorted ranges.
[[nodiscard]] bool touches(const std::vector<Range>& sorted, Range range);

class SelectorSet {
  public:
    /// Adds a selector; equal texts share one number. `place` is where errors are said to be.
    [[nodiscard]] Result<std::uint32_t> add(std::string_view text);
    /// An empty one for a number that was never given, as where a selector had an error.
    [[nodiscard]] const NodeSelector& selector(std::uint32_t number) const {
        static const NodeSelector kNone;
        return number < selectors_.size() ? selectors_[number] : kNone;
    }
    [[nodiscard]] std::size_t size() const { return selectors_.size(); }

    /// One pass over the tree for all selectors with wanted[number].
    [[nodiscard]] std::vector<Selected> match(const NodeTree& tree,
                                              const std::vector<bool>& wanted) const;

  private:
    std::vector<NodeSelector> selectors_;
    std::map<std::string, std::uint32_t, std::less<>> numbers_;
};

}  // namespace docathon::rules
