#include "lint/parse/rst/roles.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "lint/parse/rst/directive_table.h"
#include "lint/parse/rst/inline.h"
#include "lint/parse/rst/inline_chars.h"
#include "lint/parse/rst/python_text.h"

namespace docathon::rst {

namespace {

/// English names of docutils' roles (parsers.rst.languages.en), sorted.
struct RoleName {
    std::string_view name, canonical;
};
constexpr RoleName kNames[] = {
    {"ab", "abbreviation"},
    {"abbreviation", "abbreviation"},
    {"ac", "acronym"},
    {"acronym", "acronym"},
    {"anonymous-reference", "anonymous-reference"},
    {"citation-reference", "citation-reference"},
    {"code", "code"},
    {"emphasis", "emphasis"},
    {"footnote-reference", "footnote-reference"},
    {"i", "index"},
    {"index", "index"},
    {"literal", "literal"},
    {"math", "math"},
    {"named-reference", "named-reference"},
    {"pep", "pep-reference"},
    {"pep-reference", "pep-reference"},
    {"raw", "raw"},
    {"rfc", "rfc-reference"},
    {"rfc-reference", "rfc-reference"},
    {"strong", "strong"},
    {"sub", "subscript"},
    {"subscript", "subscript"},
    {"substitution-reference", "substitution-reference"},
    {"sup", "superscript"},
    {"superscript", "superscript"},
    {"t", "title-reference"},
    {"target", "target"},
    {"title", "title-reference"},
    {"title-reference", "title-reference"},
    {"uri", "uri-reference"},
    {"uri-reference", "uri-reference"},
    {"url", "uri-reference"},
};

/// docutils' role that exists for tests only: canonical, but without an English name.
constexpr std::string_view kTestRole = "restructuredtext-unimplemented-role";

/// What a canonical name of docutils does; false if there is no such role.
bool make_role(std::string_view canonical, Role& role) {
    struct Generic {
        std::string_view name;
        Tag tag;
    };
    static constexpr Generic kGeneric[] = {
        {"abbreviation", Tag::abbreviation},
        {"acronym", Tag::acronym},
        {"emphasis", Tag::emphasis},
        {"literal", Tag::literal},
        {"strong", Tag::strong},
        {"subscript", Tag::subscript},
        {"superscript", Tag::superscript},
        {"title-reference", Tag::title_reference},
    };
    for (const Generic& generic : kGeneric) {
        if (generic.name == canonical) {
            role.kind = RoleKind::element;
            role.tag = generic.tag;
            return true;
        }
    }
    if (canonical == "pep-reference")
        role.kind = RoleKind::pep;
    else if (canonical == "rfc-reference")
        role.kind = RoleKind::rfc;
    else if (canonical == "raw")
        role.kind = RoleKind::raw;
    else if (canonical == "code")
        role.kind = RoleKind::code;
    else if (canonical == "math")
        role.kind = RoleKind::math;
    else if (canonical == kTestRole || !canonical_role(canonical).empty())
        role.kind = RoleKind::unimplemented;
    else
        return false;
    return true;
}

/// Sphinx defines these otherwise than docutils.
bool is_sphinx_own(std::string_view name) {
    return name == "index" || name == "pep" || name == "rfc" || name == "pep-reference" ||
           name == "rfc-reference";
}

class Runner {
  public:
    Runner(Parser& parser, const Role& role, const RoleCall& call, std::vector<ElementId>& messages)
        : parser_(parser), tree_(parser.tree), role_(role), call_(call), messages_(messages) {}

    ElementId run() {
        switch (role_.kind) {
            case RoleKind::element:
                return text_element(role_.tag);
            case RoleKind::custom:
                return text_element(Tag::inline_element);
            case RoleKind::pep:
                return pep();
            case RoleKind::rfc:
                return rfc();
            case RoleKind::raw:
                return raw();
            case RoleKind::code:
                return code();
            case RoleKind::math:
                return math();
            case RoleKind::unimplemented:
                return problem(3, "Interpreted text role \"" + std::string(call_.name) +
                                      "\" not implemented.");
            case RoleKind::permissive:
                return permissive();
            case RoleKind::sphinx:
                return sphinx();
        }
        return kNoElement;
    }

  private:
    ElementId make(Tag tag) {
        const ElementId element = tree_.make(tag, call_.range);
        tree_[element].content = call_.content;
        tree_[element].source = call_.source;
        return element;
    }
    void add_classes(ElementId element) {
        if (!role_.has_classes)
            return;
        std::vector<std::string>& classes = tree_.edit(element).classes;
        classes.insert(classes.end(), role_.classes.begin(), role_.classes.end());
    }
    /// Text as written, with backslashes.
    void add_written(ElementId element) {
        if (!call_.written.empty())
            tree_.append(element, tree_.make_text(call_.written, call_.content));
    }
    ElementId problem(std::uint8_t level, std::string text, bool with_line = true) {
        const ElementId message = parser_.report(
            level, std::move(text), with_line ? call_.line : kCurrentLine, call_.range);
        const ElementId element =
            make_problematic(parser_, call_.source, call_.range, message, parser_.current_node());
        messages_.push_back(message);
        return element;
    }

    ElementId text_element(Tag tag) {
        const ElementId element = make(tag);
        add_classes(element);
        tree_.append(element, make_escaped_text(tree_, call_.text, call_.content));
        return element;
    }

    ElementId link(std::string text, bool escaped, std::string uri) {
        const ElementId element = make(Tag::reference);
        add_classes(element);
        tree_.edit(element).set("refuri", std::move(uri));
        const std::string_view kept = tree_.keep(text);
        tree_.append(element, escaped ? make_escaped_text(tree_, kept, call_.content)
                                      : tree_.make_text(kept, call_.content));
        return element;
    }

    ElementId pep() {
        std::string error;
        const auto number = python::parse_int(unescape(call_.text), error);
        if (!number || *number < 0 || *number > 9999) {
            return problem(3, "PEP number must be a number from 0 to 9999; \"" +
                                  unescape(call_.text) + "\" is invalid.");
        }
        std::string digits = std::to_string(*number);
        digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
        return link("PEP " + std::string(call_.text), true,
                    parser_.names.setting_text("pep_base_url", "https://peps.python.org/") +
                        "pep-" + digits);
    }

    ElementId rfc() {
        const std::string text = unescape(call_.text);
        // docutils looks for "#" before it resolves escapes.
        const std::size_t hash =
            call_.text.find('#') == std::string_view::npos ? std::string::npos : text.find('#');
        std::string error;
        const auto number = python::parse_int(text.substr(0, hash), error);
        if (!number || *number < 1) {
            return problem(3, "RFC number must be a number greater than or equal to 1; \"" + text +
                                  "\" is invalid.");
        }
        std::string uri =
            parser_.names.setting_text("rfc_base_url", "https://tools.ietf.org/html/") + "rfc" +
            std::to_string(*number) + ".html";
        if (hash != std::string::npos)
            uri += text.substr(hash);
        return link("RFC " + std::to_string(*number), false, std::move(uri));
    }

    ElementId raw() {
        if (!parser_.names.setting_is_true("raw_enabled", true))
            return problem(2, "raw (and derived) roles disabled", false);
        if (!role_.has_format) {
            return problem(
                3, "No format (Writer name) is associated with this role: \"" +
                       std::string(call_.name) +
                       "\".\nThe \"raw\" role cannot be used directly.\nInstead, use the "
                       "\"role\" directive to create a new role with an associated format.");
        }
        const ElementId element = make(Tag::raw);
        tree_[element].line = call_.line;
        add_classes(element);
        tree_.edit(element).set("format", role_.format);
        add_written(element);
        return element;
    }

    /// Without highlighting: docutils' tree depends on Pygments there.
    ElementId code() {
        const ElementId element = make(Tag::literal);
        tree_.edit(element).classes.emplace_back("code");
        add_classes(element);
        std::vector<std::string>& classes = tree_.edit(element).classes;
        if (!role_.language.empty() &&
            std::find(classes.begin(), classes.end(), role_.language) == classes.end())
            classes.push_back(role_.language);
        add_written(element);
        return element;
    }

    ElementId math() {
        const ElementId element = make(Tag::math);
        add_classes(element);
        add_written(element);
        return element;
    }

    ElementId permissive() {
        const ElementId element = make(Tag::inline_element);
        const std::string_view text = tree_.keep(unescape(call_.text));
        if (!text.empty())
            tree_.append(element, tree_.make_text(text, call_.content));
        return element;
    }

    ElementId sphinx() {
        const ElementId element = make(Tag::role);
        std::string name(call_.name);
        // Text in single backticks has the role that the configuration names, if it is that one.
        const std::string& otherwise = parser_.options.default_role;
        if (name.empty() && !otherwise.empty() &&
            parser_.roles.find(otherwise, 0, {}, messages_) == &role_)
            name = otherwise;
        tree_.edit(element).set("name", std::move(name));
        add_classes(element);
        tree_.append(element, make_escaped_text(tree_, call_.text, call_.content));
        return element;
    }

    Parser& parser_;
    Tree& tree_;
    const Role& role_;
    const RoleCall& call_;
    std::vector<ElementId>& messages_;
};

}  // namespace

std::span<const std::string_view> Role::option_names() const {
    static constexpr std::array<std::string_view, 1> kClass = {"class"};
    static constexpr std::array<std::string_view, 2> kFormat = {"class", "format"};
    static constexpr std::array<std::string_view, 2> kLanguage = {"class", "language"};
    if (kind == RoleKind::raw)
        return kFormat;
    if (kind == RoleKind::code)
        return kLanguage;
    return kClass;
}

std::string_view canonical_role(std::string_view name) {
    const RoleName* found = std::lower_bound(
        std::begin(kNames), std::end(kNames), name,
        [](const RoleName& entry, std::string_view key) { return entry.name < key; });
    return found != std::end(kNames) && found->name == name ? found->canonical : std::string_view();
}

const Role* Roles::keep(const Role& role) {
    kept_.push_back(role);
    return &kept_.back();
}

const Role* Roles::find(std::string_view name, std::uint32_t line, Range range,
                        std::vector<ElementId>& messages) {
    if (name.empty()) {
        if (default_ != nullptr)
            return default_;
        const std::string& sphinx_default = parser_.options.default_role;
        if (!sphinx_default.empty()) {
            std::vector<ElementId> silent;
            const std::size_t reported = parser_.messages.size();
            default_ = find(sphinx_default, line, range, silent);
            parser_.messages.resize(reported);  // the configuration is not this text's fault
            if (default_ != nullptr)
                return default_;
        }
        return find("title-reference", line, range, messages);
    }
    const std::string key = lowercase(name);
    const Mode mode = parser_.options.mode;
    const auto local = local_.find(key);
    if (local != local_.end() && !(mode == Mode::permissive && is_sphinx_own(key)))
        return local->second;
    std::string_view canonical = canonical_role(key);
    Role role;
    if (mode == Mode::permissive && (canonical.empty() || is_sphinx_own(key))) {
        role.kind = RoleKind::permissive;
        static const Role kPermissive = role;
        return &kPermissive;
    }
    if (mode == Mode::sphinx) {
        const RoleSpec* spec = MarkupTables::built_in().sphinx_role(key, parser_.default_domain);
        const std::vector<std::string>& own = parser_.options.own_roles;
        // external:py:class and external+name:... are intersphinx's, for any domain.
        if (spec != nullptr || key.starts_with("external:") || key.starts_with("external+") ||
            std::find(own.begin(), own.end(), name) != own.end()) {
            role.kind = RoleKind::sphinx;
            role.tag = Tag::role;
            role.spec = spec;
            return local_.emplace(key, keep(role)).first->second;
        }
    }
    if (canonical.empty()) {
        if (parser_.options.message_elements)
            messages.push_back(parser_.report(
                1,
                "No role entry for \"" + std::string(name) +
                    "\" in module \"docutils.parsers.rst.languages.en\".\nTrying \"" +
                    std::string(name) + "\" as canonical role name.",
                line, range));
        canonical = key;
    }
    if (!make_role(canonical, role))
        return nullptr;
    return local_.emplace(key, keep(role)).first->second;
}

void Roles::register_local(std::string_view name, const Role& role) {
    local_[lowercase(name)] = keep(role);
}

void Roles::set_default(const Role* role) {
    default_ = role;
}

ElementId run_role(Parser& parser, const Role& role, const RoleCall& call,
                   std::vector<ElementId>& messages) {
    return Runner(parser, role, call, messages).run();
}

RoleText split_role_text(std::string_view text) {
    RoleText out;
    if (!text.empty() && text.front() == '!') {
        out.no_link = true;
        text.remove_prefix(1);
        out.target_begin = 1;
    }
    out.target = text;
    const std::size_t open = text.rfind('<');
    if (!text.empty() && text.back() == '>' && open != std::string_view::npos && open > 0 &&
        text[open - 1] != '\0') {
        std::string_view title = python::strip_right(text.substr(0, open));
        if (title.empty())
            title = text.substr(0, 1);
        out.title = title;
        out.explicit_title = true;
        out.target = text.substr(open + 1, text.size() - open - 2);
        out.target_begin += open + 1;
        return out;
    }
    if (!text.empty() && text.front() == '~') {
        out.shorten = true;
        out.target = text.substr(1);
        ++out.target_begin;
    }
    return out;
}

}  // namespace docathon::rst
