#include "lint/model/rule.h"

#include <cassert>

namespace docathon {

const Options::Entry& Options::at(const std::string& name) const {
    const auto it = entries.find(name);
    // A check that asks for an option its rule file does not declare is wrong, not its user.
    assert(it != entries.end());
    static const Entry kNothing;
    return it != entries.end() ? it->second : kNothing;
}

}  // namespace docathon
