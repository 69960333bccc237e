// links/missing-repository-path: see rules/links/missing-repository-path.yaml.

#include "lint/rules/support/references.h"
#include "lint/rules/support/repository_paths.h"

namespace docathon::rules {

namespace {

class MissingRepositoryPath final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        const bool record = is_record(context.index.tree().file(context.file).path);
        for (const Reference& reference : context.facts.references) {
            constexpr std::uint16_t kElsewhere = reference_flag::kTemplated |
                                                 reference_flag::kByDefinition |
                                                 reference_flag::kUnused;
            if ((reference.flags & kElsewhere) != 0)
                continue;
            if (!reference.target.starts_with("http"))
                continue;
            const Resolution answer = context.index.resolve_repository_url(reference.target);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                continue;
            if (record) {
                sink.unknown("what a changelog or post tells of may be gone by now");
                continue;
            }
            const std::string message =
                answer.why.empty() ? "the repository has no '" + answer.path + "'"
                                   : "'" + answer.path + "' has no such line: " + answer.why;
            const std::string near =
                answer.why.empty() && sink.may_suggest()
                    ? context.index.suggest_path(kNoFile, answer.path, answer.path)
                    : "";
            complete(sink.report(reference.range, message + hint(near)), reference, "both");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_missing_repository_path(const Options&) {
    return std::make_unique<MissingRepositoryPath>();
}

}  // namespace docathon::rules
