// docathon-lint links check: asks the URLs of the pages, with manners and a memory, and reports
// those that have been dead for a while.

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <ctime>

#include "docathon/version.h"
#include "lint/cli/command.h"
#include "lint/cli/command_links.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/fix_run.h"
#include "lint/cli/links_run.h"
#include "lint/cli/output.h"
#include "lint/cli/report_run.h"
#include "lint/core/parallel.h"
#include "lint/core/strings.h"
#include "lint/io/file_lists.h"
#include "lint/settle/baseline.h"

namespace docathon::cli {

namespace {

constexpr std::int64_t kDay = 24 * 3600;

volatile std::sig_atomic_t g_interrupted = 0;

void on_signal(int number) {
    g_interrupted = 1;
    std::signal(number, SIG_DFL);  // a second one ends the program at once
}

struct LinksFlags {
    DiskFlags disk;
    ReportFlags report;
    NetworkFlags network;
    std::optional<std::string> cache;
    bool no_cache = false;
    bool refresh = false;
    bool stats = false;
    bool fix = false;
    bool unsafe_fixes = false;
};

void describe(Arguments& arguments, LinksFlags& flags) {
    arguments.positionals(flags.disk.paths, "PATH",
                          "Files and folders whose URLs are asked; all by default. @FILE reads "
                          "paths from FILE");
    add_session_flags(arguments, flags.disk);
    add_report_flags(arguments, flags.report);
    add_network_flags(arguments, flags.network);
    arguments.value("--cache", flags.cache, "FILE",
                    "What is known of URLs (.docathon-lint/links.jsonl)");
    arguments.flag("--no-cache", flags.no_cache,
                   "Remember nothing; then nothing can be dead for a while");
    arguments.flag("--refresh", flags.refresh, "Ask again what is known to be good");
    arguments.flag("--fix", flags.fix, "Write the new address where a redirect is permanent");
    arguments.flag("--unsafe-fixes", flags.unsafe_fixes,
                   "With --fix, also addresses of other hosts");
    arguments.flag("--stats", flags.stats, "Print counts and times to standard error");
    arguments.footer(
        "Exit code: 0 clean, 1 findings at or above --fail-on, 2 could not run. URLs that could "
        "not be verified never change it.");
}

/// One line on a terminal: counts, and the hosts that are waited for.
class ProgressLine {
  public:
    explicit ProgressLine(bool enabled) : enabled_(enabled && isatty(STDERR_FILENO) == 1) {}
    ~ProgressLine() {
        if (shown_)
            print_error("\r\x1b[K");
    }
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void update(const AskProgress& progress) {
        const auto now = std::chrono::steady_clock::now();
        if (!enabled_ || now - start_ < std::chrono::milliseconds(500))
            return;
        std::string line = std::to_string(progress.done) + " of " + std::to_string(progress.total) +
                           " URLs, " + std::to_string(progress.failed) + " failed, " +
                           std::to_string(progress.unverified) + " unverified";
        constexpr std::size_t kMostHosts = 3;
        for (std::size_t i = 0; i < std::min(kMostHosts, progress.waiting.size()); ++i) {
            line += (i == 0 ? "; waiting for " : ", ") +
                    escape_control(progress.waiting[i].first.substr(0, 40)) + " (" +
                    std::to_string(progress.waiting[i].second) + ")";
        }
        if (progress.waiting.size() > kMostHosts)
            line += " and " + std::to_string(progress.waiting.size() - kMostHosts) + " more";
        shown_ = true;
        print_error("\r\x1b[K" + line);
    }

  private:
    bool enabled_;
    bool shown_ = false;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

UrlAnswer to_answer(const Standing& standing, std::int64_t now) {
    UrlAnswer answer;
    answer.reason = standing.reason;
    switch (standing.state) {
        case Standing::State::good:
            answer.state = UrlAnswer::State::good;
            break;
        case Standing::State::failing:
            answer.state = UrlAnswer::State::failing;
            break;
        case Standing::State::dead:
            answer.state = UrlAnswer::State::dead;
            answer.checks = standing.failures;
            answer.days = static_cast<int>((now - standing.since) / kDay);
            break;
        case Standing::State::never_asked:
            answer.reason = kNotAsked;
            break;
        case Standing::State::unverified:
            break;
    }
    return answer;
}

bool is_allowed_redirect(const LinkUses& uses, const std::string& target,
                         const std::string& moved) {
    const auto sites = uses.sites.find(target);
    if (sites == uses.sites.end())
        return false;
    for (const SphinxLinks* const site : sites->second) {
        for (const auto& [from, to] : site->redirects) {
            if (from.matches(target) && to.matches(moved))
                return true;
        }
    }
    return false;
}

UrlAnswers to_answers(const LinkUses& uses, const LinkReport& report, std::int64_t now) {
    UrlAnswers answers;
    answers.left_out = uses.left_out;
    for (const auto& [target, url] : uses.url_of) {
        const auto standing = report.standings.find(url);
        if (standing == report.standings.end())
            continue;
        UrlAnswer answer = to_answer(standing->second, now);
        if (const auto moved = report.moved.find(url); moved != report.moved.end()) {
            answer.moved = moved->second;
            // A fragment that was not asked for is still part of the link.
            const std::size_t hash = target.find('#');
            if (hash != std::string::npos && answer.moved.find('#') == std::string::npos)
                answer.moved += target.substr(hash);
            if (is_allowed_redirect(uses, target, answer.moved))
                answer.moved.clear();
        }
        answers.by_target.emplace(target, std::move(answer));
    }
    return answers;
}

std::string urls(std::size_t number) {
    return std::to_string(number) + (number == 1 ? " URL" : " URLs");
}

/// What the run could not say, one note each; they never change the exit code.
void add_notes(const LinkReport& report, const LinksSettings& settings,
               std::vector<Notification>& out) {
    for (const std::string& note : settings.notes)
        out.push_back({"warning", "links-settings", note, {}});
    std::map<std::string, std::size_t> unverified;
    std::size_t failing = 0;
    for (const auto& [url, standing] : report.standings) {
        if (standing.state == Standing::State::unverified)
            ++unverified[standing.reason];
        failing += standing.state == Standing::State::failing ? 1 : 0;
    }
    if (report.offline) {
        out.push_back({"warning",
                       "links-offline",
                       "no host answered, so this machine may have no network; hosts that could "
                       "not be reached are not counted as failed",
                       {}});
    }
    if (failing > 0) {
        out.push_back({"note",
                       "links-failing",
                       urls(failing) + (failing == 1 ? " fails" : " fail") +
                           ", but not for long enough to be called dead (" +
                           std::to_string(settings.check.death.failures) + " failures over " +
                           std::to_string(settings.check.death.days) +
                           " days); 'docathon-lint links list --failing' names them",
                       {}});
    }
    if (!unverified.empty()) {
        std::size_t total = 0;
        std::string reasons;
        for (const auto& [reason, count] : unverified) {
            total += count;
            reasons += (reasons.empty() ? "" : ", ") + reason + ": " + std::to_string(count);
        }
        out.push_back({"note",
                       "links-unverified",
                       urls(total) + " could not be verified (" + reasons +
                           "); 'docathon-lint links list --unverified' names them",
                       {}});
    }
    if (report.not_asked > 0) {
        out.push_back({"note",
                       "links-not-asked",
                       urls(report.not_asked) +
                           " not asked, because the time of the run or of a host was spent; the "
                           "next run goes on with them",
                       {}});
    }
}

Result<Baseline> load_baseline(const Session& session) {
    if (session.config.baseline.empty())
        return Baseline();
    const Result<std::string> text = session.read(session.config.baseline);
    if (text)
        return read_baseline(*text, session.config.baseline);
    if (text.error().code == ErrorCode::absent)
        return Baseline();
    return tl::unexpected<Error>(text.error());
}

Result<void> read_paths(DiskFlags& disk) {
    const RealFileSystem files;
    Result<std::vector<std::string>> expanded = expand_at_files(disk.paths, files);
    if (!expanded)
        return tl::unexpected<Error>(expanded.error());
    disk.paths = std::move(*expanded);
    return {};
}

class LinksCheck {
  public:
    LinksCheck(Session& session, LinksSettings settings, Fetcher& fetcher, LinkCache cache,
               const LinksFlags& flags)
        : session_(session),
          settings_(std::move(settings)),
          fetcher_(fetcher),
          cache_(std::move(cache)),
          flags_(flags),
          progress_(std::make_unique<ProgressLine>(!flags.report.quiet)) {}

    UrlAnswers ask(const ProjectIndex& index,
                   const std::function<std::string_view(FileId)>& bytes) {
        // Pages that were fixed are judged by what is known: nobody is asked twice.
        if (answers_)
            return *answers_;
        uses_ = collect_links(session_, index, bytes, settings_);
        LinkChecker checker(fetcher_, cache_, settings_.check);
        checker.on_progress = [&](const AskProgress& progress) { progress_->update(progress); };
        if (!flags_.no_cache) {
            checker.save = [&] {
                if (const Result<void> saved = save_link_cache(settings_.cache_path, cache_);
                    !saved && error_.empty())
                    error_ = saved.error().to_string();
            };
        }
        report_ = checker.check(uses_.urls);
        progress_.reset();
        answers_ = to_answers(uses_, report_, settings_.check.ask.unix_now());
        return *answers_;
    }

    void finish(RunResult& result) const {
        add_notes(report_, settings_, result.notifications);
        if (cache_.damaged > 0) {
            result.notifications.push_back(
                {"note",
                 "links-cache",
                 std::to_string(cache_.damaged) +
                     (cache_.damaged == 1 ? " damaged line was" : " damaged lines were") +
                     " left out of the cache",
                 {}});
        }
        if (!cache_.foreign.empty()) {
            result.notifications.push_back(
                {"note",
                 "links-cache",
                 std::to_string(cache_.foreign.size()) +
                     (cache_.foreign.size() == 1 ? " line" : " lines") +
                     " of the cache, written by another version, are kept but not understood",
                 {}});
        }
        for (const auto& [why, count] : uses_.skipped)
            result.unknown["URL " + why] += count;
    }

    /// What a person reads at the end.
    void print_summary(double seconds) const {
        char time[32];
        std::snprintf(time, sizeof time, "%.1f s", seconds);
        print_error(urls(uses_.urls.size()) + ": " + std::to_string(report_.asked) + " asked, " +
                    std::to_string(report_.fresh) + " known from earlier runs, " + time + "\n");
    }

    [[nodiscard]] const std::string& error() const { return error_; }

  private:
    Session& session_;
    LinksSettings settings_;
    Fetcher& fetcher_;
    LinkCache cache_;
    const LinksFlags& flags_;
    LinkUses uses_;
    LinkReport report_;
    std::optional<UrlAnswers> answers_;
    std::string error_;
    std::unique_ptr<ProgressLine> progress_;
};

}  // namespace

int run_links_check(std::vector<std::string> arguments) {
    const auto start = std::chrono::steady_clock::now();
    LinksFlags flags;
    Arguments parser("docathon-lint links check", "Ask the URLs of the pages");
    describe(parser, flags);
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    const Result<ReportPlan> plan = read_report_flags(flags.report);
    if (!plan)
        return usage_error(plan.error().message);
    if (flags.unsafe_fixes && !flags.fix)
        return usage_error("--unsafe-fixes needs --fix");
    if (const Result<void> paths = read_paths(flags.disk); !paths)
        return usage_error(paths.error().to_string());
    flags.disk.rules.links_check = true;
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);

    Result<DiskSession> opened = open_session(flags.disk);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    Result<LinksSettings> settings = links_settings(session, flags.network);
    if (!settings)
        return usage_error(settings.error().to_string());
    settings->check.refresh = flags.refresh;
    settings->check.ask.cancelled = [] { return g_interrupted != 0; };
    if (flags.cache) {
        settings->cache_path = *flags.cache;
    } else if (const Result<void> inside = check_inside(session.root, settings->cache_path);
               !inside) {
        return usage_error(inside.error().to_string());
    }
    const Result<Baseline> baseline = load_baseline(session);
    if (!baseline)
        return usage_error(baseline.error().to_string());
    Result<std::unique_ptr<CurlFetcher>> network = open_network(*settings);
    if (!network)
        return usage_error(network.error().to_string());
    Result<LinkCache> cache =
        flags.no_cache ? Result<LinkCache>(LinkCache()) : load_link_cache(settings->cache_path);
    if (!cache)
        return usage_error(cache.error().to_string());

    LinksCheck check(session, std::move(*settings), **network, std::move(*cache), flags);
    const auto lint_once = [&] {
        LintJob job = session.job(hardware_jobs());
        if (!baseline->entries.empty())
            job.baseline = &*baseline;
        job.ask = [&](const ProjectIndex& index,
                      const std::function<std::string_view(FileId)>& bytes) {
            return check.ask(index, bytes);
        };
        job.cancelled = [] { return g_interrupted != 0; };
        return lint(job);
    };
    ProjectFixes fixes;
    if (flags.fix)
        fixes = fix_project(session, lint_once, flags.unsafe_fixes);
    LintRun run = flags.fix ? std::move(fixes.run) : lint_once();
    if (!check.error().empty())
        return usage_error(check.error());
    if (run.cancelled) {
        print_error("docathon-lint: interrupted; what was learned until then is in the cache\n");
        return kInterrupted;
    }
    run.result.root = session.root;
    run.result.tool_version = std::string(version());
    for (const std::string& expression : session.foreign->unreadable()) {
        run.result.notifications.push_back(
            {"note",
             "foreign-ignore",
             "an expression of .lycheeignore or conf.py that is not understood here: " + expression,
             {}});
    }
    check.finish(run.result);
    if (flags.fix) {
        const Result<std::size_t> written = write_fixes(session, fixes);
        if (!written)
            return usage_error(written.error().to_string());
        if (!flags.report.quiet && *written > 0)
            print_error(fixed_line(fixes.applied, *written));
        for (const std::string& note : fixes.notes)
            run.result.notifications.push_back({"note", "not-fixed", note, {}});
    }
    run.result.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    if (const Result<void> written = write_reports(*plan, run.result); !written)
        return usage_error(written.error().to_string());
    DescriptorWriter error(STDERR_FILENO);
    if (!flags.report.quiet) {
        check.print_summary(run.result.seconds);
        write_summary(run.result, plan->options, error.writer());
    }
    if (flags.stats)
        write_stats(run.result, plan->options, error.writer());
    error.flush();
    return exit_code(run, plan->fail_on.value_or(session.config.fail_on));
}

}  // namespace docathon::cli
