#include "lint/cli/run_session.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <mutex>
#include <string>

#include "docathon/version.h"
#include "lint/cli/cache_place.h"
#include "lint/cli/output.h"
#include "lint/core/parallel.h"
#include "lint/core/path.h"
#include "lint/parse/parse.h"
#include "lint/project/index/project_index.h"

namespace docathon::cli {

namespace {

/// Below this many pages a second thread costs more than it saves.
constexpr std::size_t kPagesPerThread = 12;

volatile std::sig_atomic_t g_interrupted = 0;

void on_signal(int number) {
    g_interrupted = 1;
    std::signal(number, SIG_DFL);  // a second one ends the program at once
}

/// One line that counts pages, after half a second, when a person looks on.
class Progress {
  public:
    explicit Progress(bool enabled) : enabled_(enabled && isatty(STDERR_FILENO) == 1) {}
    ~Progress() {
        if (shown_)
            print_error("\r\x1b[K");
    }
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void update(std::size_t done, std::size_t total) {
        if (!enabled_)
            return;
        const auto now = std::chrono::steady_clock::now();
        const std::lock_guard lock(mutex_);
        if (now - start_ < std::chrono::milliseconds(500) ||
            now - last_ < std::chrono::milliseconds(100))
            return;
        last_ = now;
        shown_ = true;
        print_error("\r\x1b[K" + std::to_string(done) + " of " + std::to_string(total) + " pages");
    }
    [[nodiscard]] bool enabled() const { return enabled_; }

  private:
    bool enabled_;
    bool shown_ = false;
    std::mutex mutex_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_ = start_;
};

/// The pages of the project before a change.
struct Before {
    explicit Before(const Session* session) {
        if (session == nullptr)
            return;
        facts.resize(session->tree.files().size());
        settings = session->settings.pointers();
        IndexInput input;
        input.tree = &session->tree;
        input.detected = &session->detected;
        input.facts = facts;
        input.settings = settings;
        index = std::make_unique<ProjectIndex>(input);
    }
    std::vector<FileFacts> facts;
    std::vector<const Settings*> settings;
    std::unique_ptr<ProjectIndex> index;
};

/// With modules where they may be read too: for the number of threads.
std::size_t count_pages(const Session& session, bool selected, bool modules = false) {
    std::size_t count = 0;
    for (FileId id = 0; id < session.tree.files().size(); ++id) {
        const FileEntry& file = session.tree.file(id);
        const Format format = format_of(file.path, session.settings.of(id));
        if (file.lintable && (file.selected || !selected) &&
            (format == Format::markdown || format == Format::rst || format == Format::notebook ||
             (modules && format == Format::python)))
            ++count;
    }
    return count;
}

}  // namespace

void catch_signals() {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
}

unsigned wanted_jobs(std::optional<std::uint64_t> asked) {
    return asked ? static_cast<unsigned>(std::min<std::uint64_t>(*asked, 256)) : hardware_jobs();
}

std::size_t selected_pages(const Session& session) {
    return count_pages(session, true);
}

LintRun run_session(Session& session, const RunOptions& options) {
    const unsigned wanted = wanted_jobs(options.jobs);
    const std::size_t pages = count_pages(session, false, true);
    LintJob job =
        session.job(options.jobs ? wanted
                                 : std::min<unsigned>(
                                       wanted, static_cast<unsigned>(1 + pages / kPagesPerThread)));
    if (options.baseline != nullptr && !options.baseline->entries.empty())
        job.baseline = options.baseline;
    if (options.cache)
        job.cache_folder = cache_folder();
    job.result_suffices = options.result_suffices;
    job.count_references = options.count_references;
    job.late_fingerprints = options.late_fingerprints;
    job.parsed = options.parsed;
    job.is_base = options.is_base;
    job.is_complete = options.is_complete;
    Progress progress(options.progress);
    if (progress.enabled()) {
        job.progress = [&](std::size_t done, std::size_t total) { progress.update(done, total); };
    }
    job.cancelled = [] { return g_interrupted != 0; };
    const Before before(options.before);
    job.before = before.index.get();
    LintRun run = lint(job);
    run.result.root = session.root;
    run.result.tool_version = std::string(version());
    return run;
}

int say_interrupted() {
    print_error("docathon-lint: interrupted; nothing was written\n");
    return kInterrupted;
}

std::string baseline_file(const Session& session) {
    if (session.config.baseline.empty())
        return ".docathon-lint/baseline.json";
    return join_path(session.config.base, session.config.baseline);
}

Result<std::optional<Baseline>> read_baseline_file(const Session& session) {
    const std::string path = baseline_file(session);
    const Result<std::string> text = session.read(path);
    if (!text) {
        if (text.error().code == ErrorCode::absent)
            return std::optional<Baseline>();
        return tl::unexpected<Error>(text.error());
    }
    Result<Baseline> baseline = read_baseline(*text, path);
    if (!baseline)
        return tl::unexpected<Error>(baseline.error());
    return std::optional<Baseline>(std::move(*baseline));
}

}  // namespace docathon::cli
