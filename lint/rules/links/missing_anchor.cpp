// links/missing-anchor: see rules/links/missing-anchor.yaml.

#include "lint/core/strings.h"
#include "lint/project/api/own_scripts.h"
#include "lint/rules/support/anchors.h"

namespace docathon::rules {

namespace {

class MissingAnchor final : public Check {
  public:
    explicit MissingAnchor(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        each_dead_anchor(context, ignore_, true, sink, [&](const DeadAnchor& dead) {
            if (dead.only_case)
                return;
            if (is_in_contributors(context, dead.reference.range.begin))
                sink.unknown("anchors that a list of contributors never had");
            else
                report(context, dead, sink);
        });
    }

  private:
    /// Between the comments of all-contributors, whose links say what somebody did and lead
    /// nowhere: <a href="#ideas-name">.
    static bool is_in_contributors(const ProjectContext& context, std::uint32_t at) {
        const std::string_view bytes = context.index.own_scripts()->bytes(context.file);
        const std::size_t begin = bytes.find("ALL-CONTRIBUTORS-LIST:START");
        return begin < at && at < bytes.find("ALL-CONTRIBUTORS-LIST:END", begin);
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
