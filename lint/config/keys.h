#pragma once
// Keys: tables that say which keys a YAML map may have, of which type, and where a value goes. The
// same table drives reading, the error messages, "did you mean" and the JSON schema (schema.h), so
// they cannot drift apart. Tables are constexpr and live as long as the program; private to this
// room.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "lint/core/result.h"
#include "lint/core/value.h"
#include "lint/model/config.h"

namespace docathon {

/// What one value must be. Each has a check in keys.cpp and a form in schema.cpp.
enum class KeyType : std::uint8_t {
    boolean,
    integer,   ///< decimal, within `min` .. `max`
    number,    ///< decimal fraction, within `min` .. `max`
    string,    ///< any scalar
    strings,   ///< a scalar or a list of scalars
    line,      ///< a scalar of one line, not empty
    id,        ///< family/name
    glob,      ///< relative to the configuration file
    path,      ///< relative to the file it is written in, inside the repository
    source,    ///< a built-in preset or the path of a file of the repository
    duration,  ///< 120s, 30d
    size,      ///< 512KB, 10MB, or a number of bytes
    choice,    ///< one of `choices`
    status,    ///< an HTTP status or one of `choices`
    version,   ///< the number 1
    rules,     ///< map of selector -> rule setting
    any,       ///< checked by whoever reads it
    object,    ///< map with the keys `children`
    config,    ///< a whole configuration, as in a rule's example
    content,   ///< what is in a file: a string, or {hex: "ff fe"} for bytes that YAML cannot hold
};

/// How many values, and how they are held.
enum class Shape : std::uint8_t { one, list, map, map_of_lists };

class Reader;

/// Takes a value that passed its check. For an object: called before its children are read, returns
/// what they are written to (they may have no readers). For a list or map of objects: called for
/// each, with its name in a map. `out` is of the type that the table was made for.
using ReadFunction = void* (*)(const Value& value, const Value* name, void* out, Reader& reader);

struct Key {
    std::string_view name;
    Shape shape = Shape::one;
    KeyType type = KeyType::string;
    std::string_view help;  ///< one line, shown by editors
    ReadFunction read = nullptr;
    std::span<const Key> children = {};
    std::span<const std::string_view> choices = {};
    bool required = false;
    std::int64_t min = 0;
    std::int64_t max = 0xffffffff;
};

/// Walks a Value along a table, collects every error with its place and fills what is right.
class Reader {
  public:
    /// `path` is the file that is read, relative to the root. At most kMaxErrors are kept.
    Reader(std::string path, std::vector<Error>& errors);

    /// Reads `value`, which must be a map (or null, if no key is required). `what` names it in
    /// messages: "" for the top of a file.
    void read(const Value& value, std::span<const Key> keys, void* out, std::string_view what = {});
    /// Reads a `rules:` map into `out`.
    void read_rules(const Value& value, std::vector<RuleSetting>& out);
    /// Reports `message` at the place of `at`.
    void error(const Value& at, std::string message);
    /// Adds an error that another reader made.
    void add(Error error);
    /// True if a required `version` may be left out (configurations inside rule examples).
    void set_version_optional(bool optional) { version_optional_ = optional; }
    /// Whether `entry` fits `key` as a single value; reports it if not. Null never fits.
    bool check(const Value& entry, const Key& key, std::string_view what);

    /// Sorts the errors by place, appends them to `all` if given, returns the first. There must be
    /// one.
    Error finish(std::vector<Error>* all = nullptr);

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] ConfigPlace place(const Value& at) const { return {path_, at.line, at.column}; }
    [[nodiscard]] std::size_t error_count() const { return errors_.size(); }

    static constexpr std::size_t kMaxErrors = 100;

  private:
    bool check_shape(const Value& value, const Key& key, std::string_view what);
    void read_key(const Value& value, const Key& key, void* out, std::string_view what);

    std::string path_;
    std::string folder_;
    std::vector<Error>& errors_;
    bool version_optional_ = false;
};

// ---------------------------------------------------------------------------------------------
// Small tools that all readers of this room share.

/// parse_yaml() of one document, with a hint where '*' was meant as a character: globs and the
/// selector of all rules begin with it, and for YAML it begins an alias.
[[nodiscard]] Result<Value> read_yaml(std::string_view text, std::string_view path);
/// `text` in single quotes on one line: control characters escaped, cut after 80 bytes.
[[nodiscard]] std::string quote(std::string_view text);
/// "; did you mean 'x'?" for the candidate that is nearest to `name`, or "".
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       std::span<const std::string_view> candidates);
[[nodiscard]] std::string did_you_mean(std::string_view name,
                                       const std::vector<std::string>& candidates);
/// "a, b or c".
[[nodiscard]] std::string one_of(std::span<const std::string_view> choices);
[[nodiscard]] std::string one_of(const std::vector<std::string>& choices);
/// "a list", "a map", "nothing" or the quoted scalar.
[[nodiscard]] std::string describe(const Value& value);
/// True for [a-z0-9-]+/[a-z0-9-]+ where both parts begin with a letter.
[[nodiscard]] bool is_rule_id(std::string_view id);
/// Bytes of "10MB" (KB, MB, GB are powers of 1024, as are KiB, MiB, GiB); false if it is no size.
[[nodiscard]] bool parse_size(std::string_view text, std::uint64_t& bytes);
/// Seconds of "120s", "5m", "12h", "30d", "2w", with "ms" rounded up; false if it is no duration.
[[nodiscard]] bool parse_duration(std::string_view text, std::uint64_t& seconds);
/// The same in milliseconds.
[[nodiscard]] bool parse_milliseconds(std::string_view text, std::uint64_t& milliseconds);
/// A decimal number such as 0.98, independent of the locale; false if it is none.
[[nodiscard]] bool parse_number(std::string_view text, double& number);

/// The bytes of a file in an example: a string, or {hex: "66 ff"}; false if it is neither.
[[nodiscard]] bool read_content(const Value& value, std::string& bytes);

// ---------------------------------------------------------------------------------------------
// Readers for table entries: `store<&Config::exclude>`.

void put(const Value& value, std::string& out);
void put(const Value& value, bool& out);
void put(const Value& value, double& out);
void put(const Value& value, Value& out);
void put(const Value& value, std::vector<std::string>& out);
void put(const Value& value, std::map<std::string, std::string>& out);
void put(const Value& value, std::map<std::string, std::vector<std::string>>& out);

template <class T>
struct MemberTraits;
template <class Class, class Member>
struct MemberTraits<Member Class::*> {
    using Owner = Class;
};

/// Reads a value into a member of the object that the table is made for.
template <auto kMember>
void* store(const Value& value, const Value* /*name*/, void* out, Reader& /*reader*/) {
    using Owner = typename MemberTraits<decltype(kMember)>::Owner;
    put(value, static_cast<Owner*>(out)->*kMember);
    return nullptr;
}

/// Lets the children of an object be read into a member of the object that the table is made for.
template <auto kMember>
void* enter(const Value& /*value*/, const Value* /*name*/, void* out, Reader& /*reader*/) {
    using Owner = typename MemberTraits<decltype(kMember)>::Owner;
    return &(static_cast<Owner*>(out)->*kMember);
}

/// Lets the children of each object in a list be read into a new last element of a member.
template <auto kMember>
void* append(const Value& /*value*/, const Value* /*name*/, void* out, Reader& /*reader*/) {
    using Owner = typename MemberTraits<decltype(kMember)>::Owner;
    return &(static_cast<Owner*>(out)->*kMember).emplace_back();
}

}  // namespace docathon
