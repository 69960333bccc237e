#pragma once
// Options of autodoc's directives, as a directive or autodoc_default_options gives them
// (Sphinx 8.2, sphinx.ext.autodoc). Owned data.

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace docathon {

/// What a directive says, or autodoc_default_options for all.
struct AutoOptions {
    bool members = false;
    std::vector<std::string> only;  ///< of :members:, empty for all
    bool undocumented = false;
    bool private_members = false;
    std::vector<std::string> private_only;  ///< empty for all
    bool special = false;
    std::vector<std::string> special_only;
    bool inherited = false;
    std::vector<std::string> not_from;  ///< classes of which nothing is inherited
    bool imported = false;
    bool ignore_all = false;
    std::set<std::string, std::less<>> exclude;
    bool no_index = false;
};

/// Whether the name is one of them.
inline bool is_in(const std::vector<std::string>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Takes over one option; names that autodoc does not have are left out.
void read_option(std::string_view name, std::string_view value, AutoOptions& out);

/// Private and special members that are named count as named members, and inherited members mean
/// all members (autodoc's merge_members_option, Documenter.document_members).
void join_options(AutoOptions& out);

/// `{'members': True, 'exclude-members': 'a'}` as ConfValue::text has it; false if it is no such
/// thing or was cut.
[[nodiscard]] bool read_defaults(std::string_view text, AutoOptions& out);

}  // namespace docathon
