// api/missing-docstring: see rules/api/missing-docstring.yaml.

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/project/api/coverage.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/docstrings.h"
#include "lint/rules/support/patterns.h"

namespace docathon::rules {

namespace {

bool is_magic(std::string_view name) {
    return name.size() > 4 && name.starts_with("__") && name.ends_with("__");
}

/// What a definition is, as far as the demand for a docstring goes by it.
struct Kind {
    std::string_view word;  ///< for the message
    std::string_view code;  ///< ruff's
};

class MissingDocstring final : public Check {
  public:
    explicit MissingDocstring(const Options& options)
        : options_(options),
          ignore_(options.strings("ignore")),
          has_ignore_(!options.strings("ignore").empty()),
          by_file_(options.string("public") == "file"),
          min_lines_(options.integer("min-lines")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.facts.python == nullptr || context.index.api() == nullptr)
            return;
        if (by_file_)
            check_by_file(context, sink);
        else
            check_by_project(context, sink);
    }

  private:
    // ---- what the project offers
    // -----------------------------------------------------------------

    void check_by_project(const ProjectContext& context, Sink& sink) const {
        const ApiIndex& api = *context.index.api();
        const std::uint32_t module = context.index.api_module(context.file);
        if (module == kNoItem || context.facts.generated)
            return;
        const ApiSource& source = api.modules()[module];
        const PythonFacts& facts = *context.facts.python;
        if (!is_api_module(api, module))
            return;
        std::uint64_t judged = 0;
        if (options_.boolean("modules") && api.is_public_module(module)) {
            ++judged;
            report_module(context, source.package, source.module, sink);
        }
        for (std::uint32_t at = 0; at < facts.definitions.size(); ++at) {
            const PyDefinition& one = facts.definitions[at];
            const bool nested = (one.flags & definition_flag::kInFunction) != 0;
            if (nested && !options_.boolean("nested-functions"))
                continue;
            if (!nested) {
                const Publicness publicness = demanded_publicness(api, module, at);
                if (publicness == Publicness::unknown)
                    sink.unknown("whether a name is public");
                if (publicness != Publicness::yes)
                    continue;
            }
            const Kind kind = kind_of(facts, one);
            if (!is_demanded(facts, at, source.module))
                continue;
            const DocstringVerdict verdict = docstring_of(api, module, at);
            if (verdict.state == DocstringState::unknown)
                sink.unknown(std::string(verdict.reason));
            if (verdict.state == DocstringState::unknown ||
                verdict.state == DocstringState::inherited)
                continue;
            if (verdict.state == DocstringState::absent)
                report(facts, at, kind, source.module, sink);
            ++judged;
        }
        sink.judged(judged);
    }

    /// As public as what it stands in, where the own underscore does not matter.
    [[nodiscard]] Publicness demanded_publicness(const ApiIndex& api, std::uint32_t module,
                                                 std::uint32_t at) const {
        const PythonFacts& facts = *api.modules()[module].facts;
        const PyDefinition& one = facts.definitions[at];
        const std::string_view name = facts.text(one.name);
        if (name.starts_with('_') && !is_magic(name)) {
            if (!options_.boolean(name.starts_with("__") ? "private" : "semiprivate"))
                return Publicness::no;
            if (one.parent == kNoItem)
                return api.is_public_module(module) ? Publicness::yes : Publicness::no;
            return api.publicness(module, one.parent);
        }
        // Nor is what a private class has anybody's concern but that of the classes below it.
        for (std::uint32_t outer = one.parent; outer != kNoItem;
             outer = facts.definitions[outer].parent) {
            if (facts.text(facts.definitions[outer].name).starts_with('_') &&
                !options_.boolean("semiprivate"))
                return Publicness::no;
        }
        if (one.parent == kNoItem && has_decorator(facts, one, "overload")) {
            // The name stands for what comes last.
            for (std::uint32_t later = static_cast<std::uint32_t>(facts.definitions.size());
                 later-- > at;) {
                if (facts.definitions[later].parent == kNoItem &&
                    facts.text(facts.definitions[later].name) == name)
                    return api.publicness(module, later);
            }
        }
        return api.publicness(module, at);
    }

    // ---- what a file shows by itself
    // ---------------------------------------------------------------

    void check_by_file(const ProjectContext& context, Sink& sink) const {
        const PythonFacts& facts = *context.facts.python;
        if (facts.stub)
            return;
        const FileTree& tree = context.index.tree();
        const std::string& path = tree.file(context.file).path;
        const bool package = basename(path) == "__init__.py";
        std::string_view stem = basename(path);
        stem = stem.substr(0, stem.rfind('.'));
        std::string module(package ? std::string_view() : stem);
        bool hidden = !package && is_private_part(stem);
        for (std::string_view folder = dirname(path); !folder.empty(); folder = dirname(folder)) {
            if (tree.find(std::string(folder) + "/__init__.py") == kNoFile)
                break;
            hidden = hidden || is_private_part(basename(folder));
            module = std::string(basename(folder)) + (module.empty() ? "" : "." + module);
        }
        if (hidden)
            return;
        std::uint64_t judged = 0;
        if (options_.boolean("modules")) {
            ++judged;
            report_module(context, package, module, sink);
        }
        std::vector<std::string_view> exported;
        bool has_all = false;
        for (const PyAll& entry : facts.all) {
            if (entry.method)
                continue;
            has_all = true;
            if (!entry.name.empty())
                exported.push_back(facts.text(entry.name));
        }
        std::sort(exported.begin(), exported.end());
        const auto overloading = typing_names(facts, "overload");
        const auto overriding = typing_names(facts, "override");
        std::vector<bool> shown(facts.definitions.size());
        for (std::uint32_t at = 0; at < facts.definitions.size(); ++at) {
            const PyDefinition& one = facts.definitions[at];
            const std::string_view name = facts.text(one.name);
            const bool top = one.parent == kNoItem;
            const bool in_class =
                !top && facts.definitions[one.parent].kind == DefinitionKind::class_;
            bool visible = top || (in_class && shown[one.parent]);
            if (top && has_all)
                visible = std::binary_search(exported.begin(), exported.end(), name);
            if (one.kind == DefinitionKind::function && in_class)
                visible =
                    visible && !is_setter(facts, one) &&
                    (!name.starts_with('_') || (name.starts_with("__") && name.ends_with("__")));
            else
                visible = visible && !name.starts_with('_');
            shown[at] = visible;
            if (!visible || is_ignored(facts, at, module))
                continue;
            const Kind kind = kind_of(facts, one);
            if (!is_demanded_kind(kind, one))
                continue;
            if (one.kind == DefinitionKind::function) {
                if (has_one_of(facts, one, overloading) ||
                    (in_class && has_one_of(facts, one, overriding)))
                    continue;
            }
            ++judged;
            if (one.docstring == kNoItem)
                report(facts, at, kind, module, sink);
        }
        sink.judged(judged);
    }

    static bool is_private_part(std::string_view name) {
        return name.starts_with('_') && !(name.starts_with("__") && name.ends_with("__"));
    }

    /// How a file may write a name of the module typing: "overload", "t.overload".
    static std::set<std::string, std::less<>> typing_names(const PythonFacts& facts,
                                                           std::string_view wanted) {
        std::set<std::string, std::less<>> out;
        for (const PyImport& import : facts.imports) {
            const std::string_view module = facts.text(import.module);
            if (module != "typing" && module != "typing_extensions")
                continue;
            const std::string_view name = facts.text(import.name);
            const std::string_view alias = facts.text(import.alias);
            if (name.empty())
                out.insert(std::string(alias.empty() ? module : alias) + "." + std::string(wanted));
            else if (name == wanted)
                out.emplace(alias.empty() ? name : alias);
        }
        return out;
    }

    static bool has_one_of(const PythonFacts& facts, const PyDefinition& definition,
                           const std::set<std::string, std::less<>>& names) {
        for (std::uint32_t i = 0; i < definition.decorator_count && !names.empty(); ++i) {
            if (names.contains(facts.text(facts.decorators[definition.first_decorator + i].name)))
                return true;
        }
        return false;
    }

    // ---- both
    // ------------------------------------------------------------------------------------

    static Kind kind_of(const PythonFacts& facts, const PyDefinition& one) {
        const bool in_class =
            one.parent != kNoItem && facts.definitions[one.parent].kind == DefinitionKind::class_;
        if (one.kind == DefinitionKind::class_)
            return in_class ? Kind{"class", "D106"} : Kind{"class", "D101"};
        if (!in_class)
            return {"function", "D103"};
        const std::string_view name = facts.text(one.name);
        if (name == "__init__")
            return {"method", "D107"};
        if (name == "__new__" || name == "__call__")
            return {"method", "D102"};
        if (name.starts_with("__") && name.ends_with("__"))
            return {"method", "D105"};
        return {is_property_definition(facts, one) ? "property" : "method", "D102"};
    }

    [[nodiscard]] bool is_demanded_kind(const Kind& kind, const PyDefinition& one) const {
        if (kind.code == "D105")
            return options_.boolean("magic-methods");
        if (kind.code == "D107")
            return options_.boolean("init-methods");
        if (kind.code == "D106")
            return options_.boolean("nested-classes");
        return kind.word != "property" || options_.boolean("properties") ||
               one.kind == DefinitionKind::class_;
    }

    [[nodiscard]] bool is_demanded(const PythonFacts& facts, std::uint32_t at,
                                   std::string_view module) const {
        const PyDefinition& one = facts.definitions[at];
        if (!is_demanded_kind(kind_of(facts, one), one) || is_ignored(facts, at, module))
            return false;
        if (is_magic(facts.text(one.name)) && facts.text(one.name) != "__init__" &&
            !options_.boolean("magic-methods"))
            return false;
        if (is_setter(facts, one) && !options_.boolean("setters"))
            return false;
        return options_.boolean("overloads") || !has_decorator(facts, one, "overload");
    }

    [[nodiscard]] bool is_ignored(const PythonFacts& facts, std::uint32_t at,
                                  std::string_view module) const {
        const PyDefinition& one = facts.definitions[at];
        if (min_lines_ > 0 && one.last_line + 1 - one.line < min_lines_)
            return true;
        for (const std::string& decorator : options_.strings("ignore-decorators")) {
            for (std::uint32_t i = 0; i < one.decorator_count; ++i) {
                const std::string_view name =
                    facts.text(facts.decorators[one.first_decorator + i].name);
                if (name == decorator || name.substr(name.rfind('.') + 1) == decorator)
                    return true;
            }
        }
        return has_ignore_ && ignore_.matches(object_path(facts, at, module));
    }

    static void report_module(const ProjectContext& context, bool package, std::string_view name,
                              Sink& sink) {
        if (context.facts.python->module_docstring != kNoItem)
            return;
        Diagnostic& finding = sink.report({0, 0}, (package ? "package '" : "module '") +
                                                      std::string(name) + "' has no docstring");
        finding.subject = name;
        finding.code = package ? "D104" : "D100";
    }

    static void report(const PythonFacts& facts, std::uint32_t at, const Kind& kind,
                       std::string_view module, Sink& sink) {
        const std::string path = object_path(facts, at, module);
        Diagnostic& finding =
            sink.report(facts.definitions[at].name_range,
                        "public " + std::string(kind.word) + " '" + path + "' has no docstring");
        finding.subject = path;
        finding.code = kind.code;
    }

    Options options_;
    Patterns ignore_;
    bool has_ignore_;
    bool by_file_;
    std::int64_t min_lines_;
};

}  // namespace

std::unique_ptr<Check> make_api_missing_docstring(const Options& options) {
    return std::make_unique<MissingDocstring>(options);
}

}  // namespace docathon::rules
