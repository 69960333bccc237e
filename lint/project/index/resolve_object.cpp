// What the roles of Sphinx' py domain name: objects that pages register, and those that inventories
// of other projects have.
//
// Sources: Sphinx 8.2 (domains/python: PyXRefRole.process_link(), PythonDomain.find_obj(),
// resolve_xref(), builtin_resolver(); ext/intersphinx).

#include <algorithm>
#include <array>

#include "lint/core/nearest.h"
#include "lint/core/strings.h"
#include "lint/parse/rst/names.h"
#include "lint/project/api/api_index.h"
#include "lint/project/api/own_names.h"
#include "lint/project/api/standard_classes.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"
#include "lint/project/sphinx/python_names.h"

namespace docathon {

namespace {

constexpr std::string_view kBuilt = "an object that only a build shows to be documented";
constexpr std::string_view kPagesMade = "an object of a page that conf.py or the build may make";
constexpr std::string_view kNoPython = "a Python object, but no Python is read";
constexpr std::string_view kNoPage = "a reference in a file that no page takes in";

/// A role with the types of objects that an inventory may have for it.
struct ObjectRole {
    std::string_view name;
    std::array<std::string_view, 4> types;
};

constexpr std::array kRoles = std::to_array<ObjectRole>({
    {"any", {"py:function", "py:class", "py:data", "py:module"}},
    {"attr", {"py:attribute", "py:method", "py:property"}},
    {"class", {"py:class", "py:exception", "py:type"}},
    {"const", {"py:data"}},
    {"data", {"py:data"}},
    {"deco", {"py:function", "py:method"}},
    {"exc", {"py:class", "py:exception"}},
    {"func", {"py:function"}},
    {"meth", {"py:method", "py:classmethod", "py:staticmethod"}},
    {"mod", {"py:module"}},
    {"obj", {"py:function", "py:class", "py:data", "py:module"}},
    {"type", {"py:type", "py:class"}},
});
/// What `obj` and `any` look for besides.
constexpr std::array kOtherTypes =
    std::to_array<std::string_view>({"py:attribute", "py:classmethod", "py:exception", "py:method",
                                     "py:property", "py:staticmethod", "py:type"});

const ObjectRole* role_named(std::string_view name) {
    const auto* const at = std::find_if(kRoles.begin(), kRoles.end(),
                                        [&](const ObjectRole& role) { return role.name == name; });
    return at == kRoles.end() ? nullptr : at;
}

Resolution answer(Found state, std::string name, std::string_view why = {}, FileId file = kNoFile) {
    Resolution out;
    out.state = state;
    out.path = std::move(name);
    out.why = why;
    out.file = file;
    return out;
}

std::string join(std::string_view outer, std::string_view name) {
    std::string out(outer);
    if (!out.empty())
        out += '.';
    out += name;
    return out;
}

std::string_view last_part(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

bool ends_with_name(std::string_view full, std::string_view name) {
    return full == name || (full.ends_with(name) && full[full.size() - name.size() - 1] == '.');
}

/// Whether Python could give something this name: anything else no inventory has.
bool is_python_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return is_ascii_alnum(c) || c == '_' || c == '.' || c == ':' || c == '-' || (c & 0x80) != 0;
    });
}

}  // namespace

std::vector<std::string> ProjectIndex::object_candidates(const std::string& name,
                                                         const ObjectPlace& place) const {
    std::vector<std::string> out;
    const auto add = [&](const std::string& full) {
        std::string own(api()->inside(full));
        if (std::find(out.begin(), out.end(), own) == out.end())
            out.push_back(std::move(own));
    };
    add(name);
    if (!place.in_class.empty()) {
        add(join(place.in_class, name));
        // `autoclass:: a.b.C` is in module a.b, which its content then is too.
        const std::string in_class(api()->inside(place.in_class));
        for (std::size_t dot = in_class.rfind('.'); dot != std::string::npos;
             dot = dot == 0 ? std::string::npos : in_class.rfind('.', dot - 1)) {
            if (api()->find_module(in_class.substr(0, dot)) != kNoItem) {
                add(join(in_class.substr(0, dot), name));
                break;
            }
        }
    }
    if (!place.module.empty()) {
        add(join(place.module, name));
        if (!place.in_class.empty())
            add(join(join(place.module, place.in_class), name));
    }
    return out;
}

bool ProjectIndex::is_own_object(const Site& site, std::string_view role, bool near,
                                 const std::string& name, const ObjectPlace& place) const {
    if (!is_python_name(name))
        return true;
    const std::string inside(api()->inside(name));
    const std::string_view first = std::string_view(inside).substr(0, inside.find('.'));
    const auto& others = site.spec->intersphinx;
    if (std::find(others.begin(), others.end(), first) != others.end())
        return false;
    // Members have the name of their class before them in every inventory.
    const bool dotted = inside.find('.') != std::string::npos;
    if (!dotted && (role == "meth" || role == "attr"))
        return true;
    if (api()->find_module(first) != kNoItem)
        return true;
    // `json.loads` is Python's, though there is a module pkg.json here, or a class of that name.
    if (dotted) {
        const std::string_view owner = std::string_view(inside).substr(0, inside.rfind('.'));
        for (const std::string_view full : docs()->ending_with(last_part(owner))) {
            if (ends_with_name(full, owner) && !is_python_module(first) &&
                (near || api()->find_module(full) == kNoItem))
                return true;
        }
    }
    if (is_python_builtin(first) || (dotted && is_python_module(first)))
        return false;
    // Something of the module that is documented here; a module of that name may be another's
    // (logging beside pkg.logging).
    const ApiEntity entity =
        place.module.empty() ? ApiEntity{} : api()->resolve(join(place.module, first));
    return entity.kind != ApiKind::unknown && entity.kind != ApiKind::module && !entity.external;
}

bool ProjectIndex::is_found_in_python(const Site& site, std::string_view role,
                                      const std::string& name) {
    const auto& all = site.spec->intersphinx;
    if (std::none_of(all.begin(), all.end(), [](std::string_view key) {
            return key == "python" || key == "py" || key == "python3";
        }))
        return false;
    if (is_python_builtin(name))
        return role != "meth" && role != "attr" && role != "mod";
    if (standard_class(name) != nullptr)
        return role != "meth" && role != "attr" && role != "mod";
    if (const std::size_t dot = name.rfind('.'); dot != std::string::npos) {
        const StandardClass* const owner = standard_class(std::string_view(name).substr(0, dot));
        const std::string_view member = std::string_view(name).substr(dot + 1);
        if (owner != nullptr &&
            std::any_of(owner->members.begin(), owner->members.end(),
                        [&](const StandardClass::Member& one) { return one.name == member; }))
            return role != "class" && role != "exc" && role != "mod";
    }
    return (role == "mod" || role == "obj" || role == "any") && is_python_module(name);
}

bool ProjectIndex::is_in_no_inventory(const Site& site, std::string_view role,
                                      const std::string& name) {
    // `any` and options ask for more than objects, modules are packages of others.
    if (role == "mod" || role == "any" || name.find('.') != std::string::npos)
        return false;
    const auto& all = site.spec->intersphinx;
    return !is_python_builtin(name) && !is_python_module(name) &&
           std::find(all.begin(), all.end(), name) == all.end();
}

bool ProjectIndex::may_have_object(bool near, const std::string& name,
                                   const std::vector<std::string>& candidates) const {
    if (std::any_of(candidates.begin(), candidates.end(),
                    [&](const std::string& one) { return docs()->may_have(one); }))
        return true;
    if (!near || !docs()->open())
        return false;
    // Anything that ends with the name would do.
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos)
        return may_be_below(name);
    bool known = false;
    const std::string_view owner = std::string_view(name).substr(0, dot);
    for (const std::string_view full : docs()->ending_with(last_part(owner))) {
        if (!ends_with_name(full, owner))
            continue;
        known = true;
        if (docs()->may_have(join(full, std::string_view(name).substr(dot + 1))))
            return true;
    }
    return !known;
}

bool ProjectIndex::may_be_below(const std::string& name) const {
    if (docs()->all_unknown())
        return true;
    // More classes and modules than that nobody leaves open one by one.
    constexpr std::size_t kMost = 64;
    if (docs()->unknown().size() > kMost)
        return true;
    std::vector<FileId> files;
    for (const auto& [open, below] : docs()->unknown()) {
        if (last_part(open) == name)
            return true;
        if (!below)
            continue;
        const ApiEntity entity = api()->resolve(open);
        if (entity.module == kNoItem || entity.external)
            return true;
        bool known = true;
        std::vector<ApiEntity> all = {entity};
        if (entity.kind == ApiKind::class_)
            all = api()->with_bases(entity, known);
        if (!known ||
            (entity.kind == ApiKind::module && !api()->star_imports(entity.module).empty()))
            return true;
        for (const ApiEntity& one : all) {
            const FileId file = api()->modules()[one.module].file;
            if (file == kNoFile)
                return true;
            if (std::find(files.begin(), files.end(), file) == files.end())
                files.push_back(file);
        }
    }
    return own_names()->stands_in(files, name);
}

bool ProjectIndex::is_absent_from_code(const std::vector<std::string>& candidates) const {
    bool judged = false;
    for (const std::string& one : candidates) {
        // Whatever is registered by itself has its module before it.
        if (one.find('.') == std::string::npos)
            continue;
        const NameVerdict verdict = own_names()->find(one, NameSearch::verdict);
        if (verdict.state != NameVerdict::State::missing)
            return false;
        judged = true;
        if (verdict.entity.kind != ApiKind::class_)
            continue;
        // Docstrings of classes describe attributes that the code does not show.
        bool known = true;
        for (const ApiEntity& owner : api()->with_bases(verdict.entity, known)) {
            const FileId file = api()->modules()[owner.module].file;
            if (file == kNoFile || !input_.bytes ||
                input_.bytes(file).find(last_part(one)) != std::string_view::npos)
                return false;
        }
        if (!known)
            return false;
    }
    return judged;
}

bool ProjectIndex::is_unwritten(const std::string& name) const {
    if (docs()->all_unknown())
        return false;
    // What a build may register is what packages of this project have.
    for (const auto& [open, below] : docs()->unknown()) {
        const std::string_view first = std::string_view(open).substr(0, open.find('.'));
        // A class whose module the page does not tell.
        const bool bare_class = !first.empty() && first.size() == open.size() && first[0] >= 'A' &&
                                first[0] <= 'Z' && own_names()->is_written(first);
        if (first.empty() || (!bare_class && !own_names()->is_own(first)))
            return false;
    }
    return !own_names()->is_written(last_part(name));
}

bool ProjectIndex::is_slip_of_object(const std::string& name) const {
    const std::string meant = suggest_object(name);
    if (!meant.empty() && !ends_with_name(meant, name) && !own_names()->is_written(last_part(name)))
        return true;
    // A member of a class that no page needs to show.
    const std::size_t dot = name.rfind('.');
    if (dot == std::string::npos)
        return false;
    const ApiEntity owner = own_names()->only_class(last_part(name.substr(0, dot)));
    return !own_names()->slip_of_member(owner, name.substr(dot + 1)).empty();
}

Resolution ProjectIndex::resolve_any_name(const Site& site, FileId page,
                                          const std::string& name) const {
    // What the std domain offers (StandardDomain.resolve_any_xref), and `doc`.
    const auto is_there = [&](LabelKind kind, std::string_view key) {
        const auto all = site.names.find(kind, key);
        return std::any_of(all.begin(), all.end(),
                           [](const SiteName& one) { return one.live || one.file != kNoFile; });
    };
    const std::string lower = rst::lowercase(name);
    if (is_there(LabelKind::label, lower) ||
        is_there(LabelKind::term, SiteNames::fold(LabelKind::term, name)))
        return answer(Found::found, name);
    for (const LabelKind kind :
         {LabelKind::option, LabelKind::envvar, LabelKind::token, LabelKind::equation}) {
        if (is_there(kind, name))
            return answer(Found::found, name);
    }
    if (is_there(LabelKind::hint, lower))
        return answer(Found::unknown, name, "a label in text that an extension may read");
    Resolution document = resolve_document(page, name, false, false);
    if (document.state == Found::not_applicable)
        document.state = Found::missing;
    return document;
}

Resolution ProjectIndex::resolve_object(FileId page, const Reference& reference,
                                        const ObjectPlace& place) const {
    const Site* const here = site_of(page);
    if (reference.kind != ReferenceKind::role || here == nullptr)
        return {};
    std::string_view role = reference.name;
    if (role.starts_with("py:")) {
        role.remove_prefix(3);
    } else if (role != "any") {
        const std::string_view domain =
            place.domain.empty() ? std::string_view(here->spec->primary_domain) : place.domain;
        const auto& own = settings(page).own_roles;
        if (domain != "py" || std::find(own.begin(), own.end(), role) != own.end())
            return {};
    }
    const ObjectRole* const wanted = role_named(role);
    if (wanted == nullptr)
        return {};
    std::string name =
        rst::whitespace_normalize_name(rst::unescape(rst::escape2null(reference.target)));
    const bool near = name.starts_with('.') || role == "any";
    if (name.starts_with('.'))
        name.erase(0, 1);
    if (name.ends_with("()"))
        name.resize(name.size() - 2);
    if (name.empty())
        return {};
    if (is_template(page))
        return answer(Found::unknown, name, "a template of pages");
    if (here->live[page] == 0)
        return answer(Found::unknown, name, kNoPage);
    if (role == "any") {
        Resolution other = resolve_any_name(*here, page, name);
        if (other.state != Found::missing)
            return other;
    }
    if (docs() == nullptr)
        return answer(Found::unknown, name, kNoPython);
    const std::vector<std::string> candidates = object_candidates(name, place);
    for (const std::string& one : candidates) {
        if (const DocsPlace* const found = docs()->find(one))
            return answer(Found::found, name, {}, found->page);
    }
    if (near) {
        for (const std::string_view full : docs()->ending_with(last_part(name))) {
            if (ends_with_name(full, name))
                return answer(Found::found, name, {}, docs()->find(full)->page);
        }
    }
    if ((role == "class" || role == "obj" || role == "exc") && is_python_type(name))
        return answer(Found::found, name);
    Foreign foreign = Foreign::absent;
    const std::array<std::string_view, 2> asked = {name, candidates.back()};
    const auto ask = [&](std::string_view type) {
        if (type.empty() || foreign == Foreign::found)
            return;
        for (const std::string_view one : asked) {
            const Foreign has = find_foreign(*here, type, one);
            if (has != Foreign::absent && foreign != Foreign::found)
                foreign = has;
        }
    };
    for (const std::string_view type : wanted->types)
        ask(type);
    if (role == "obj" || role == "any") {
        for (const std::string_view type : kOtherTypes)
            ask(type);
    }
    if (foreign == Foreign::found)
        return answer(Found::found, name);
    if (foreign == Foreign::maybe && is_found_in_python(*here, role, name))
        return answer(Found::found, name);
    if (foreign == Foreign::maybe && is_in_no_inventory(*here, role, name))
        foreign = Foreign::absent;
    // What is in no code no page shows, whoever writes it, nor a file that is included.
    const auto in_no_code = [&] {
        return !near && docs()->any() && is_absent_from_code(candidates);
    };
    if (!here->open_names.empty() && !(here->open_names == kLostInclude && in_no_code()) &&
        !is_slip_of_object(name))
        return answer(Found::unknown, name, here->open_names);
    // conf.py writes pages that nobody sees. Those of sphinx-apidoc are left out: templates of
    // Makefiles call it in projects whose pages are written by hand.
    const auto is_page_name = [&](const std::string& written) {
        return (written.ends_with(".rst") || written.ends_with(".md")) &&
               (written[0] == '.' || tree().with_name(written).empty());
    };
    const std::vector<std::string>& written = here->spec->written_names;
    if (std::any_of(written.begin(), written.end(), is_page_name) &&
        !std::binary_search(written.begin(), written.end(), "modules.rst") && !in_no_code() &&
        !is_slip_of_object(name))
        return answer(Found::unknown, name, kPagesMade);
    if (may_have_object(near, name, candidates) &&
        !(near ? is_unwritten(name) : is_absent_from_code(candidates)))
        return answer(Found::unknown, name, kBuilt);
    if (foreign == Foreign::maybe && !is_own_object(*here, role, near, name, place)) {
        // A slip of a name of this project, if not that very name without its module.
        const std::string meant = suggest_object(name);
        const std::string_view first = std::string_view(name).substr(0, name.find('.'));
        if (meant.empty() || ends_with_name(meant, name) || is_python_builtin(first) ||
            is_python_module(first))
            return answer(Found::unknown, name, kForeignName);
    }
    const bool in_code = std::any_of(candidates.begin(), candidates.end(), [&](const auto& one) {
        const ApiEntity entity = api()->resolve(one);
        return entity.kind != ApiKind::unknown && !entity.external && entity.module != kNoItem;
    });
    return answer(Found::missing, name, in_code ? kNotDocumented : std::string_view());
}

std::string ProjectIndex::suggest_object(std::string_view name) const {
    if (docs() == nullptr || name.empty())
        return {};
    if (const auto same = docs()->ending_with(last_part(name)); !same.empty()) {
        const auto whole = std::find_if(same.begin(), same.end(), [&](std::string_view full) {
            return ends_with_name(full, name);
        });
        if (whole != same.end())
            return std::string(*whole);
    }
    // Each is compared with the name; nobody waits for that in a project of such size. Short names
    // are near to any other.
    constexpr std::size_t kMost = 20000;
    constexpr std::size_t kShortest = 4;
    if (docs()->names().size() > kMost || name.size() < kShortest)
        return {};
    const std::size_t distance = std::min<std::size_t>(suggestion_distance(name), 2);
    const std::uint64_t letters = letters_of(name);
    // As many parts as the name has, of whatever is registered.
    const std::span<const NameTail> tails =
        object_tails(static_cast<std::size_t>(std::count(name.begin(), name.end(), '.')));
    const auto shorter = [](const NameTail& one, std::size_t size) {
        return one.text.size() < size;
    };
    constexpr std::size_t kMostDifference = 2;
    std::vector<std::string_view> names;
    for (auto at = std::lower_bound(tails.begin(), tails.end(),
                                    name.size() - std::min(name.size(), kMostDifference), shorter);
         at != tails.end() && at->text.size() <= name.size() + kMostDifference; ++at) {
        if (may_be_near(at->letters, letters, distance))
            names.push_back(at->text);
    }
    return std::string(nearest(name, std::span<const std::string_view>(names), distance));
}

Resolution ProjectIndex::resolve_external(FileId page, const Reference& reference) const {
    const Site* const here = site_of(page);
    std::string_view role = reference.name;
    if (reference.kind != ReferenceKind::role || here == nullptr || !role.starts_with("external"))
        return {};
    role.remove_prefix(8);
    const std::size_t colon = role.find(':');
    if (colon == std::string_view::npos || (!role.starts_with('+') && !role.starts_with(':')))
        return {};
    const std::string_view inventory = colon == 0 ? std::string_view() : role.substr(1, colon - 1);
    role.remove_prefix(colon + 1);
    const SphinxSite& spec = *here->spec;
    const std::string name(trim(reference.target));
    const bool computed = !spec.extensions_known || here->open_intersphinx;
    if (here->live[page] == 0 || is_template(page))
        return answer(Found::unknown, name, kNoPage);
    if (!inventory.empty() && std::find(spec.intersphinx.begin(), spec.intersphinx.end(),
                                        inventory) == spec.intersphinx.end()) {
        return computed ? answer(Found::unknown, name, kForeignName)
                        : answer(Found::missing, name,
                                 "intersphinx_mapping has no '" + std::string(inventory) + "'");
    }
    if (role.starts_with("py:"))
        role.remove_prefix(3);
    const ObjectRole* const wanted = role_named(role);
    std::vector<std::string_view> types;
    if (wanted != nullptr)
        types.assign(wanted->types.begin(), wanted->types.end());
    if (role == "obj" || role == "any")
        types.insert(types.end(), kOtherTypes.begin(), kOtherTypes.end());
    const bool known_role = wanted != nullptr || role == "ref" || role == "std:ref" ||
                            role == "doc" || role == "std:doc" || role == "term" ||
                            role == "std:term";
    if (!known_role)
        return answer(Found::unknown, name, kForeignName);
    if (role.ends_with("ref") || role == "any")
        types.push_back("std:label");
    if (role.ends_with("doc") || role == "any")
        types.push_back("std:doc");
    if (role.ends_with("term") || role == "any")
        types.push_back("std:term");
    const std::string full = inventory.empty() ? name : std::string(inventory) + ":" + name;
    Foreign foreign = Foreign::absent;
    for (const std::string_view type : types) {
        const Foreign has = find_foreign(*here, type, full, true);
        if (has != Foreign::absent && foreign != Foreign::found)
            foreign = has;
    }
    if (foreign == Foreign::found)
        return answer(Found::found, name);
    if (foreign == Foreign::maybe || computed)
        return answer(Found::unknown, name, kForeignName);
    return answer(Found::missing, name, "no inventory has it");
}

}  // namespace docathon
