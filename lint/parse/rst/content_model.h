#pragma once
// Content models: which elements may stand in which, as docutils.nodes declares it. Needed because
// docutils puts a message near its cause only where one may stand; and the families of elements
// that transforms ask for.

#include <cstdint>
#include <string>
#include <unordered_map>

#include "lint/parse/rst/tree.h"

namespace docathon::rst {

/// Families of elements (base classes in docutils.nodes).
enum Family : std::uint32_t {
    kBody = 1,  ///< body elements
    kInline = 2,
    kTextElement = 4,  ///< directly contains text
    kInvisible = 8,    ///< comment, target, pending, substitution_definition
    kTargetable = 16,  ///< footnote, citation, target
    kPreBibliographic = 32,
    kTitular = 64,       ///< title, subtitle, rubric
    kReferential = 128,  ///< reference, footnote_reference, citation_reference
    kBibliographic = 256,
};
[[nodiscard]] std::uint32_t families(Tag tag);
[[nodiscard]] inline bool is_a(const Tree& tree, ElementId element, std::uint32_t family) {
    return (families(tree[element].tag) & family) != 0;
}

/// Judges elements while children are appended to them; remembers how far it has come, so that
/// asking after every child takes linear time. Children that are judged must not change later.
class ContentModels {
  public:
    /// Whether the children of `parent` are what its content model allows (Element.validate(),
    /// not recursive). The last child is judged, but not remembered.
    bool allows(const Tree& tree, ElementId parent);

  private:
    struct State {
        ElementId last = kNoElement;  // last child that was judged
        std::uint8_t part = 0;        // of the model
        bool consumed = false;        // a child of that part was there
        bool bad = false;
    };
    static void judge(const Tree& tree, State& state, Tag parent, ElementId child);
    static bool complete(const State& state, Tag parent);

    std::unordered_map<ElementId, State> states_;
};

/// docutils Element.starttag(), as messages quote it.
[[nodiscard]] std::string start_tag(const Tree& tree, ElementId element);

}  // namespace docathon::rst
