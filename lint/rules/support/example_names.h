#pragma once
// What names in examples stand for: imports, aliases and instances followed through the blocks of a
// page or a docstring, up to a dotted name of the project's own packages. Shared by the rules of
// examples/ that hold code against the API.

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "lint/model/example_facts.h"
#include "lint/project/api/own_names.h"
#include "lint/rules/check.h"

namespace docathon::rules {

/// What a name is bound to where it is read.
struct ExampleValue {
    enum class Kind : std::uint8_t {
        unknown,
        path,      ///< a dotted name that begins with an own package
        entity,    ///< something of a module of the project
        instance,  ///< of the class `entity`
    };
    Kind kind = Kind::unknown;
    std::string path;
    ApiEntity entity;
    bool imported = true;  ///< false: the name is bound nowhere, and is called as an own package
};

/// Called for what a page's examples say of the project.
struct ExampleVisitor {
    /// An import of an own package.
    std::function<void(const CodeExample&, const ExampleImport&)> import;
    /// A name whose first component is bound to something that is known, or is an own package.
    std::function<void(const CodeExample&, const ExampleName&, const ExampleValue&)> name;
    /// A call of such a name.
    std::function<void(const CodeExample&, const ExampleCall&, const ExampleValue&)> call;
};

/// Walks over the Python examples of the file, group by group; of a diff over what it leaves.
void visit_examples(const ProjectContext& context, const ExampleVisitor& visitor);

/// How far a rule looks for names: what may be meant only where somebody reads it.
[[nodiscard]] inline NameSearch search_for(const Sink& sink) {
    return sink.may_suggest() ? NameSearch::suggestion : NameSearch::verdict;
}

/// `value` with the other components of a name behind it.
[[nodiscard]] NameVerdict resolve_value(const OwnNames& names, const ExampleValue& value,
                                        std::string_view rest, NameSearch search);

/// Range of component `part` of a dotted name that stands in one stretch at `range`.
[[nodiscard]] Range component_range(std::string_view dotted, Range range, std::uint32_t part);
/// A dotted name up to and with component `part`.
[[nodiscard]] std::string_view name_up_to(std::string_view dotted, std::uint32_t part);

/// Whether the page, or the section at `at`, is about other versions than the one at hand:
/// changelogs, migration guides, proposals.
[[nodiscard]] bool is_about_other_versions(const ProjectContext& context, std::uint32_t at);

/// Whether a comment beside the code at `range`, or in one of the three lines above, says that it
/// is wrong on purpose: "# invalid", "# raises ..."
[[nodiscard]] bool is_said_to_fail(const ProjectContext& context, Range range);

/// Whether the text of the page in `range`, or a little before or behind it, says that what stands
/// there is old: "deprecated", "the old use", "replaced by" ...
[[nodiscard]] bool says_that_it_is_old(const ProjectContext& context, Range range);

}  // namespace docathon::rules
