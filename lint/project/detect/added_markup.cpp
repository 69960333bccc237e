// Directives and roles that Python files of the project register: a look at the text of the calls,
// nothing is run. Methods: sphinx.application.Sphinx, docutils.parsers.rst.directives and roles.

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
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

bool in_word(char c) {
    return is_ascii_alnum(c) || c == '_';
}

/// The name of the class that a call names behind the directive, without its module: "" if it is
/// none.
std::string_view class_at(std::string_view text, std::size_t at) {
    at = text.find_first_not_of(" \t\r\n", at);
    if (at == std::string_view::npos || text[at] != ',')
        return {};
    at = text.find_first_not_of(" \t\r\n", at + 1);
    if (at == std::string_view::npos)
        return {};
    std::size_t end = at;
    while (end < text.size() && (in_word(text[end]) || text[end] == '.'))
        ++end;
    const std::string_view name = text.substr(at, end - at);
    if (end >= text.size() || text[end] == '=' || text[end] == '(')
        return {};
    return name.substr(name.rfind('.') == std::string_view::npos ? 0 : name.rfind('.') + 1);
}

/// The keys of the dictionary that begins behind `at`; false if one of them is no literal.
bool read_keys(std::string_view text, std::size_t at, std::vector<std::string>& out) {
    int depth = 1;
    bool key = true;
    while (at < text.size()) {
        const char c = text[at];
        if (c == '#') {
            at = std::min(text.find('\n', at), text.size());
        } else if (c == '"' || c == '\'') {
            std::size_t end = at;
            const std::string_view literal = literal_at(text, end);
            if (end == std::string_view::npos)
                return false;
            at = end;
            if (key && depth == 1)
                out.emplace_back(ascii_lower(literal));
            key = false;
        } else {
            depth += c == '{' || c == '(' || c == '[' ? 1 : 0;
            depth -= c == '}' || c == ')' || c == ']' ? 1 : 0;
            if (depth == 0)
                return c == '}';
            if (c == ',' && depth == 1)
                key = true;
            else if (key && !is_ascii_space(c))
                return false;
            ++at;
        }
    }
    return false;
}

/// The options of a directive's class, whose text begins at `begin`, if its body has an option_spec
/// that names them all: what the classes above it have does not matter then.
bool read_options(std::string_view text, std::size_t begin, std::vector<std::string>& out) {
    // The body ends where a line begins that is not indented.
    std::size_t end = begin;
    do
        end = std::min(text.find('\n', end + 1), text.size());
    while (end + 1 < text.size() &&
           std::string_view(" \t\r\n#)").find(text[end + 1]) != std::string_view::npos);
    const std::string_view body = text.substr(begin, end - begin);
    constexpr std::string_view kSpec = "option_spec";
    const std::size_t spec = body.find(kSpec);
    if (spec == std::string_view::npos || body.find(kSpec, spec + 1) != std::string_view::npos)
        return false;
    const std::size_t line = std::min(body.find('\n', spec), body.size());
    const std::size_t equal = body.find('=', spec);
    const std::size_t open =
        equal < line ? body.find_first_not_of(" \t", equal + 1) : std::string_view::npos;
    return open != std::string_view::npos && body[open] == '{' && read_keys(body, open + 1, out) &&
           !out.empty();
}

/// The options of each of these classes, empty where they are not known, that a text defines.
void read_classes(std::string_view text,
                  std::map<std::string, std::vector<std::string>, std::less<>>& wanted,
                  std::set<std::string, std::less<>>& read) {
    constexpr std::string_view kClass = "class ";
    for (std::size_t at = text.find(kClass); at != std::string_view::npos;
         at = text.find(kClass, at + 1)) {
        if (at > 0 && text[at - 1] != '\n')
            continue;
        const std::size_t begin = at + kClass.size();
        std::size_t end = begin;
        while (end < text.size() && in_word(text[end]))
            ++end;
        const auto found = wanted.find(text.substr(begin, end - begin));
        if (found == wanted.end() || !read.insert(found->first).second)
            continue;
        if (!read_options(text, begin, found->second))
            found->second.clear();
    }
}

/// Names of directives and of the classes that they are registered with.
using Classes = std::vector<std::pair<std::string, std::string>>;

/// Adds what one call registers; false if its name is computed.
bool read_call(std::string_view text, std::size_t at, Names names, SphinxSite& site,
               Classes& classes) {
    const std::string first(literal_at(text, at));
    if (at == std::string_view::npos || first.empty())
        return false;
    if (names == Names::directive || names == Names::both)
        site.added_directives.push_back(ascii_lower(first));
    if (names == Names::directive)
        classes.emplace_back(ascii_lower(first), class_at(text, at));
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

void read_module(std::string_view text, SphinxSite& site, Classes& classes) {
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
            if (!read_call(text, at + open.size(), call.names, site, classes))
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

/// The modules that a text imports names from: `from a.b import X`.
std::vector<std::string> imported_from(std::string_view text) {
    std::vector<std::string> out;
    for (std::string_view line : split_lines(text)) {
        line = trim(line);
        if (!line.starts_with("from "))
            continue;
        line.remove_prefix(5);
        const std::size_t end = line.find(" import");
        if (end != std::string_view::npos && !line.starts_with('.'))
            out.emplace_back(trim(line.substr(0, end)));
    }
    return out;
}

/// Options of directives whose classes are in the project: in the modules that register them, or in
/// those that are imported there. Two classes of one directive have to agree.
void add_options(const Context& context, const Classes& classes,
                 const std::vector<std::string>& texts, SphinxSite& site) {
    constexpr std::size_t kMostClasses = 200;
    constexpr std::size_t kMostModules = 50;
    if (classes.empty() || classes.size() > kMostClasses)
        return;
    std::map<std::string, std::vector<std::string>, std::less<>> options;
    for (const auto& [directive, name] : classes)
        options.try_emplace(name);
    std::set<std::string, std::less<>> read;
    std::set<std::string> modules;
    for (const std::string& text : texts) {
        read_classes(text, options, read);
        for (std::string& module : imported_from(text))
            modules.insert(std::move(module));
    }
    std::size_t count = 0;
    for (const std::string& module : modules) {
        for (const std::string& file : files_of_module(context.tree, module)) {
            if (++count > kMostModules)
                break;
            if (const std::optional<std::string> bytes = context.bytes_of(file))
                read_classes(*bytes, options, read);
        }
    }
    std::set<std::string> unknown;
    for (const auto& [directive, name] : classes) {
        const std::vector<std::string>& own = options.find(name)->second;
        const auto [at, added] = site.added_options.try_emplace(directive, own);
        if (own.empty() || (!added && at->second != own))
            unknown.insert(directive);
    }
    for (const std::string& directive : unknown)
        site.added_options.erase(directive);
}

/// The code with spaces for what stands in strings and comments.
std::string without_strings(std::string_view code) {
    std::string out(code);
    for (std::size_t at = 0; at < code.size();) {
        const char c = code[at];
        std::size_t end = at + 1;
        if (c == '#') {
            end = std::min(code.find('\n', at), code.size());
        } else if (c == '"' || c == '\'') {
            const bool triple = at + 2 < code.size() && code[at + 1] == c && code[at + 2] == c;
            const std::size_t quotes = triple ? 3 : 1;
            end = at + quotes;
            while (end < code.size() && (triple ? code.substr(end, 3) != std::string(3, c)
                                                : code[end] != c && code[end] != '\n'))
                end += code[end] == '\\' ? 2 : 1;
            end = std::min(end + quotes, code.size());
        } else {
            ++at;
            continue;
        }
        for (; at < end; ++at) {
            if (out[at] != '\n')
                out[at] = ' ';
        }
    }
    return out;
}

/// Whether a value of conf.py that setup() sets has no say in what pages and docstrings hold.
bool is_harmless_value(std::string_view name) {
    static constexpr std::array kMatters = std::to_array<std::string_view>(
        {"autodoc", "autosectionlabel", "autosummary", "default_role", "exclude", "extensions",
         "include", "intersphinx", "master_doc", "myst", "napoleon", "nitpick", "numpydoc",
         "primary_domain", "root_doc", "rst_", "source", "suppress", "templates"});
    return !name.empty() &&
           std::none_of(kMatters.begin(), kMatters.end(),
                        [&](std::string_view matters) { return name.starts_with(matters); });
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
    const std::string code = without_strings(body);
    for (std::size_t at = code.find(app); at != std::string::npos;
         at = code.find(app, at + app.size())) {
        const std::size_t behind = at + app.size();
        if ((at > 0 && (in_word(code[at - 1]) || code[at - 1] == '.')) ||
            (behind < code.size() && in_word(code[behind])))
            continue;
        if (behind >= code.size() || code[behind] != '.')
            return false;
        const std::size_t open_call = std::min(
            code.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", behind + 1), code.size());
        const std::string_view method =
            std::string_view(code).substr(behind + 1, open_call - behind - 1);
        if (method == "config" && open_call < code.size() && code[open_call] == '.') {
            std::size_t end_of_value = open_call + 1;
            while (end_of_value < code.size() && in_word(code[end_of_value]))
                ++end_of_value;
            if (is_harmless_value(
                    std::string_view(code).substr(open_call + 1, end_of_value - open_call - 1)))
                continue;
        }
        // What it reads, and which files are pages: those are known by their names.
        constexpr std::array kRead = std::to_array<std::string_view>(
            {"confdir", "doctreedir", "outdir", "srcdir", "tags", "verbosity"});
        if (std::find(kRead.begin(), kRead.end(), method) != kRead.end() ||
            std::string_view(code).substr(behind).starts_with(".registry.source_suffix."))
            continue;
        const bool seen = std::any_of(kCalls.begin(), kCalls.end(),
                                      [&](const Call& call) { return call.method == method; });
        if (open_call >= code.size() || code[open_call] != '(' ||
            (!seen && std::find(kHarmless.begin(), kHarmless.end(), method) == kHarmless.end()))
            return false;
    }
    return true;
}

}  // namespace

void read_added_markup(const Context& context, std::string_view conf, SphinxSite& site) {
    Classes classes;
    std::vector<std::string> texts = {std::string(conf)};
    read_module(conf, site, classes);
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
        if (bytes && bytes->size() <= kMostBytes) {
            read_module(*bytes, site, classes);
            texts.push_back(*bytes);
        }
    }
    add_options(context, classes, texts, site);
    for (std::vector<std::string>* names : {&site.added_directives, &site.added_roles}) {
        std::sort(names->begin(), names->end());
        names->erase(std::unique(names->begin(), names->end()), names->end());
    }
}

}  // namespace docathon::detect_detail
