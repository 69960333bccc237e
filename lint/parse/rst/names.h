#pragma once
// Names: what docutils.nodes.document knows of names, ids and references while a text is parsed and
// transformed: which name leads to which id, who refers to what, footnotes in order, substitution
// definitions, pending transforms. Makes docutils' messages about duplicates (0.22 rules).
//
// Elements are named by their id in the Parser's tree. A Names belongs to one Parser and must not
// outlive it. Maps are only looked up, never walked: order comes from the vectors.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lint/parse/rst/content_model.h"
#include "lint/parse/rst/tree.h"

namespace docathon::rst {

class Parser;
struct Options;

/// str.lower() of Python.
[[nodiscard]] std::string lowercase(std::string_view text);
/// docutils.nodes.fully_normalize_name(): lower case, white space runs to one space, no ends.
[[nodiscard]] std::string fully_normalize_name(std::string_view name);
/// docutils.nodes.whitespace_normalize_name(): the same without the lower case.
[[nodiscard]] std::string whitespace_normalize_name(std::string_view name);
[[nodiscard]] inline std::string normalize_name(std::string_view name) {
    return fully_normalize_name(name);
}
/// docutils.utils.escape2null(): every backslash that escapes becomes NUL; the length stays.
[[nodiscard]] std::string escape2null(std::string_view text);
/// docutils.nodes.unescape(): NULs go, and escaped spaces and newlines with them; or they become
/// backslashes again.
[[nodiscard]] std::string unescape(std::string_view text, bool restore_backslashes = false);
/// docutils.nodes.make_id(): `[a-z](-?[a-z0-9]+)*`, or empty.
[[nodiscard]] std::string make_id(std::string_view text);

/// Lets std::string keys be looked up by a view.
struct StringHash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const {
        return std::hash<std::string_view>{}(text);
    }
};
template <typename Value>
using StringMap = std::unordered_map<std::string, Value, StringHash, std::equal_to<>>;

/// A transform that waits in the tree for its turn (docutils pending element).
struct Pending {
    ElementId element = kNoElement;
    std::string transform;  ///< docutils' class name alone, such as "Contents"
    int priority = 0;
};

class Names {
  public:
    /// The options outlive it.
    Names(Parser& parser, const Options& options);

    // --- ids and names ---
    /// document.set_id(): gives the element an id made of its names, or a numbered one, and
    /// registers it. `message_parent` gets the message about a duplicate; kNoElement: nobody.
    std::string set_id(ElementId node, ElementId message_parent = kNoElement,
                       std::string_view suggested_prefix = {});
    /// document.set_name_id_map().
    void set_name_id_map(ElementId node, const std::string& id, ElementId message_parent,
                         bool is_explicit);
    void note_implicit_target(ElementId target, ElementId message_parent = kNoElement);
    void note_explicit_target(ElementId target, ElementId message_parent = kNoElement);
    [[nodiscard]] bool has_name(std::string_view name) const;
    /// Id that a name stands for; nullptr if the name is unknown or only a duplicate.
    [[nodiscard]] const std::string* id_of(std::string_view name) const;
    /// Element that has the id, or kNoElement.
    [[nodiscard]] ElementId element_of(std::string_view id) const;
    /// Moves an id to another element, or registers it (document.ids[id] = node).
    void set_element(const std::string& id, ElementId node);
    /// Takes an id away (document.ids.pop(id)).
    void forget_id(std::string_view id);
    /// docutils.nodes.dupname(): the name of this element is no longer its own.
    void mark_duplicate(ElementId node, std::string_view name);

    // --- references; the element has the attribute "refname" or "refid" already ---
    void note_refname(ElementId node);
    void note_refid(ElementId node);
    [[nodiscard]] const std::vector<ElementId>& referring_to_name(std::string_view name) const;
    [[nodiscard]] const std::vector<ElementId>& referring_to_id(std::string_view id) const;

    void note_indirect_target(ElementId target);
    void note_anonymous_target(ElementId target);
    void note_autofootnote(ElementId footnote);
    void note_autofootnote_ref(ElementId ref);
    void note_symbol_footnote(ElementId footnote);
    void note_symbol_footnote_ref(ElementId ref);
    void note_footnote(ElementId footnote);
    void note_footnote_ref(ElementId ref);
    void note_citation(ElementId citation);
    void note_citation_ref(ElementId ref);

    /// `name` as written; the last definition wins, with an ERROR for the second.
    void note_substitution_def(ElementId definition, std::string_view name,
                               ElementId message_parent = kNoElement);
    /// Sets "refname" of a substitution_reference.
    void note_substitution_ref(ElementId ref, std::string_view name);
    /// Definition that a reference means: by exact name, else without case. kNoElement: none.
    /// `key` (may be null) gets the name of the definition.
    [[nodiscard]] ElementId find_substitution(std::string_view refname, std::string* key) const;
    /// The same, always without case first (docutils does so inside definitions); the name or null.
    [[nodiscard]] const std::string* substitution_name(std::string_view refname) const;

    /// Of all substitutions and of all elements that a reference can name, sorted; names of
    /// duplicates are among them.
    [[nodiscard]] std::vector<std::string> all_substitutions() const;
    [[nodiscard]] std::vector<std::string> all_names() const;

    /// document.note_pending(); priority < 0: that of the transform (attribute "transform").
    void note_pending(ElementId pending, int priority = -1);

    // --- marks that docutils keeps as Python attributes of its nodes ---
    [[nodiscard]] bool referenced(ElementId node) const { return mark(node, kReferenced); }
    void set_referenced(ElementId node) { set_mark(node, kReferenced); }
    [[nodiscard]] bool resolved(ElementId node) const { return mark(node, kResolved); }
    void set_resolved(ElementId node) { set_mark(node, kResolved); }
    /// Element.note_referenced_by(); pass an empty view for the one that is not meant.
    void note_referenced_by(ElementId node, std::string_view name, std::string_view id);
    /// When `node` is referred to by that name (id), `target` counts as referenced too.
    void expect_reference_by_name(ElementId node, std::string_view name, ElementId target);
    void expect_reference_by_id(ElementId node, std::string_view id, ElementId target);
    /// Moves the expectations of one element to another (target chains).
    void move_expectations(ElementId from, ElementId to);

    /// Line that docutils gives a message about an element (base_node); for Parser::report().
    [[nodiscard]] std::uint32_t line_of(ElementId node) const;
    /// A docutils setting whose value is text.
    [[nodiscard]] bool setting_is_true(std::string_view key, bool otherwise = false) const;
    [[nodiscard]] std::string setting_text(std::string_view key, std::string_view otherwise) const;

    // --- in order of appearance ---
    std::vector<ElementId> indirect_targets, autofootnotes, autofootnote_refs, symbol_footnotes,
        symbol_footnote_refs, footnotes, citations;
    std::vector<Pending> pendings;
    StringMap<std::vector<ElementId>> footnote_refs, citation_refs;
    bool inline_anywhere = false;  ///< setting character_level_inline_markup
    int autofootnote_start = 1;
    int symbol_footnote_start = 0;

  private:
    static constexpr std::uint8_t kReferenced = 1, kResolved = 2;
    struct NameEntry {
        std::string id;  ///< empty: only duplicates have the name (docutils: None)
        bool is_explicit = false;
    };
    struct Expectations {
        StringMap<ElementId> by_name, by_id;
    };

    [[nodiscard]] bool mark(ElementId node, std::uint8_t bit) const {
        return node < marks_.size() && (marks_[node] & bit) != 0;
    }
    /// Where a generated id's element is kept, or nullptr.
    [[nodiscard]] ElementId* find_generated(std::string_view id);
    [[nodiscard]] const ElementId* find_generated(std::string_view id) const {
        return const_cast<Names*>(this)->find_generated(id);
    }
    void set_mark(ElementId node, std::uint8_t bit);
    void set_duplicate_name_id(ElementId node, const std::string& id, const std::string& name,
                               ElementId message_parent, bool is_explicit);
    Parser& parser_;
    const Options& options_;
    StringMap<NameEntry> names_;
    StringMap<ElementId> ids_;  // but for those that generated_ has
    StringMap<std::vector<ElementId>> refnames_, refids_;
    StringMap<ElementId> substitution_defs_;
    StringMap<std::string> substitution_names_;
    /// Elements with the ids `prefix1`, `prefix2`, ...: a text full of mistakes has hundreds of
    /// thousands, which as keys of a map would take most of the time.
    struct Generated {
        /// A prefix that ends with a digit would make the number ambiguous.
        bool plain = true;
        std::vector<ElementId> elements;
    };
    using GeneratedIds = StringMap<Generated>;
    /// Those of a tag's name, such as `problematic-`, remembered.
    [[nodiscard]] std::string kind_prefix() const;
    GeneratedIds::value_type& generated_of(Tag tag);
    GeneratedIds::value_type& generated_from(std::string start);
    GeneratedIds generated_;
    std::vector<GeneratedIds::value_type*> generated_by_tag_;
    std::string id_prefix_, auto_id_prefix_;  // settings
    std::vector<std::uint8_t> marks_;
    std::unordered_map<ElementId, Expectations> expectations_;
    ContentModels content_models_;
};

}  // namespace docathon::rst
