#pragma once
// Dotted names of any package in the Python examples of a file: imports, aliases and what a class
// gives followed through the blocks of a page or docstring. Whether the package has such a name is
// not known here.

#include <functional>
#include <string>

#include "lint/model/example_facts.h"

namespace docathon::rules {

/// Called in the order of the examples; what is empty is not called.
struct PackageNameVisitor {
    /// A page or docstring begins: nothing is bound.
    std::function<void()> group;
    /// A name, and what it stands for. `made` counts the first components of `path` that its first
    /// word is a value of, as made by a call: 2 for `net.run` behind `net = pkg.Net()`; else 0.
    std::function<void(const CodeExample&, const ExampleName&, const std::string& path,
                       std::size_t made)>
        name;
    /// A call of such a name.
    std::function<void(const CodeExample&, const ExampleCall&, const std::string& path)> call;
    /// An absolute import; `path` is the module, or the name in it.
    std::function<void(const CodeExample&, const ExampleImport&, const std::string& path)> import;
};

/// Walks over the examples; diffs, and what was not read, are left out. Names whose import is not
/// seen stand for nothing, but those of torch and torchvision.
void visit_package_names(const ExampleFacts& facts, const PackageNameVisitor& visitor);

}  // namespace docathon::rules
