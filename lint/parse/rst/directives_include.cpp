// Directive include. No file is opened: the record says what is included. What docutils' own
// definition files (`<isonum.txt>`) define is known, though: names of substitutions and roles.

#include <array>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"
#include "lint/parse/rst/directive.h"
#include "lint/parse/rst/names.h"
#include "lint/parse/rst/python_text.h"
#include "lint/parse/rst/roles.h"

namespace docathon::rst {

namespace {

struct Definitions {
    std::string_view file;
    std::string_view names;
};

constexpr std::array kSubstitutions = std::to_array<Definitions>({
#include "lint/parse/rst/standard_substitutions.inc"
});

constexpr std::array kRoles = std::to_array<Definitions>({
    {"html-roles.txt", "b bdi del dfn i ins kbd mark q samp small u s var"},
    {"s5defs.txt",
     "black gray silver white maroon red magenta fuchsia pink orange yellow lime green olive teal "
     "cyan aqua blue navy purple huge big small tiny slide outline print handout incremental"},
});

/// `amp=26` or `bne=3D+20E5`: the name, and the text it stands for.
std::string_view split_definition(std::string_view entry, std::string& text) {
    // A name may hold "=", a code point may not.
    const std::size_t equals = entry.rfind('=');
    for (const std::string_view code : split(entry.substr(equals + 1), '+')) {
        char32_t value = 0;
        for (const char c : code)
            value = value * 16 + static_cast<char32_t>(hex_digit(c));
        append_utf8(text, value);
    }
    return entry.substr(0, equals);
}

void define_substitutions(Directive& d, std::string_view names) {
    Tree& tree = d.parser.tree;
    for (const std::string_view entry : split(trim(names), ' ')) {
        std::string text;
        const std::string_view name = split_definition(entry, text);
        const ElementId definition =
            tree.make(Tag::substitution_definition, d.block.range, d.node_line());
        tree.edit(definition).names.emplace_back(name);
        tree.append(definition, tree.make_text(tree.keep(text), d.arguments.front().range));
        d.parser.names.note_substitution_def(definition, name);
    }
}

void define_roles(Directive& d, std::string_view names) {
    for (const std::string_view name : split(names, ' ')) {
        Role role;
        role.classes.emplace_back(name);
        role.has_classes = true;
        d.parser.roles.register_local(name, role);
    }
}

}  // namespace

Elements run_include(Directive& d) {
    if (!d.setting("file_insertion_enabled", d.parser.options.file_insertion))
        return d.fail(2, "\"" + d.name() + "\" directive disabled.");
    const std::string_view path = trim(d.arguments.front().text);
    const bool literal = d.option("literal") != nullptr || d.option("code") != nullptr;
    if (literal || path.size() < 2 || path.front() != '<' || path.back() != '>')
        return {};
    const std::string_view file = path.substr(1, path.size() - 2);
    for (const Definitions& definitions : kSubstitutions) {
        if (definitions.file == file) {
            define_substitutions(d, definitions.names);
            return {};
        }
    }
    for (const Definitions& definitions : kRoles) {
        if (definitions.file == file) {
            define_roles(d, definitions.names);
            return {};
        }
    }
    if (file == "README.rst")
        return {};
    return d.fail(4, "Problems with \"" + d.name() +
                         "\" directive path:\nInputError: [Errno 2] No such file or directory: " +
                         python::repr(file) + ".");
}

}  // namespace docathon::rst
