#pragma once
// Reads a conf.py as syntax: which values its module level assigns. Nothing is executed, no module
// is imported; what the file computes by other means than literals, joins and a few path functions
// is `unknown` with a reason. The result owns its data.
//
// Paths that start from the file itself (os.path.dirname(__file__), pathlib.Path(".").resolve())
// are known: strings that begin with kRepositoryRoot stand for a path in the repository.
//
// Limits, each answered with `unknown` and not with a failure: 2 MB of text, 100 levels of
// nesting, a budget on the number of values made.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/core/range.h"

namespace docathon {

/// First byte of a string value that is an absolute path inside the repository: "\x02/docs" is the
/// folder docs of the root. Never occurs in other strings.
inline constexpr char kRepositoryRoot = '\x02';

struct PyValue {
    enum class Kind : std::uint8_t {
        unknown,
        none,
        boolean,
        integer,
        floating,
        string,
        list,
        dict
    };

    Kind kind = Kind::unknown;
    bool boolean = false;
    bool partial =
        false;  ///< list, dict: more items may exist, or an item may be absent; why is in `text`
    std::uint8_t depth = 0;  ///< levels of lists and dicts in it
    std::uint16_t file = 0;  ///< index into ConfModule::files: where it was assigned last
    std::uint32_t line = 0;  ///< 1-based line of that assignment
    Range range;             ///< bytes of that statement
    std::int64_t integer = 0;
    double floating = 0;
    std::string text;            ///< a string's value; the reason of an unknown or partial value
    std::vector<PyValue> items;  ///< of a list, tuple or set; values of a dict, in order of `keys`
    std::vector<PyValue> keys;   ///< of a dict, parallel to `items`, each once

    [[nodiscard]] static PyValue make_unknown(std::string reason);
    [[nodiscard]] static PyValue make_string(std::string text);
    [[nodiscard]] static PyValue make_bool(bool value);
    [[nodiscard]] static PyValue make_int(std::int64_t value);
    [[nodiscard]] static PyValue make_list(std::vector<PyValue> items);

    [[nodiscard]] bool is_unknown() const { return kind == Kind::unknown; }
    [[nodiscard]] bool is_none() const { return kind == Kind::none; }
    [[nodiscard]] bool is_bool() const { return kind == Kind::boolean; }
    [[nodiscard]] bool is_int() const { return kind == Kind::integer; }
    [[nodiscard]] bool is_string() const { return kind == Kind::string; }
    [[nodiscard]] bool is_list() const { return kind == Kind::list; }
    [[nodiscard]] bool is_dict() const { return kind == Kind::dict; }
    /// The value under a string key of a dict, or nullptr.
    [[nodiscard]] const PyValue* find(std::string_view key) const;
    /// Neither it nor anything in it is unknown or partial.
    [[nodiscard]] bool fully_known() const;
    /// Why it is not fully known: the first reason in it. Empty if it is.
    [[nodiscard]] std::string why_unknown() const;
};

/// Same kind and same content; places and reasons do not count, and unknowns are never equal.
[[nodiscard]] bool equal(const PyValue& a, const PyValue& b);

/// For people: as Python writes it, unknown parts as `...`, cut after about `limit` bytes. Paths in
/// the repository as "<repository>/docs".
[[nodiscard]] std::string to_text(const PyValue& value, std::size_t limit = 200);

/// The module level of a conf.py after its last line.
struct ConfModule {
    std::vector<std::string> files;  ///< conf_path, then sibling modules that were read
    /// Assigned names, also functions and what is imported by name; imported modules are not here.
    std::map<std::string, PyValue, std::less<>> values;
    bool has_setup = false;  ///< defines setup(app)
    bool syntax_errors = false;
    /// Not empty: names may be assigned that are not in `values`, and why (`from base import *` of
    /// a module that is not here, exec(), too large).
    std::string incomplete;

    /// The value of a name, or nullptr if it is not assigned (see `incomplete`).
    [[nodiscard]] const PyValue* find(std::string_view name) const;
};

/// Bytes of a sibling module (path relative to the root), or nullopt if there is none.
using ModuleReader = std::function<std::optional<std::string>(std::string_view path)>;

/// Reads a conf.py. `conf_path` is relative to the root; `read` answers for modules that it imports
/// (`from redirects import redirects`), at most 4 deep and 16 in all, each once. Never fails.
[[nodiscard]] ConfModule read_conf(std::string_view bytes, std::string conf_path,
                                   const ModuleReader& read = {});

/// Cheap test on the text alone: does it look like a Sphinx conf.py, so that reading it pays?
[[nodiscard]] bool looks_like_sphinx_conf(std::string_view bytes);

/// A string value as a path relative to the root: relative ones are taken from `base`. nullopt if
/// it leaves the repository. `value` must be a string.
[[nodiscard]] std::optional<std::string> repository_path(const PyValue& value,
                                                         std::string_view base);

}  // namespace docathon
