#pragma once
// ExampleFacts: the examples of one file, and the names in its running text that look like those of
// code: what rules of scope `project`, which never see source text, need in order to hold
// documentation against the repository. Owned data, a pure function of bytes + Settings + program
// version, so it can be cached. Nothing in here is resolved.
//
// Flat arrays and one pool of text, as in PythonFacts. What belongs to one example are neighbours
// in their array: CodeExample says which. All ranges are bytes of the file, whatever was stripped
// (indentation, quote marks, prompts) before the text was read.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"
#include "lint/model/python_facts.h"
#include "lint/model/script_facts.h"
#include "lint/model/shell_facts.h"

namespace docathon {

enum class CodeLanguage : std::uint8_t {
    none,  ///< not said, and not to be seen
    python,
    shell,  ///< POSIX shells; what Windows reads is `other`
    json,
    yaml,
    toml,
    xml,
    diff,
    text,
    other,  ///< said, and none of these: CodeExample::language_text
};

/// Lower-case name: "none", "python", "shell", ...
[[nodiscard]] std::string_view to_string(CodeLanguage language);

/// How the language was decided.
enum class LanguageOrigin : std::uint8_t {
    none,
    fence,      ///< info string of a fence, or a {code-block} of MyST
    directive,  ///< argument of a directive of reStructuredText, or a directive of one language
    highlight,  ///< a `highlight` directive above
    doctest,    ///< prompts of Python: >>>, In [1]:
    prompt,     ///< prompts of a shell: $
    gallery,    ///< the script itself
    kernel,     ///< that of the notebook
    guess,      ///< nobody says, and the text is that of the language without doubt
};

enum class ExamplePlace : std::uint8_t { page, docstring, gallery, notebook };

namespace example_flag {
inline constexpr std::uint16_t kConsole = 1;  ///< has prompts; pieces hold what was typed
inline constexpr std::uint16_t kSkipped = 2;  ///< `# doctest: +SKIP` or `# xdoctest: +SKIP` in it
inline constexpr std::uint16_t kDiff = 4;     ///< lines begin with + or -; pieces hold what is left
inline constexpr std::uint16_t kMagic = 8;    ///< lines for IPython (%x, !x, x?) were left out
inline constexpr std::uint16_t kTooLarge = 16;  ///< was not read
inline constexpr std::uint16_t kBroken = 32;    ///< Python: brackets or strings are not closed
inline constexpr std::uint16_t kPlaceholder =
    64;                                          ///< holds `...` in place of code, <name> or {{ }}
inline constexpr std::uint16_t kEscapes = 128;   ///< of a docstring that is not raw and has
                                                 ///< backslashes: the code is not what is written
inline constexpr std::uint16_t kUnclosed = 256;  ///< the end of the page closes its fence
inline constexpr std::uint16_t kOutput = 512;    ///< console: lines between are what it prints
inline constexpr std::uint16_t kMixed = 1024;    ///< console: its first line has no prompt
inline constexpr std::uint16_t kJson = 2048;     ///< of a notebook: pieces are the insides of JSON
                                                 ///< strings, and the code is their values
}  // namespace example_flag

/// A run of neighbours in one of the arrays of ExampleFacts.
struct ExampleItems {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// A block of code in a page or docstring. A script of sphinx-gallery is one example.
struct CodeExample {
    CodeLanguage language = CodeLanguage::none;
    LanguageOrigin origin = LanguageOrigin::none;
    ExamplePlace place = ExamplePlace::page;
    std::uint16_t flags = 0;
    /// Examples of one group are read one after the other and share names: those of a page, those
    /// of a docstring.
    std::uint32_t group = 0;
    std::uint32_t docstring = kNoItem;  ///< position in PythonFacts::docstrings
    PyText language_text;               ///< as written, lower case; empty: not written
    Range language_range;               ///< where; empty: not written
    Range range;                        ///< the whole construct, fences included
    ExampleItems pieces;                ///< the code: ExampleFacts::pieces, a line end after each
    ExampleItems imports;
    ExampleItems names;
    ExampleItems bindings;
    ExampleItems calls;
};

/// One name that an import in an example binds. Effective behind `range`.
struct ExampleImport {
    PyText module;           ///< without leading dots; of `import a.b`: "a.b"
    PyText name;             ///< of `from m import name`; "*" for all; empty for `import m`
    PyText alias;            ///< behind `as`; empty: none
    std::uint8_t level = 0;  ///< leading dots
    bool guarded = false;    ///< in a `try`, `if` or function: may be meant to fail
    Range module_range;
    Range name_range;  ///< empty for `import m`
    Range range;       ///< from the first to the last word of what is imported
};

namespace example_name_flag {
inline constexpr std::uint8_t kCalled = 1;   ///< `(` follows
inline constexpr std::uint8_t kStored = 2;   ///< assigned or deleted
inline constexpr std::uint8_t kGuarded = 4;  ///< in a `try`, or beside hasattr()
}  // namespace example_name_flag

/// A name or dotted name that is read in an example. It stands in one stretch, without spaces, so
/// the range of each component follows from the text.
struct ExampleName {
    PyText text;  ///< "torch.nn.Linear"
    Range range;
    std::uint8_t flags = 0;
};

enum class BindingKind : std::uint8_t {
    alias,     ///< x = a.b
    result,    ///< x = a.b(...)
    function,  ///< def x
    class_,    ///< class x
    unknown,   ///< anything else: targets of for and with, parameters, x = 1 + y
};

/// What a name stands for from `at` on, whatever the indentation: a name that a function binds for
/// itself hides one of the page, which makes it unknown, never wrong.
struct ExampleBinding {
    BindingKind kind = BindingKind::unknown;
    PyText name;
    PyText value;          ///< of alias and result: the dotted name
    std::uint32_t at = 0;  ///< end of the statement; of targets of for and lambda its beginning
};

/// A call of a name. Arguments that are unpacked are neither counted nor named.
struct ExampleCall {
    std::uint32_t name = 0;  ///< position in ExampleFacts::names
    std::uint32_t positional = 0;
    bool star = false;         ///< has *x
    bool double_star = false;  ///< has **x
    bool whole = true;         ///< false: not closed, or holds a lone `...`
    ExampleItems keywords;
    Range range;  ///< from the name to the closing bracket
};

struct ExampleKeyword {
    PyText name;
    PyText value;  ///< if it is one word, as written: None, 3, "x"; else empty
    Range range;   ///< the name
};

/// Commands of a shell in one block or code span.
struct ShellText {
    std::uint32_t example = kNoItem;    ///< position in ExampleFacts::examples; kNoItem: a span
    std::uint32_t docstring = kNoItem;  ///< position in PythonFacts::docstrings
    bool guessed = false;               ///< the block names no language
    ExampleItems commands;
};

/// How a name in running text is written.
enum class InlineKind : std::uint8_t {
    code_span,    ///< `x` of Markdown, ``x`` of reStructuredText
    interpreted,  ///< `x` of reStructuredText, without a role
    role,         ///< :role:`x`, {role}`x`: `role` says which
    word,         ///< three names or more in a block of a shell, of settings, or without label
};

enum class InlineShape : std::uint8_t {
    name,    ///< name or dotted name of Python
    path,    ///< has a slash, or ends as files do
    option,  ///< --x
};

/// A code span or the target of a role that could be a name of Python, a path or an option.
struct InlineName {
    InlineKind kind = InlineKind::code_span;
    InlineShape shape = InlineShape::name;
    bool called = false;                ///< `f()`, `f(x)`: the text is that before the bracket
    std::uint32_t docstring = kNoItem;  ///< position in PythonFacts::docstrings
    PyText text;                        ///< without ~, ! and brackets
    PyText role;                        ///< "func", "py:class"; empty: no role
    Range range;                        ///< the text in the source
};

/// An option of a directive, or any name with a value.
struct ExampleOption {
    PyText name;
    PyText value;
    Range range;  ///< of the value; of an option without one the option
};

/// A `literalinclude`: code of another file, or a part of it.
struct IncludedCode {
    PyText target;  ///< as written
    Range range;    ///< of the target
    ExampleItems options;
};

struct ExampleFacts {
    std::string pool;
    std::vector<CodeExample>
        examples;  ///< in source order; of a docstring's those of the docstring
    std::vector<Range> pieces;
    std::vector<ExampleImport> imports;
    std::vector<ExampleName> names;
    std::vector<ExampleBinding> bindings;
    std::vector<ExampleCall> calls;
    std::vector<ExampleKeyword> keywords;
    std::vector<InlineName> inline_names;  ///< in source order
    std::vector<IncludedCode> included;    ///< in source order
    std::vector<ExampleOption> options;    ///< of `included`
    std::vector<ShellText> shell_texts;    ///< in source order
    std::vector<ShellCommand> commands;
    /// Of a Python file: what it says about itself; null if nothing.
    std::shared_ptr<const ScriptFacts> script;

    [[nodiscard]] std::string_view text(PyText piece) const {
        return std::string_view(pool).substr(piece.begin, piece.size);
    }
};

}  // namespace docathon
