#pragma once
// Names of directives and roles for rules: is one that no table has wrong, or only unknown to us?

#include <string>
#include <string_view>

#include "lint/model/settings.h"

namespace docathon::rules {

enum class NameKind : std::uint8_t { directive, role };

/// What is known of a name that no table has.
struct NameVerdict {
    bool wrong = false;      ///< it does not exist
    std::string suggestion;  ///< the nearest name, empty if there is none
};

/// Judges a name (as written, of rST or MyST). Where conf.py or an extension that we do not know
/// may define names, only a near miss of a known one is wrong.
[[nodiscard]] NameVerdict judge_name(NameKind kind, std::string_view name,
                                     const Settings& settings);

/// Whether docutils, Sphinx, a known extension or the site itself has the name.
[[nodiscard]] bool is_known_name(NameKind kind, std::string_view name, const Settings& settings);

}  // namespace docathon::rules
