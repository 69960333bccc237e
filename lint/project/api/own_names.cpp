#include "lint/project/api/own_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/nearest.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/api/modules.h"
#include "lint/project/api/support.h"

namespace docathon {

using api::first_part;
using api::last_part;

namespace {

/// Folders of a repository that Python takes for packages, and that no reader imports.
constexpr std::array kNoPackages = std::to_array<std::string_view>(
    {"benchmark", "benchmarks", "build", "common", "conftest", "doc", "docs", "example", "examples",
     "script", "scripts", "setup", "src", "test", "tests", "tools", "utils"});

/// Classes of other packages that pages mean when they name them alone.
constexpr std::array kForeignClasses = std::to_array<std::string_view>(
    {"Conv2d",    "DataFrame", "DataLoader",  "Dataset",    "Device", "Embedding", "Enum",
     "Future",    "Graph",     "GraphModule", "Linear",     "List",   "Module",    "Node",
     "Optimizer", "Parameter", "Path",        "Sequential", "Tensor", "Thread"});

/// Python files of the tree below a folder, or the folder itself, have this name without what
/// stands behind a dot: a module in C, a schema that a program makes a module of.
bool has_stem(const FileTree& tree, const std::string& folder, std::string_view name) {
    const std::string prefix = join_path(folder, std::string(name) + ".");
    const auto files = tree.files();
    const auto at = std::lower_bound(
        files.begin(), files.end(), prefix,
        [](const FileEntry& file, const std::string& wanted) { return file.path < wanted; });
    return at != files.end() && at->path.starts_with(prefix) &&
           at->path.find('/', prefix.size()) == std::string::npos;
}

bool holds_python(const FileTree& tree, const std::string& folder) {
    const std::string prefix = folder.empty() ? std::string() : folder + "/";
    const auto files = tree.files();
    auto at = std::lower_bound(
        files.begin(), files.end(), prefix,
        [](const FileEntry& file, const std::string& wanted) { return file.path < wanted; });
    for (; at != files.end() && at->path.starts_with(prefix); ++at) {
        if (is_python_path(at->path))
            return true;
    }
    return false;
}

/// v1, v2: of an interface.
bool is_version(std::string_view name) {
    return name.size() > 1 && name[0] == 'v' &&
           std::all_of(name.begin() + 1, name.end(), is_ascii_digit);
}

bool has_problems(const FileFacts& facts) {
    return std::any_of(facts.problems.begin(), facts.problems.end(),
                       [](const InputProblem& one) { return one.rule.starts_with("input/"); });
}

}  // namespace

/// Where a walk along a dotted name stands.
struct OwnNames::Step {
    ApiEntity entity;    // unknown for a folder without __init__
    std::string folder;  // of a package or such a folder
    bool has_folder = false;
    NameVerdict::State state = NameVerdict::State::found;
    std::string_view why;
};

OwnNames::OwnNames(OwnNamesInput input)
    : input_(std::move(input)), by_file_(input_.tree->files().size(), kNoItem) {
    for (std::uint32_t module = 0; module < input_.api->modules().size(); ++module) {
        if (const FileId file = input_.api->modules()[module].file; file != kNoFile)
            by_file_[file] = module;
    }
    find_roots();
}

void OwnNames::find_roots() {
    const ApiIndex& api = *input_.api;
    const FileTree& tree = *input_.tree;
    const auto is_project = [&](const std::string& folder) {
        for (const std::string_view name : {"pyproject.toml", "setup.py", "setup.cfg"}) {
            if (tree.find(join_path(folder, name)) != kNoFile)
                return true;
        }
        return false;
    };
    if (!api.outer_package().empty()) {
        // The repository itself is the package, or a folder of that name without __init__.py holds
        // the packages (PEP 420).
        std::set<std::string> folders;
        for (const ApiSource& module : api.modules()) {
            if (!module.package || module.file == kNoFile ||
                module.module.find('.') != std::string::npos)
                continue;
            std::string base(dirname(dirname(tree.file(module.file).path)));
            if (basename(base) == api.outer_package())
                folders.insert(std::move(base));
        }
        if (folders.size() < 2)
            roots_.emplace(api.outer_package(), folders.empty() ? "" : *folders.begin());
        return;
    }
    for (const ApiSource& module : api.modules()) {
        if (!module.package || module.file == kNoFile ||
            module.module.find('.') != std::string::npos ||
            std::find(kNoPackages.begin(), kNoPackages.end(), module.module) != kNoPackages.end())
            continue;
        const std::string& path = tree.file(module.file).path;
        std::string base = path.substr(0, path.size() - module.path.size());
        if (base.ends_with('/'))
            base.pop_back();
        const std::string_view last = basename(base);
        const std::string above(dirname(base));
        const bool published = base.empty() || is_project(base) ||
                               ((last == "src" || last == "python" || last == "lib") &&
                                (above.empty() || is_project(above)));
        if (published)
            roots_.emplace(module.module, base);
    }
}

bool OwnNames::is_own(std::string_view name) const {
    return roots_.contains(name);
}

OwnNames::Step OwnNames::child(const Step& from, std::string_view name, NameSearch search) const {
    const ApiIndex& api = *input_.api;
    const FileTree& tree = *input_.tree;
    Step out;
    const auto unknown = [&](std::string_view why) {
        out.state = NameVerdict::State::unknown;
        out.why = why;
        return out;
    };
    if (from.entity.kind == ApiKind::module) {
        const std::uint32_t module = from.entity.module;
        const ApiSource& source = api.modules()[module];
        out.entity = api.name(module, name);
        if (out.entity.kind != ApiKind::unknown) {
            const ApiSource* below =
                out.entity.kind == ApiKind::module ? &api.modules()[out.entity.module] : nullptr;
            if (below != nullptr && below->package && below->file != kNoFile) {
                out.folder = dirname(tree.file(below->file).path);
                out.has_folder = true;
            }
            return out;
        }
        if (out.entity.external)
            return unknown("names of other packages");
        if (api.binds(module, name))
            return unknown("names that are bound in a way that is not read");
        if (api.is_open(module, true) || !answers_few(module))
            return unknown("names of a module that makes names when it runs");
        if (source.file == kNoFile || has_problems(input_.facts[source.file]))
            return unknown("names of a module that could not be read");
        if (has_word(source.file, name))
            return unknown("names that stand in the module in another way");
        if (makes_names(module))
            return unknown("names of a module that makes names when it runs");
        if (!from.has_folder) {
            out.state = NameVerdict::State::missing;
            return out;
        }
    } else if (from.entity.kind == ApiKind::class_) {
        out.entity = api.member(from.entity, name);
        if (out.entity.kind != ApiKind::unknown)
            return out;
        if (out.entity.external || !api.has_known_members(from.entity))
            return unknown("members of a class that may have others");
        if (sets_members(from.entity))
            return unknown("members of a class that may have others");
        if (search == NameSearch::presence || has_word_anywhere(name))
            return unknown("names that stand in the code in another way");
        out.state = NameVerdict::State::missing;
        return out;
    } else if (!from.has_folder) {
        return unknown("members of what is no module or class");
    }
    const std::string path = join_path(from.folder, name);
    for (const std::string& file : {path + "/__init__.py", path + ".py"}) {
        const FileId id = tree.find(file);
        if (id == kNoFile)
            continue;
        if (by_file_[id] != kNoItem) {
            out.entity = {};
            out.entity.kind = ApiKind::module;
            out.entity.module = by_file_[id];
            out.has_folder = file.ends_with("/__init__.py");
            out.folder = out.has_folder ? path : std::string();
            return out;
        }
        return unknown("modules that were not read");
    }
    if (tree.is_opaque(path))
        return unknown("submodules of git");
    if (tree.is_folder(path)) {
        out.entity = {};
        out.folder = path;
        out.has_folder = true;
        return out;
    }
    if (has_stem(tree, from.folder, name))
        return unknown("modules in another language, or made of a schema");
    if (input_.is_ignored && (input_.is_ignored(path + ".py") || input_.is_ignored(path)))
        return unknown("modules that git ignores");
    if (from.entity.kind != ApiKind::module && !holds_python(tree, from.folder))
        return unknown("names of a folder without Python");
    out.state = NameVerdict::State::missing;
    return out;
}

void OwnNames::walk(Step from, std::string_view dotted, std::uint32_t part, NameSearch search,
                    NameVerdict& out) const {
    while (true) {
        const std::string_view name = first_part(dotted);
        Step next = child(from, name, search);
        if (next.state == NameVerdict::State::missing) {
            // Private names come and go as their authors like, and some are made in C. `fb` is what
            // Meta keeps at home of its packages.
            if (name.starts_with('_') || name == "version" || name == "fb") {
                next.state = NameVerdict::State::unknown;
                next.why = "private names";
            } else if (is_version(name)) {
                next.state = NameVerdict::State::unknown;
                next.why = "versions of an interface, which come and go";
            }
        }
        if (next.state != NameVerdict::State::found) {
            if (next.state == NameVerdict::State::missing && search == NameSearch::presence) {
                next.state = NameVerdict::State::unknown;
                next.why = "names that are not looked for in the code";
            }
            out.state = next.state;
            out.why = next.why;
            out.part = part;
            out.entity = from.entity;
            if (next.state == NameVerdict::State::missing && search == NameSearch::suggestion)
                out.suggestion = suggest_in(from, name);
            return;
        }
        from = std::move(next);
        if (name.size() == dotted.size())
            break;
        dotted.remove_prefix(name.size() + 1);
        ++part;
    }
    out.state = NameVerdict::State::found;
    out.entity = from.entity;
}

NameVerdict OwnNames::find(std::string_view dotted, NameSearch search) const {
    NameVerdict out;
    const std::string_view first = first_part(dotted);
    const auto root = roots_.find(first);
    if (root == roots_.end()) {
        out.why = "names of other packages";
        return out;
    }
    Step step;
    step.has_folder = true;
    if (first == input_.api->outer_package()) {
        step.folder = root->second;
    } else {
        step.entity.kind = ApiKind::module;
        step.entity.module = input_.api->find_module(first);
        step.folder = join_path(root->second, first);
    }
    if (first.size() == dotted.size()) {
        out.state = NameVerdict::State::found;
        out.entity = step.entity;
        return out;
    }
    walk(std::move(step), dotted.substr(first.size() + 1), 1, search, out);
    if (out.state == NameVerdict::State::missing && out.part == 1 &&
        first == input_.api->outer_package() && !root->second.empty()) {
        out.state = NameVerdict::State::unknown;
        out.why = "names of a package that others put theirs into";
        return out;
    }
    if (out.state == NameVerdict::State::missing) {
        // The name up to what is missing.
        std::size_t end = 0;
        for (std::uint32_t part = 0; part <= out.part && end != std::string_view::npos; ++part)
            end = dotted.find('.', end == 0 ? 0 : end + 1);
        // Imports of what a module without submodules lacks are as dead as the page is, unless some
        // code puts it there. Submodules may be made by a build.
        const std::string_view name = dotted.substr(0, end);
        const std::string_view last = name.substr(name.rfind('.') + 1);
        const bool plain = out.entity.kind == ApiKind::module && out.entity.module != kNoItem &&
                           !input_.api->modules()[out.entity.module].package && !is_put(last);
        if (!plain && some_code_imports(std::string(name))) {
            out.state = NameVerdict::State::unknown;
            out.why = "names that code of the repository imports";
        }
    }
    return out;
}

NameVerdict OwnNames::member(const ApiEntity& owner, std::string_view dotted,
                             NameSearch search) const {
    NameVerdict out;
    Step step;
    step.entity = owner;
    if (owner.kind == ApiKind::module && input_.api->modules()[owner.module].package &&
        input_.api->modules()[owner.module].file != kNoFile) {
        step.folder = dirname(input_.tree->file(input_.api->modules()[owner.module].file).path);
        step.has_folder = true;
    }
    walk(std::move(step), dotted, 0, search, out);
    return out;
}

void OwnNames::read_classes() const {
    if (!classes_.empty())
        return;
    const ApiIndex& api = *input_.api;
    for (std::uint32_t module = 0; module < api.modules().size(); ++module) {
        const PythonFacts& facts = *api.modules()[module].facts;
        for (std::uint32_t at = 0; at < facts.definitions.size(); ++at) {
            const PyDefinition& one = facts.definitions[at];
            if (one.kind != DefinitionKind::class_ || one.parent != kNoItem)
                continue;
            ApiEntity entity;
            entity.kind = ApiKind::class_;
            entity.module = module;
            entity.definition = at;
            const auto [found, made] = classes_.emplace(facts.text(one.name), entity);
            if (!made)
                found->second = {};
        }
    }
}

ApiEntity OwnNames::only_class(std::string_view name) const {
    if (std::find(kForeignClasses.begin(), kForeignClasses.end(), name) != kForeignClasses.end())
        return {};
    const std::lock_guard guard(lock_);
    read_classes();
    const auto at = classes_.find(name);
    return at == classes_.end() ? ApiEntity{} : at->second;
}

bool OwnNames::is_instance_name(std::string_view package, std::string_view member) const {
    const auto letters = [](std::string_view name) {
        std::string out;
        for (const char c : name) {
            if (c != '_')
                out += c;
        }
        return ascii_lower(out);
    };
    const std::string wanted = letters(package);
    // HydraConf: what `hydra.job` is in the configuration of an application.
    const auto is_meant = [&](std::string_view name) {
        if (name.size() < wanted.size())
            return false;
        const std::string here = letters(name);
        return here == wanted || here == wanted + "conf" || here == wanted + "config" ||
               here == wanted + "settings";
    };
    std::vector<FileId> files;  // of classes that have no such member
    {
        const std::lock_guard guard(lock_);
        read_classes();
        for (const auto& [name, entity] : classes_) {
            if (!is_meant(name))
                continue;
            if (entity.kind == ApiKind::unknown ||
                input_.api->member(entity, member).kind != ApiKind::unknown ||
                !input_.api->has_known_members(entity))
                return true;
            files.push_back(input_.api->modules()[entity.module].file);
        }
    }
    // What their methods set (self.client = ...) is no member that is known.
    return std::any_of(files.begin(), files.end(),
                       [&](FileId file) { return file != kNoFile && has_word(file, member); });
}

bool OwnNames::is_exported(std::string_view name) const {
    return std::any_of(roots_.begin(), roots_.end(), [&](const auto& root) {
        const std::uint32_t module = input_.api->find_module(root.first);
        return module != kNoItem && input_.api->name(module, name).kind == ApiKind::class_;
    });
}

// --- did you mean -----------------------------------------------------------------------------

std::string OwnNames::public_name(const ApiEntity& entity, std::string_view name) const {
    const ApiIndex& api = *input_.api;
    std::string best = api.modules()[entity.module].module + "." + std::string(name);
    bool is_public = api.is_public_module(entity.module);
    for (const ApiIndex::BoundName& one : api.names_of(entity.module, entity.definition)) {
        if (one.publicness == Publicness::no || !api.is_public_module(one.module))
            continue;
        std::string here = api.modules()[one.module].module + "." + std::string(one.name);
        if (is_public && here.size() >= best.size())
            continue;
        best = std::move(here);
        is_public = true;
    }
    return best;
}

namespace {

/// Whether a file is where its module's name says, from the root: a/b.py for a.b.
bool is_path_of(std::string_view path, std::string_view module) {
    if (path.size() < module.size())
        return false;
    for (std::size_t at = 0; at < module.size(); ++at) {
        if (path[at] != (module[at] == '.' ? '/' : module[at]))
            return false;
    }
    return true;
}

}  // namespace

std::string OwnNames::suggest_in(const Step& owner, std::string_view name) const {
    const ApiIndex& api = *input_.api;
    std::vector<std::string_view> names;
    if (owner.entity.kind == ApiKind::module) {
        for (const std::string_view one : api.bound(owner.entity.module)) {
            if (!one.starts_with('_'))
                names.push_back(one);
        }
    } else if (owner.entity.kind == ApiKind::class_) {
        for (const auto& [one, entity] : api.members(owner.entity, true)) {
            if (!one.starts_with('_'))
                names.push_back(one);
        }
    }
    // Its modules, imported there or not.
    const auto path_of = [&](const ApiSource& source) {
        return source.file == kNoFile ? std::string_view()
                                      : std::string_view(input_.tree->file(source.file).path);
    };
    if (owner.has_folder) {
        const std::string inside = owner.folder.empty() ? std::string() : owner.folder + "/";
        for (const ApiSource& source : api.modules()) {
            const std::string_view path = path_of(source);
            if (path.empty() || !path.starts_with(inside))
                continue;
            std::string_view rest = path.substr(inside.size());
            rest = rest.substr(0, rest.find_first_of("/."));
            if (!rest.starts_with('_'))
                names.push_back(rest);
        }
    }
    if (const std::string_view near = nearest(name, names, suggestion_distance(name));
        !near.empty())
        return std::string(near);
    if (owner.entity.kind == ApiKind::class_)
        return {};
    // The same name in another module, if it is there once.
    std::string found;
    const std::string prefix =
        api.outer_package().empty() ? std::string() : api.outer_package() + ".";
    for (std::uint32_t module = 0; module < api.modules().size(); ++module) {
        const ApiSource& source = api.modules()[module];
        if (!roots_.contains(first_part(source.module)) && api.outer_package().empty())
            continue;
        // Below a folder without __init__ a module is called otherwise than from the outside.
        if (!api.outer_package().empty() && source.module.find('.') != std::string::npos &&
            !is_path_of(path_of(source), source.module))
            continue;
        std::string here;
        if (last_part(source.module) == name && source.module != name)
            here = prefix + source.module;
        const ApiEntity entity = api.name(module, name);
        const bool defined = entity.definition != kNoItem && entity.module == module;
        if (here.empty() && defined)
            here = prefix + public_name(entity, name);
        if (here.empty())
            continue;
        if (!found.empty())
            return {};
        found = here;
    }
    // `from pkg.m import m` where the function is gone: the module is no help.
    const std::string own = owner.entity.kind == ApiKind::module
                                ? prefix + api.modules()[owner.entity.module].module
                                : std::string();
    return found == own ? std::string() : found;
}

}  // namespace docathon
