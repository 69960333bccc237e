#pragma once
// Credentials, from the environment only: a token for GitHub and the file that NETRC names. Each
// belongs to one host and goes to no other, redirects included: the header is made anew for every
// request. Nothing here is ever printed.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/web/url.h"

namespace docathon {

class Credentials {
  public:
    /// For https://api.github.com.
    void set_github_token(std::string token) { github_token_ = std::move(token); }
    /// The text of a netrc file: `machine NAME login USER password SECRET`; `default` and `macdef`
    /// are left out, since they would send a password to hosts that it was not written for.
    void read_netrc(std::string_view text);

    /// The Authorization header for a request, if there is one for exactly this host. Only over
    /// https, or to a host that `plain_allowed` says is one of our own.
    [[nodiscard]] std::optional<std::pair<std::string, std::string>> header(
        const Url& url, bool plain_allowed) const;
    [[nodiscard]] bool has_github_token() const { return !github_token_.empty(); }

  private:
    struct Machine {
        std::string host;
        std::string value;  // "Basic ..."
    };
    std::string github_token_;
    std::vector<Machine> machines_;
};

/// The address under which GitHub's API answers whether the page of a github.com URL exists:
/// repositories, files and folders, issues, pull requests, commits, tags. nullopt for other pages.
[[nodiscard]] std::optional<Url> github_api_url(const Url& url);

}  // namespace docathon
