#pragma once
// Patterns that name files: our configuration's globs, .gitignore lines and Sphinx's globs. Three
// languages, one matcher: a pattern is compiled to a small automaton whose states are stepped
// together, so matching takes time in proportion to pattern times path, whatever the pattern.
// Everything here owns its data, is const after construction and may be shared by threads.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"

namespace docathon {

namespace glob_detail {

/// The automaton; built and run by glob.cpp only.
class Program {
  public:
    enum class Op : std::uint8_t {
        literal,      // one unit equal to `arg`
        any,          // one unit
        any_line,     // one unit but '\n' (Sphinx: Python's '.')
        any_segment,  // one unit but '/'
        in_class,     // one unit in class `arg`
        split,        // no input: go to `next` and to `arg`
        accept,
    };
    struct Instruction {
        Op op = Op::accept;
        std::uint32_t arg = 0;
        std::uint32_t next = 0;
    };
    struct Class {
        bool negated = false;
        bool slash = false;  // whether it may match '/'
        std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    };
    /// What a unit of text is: a byte (git), or a code point, with bytes that are not valid UTF-8
    /// standing for themselves (all else).
    enum class Units : std::uint8_t { bytes, code_points };

    [[nodiscard]] bool match(std::string_view text) const;

    std::vector<Instruction> code;
    std::vector<Class> classes;
    std::uint32_t start = 0;
    Units units = Units::code_points;
};

}  // namespace glob_detail

/// A glob of the configuration file, matched against a path relative to that file.
///   `*` any run without '/', `?` one character but '/', `[a-z]` `[!a-z]` one character of a set,
///   `{a,b}` one of several, `\x` the character x itself;
///   `**` as a whole component: any number of folders, also none: "**/a" matches "a" and "x/y/a",
///   "a/**" everything below a (not a itself), "a/**/b" also "a/b". Elsewhere `**` is `*`.
/// Anchored at both ends: "*.md" does not match "docs/x.md". A leading "./" or '/' and a trailing
/// '/' mean nothing.
class Glob {
  public:
    /// Errors name what is wrong with the pattern: an open '[' or '{', a '\' at its end, a leading
    /// '!', an empty pattern, more than 4,096 bytes.
    [[nodiscard]] static Result<Glob> compile(std::string_view pattern);

    [[nodiscard]] bool match(std::string_view path) const;
    /// Whether `path` or one of the folders it lies in matches: what `exclude:` means.
    [[nodiscard]] bool match_or_parent(std::string_view path) const;
    /// As it was written.
    [[nodiscard]] const std::string& pattern() const { return pattern_; }

  private:
    Glob() = default;
    std::string pattern_;
    std::string prefix_;    // literal text that every match begins with
    bool literal_ = false;  // the pattern is `prefix_` and nothing else
    glob_detail::Program program_;
};

/// Whether `text` has a character that means something in a Glob.
[[nodiscard]] bool has_glob_characters(std::string_view text);

/// What the patterns of one .gitignore say of one path.
enum class IgnoreVerdict : std::uint8_t {
    none,      ///< no pattern matches: ask the file of the folder above
    ignored,   ///< the last pattern that matches excludes it
    included,  ///< the last pattern that matches begins with '!'
};

/// The patterns of one .gitignore file, as git reads them (gitignore(5), git 2.39: wildmatch with
/// WM_PATHNAME; trailing spaces, escapes, '!', '/' and '**' as there). Case matters.
class GitIgnore {
  public:
    /// `text`: the file's bytes. A byte order mark, comments and empty lines are skipped; a pattern
    /// that git never matches (an open '[') is kept and never matches.
    explicit GitIgnore(std::string_view text);

    /// `path`: relative to the folder of the .gitignore, '/' between components, no '/' at the end.
    /// Says nothing about folders above: a file in an ignored folder is ignored whatever this says.
    [[nodiscard]] IgnoreVerdict match(std::string_view path, bool is_folder) const;
    [[nodiscard]] bool empty() const { return patterns_.empty(); }

  private:
    struct Pattern {
        bool negated = false;
        bool folders_only = false;
        bool name_only = false;  // no '/' in it: compared with the last component
        enum class Kind : std::uint8_t { literal, suffix, automaton } kind = Kind::literal;
        std::string literal;  // whole text; the suffix; or the fixed front of the automaton's text
        glob_detail::Program program;
    };
    std::vector<Pattern> patterns_;
};

/// A glob as Sphinx reads those of exclude_patterns, include_patterns and toctree's :glob:
/// (sphinx.util.matching, Sphinx 9): `*` and `?` do not match '/', `**` matches anything, `[!x]`
/// negates; there is no escape and no '{'. Anchored at both ends.
class SphinxGlob {
  public:
    /// Never fails: an open '[' is a character; a set with a range in the wrong order, which is an
    /// error in Sphinx, matches nothing.
    explicit SphinxGlob(std::string_view pattern);
    /// `path`: relative to the source folder.
    [[nodiscard]] bool match(std::string_view path) const;

  private:
    glob_detail::Program program_;
};

}  // namespace docathon
