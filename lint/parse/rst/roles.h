#pragma once
// Roles: interpreted text. Which role a name means while one text is parsed (docutils'
// parsers.rst.roles: a registry that `.. role::` and `.. default-role::` change), and what each
// role makes of its text.
//
// A Roles belongs to one Parser. Roles found stay valid as long as it lives.

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/names.h"
#include "lint/parse/rst/tree.h"

namespace docathon::rst {

class Parser;
struct RoleSpec;

enum class RoleKind : std::uint8_t {
    element,  ///< wraps its text into an element of a tag (docutils GenericRole)
    custom,   ///< base of roles made by `.. role::` without another base (inline)
    pep,
    rfc,
    raw,
    code,
    math,
    unimplemented,  ///< known to docutils, and an error (index, target, ...)
    sphinx,         ///< in the tables of Sphinx and extensions: Tag::role
    permissive,     ///< anything, in Mode::permissive
};

struct Role {
    RoleKind kind = RoleKind::custom;
    Tag tag = Tag::inline_element;   ///< of kind element
    const RoleSpec* spec = nullptr;  ///< of kind sphinx
    // What `.. role::` supplied.
    std::vector<std::string> classes;
    std::string format, language;
    bool has_classes = false, has_format = false, has_language = false;

    /// Options that `.. role:: x(this)` takes, sorted: class, and format or language.
    [[nodiscard]] std::span<const std::string_view> option_names() const;
};

/// Canonical name of an English role name ("sup" -> "superscript"); empty if docutils has none.
[[nodiscard]] std::string_view canonical_role(std::string_view lower_case_name);

class Roles {
  public:
    explicit Roles(Parser& parser) : parser_(parser) {}

    /// docutils roles.role(): the role of that name ("" = the default role), or nullptr. `messages`
    /// gets the INFO about an unknown name. The caller reports "Unknown interpreted text role".
    const Role* find(std::string_view name, std::uint32_t line, Range range,
                     std::vector<ElementId>& messages);
    /// `.. role::`: registers a role under a name. Copies it.
    void register_local(std::string_view name, const Role& role);
    /// `.. default-role::`; nullptr restores the one docutils begins with.
    void set_default(const Role* role);

  private:
    const Role* keep(const Role& role);

    Parser& parser_;
    std::deque<Role> kept_;
    StringMap<const Role*> local_;
    const Role* default_ = nullptr;
};

/// What Sphinx' XRefRole makes of its text.
struct RoleText {
    std::string_view title;        ///< empty if the target is the title
    std::string_view target;       ///< without `!` and `~`
    std::size_t target_begin = 0;  ///< offset of the target in the text
    bool explicit_title = false;
    bool no_link = false;  ///< begins with `!`
    bool shorten = false;  ///< `~`: only the last part is shown
};
/// Splits `title <target>`, `!name`, `~a.b`.
[[nodiscard]] RoleText split_role_text(std::string_view text);

}  // namespace docathon::rst
