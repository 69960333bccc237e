// docathon-lint api coverage [MODULE...], api where NAME, api dump [NAME|DIR...], api deprecated
// [DIR...]: what the Python packages of a project offer, and what of it is documented or
// deprecated.

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/cli/pipeline.h"
#include "lint/core/line_index.h"
#include "lint/core/parallel.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"
#include "lint/model/example_facts.h"
#include "lint/parse/parse.h"
#include "lint/project/api/coverage.h"
#include "lint/project/api/deprecated.h"
#include "lint/project/api/modules.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"
#include "lint/report/json_writer.h"

namespace docathon::cli {

namespace {

constexpr std::uint64_t kMostBytes = 64u << 20;
constexpr int kMaxFolderDepth = 64;

constexpr std::array<std::string_view, 10> kKinds = {
    "module",   "class",       "function",     "data",      "method",
    "property", "classmethod", "staticmethod", "attribute", "unknown"};
constexpr std::array<std::string_view, 5> kParameterKinds = {"po", "pk", "vp", "ko", "vk"};

/// A Python file and the module that it is.
struct ModuleFile {
    std::string path;    ///< to open
    std::string shown;   ///< relative to the folder that holds the package
    std::string module;  ///< dotted name
    bool package = false;
};

/// All Python files below a folder, in any order. Symbolic links are not followed.
void walk(const FileSystem& files, const std::string& folder, const std::string& shown, int depth,
          std::vector<ModuleFile>& out) {
    if (depth > kMaxFolderDepth)
        return;
    const Result<std::vector<FolderEntry>> entries = files.list_folder(folder);
    if (!entries)
        return;
    for (const FolderEntry& entry : *entries) {
        const std::string path = folder + "/" + entry.name;
        const std::string below = shown.empty() ? entry.name : shown + "/" + entry.name;
        if (entry.kind == FileKind::folder && is_module_name(entry.name) &&
            entry.name != "__pycache__") {
            walk(files, path, below, depth + 1, out);
        } else if (entry.kind == FileKind::regular && is_python_path(entry.name)) {
            ModuleFile file;
            file.path = path;
            file.shown = below;
            file.module = module_of_path(below, file.package);
            if (!file.module.empty())
                out.push_back(std::move(file));
        }
    }
}

/// Modules of the folder's packages, or of the package that the folder is.
Result<std::vector<ModuleFile>> modules_in(const FileSystem& files, const std::string& folder) {
    const Result<std::string> real = files.real_path(folder);
    if (!real)
        return tl::unexpected<Error>(real.error());
    const auto is_package = [&](const std::string& path) {
        return files.info_followed(path + "/__init__.py").kind == FileKind::regular ||
               files.info_followed(path + "/__init__.pyi").kind == FileKind::regular;
    };
    std::string base = *real;
    while (is_package(base) && base != "/")
        base = std::string(dirname(base));
    std::vector<ModuleFile> out;
    walk(files, *real, std::string(base == *real ? "" : relative_path(base, *real)), 0, out);
    return out;
}

/// Modules of a project.
std::vector<ModuleFile> modules_of(const Session& session) {
    std::vector<ModuleFile> out;
    for (const ApiModuleFile& module : project_modules(session.tree)) {
        out.push_back(
            {session.tree.file(module.file).path, module.shown, module.module, module.package});
    }
    return out;
}

/// Modules with their facts, which the index borrows.
struct Read {
    std::vector<FileFacts> facts;
    std::unique_ptr<ApiIndex> index;
};

Read read_modules(const std::vector<ModuleFile>& modules,
                  const std::function<Result<std::string>(const std::string&)>& read) {
    Read out;
    out.facts.resize(modules.size());
    parallel_for(modules.size(), hardware_jobs(), [&](std::size_t i) {
        Result<std::string> bytes = read(modules[i].path);
        if (!bytes)
            return;
        const SourceFile source(0, modules[i].path, std::move(*bytes));
        Settings settings;
        settings.max_bytes = kMostBytes;
        out.facts[i] = parse_file(source, settings).facts;
    });
    std::vector<ApiSource> sources;
    for (std::size_t i = 0; i < modules.size(); ++i) {
        if (out.facts[i].python != nullptr)
            sources.push_back({modules[i].module, modules[i].shown, modules[i].package,
                               out.facts[i].python.get(), static_cast<FileId>(i)});
    }
    out.index = std::make_unique<ApiIndex>(std::move(sources));
    return out;
}

class Records {
  public:
    Records(const ApiIndex& index, JsonWriter& json) : index_(index), json_(json) {}

    void write(const ApiName& name) {
        json_.begin_object();
        json_.member("module", index_.modules()[name.module].module);
        json_.member("name", name.name);
        json_.key("public");
        if (name.publicness == Publicness::yes || name.publicness == Publicness::no)
            json_.value(name.publicness == Publicness::yes);
        else
            json_.value(
                std::string_view(name.publicness == Publicness::maybe ? "maybe" : "unknown"));
        json_.member("why", name.why);
        json_.member("kind", kKinds[static_cast<std::size_t>(name.entity.kind)]);
        if (const std::string canonical = index_.canonical(name.entity); !canonical.empty())
            json_.member("canonical", canonical);
        signature(name.entity);
        const int documented = index_.documented(name.entity);
        if (documented >= 0 && name.entity.kind != ApiKind::data &&
            name.entity.kind != ApiKind::attribute)
            json_.member("doc", documented == 1);
        const PyDefinition* definition = index_.definition(name.entity);
        if (name.entity.kind != ApiKind::unknown) {
            json_.member("deprecated", index_.deprecated(name.entity));
            json_.member("async", definition != nullptr &&
                                      (definition->flags & definition_flag::kAsync) != 0);
        }
        if (definition != nullptr) {
            json_.member("file", index_.modules()[name.entity.module].path);
            json_.member("line", std::uint64_t{definition->line});
            json_.member("first", std::uint64_t{definition->first_line});
        } else if (name.entity.kind == ApiKind::module && name.entity.module != kNoItem) {
            json_.member("file", index_.modules()[name.entity.module].path);
        }
        json_.end_object();
        json_.end_line();
    }

  private:
    void signature(const ApiEntity& entity) {
        const ApiSignature signature = index_.signature(entity);
        if (!signature.known)
            return;
        json_.key("params").begin_array();
        for (const ApiParameter& parameter : signature.parameters) {
            json_.begin_object();
            json_.member("name", parameter.name);
            json_.member("kind", kParameterKinds[static_cast<std::size_t>(parameter.kind)]);
            json_.member("default", parameter.has_default);
            json_.end_object();
        }
        json_.end_array();
    }

    const ApiIndex& index_;
    JsonWriter& json_;
};

/// Whether `module` is `wanted` or below it.
bool is_below(std::string_view wanted, std::string_view module) {
    return module == wanted || (module.size() > wanted.size() && module.starts_with(wanted) &&
                                module[wanted.size()] == '.');
}

/// `wanted`: modules or names; empty for all. False if one of them is not there.
bool dump(const ApiIndex& index, const std::string& wanted, Records& records) {
    bool any = false;
    for (std::uint32_t module = 0; module < index.modules().size(); ++module) {
        const std::string& name = index.modules()[module].module;
        const bool whole = wanted.empty() || is_below(wanted, name);
        const bool part = !whole && wanted.starts_with(name) && wanted[name.size()] == '.';
        if ((!whole && !part) || !index.is_imported(module))
            continue;
        for (const ApiName& one : index.names(module)) {
            if (part && !is_below(std::string_view(wanted).substr(name.size() + 1), one.name))
                continue;
            any = true;
            records.write(one);
        }
    }
    return any || wanted.empty();
}

/// Names under which the same thing can be had, the best first: public ones, in few parts.
std::vector<std::string> public_names(const ApiIndex& index, const ApiEntity& entity) {
    std::vector<std::string> out;
    for (std::uint32_t module = 0; module < index.modules().size(); ++module) {
        const std::vector<ApiName> names = index.names(module);
        if (names.front().publicness != Publicness::yes)
            continue;
        for (const ApiName& name : names) {
            if (name.publicness == Publicness::yes && name.entity == entity)
                out.push_back(index.modules()[module].module +
                              (name.name.empty() ? "" : "." + name.name));
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const std::string& a, const std::string& b) {
        return std::tuple(std::count(a.begin(), a.end(), '.'), std::string_view(a)) <
               std::tuple(std::count(b.begin(), b.end(), '.'), std::string_view(b));
    });
    return out;
}

/// Reads the whole project, pages and modules, and calls `use` with its index; kFailed and kClean
/// as a command returns them, or what `use` returns.
int with_index(const DiskFlags& given,
               const std::function<int(const Session&, const ProjectIndex&)>& use) {
    DiskFlags flags = given;
    // A rule that needs the Python of the project, whatever the configuration says.
    flags.rules.select.emplace_back("api/missing-docstring");
    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    LintJob job = session.job(hardware_jobs());
    int code = kFailed;
    bool done = false;
    job.ask = [&](const ProjectIndex& index, const std::function<std::string_view(FileId)>&) {
        code = use(session, index);
        done = true;
        return UrlAnswers{};
    };
    // Nothing is to be found, so it ends there.
    job.cancelled = [&] { return done; };
    (void)lint(job);
    return code;
}

std::uint32_t line_of(const Session& session, FileId file, std::uint32_t offset) {
    const Result<std::string> bytes = session.read(session.tree.file(file).path);
    if (!bytes)
        return 1;
    return LineIndex(*bytes).line(offset);
}

int where(const Session& session, const ProjectIndex& project, const std::string& wanted) {
    if (project.api() == nullptr)
        return usage_error("there is no Python in this project");
    const ApiIndex& index = *project.api();
    const ApiEntity entity = index.resolve(wanted);
    if (entity.kind == ApiKind::unknown || entity.module == kNoItem)
        return usage_error("no '" + wanted + "' in this project");
    const ApiSource& module = index.modules()[entity.module];
    const PyDefinition* definition = index.definition(entity);
    std::uint32_t line = 1;
    if (definition != nullptr)
        line = definition->line;
    else if (entity.assignment != kNoItem)
        line = module.facts->assignments[entity.assignment].line;
    std::string text = std::string(kKinds[static_cast<std::size_t>(entity.kind)]) + " defined in " +
                       session.tree.file(module.file).path + ":" + std::to_string(line) + "\n";
    const std::vector<std::string> names = public_names(index, entity);
    if (names.empty())
        text += "not public\n";
    for (const std::string& name : names)
        text += "public as " + name + "\n";
    const int documented = index.documented(entity);
    if (documented >= 0)
        text += documented == 1 ? "has a docstring\n" : "has no docstring\n";
    if (index.deprecated(entity))
        text += "deprecated\n";
    // Pages may name it by any of its names.
    std::vector<std::string> tried = names;
    tried.push_back(wanted);
    std::string canonical = index.canonical(entity);
    std::replace(canonical.begin(), canonical.end(), ':', '.');
    tried.push_back(canonical);
    std::set<std::string> pages;
    bool open = false;
    for (const std::string& name : tried) {
        open = open || project.docs()->may_have(name);
        if (const DocsPlace* place = project.docs()->find(name))
            pages.insert(session.tree.file(place->page).path + ":" +
                         std::to_string(line_of(session, place->page, place->range.begin)));
    }
    for (const std::string& page : pages)
        text += "on page " + page + "\n";
    if (pages.empty())
        text += open ? "on a page, or not: only a build shows\n" : "on no page\n";
    print_out(text);
    return kClean;
}

// ---- api registered ----------------------------------------------------------------------------

/// What pages register, by name; then what they may register. False if it could not be written.
bool registered(const Session& session, const ProjectIndex& project,
                const std::vector<std::string>& wanted) {
    const auto is_wanted = [&](const std::string& name) {
        return wanted.empty() || std::any_of(wanted.begin(), wanted.end(),
                                             [&](const auto& one) { return is_below(one, name); });
    };
    const DocsRegistry& docs = *project.docs();
    DescriptorWriter descriptor(1);
    const Writer writer = descriptor.writer();
    Out out(writer);
    JsonWriter json(out);
    std::map<FileId, std::string> pages;
    std::map<FileId, LineIndex> lines;  // of the texts in `pages`
    for (const auto& [name, place] : docs.names()) {
        if (!is_wanted(name))
            continue;
        auto at = lines.find(place.page);
        if (at == lines.end()) {
            Result<std::string> bytes = session.read(session.tree.file(place.page).path);
            std::string& page = pages[place.page];
            if (bytes)
                page = std::move(*bytes);
            at = lines.emplace(place.page, LineIndex(page)).first;
        }
        json.begin_object().member("name", name);
        json.member("page", session.tree.file(place.page).path);
        json.member("line", std::uint64_t{at->second.line(place.range.begin)});
        if (place.alias)
            json.member("alias", true);
        json.end_object();
        json.end_line();
    }
    if (docs.all_unknown()) {
        json.begin_object().member("name", "").member("unknown", "all").end_object();
        json.end_line();
    }
    for (const auto& [name, below] : docs.unknown()) {
        if (!is_wanted(name))
            continue;
        json.begin_object().member("name", name);
        json.member("unknown", below ? "below" : "name").end_object();
        json.end_line();
    }
    out.finish();
    return descriptor.flush() || !descriptor.failed();
}

// ---- api coverage ------------------------------------------------------------------------------

struct ModuleCoverage {
    std::string module;
    std::uint64_t objects = 0;
    std::uint64_t documented = 0;
    std::uint64_t undocumented = 0;
    std::uint64_t unknown = 0;
    std::uint64_t on_pages = 0;
    std::vector<std::string> missing;              ///< names without a docstring
    std::map<std::string, std::uint64_t> reasons;  ///< why unknown

    void add(const ModuleCoverage& other) {
        objects += other.objects;
        documented += other.documented;
        undocumented += other.undocumented;
        unknown += other.unknown;
        on_pages += other.on_pages;
        for (const auto& [reason, count] : other.reasons)
            reasons[reason] += count;
    }
    /// Of those that can be decided.
    [[nodiscard]] double percent() const {
        const std::uint64_t decided = documented + undocumented;
        return decided == 0
                   ? 100.0
                   : 100.0 * static_cast<double>(documented) / static_cast<double>(decided);
    }
};

std::vector<ModuleCoverage> coverage_of(const ProjectIndex& project,
                                        const std::vector<std::string>& wanted) {
    const ApiIndex& api = *project.api();
    std::vector<ModuleCoverage> out;
    for (std::uint32_t module = 0; module < api.modules().size(); ++module) {
        const std::string& name = api.modules()[module].module;
        if (!wanted.empty() &&
            std::none_of(wanted.begin(), wanted.end(),
                         [&](const std::string& one) { return is_below(one, name); }))
            continue;
        ModuleCoverage made;
        made.module = name;
        for (const CoveredObject& object : covered_objects(api, module)) {
            ++made.objects;
            const std::string path =
                object_path(*api.modules()[module].facts, object.definition, name);
            bool on_page = project.docs()->find(path) != nullptr;
            for (const ApiIndex::BoundName& bound : api.names_of(module, object.definition))
                on_page = on_page || project.docs()->find(api.modules()[bound.module].module + "." +
                                                          std::string(bound.name)) != nullptr;
            made.on_pages += on_page ? 1 : 0;
            switch (object.docstring.state) {
                case DocstringState::present:
                case DocstringState::inherited:
                    ++made.documented;
                    break;
                case DocstringState::absent:
                    ++made.undocumented;
                    made.missing.push_back(path);
                    break;
                case DocstringState::unknown:
                    ++made.unknown;
                    ++made.reasons[std::string(object.docstring.reason)];
                    break;
            }
        }
        if (made.objects > 0)
            out.push_back(std::move(made));
    }
    std::stable_sort(out.begin(), out.end(), [](const ModuleCoverage& a, const ModuleCoverage& b) {
        return a.module < b.module;
    });
    return out;
}

std::string percent_text(double percent) {
    // Never rounded up to 100.
    const auto tenths = static_cast<std::uint64_t>(percent * 10.0 + 1e-9);
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %";
}

std::string coverage_table(const std::vector<ModuleCoverage>& modules, const ModuleCoverage& total,
                           bool markdown) {
    std::vector<std::array<std::string, 7>> rows;
    rows.push_back(
        {"module", "objects", "documented", "undocumented", "unknown", "covered", "on pages"});
    const auto row = [&](const ModuleCoverage& one) {
        rows.push_back({markdown ? "`" + one.module + "`" : one.module, std::to_string(one.objects),
                        std::to_string(one.documented), std::to_string(one.undocumented),
                        std::to_string(one.unknown), percent_text(one.percent()),
                        std::to_string(one.on_pages)});
    };
    for (const ModuleCoverage& one : modules)
        row(one);
    row(total);
    std::array<std::size_t, 7> width{};
    for (const auto& cells : rows) {
        for (std::size_t i = 0; i < cells.size(); ++i)
            width[i] = std::max(width[i], cells[i].size());
    }
    std::string out;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        std::string line;
        for (std::size_t i = 0; i < rows[r].size(); ++i) {
            const std::string pad(width[i] - rows[r][i].size(), ' ');
            const std::string cell = i == 0 ? rows[r][i] + pad : pad + rows[r][i];
            line += markdown ? (i == 0 ? "| " : " | ") + cell : (i == 0 ? "" : "  ") + cell;
        }
        out += line + (markdown ? " |\n" : "\n");
        if (r == 0 && markdown)
            out += "|---|--:|--:|--:|--:|--:|--:|\n";
    }
    for (const auto& [reason, count] : total.reasons)
        out += (markdown ? "\n" : "") + std::string("unknown: ") + std::to_string(count) + ", " +
               reason + "\n";
    return out;
}

void write_counts(JsonWriter& json, const ModuleCoverage& one) {
    json.member("objects", one.objects).member("documented", one.documented);
    json.member("undocumented", one.undocumented).member("unknown", one.unknown);
    json.member("on_pages", one.on_pages);
    json.key("reasons").begin_object();
    for (const auto& [reason, count] : one.reasons)
        json.member(reason, count);
    json.end_object();
}

int coverage(const ProjectIndex& project, const std::vector<std::string>& wanted,
             const std::string& format, std::optional<std::uint64_t> fail_under) {
    if (project.api() == nullptr)
        return usage_error("there is no Python in this project");
    const std::vector<ModuleCoverage> modules = coverage_of(project, wanted);
    for (const std::string& one : wanted) {
        const auto modules_of_api = project.api()->modules();
        if (std::none_of(modules_of_api.begin(), modules_of_api.end(),
                         [&](const ApiSource& source) { return is_below(one, source.module); }))
            return usage_error("no module '" + one + "' in this project");
    }
    ModuleCoverage total;
    total.module = "all";
    for (const ModuleCoverage& one : modules)
        total.add(one);
    if (format == "json") {
        DescriptorWriter descriptor(1);
        const Writer writer = descriptor.writer();
        Out out(writer);
        JsonWriter json(out);
        json.begin_object();
        write_counts(json, total);
        json.key("modules").begin_array();
        for (const ModuleCoverage& one : modules) {
            json.line_break().begin_object().member("module", one.module);
            write_counts(json, one);
            json.key("missing").begin_array();
            for (const std::string& name : one.missing)
                json.value(std::string_view(name));
            json.end_array().end_object();
        }
        json.line_break().end_array().end_object();
        json.end_line();
        out.finish();
        if (!descriptor.flush() && descriptor.failed())
            return kFailed;
    } else {
        print_out(coverage_table(modules, total, format == "markdown"));
    }
    return fail_under && total.percent() < static_cast<double>(*fail_under) ? kFindings : kClean;
}

/// In double quotes, as YAML and JSON read it.
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : escape_control(text)) {
        if (c == '"' || c == '\\')
            out += '\\';
        out += c;
    }
    return out + "\"";
}

/// `__version__ = "1.2.3+cpu"` of a package, without what stands behind the numbers; "" if none.
std::string version_of(const ApiIndex& index, const std::string& package) {
    for (const std::string_view module : {".version", "._version", ".__about__", ""}) {
        const std::uint32_t at = index.find_module(package + std::string(module));
        if (at == kNoItem)
            continue;
        const PythonFacts& facts = *index.modules()[at].facts;
        for (const PyAssignment& one : facts.assignments) {
            const std::string_view name = facts.text(one.target);
            std::string_view value = facts.text(one.value);
            if ((name != "__version__" && name != "version") || value.size() < 3 ||
                (value[0] != '"' && value[0] != '\''))
                continue;
            value.remove_prefix(1);
            return std::string(value.substr(0, value.find_first_not_of("0123456789.")));
        }
    }
    return {};
}

/// Rows as files of rules/data/deprecated have them.
void print_deprecated(const Read& read) {
    const ApiIndex& index = *read.index;
    const std::vector<DeprecatedRow> rows =
        deprecated_rows(index, [&](std::uint32_t module) -> const ScriptFacts* {
            // The file of a module is its position in `read`.
            const auto& examples = read.facts[index.modules()[module].file].examples;
            return examples == nullptr ? nullptr : examples->script.get();
        });
    std::set<std::string> packages;
    std::map<std::string, std::string> versions;
    for (const DeprecatedRow& row : rows)
        packages.insert(row.name.substr(0, row.name.find('.')));
    std::string out =
        "# Harvested by `docathon-lint api deprecated`. What it cannot see is in other files.\n";
    out += "packages:\n";
    for (const std::string& package : packages) {
        const std::string version = version_of(index, package);
        versions[package] = version.empty() ? "?" : version;
        out += "  " + package + ": " + quoted(version) + "\n";
    }
    out += "deprecated:\n";
    for (const DeprecatedRow& row : rows) {
        out += "  - name: " + row.name + "\n";
        const auto member = [&](std::string_view key, const std::string& value, bool plain) {
            if (!value.empty())
                out += "    " + std::string(key) + ": " + (plain ? value : quoted(value)) + "\n";
        };
        if (!row.aliases.empty()) {
            out += "    aliases:\n";
            for (const std::string& alias : row.aliases)
                out += "      - " + alias + "\n";
        }
        member("kind", row.kind, true);
        member("argument", row.argument, true);
        member("value", row.value, false);
        member("since", row.since, false);
        if (!row.removed.empty())
            member("removed", versions[row.name.substr(0, row.name.find('.'))], false);
        member("replacement", row.replacement, false);
        member("fix", row.fix, true);
        member("source", row.source, true);
    }
    print_out(rows.empty() ? "packages: {}\ndeprecated: []\n" : out);
}

/// api deprecated [DIR...]
int deprecated(const std::vector<std::string>& folders, const DiskFlags& flags) {
    if (folders.empty()) {
        Result<DiskSession> opened = open_session(flags);
        if (!opened)
            return usage_error(opened.error().to_string());
        const Session& session = *opened->session;
        print_deprecated(read_modules(modules_of(session), session.read));
        return kClean;
    }
    const RealFileSystem files;
    std::vector<ModuleFile> all;
    for (const std::string& folder : folders) {
        const Result<std::vector<ModuleFile>> modules = modules_in(files, folder);
        if (!modules)
            return usage_error(modules.error().to_string());
        if (modules->empty())
            return usage_error(folder + ": no Python files here");
        all.insert(all.end(), modules->begin(), modules->end());
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const ModuleFile& a, const ModuleFile& b) { return a.shown < b.shown; });
    print_deprecated(read_modules(
        all, [&](const std::string& path) { return files.read_file(path, kMostBytes); }));
    return kClean;
}

}  // namespace

int run_api(std::vector<std::string> arguments) {
    std::vector<std::string> words;
    DiskFlags flags;
    std::string format = "text";
    std::optional<std::uint64_t> fail_under;
    Arguments parser("docathon-lint api", "What the Python packages of a project offer");
    parser.positionals(
        words, "ARGUMENT",
        "coverage [MODULE...]: which public objects have a docstring; where NAME: "
        "its definition, its public names and the page that it is on; dump "
        "[NAME|FOLDER...]: all names as JSON lines; registered [NAME...]: names that "
        "pages register, and may register, as JSON lines; deprecated [FOLDER...]: "
        "what the sources say is deprecated, as YAML");
    parser.value("--config", flags.config, "FILE",
                 "Configuration file, instead of the nearest .docathon-lint.yaml");
    parser.value("--format", format, "FORMAT", "Of coverage: text, json or markdown");
    parser.number("--fail-under", fail_under, "PERCENT",
                  "Of coverage: exit 1 if fewer of the objects that can be decided are documented");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    const bool known =
        !words.empty() && (words[0] == "dump" || words[0] == "where" || words[0] == "coverage" ||
                           words[0] == "registered" || words[0] == "deprecated");
    if (!known || (words[0] == "where" && words.size() != 2))
        return usage_error(
            "api needs one of: coverage [MODULE...], where NAME, dump [NAME|FOLDER...], "
            "registered [NAME...], deprecated [FOLDER...]");
    if (format != "text" && format != "json" && format != "markdown")
        return usage_error("--format takes text, json or markdown here, not '" + format + "'");
    if (words[0] != "coverage" && (format != "text" || fail_under))
        return usage_error("--format and --fail-under belong to api coverage");
    const std::vector<std::string> rest(words.begin() + 1, words.end());
    if (words[0] == "where") {
        return with_index(flags, [&](const Session& session, const ProjectIndex& project) {
            return where(session, project, rest[0]);
        });
    }
    if (words[0] == "registered") {
        return with_index(flags, [&](const Session& session, const ProjectIndex& project) {
            if (project.docs() == nullptr)
                return usage_error("there is no Python in this project");
            return registered(session, project, rest) ? kClean : kFailed;
        });
    }
    if (words[0] == "coverage") {
        return with_index(flags, [&](const Session&, const ProjectIndex& project) {
            return coverage(project, rest, format, fail_under);
        });
    }

    if (words[0] == "deprecated")
        return deprecated(rest, flags);

    const RealFileSystem files;
    DescriptorWriter descriptor(1);
    const Writer writer = descriptor.writer();
    Out out(writer);
    JsonWriter json(out);
    std::vector<std::string> names;
    // Packages that are given together may take names from each other.
    std::vector<ModuleFile> given;
    for (std::size_t i = 1; i < words.size(); ++i) {
        const bool folder =
            words[0] == "dump" && (words[i].find('/') != std::string::npos || words[i] == ".");
        if (!folder &&
            !(words[0] == "dump" && files.info_followed(words[i]).kind == FileKind::folder)) {
            names.push_back(words[i]);
            continue;
        }
        const Result<std::vector<ModuleFile>> modules = modules_in(files, words[i]);
        if (!modules)
            return usage_error(modules.error().to_string());
        if (modules->empty())
            return usage_error(words[i] + ": no Python files here");
        given.insert(given.end(), modules->begin(), modules->end());
    }
    if (!given.empty()) {
        const auto by_path = [](const ModuleFile& a, const ModuleFile& b) {
            return a.path < b.path;
        };
        const auto same = [](const ModuleFile& a, const ModuleFile& b) { return a.path == b.path; };
        std::sort(given.begin(), given.end(), by_path);
        given.erase(std::unique(given.begin(), given.end(), same), given.end());
        const Read read = read_modules(
            given, [&](const std::string& path) { return files.read_file(path, kMostBytes); });
        Records records(*read.index, json);
        dump(*read.index, "", records);
    }
    if (!names.empty() || words.size() == 1) {
        Result<DiskSession> opened = open_session(flags);
        if (!opened)
            return usage_error(opened.error().to_string());
        const Session& session = *opened->session;
        const Read read = read_modules(modules_of(session), session.read);
        Records records(*read.index, json);
        if (names.empty())
            names.emplace_back();
        for (const std::string& name : names) {
            if (!dump(*read.index, name, records))
                return usage_error("no '" + name + "' in this project");
        }
    }
    out.finish();
    return descriptor.flush() || !descriptor.failed() ? kClean : kFailed;
}

}  // namespace docathon::cli
