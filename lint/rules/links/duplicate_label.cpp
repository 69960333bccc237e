// links/duplicate-label: see rules/links/duplicate-label.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class DuplicateLabel final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Label& label : context.facts.labels) {
            const FileId other = context.index.duplicate_of(context.file, label);
            if (other == kNoFile)
                continue;
            Diagnostic& diagnostic =
                sink.report(label.range, "label '" + label.name + "' is also in " +
                                             context.index.tree().file(other).path +
                                             ": references to it lead to one of the two");
            diagnostic.subject = label.name;
            diagnostic.where = "site";
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_duplicate_label(const Options&) {
    return std::make_unique<DuplicateLabel>();
}

}  // namespace docathon::rules
