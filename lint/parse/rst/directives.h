#pragma once
// Directives of reStructuredText: from the block that the block parser cut out to elements, as
// docutils' Body.run_directive(): which directive it is, its arguments, options and content, all
// checks with docutils' messages, and what the directive builds.
//
// Lifetime: a DirectiveRecord holds Lines and ranges, so the LineSource must outlive it; specs are
// static data or belong to Options.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/lines.h"
#include "lint/parse/rst/tree.h"

namespace docathon::rst {

class Parser;
struct DirectiveSpec;

/// What the block parser knows of a directive when it has found its marker.
struct DirectiveBlock {
    std::string_view name;   ///< as written, before `::`
    Range name_range;        ///< where that is
    Range range;             ///< from `..` (or the name, in a substitution definition) to the end
    std::uint32_t line = 0;  ///< docutils' lineno: of the first line
    /// The block behind `name:: `: get_first_known_indented(match.end(), strip_top=False). The
    /// first line is the rest of the first line, perhaps empty.
    Lines indented;
    /// The same lines as the current state machine has them (docutils' block_text), marker and
    /// indentation included; only looked at while run_directive() runs.
    const Line* block_begin = nullptr;
    const Line* block_end = nullptr;
    ElementId parent = kNoElement;  ///< current node (docutils' state_machine.node)
    /// The substitution definition inside which the directive stands; kNoElement elsewhere.
    ElementId substitution = kNoElement;
    std::string_view substitution_name;  ///< preset of :alt: there
};

/// A piece of a directive's text: the text docutils sees, and where it is.
struct DirectiveText {
    std::string text;
    Range range;  ///< empty range at the directive's name if it is nowhere in the source
    Lines lines;  ///< the same text as lines
};

/// One option as written.
struct DirectiveOption {
    std::string name;     ///< lower case
    Range name_range;     ///< without colons
    DirectiveText value;  ///< empty text and no lines: no value
};

/// How much a directive was understood.
enum class DirectiveState : std::uint8_t {
    known,    ///< arguments, options and content are as read
    bad,      ///< known, but its block has errors: the parts read so far are there
    unknown,  ///< name in no table: nothing is read
};

/// One directive, for what is made of the tree: references, labels, rules.
struct DirectiveRecord {
    std::string name;  ///< as written
    Range name_range;
    Range range;
    std::uint32_t line = 0;
    DirectiveState state = DirectiveState::known;
    const DirectiveSpec* spec = nullptr;  ///< null if unknown
    std::vector<DirectiveText> arguments;
    std::vector<DirectiveOption> options;
    Lines content;
    ElementId element = kNoElement;  ///< what stands for it in the tree, if one element does

    /// The last option of that name, or nullptr.
    [[nodiscard]] const DirectiveOption* option(std::string_view name) const;
};

/// docutils' Body.directive(): runs the directive and returns its elements, not yet attached.
/// Messages about the name are appended to `block.parent` by this function.
[[nodiscard]] std::vector<ElementId> run_directive(Parser& parser, const DirectiveBlock& block);

}  // namespace docathon::rst
