#pragma once
// DirectiveSpec: what may follow `.. name::` - arguments, options and their types, content - as a
// row of rules/data/directives.yaml says it. MarkupTables: all directives and roles that docutils,
// Sphinx and widely used extensions define.
//
// Lifetime: the built-in tables live as long as the program; views in specs point into the embedded
// YAML text or into the tables.

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace docathon::rst {

/// How docutils or Sphinx converts the value of an option (docutils.parsers.rst.directives).
enum class Convert : std::uint8_t {
    flag,      ///< no value
    text,      ///< any text (unchanged)
    required,  ///< any text, but there must be one (unchanged_required)
    path,
    uri,
    integer,  ///< Python's int()
    nonnegative,
    positive,
    positive_list,
    percentage,
    length,                ///< length_or_unitless
    length_or_percentage,  ///< length_or_percentage_or_unitless
    figure_width,
    classes,  ///< class_option
    encoding,
    character,           ///< single_char_or_unicode
    character_or_space,  ///< single_char_or_whitespace_or_unicode
    choice,              ///< one of the values
    choice_or_none,      ///< one of the values, or none
    widths,              ///< one of the values, or positive_int_list
    integer_or_none,     ///< value_or((None,), int)
    parser,              ///< a parser's name
    any,                 ///< not checked
};

struct OptionSpec {
    std::string_view name;
    Convert convert = Convert::any;
    std::vector<std::string_view> values;  ///< of choices and widths
};

/// How the content of a directive is read.
enum class DirectiveBody : std::uint8_t {
    none,      ///< there must not be any
    rst,       ///< body elements
    titles,    ///< body elements and sections with title styles of their own
    wrapper,   ///< the same, as if it stood where the directive stands
    glossary,  ///< Sphinx' terms and definitions
    raw,       ///< not read
};

struct DirectiveSpec {
    std::string_view name;    ///< canonical
    std::string_view origin;  ///< "docutils", "sphinx", or the extension that defines it
    std::uint8_t required_arguments = 0;
    std::uint8_t optional_arguments = 0;
    bool final_whitespace = false;    ///< final_argument_whitespace
    bool has_options = false;         ///< docutils' option_spec is not empty
    bool any_option = false;          ///< options are accepted unseen
    bool inline_argument = false;     ///< the last possible argument is read as inline markup
    bool argument_next_line = false;  ///< ... and has the line behind the directive's (Sphinx)
    DirectiveBody body = DirectiveBody::none;
    std::vector<OptionSpec> options;

    [[nodiscard]] bool has_content() const { return body != DirectiveBody::none; }
    [[nodiscard]] const OptionSpec* option(std::string_view option_name) const;
};

/// What the text of a role names.
enum class RoleTarget : std::uint8_t {
    none,    ///< text with a look, nothing is named
    object,  ///< an object of a domain
    label,   ///< ref, numref
    document,
    term,
    file,   ///< download
    other,  ///< something else in the project (option, envvar, equation, ...)
    external,
};

struct RoleSpec {
    std::string_view name;  ///< canonical
    std::string_view origin;
    RoleTarget target = RoleTarget::none;
};

/// Tables of names. Lookups take lower-case names.
class MarkupTables {
  public:
    /// Reads the text of directives.yaml and roles.yaml: a map of origins to maps of names, one
    /// entry a line, values in flow style. Lines that cannot be read are left out and counted by
    /// errors(). Both texts must outlive the tables.
    MarkupTables(std::string_view directives_yaml, std::string_view roles_yaml);

    /// The tables embedded in the program; read when they are first asked for.
    [[nodiscard]] static const MarkupTables& built_in();

    /// A directive of docutils by its canonical name or an English alias.
    [[nodiscard]] const DirectiveSpec* docutils_directive(std::string_view name) const;
    /// A directive as Sphinx looks it up: with its domain, in the default domain, in std, then
    /// without domain, of any origin but docutils. Null if only docutils might know it.
    [[nodiscard]] const DirectiveSpec* sphinx_directive(std::string_view name,
                                                        std::string_view domain = "py") const;
    [[nodiscard]] const RoleSpec* docutils_role(std::string_view name) const;
    [[nodiscard]] const RoleSpec* sphinx_role(std::string_view name,
                                              std::string_view domain = "py") const;

    /// All names, sorted, for "did you mean": with their domains, aliases too.
    [[nodiscard]] std::span<const std::string_view> directive_names() const {
        return directive_names_;
    }
    [[nodiscard]] std::span<const std::string_view> role_names() const { return role_names_; }
    /// Whether a name begins with a domain that the tables have ("py:", "cpp:").
    [[nodiscard]] bool has_domain(std::string_view domain) const;

    /// Whether all directives and roles of a Sphinx extension are in the tables.
    [[nodiscard]] bool knows_extension(std::string_view module) const;

    [[nodiscard]] std::size_t errors() const { return errors_; }
    [[nodiscard]] const std::deque<DirectiveSpec>& directives() const { return directives_; }
    [[nodiscard]] const std::deque<RoleSpec>& roles() const { return roles_; }

  private:
    template <class Spec>
    struct Entry {
        std::string_view name;
        const Spec* spec;
    };
    template <class Spec>
    using Names = std::vector<Entry<Spec>>;

    void read_directives(std::string_view yaml);
    void read_roles(std::string_view yaml);
    template <class Spec>
    static const Spec* find(const Names<Spec>& names, std::string_view name);
    template <class Spec>
    static const Spec* find_in_domains(const Names<Spec>& names, std::string_view name,
                                       std::string_view domain);

    std::deque<DirectiveSpec> directives_;
    std::deque<RoleSpec> roles_;
    Names<DirectiveSpec> docutils_directives_, sphinx_directives_;
    Names<RoleSpec> docutils_roles_, sphinx_roles_;
    std::vector<std::string_view> directive_names_, role_names_, domains_, origins_;
    std::size_t errors_ = 0;
};

}  // namespace docathon::rst
