// links/dead-url: see rules/links/dead-url.yaml.

#include "lint/model/url_answers.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

std::string count(int number, const char* noun) {
    return std::to_string(number) + " " + noun + (number == 1 ? "" : "s");
}

class DeadUrl final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.urls == nullptr)
            return;
        for (const Reference& reference : context.facts.references) {
            if ((reference.flags & reference_flag::kByDefinition) != 0)
                continue;
            const UrlAnswer* const answer = context.urls->find(context.file, reference.target);
            if (answer == nullptr)
                continue;
            if (answer->state == UrlAnswer::State::unverified) {
                sink.unknown("URL not verified: " + reason_text(answer->reason));
                continue;
            }
            if (answer->state != UrlAnswer::State::dead)
                continue;
            complete(sink.report(reference.range, "'" + shorten(reference.target) +
                                                      "' is dead: " + reason_text(answer->reason) +
                                                      ", for " + count(answer->days, "day") + " (" +
                                                      count(answer->checks, "check") + ")"),
                     reference, "");
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_dead_url(const Options&) {
    return std::make_unique<DeadUrl>();
}

}  // namespace docathon::rules
