// docathon-lint links fetch: brings the inventories that conf.py's intersphinx_mapping names to the
// files that the configuration names for them (project.inventories), so that later runs need no
// network.

#include <map>

#include "lint/cli/command.h"
#include "lint/cli/command_links.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/links_run.h"
#include "lint/cli/output.h"
#include "lint/core/path.h"
#include "lint/core/strings.h"
#include "lint/io/file_lock.h"
#include "lint/io/files.h"
#include "lint/model/url_answers.h"
#include "lint/parse/python/config_reader.h"

namespace docathon::cli {

namespace {

constexpr std::uint64_t kLargestInventory = 64u << 20;
constexpr std::string_view kHead = "# Sphinx inventory version ";

/// Where the inventory of a project is published: name -> URL of its objects.inv.
std::map<std::string, std::string> published(const Session& session) {
    std::map<std::string, std::string> result;
    for (const SphinxSite& site : session.detected.sphinx) {
        const Result<std::string> bytes = session.read(site.conf_path);
        if (!bytes)
            continue;
        const ConfModule conf = read_conf(
            *bytes, site.conf_path, [&](std::string_view name) -> std::optional<std::string> {
                Result<std::string> text = session.read(std::string(name));
                if (!text)
                    return std::nullopt;
                return std::move(*text);
            });
        const PyValue* const mapping = conf.find("intersphinx_mapping");
        if (mapping == nullptr || !mapping->is_dict())
            continue;
        for (std::size_t i = 0; i < mapping->keys.size(); ++i) {
            // "name": ("https://x/", None | "file" | "https://x/objects.inv" | (several))
            const PyValue& value = mapping->items[i];
            if (!mapping->keys[i].is_string() || !value.is_list() || value.items.empty() ||
                !value.items[0].is_string())
                continue;
            std::string url = value.items[0].text;
            url += url.ends_with('/') ? "objects.inv" : "/objects.inv";
            if (value.items.size() > 1) {
                std::vector<const PyValue*> places = {&value.items[1]};
                if (value.items[1].is_list()) {
                    places.clear();
                    for (const PyValue& item : value.items[1].items)
                        places.push_back(&item);
                }
                for (const PyValue* const place : places) {
                    if (place->is_string() && parse_url(place->text))
                        url = place->text;
                }
            }
            result.emplace(mapping->keys[i].text, url);
        }
    }
    return result;
}

struct Download {
    std::string name;
    std::string file;  // absolute
    std::string shown;
    std::string bytes;
    std::string error;
};

/// One file, redirects followed.
void bring(Fetcher& fetcher, const AskOptions& options, Url url, Download& download) {
    for (unsigned hops = 0;; ++hops) {
        FetchRequest request;
        request.url = url.page();
        request.host = url.host;
        request.max_body = kLargestInventory;
        request.timeout = options.timeout;
        request.connect_timeout = options.timeout / 2;
        const bool own = options.is_own_host && options.is_own_host(url.host);
        if (auto header = options.credentials.header(url, own))
            request.headers.push_back(std::move(*header));
        download.bytes.clear();
        request.body = [&download](std::string_view bytes) {
            download.bytes += bytes;
            return true;
        };
        fetcher.start(std::move(request));
        std::vector<FetchResponse> ended;
        while (ended.empty() && fetcher.running() > 0)
            ended = fetcher.wait(Milliseconds(1000));
        if (ended.empty()) {
            download.error = "no answer";
            return;
        }
        const FetchResponse& response = ended.front();
        if (response.end == FetchEnd::refused) {
            download.error = "its address " + response.address +
                             " is not public; --allow-private " + url.host + " allows it";
            return;
        }
        if (response.end != FetchEnd::answered) {
            download.error = response.detail;
            return;
        }
        if (response.status / 100 == 3 && !response.location.empty()) {
            std::optional<Url> next = resolve_url(url, response.location);
            if (!next || next->credentials || hops >= options.redirects) {
                download.error = "it redirects to what cannot be asked, or without end";
                return;
            }
            url = std::move(*next);
            continue;
        }
        if (response.status / 100 != 2)
            download.error = reason_text(std::to_string(response.status));
        else if (response.body_end == BodyEnd::cut)
            download.error = "it is larger than 64 MB";
        else if (response.body_end != BodyEnd::complete)
            download.error = "it could not be read to its end";
        else if (!std::string_view(download.bytes).starts_with(kHead))
            download.error = "it is no inventory of Sphinx";
        return;
    }
}

}  // namespace

int run_links_fetch(std::vector<std::string> arguments) {
    DiskFlags disk;
    NetworkFlags network;
    Arguments parser("docathon-lint links fetch",
                     "Bring the inventories (objects.inv) of intersphinx_mapping to the files that "
                     "project.inventories names");
    parser.value("--config", disk.config, "FILE",
                 "Configuration file, instead of the nearest .docathon-lint.yaml");
    parser.values("--allow-private", network.allow_private, "HOST|CIDR",
                  "Ask this host, or addresses of this range, although they are not public; may be "
                  "repeated");
    parser.value("--timeout", network.timeout, "TIME", "Time for one request (20s)");
    parser.footer("Exit code: 0 all are there, 2 one could not be brought.");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    Result<DiskSession> opened = open_session(disk);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    Result<LinksSettings> settings = links_settings(session, network);
    if (!settings)
        return usage_error(settings.error().to_string());

    const std::map<std::string, std::string> urls = published(session);
    const std::map<std::string, std::string>& files = session.config.project.inventories;
    std::string missing;
    for (const auto& [name, url] : urls) {
        if (files.find(name) == files.end())
            missing += (missing.empty() ? "" : ", ") + name + ": .docathon-lint/" + name + ".inv";
    }
    if (!missing.empty()) {
        print_error(
            "docathon-lint: note: no file is configured for some names of "
            "intersphinx_mapping; write `project: {inventories: {" +
            escape_control(missing) + "}}`\n");
    }
    bool failed = false;
    std::unique_ptr<CurlFetcher> fetcher;
    RealFileSystem disk_files;
    for (const auto& [name, file] : files) {
        const auto published_at = urls.find(name);
        Download download;
        download.shown = normalize_path(join_path(session.config.base, file));
        download.file = join_path(session.root, download.shown);
        if (published_at == urls.end()) {
            print_error("docathon-lint: note: '" + escape_control(name) +
                        "' is in no intersphinx_mapping that could be read\n");
            continue;
        }
        std::optional<Url> url = parse_url(published_at->second, &download.error);
        if (url && !url->credentials) {
            if (fetcher == nullptr) {
                Result<std::unique_ptr<CurlFetcher>> network_opened = open_network(*settings);
                if (!network_opened)
                    return usage_error(network_opened.error().to_string());
                fetcher = std::move(*network_opened);
            }
            bring(*fetcher, settings->check.ask, *url, download);
        } else if (url) {
            download.error = "its address holds a user name or password";
        }
        if (download.error.empty()) {
            if (const Result<void> inside = check_inside(session.root, download.file); !inside) {
                download.error = "'" + download.shown + "' leads out of the repository";
            } else if (const Result<void> made = make_folders(std::string(dirname(download.file)));
                       !made) {
                download.error = made.error().to_string();
            } else if (const Result<void> written =
                           disk_files.write_file_atomic(download.file, download.bytes);
                       !written) {
                download.error = written.error().to_string();
            }
        }
        if (!download.error.empty()) {
            failed = true;
            print_error("docathon-lint: error: " + escape_control(name) + ": " +
                        escape_control(url && !url->credentials ? url->page() : std::string()) +
                        ": " + escape_control(download.error) + "\n");
            continue;
        }
        print_out(escape_control(download.shown) + ": " + std::to_string(download.bytes.size()) +
                  " bytes from " + escape_control(url->page()) + "\n");
    }
    return failed ? kFailed : kClean;
}

}  // namespace docathon::cli
