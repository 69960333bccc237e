#pragma once
// Links from notebooks and into them: which readers agree on what, and which do not.

#include <string>
#include <string_view>

#include "lint/core/strings.h"

namespace docathon {

/// What is left of an anchor when nobody minds how its reader spells ids: letters in lower case
/// and digits.
[[nodiscard]] inline std::string folded_anchor(std::string_view id) {
    std::string out;
    for (const char c : id) {
        if (is_ascii_alnum(c) || (c & 0x80) != 0)
            out += ascii_lower(c);
    }
    return out;
}

}  // namespace docathon
