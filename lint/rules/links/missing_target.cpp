// links/missing-target: see rules/links/missing-target.yaml.

#include <algorithm>
#include <iterator>

#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/rules/support/patterns.h"
#include "lint/rules/support/references.h"
#include "lint/rules/support/repository_paths.h"

namespace docathon::rules {

namespace {

bool has_kind(const Reference& reference) {
    switch (reference.kind) {
        case ReferenceKind::link:
        case ReferenceKind::html_link:
        case ReferenceKind::link_definition:
        case ReferenceKind::template_link:
            return true;
        case ReferenceKind::directive_link:
            return reference.name.empty() || reference.name == "url";
        case ReferenceKind::role:
            return reference.name == "download";
        default:
            return false;
    }
}

class MissingTarget final : public Check {
  public:
    explicit MissingTarget(const Options& options) : ignore_(options.strings("ignore")) {}

    void project(const ProjectContext& context, Sink& sink) const override {
        const bool elsewhere = is_put_together_elsewhere(context);
        const bool record = is_record(context.index.tree().file(context.file).path);
        for (const Reference& reference : context.facts.references) {
            if (!has_kind(reference) || !is_judged(reference))
                continue;
            const TargetParts parts = split_target(reference.target);
            if (parts.scheme == "inv")
                look_at_inventory(context, reference, sink);
            else
                look_at_label(context, reference, sink);
            if (is_external(parts) || parts.path.empty())
                continue;
            if (looks_like_host(parts.path) || ignore_.matches(reference.target))
                continue;
            if (!url_fault(reference.target).empty())
                continue;
            const Verdict verdict = context.index.resolve_path(context.file, reference);
            const Resolution& answer = primary(verdict);
            if (answer.state == Found::unknown)
                sink.unknown(answer.why);
            if (answer.state != Found::missing)
                continue;
            if (elsewhere && is_page_name(parts.path)) {
                sink.unknown("a start page whose neighbours are all elsewhere");
                continue;
            }
            if (is_planned(context.facts, reference.range.begin)) {
                sink.unknown("below a heading that says it is planned");
                continue;
            }
            if (record && is_code(parts.path)) {
                sink.unknown("what a changelog or post tells of may be gone by now");
                continue;
            }
            report(context, reference, parts, verdict, sink);
        }
    }

  private:
    /// [text](inv:key:domain:type#name)
    static void look_at_inventory(const ProjectContext& context, const Reference& reference,
                                  Sink& sink) {
        const Resolution answer =
            context.index.resolve_inventory_link(context.file, reference.target);
        if (answer.state == Found::unknown)
            sink.unknown(answer.why);
        if (answer.state == Found::missing)
            complete(sink.report(reference.range, "'" + shorten(reference.target) +
                                                      "' leads nowhere: " + answer.why),
                     reference, "site");
    }

    /// [text](guide:install) of MyST, which is no URL.
    static void look_at_label(const ProjectContext& context, const Reference& reference,
                              Sink& sink) {
        const Resolution answer = context.index.resolve_colon_label(context.file, reference);
        if (answer.state == Found::unknown)
            sink.unknown(answer.why);
        if (answer.state != Found::missing)
            return;
        Reference role = reference;
        role.kind = ReferenceKind::role;
        role.name = "ref";
        role.target = answer.path;
        const std::string near =
            sink.may_suggest() ? context.index.suggest_name(context.file, role) : std::string();
        complete(sink.report(reference.range,
                             "no label '" + shorten(answer.path) + "' on this site" + hint(near)),
                 reference, "site");
    }

    /// A script or notebook: of those a changelog tells, pages it links to.
    static bool is_code(std::string_view path) {
        const std::string_view suffix = extension(path);
        return suffix == ".py" || suffix == ".ipynb" || suffix == ".sh";
    }

    static bool is_page_name(std::string_view path) { return path.ends_with(".md"); }

    /// Is the page the start of a site that another repository builds? An index.md outside of every
    /// site here, none of whose (three and more) links to other pages has a file.
    static bool is_put_together_elsewhere(const ProjectContext& context) {
        if (basename(context.index.tree().file(context.file).path) != "index.md" ||
            context.settings.site >= 0 || context.settings.flavor != Flavor::gfm)
            return false;
        int dead = 0;
        for (const Reference& reference : context.facts.references) {
            if (!has_kind(reference) || !is_judged(reference))
                continue;
            const TargetParts parts = split_target(reference.target);
            if (is_external(parts) || !is_page_name(parts.path))
                continue;
            const Verdict verdict = context.index.resolve_path(context.file, reference);
            if (primary(verdict).state == Found::found)
                return false;
            ++dead;
        }
        return dead >= 3;
    }

    /// Is the place in a section named "Planned", "To do" or the like? Its links wait for their
    /// pages.
    static bool is_planned(const FileFacts& facts, std::uint32_t place) {
        const auto after = std::upper_bound(
            facts.headings.begin(), facts.headings.end(), place,
            [](std::uint32_t at, const Heading& heading) { return at < heading.range.begin; });
        if (after == facts.headings.begin())
            return false;
        const std::string title = ascii_lower(trim(std::prev(after)->text));
        for (const std::string_view planned :
             {"planned", "todo", "to do", "to-do", "coming soon", "upcoming"}) {
            if (title == planned || title.starts_with(std::string(planned) + ' '))
                return true;
        }
        return false;
    }

    static void report(const ProjectContext& context, const Reference& reference,
                       const TargetParts& parts, const Verdict& verdict, Sink& sink) {
        const Resolution& answer = primary(verdict);
        std::string message;
        std::string suggestion;
        if (answer.file != kNoFile) {
            message = "'" + answer.path +
                      "' is no page of the site, so this link breaks there; link to it by its URL "
                      "in the repository";
        } else {
            message = "no file '" + answer.path + "'";
            if (!answer.why.empty())
                message += " (" + answer.why + ")";
            suggestion = context.index.redirect_of(context.file, reference.target);
            if (!suggestion.empty()) {
                message += "; the site redirects it to '" + suggestion + "'";
                suggestion.clear();
            } else if (sink.may_suggest()) {
                suggestion = context.index.suggest_path(context.file, answer.path, parts.path);
            }
        }
        Diagnostic& diagnostic =
            sink.report(reference.range, message + hint(suggestion) + where_note(verdict));
        complete(diagnostic, reference, verdict.where());
        fix_moved_path(context, reference, answer.path, suggestion, diagnostic);
        if (verdict.where() == "site" && verdict.repository.state == Found::found) {
            diagnostic.at_most = Severity::warning;
        }
    }

    Patterns ignore_;
};

}  // namespace

std::unique_ptr<Check> make_links_missing_target(const Options& options) {
    return std::make_unique<MissingTarget>(options);
}

}  // namespace docathon::rules
