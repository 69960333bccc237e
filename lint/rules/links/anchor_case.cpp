// links/anchor-case: see rules/links/anchor-case.yaml.

#include "lint/core/strings.h"
#include "lint/rules/support/anchors.h"

namespace docathon::rules {

namespace {

class AnchorCase final : public Check {
  public:
    explicit AnchorCase(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        each_dead_anchor(context, ignore_, false, sink, [&](const DeadAnchor& dead) {
            if (!dead.only_case)
                return;
            Diagnostic& diagnostic =
                sink.report(dead.reference.range, "the anchor is '" + ascii_lower(dead.fragment) +
                                                      "', not '" + dead.fragment +
                                                      "': only github.com takes one for the other");
            complete(diagnostic, dead.reference, dead.verdict.where());
        });
    }

  private:
    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_links_anchor_case(const Options& options) {
    return std::make_unique<AnchorCase>(options);
}

}  // namespace docathon::rules
