// What the roles of Sphinx' std and math domains name.
//
// Sources: Sphinx 8.2 (domains/std: process_doc(), _resolve_ref_xref() and its siblings;
// ext/autosectionlabel; ext/intersphinx), docutils 0.22 (PropagateTargets).

#include <algorithm>
#include <array>

#include "lint/core/nearest.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/parse/rst/directive_table.h"
#include "lint/parse/rst/names.h"
#include "lint/project/index/folders.h"
#include "lint/project/index/project_index.h"

namespace docathon {

namespace {

constexpr std::string_view kHint = "a label in text that an extension may read";
constexpr std::string_view kNotIncluded = "a label of a file that no page takes in";
constexpr std::string_view kGallery = "a label that sphinx-gallery makes";
constexpr std::string_view kNotebook = "a label that a notebook may have";

/// Extensions that make labels or terms of things that are not in the text.
constexpr std::array kLabelMakers = std::to_array<std::string_view>(
    {"exhale", "nbsphinx", "sphinx_needs", "sphinxcontrib.needs", "sphinx_tags"});
/// ... and options of command lines.
constexpr std::array kOptionMakers = std::to_array<std::string_view>(
    {"sphinx_argparse_cli", "sphinx_click", "sphinx_click.ext", "sphinxarg.ext",
     "sphinxcontrib.autoprogram", "sphinxcontrib.typer"});

struct Role {
    std::string_view name;
    LabelKind kind;
    bool lower = false;  ///< Sphinx' role lowers the target
};
constexpr std::array kRoles = std::to_array<Role>({
    {"confval", LabelKind::envvar},
    {"envvar", LabelKind::envvar},
    {"eq", LabelKind::equation},
    {"keyword", LabelKind::label},
    {"numref", LabelKind::label, true},
    {"option", LabelKind::option},
    {"ref", LabelKind::label, true},
    {"rst:dir", LabelKind::envvar},
    {"rst:role", LabelKind::envvar},
    {"term", LabelKind::term},
    {"token", LabelKind::token},
    {"citation", LabelKind::citation},  // [Name]_, which is no role but asks the same
});
constexpr std::size_t kRef = 6;
static_assert(kRoles[kRef].name == "ref");

const Role* role_of(const Reference& reference) {
    std::string_view name = reference.name;
    if (reference.kind == ReferenceKind::directive_link)
        return name == "ref" ? &kRoles[kRef] : nullptr;
    if (reference.kind != ReferenceKind::role)
        return nullptr;
    for (const std::string_view domain : {"std:", "math:"}) {
        if (name.starts_with(domain))
            name.remove_prefix(domain.size());
    }
    const auto* const at = std::find_if(kRoles.begin(), kRoles.end(),
                                        [&](const Role& role) { return role.name == name; });
    return at == kRoles.end() ? nullptr : at;
}

/// The target as Sphinx' role keeps it.
std::string key_of(const Role& role, const Reference& reference) {
    std::string key =
        rst::whitespace_normalize_name(rst::unescape(rst::escape2null(reference.target)));
    if (role.name.starts_with("rst:"))
        key.insert(0, std::string(role.name) + ' ');
    if (role.lower)
        key = rst::lowercase(key);
    if (role.kind == LabelKind::token) {
        // Within a group, `group:name`; every group is looked through.
        if (const std::size_t colon = key.rfind(':'); colon != std::string::npos)
            key.erase(0, colon + 1);
    }
    return SiteNames::fold(role.kind, key);
}

bool has_extension(const SphinxSite& spec, std::string_view name) {
    return std::find(spec.extensions.begin(), spec.extensions.end(), name) != spec.extensions.end();
}

Resolution answer(Found state, std::string name, std::string_view why, FileId file = kNoFile) {
    Resolution out;
    out.state = state;
    out.path = std::move(name);
    out.why = why;
    out.file = file;
    return out;
}

bool is_true(const SphinxSite& spec, const std::string& name) {
    const auto at = spec.values.find(name);
    return at != spec.values.end() && at->second.known && at->second.text == "True";
}

/// Does intersphinx leave out objects of this type unless a reference says whose they are? Its
/// default, std:doc, is as old as Sphinx 5 and does not count.
bool is_disabled(const SphinxSite& spec, std::string_view type) {
    const auto at = spec.values.find("intersphinx_disabled_reftypes");
    if (at == spec.values.end() || !at->second.known)
        return false;
    const std::string_view text = at->second.text;
    const auto has = [&](std::string_view entry) {
        const std::size_t found = text.find(entry);
        return found != std::string_view::npos && found > 0 && found + entry.size() < text.size() &&
               (text[found - 1] == '\'' || text[found - 1] == '"') &&
               text[found + entry.size()] == text[found - 1];
    };
    return has("*") || has(type) || has(std::string(type.substr(0, type.find(':'))) + ":*");
}

/// How far a name may be from another one; the role before a name of the rst domain does not count.
std::size_t distance_for(std::string_view key) {
    return suggestion_distance(key.starts_with("rst:") ? key.substr(key.find(' ') + 1) : key);
}

/// Do docstrings come into the pages?
bool shows_docstrings(const SphinxSite& spec) {
    return std::any_of(spec.extensions.begin(), spec.extensions.end(), [](const std::string& name) {
        return (name.find("auto") != std::string::npos && name != "sphinx.ext.autosectionlabel") ||
               name.find("numpydoc") == 0 || name.find("gallery") != std::string::npos;
    });
}

/// The type under which an inventory has what a role names; "" if intersphinx does not look.
std::string_view inventory_type(LabelKind kind, std::string_view role) {
    switch (kind) {
        case LabelKind::label:
            return role == "numref" ? "" : "std:label";
        case LabelKind::term:
            return "std:term";
        case LabelKind::option:
            return "std:cmdoption";
        case LabelKind::token:
            return "std:token";
        case LabelKind::envvar:
            if (role.starts_with("rst:"))
                return role == "rst:dir" ? "rst:directive" : "rst:role";
            return role == "confval" ? "std:confval" : "std:envvar";
        case LabelKind::equation:
        case LabelKind::citation:
        case LabelKind::hint:
            return "";
    }
    return "";
}

/// Does the label belong to a gallery whose scripts are in the tree?
bool is_of_known_gallery(const SphinxSite& spec, std::string_view label) {
    return spec.galleries_known &&
           std::any_of(spec.galleries.begin(), spec.galleries.end(), [&](const auto& gallery) {
               const std::string& folder = gallery.second;
               if (!below_folder(folder, spec.source_dir))
                   return false;
               std::string start =
                   "sphx_glr_" + std::string(inside_folder(folder, spec.source_dir));
               std::replace(start.begin(), start.end(), '/', '_');
               return label.starts_with(rst::lowercase(start));
           });
}

/// A name so near that it is the one that was meant, though an inventory could have the other: a
/// plural is no misspelling.
bool is_slip(std::string_view written, std::string_view near) {
    const std::string_view longer = written.size() > near.size() ? written : near;
    const std::string_view shorter = written.size() > near.size() ? near : written;
    return !near.empty() &&
           !(longer.starts_with(shorter) &&
             (longer.substr(shorter.size()) == "s" || longer.substr(shorter.size()) == "es"));
}

}  // namespace

const ProjectIndex::Site* ProjectIndex::site_of(FileId file) const {
    const int own = settings(file).site;
    if (own >= 0 && sites_[static_cast<std::size_t>(own)].live[file] != 0)
        return &sites_[static_cast<std::size_t>(own)];
    for (const Site& site : sites_) {
        if (site.live[file] != 0)
            return &site;
    }
    return own >= 0 ? &sites_[static_cast<std::size_t>(own)] : nullptr;
}

void ProjectIndex::mark_live(Site& site) const {
    site.live.resize(tree().files().size());
    std::vector<FileId> todo;
    for (const Page& page : site.pages) {
        if (site.live[page.file] == 0) {
            site.live[page.file] = 1;
            todo.push_back(page.file);
        }
    }
    while (!todo.empty()) {
        const FileId file = todo.back();
        todo.pop_back();
        if (includes_[file].unknown && site.open_names.empty())
            site.open_names = kLostInclude;
        for (const FileId part : includes_[file].files) {
            if (site.live[part] != 0)
                continue;
            site.live[part] = 1;
            todo.push_back(part);
        }
    }
}

bool ProjectIndex::may_label(const Site& site, FileId file) const {
    const std::optional<std::string> bytes = site.section_labels ? std::nullopt : text(file);
    if (!bytes)
        return true;
    constexpr std::string_view kMarks[] = {".. _", ":name:", "name=", ")=", "{#", "_`", "::"};
    return std::any_of(std::begin(kMarks), std::end(kMarks), [&](std::string_view mark) {
        return bytes->find(mark) != std::string::npos;
    });
}

bool ProjectIndex::may_stand_in_notebook(const std::string& key) const {
    // Their Markdown is read; raw cells and what code writes are not.
    std::call_once(notebooks_read_, [this] {
        constexpr std::size_t kMostBytes = 64u << 20;
        std::size_t bytes = 0;
        for (FileId id = 0; id < tree().files().size(); ++id) {
            if (facts(id).format != Format::notebook)
                continue;
            const std::optional<std::string> json = text(id);
            bytes += json ? json->size() : 0;
            if (!json || bytes > kMostBytes) {
                notebook_words_.add_unread();
                return;
            }
            notebook_words_.add(*json);
        }
    });
    return notebook_words_.may_have(key);
}

bool ProjectIndex::may_have_more_inventories(const SphinxSite& spec) const {
    const auto mapping = spec.values.find("intersphinx_mapping");
    if (mapping != spec.values.end())
        return !mapping->second.known;
    const rst::MarkupTables& tables = rst::MarkupTables::built_in();
    return std::any_of(spec.extensions.begin(), spec.extensions.end(), [&](const auto& name) {
        if (name == "seed_intersphinx_mapping")
            return true;
        if (tables.knows_extension(name))
            return false;
        const std::vector<FileId> own = tree().with_name(name.substr(name.rfind('.') + 1) + ".py");
        return own.empty() || std::any_of(own.begin(), own.end(), [&](FileId file) {
                   const std::optional<std::string> bytes = text(file);
                   return !bytes || bytes->find("intersphinx") != std::string::npos;
               });
    });
}

void ProjectIndex::build_names(Site& site) {
    const SphinxSite& spec = *site.spec;
    site.open_intersphinx = may_have_more_inventories(spec);
    mark_live(site);
    if (!spec.extensions_known)
        site.open_names = "a label that an extension may make: conf.py computes which there are";
    for (const std::string_view maker : kLabelMakers) {
        if (has_extension(spec, maker))
            site.open_names = "a label that the extension " + std::string(maker) + " may make";
    }
    site.section_labels = has_extension(spec, "sphinx.ext.autosectionlabel");
    site.section_prefix = is_true(spec, "autosectionlabel_prefix_document");
    if (const auto depth = spec.values.find("autosectionlabel_maxdepth");
        depth != spec.values.end() && depth->second.text.size() == 1 &&
        is_ascii_digit(depth->second.text[0]))
        site.section_depth = static_cast<std::uint8_t>(depth->second.text[0] - '0');
    site.page_of.assign(tree().files().size(), 0xffffffffu);
    for (std::size_t i = 0; i < site.pages.size(); ++i)
        site.page_of[site.pages[i].file] = static_cast<std::uint32_t>(i);
    const bool docstrings = shows_docstrings(spec);
    for (FileId id = 0; id < tree().files().size(); ++id) {
        const FileFacts& file = facts(id);
        const bool live = site.live[id] != 0;
        const bool python = file.format == Format::python;
        if (live && file.format == Format::other && site.open_names.empty() && may_label(site, id))
            site.open_names = "a label in a page that is not read";
        // Python is read only for rules that are about it.
        if (docstrings && file.format == Format::other && site.open_names.empty() &&
            tree().file(id).lintable && !tree().file(id).symlink &&
            tree().file(id).path != spec.conf_path && tree().file(id).path.ends_with(".py"))
            site.open_names = "a label in a docstring that was not read";
        if (!live && !below_folder(tree().file(id).path, spec.source_dir) &&
            !(python && docstrings))
            continue;
        for (const Label& label : file.labels) {
            SiteName name;
            name.kind = label.kind;
            name.titled = label.titled;
            name.live = live || label.kind == LabelKind::hint;
            name.in_notebook = file.format == Format::notebook;
            name.file = id;
            name.order = site.page_of[id];
            name.begin = label.range.begin;
            name.name = label.name;
            name.scope = label.scope;
            site.names.add(std::move(name));
        }
        if (!live || !site.section_labels)
            continue;
        for (const Heading& heading : file.headings) {
            SiteName name;
            name.titled = name.live = name.automatic = true;
            name.in_notebook = file.format == Format::notebook;
            name.file = id;
            name.order = site.page_of[id];
            name.begin = heading.range.begin;
            name.name = section_label(site, id, heading);
            if (!name.name.empty())
                site.names.add(std::move(name));
        }
    }
    find_generated_folders(site);
    add_gallery_labels(site);
    site.names.freeze(included_by_);
}

std::string ProjectIndex::section_label(const Site& site, FileId file,
                                        const Heading& heading) const {
    // The depth of the first level is 0 (autosectionlabel.get_node_depth).
    if (site.section_depth != 0 && heading.level > site.section_depth)
        return {};
    const std::uint32_t page = site.page_of[file];
    if (!site.section_prefix || page >= site.pages.size())
        return rst::fully_normalize_name(heading.text);
    return rst::fully_normalize_name(site.pages[page].name + ":" + heading.text);
}

void ProjectIndex::add_gallery_labels(Site& site) const {
    // sphinx-gallery: the path of the script, or of the folder, with `_` for `/`.
    for (std::size_t i = 0; i < site.pages.size(); ++i) {
        const Page& page = site.pages[i];
        if (!page.generated)
            continue;
        std::string label = "sphx_glr_" + page.name;
        if (tree().file(page.file).path.ends_with(".py"))
            label += ".py";
        else if (label.ends_with("/index"))
            label.resize(label.size() - 6);
        std::replace(label.begin(), label.end(), '/', '_');
        SiteName name;
        name.titled = name.live = name.automatic = true;
        name.file = page.file;
        name.order = static_cast<std::uint32_t>(i);
        // Headings of a page begin somewhere; this is none of them.
        name.begin = 0xffffffffu;
        name.name = rst::lowercase(label);
        site.names.add(std::move(name));
    }
}

Resolution ProjectIndex::resolve_name(FileId from, const Reference& reference) const {
    const Role* const role = role_of(reference);
    if (role == nullptr || reference.target.empty())
        return {};
    if (facts(from).format != Format::python) {
        const Site* const here = site_of(from);
        return here == nullptr ? Resolution() : resolve_name_in(*here, from, reference);
    }
    // A docstring is read on the pages of whichever site shows it: dead only if it is in all.
    Resolution worst;
    for (const Site& site : sites_) {
        if (!shows_docstrings(*site.spec))
            continue;
        Resolution answer = resolve_name_in(site, from, reference);
        if (answer.state == Found::found)
            return answer;
        if (worst.state == Found::not_applicable || answer.state == Found::unknown)
            worst = std::move(answer);
    }
    return worst;
}

Resolution ProjectIndex::resolve_name_in(const Site& site, FileId from,
                                         const Reference& reference) const {
    const Site* const here = &site;
    const Role* const role = role_of(reference);
    const std::string key = key_of(*role, reference);
    const bool python = facts(from).format == Format::python;
    if (is_template(from))
        return answer(Found::unknown, key, "a template of pages");
    if (here->live[from] == 0 && !python)
        return answer(Found::unknown, key, "a reference in a file that no page takes in");
    const bool label = role->kind == LabelKind::label;
    // Domains make a label of each of their indices (Domain.setup).
    if (label &&
        (key == "genindex" || key == "modindex" || key == "search" || key == "py-modindex"))
        return answer(Found::found, key, "");
    const bool text_is_shown =
        role->name == "numref" || (reference.flags & reference_flag::kOwnText) != 0;
    const SiteName* untitled = nullptr;
    const SiteName* elsewhere = nullptr;
    for (const SiteName& name : here->names.find(role->kind, key)) {
        if (!name.live)
            elsewhere = &name;
        else if (label && !name.titled && !text_is_shown)
            untitled = &name;
        else if (role->kind != LabelKind::option || name.scope == program_at(from, reference))
            return answer(Found::found, key, "", name.file);
    }
    if (role->kind == LabelKind::option) {
        const FileId file = find_option(*here, program_at(from, reference), key);
        if (file != kNoFile)
            return answer(Found::found, key, "", file);
    }
    return why_absent(*here, role->kind, role->name, key, untitled, elsewhere);
}

std::string_view ProjectIndex::program_at(FileId file, const Reference& reference) const {
    std::string_view out;
    for (const NameScope& scope : facts(file).scopes) {
        if (scope.kind == NameScope::Kind::program && scope.range.begin <= reference.range.begin &&
            reference.range.begin < scope.range.end)
            out = scope.name;
    }
    return out;
}

FileId ProjectIndex::find_option(const Site& site, std::string_view program,
                                 std::string_view target) {
    const auto find = [&](std::string_view of, std::string_view option) {
        for (const SiteName& name : site.names.find(LabelKind::option, option)) {
            if (name.live && name.scope == of)
                return name.file;
        }
        return kNoFile;
    };
    // With a value: `-foo=bar`, `-foo[=bar]`, `-foo bar`.
    for (const std::string_view separator : {"=", "[=", " "}) {
        const std::size_t at = target.find(separator);
        if (at == std::string_view::npos)
            continue;
        if (const FileId file = find(program, target.substr(0, at)); file != kNoFile)
            return file;
    }
    // Behind a program and its subcommands: `git commit -m`.
    std::string command;
    for (std::size_t space = target.find(' '); space != std::string_view::npos;
         space = target.find(' ')) {
        command += (command.empty() ? "" : "-") + std::string(target.substr(0, space));
        target.remove_prefix(space + 1);
        if (const FileId file = find(command, target); file != kNoFile)
            return file;
    }
    return kNoFile;
}

ProjectIndex::Foreign ProjectIndex::find_foreign(const Site& site, std::string_view type,
                                                 std::string_view name, bool always) const {
    const SphinxSite& spec = *site.spec;
    const bool computed = site.open_intersphinx;
    if (type.empty() || (spec.intersphinx.empty() && !computed))
        return Foreign::absent;
    static const Inventories kNone;
    const Inventories& given = input_.inventories == nullptr ? kNone : *input_.inventories;
    const auto has = [&](std::string_view inventory, std::string_view wanted) {
        const auto at = given.find(inventory);
        return at != given.end() && at->second.has(type, wanted);
    };
    const auto decides = [&](std::string_view inventory) {
        const auto at = given.find(inventory);
        return at != given.end() && !at->second.damaged();
    };
    bool all = !computed;
    const bool disabled = !always && is_disabled(spec, type);
    for (const std::string& inventory : spec.intersphinx) {
        if (!disabled && has(inventory, name))
            return Foreign::found;
        // `python:tut-intro` is looked for in that inventory.
        if (name.size() > inventory.size() && name[inventory.size()] == ':' &&
            ascii_iequals(name.substr(0, inventory.size()), inventory)) {
            if (has(inventory, name.substr(inventory.size() + 1)))
                return Foreign::found;
            return decides(inventory) && !computed ? Foreign::absent : Foreign::maybe;
        }
        all = all && decides(inventory);
    }
    if (disabled)
        return computed ? Foreign::maybe : Foreign::absent;
    // Options stand in inventories together with their program, which intersphinx guesses.
    if (type == "std:cmdoption")
        return Foreign::maybe;
    if (computed) {
        for (const auto& [inventory, content] : given) {
            if (content.has(type, name))
                return Foreign::found;
        }
    }
    return all ? Foreign::absent : Foreign::maybe;
}

Resolution ProjectIndex::resolve_foreign_document(FileId page, std::string_view name) const {
    const Site* const here = site_of(page);
    if (here == nullptr)
        return answer(Found::unknown, std::string(name), "a page of another project");
    const SphinxSite& spec = *here->spec;
    const bool computed = here->open_intersphinx;
    const std::size_t colon = name.find(':');
    if (spec.intersphinx.empty() && !computed)
        return answer(Found::missing, std::string(name), "");
    const bool keyed =
        colon != std::string_view::npos &&
        std::any_of(spec.intersphinx.begin(), spec.intersphinx.end(), [&](const std::string& key) {
            return ascii_iequals(key, name.substr(0, colon));
        });
    switch (find_foreign(*here, "std:doc", name)) {
        case Foreign::found:
            return answer(Found::found, std::string(name), "");
        case Foreign::absent:
            return answer(Found::missing, std::string(name),
                          keyed ? "no such page in that inventory" : "");
        case Foreign::maybe:
            break;
    }
    return answer(Found::unknown, std::string(name), kForeignName);
}

bool ProjectIndex::asks_for_documents(FileId page) const {
    const Site* const here = site_of(page);
    return here != nullptr && here->spec->values.contains("intersphinx_disabled_reftypes") &&
           !is_disabled(*here->spec, "std:doc");
}

Resolution ProjectIndex::resolve_colon_label(FileId page, const Reference& reference) const {
    const int number = settings(page).site;
    const bool link =
        reference.kind == ReferenceKind::link || reference.kind == ReferenceKind::link_definition;
    if (!link || number < 0 || settings(page).flavor != Flavor::myst)
        return {};
    const std::string_view scheme = split_target(reference.target).scheme;
    const Site& here = sites_[static_cast<std::size_t>(number)];
    const std::vector<std::string>& schemes = here.spec->myst_url_schemes;
    if (scheme.empty() || scheme == "inv" || scheme == "path" || scheme == "project" ||
        std::find(schemes.begin(), schemes.end(), ascii_lower(scheme)) != schemes.end())
        return {};
    const std::string start = ascii_lower(scheme) + ":";
    const auto at = std::lower_bound(
        here.labels.begin(), here.labels.end(), start,
        [](const auto& label, const std::string& wanted) { return label.first < wanted; });
    if (at == here.labels.end() || !at->first.starts_with(start))
        return {};
    const std::string name = percent_decode(reference.target);
    if (const FileId labelled = find_label(here, name); labelled != kNoFile)
        return answer(Found::found, name, "", labelled);
    if (!here.names.find(LabelKind::hint, rst::fully_normalize_name(name)).empty())
        return answer(Found::unknown, name, kHint);
    const Foreign foreign = find_foreign(here, "std:label", name, true);
    if (foreign == Foreign::found)
        return answer(Found::found, name, "");
    if (!here.open_names.empty())
        return answer(Found::unknown, name, here.open_names);
    if (foreign == Foreign::maybe && !is_slip_of_label(here, name))
        return answer(Found::unknown, name, kForeignName);
    return answer(Found::missing, name, "");
}

Resolution ProjectIndex::resolve_inventory_link(FileId page, std::string_view target) const {
    const Site* const here = site_of(page);
    if (here == nullptr || settings(page).flavor != Flavor::myst || !target.starts_with("inv:"))
        return {};
    const std::string written(target);
    target.remove_prefix(4);
    const std::size_t hash = std::min(target.find('#'), target.size());
    const std::string name(percent_decode(target.substr(std::min(hash + 1, target.size()))));
    std::vector<std::string_view> parts = split(target.substr(0, hash), ':');
    parts.resize(3);
    const auto any = [](std::string_view part) {
        return part.empty() ? std::string_view("*") : part;
    };
    const SphinxSite& spec = *here->spec;
    const bool computed = here->open_intersphinx;
    bool asked = false;
    bool all = !computed;
    for (const std::string& key : spec.intersphinx) {
        if (!parts[0].empty() && parts[0] != "*" && !ascii_iequals(key, parts[0]))
            continue;
        asked = true;
        const Inventory* const given =
            input_.inventories == nullptr || !input_.inventories->contains(key)
                ? nullptr
                : &input_.inventories->find(key)->second;
        if (given != nullptr && given->has_match(any(parts[1]), any(parts[2]), name))
            return answer(Found::found, written, "");
        all = all && given != nullptr && !given->damaged();
    }
    if (!asked && !computed)
        return answer(Found::missing, written,
                      "intersphinx_mapping has no '" + std::string(parts[0]) + "'");
    if (asked && all)
        return answer(Found::missing, written, "no inventory has it");
    return answer(Found::unknown, written, kForeignName);
}

Resolution ProjectIndex::why_absent(const Site& site, LabelKind kind, std::string_view role,
                                    const std::string& key, const SiteName* untitled,
                                    const SiteName* elsewhere) const {
    const SphinxSite& spec = *site.spec;
    const std::size_t type_end = role.starts_with("rst:") ? role.size() + 1 : 0;
    const Foreign foreign =
        find_foreign(site, inventory_type(kind, role), std::string_view(key).substr(type_end));
    if (foreign == Foreign::found)
        return answer(Found::found, key, "");
    if (!site.names.find(LabelKind::hint, key).empty())
        return answer(Found::unknown, key, kHint);
    if (key.starts_with("sphx_glr_") && !is_of_known_gallery(spec, key))
        return answer(Found::unknown, key, kGallery);
    if (kind == LabelKind::label && (key.find(".ipynb") != std::string::npos ||
                                     (spec.nbsphinx_like && may_stand_in_notebook(key))))
        return answer(Found::unknown, key, kNotebook);
    if (!site.open_names.empty())
        return answer(Found::unknown, key, site.open_names);
    for (const std::string_view maker : kOptionMakers) {
        if (kind == LabelKind::option && has_extension(spec, maker))
            return answer(Found::unknown, key, "an option that an extension may document");
    }
    if (untitled != nullptr)
        return answer(Found::missing, key, "no title follows the label", untitled->file);
    if (elsewhere != nullptr)
        return answer(Found::unknown, key, kNotIncluded);
    if (foreign == Foreign::absent)
        return answer(Found::missing, key, "");
    if (is_slip(key, site.names.nearest(kind, key, std::min<std::size_t>(distance_for(key), 2))))
        return answer(Found::missing, key, "");
    return answer(Found::unknown, key, kForeignName);
}

bool ProjectIndex::is_slip_of_label(const Site& site, std::string_view name) {
    const std::string key = rst::fully_normalize_name(name);
    const std::size_t distance = std::min<std::size_t>(suggestion_distance(key), 2);
    return is_slip(key, site.names.nearest(LabelKind::label, key, distance));
}

std::string ProjectIndex::suggest_name(FileId from, const Reference& reference) const {
    const Role* const role = role_of(reference);
    const Site* here = site_of(from);
    if (here == nullptr && facts(from).format == Format::python && sites_.size() == 1)
        here = &sites_[0];
    if (role == nullptr || here == nullptr)
        return {};
    const std::string key = key_of(*role, reference);
    return std::string(here->names.nearest(role->kind, key, distance_for(key)));
}

FileId ProjectIndex::duplicate_of(FileId file, const Label& label) const {
    const Site* const here = site_of(file);
    if (here == nullptr || here->live[file] == 0 || label.kind != LabelKind::label)
        return kNoFile;
    const SiteName* const name =
        here->names.entry(file, label.kind, label.name, label.range.begin, false);
    return name == nullptr ? kNoFile : name->first;
}

FileId ProjectIndex::duplicate_of(FileId file, const Heading& heading) const {
    const Site* const here = site_of(file);
    if (here == nullptr || !here->section_labels || here->live[file] == 0)
        return kNoFile;
    const SiteName* const name = here->names.entry(
        file, LabelKind::label, section_label(*here, file, heading), heading.range.begin, true);
    return name == nullptr ? kNoFile : name->first;
}

}  // namespace docathon
