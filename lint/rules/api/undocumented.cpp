// api/undocumented: see rules/api/undocumented.yaml.

#include <memory>
#include <string>

#include "lint/project/api/coverage.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"
#include "lint/rules/check.h"
#include "lint/rules/support/patterns.h"

namespace docathon::rules {

namespace {

class Undocumented final : public Check {
  public:
    explicit Undocumented(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        const ApiIndex* api = context.index.api();
        const DocsRegistry* docs = context.index.docs();
        const std::uint32_t module = context.index.api_module(context.file);
        // Where pages document no Python at all, that is how the project wants it.
        if (api == nullptr || docs == nullptr || module == kNoItem || !docs->any() ||
            context.facts.generated)
            return;
        // Examples, plugins, tools with a project file of their own.
        if (!context.index.is_documented_distribution(context.file))
            return sink.unknown("the documentation takes nothing of this distribution");
        const PythonFacts& facts = *context.facts.python;
        std::uint64_t judged = 0;
        for (const CoveredObject& object : covered_objects(*api, module)) {
            const PyDefinition& one = facts.definitions[object.definition];
            // Members come with their class, or the project does not want them.
            if (one.parent != kNoItem)
                continue;
            const std::string own =
                object_path(facts, object.definition, api->modules()[module].module);
            std::string best;
            bool found = docs->find(own) != nullptr;
            bool open = docs->may_have(own);
            for (const ApiIndex::BoundName& name : api->names_of(module, object.definition)) {
                const std::string full =
                    api->modules()[name.module].module + "." + std::string(name.name);
                found = found || docs->find(full) != nullptr;
                open = open || docs->may_have(full);
                if (name.publicness == Publicness::yes &&
                    (best.empty() || full.size() < best.size()))
                    best = full;
            }
            if (best.empty())
                best = own;
            if (ignore_.matches(best))
                continue;
            if (!found && open) {
                sink.unknown("whether a page registers an object");
                continue;
            }
            ++judged;
            if (found)
                continue;
            const bool is_class = one.kind == DefinitionKind::class_;
            Diagnostic& finding = sink.report(
                one.name_range, std::string(is_class ? "public class '" : "public function '") +
                                    best + "' is on no page of the documentation");
            finding.subject = best;
        }
        sink.judged(judged);
    }

  private:
    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_api_undocumented(const Options& options) {
    return std::make_unique<Undocumented>(options);
}

}  // namespace docathon::rules
