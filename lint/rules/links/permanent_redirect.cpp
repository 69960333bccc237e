// links/permanent-redirect: see rules/links/permanent-redirect.yaml.

#include "lint/core/strings.h"
#include "lint/model/url_answers.h"
#include "lint/rules/support/references.h"

namespace docathon::rules {

namespace {

/// "docs.sample.dev" of a URL, lower case, without "www.".
std::string host_of(std::string_view url) {
    const std::size_t begin = url.find("//");
    if (begin == std::string_view::npos)
        return {};
    url.remove_prefix(begin + 2);
    std::string host = ascii_lower(url.substr(0, url.find_first_of("/?#")));
    return host.starts_with("www.") ? host.substr(4) : host;
}

/// Can the URL stand in any markup as it is?
bool is_plain(std::string_view url) {
    for (const char c : url) {
        if (!is_ascii_alnum(c) &&
            std::string_view("-._~:/?#=&%+,;@!").find(c) == std::string_view::npos)
            return false;
    }
    return true;
}

class PermanentRedirect final : public Check {
  public:
    void project(const ProjectContext& context, Sink& sink) const override {
        if (context.urls == nullptr)
            return;
        for (const Reference& reference : context.facts.references) {
            if ((reference.flags & reference_flag::kByDefinition) != 0)
                continue;
            const UrlAnswer* const answer = context.urls->find(context.file, reference.target);
            if (answer == nullptr || answer->state != UrlAnswer::State::good ||
                answer->moved.empty())
                continue;
            Diagnostic& diagnostic =
                sink.report(reference.range, "'" + shorten(reference.target) +
                                                 "' redirects permanently; use '" +
                                                 shorten(answer->moved) + "'");
            complete(diagnostic, reference, "");
            // What is written differs from the target where characters are escaped, and the new
            // address would need the same.
            if (reference.range.size() != reference.target.size() || !is_plain(answer->moved))
                continue;
            // The answer of one host may not write the address of another into the pages unseen:
            // domains are sold.
            const bool same = host_of(answer->moved) == host_of(reference.target);
            diagnostic.fix = Fix{"use the new address",
                                 {Edit{reference.range, answer->moved}},
                                 same ? FixSafety::safe : FixSafety::unsafe};
        }
    }
};

}  // namespace

std::unique_ptr<Check> make_links_permanent_redirect(const Options&) {
    return std::make_unique<PermanentRedirect>();
}

}  // namespace docathon::rules
