// links/missing-anchor: see rules/links/missing-anchor.yaml.

#include <algorithm>
#include <optional>

#include "lint/core/strings.h"
#include "lint/project/api/own_scripts.h"
#include "lint/rules/support/anchors.h"

namespace docathon::rules {

namespace {

class MissingAnchor final : public Check {
  public:
    explicit MissingAnchor(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        std::optional<Range> contributors;  // looked for once: a page may have many dead anchors
        each_dead_anchor(context, ignore_, true, sink, [&](const DeadAnchor& dead) {
            if (dead.only_case)
                return;
            if (!contributors)
                contributors = list_of_contributors(context);
            if (contributors->contains(dead.reference.range))
                sink.unknown("anchors that a list of contributors never had");
            else
                report(context, dead, sink);
        });
    }

  private:
    /// Between the comments of all-contributors, whose links say what somebody did and lead
    /// nowhere: <a href="#ideas-name">.
    static Range list_of_contributors(const ProjectContext& context) {
        const std::string_view bytes = context.index.own_scripts()->bytes(context.file);
        const std::size_t begin = bytes.find("ALL-CONTRIBUTORS-LIST:START");
        if (begin == std::string_view::npos)
            return {};
        const std::size_t end = bytes.find("ALL-CONTRIBUTORS-LIST:END", begin);
        return {static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(std::min(end, bytes.size()))};
    }

    static void report(const ProjectContext& context, const DeadAnchor& dead, Sink& sink) {
        const Resolution& answer = dead.answer;
        std::string suggestion;
        if (sink.may_suggest()) {
            suggestion = context.index.suggest_anchor(answer.file, dead.fragment,
                                                      dead.verdict.site.state == Found::missing);
        }
        std::string message =
            "no anchor '" + dead.fragment + "' in " +
            (answer.file == context.file ? std::string("this page") : answer.path);
        if (!suggestion.empty() && suggestion == ascii_lower(dead.fragment)) {
            message += ": anchors are lower case";
        }
        Diagnostic& diagnostic = sink.report(dead.reference.range,
                                             message + hint(suggestion) + where_note(dead.verdict));
        complete(diagnostic, dead.reference, dead.verdict.where());
    }

    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_links_missing_anchor(const Options& options) {
    return std::make_unique<MissingAnchor>(options);
}

}  // namespace docathon::rules
