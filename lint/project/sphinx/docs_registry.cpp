#include "lint/project/sphinx/docs_registry.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "lint/core/strings.h"
#include "lint/parse/labels.h"
#include "lint/project/api/api_index.h"

namespace docathon {

namespace {

constexpr int kMostLevels = 8;

bool is_dunder(std::string_view name) {
    return name.size() > 4 && name.starts_with("__") && name.ends_with("__");
}

/// "a, b" as names.
std::vector<std::string> list_of(std::string_view text) {
    std::vector<std::string> out;
    for (const std::string_view part : split(text, ',')) {
        if (!trim(part).empty())
            out.emplace_back(trim(part));
    }
    return out;
}

/// What a directive says, or autodoc_default_options for all.
struct AutoOptions {
    bool members = false;
    std::vector<std::string> only;  ///< of :members:, empty for all
    bool undocumented = false;
    bool private_members = false;
    bool special = false;
    std::vector<std::string> special_only;
    bool inherited = false;
    bool imported = false;
    bool ignore_all = false;
    std::set<std::string, std::less<>> exclude;
    bool no_index = false;
};

void read_option(std::string_view name, std::string_view value, AutoOptions& out) {
    const bool all = value.empty() || value == "True" || value == "None";
    if (value == "False")
        return;
    if (name == "members") {
        out.members = true;
        out.only = all ? std::vector<std::string>() : list_of(value);
    } else if (name == "undoc-members") {
        out.undocumented = true;
    } else if (name == "private-members") {
        out.private_members = true;
    } else if (name == "special-members") {
        out.special = true;
        out.special_only = all ? std::vector<std::string>() : list_of(value);
    } else if (name == "inherited-members") {
        out.inherited = true;
        out.members = true;  // all of them, unless :members: names some
    } else if (name == "imported-members") {
        out.imported = true;
    } else if (name == "ignore-module-all") {
        out.ignore_all = true;
    } else if (name == "exclude-members") {
        for (std::string& one : list_of(value))
            out.exclude.insert(std::move(one));
    } else if (name == "no-index" || name == "noindex") {
        out.no_index = true;
    }
}

/// `{'members': True, 'exclude-members': 'a'}` as ConfValue::text has it; false if it is no such
/// thing or was cut.
bool read_defaults(std::string_view text, AutoOptions& out) {
    text = trim(text);
    if (!text.starts_with('{') || !text.ends_with('}'))
        return false;
    text = text.substr(1, text.size() - 2);
    std::size_t at = 0;
    while (true) {
        const std::size_t open = text.find_first_of("'\"", at);
        if (open == std::string_view::npos)
            return true;
        const std::size_t close = text.find(text[open], open + 1);
        const std::size_t colon = text.find(':', close);
        if (close == std::string_view::npos || colon == std::string_view::npos)
            return false;
        const std::string_view name = text.substr(open + 1, close - open - 1);
        std::size_t value = colon + 1;
        while (value < text.size() && text[value] == ' ')
            ++value;
        if (value < text.size() && (text[value] == '\'' || text[value] == '"')) {
            const std::size_t end = text.find(text[value], value + 1);
            if (end == std::string_view::npos)
                return false;
            read_option(name, text.substr(value + 1, end - value - 1), out);
            at = end + 1;
        } else {
            const std::size_t end = std::min(text.find(',', value), text.size());
            read_option(name, trim(text.substr(value, end - value)), out);
            at = end;
        }
    }
}

/// The name of a written signature: "f(a, b) -> c" is "f".
std::string_view name_of(std::string_view signature) {
    return trim(signature.substr(0, signature.find_first_of("([ ")));
}

}  // namespace

class DocsReader {
  public:
    DocsReader(DocsRegistry& out, const ApiIndex& api, std::span<const FileFacts> files)
        : out_(out), api_(api), files_(files) {}

    void read(const DocsPage& page) {
        page_ = page.file;
        module_.clear();
        defaults_ = {};
        numpydoc_ = with_init_ = templates_ = false;
        generate_ = true;
        if (page.site != nullptr) {
            const auto at = page.site->values.find("autodoc_default_options");
            if (at != page.site->values.end() &&
                (!at->second.known || !read_defaults(at->second.text, defaults_)))
                out_.all_open_ = true;
            // They write pages when the site is built.
            for (const std::string& extension : page.site->extensions) {
                if (extension.find("autoapi") != std::string::npos ||
                    extension.find("autodoc2") != std::string::npos ||
                    extension.find("apidoc") != std::string::npos)
                    out_.all_open_ = true;
            }
            const auto has = [&](std::string_view extension) {
                return std::find(page.site->extensions.begin(), page.site->extensions.end(),
                                 extension) != page.site->extensions.end();
            };
            numpydoc_ = has("numpydoc");
            const auto content = page.site->values.find("autoclass_content");
            with_init_ = content != page.site->values.end() &&
                         (content->second.text.find("both") != std::string::npos ||
                          content->second.text.find("init") != std::string::npos);
            templates_ = !page.site->templates_paths.empty();
            const auto summary = page.site->values.find("autosummary_generate");
            generate_ = summary == page.site->values.end() || summary->second.text != "False";
        }
        const std::vector<ApiDirective>& all = page.facts->api_directives;
        std::vector<Context> contents(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            contents[i] = all[i].parent < i ? contents[all[i].parent] : Context();
            directive(all[i], contents[i]);
        }
    }

  private:
    /// What completes a name in the content of a directive (py:module and py:class of Sphinx).
    struct Context {
        std::string module;  ///< if `has_module`, else what the page named last
        bool has_module = false;
        std::string py_class;  ///< "Outer.Inner"; empty outside of classes
    };

    void add(std::string name, bool alias = false) {
        if (name.empty() || silent_)
            return;
        out_.names_.try_emplace(std::move(name), DocsPlace{page_, range_, alias});
    }
    void open(std::string name, bool below) {
        bool& all = out_.open_[std::move(name)];
        all = all || below;
    }

    /// The name as the modules of this project have it: pages may write an outer package that the
    /// build makes, `executorch.exir` where the folder is exir.
    [[nodiscard]] std::string own_name(const std::string& name) const {
        return std::string(api_.inside(name));
    }

    [[nodiscard]] const std::string& module_in(const Context& context) const {
        return context.has_module ? context.module : module_;
    }

    /// An object of a module as a directive in that place names it, by Sphinx'
    /// PyObject.handle_signature; `prefix` is set to what stands before the last part.
    static std::string in_class(const std::string& object, const std::string& py_class) {
        if (py_class.empty() || object == py_class || object.starts_with(py_class + "."))
            return object;
        return py_class + "." + object;
    }

    static std::string in_module(const std::string& object, const std::string& module) {
        return module.empty() ? object : module + "." + object;
    }

    /// `context`: of the place where it stands; set to that of its content.
    void directive(const ApiDirective& one, Context& context) {
        range_ = one.range;
        silent_ = false;
        if (one.name == "currentmodule" || one.name == "module") {
            if (one.arguments.empty())
                return;
            module_ = one.arguments[0] == "None" ? std::string() : own_name(one.arguments[0]);
            silent_ = is_silent(one);
            if (one.name == "module")
                add(module_);
            return;
        }
        out_.any_ = true;
        silent_ = is_silent(one);
        if (one.name.starts_with("auto"))
            automatic(one, context);
        else
            by_hand(one, context);
    }

    static bool is_silent(const ApiDirective& one) {
        return std::any_of(one.options.begin(), one.options.end(), [](const auto& option) {
            return option.first == "no-index" || option.first == "noindex";
        });
    }

    /// What is written counts, whatever the code says.
    void by_hand(const ApiDirective& one, Context& context) {
        const std::string outer = context.py_class;
        std::string module = module_in(context);
        for (const auto& [name, value] : one.options) {
            if (name == "canonical")
                add(own_name(std::string(trim(value))), true);
            if (name == "module")
                module = value;
        }
        for (const std::string& written : one.arguments) {
            std::string name(name_of(written));
            if (name.starts_with("@"))
                name.erase(0, 1);
            if (name.empty())
                continue;
            const std::string object = in_class(name, outer);
            add(own_name(in_module(object, module)));
            if (one.name == "class" || one.name == "exception")
                context.py_class = object;
            else if (outer.empty())
                context.py_class =
                    name.substr(0, std::max<std::size_t>(name.rfind('.') + 1, 1) - 1);
        }
        for (const auto& [name, value] : one.options) {
            if (name == "module") {
                context.module = value;
                context.has_module = true;
            }
        }
    }

    // ---- docstrings that pages show
    // ----------------------------------------------------------------

    /// `name` as it is registered; `object` is what it is without its module.
    void show(std::uint32_t module, std::uint32_t docstring, const std::string& name,
              std::string_view object, bool is_class) {
        if (module == kNoItem || docstring == kNoItem)
            return;
        const PythonFacts& facts = *api_.modules()[module].facts;
        if (docstring >= facts.docstrings.size())
            return;
        ShownDocstring shown;
        shown.module = module;
        shown.docstring = docstring;
        shown.page = page_;
        if (object.size() < name.size())
            shown.py_module =
                name.substr(0, name.size() - object.size() - (object.empty() ? 0 : 1));
        const std::size_t dot = object.rfind('.');
        if (is_class)
            shown.py_class = object;
        else if (dot != std::string_view::npos)
            shown.py_class = object.substr(0, dot);
        const std::string owner = shown.py_class.empty() ? shown.py_module
                                  : shown.py_module.empty()
                                      ? shown.py_class
                                      : shown.py_module + "." + shown.py_class;
        // Once for each name: a docstring may show itself.
        if (described_as_.emplace(module, docstring, owner, silent_).second) {
            by_hand_in(module, facts.docstrings[docstring].content,
                       {shown.py_module, true, shown.py_class});
            if (is_class || object.empty())
                entries_of(facts, docstring, owner);
        }
        out_.shown_.push_back(std::move(shown));
    }

    /// What the docstring at `content` describes by directives of its own; `outer`: where it is
    /// shown.
    void by_hand_in(std::uint32_t module, Range content, const Context& outer) {
        const FileId file = api_.modules()[module].file;
        if (file >= files_.size() || nesting_ == kMostLevels)
            return;
        const std::vector<ApiDirective>& all = files_[file].api_directives;
        const auto first = std::lower_bound(all.begin(), all.end(), content.begin,
                                            [](const ApiDirective& directive, std::uint32_t begin) {
                                                return directive.range.begin < begin;
                                            });
        ++nesting_;
        const bool silent = silent_;
        std::vector<Context> contents;
        for (auto at = first; at != all.end() && at->range.begin < content.end; ++at) {
            const auto parent = static_cast<std::size_t>(all.begin() + at->parent - first);
            contents.push_back(at->parent != kNoItem && parent < contents.size() ? contents[parent]
                                                                                 : outer);
            if (at->name == kInstanceAttribute)
                continue;
            silent_ = silent || is_silent(*at);
            if (at->name.starts_with("auto"))
                automatic(*at, contents.back());
            else
                by_hand(*at, contents.back());
        }
        silent_ = silent;
        --nesting_;
    }

    /// napoleon and numpydoc describe what sections list as attributes and methods.
    void entries_of(const PythonFacts& facts, std::uint32_t docstring, const std::string& owner) {
        const auto first = std::lower_bound(
            facts.doc_sections.begin(), facts.doc_sections.end(), docstring,
            [](const PyDocSection& section, std::uint32_t of) { return section.docstring < of; });
        for (auto section = first;
             section != facts.doc_sections.end() && section->docstring == docstring; ++section) {
            if (section->kind != DocSectionKind::attributes &&
                section->kind != DocSectionKind::methods)
                continue;
            for (std::uint32_t i = 0; i < section->entry_count; ++i) {
                const PyDocEntry& entry = facts.doc_entries[section->first_entry + i];
                const std::string_view name = name_of(facts.text(entry.name));
                if (!name.empty())
                    add(owner + "." + std::string(name));
            }
        }
    }

    /// The same for what a name stands for. Where the module ends in the name, the modules say.
    void show(const ApiEntity& entity, const std::string& name) {
        if (entity.module == kNoItem)
            return;
        std::size_t end = name.size();
        while (end > 0 && api_.find_module(std::string_view(name).substr(0, end)) == kNoItem) {
            const std::size_t dot = name.rfind('.', end - 1);
            end = dot == std::string::npos ? 0 : dot;
        }
        const std::string_view object =
            std::string_view(name).substr(end == 0 ? 0 : std::min(end + 1, name.size()));
        const PythonFacts& facts = *api_.modules()[entity.module].facts;
        if (entity.kind == ApiKind::module) {
            show(entity.module, facts.module_docstring, name, {}, false);
        } else if (entity.assignment != kNoItem) {
            show(entity.module, facts.assignments[entity.assignment].docstring, name, object,
                 false);
        } else if (entity.definition != kNoItem) {
            const bool is_class = entity.kind == ApiKind::class_;
            show(entity.module, facts.definitions[entity.definition].docstring, name, object,
                 is_class);
            if (!is_class)
                return;
            if (numpydoc_)
                open(name, true);  // the tables of members that it writes may make pages
            if (!with_init_)
                return;
            for (const auto& [member, init] : api_.members(entity, false)) {
                if (member == "__init__" && init.definition != kNoItem)
                    show(init.module,
                         api_.modules()[init.module].facts->definitions[init.definition].docstring,
                         name, object, true);
            }
        }
    }

    // ---- autodoc
    // -----------------------------------------------------------------------------------

    /// As by_hand().
    void automatic(const ApiDirective& one, Context& context) {
        if (one.name == "autosummary") {
            summary(one, module_in(context));
            return;
        }
        AutoOptions options = defaults_;
        for (const auto& [name, value] : one.options)
            read_option(name, value, options);
        silent_ = silent_ || options.no_index;
        if (one.arguments.empty()) {
            // An option that we do not know, of an extension perhaps, took the argument away.
            out_.all_open_ = true;
            return;
        }
        std::string written(name_of(one.arguments[0]));
        const std::size_t colons = written.find("::");
        if (colons != std::string::npos)
            written.replace(colons, 2, ".");
        written = own_name(written);
        // Options that could not be read: what it registers there nobody knows.
        const bool unread = std::any_of(one.options.begin(), one.options.end(),
                                        [](const auto& option) { return option.first.empty(); });
        if (one.name == "automodule") {
            module_ = written;
            context = {written, true, {}};
            if (unread)
                return open(written, true);
            add(written);
            const std::uint32_t module = api_.find_module(written);
            if (module != kNoItem)
                show(module, api_.modules()[module].facts->module_docstring, written, {}, false);
            if (options.members && module == kNoItem)
                open(written, true);
            else if (options.members)
                module_members(module, written, options);
            return;
        }
        static constexpr std::array kOfAutodoc = std::to_array<std::string_view>(
            {"autoattribute", "autoclass", "autodata", "autodecorator", "autoexception",
             "autofunction", "automethod", "autoproperty"});
        // A name with dots begins with its module; that of a member with its class.
        const std::string& module = module_in(context);
        const bool member =
            one.name == "automethod" || one.name == "autoattribute" || one.name == "autoproperty";
        const auto dots = std::count(written.begin(), written.end(), '.');
        std::string name = written;
        if (member && dots == 0 && colons == std::string::npos) {
            // Its class is that of the place; of a nested one autodoc takes the outer one for a
            // module.
            if (context.py_class.find('.') != std::string::npos)
                return;
            name = in_class(written, context.py_class);
        }
        if (!module.empty() && colons == std::string::npos && dots <= (member ? 1 : 0))
            name = module + "." + name;
        if (unread ||
            std::find(kOfAutodoc.begin(), kOfAutodoc.end(), one.name) == kOfAutodoc.end()) {
            // Another extension's: what it registers below that name nobody knows.
            open(name, true);
            open(written, true);
            return;
        }
        const ApiEntity entity = api_.resolve(name);
        const std::string of_module = module_of(name, module);
        const std::string object =
            of_module.empty() ? name : name.substr(std::min(of_module.size() + 1, name.size()));
        // In the content of a class all names are the class's.
        name = in_module(in_class(object, context.py_class), of_module);
        add(name);
        show(entity, name);
        if (one.name != "autoclass" && one.name != "autoexception")
            return;
        context = {of_module, true, in_class(object, context.py_class)};
        if (entity.kind == ApiKind::class_ && entity.definition != kNoItem) {
            canonical(entity, name);
            if (options.members)
                class_members(entity, name, options, options.only, 0);
        } else if (options.members) {
            open(name, true);
        }
    }

    /// The module that a dotted name begins with: the longest of the project's, else `written`,
    /// else all but the last part.
    [[nodiscard]] std::string module_of(const std::string& name, const std::string& written) const {
        for (std::size_t end = name.size(); end > 0;) {
            if (api_.find_module(std::string_view(name).substr(0, end)) != kNoItem)
                return name.substr(0, end);
            const std::size_t dot = name.rfind('.', end - 1);
            end = dot == std::string::npos ? 0 : dot;
        }
        if (!written.empty() && name.starts_with(written + "."))
            return written;
        const std::size_t dot = name.rfind('.');
        return dot == std::string::npos ? std::string() : name.substr(0, dot);
    }

    /// A class under another name than its own is registered under its own too.
    void canonical(const ApiEntity& entity, const std::string& name) {
        std::string own = api_.canonical(entity);
        std::replace(own.begin(), own.end(), ':', '.');
        if (own != name)
            add(own, true);
    }

    /// Whether autodoc shows a member; nullopt if only a run shows.
    [[nodiscard]] std::optional<bool> shows(std::string_view name, const ApiEntity& entity,
                                            const AutoOptions& options) const {
        if (options.exclude.contains(name))
            return false;
        if (is_dunder(name)) {
            if (!options.special ||
                (!options.special_only.empty() &&
                 std::find(options.special_only.begin(), options.special_only.end(), name) ==
                     options.special_only.end()))
                return false;
        } else if (name.starts_with('_') && !options.private_members) {
            return false;
        }
        if (options.undocumented)
            return true;
        const int documented = api_.documented_or_inherits(entity);
        if (documented < 0)
            return std::nullopt;
        return documented == 1;
    }

    void module_members(std::uint32_t module, const std::string& name, const AutoOptions& options) {
        bool has_all = false;
        bool known = true;
        const auto all = api_.all(module, has_all, known);
        if (has_all && !known && !options.ignore_all && options.only.empty()) {
            open(name, true);
            return;
        }
        std::vector<std::string_view> names;
        if (!options.only.empty())
            names.assign(options.only.begin(), options.only.end());
        else if (has_all && !options.ignore_all)
            names.assign(all.begin(), all.end());
        else
            names.assign(api_.bound(module).begin(), api_.bound(module).end());
        const bool foreign =
            !options.only.empty() || options.imported || (has_all && !options.ignore_all);
        for (const std::string_view member : names) {
            const ApiEntity entity = api_.name(module, member);
            const std::string full = name + "." + std::string(member);
            if (entity.kind == ApiKind::module)
                continue;
            if (entity.module == kNoItem || entity.kind == ApiKind::unknown) {
                if (foreign)
                    open(full, true);
                continue;
            }
            if (!foreign && entity.module != module)
                continue;
            const std::optional<bool> shown = shows(member, entity, options);
            if (!shown)
                open(full, true);
            if (!shown.value_or(false))
                continue;
            add(full);
            show(entity, full);
            if (entity.kind == ApiKind::class_ && entity.definition != kNoItem) {
                canonical(entity, full);
                class_members(entity, full, options, {}, 0);
            }
        }
    }

    void class_members(const ApiEntity& owner, const std::string& name, const AutoOptions& options,
                       const std::vector<std::string>& only, int depth) {
        if (depth > kMostLevels)
            return;
        instance_attributes(owner, name, options, only);
        for (const auto& [member, entity] :
             api_.members(owner, options.inherited || !only.empty())) {
            if (!only.empty() && std::find(only.begin(), only.end(), member) == only.end())
                continue;
            const std::string full = name + "." + std::string(member);
            std::optional<bool> shown = shows(member, entity, options);
            if (!shown.value_or(false) && !member.starts_with('_') &&
                !options.exclude.contains(member) &&
                described(owner.module, owner.definition, member))
                shown = true;
            if (!shown)
                open(full, true);
            if (!shown.value_or(false))
                continue;
            add(full);
            show(entity, full);
            // `factory = Other` is an attribute, not another place of that class.
            if (entity.kind == ApiKind::class_ && entity.definition != kNoItem &&
                api_.definition(entity)->parent != kNoItem) {
                canonical(entity, full);
                class_members(entity, full, options, {}, depth + 1);
            }
        }
    }

    /// What __init__ of a class, or of its bases, assigns and a comment describes.
    void instance_attributes(const ApiEntity& owner, const std::string& name,
                             const AutoOptions& options, const std::vector<std::string>& only) {
        bool known = true;
        std::vector<ApiEntity> classes = api_.with_bases(owner, known);
        const bool inherited = options.inherited || !only.empty();
        if (options.inherited && !known)
            open(name, true);
        if (!inherited && classes.size() > 1)
            classes.resize(1);
        for (const ApiEntity& one : classes) {
            const FileId file = api_.modules()[one.module].file;
            const Range body = api_.definition(one)->range;
            if (file >= files_.size())
                continue;
            const std::vector<ApiDirective>& all = files_[file].api_directives;
            auto at = std::lower_bound(all.begin(), all.end(), body.begin,
                                       [](const ApiDirective& directive, std::uint32_t begin) {
                                           return directive.range.begin < begin;
                                       });
            for (; at != all.end() && at->range.begin < body.end; ++at) {
                // A class may stand in another.
                if (at->name != kInstanceAttribute || at->parent != one.definition)
                    continue;
                const std::string& attribute = at->arguments[0];
                if ((attribute.starts_with('_') && !options.private_members) ||
                    options.exclude.contains(attribute) ||
                    (!only.empty() && std::find(only.begin(), only.end(), attribute) == only.end()))
                    continue;
                add(name + "." + attribute);
            }
        }
    }

    /// Whether a name of a module or class is assigned with a docstring or comment of its own, so
    /// that it is shown whatever its value is.
    [[nodiscard]] bool described(std::uint32_t module, std::uint32_t scope, std::string_view name) {
        auto [at, fresh] = described_.try_emplace(module);
        if (fresh) {
            const PythonFacts& facts = *api_.modules()[module].facts;
            for (const PyAssignment& one : facts.assignments) {
                if (one.docstring != kNoItem || one.doc_comment)
                    at->second.emplace_back(one.scope, facts.text(one.target));
            }
            std::sort(at->second.begin(), at->second.end());
        }
        return std::binary_search(at->second.begin(), at->second.end(), std::pair(scope, name));
    }

    // ---- autosummary
    // -------------------------------------------------------------------------------

    void summary(const ApiDirective& one, const std::string& module) {
        bool toctree = false;
        bool recursive = false;
        bool own_template = false;
        for (const auto& [name, value] : one.options) {
            toctree = toctree || name == "toctree";
            recursive = recursive || name == "recursive";
            own_template = own_template || name == "template";
        }
        if (!toctree || !generate_)
            return;
        for (std::string_view entry : one.arguments) {
            entry = trim(entry.substr(0, entry.find('(')));
            if (entry.starts_with('~') || entry.starts_with('!'))
                entry.remove_prefix(1);
            std::string name = own_name(std::string(entry));
            if (!module.empty()) {
                const ApiEntity inner = api_.resolve(module + "." + name);
                if (inner.module != kNoItem && inner.kind != ApiKind::unknown)
                    name = module + "." + name;
                else if (const ApiEntity outer = api_.resolve(name);
                         outer.module == kNoItem || outer.kind == ApiKind::unknown)
                    name = module + "." + name;
            }
            stub(name, recursive, own_template, 0);
        }
    }

    /// The page that autosummary writes for an object, by its own templates.
    void stub(const std::string& name, bool recursive, bool own_template, int depth) {
        const ApiEntity entity = api_.resolve(name);
        add(name);
        show(entity, name);
        // A template of the project may list members of classes and modules, and does mostly.
        const bool open_members = own_template || templates_;
        if (entity.module == kNoItem || entity.kind == ApiKind::unknown)
            return open(name, true);
        if (entity.kind == ApiKind::class_ && entity.definition != kNoItem) {
            canonical(entity, name);
            if (open_members)
                open(name, true);
            else
                add(name + ".__init__");
        } else if (entity.kind == ApiKind::module) {
            if (open_members)
                open(name, true);
            if (!recursive || depth > kMostLevels)
                return;
            for (const std::string_view member : api_.bound(entity.module)) {
                const ApiEntity inner = api_.name(entity.module, member);
                if (inner.kind == ApiKind::module && inner.module != kNoItem &&
                    api_.modules()[inner.module].module == name + "." + std::string(member))
                    stub(name + "." + std::string(member), true, own_template, depth + 1);
            }
        }
    }

    DocsRegistry& out_;
    const ApiIndex& api_;
    std::span<const FileFacts> files_;
    FileId page_ = kNoFile;
    Range range_;
    bool silent_ = false;
    int nesting_ = 0;  // of docstrings that show others
    bool numpydoc_ = false;
    bool with_init_ = false;  // docstrings of classes are shown with those of __init__
    bool templates_ = false;
    bool generate_ = true;
    AutoOptions defaults_;
    std::set<std::tuple<std::uint32_t, std::uint32_t, std::string, bool>> described_as_;
    /// By module: scope and name of what is assigned with words of its own, sorted.
    std::map<std::uint32_t, std::vector<std::pair<std::uint32_t, std::string_view>>> described_;
    std::string module_;  // that currentmodule, automodule or module named last
};

namespace {

std::string_view last_part(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

}  // namespace

DocsRegistry::DocsRegistry(std::span<const DocsPage> pages, const ApiIndex& api,
                           std::span<const FileFacts> files) {
    DocsReader reader(*this, api, files);
    for (const DocsPage& page : pages) {
        if (!page.facts->api_directives.empty())
            reader.read(page);
    }
    for (const auto& [name, place] : names_)
        by_last_.push_back(name);
    std::sort(by_last_.begin(), by_last_.end(), [](std::string_view a, std::string_view b) {
        return std::pair(last_part(a), a) < std::pair(last_part(b), b);
    });
    const auto key = [](const ShownDocstring& one) {
        return std::tie(one.module, one.docstring, one.py_module, one.py_class, one.page);
    };
    std::sort(shown_.begin(), shown_.end(),
              [&](const auto& a, const auto& b) { return key(a) < key(b); });
    shown_.erase(std::unique(shown_.begin(), shown_.end(),
                             [&](const auto& a, const auto& b) { return key(a) == key(b); }),
                 shown_.end());
}

std::span<const std::string_view> DocsRegistry::ending_with(std::string_view name) const {
    const auto first = std::lower_bound(
        by_last_.begin(), by_last_.end(), name,
        [](std::string_view one, std::string_view wanted) { return last_part(one) < wanted; });
    auto last = first;
    while (last != by_last_.end() && last_part(*last) == name)
        ++last;
    return {by_last_.data() + (first - by_last_.begin()), static_cast<std::size_t>(last - first)};
}

std::span<const ShownDocstring> DocsRegistry::shown(std::uint32_t module) const {
    const auto first = std::lower_bound(
        shown_.begin(), shown_.end(), module,
        [](const ShownDocstring& one, std::uint32_t wanted) { return one.module < wanted; });
    const auto last = std::upper_bound(
        first, shown_.end(), module,
        [](std::uint32_t wanted, const ShownDocstring& one) { return wanted < one.module; });
    return {shown_.data() + (first - shown_.begin()), static_cast<std::size_t>(last - first)};
}

const DocsPlace* DocsRegistry::find(std::string_view name) const {
    const auto at = names_.find(name);
    return at == names_.end() ? nullptr : &at->second;
}

bool DocsRegistry::may_have(std::string_view name) const {
    if (all_open_)
        return true;
    for (std::string_view at = name; !at.empty(); at = at.find('.') == std::string_view::npos
                                                           ? std::string_view()
                                                           : at.substr(0, at.rfind('.'))) {
        const auto found = open_.find(at);
        if (found != open_.end() && (found->second || at.size() == name.size()))
            return true;
    }
    return false;
}

}  // namespace docathon
