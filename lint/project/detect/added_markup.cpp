// Directives and roles that Python files of the project register: a look at the text of the calls,
// nothing is run. Methods: sphinx.application.Sphinx, docutils.parsers.rst.directives and roles.

#include <algorithm>
#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/detect/evidence.h"

namespace docathon::detect_detail {
namespace {

/// What the string arguments of a call name, in order.
enum class Names : std::uint8_t { directive, role, both, domain_directive, domain_role };

struct Call {
    std::string_view method;
    Names names;
};

constexpr std::array kCalls = std::to_array<Call>({
    {"add_directive", Names::directive},
    {"register_directive", Names::directive},
    {"add_role", Names::role},
    {"add_generic_role", Names::role},
    {"register_local_role", Names::role},
    {"register_canonical_role", Names::role},
    {"register_generic_role", Names::role},
    {"add_object_type", Names::both},
    {"add_crossref_type", Names::both},
    {"add_directive_to_domain", Names::domain_directive},
    {"add_role_to_domain", Names::domain_role},
});

/// A string literal at `at` (white space and the name of the parameter before it are passed over);
/// npos behind it if there is none.
std::string_view literal_at(std::string_view text, std::size_t& at) {
    const std::size_t begin = text.find_first_not_of(" \t\r\n", at);
    at = std::string_view::npos;
    if (begin == std::string_view::npos)
        return {};
    std::size_t quote = begin;
    while (quote < text.size() && (is_ascii_alnum(text[quote]) || text[quote] == '_'))
        ++quote;
    if (quote < text.size() && text[quote] == '=')
        ++quote;
    else
        quote = begin;
    if (quote >= text.size() || (text[quote] != '"' && text[quote] != '\''))
        return {};
    const std::size_t end = text.find_first_of(text[quote] == '"' ? "\"\n" : "'\n", quote + 1);
    if (end == std::string_view::npos || text[end] == '\n')
        return {};
    at = end + 1;
    return text.substr(quote + 1, end - quote - 1);
}

/// Adds what one call registers; false if its name is computed.
bool read_call(std::string_view text, std::size_t at, Names names, SphinxSite& site) {
    const std::string first(literal_at(text, at));
    if (at == std::string_view::npos || first.empty())
        return false;
    if (names == Names::directive || names == Names::both)
        site.added_directives.push_back(ascii_lower(first));
    if (names == Names::role)
        site.added_roles.push_back(first);
    if (names != Names::both && names != Names::domain_directive && names != Names::domain_role)
        return true;
    at = text.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos || text[at] != ',')
        return false;
    const std::string second(literal_at(text, ++at));
    if (at == std::string_view::npos || second.empty())
        return false;
    if (names == Names::both) {
        site.added_roles.push_back(second);
        return true;
    }
    auto& to = names == Names::domain_directive ? site.added_directives : site.added_roles;
    const std::string name = names == Names::domain_directive ? ascii_lower(second) : second;
    to.push_back(first + ":" + name);
    // Without the domain where it is the default one; `std` always is.
    if (first == site.primary_domain || first == "std")
        to.push_back(name);
    return true;
}

void read_module(std::string_view text, SphinxSite& site) {
    for (const Call& call : kCalls) {
        const std::string open = std::string(call.method) + "(";
        for (std::size_t at = text.find(open); at != std::string_view::npos;
             at = text.find(open, at + 1)) {
            // A call of a method or of an imported function, and not a longer name.
            const char before = at == 0 ? '\n' : text[at - 1];
            if (is_ascii_alnum(before) || before == '_')
                continue;
            if (text.substr(0, at).ends_with("def "))
                continue;
            if (!read_call(text, at + open.size(), call.names, site))
                site.added_names_known = false;
        }
    }
    // Names as keys: roles.update({...}), a Domain of its own.
    if (text.find("add_domain(") != std::string_view::npos)
        site.added_names_known = false;
}

/// The file of an extension's module: `a.b` is some/folder/a/b.py or some/folder/a/b/__init__.py.
std::vector<std::string> files_of_module(const FileTree& tree, std::string_view module) {
    std::string path(module);
    std::replace(path.begin(), path.end(), '.', '/');
    std::vector<std::string> out;
    const std::string plain = path + ".py";
    const std::string package = path + "/__init__.py";
    for (const std::string& wanted : {plain, package}) {
        for (const FileId id : tree.with_name(basename(wanted))) {
            const std::string& file = tree.file(id).path;
            if (file == wanted || file.ends_with("/" + wanted))
                out.push_back(file);
        }
    }
    // A package registers in any of its modules.
    if (const std::size_t count = out.size(); count > 0 && out.back().ends_with("/__init__.py")) {
        const std::string folder(dirname(out.back()));
        for (const FileEntry& file : tree.files()) {
            if (file.path.ends_with(".py") && dirname(file.path) == folder)
                out.push_back(file.path);
        }
    }
    return out;
}

/// Whether all that the function setup(app) of a conf.py does with `app` is to call methods that
/// add no directives and roles but those that read_module() sees.
bool reads_setup(std::string_view conf) {
    static constexpr std::array kHarmless = std::to_array<std::string_view>(
        {"add_config_value", "add_css_file", "add_js_file", "add_html_theme", "add_lexer",
         "add_post_transform", "add_static_dir", "connect", "emit", "warn"});
    const std::size_t def = conf.starts_with("def setup(") ? 0 : conf.find("\ndef setup(");
    if (def == std::string_view::npos)
        return false;
    const std::size_t open = conf.find('(', def);
    const std::size_t end_of_name = conf.find_first_of(":,)", open);
    if (end_of_name == std::string_view::npos)
        return false;
    const std::string_view app = trim(conf.substr(open + 1, end_of_name - open - 1));
    const std::size_t head = conf.find('\n', open);
    if (app.empty() || head == std::string_view::npos)
        return false;
    // The body ends where a line begins that is not indented.
    std::size_t end = head;
    while (end < conf.size() && (conf[end] == '\n' || conf[end] == '\r') && end + 1 < conf.size() &&
           std::string_view(" \t\r\n#").find(conf[end + 1]) != std::string_view::npos)
        end = std::min(conf.find('\n', end + 1), conf.size());
    const std::string_view body = conf.substr(end_of_name, end - end_of_name);
    // What docstrings say, and which are shown, is up to these.
    for (const std::string_view event : {"autodoc-process-docstring", "autodoc-skip-member"}) {
        if (body.find(event) != std::string_view::npos)
            return false;
    }
    const auto is_word = [](char c) { return is_ascii_alnum(c) || c == '_'; };
    for (std::size_t at = body.find(app); at != std::string_view::npos;
         at = body.find(app, at + app.size())) {
        const std::size_t behind = at + app.size();
        if ((at > 0 && (is_word(body[at - 1]) || body[at - 1] == '.')) ||
            (behind < body.size() && is_word(body[behind])))
            continue;
        if (behind >= body.size() || body[behind] != '.')
            return false;
        const std::size_t open_call = std::min(
            body.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", behind + 1), body.size());
        const std::string_view method = body.substr(behind + 1, open_call - behind - 1);
        const bool seen = std::any_of(kCalls.begin(), kCalls.end(),
                                      [&](const Call& call) { return call.method == method; });
        if (open_call >= body.size() || body[open_call] != '(' ||
            (!seen && std::find(kHarmless.begin(), kHarmless.end(), method) == kHarmless.end()))
            return false;
    }
    return true;
}

}  // namespace

void read_added_markup(const Context& context, std::string_view conf, SphinxSite& site) {
    read_module(conf, site);
    site.setup_known = site.has_setup && reads_setup(conf);
    std::set<std::string> files;
    for (const std::string& module : site.extensions) {
        for (std::string& file : files_of_module(context.tree, module))
            files.insert(std::move(file));
    }
    // Modules beside conf.py, which it may import, and those in folders for extensions.
    for (const FileEntry& file : context.tree.files()) {
        if (!file.path.ends_with(".py"))
            continue;
        const std::string_view folder = dirname(file.path);
        const std::string_view name = basename(folder);
        const bool beside = folder == site.source_dir;
        const bool near = name == "ext" || name == "_ext" || name == "exts" ||
                          name == "extensions" || name == "_extensions" || name == "sphinxext";
        const std::string_view docs = dirname(site.source_dir);
        const bool below = docs.empty() || folder.starts_with(docs);
        if (file.path != site.conf_path && (beside || (near && below)))
            files.insert(file.path);
    }
    constexpr std::size_t kMostFiles = 200;
    constexpr std::size_t kMostBytes = 1u << 20;
    std::size_t count = 0;
    for (const std::string& file : files) {
        if (++count > kMostFiles)
            break;
        const std::optional<std::string> bytes = context.bytes_of(file);
        if (bytes && bytes->size() <= kMostBytes)
            read_module(*bytes, site);
    }
    for (std::vector<std::string>* names : {&site.added_directives, &site.added_roles}) {
        std::sort(names->begin(), names->end());
        names->erase(std::unique(names->begin(), names->end()), names->end());
    }
}

}  // namespace docathon::detect_detail
