// links/missing-redirect: see rules/links/missing-redirect.yaml.

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/project/index/removed_pages.h"
#include "lint/rules/check.h"

namespace docathon::rules {

namespace {

class MissingRedirect final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.index.before() == nullptr)
            return;
        const std::string& path = context.index.tree().file(context.file).path;
        const auto& sites = context.index.detected().sphinx;
        const auto site = std::find_if(sites.begin(), sites.end(), [&](const SphinxSite& one) {
            return one.conf_path == path;
        });
        if (site == sites.end())
            return;
        const bool keeps_redirects =
            !site->redirects.empty() ||
            std::any_of(site->extensions.begin(), site->extensions.end(),
                        [](const std::string& name) {
                            return name == "sphinx_reredirects" || name == "sphinxext.rediraffe";
                        });
        for (const RemovedPage& page : removed_pages(*context.index.before(), context.index)) {
            if (page.source_dir != site->source_dir)
                continue;
            // Its server may have them.
            if (!keeps_redirects) {
                sink.unknown("a page that is gone, of a site that keeps no redirects here");
                continue;
            }
            std::string message = "this change takes away the page '" + page.name +
                                  "', and nothing redirects its address";
            message += page.moved_to.empty() ? "; say here where its readers should go"
                                             : "; it may be '" + page.moved_to + "' now";
            Diagnostic& finding = sink.report(place_in(context, *site), std::move(message));
            finding.subject = page.name;
            finding.where = "site";
        }
    }

  private:
    /// The line on which the redirects begin, or the extensions, or the first.
    static Range place_in(const ProjectContext& context, const SphinxSite& site) {
        const std::string text = context.index.text(context.file).value_or(std::string());
        for (const char* name : {"redirects", "rediraffe_redirects", "extensions"}) {
            const auto value = site.values.find(name);
            if (value == site.values.end() || value->second.path != site.conf_path)
                continue;
            std::size_t begin = 0;
            for (std::uint32_t line = 1; line < value->second.line; ++line) {
                begin = text.find('\n', begin);
                if (begin == std::string::npos)
                    break;
                ++begin;
            }
            if (begin == std::string::npos)
                continue;
            const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
            return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
        }
        return {0, 0};
    }
};

}  // namespace

std::unique_ptr<Check> make_links_missing_redirect(const Options&) {
    return std::make_unique<MissingRedirect>();
}

}  // namespace docathon::rules
