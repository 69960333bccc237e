// links/duplicate-title: see rules/links/duplicate-title.yaml.

#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

class DuplicateTitle final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        for (const Heading& heading : context.facts.headings) {
            const FileId other = context.index.duplicate_of(context.file, heading);
            if (other == kNoFile)
                continue;
            const std::string where =
                other == context.file ? "this page" : context.index.tree().file(other).path;
            Diagnostic& diagnostic =
                sink.report(heading.range, "title '" + heading.text + "' is also in " + where +
                                               ": autosectionlabel makes one label of both");
            diagnostic.subject = heading.text;
            diagnostic.where = "site";
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_duplicate_title(const Options&) {
    return std::make_unique<DuplicateTitle>();
}

}  // namespace docathon::rules
