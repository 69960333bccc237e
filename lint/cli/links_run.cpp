#include "lint/cli/links_run.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "docathon/version.h"
#include "lint/config/keys.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/files.h"
#include "lint/parse/python/config_reader.h"
#include "lint/settle/suppress.h"

namespace docathon::cli {

namespace {

constexpr const char* kCache = ".docathon-lint/links.jsonl";
constexpr std::uint64_t kLargestNetrc = 1u << 20;
constexpr std::uint64_t kMostSeconds = 7 * 24 * 3600;

std::string environment(const char* name) {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

const Value* find(const Value& map, std::string_view key) {
    const Value* const value = map.find(key);
    return value == nullptr || value->is_null() ? nullptr : value;
}

/// Do the suppressions of that tool hold (suppress.honour)? Our own have no name.
bool honours_tool(const Config& config, std::string_view tool) {
    const std::vector<std::string>& list = config.suppress_honour;
    return tool.empty() || std::find(list.begin(), list.end(), tool) != list.end();
}

/// A duration of the configuration, which was checked when it was read.
void take_duration(const Value* value, Milliseconds& out) {
    std::uint64_t milliseconds = 0;
    if (value != nullptr && parse_milliseconds(value->text, milliseconds))
        out = Milliseconds(std::min(milliseconds, kMostSeconds * 1000));
}

void take_number(const Value* value, unsigned& out) {
    std::int64_t number = 0;
    if (value != nullptr && value->as_int(number))
        out = static_cast<unsigned>(std::clamp<std::int64_t>(number, 1, 1000));
}

Result<void> take_flag(const std::optional<std::string>& text, const char* name,
                       Milliseconds& out) {
    std::uint64_t milliseconds = 0;
    if (!text)
        return {};
    if (!parse_milliseconds(*text, milliseconds))
        return fail(std::string(name) + " wants a duration such as 120s, not '" + *text + "'");
    out = Milliseconds(std::min(milliseconds, kMostSeconds * 1000));
    return {};
}

Result<void> take_flag(const std::optional<std::uint64_t>& number, const char* name,
                       unsigned& out) {
    if (!number)
        return {};
    if (*number == 0 || *number > 1000)
        return fail(std::string(name) + " must be from 1 to 1000");
    out = static_cast<unsigned>(*number);
    return {};
}

Result<void> read_links_config(const Config& config, LinksSettings& settings) {
    const Value& links = config.links;
    AskOptions& ask = settings.check.ask;
    if (const Value* age = find(links, "max-age")) {
        std::uint64_t seconds = 0;
        if (parse_duration(age->text, seconds))
            settings.check.max_age = static_cast<std::int64_t>(seconds);
    }
    if (const Value* dead = find(links, "dead-after")) {
        std::int64_t number = 0;
        if (const Value* value = find(*dead, "failures"); value && value->as_int(number))
            settings.check.death.failures = static_cast<int>(number);
        if (const Value* value = find(*dead, "days"); value && value->as_int(number))
            settings.check.death.days = static_cast<int>(number);
    }
    if (const Value* budget = find(links, "budget")) {
        take_duration(find(*budget, "run"), ask.run_budget);
        take_duration(find(*budget, "host"), ask.host_budget);
        take_duration(find(*budget, "interval"), ask.interval);
        take_number(find(*budget, "per-host"), ask.per_host);
        take_number(find(*budget, "at-once"), ask.at_once);
    }
    if (const Value* unverified = find(links, "unverified")) {
        ask.unverified.clear();
        for (const Value& item : unverified->items)
            ask.unverified.insert(item.text);
    }
    if (const Value* hosts = find(links, "soft-404")) {
        for (const Value& item : hosts->items)
            ask.soft_404.insert(ascii_lower(item.text));
    }
    if (const Value* ignore = find(links, "ignore")) {
        for (const Value& item : ignore->items) {
            if (const Result<void> added = settings.ignore.add(item.text, false); !added)
                return fail(added.error().message, config.path, item.line, item.column);
        }
    }
    return {};
}

/// The strings of a list of conf.py; what is not known there is left out.
std::vector<std::string> strings_of(const ConfModule& conf, std::string_view name) {
    std::vector<std::string> result;
    const PyValue* const value = conf.find(name);
    if (value == nullptr || !value->is_list())
        return result;
    for (const PyValue& item : value->items) {
        if (item.is_string())
            result.push_back(item.text);
    }
    return result;
}

class SphinxReader {
  public:
    SphinxReader(const Session& session, LinksSettings& settings)
        : session_(session), settings_(settings) {}

    SphinxLinks read(const std::string& path) {
        SphinxLinks links;
        path_ = path;
        const Result<std::string> bytes = session_.read(path);
        const ConfModule conf =
            read_conf(bytes.value_or(std::string()), path,
                      [this](std::string_view name) -> std::optional<std::string> {
                          Result<std::string> text = session_.read(std::string(name));
                          if (!text)
                              return std::nullopt;
                          return std::move(*text);
                      });
        for (const std::string& text : strings_of(conf, "linkcheck_exclude_documents"))
            add(links.documents, text, "linkcheck_exclude_documents");
        for (const std::string& text : strings_of(conf, "linkcheck_anchors_ignore_for_url"))
            add(links.anchors_ignore_for, text, "linkcheck_anchors_ignore_for_url");
        std::vector<std::string> anchors = strings_of(conf, "linkcheck_anchors_ignore");
        if (conf.find("linkcheck_anchors_ignore") == nullptr)
            anchors.emplace_back("^!");
        for (const std::string& text : anchors)
            add(links.anchors_ignore, text, "linkcheck_anchors_ignore");
        if (const PyValue* value = conf.find("linkcheck_anchors"); value && value->is_bool())
            links.anchors = value->boolean;
        if (const PyValue* value = conf.find("linkcheck_allowed_redirects");
            value && value->is_dict()) {
            for (std::size_t i = 0; i < value->keys.size(); ++i) {
                if (!value->keys[i].is_string() || !value->items[i].is_string())
                    continue;
                auto& [from, to] = links.redirects.emplace_back();
                add(from, value->keys[i].text, "linkcheck_allowed_redirects");
                add(to, value->items[i].text, "linkcheck_allowed_redirects");
            }
        }
        read_numbers(conf);
        read_headers(conf);
        return links;
    }

  private:
    /// linkcheck_request_headers, but for those that carry secrets (they come from the environment
    /// only) or change what a request is.
    void read_headers(const ConfModule& conf) {
        const PyValue* const hosts = conf.find("linkcheck_request_headers");
        if (hosts == nullptr || !hosts->is_dict())
            return;
        for (std::size_t i = 0; i < hosts->keys.size(); ++i) {
            const PyValue& values = hosts->items[i];
            if (!hosts->keys[i].is_string() || !values.is_dict())
                continue;
            std::string place = hosts->keys[i].text;
            if (const std::optional<Url> url = parse_url(place))
                place = url->scheme + "://" + url->authority();
            auto& headers = settings_.check.ask.headers[place];
            for (std::size_t k = 0; k < values.keys.size() && headers.size() < 10; ++k) {
                if (values.keys[k].is_string() && values.items[k].is_string())
                    add_header(headers, values.keys[k].text, values.items[k].text);
            }
        }
    }

    static void add_header(std::vector<std::pair<std::string, std::string>>& headers,
                           const std::string& name, const std::string& value) {
        constexpr std::string_view kAllowed[] = {"accept", "accept-language", "dnt", "referer",
                                                 "user-agent"};
        const bool plain =
            value.size() < 1000 &&
            std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c != '\x7f'; });
        if (plain && std::find(std::begin(kAllowed), std::end(kAllowed), ascii_lower(name)) !=
                         std::end(kAllowed))
            headers.emplace_back(name, value);
    }

    void add(UrlPatterns& patterns, const std::string& text, const char* name) {
        if (const Result<void> added = patterns.add(text, true); !added)
            settings_.notes.push_back(path_ + ": " + name + ": " + added.error().message);
    }

    /// Limits of conf.py hold where our own configuration says nothing.
    void read_numbers(const ConfModule& conf) {
        AskOptions& ask = settings_.check.ask;
        if (const PyValue* value = conf.find("linkcheck_timeout")) {
            if (value->is_int() && value->integer > 0)
                ask.timeout = Milliseconds(std::min<std::int64_t>(value->integer, 60) * 1000);
        }
        if (const PyValue* value = conf.find("linkcheck_retries")) {
            if (value->is_int() && value->integer >= 0)
                ask.retries = static_cast<unsigned>(std::min<std::int64_t>(value->integer, 5));
        }
        const PyValue* const broken = conf.find("linkcheck_report_timeouts_as_broken");
        if (broken != nullptr && broken->is_bool() && broken->boolean &&
            find(session_.config.links, "unverified") == nullptr)
            ask.unverified.erase("timeout");
    }

    const Session& session_;
    LinksSettings& settings_;
    std::string path_;
};

std::string user_agent(const Session& session) {
    std::string text = "docathon-lint/" + std::string(version());
    std::string contact = session.detected.repository.url;
    if (const Value* value = find(session.config.links, "contact"))
        contact = value->text;
    std::string safe;
    for (const char c : contact) {
        if (c > ' ' && c < '\x7f' && c != '(' && c != ')')
            safe += c;
    }
    return text + (safe.empty() ? " (documentation link check)" : " (link check; +" + safe + ")");
}

void read_credentials(Credentials& credentials) {
    std::string token = environment("GITHUB_TOKEN");
    if (token.empty())
        token = environment("GH_TOKEN");
    credentials.set_github_token(std::move(token));
    const std::string netrc = environment("NETRC");
    if (netrc.empty())
        return;
    const RealFileSystem files;
    if (const Result<std::string> text = files.read_file(netrc, kLargestNetrc))
        credentials.read_netrc(*text);
}

// --- Collecting ---

bool is_web(std::string_view target) {
    const std::string start = ascii_lower(target.substr(0, 8));
    return start.starts_with("http://") || start.starts_with("https://");
}

/// Something that stands for a part of the address: {name}, <name>, $VERSION, ...
bool has_placeholder(std::string_view target) {
    constexpr std::string_view kMarks[] = {"{",   "}",   "<",   ">",  "$", "...", "\xe2\x80\xa6",
                                           "%7B", "%7b", "%3C", "%3c"};
    return is_placeholder(target) ||
           std::any_of(std::begin(kMarks), std::end(kMarks), [&](std::string_view mark) {
               return target.find(mark) != std::string_view::npos;
           });
}

/// Parts of a page that `markdown-link-check-disable` comments cover.
class ForeignComments {
  public:
    explicit ForeignComments(std::string_view bytes) : bytes_(bytes) {
        find_all("<!-- markdown-link-check-disable", [&](std::size_t at) {
            const std::string_view rest = bytes_.substr(at + 32);
            if (rest.starts_with("-next-line"))
                add_line(line_end(at) + 1);
            else if (rest.starts_with("-line"))
                add_line(at);
            else
                spans_.emplace_back(at, bytes_.find("<!-- markdown-link-check-enable", at));
        });
        std::sort(spans_.begin(), spans_.end());
        std::size_t kept = 0;  // disjoint from here on
        for (const Span& span : spans_) {
            if (kept > 0 && span.first <= spans_[kept - 1].second)
                spans_[kept - 1].second = std::max(spans_[kept - 1].second, span.second);
            else
                spans_[kept++] = span;
        }
        spans_.resize(kept);
    }

    [[nodiscard]] bool covers(Range range) const {
        const auto after = std::upper_bound(spans_.begin(), spans_.end(),
                                            Span(range.begin, std::string_view::npos));
        return after != spans_.begin() && range.begin < std::prev(after)->second;
    }

  private:
    using Span = std::pair<std::size_t, std::size_t>;

    template <class Use>
    void find_all(std::string_view mark, const Use& use) {
        // A span without an end covers all that follows.
        for (std::size_t at = 0; (at = bytes_.find(mark, at)) != std::string_view::npos &&
                                 (spans_.empty() || spans_.back().second != std::string_view::npos);
             at += mark.size())
            use(at);
    }
    /// Line ends, made when the first is asked for.
    const std::vector<std::size_t>& ends() {
        if (ends_.empty()) {
            for (std::size_t at = 0; (at = bytes_.find('\n', at)) != std::string_view::npos; ++at)
                ends_.push_back(at);
            ends_.push_back(bytes_.size());
        }
        return ends_;
    }
    std::size_t line_end(std::size_t at) {
        const auto found = std::lower_bound(ends().begin(), ends().end(), at);
        return found == ends().end() ? bytes_.size() : *found;
    }
    void add_line(std::size_t at) {
        const auto found = std::lower_bound(ends().begin(), ends().end(), at);
        if (found == ends().end())
            return;
        const Span span(found == ends().begin() ? 0 : *std::prev(found) + 1, *found);
        if (spans_.empty() || spans_.back() != span)
            spans_.push_back(span);
    }

    std::string_view bytes_;
    std::vector<std::size_t> ends_;
    std::vector<Span> spans_;
};

class Collector {
  public:
    Collector(const Session& session, const ProjectIndex& index, const LinksSettings& settings)
        : session_(session),
          index_(index),
          settings_(settings),
          names_(session.rules),
          rule_(session.rules.find("links/dead-url")) {}

    void collect(FileId file, std::string_view bytes) {
        const FileFacts& facts = index_.facts(file);
        if (facts.generated)
            return;  // nobody mends it by hand
        std::vector<const Reference*> references;
        for (const Reference& reference : facts.references) {
            constexpr std::uint16_t kElsewhere =
                reference_flag::kByDefinition | reference_flag::kUnused;
            if ((reference.flags & kElsewhere) == 0 && is_web(reference.target))
                references.push_back(&reference);
        }
        if (references.empty())
            return;
        const std::vector<bool> silenced = find_silenced(file, bytes, facts, references);
        const SphinxLinks* const site = site_of(file);
        std::set<std::string> asked;  // targets that some reference of this file asks
        std::set<std::string> ignored;
        for (std::size_t i = 0; i < references.size(); ++i) {
            const std::string& target = references[i]->target;
            std::string url;
            const char* const why =
                silenced[i] ? "is silenced" : why_not(file, *references[i], site, url);
            if (why != nullptr) {
                ++uses_.skipped[why];
                ignored.insert(target);
                continue;
            }
            asked.insert(target);
            uses_.url_of[target] = url;
            uses_.urls.insert(url);
            if (site != nullptr && !site->redirects.empty())
                uses_.sites[target].push_back(site);
        }
        for (const std::string& target : ignored) {
            if (asked.count(target) == 0)
                uses_.left_out.emplace(file, target);
        }
    }

    LinkUses take() { return std::move(uses_); }

  private:
    [[nodiscard]] const SphinxLinks* site_of(FileId file) const {
        const int site = index_.settings(file).site;
        return site < 0 || static_cast<std::size_t>(site) >= settings_.sphinx.size()
                   ? nullptr
                   : &settings_.sphinx[static_cast<std::size_t>(site)];
    }

    /// References that our own comments, or those of other tools, silence.
    std::vector<bool> find_silenced(FileId file, std::string_view bytes, const FileFacts& facts,
                                    const std::vector<const Reference*>& references) {
        std::vector<Diagnostic> findings(references.size());
        std::vector<Diagnostic*> pointers;
        for (std::size_t i = 0; i < references.size(); ++i) {
            findings[i].rule = static_cast<std::uint32_t>(rule_);
            findings[i].file = file;
            findings[i].range = references[i]->range;
            findings[i].subject = references[i]->target;
            pointers.push_back(&findings[i]);
        }
        const std::function<bool(std::uint32_t)> ran = [](std::uint32_t) { return false; };
        const std::function<bool(SuppressionTool)> honours = [this](SuppressionTool tool) {
            return honours_tool(session_.config, to_string(tool));
        };
        if (!facts.suppressions.empty()) {
            static_cast<void>(suppress(
                {file, bytes, facts.suppressions, session_.rules, names_, ran, false, honours},
                pointers));
        }
        const ForeignComments foreign(bytes);
        std::vector<bool> silenced(references.size());
        for (std::size_t i = 0; i < references.size(); ++i)
            silenced[i] = findings[i].suppressed || foreign.covers(references[i]->range) ||
                          is_excused(findings[i]);
        return silenced;
    }

    /// By .lycheeignore, or linkcheck_ignore of conf.py.
    [[nodiscard]] bool is_excused(const Diagnostic& finding) const {
        return session_.foreign != nullptr &&
               session_.foreign
                   ->excuse(finding, index_.tree().file(finding.file).path,
                            index_.settings(finding.file).site)
                   .has_value();
    }

    /// Why the URL is not asked, or nullptr; then `out` is what is asked.
    const char* why_not(FileId file, const Reference& reference, const SphinxLinks* site,
                        std::string& out) const {
        const std::string& target = reference.target;
        if ((reference.flags & reference_flag::kTemplated) != 0 || has_placeholder(target))
            return "has a placeholder";
        std::optional<Url> url = parse_url(target);
        if (!url)
            return "cannot be asked";
        if (url->credentials)
            return "holds a user name or password";
        if (is_reserved_host(url->host) && !settings_.allowed.names_host(url->host))
            return "its host is an example";
        if (settings_.ignore.matches(target))
            return "ignored by configuration";
        if (site != nullptr && is_excluded(file, *site))
            return "ignored by conf.py";
        if (index_.resolve_own_url(target).state == Found::found ||
            index_.resolve_repository_url(target).state == Found::found)
            return "leads to this repository";
        if (!wants_anchor(*url, target, site))
            url->fragment.clear();
        out = url->to_string();
        return nullptr;
    }

    [[nodiscard]] bool is_excluded(FileId file, const SphinxLinks& site) const {
        const std::string& path = index_.tree().file(file).path;
        const std::string& folder =
            session_.detected.sphinx[static_cast<std::size_t>(index_.settings(file).site)]
                .source_dir;
        std::string_view name = path;
        if (!folder.empty() && is_within(folder, path))
            name.remove_prefix(std::min(folder.size() + 1, name.size()));
        name.remove_suffix(extension(name).size());
        return site.documents.matches(name);
    }

    /// Is the fragment the name of an anchor that can be looked for?
    static bool wants_anchor(const Url& url, std::string_view target, const SphinxLinks* site) {
        const std::string& fragment = url.fragment;
        if (fragment.empty() || fragment == "top" || fragment[0] == '!' || fragment[0] == '/' ||
            fragment.find(":~:") != std::string::npos || has_scripted_anchors(url.host))
            return false;
        return site == nullptr ||
               (site->anchors && !site->anchors_ignore.matches(fragment) &&
                !site->anchors_ignore_for.matches(target.substr(0, target.find('#'))));
    }

    const Session& session_;
    const ProjectIndex& index_;
    const LinksSettings& settings_;
    SuppressionNames names_;
    int rule_;
    LinkUses uses_;
};

}  // namespace

void add_network_flags(Arguments& arguments, NetworkFlags& flags) {
    arguments.values("--allow-private", flags.allow_private, "HOST|CIDR",
                     "Ask this host, or addresses of this range, although they are not public; may "
                     "be repeated");
    arguments.value("--budget", flags.budget, "TIME", "Time for the whole run (120s)");
    arguments.value("--timeout", flags.timeout, "TIME", "Time for one request (20s)");
    arguments.value("--interval", flags.interval, "TIME",
                    "Time between two requests to one host (100ms)");
    arguments.number("--per-host", flags.per_host, "N", "Requests to one host at a time (4)");
    arguments.number("--at-once", flags.at_once, "N", "Requests to all hosts at a time (64)");
}

Result<LinksSettings> links_settings(const Session& session, const NetworkFlags& flags) {
    LinksSettings settings;
    AskOptions& ask = settings.check.ask;
    ask.unix_now = [] { return static_cast<std::int64_t>(std::time(nullptr)); };
    for (const SphinxSite& site : session.detected.sphinx) {
        if (!honours_tool(session.config, "sphinx"))
            break;
        settings.sphinx.push_back(SphinxReader(session, settings).read(site.conf_path));
    }
    if (const Result<void> read = read_links_config(session.config, settings); !read)
        return tl::unexpected<Error>(read.error());
    for (const std::string& text : flags.allow_private) {
        if (const Result<void> added = settings.allowed.add(text); !added)
            return tl::unexpected<Error>(added.error());
    }
    for (const Result<void>& taken : {take_flag(flags.budget, "--budget", ask.run_budget),
                                      take_flag(flags.timeout, "--timeout", ask.timeout),
                                      take_flag(flags.interval, "--interval", ask.interval),
                                      take_flag(flags.per_host, "--per-host", ask.per_host),
                                      take_flag(flags.at_once, "--at-once", ask.at_once)}) {
        if (!taken)
            return tl::unexpected<Error>(taken.error());
    }
    ask.timeout = std::max(ask.timeout, Milliseconds(1));
    read_credentials(ask.credentials);
    ask.is_own_host = [allowed = settings.allowed](const std::string& host) {
        const std::optional<Address> address = parse_address(host);
        return allowed.names_host(host) || (address && allowed.allows(host, *address));
    };
    settings.user_agent = user_agent(session);
    std::string cache = kCache;
    if (const Value* value = find(session.config.links, "cache"))
        cache = value->text;
    settings.cache_path =
        join_path(session.root, normalize_path(join_path(session.config.base, cache)));
    return settings;
}

Result<void> check_inside(const std::string& root, const std::string& path) {
    const RealFileSystem files;
    const auto outside = [&] { return fail("it leads out of the repository", path); };
    const std::string normal = normalize_path(path);
    if (!is_within(root, normal))
        return outside();
    // What exists of the way must lie in the repository; the rest will be made below it.
    for (std::string at = normal; at.size() > root.size(); at = std::string(dirname(at))) {
        if (files.info(at).kind == FileKind::absent)
            continue;
        const Result<std::string> real = files.real_path(at);
        return real && is_within(root, *real) ? Result<void>() : outside();
    }
    return {};
}

Result<std::unique_ptr<CurlFetcher>> open_network(const LinksSettings& settings) {
    CurlOptions options;
    options.user_agent = settings.user_agent;
    options.allowed = settings.allowed;
    options.ca_file = environment("SSL_CERT_FILE");
    options.library = environment("DOCATHON_LINT_LIBCURL");
    return CurlFetcher::open(std::move(options));
}

LinkUses collect_links(const Session& session, const ProjectIndex& index,
                       const std::function<std::string_view(FileId)>& bytes,
                       const LinksSettings& settings) {
    Collector collector(session, index, settings);
    for (FileId file = 0; file < session.tree.files().size(); ++file) {
        if (session.tree.file(file).selected)
            collector.collect(file, bytes(file));
    }
    return collector.take();
}

}  // namespace docathon::cli
