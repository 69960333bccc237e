#pragma once
// Directives of docutils, Sphinx, MyST-Parser, MyST-NB and sphinx-design as data: what the argument
// of each is and how its body is read. Static data; unknown names get a default.

#include <cstdint>
#include <string_view>

namespace docathon::markdown {

/// What stands behind the directive's name.
enum class Argument : std::uint8_t {
    none,       ///< nothing: text there is the first line of the body
    title,      ///< inline Markdown
    ignored,    ///< a class, a language, a number, ...: names no target
    image,      ///< path or URL of an image
    include,    ///< path of a file that is read as a part of this one
    literal,    ///< path of a file that is shown
    link,       ///< URL
    reference,  ///< a target by name (button-ref)
    label,      ///< a name that can be referred to
    version,    ///< a version, then inline Markdown
};

/// How the body is read.
enum class Body : std::uint8_t {
    markdown,
    code,  ///< a code block
    math,
    html,     ///< {raw} html
    rst,      ///< {eval-rst}
    toctree,  ///< one entry a line
    opaque,   ///< not ours: CSV, diagrams, YAML
};

struct DirectiveSpec {
    std::string_view name;
    Argument argument = Argument::ignored;
    Body body = Body::markdown;
    bool open_anchors =
        false;  ///< makes anchors that this front end does not know: autodoc, domains
};

/// Row of a directive; never fails: unknown names have a Markdown body and an argument that names
/// nothing. Static lifetime.
[[nodiscard]] const DirectiveSpec& directive_spec(std::string_view name);

/// Whether a MyST role of that name refers to something by name (doc, ref, py:class, ...).
[[nodiscard]] bool is_reference_role(std::string_view name);

}  // namespace docathon::markdown
