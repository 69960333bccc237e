#pragma once
// PythonFacts: what one Python file declares: modules, classes, functions with their signatures,
// docstrings, imports, assignments and operations on __all__. Owned data, a pure function of bytes
// + Settings + program version, so it can be cached. Nothing in here is resolved: an import names
// what it names, whether or not it exists.
//
// Flat arrays and one pool of text, since a large project has some hundred thousand parameters.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon {

inline constexpr std::uint32_t kNoItem = 0xffffffffu;

/// A piece of PythonFacts::pool.
struct PyText {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    [[nodiscard]] bool empty() const { return size == 0; }
};

enum class ParameterKind : std::uint8_t {
    positional_only,
    positional_or_keyword,
    var_positional,  ///< *args
    keyword_only,
    var_keyword,  ///< **kwargs
};

struct PyParameter {
    ParameterKind kind = ParameterKind::positional_or_keyword;
    PyText name;           ///< without stars
    PyText default_value;  ///< as written
    PyText annotation;     ///< as written
    Range name_range;
    Range default_range;     ///< empty: no default
    Range annotation_range;  ///< empty: none
};

/// An argument of a call or a base of a class.
struct PyArgument {
    PyText keyword;  ///< empty for a positional one; "*" and "**" for those
    PyText value;    ///< as written, cut at 200 bytes; of a decorator at 4,000
    Range range;     ///< of the value
};

struct PyDecorator {
    PyText name;  ///< dotted name, "" if the decorator is not one or a call of one
    Range range;  ///< the expression, without the @
    std::uint32_t first_argument = 0;  ///< of a call; kept for decorators of classes and for
                                       ///< set_module()
    std::uint32_t argument_count = 0;
};

enum class DefinitionKind : std::uint8_t { function, class_ };

namespace definition_flag {
inline constexpr std::uint16_t kAsync = 1;
inline constexpr std::uint16_t kStub = 2;  ///< the body is `...`, `pass`, a docstring or a raise of
                                           ///< NotImplementedError, or several of these
inline constexpr std::uint16_t kWarnsDeprecated = 4;  ///< unconditionally warns of deprecation
inline constexpr std::uint16_t kHasReturn = 8;  ///< `return` with a value, not in a nested def
inline constexpr std::uint16_t kHasYield = 16;
inline constexpr std::uint16_t kInFunction = 32;      ///< somewhere in the body of a function
inline constexpr std::uint16_t kBroken = 64;          ///< the header could not be read in whole
inline constexpr std::uint16_t kReturnsNone = 128;    ///< `return None`, not in a nested def
inline constexpr std::uint16_t kBareReturn = 256;     ///< `return` alone
inline constexpr std::uint16_t kYieldsValue = 512;    ///< a yield of anything but None
inline constexpr std::uint16_t kReturnsValue = 1024;  ///< `return` of anything but None
}  // namespace definition_flag

struct PyDefinition {
    DefinitionKind kind = DefinitionKind::function;
    std::uint16_t flags = 0;
    PyText name;
    PyText returns;                  ///< annotation as written
    std::uint32_t parent = kNoItem;  ///< definition that it stands in, kNoItem = the module
    std::uint32_t branch = kNoItem;  ///< innermost condition that it stands in
    std::uint32_t docstring = kNoItem;
    std::uint32_t first_decorator = 0;
    std::uint32_t decorator_count = 0;
    std::uint32_t first_parameter = 0;
    std::uint32_t parameter_count = 0;
    std::uint32_t first_argument = 0;  ///< bases and keywords of a class
    std::uint32_t argument_count = 0;
    Range name_range;
    Range range;                   ///< from `def`, `async` or `class` to the end of the body
    Range returns_range;           ///< of the annotation behind ->
    Range type_parameters;         ///< with brackets; empty: none
    std::uint32_t line = 0;        ///< 1-based line of `range.begin`
    std::uint32_t first_line = 0;  ///< of the first decorator, or `line`
    std::uint32_t last_line = 0;   ///< of the end of the body
};

namespace docstring_flag {
inline constexpr std::uint16_t kRaw = 1;
inline constexpr std::uint16_t kConcatenated = 2;  ///< of several literals
inline constexpr std::uint16_t kEscapes = 4;       ///< not raw, and holds a backslash
inline constexpr std::uint16_t kAttribute = 8;     ///< of an assignment, not of a definition
inline constexpr std::uint16_t kDeprecated = 16;   ///< holds a `.. deprecated::` directive
inline constexpr std::uint16_t kBlank = 32;        ///< holds nothing but white space
// Fields for autodoc, alone on their lines.
inline constexpr std::uint16_t kMetaPrivate = 64;  ///< `:meta private:`
inline constexpr std::uint16_t kMetaPublic = 128;  ///< `:meta public:`
inline constexpr std::uint16_t kInternal = 256;    ///< `:internal:`
}  // namespace docstring_flag

struct PyDocstring {
    Range literal;  ///< all of it, prefix and quotes included
    Range content;  ///< between the quotes; of several literals from the first to the last
    std::uint32_t owner = kNoItem;  ///< definition (kNoItem = module), or assignment
    std::uint16_t flags = 0;
};

/// How a section of a docstring is written.
enum class DocStyle : std::uint8_t {
    google,  ///< `Args:` and an indented body
    numpy,   ///< `Parameters`, underlined
    sphinx,  ///< `:param x:`
    epydoc,  ///< `@param x:`
};

enum class DocSectionKind : std::uint8_t {
    parameters,  ///< also keyword and other parameters
    attributes,
    methods,
    returns,
    yields,
    receives,
    raises,
    warns,
    see_also,
    notes,
    references,
    examples,
    deprecated,
    other,  ///< Todo, Warning, Tip ...
};

/// A section of a docstring. Fields (`:param x:`) of one kind make one section, wherever they are.
struct PyDocSection {
    DocSectionKind kind = DocSectionKind::other;
    DocStyle style = DocStyle::google;
    bool free_text = false;  ///< holds lines that are no entries, where entries are due
    std::uint32_t docstring = kNoItem;
    std::uint32_t first_entry = 0;
    std::uint32_t entry_count = 0;
    Range title;  ///< the name of the section; of fields the first field's
    Range body;   ///< from the first line of its content to the last
};

/// A parameter, an attribute, a return value or an exception that a docstring describes. Several
/// names before one description (`x, y : int`) make an entry each.
struct PyDocEntry {
    PyText name;           ///< without stars, backslashes and backquotes; empty where there is none
    Range name_range;      ///< as written, stars included
    Range type;            ///< as written; empty: none
    Range body;            ///< the description; empty: none
    bool starred = false;  ///< written with one star or two
    bool type_only = false;  ///< `:type x:` without a `:param x:`
};

/// An exception that a function raises by name: `raise E`, `raise E(...)`; of a bare `raise` what
/// the handler around it catches.
struct PyRaise {
    PyText name;                         ///< dotted name as written
    std::uint32_t definition = kNoItem;  ///< the innermost function or class
    bool again = false;                  ///< by a bare `raise`
    Range range;
};

/// One name that an import binds.
struct PyImport {
    PyText module;           ///< without leading dots; of `import a.b`: "a.b"
    PyText name;             ///< of `from m import name`; "*" for all; empty for `import m`
    PyText alias;            ///< behind `as`; empty: none
    std::uint8_t level = 0;  ///< leading dots
    std::uint32_t scope = kNoItem;
    std::uint32_t branch = kNoItem;
    std::uint32_t statement = 0;  ///< number of the logical line, for the order of bindings
    Range range;                  ///< the name or module in the source
};

enum class AssignmentKind : std::uint8_t {
    value,       ///< x = ...
    annotation,  ///< x: T, without a value
    augmented,   ///< x += ...
    target,      ///< bound by for, with, a walrus or a type statement, or with others in a tuple
    deleted,     ///< del x
};

struct PyAssignment {
    AssignmentKind kind = AssignmentKind::value;
    PyText target;                  ///< name or dotted name
    PyText value;                   ///< as written, cut at 200 bytes
    PyText annotation;              ///< as written
    std::uint32_t scope = kNoItem;  ///< definition, kNoItem = module
    std::uint32_t branch = kNoItem;
    std::uint32_t docstring = kNoItem;  ///< string or `#:` comment
    std::uint32_t statement = 0;
    std::uint32_t line = 0;  ///< 1-based
    Range target_range;
    Range value_range;
    bool doc_comment = false;  ///< a `#:` comment documents it
};

enum class AllOperation : std::uint8_t {
    set,      ///< __all__ = ...
    extend,   ///< += and .extend()
    append,   ///< .append()
    remove,   ///< .remove()
    unknown,  ///< something that cannot be read
};

/// One step of how __all__ is made. Of several parts (`["a"] + m.__all__`) each is an entry; all
/// but the first of a `set` are `extend`. `[x for x in dir() if ...]` is the variable "dir()".
struct PyAll {
    AllOperation operation = AllOperation::set;
    PyText name;          ///< one literal name, or
    PyText module;        ///< the X of X.__all__, or
    PyText variable;      ///< a list of this module that is spread or added
    bool method = false;  ///< by a call: .append(), .extend(), .remove()
    std::uint32_t branch = kNoItem;
    std::uint32_t statement = 0;
    Range range;
};

enum class BranchKind : std::uint8_t {
    if_,
    elif,
    else_,  ///< of if, for, while or try
    try_,
    except,
    finally,
    loop,
    with,
    match,
    case_,
};

/// A block of module or class level that is not always run.
struct PyBranch {
    BranchKind kind = BranchKind::if_;
    PyText test;  ///< condition or exception as written, cut at 200 bytes
    std::uint32_t parent = kNoItem;
    std::uint32_t chain = kNoItem;  ///< first branch of the statement, of which this is an arm
};

/// A call that is a statement of a module; or setattr() in a function (see its reader for more).
struct PyCall {
    PyText function;  ///< dotted name
    std::uint32_t first_argument = 0;
    std::uint32_t argument_count = 0;
    std::uint32_t branch = kNoItem;
    std::uint32_t statement = 0;
    Range range;
};

struct PythonFacts {
    std::string pool;
    std::vector<PyDefinition> definitions;  ///< in source order; a parent before its children
    std::vector<PyParameter> parameters;
    std::vector<PyArgument> arguments;
    std::vector<PyDecorator> decorators;
    std::vector<PyDocstring> docstrings;
    std::vector<PyDocSection> doc_sections;  ///< in the order of their docstrings
    std::vector<PyDocEntry> doc_entries;
    std::vector<PyImport> imports;
    std::vector<PyAssignment> assignments;  ///< of modules and classes
    std::vector<PyAll> all;
    std::vector<PyBranch> branches;
    std::vector<PyCall> calls;
    std::vector<PyRaise> raises;  ///< in source order
    std::uint32_t module_docstring = kNoItem;
    bool stub = false;     ///< a .pyi file
    std::string encoding;  ///< as declared; empty: UTF-8

    [[nodiscard]] std::string_view text(PyText piece) const {
        return std::string_view(pool).substr(piece.begin, piece.size);
    }
};

}  // namespace docathon
