// docathon-lint links list: what earlier runs of `links check` learned. Asks nobody.

#include <algorithm>
#include <ctime>

#include "lint/cli/command.h"
#include "lint/cli/command_links.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/links_run.h"
#include "lint/cli/output.h"
#include "lint/core/strings.h"
#include "lint/model/url_answers.h"

namespace docathon::cli {

namespace {

std::string age_text(std::int64_t seconds) {
    if (seconds < 0)
        return "0 min";
    if (seconds < 2 * 3600)
        return std::to_string(seconds / 60) + " min";
    if (seconds < 2 * 24 * 3600)
        return std::to_string(seconds / 3600) + " h";
    return std::to_string(seconds / (24 * 3600)) + " d";
}

std::string_view state_text(Standing::State state) {
    switch (state) {
        case Standing::State::good:
            return "good";
        case Standing::State::failing:
            return "failing";
        case Standing::State::dead:
            return "dead";
        case Standing::State::unverified:
            return "unverified";
        case Standing::State::never_asked:
            break;
    }
    return "unknown";
}

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(width, text.size() + 1), ' ');
    return text;
}

}  // namespace

int run_links_list(std::vector<std::string> arguments) {
    DiskFlags disk;
    std::optional<std::string> cache_path;
    bool dead = false;
    bool failing = false;
    bool unverified = false;
    bool by_age = false;
    Arguments parser("docathon-lint links list", "What is known of the URLs, from earlier runs");
    parser.value("--config", disk.config, "FILE",
                 "Configuration file, instead of the nearest .docathon-lint.yaml");
    parser.value("--cache", cache_path, "FILE",
                 "What is known of URLs (.docathon-lint/links.jsonl)");
    parser.flag("--dead", dead, "Those that are dead");
    parser.flag("--failing", failing, "Those that fail, but not yet for long enough");
    parser.flag("--unverified", unverified, "Those that could not be verified");
    parser.flag("--age", by_age, "Those that were asked longest ago come first");
    parser.footer("Columns: state, time since it was asked last, what it answered, URL.");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    Result<DiskSession> opened = open_session(disk);
    if (!opened)
        return usage_error(opened.error().to_string());
    Result<LinksSettings> settings = links_settings(*opened->session, {});
    if (!settings)
        return usage_error(settings.error().to_string());
    const Result<LinkCache> cache = load_link_cache(cache_path.value_or(settings->cache_path));
    if (!cache)
        return usage_error(cache.error().to_string());
    if (cache->damaged > 0)
        print_error("docathon-lint: note: " + std::to_string(cache->damaged) +
                    " damaged lines of the cache are left out\n");

    struct Row {
        std::int64_t last;
        const std::string* url;
        Standing standing;
        const History* history;
    };
    std::vector<Row> rows;
    for (const auto& [url, history] : cache->urls) {
        Standing now = standing(history, settings->check.death);
        const bool wanted = (!dead && !failing && !unverified) ||
                            (dead && now.state == Standing::State::dead) ||
                            (failing && now.state == Standing::State::failing) ||
                            (unverified && now.state == Standing::State::unverified);
        if (wanted)
            rows.push_back({history.last(), &url, std::move(now), &history});
    }
    if (by_age) {
        std::stable_sort(rows.begin(), rows.end(),
                         [](const Row& a, const Row& b) { return a.last < b.last; });
    }
    const std::int64_t now = settings->check.ask.unix_now();
    std::string text;
    for (const Row& row : rows) {
        text += padded(std::string(state_text(row.standing.state)), 11) +
                padded(age_text(now - row.last), 8) +
                padded(escape_control(row.standing.reason), 11) + escape_control(*row.url);
        if (row.standing.since > 0) {
            text += "  (" + reason_text(escape_control(row.standing.reason)) + " since " +
                    age_text(now - row.standing.since) + ", " +
                    std::to_string(row.standing.failures) +
                    (row.standing.failures == 1 ? " check)" : " checks)");
        }
        if (!row.history->moved.empty() && row.standing.state == Standing::State::good)
            text += "  -> " + escape_control(row.history->moved);
        text += "\n";
    }
    print_out(text);
    return kClean;
}

}  // namespace docathon::cli
