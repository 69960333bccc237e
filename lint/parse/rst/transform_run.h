#pragma once
// TransformRun: what the transforms of one document share: the parser whose tree they change, and
// docutils' ways of changing it (replace_self, findall, update_basic_atts). One file holds the
// transforms of one docutils module.
//
// Lives while apply_transforms() runs.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lint/parse/rst/content_model.h"
#include "lint/parse/rst/parser.h"

namespace docathon::rst {

class TransformRun {
  public:
    explicit TransformRun(Parser& parser)
        : parser_(parser),
          tree_(parser.tree),
          names_(parser.names),
          first_message_(parser.messages.size()) {}

    /// Runs one transform by docutils' class name; `pending` is its start node, or kNoElement.
    /// `named`: the caller asked for it, so what is off by default is on.
    void run(std::string_view name, ElementId pending, bool named);

    /// Defines a substitution that the document does not define itself.
    void define_substitution(std::string_view name);

  private:
    // transforms_references.cpp
    void substitutions();
    void substitute(ElementId ref);
    bool circular_substitution(ElementId ref, const std::string& refname);
    void propagate_targets();
    void anonymous_hyperlinks();
    void external_targets();
    void internal_targets();
    void dangling_references();
    void dangling_reference(ElementId node);
    // transforms_indirect.cpp
    void indirect_hyperlinks();
    void resolve_indirect_target(ElementId target);
    void finish_indirect_target(ElementId target, ElementId reftarget, const std::string& id);
    void indirect_target_error(ElementId target, std::string_view explanation);
    void nonexistent_indirect_target(ElementId target);
    void resolve_indirect_references(ElementId target);
    // transforms_footnotes.cpp
    void footnotes();
    int number_footnotes(int number);
    void number_footnote_references();
    void symbolize_footnotes();
    void resolve_notes(ElementId note, const std::vector<ElementId>& refs);
    void target_notes(ElementId pending);
    // transforms_frontmatter.cpp
    void doc_title();
    void section_subtitle();
    bool promote_subtitle(ElementId node);
    [[nodiscard]] ElementId promotion_candidate(ElementId node) const;
    void doc_info();
    // transforms_parts.cpp
    void class_attribute(ElementId pending);
    void section_numbers(ElementId pending);
    void contents(ElementId pending);
    void transitions();
    // transforms.cpp
    void strip_comments();
    void strip_classes_and_elements();
    void expose_internals();
    void loose_messages();
    void filter_messages();
    void test_messages();
    void admonitions();

    // --- helpers, transforms.cpp ---
    /// All elements of a tag, in document order, at this moment.
    [[nodiscard]] std::vector<ElementId> find_all(Tag tag);
    /// What several transforms ask for, found by one walk; walked again when the tree has changed.
    struct Walked {
        std::uint64_t changes = ~std::uint64_t{0};
        std::vector<ElementId> targets, references, substitution_references, transitions;
        std::vector<ElementId> referential;  ///< of docutils' class Referential
    };
    const Walked& walked();
    /// The next element in document order that is not inside `id`.
    [[nodiscard]] ElementId following(ElementId id) const;
    /// Element.replace_self(): ids, classes and names go to the first new element.
    void replace_self(ElementId old, const std::vector<ElementId>& with);
    /// Puts a problematic element with the source of `ref` in its place, tied to `message`.
    void make_problem(ElementId ref, ElementId message);
    /// Adds what `from` has to the four basic attributes of `to`.
    void add_basic_attributes(ElementId from, ElementId to);
    [[nodiscard]] const std::string* attribute(ElementId id, std::string_view key) const {
        return tree_.attributes(id).find(key);
    }
    [[nodiscard]] bool has(ElementId id, std::string_view key) const {
        return attribute(id, key) != nullptr;
    }
    ElementId text_element(std::string_view text) {
        return tree_.make_text(tree_.keep(text), Range());
    }

    Parser& parser_;
    Tree& tree_;
    Names& names_;
    std::size_t first_message_;  // the first that a transform made
    Walked walked_;
    // Substitutions
    std::vector<ElementId> subrefs_;
    std::vector<std::pair<ElementId, ElementId>> origins_;  // reference, and where it came from
    StringMap<bool> refers_to_itself_;
    std::size_t copied_ = 0;  // elements
    std::size_t most_copied_ = 0;
    std::unordered_map<ElementId, ElementId> class_targets_;  // what is behind pending elements
    // Footnotes
    std::vector<std::string> autofootnote_labels_;
};

/// The items of Python's repr() of a list of strings, as pending details have them.
[[nodiscard]] std::vector<std::string> parse_list_repr(std::string_view repr);
/// The text of Python's repr() of a string; other values as they are.
[[nodiscard]] std::string parse_text_repr(std::string_view repr);

}  // namespace docathon::rst
