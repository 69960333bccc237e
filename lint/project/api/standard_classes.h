#pragma once
// Classes of Python's builtins and standard library, as rules/data/python-classes.yaml has them:
// what a class of the project inherits from them, and whether that has a docstring. Read once, when
// first asked for; lives as long as the program.

#include <string_view>
#include <vector>

namespace docathon {

struct StandardClass {
    std::string_view name;    ///< dotted
    bool documented = false;  ///< has a docstring of its own
    std::vector<const StandardClass*> bases;
    struct Member {
        std::string_view name;
        bool documented = false;  ///< has a docstring of its own
        bool method = false;
    };
    std::vector<Member> members;  ///< those that are public
};

/// The class of a dotted name ("builtins.dict", "typing.Mapping"), or nullptr.
[[nodiscard]] const StandardClass* standard_class(std::string_view name);

/// Appends a class and all its bases, the class first, each once.
void add_with_bases(const StandardClass& one, std::vector<const StandardClass*>& out);

}  // namespace docathon
