#pragma once
// What the `links` commands share: settings from configuration, flags, environment and conf.py;
// which URLs of the pages are to be asked; and the fetcher.

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "lint/cli/arguments.h"
#include "lint/cli/session.h"
#include "lint/io/curl_fetcher.h"
#include "lint/project/index/project_index.h"
#include "lint/web/link_check.h"
#include "lint/web/url_patterns.h"

namespace docathon::cli {

/// Flags on how the network is asked.
struct NetworkFlags {
    std::vector<std::string> allow_private;
    std::optional<std::string> budget;
    std::optional<std::string> timeout;
    std::optional<std::string> interval;
    std::optional<std::uint64_t> per_host;
    std::optional<std::uint64_t> at_once;
};
void add_network_flags(Arguments& arguments, NetworkFlags& flags);

/// What conf.py of one Sphinx source says to its link check, besides linkcheck_ignore, which is one
/// of the suppressions of other tools (lint/settle/foreign_ignores.h).
struct SphinxLinks {
    UrlPatterns documents;           ///< linkcheck_exclude_documents
    UrlPatterns anchors_ignore;      ///< linkcheck_anchors_ignore, `^!` if not set
    UrlPatterns anchors_ignore_for;  ///< linkcheck_anchors_ignore_for_url
    bool anchors = true;             ///< linkcheck_anchors
    std::vector<std::pair<UrlPatterns, UrlPatterns>> redirects;  ///< linkcheck_allowed_redirects
};

struct LinksSettings {
    LinkCheckOptions check;
    AllowedPrivate allowed;
    std::string cache_path;  ///< absolute
    std::string user_agent;
    UrlPatterns ignore;               ///< links.ignore
    std::vector<SphinxLinks> sphinx;  ///< parallel to Detected::sphinx
    std::vector<std::string> notes;   ///< what could not be understood
};

/// Errors: a wrong flag, a duration or regular expression in `links:` that cannot be read.
[[nodiscard]] Result<LinksSettings> links_settings(const Session& session,
                                                   const NetworkFlags& flags);

/// May `path`, which the configuration of the repository names, be written? Errors: it leads out of
/// the root, itself or by a symbolic link: a pull request may bring both.
[[nodiscard]] Result<void> check_inside(const std::string& root, const std::string& path);

/// The real network, with these settings.
[[nodiscard]] Result<std::unique_ptr<CurlFetcher>> open_network(const LinksSettings& settings);

/// The URLs of the selected pages.
struct LinkUses {
    std::map<std::string, std::string, std::less<>> url_of;  ///< target as written -> URL to ask
    std::set<std::string> urls;                              ///< all of them
    std::set<std::pair<FileId, std::string>> left_out;       ///< as UrlAnswers::left_out
    /// Targets whose permanent redirect a conf.py allows.
    std::map<std::string, std::vector<const SphinxLinks*>> sites;
    std::map<std::string, std::size_t> skipped;  ///< why -> references that are not asked
};
[[nodiscard]] LinkUses collect_links(const Session& session, const ProjectIndex& index,
                                     const std::function<std::string_view(FileId)>& bytes,
                                     const LinksSettings& settings);

}  // namespace docathon::cli
