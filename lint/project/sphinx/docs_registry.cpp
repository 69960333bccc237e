#include "lint/project/sphinx/docs_registry.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "lint/core/path.h"
#include "lint/core/source_file.h"
#include "lint/core/strings.h"
#include "lint/parse/labels.h"
#include "lint/parse/parse.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/standard_classes.h"
#include "lint/project/sphinx/auto_options.h"
#include "lint/project/sphinx/stub_template.h"
#include "lint/project/sphinx/stub_values.h"

namespace docathon {

namespace {

constexpr int kMostLevels = 8;

bool is_dunder(std::string_view name) {
    return name.size() > 4 && name.starts_with("__") && name.ends_with("__");
}

/// The name of a written signature: "f(a, b) -> c" is "f".
std::string_view name_of(std::string_view signature) {
    return trim(signature.substr(0, signature.find_first_of("([ ")));
}

}  // namespace

class DocsReader {
  public:
    DocsReader(DocsRegistry& out, const ApiIndex& api, std::span<const FileFacts> files,
               const DocsRegistry::Read& read)
        : out_(out), api_(api), files_(files), read_(read) {}

    void read(const DocsPage& page) {
        page_ = page.file;
        module_.clear();
        defaults_ = {};
        entries_ = pallets_ = with_init_ = false;
        generate_ = inherit_ = true;
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
            // Only napoleon makes objects of what sections list.
            const auto ivar = page.site->values.find("napoleon_use_ivar");
            entries_ = has("sphinx.ext.napoleon") &&
                       (ivar == page.site->values.end() || ivar->second.text != "True");
            pallets_ = has("pallets_sphinx_themes");
            const auto content = page.site->values.find("autoclass_content");
            with_init_ = content != page.site->values.end() &&
                         (content->second.text.find("both") != std::string::npos ||
                          content->second.text.find("init") != std::string::npos);
            const auto inherit = page.site->values.find("autodoc_inherit_docstrings");
            inherit_ = inherit == page.site->values.end() || inherit->second.text != "False";
            template_folders_.clear();
            for (const std::string& folder : page.site->templates_paths)
                template_folders_.push_back(join_path(page.site->source_dir, folder));
            const auto summary = page.site->values.find("autosummary_generate");
            generate_ = summary == page.site->values.end() || summary->second.text != "False";
        }
        read_directives(page.facts->api_directives);
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

    void read_directives(const std::vector<ApiDirective>& all) {
        std::vector<Context> contents(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            contents[i] = all[i].parent < i ? contents[all[i].parent] : Context();
            directive(all[i], contents[i]);
        }
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
        if (nesting_ == 0)
            range_ = one.range;  // else that of the directive that the page has
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
        if (one.name == kOtherDirective) {
            // What it makes of an object of the project nobody knows.
            const std::string name = own_name(one.arguments.empty() ? "" : one.arguments[0]);
            if (api_.resolve(name).module != kNoItem)
                open(module_in(context).empty() ? name : module_in(context), true);
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
            if (entries_ && (is_class || object.empty()))
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

    /// napoleon describes what sections list as attributes and methods.
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
        join_options(options);
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
        // Options that could not be read, one of them misspelt perhaps, so that Sphinx makes
        // nothing of the directive. One finding says so: references to all that it could show are
        // none.
        const bool unread = std::any_of(one.options.begin(), one.options.end(),
                                        [](const auto& option) { return option.first.empty(); });
        if (unread)
            options.members = options.undocumented = options.inherited = true;
        if (one.name == "automodule") {
            module_ = written;
            context = {written, true, {}};
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
        if (std::find(kOfAutodoc.begin(), kOfAutodoc.end(), one.name) == kOfAutodoc.end()) {
            // Another extension's: what it registers below that name nobody knows.
            open(name, true);
            // Perhaps it does not take the module that the page named last.
            if (const ApiEntity known = api_.resolve(name);
                known.module == kNoItem || known.kind == ApiKind::unknown)
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
            if (!has_own_name(entity, name))
                return;
            canonical(entity, name);
            if (options.members)
                class_members(entity, name, options, options.only, 0);
        } else if (options.members) {
            open(name, true);
        }
    }

    /// The module that the name of an object begins with: the longest of the project's, else
    /// `written`, else all but the last part. Never the whole name: a function may be called as a
    /// module beside it.
    [[nodiscard]] std::string module_of(const std::string& name, const std::string& written) const {
        for (std::size_t end = name.rfind('.'); end != std::string::npos && end > 0;
             end = name.rfind('.', end - 1)) {
            if (api_.find_module(std::string_view(name).substr(0, end)) != kNoItem)
                return name.substr(0, end);
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

    /// Whether a class is named as where it is defined: else it is shown as an attribute, an alias
    /// without members.
    [[nodiscard]] bool has_own_name(const ApiEntity& entity, std::string_view name) const {
        const PythonFacts& facts = *api_.modules()[entity.module].facts;
        return name.substr(name.rfind('.') + 1) ==
               facts.text(facts.definitions[entity.definition].name);
    }

    /// What fields of its docstring tell autodoc.
    [[nodiscard]] std::uint16_t flags_of(const ApiEntity& entity) const {
        if (entity.module == kNoItem)
            return 0;
        const PythonFacts& facts = *api_.modules()[entity.module].facts;
        std::uint32_t docstring = kNoItem;
        if (entity.definition != kNoItem)
            docstring = facts.definitions[entity.definition].docstring;
        else if (entity.assignment != kNoItem)
            docstring = facts.assignments[entity.assignment].docstring;
        return docstring < facts.docstrings.size() ? facts.docstrings[docstring].flags
                                                   : std::uint16_t{0};
    }

    /// Whether autodoc shows a member; nullopt if only a run shows. `documented`: as
    /// ApiIndex::documented_in(); `named`: the directive names the members that it wants
    /// (Documenter.filter_members).
    [[nodiscard]] std::optional<bool> shows(std::string_view name, std::uint16_t flags,
                                            int documented, const AutoOptions& options,
                                            bool named) const {
        if (options.exclude.contains(name) ||
            (pallets_ && (flags & docstring_flag::kInternal) != 0))
            return false;
        if (!named && is_dunder(name)) {
            if (!options.special ||
                (!options.special_only.empty() && !is_in(options.special_only, name)))
                return false;
        } else if (!named) {
            const bool is_private =
                (flags & docstring_flag::kMetaPrivate) != 0 ||
                ((flags & docstring_flag::kMetaPublic) == 0 && name.starts_with('_'));
            if (is_private && (!options.private_members || (!options.private_only.empty() &&
                                                            !is_in(options.private_only, name))))
                return false;
        }
        if (options.undocumented)
            return true;
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
            const std::optional<bool> shown = shows(
                member, flags_of(entity),
                inherit_ ? api_.documented_or_inherits(entity) : api_.documented_itself(entity),
                options, !options.only.empty());
            if (!shown)
                open(full, true);
            if (!shown.value_or(false))
                continue;
            // Of values autodoc shows those that have words, and classes and functions.
            if (entity.assignment != kNoItem && !described(entity.module, kNoItem, member) &&
                !api_.names_class(entity)) {
                if (!is_plain_value(entity))
                    open(full, true);
                continue;
            }
            add(full);
            show(entity, full);
            if (entity.kind == ApiKind::class_ && entity.definition != kNoItem &&
                has_own_name(entity, full)) {
                canonical(entity, full);
                class_members(entity, full, options, {}, 0);
            }
        }
    }

    /// Whether the value is written out as text, number, list or the like, and so no class and no
    /// function.
    [[nodiscard]] bool is_plain_value(const ApiEntity& entity) const {
        const PythonFacts& facts = *api_.modules()[entity.module].facts;
        const std::string_view value = facts.text(facts.assignments[entity.assignment].value);
        if (value.empty())
            return false;
        constexpr std::size_t kCutValue = 200;  // longer ones are kept to there
        const char first = value[0];
        const char last = value.back();
        return is_ascii_digit(first) || value == "None" || value == "True" || value == "False" ||
               (first == last && (first == '"' || first == '\'')) ||
               (first == '{' && (last == '}' || value.size() >= kCutValue)) ||
               (first == '[' && (last == ']' || value.size() >= kCutValue));
    }

    void class_members(const ApiEntity& owner, const std::string& name, const AutoOptions& options,
                       const std::vector<std::string>& only, int depth) {
        if (depth > kMostLevels)
            return;
        const ApiIndex::Ancestry classes = api_.ancestry(owner);
        const bool inherited = options.inherited || !only.empty();
        if (options.inherited && !classes.known)
            open(name, true);
        const std::set<std::string, std::less<>> hidden = not_inherited(classes, options);
        const auto wanted = [&](std::string_view member) {
            return (only.empty() || is_in(only, member)) && !hidden.contains(member);
        };
        std::set<std::string, std::less<>> described_in_init;
        for (std::size_t i = 0; i < classes.own.size(); ++i) {
            for (std::string& attribute : instance_attributes(classes.own[i])) {
                if ((i == 0 || inherited) && wanted(attribute) &&
                    shows(attribute, 0, 1, options, !only.empty()).value_or(false))
                    add(name + "." + attribute);
                described_in_init.insert(std::move(attribute));
            }
        }
        std::set<std::string_view> seen;
        for (const auto& [name_of_member, entity] : api_.members(owner, inherited)) {
            const std::string_view member = name_of_member;
            seen.insert(member);
            if (!wanted(member))
                continue;
            const std::string full = name + "." + std::string(member);
            const bool has_comment =
                described_in_init.contains(member) ||
                std::any_of(classes.own.begin(), classes.own.end(), [&](const ApiEntity& one) {
                    return described(one.module, one.definition, member);
                });
            int documented = has_comment ? 1 : api_.documented_in(classes, member);
            if (documented != 0 && !has_comment && !inherit_ && entity.assignment == kNoItem)
                documented = api_.documented_itself(entity);
            const std::optional<bool> shown =
                shows(member, flags_of(entity), documented, options, !only.empty());
            if (!shown)
                open(full, true);
            if (!shown.value_or(false))
                continue;
            add(full);
            show(entity, full);
            if (entity.kind == ApiKind::class_ && entity.definition != kNoItem &&
                has_own_name(entity, full)) {
                canonical(entity, full);
                class_members(entity, full, options, {}, depth + 1);
            }
        }
        if (!inherited)
            return;
        for (const StandardClass* one : classes.standard) {
            for (const StandardClass::Member& member : one->members) {
                if (!seen.insert(member.name).second || !wanted(member.name))
                    continue;
                const bool any = member.documented || has_words(classes.standard, member.name);
                if (shows(member.name, 0, any ? 1 : 0, options, !only.empty()).value_or(false))
                    add(name + "." + std::string(member.name));
            }
        }
    }

    /// Whether any of the classes has a docstring for the member.
    static bool has_words(const std::vector<const StandardClass*>& classes, std::string_view name) {
        return std::any_of(classes.begin(), classes.end(), [&](const StandardClass* one) {
            return std::any_of(one->members.begin(), one->members.end(), [&](const auto& member) {
                return member.documented && member.name == name;
            });
        });
    }

    /// Members that are inherited from one of the classes that `:inherited-members:` leaves out.
    [[nodiscard]] std::set<std::string, std::less<>> not_inherited(
        const ApiIndex::Ancestry& classes, const AutoOptions& options) const {
        std::set<std::string, std::less<>> out;
        if (options.not_from.empty())
            return out;
        std::set<std::string, std::less<>> seen;
        for (std::size_t i = 0; i < classes.own.size(); ++i) {
            const bool left_out =
                i > 0 && is_in(options.not_from, api_.modules()[classes.own[i].module].facts->text(
                                                     api_.definition(classes.own[i])->name));
            for (const auto& [member, entity] : api_.members(classes.own[i], false)) {
                if (seen.emplace(member).second && left_out)
                    out.emplace(member);
            }
        }
        for (const StandardClass* one : classes.standard) {
            const bool left_out =
                is_in(options.not_from, one->name.substr(one->name.rfind('.') + 1));
            for (const StandardClass::Member& member : one->members) {
                if (seen.emplace(member.name).second && left_out)
                    out.emplace(member.name);
            }
        }
        return out;
    }

    /// What __init__ of a class assigns and a comment describes.
    [[nodiscard]] std::vector<std::string> instance_attributes(const ApiEntity& owner) const {
        std::vector<std::string> out;
        const FileId file = api_.modules()[owner.module].file;
        const Range body = api_.definition(owner)->range;
        if (file >= files_.size())
            return out;
        const std::vector<ApiDirective>& all = files_[file].api_directives;
        auto at = std::lower_bound(all.begin(), all.end(), body.begin,
                                   [](const ApiDirective& directive, std::uint32_t begin) {
                                       return directive.range.begin < begin;
                                   });
        for (; at != all.end() && at->range.begin < body.end; ++at) {
            // A class may stand in another.
            if (at->name == kInstanceAttribute && at->parent == owner.definition)
                out.push_back(at->arguments[0]);
        }
        return out;
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
        std::string own_template;
        for (const auto& [name, value] : one.options) {
            toctree = toctree || name == "toctree";
            recursive = recursive || name == "recursive";
            if (name == "template")
                own_template = value;
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

    /// The page that autosummary writes for an object.
    void stub(const std::string& name, bool recursive, const std::string& own_template, int depth) {
        const ApiEntity entity = api_.resolve(name);
        if (entity.module == kNoItem || entity.kind == ApiKind::unknown) {
            add(name);
            return open(name, true);
        }
        if (depth > kMostLevels || !stubs_.emplace(page_, name, own_template).second)
            return;
        const std::string kind = kind_of(api_, entity);
        const std::optional<std::string> text = template_for(kind, own_template);
        if (text && text->empty()) {
            default_stub(entity, name, kind);
        } else {
            const std::optional<std::string> filled =
                text ? fill_template(*text, stub_values(api_, entity, name,
                                                        entity.kind == ApiKind::module
                                                            ? name
                                                            : module_of(name, std::string())))
                     : std::nullopt;
            if (filled) {
                read_stub(*filled);
                // What other packages' classes have nobody knows.
                if (entity.kind == ApiKind::class_ && !api_.ancestry(entity).known)
                    open(name, true);
            } else {
                add(name);
                show(entity, name);
                if (entity.kind == ApiKind::class_ && entity.definition != kNoItem)
                    canonical(entity, name);
                open(name, true);
            }
        }
        if (!recursive || entity.kind != ApiKind::module)
            return;
        for (const std::string& inner : modules_below(api_, entity, name))
            stub(inner, true, own_template, depth + 1);
    }

    /// What autosummary's own templates say.
    void default_stub(const ApiEntity& entity, const std::string& name, const std::string& kind) {
        add(name);
        show(entity, name);
        if (entity.kind != ApiKind::class_ || entity.definition == kNoItem)
            return;
        canonical(entity, name);
        if (kind == "class" && has_own_name(entity, name))
            add(name + ".__init__");
    }

    /// The text of the template for an object; empty where autosummary's own is used, nullopt if it
    /// cannot be read.
    std::optional<std::string> template_for(const std::string& kind,
                                            const std::string& own_template) {
        std::vector<std::string> names;
        if (!own_template.empty())
            names.push_back(own_template);
        const std::string of_kind = own_template.empty() ? kind : own_template;
        names.push_back("autosummary/" + of_kind + ".rst");
        // Of these two autosummary has its own; all else has the one for the rest.
        if (of_kind != "class" && of_kind != "module")
            names.emplace_back("autosummary/base.rst");
        for (const std::string& name : names) {
            for (const std::string& folder : template_folders_) {
                const std::string path = normalize_path(join_path(folder, name));
                const auto [at, fresh] = template_texts_.try_emplace(path);
                if (fresh && read_)
                    at->second = read_(path);
                if (at->second)
                    return at->second;
            }
        }
        // An extension may bring a template of that name.
        return own_template.empty() ? std::optional<std::string>("") : std::nullopt;
    }

    /// A page that autosummary writes registers as any other.
    void read_stub(const std::string& text) {
        if (nesting_ == kMostLevels)
            return;
        ++nesting_;
        const std::string before = std::exchange(module_, {});
        const Range range = range_;
        const bool silent = silent_;
        const FileFacts facts = parse_file(SourceFile(page_, "stub.rst", text), Settings{}).facts;
        read_directives(facts.api_directives);
        silent_ = silent;
        range_ = range;
        module_ = before;
        --nesting_;
    }

    DocsRegistry& out_;
    const ApiIndex& api_;
    std::span<const FileFacts> files_;
    const DocsRegistry::Read& read_;
    std::vector<std::string> template_folders_;
    std::map<std::string, std::optional<std::string>> template_texts_;  // by path
    std::set<std::tuple<FileId, std::string, std::string>> stubs_;      // page, name, template
    FileId page_ = kNoFile;
    Range range_;
    bool silent_ = false;
    int nesting_ = 0;         // of docstrings that show others
    bool entries_ = false;    // of sections of docstrings are objects
    bool pallets_ = false;    // an extension that hides what is marked as internal
    bool with_init_ = false;  // docstrings of classes are shown with those of __init__
    bool generate_ = true;
    bool inherit_ = true;  // members without words of their own have those of a base
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
                           std::span<const FileFacts> files, const Read& read) {
    DocsReader reader(*this, api, files, read);
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
