#include "lint/cli/pipeline.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

#include "lint/cli/asking.h"
#include "lint/cli/page_cache.h"
#include "lint/cli/page_checks.h"
#include "lint/cli/page_keys.h"
#include "lint/cli/page_slot.h"
#include "lint/cli/result_cache.h"
#include "lint/core/hash.h"
#include "lint/core/pack.h"
#include "lint/core/parallel.h"
#include "lint/core/path.h"
#include "lint/parse/parse.h"
#include "lint/project/index/parts.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/support/reference_counts.h"
#include "lint/settle/settle.h"
#include "lint/settle/suppress.h"

namespace docathon {

namespace {

/// Wall and CPU time from one call of lap() to the next.
class StageClock {
  public:
    explicit StageClock(std::vector<StageTime>& stages) : stages_(stages) {}
    void lap(std::string name) {
        const auto wall = std::chrono::steady_clock::now();
        const double cpu = cpu_ms();
        stages_.push_back({std::move(name),
                           std::chrono::duration<double, std::milli>(wall - wall_).count(),
                           cpu - cpu_});
        wall_ = wall;
        cpu_ = cpu;
    }

  private:
    static double cpu_ms() {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    std::vector<StageTime>& stages_;
    std::chrono::steady_clock::time_point wall_ = std::chrono::steady_clock::now();
    double cpu_ = cpu_ms();
};

class Run {
  public:
    explicit Run(const LintJob& job)
        : job_(job),
          slots_(job.tree->files().size()),
          pages_(pages_to_read(job)),
          profiles_(make_profiles(job, pages_)),
          checks_(job, profiles_),
          asked_(job) {}

    LintRun run() {
        LintRun run;
        RunResult& result = run.result;
        StageClock clock(result.stages);
        open_cache();
        if (take_result(run)) {
            clock.lap("cache");
            return run;
        }
        parse();
        parse_parts();
        if (job_.parsed && !stopped())
            job_.parsed();
        clock.lap("parse");
        if (!stopped()) {
            run.facts = facts_;
            const std::vector<FileFacts>& facts = *facts_;
            const std::vector<const Settings*> settings = job_.settings->pointers();
            read_inventories(result.notifications);
            const ProjectIndex index(index_input(facts, settings));
            clock.lap("index");
            if (job_.ask) {
                urls_ = job_.ask(index, [this](FileId id) { return bytes_of(id); });
                clock.lap("ask");
            }
            check(index);
            clock.lap("check");
            settle_into(run, facts);
            keep_result(run);
            clock.lap("settle");
        }
        run.cancelled = stopped();
        run.outdated = is_outdated();
        if (cache_ != nullptr && cache_->damaged())
            cache_->discard();
        return run;
    }

  private:
    static std::vector<std::size_t> make_profiles(const LintJob& job,
                                                  const std::vector<FileId>& pages) {
        std::vector<std::size_t> profiles(job.tree->files().size());
        for (const FileId id : pages)
            profiles[id] = job.effective->profile_for(job.tree->file(id).path);
        return profiles;
    }

    [[nodiscard]] bool stopped() const { return job_.cancelled && job_.cancelled(); }
    /// What came from the cache does not fit what is there now.
    [[nodiscard]] bool is_outdated() const {
        return outdated_ || (cache_ != nullptr && cache_->damaged());
    }

    /// Runs `task` for every page in parallel; a throw of one is that page's internal error.
    template <class Task>
    void each_page(const Task& task) {
        parallel_for(pages_.size(), job_.jobs, [&](std::size_t number) {
            if (stopped())
                return;
            const FileId id = pages_[number];
            PageSlot& slot = slots_[id];
            try {
                task(id, slot);
            } catch (const std::exception& error) {
                internal_error(id, slot, error.what());
            } catch (...) {
                internal_error(id, slot, "an exception without a name");
            }
        });
    }

    void internal_error(FileId id, PageSlot& slot, const std::string& what) const {
        slot.internal_error = true;
        slot.notifications.push_back(
            {"error", "internal-error",
             "internal error: " + what + "; the findings of this file are incomplete",
             job_.tree->file(id).path});
    }

    void parse() {
        facts_ = std::make_shared<std::vector<FileFacts>>(slots_.size());
        for (std::size_t id = 0; id < slots_.size(); ++id)
            slots_[id].facts = &(*facts_)[id];
        std::atomic<std::size_t> done = 0;
        each_page([&](FileId id, PageSlot& slot) {
            if (!slot.page.fresh || !load(id, slot))
                parse_page(id, slot);
            if (job_.progress)
                job_.progress(++done, pages_.size());
        });
        if (cache_ != nullptr && !stopped())
            cache_->finish();
    }

    /// Reads what pages are made of besides: files that they include, whatever they are called.
    /// Nothing is reported in them.
    void parse_parts() {
        const std::vector<const Settings*> settings = job_.settings->pointers();
        PartFinder finder(*job_.tree, *job_.detected, settings);
        const auto facts = [this](FileId id) -> const FileFacts& { return *slots_[id].facts; };
        const auto is_rst = [this](FileId id, std::uint32_t offset) {
            const std::string_view bytes = bytes_of(id);
            const std::size_t text = bytes.find_first_not_of(" \t", offset);
            return text != std::string_view::npos && bytes[text] == '.';
        };
        std::vector<Part> parts = finder.next(pages_, facts, is_rst);
        for (Part& header : finder.gallery_headers())
            parts.push_back(header);
        while (!parts.empty() && !stopped()) {
            parallel_for(parts.size(), job_.jobs, [&](std::size_t number) {
                const Part& part = parts[number];
                PageSlot& slot = slots_[part.file];
                Result<std::string> bytes = asked_.read(part.file);
                if (!bytes)
                    return;  // its labels are unknown, not absent
                Settings reading = *settings[part.page];
                reading.read_as = part.format;
                reading.gallery = false;
                slot.source = std::make_unique<SourceFile>(
                    part.file, job_.tree->file(part.file).path, std::move(*bytes));
                try {
                    *slot.facts = parse_file(*slot.source, reading, false).facts;
                } catch (const std::exception& error) {
                    internal_error(part.file, slot, error.what());
                }
            });
            std::vector<FileId> read;
            for (const Part& part : parts)
                read.push_back(part.file);
            parts_.insert(parts_.end(), read.begin(), read.end());
            parts = finder.next(read, facts, is_rst);
        }
    }

    /// Looks for all pages in the cache, and decides whether to write it again.
    void open_cache() {
        // A handful of pages is parsed before a cache is opened.
        constexpr std::size_t kFewest = 16;
        if (job_.cache_folder.empty() || !job_.stamp || pages_.size() < kFewest)
            return;
        const std::uint64_t run = run_key(job_, checks_.data_hashes(), checks_.reads_examples());
        cache_ = PageCache::open(job_.cache_folder, job_.cache_name, run);
        if (cache_ == nullptr)
            return;
        if ((job_.result_suffices || job_.is_base) && job_.inputs_key != 0 && !job_.ask)
            results_ = ResultCache::open(job_.cache_folder, job_.cache_name,
                                         selection_key(*job_.tree, run));
        PageKeys keys(job_);
        for (const FileId id : pages_) {
            PageCache::Page& page = slots_[id].page;
            page.path = job_.tree->file(id).path;
            page.key = keys.of(id, profiles_[id]);
        }
        // So many system calls are a good part of a run in which little changed.
        each_page([&](FileId id, PageSlot& slot) {
            slot.page.stamp = job_.stamp(id);
            cache_->look_up(slot.page);
        });
        const auto stale = static_cast<std::size_t>(std::count_if(
            pages_.begin(), pages_.end(), [this](FileId id) { return !slots_[id].page.fresh; }));
        // Writing costs about as much as parsing a thirtieth of the pages.
        constexpr std::size_t kShare = 32;
        if (stale > pages_.size() / kShare)
            cache_->start_writing();
    }

    /// The key of this run's result; nullopt if the content of a page is not known.
    [[nodiscard]] std::optional<ResultCache::Key> key_of_result() const {
        PackWriter pages(true);
        for (const FileId id : pages_) {
            const PageSlot& slot = slots_[id];
            if (!slot.page.known)
                return std::nullopt;
            pages.put(slot.page.content);
            pages.put(slot.page.key);
            pages.put(static_cast<std::uint64_t>(profiles_[id]));
        }
        return result_key(job_, pages.bytes());
    }

    /// If this run is like an earlier one, its result; false if not.
    bool take_result(LintRun& run) {
        if (results_ == nullptr || !results_->has_one())
            return false;
        each_page([&](FileId id, PageSlot& slot) {
            if (!slot.page.fresh)
                read_page(id, slot);
        });
        const std::optional<ResultCache::Key> key = key_of_result();
        std::optional<KeptResult> kept = key ? results_->find(*key) : std::nullopt;
        if (!kept || (job_.count_references && !kept->references) ||
            !asked_.answers_are(kept->asked))
            return false;
        for (const FileId id : pages_)
            slots_[id].parsed = true;
        if (!job_.is_base) {
            for (const Diagnostic& finding : kept->findings)
                (void)bytes_of(finding.file);
        }
        if (outdated_)
            return false;
        for (const FileId id : pages_)
            cache_->keep(slots_[id].page);
        cache_->finish();
        RunResult& result = run.result;
        for (const FileEntry& entry : job_.tree->files())
            result.paths.push_back(entry.path);
        result.rules = job_.rules;
        result.findings = std::move(kept->findings);
        result.suppressed = std::move(kept->suppressed);
        result.notifications = std::move(kept->notifications);
        result.unknown = std::move(kept->unknown);
        result.judged = std::move(kept->judged);
        result.counted = std::move(kept->counted);
        if (job_.count_references)
            result.references = std::move(kept->references);
        result.files_checked = kept->files_checked;
        result.bytes_checked = kept->bytes_checked;
        result.files_unchanged = pages_.size();
        run.stale = kept->stale;
        note_contents(run);
        hand_over_sources(run);
        return true;
    }

    /// For the next run that is like this one.
    void keep_result(const LintRun& run) {
        if (results_ == nullptr || run.internal_error || is_outdated() || stopped() ||
            (job_.is_complete && !job_.is_complete()))
            return;
        const std::optional<ResultCache::Key> key = key_of_result();
        KeptResult kept;
        kept.asked = asked_.all();
        if (!key || kept.asked.open)
            return;
        const RunResult& result = run.result;
        kept.findings = result.findings;
        kept.suppressed = result.suppressed;
        kept.notifications = result.notifications;
        kept.unknown = result.unknown;
        kept.judged = result.judged;
        kept.counted = result.counted;
        kept.files_checked = result.files_checked;
        kept.bytes_checked = result.bytes_checked;
        kept.stale = run.stale;
        kept.references = result.references;
        results_->keep(*key, kept);
    }

    /// Takes a page from the cache; false if it has to be parsed after all.
    bool load(FileId id, PageSlot& slot) {
        std::optional<CachedPage> cached = cache_->load(slot.page);
        if (!cached) {
            slot.page.record = nullptr;
            slot.page.fresh = false;
            return false;
        }
        *slot.facts = std::move(cached->facts);
        slot.findings = std::move(cached->findings);
        for (Diagnostic& finding : slot.findings) {
            finding.file = id;
            for (Related& related : finding.related)
                related.file = id;
        }
        slot.unknown = std::move(cached->unknown);
        slot.judged = std::move(cached->judged);
        slot.bytes = cached->bytes;
        slot.lines = cached->lines;
        slot.parsed = true;
        cache_->keep(slot.page);
        return true;
    }

    /// False if it cannot be read.
    bool read_page(FileId id, PageSlot& slot) {
        Result<std::string> bytes = job_.read(id);
        if (!bytes) {
            slot.unreadable = bytes.error().message;
            return false;
        }
        slot.source = std::make_unique<SourceFile>(id, job_.tree->file(id).path, std::move(*bytes));
        if (cache_ != nullptr)
            cache_->compare(slot.page, slot.source->bytes());
        return true;
    }

    void parse_page(FileId id, PageSlot& slot) {
        const Settings& settings = job_.settings->of(id);
        if (slot.source == nullptr && !read_page(id, slot)) {
            slot.facts->format = Format::other;  // its anchors are unknown, not absent
            // One with pictures in it may be longer than what is read.
            if (format_of(job_.tree->file(id).path, settings) == Format::notebook)
                return;
            slot.facts->problems = {{"input/unreadable", slot.unreadable, Range{}}};
            checks_.report_input(id, slot);
            return;
        }
        if (slot.page.fresh && load(id, slot))
            return;
        ParsedFile parsed = parse_file(*slot.source, settings, checks_.reads_examples());
        *slot.facts = std::move(parsed.facts);
        slot.bytes = slot.source->bytes().size();
        slot.lines = count_lines(slot.source->bytes());
        slot.parsed = true;
        checks_.check_file(id, slot, parsed.document, settings);
        checks_.report_input(id, slot);
        keep(id, slot);
        release(slot);
    }

    /// Notebooks are mostly pictures: the few that somebody asks for are read again.
    void release(PageSlot& slot) const {
        constexpr std::size_t kSmall = 1u << 16;
        if (slot.facts->format != Format::notebook || slot.source->bytes().size() < kSmall)
            return;
        if (cache_ == nullptr)
            slot.page.content = hash128(slot.source->bytes());
        slot.source = nullptr;
    }

    /// For the next run. Findings of scope `file` never point into other files.
    void keep(FileId id, PageSlot& slot) {
        if (cache_ == nullptr || !cache_->writing())
            return;
        CachedPage page{std::move(*slot.facts),
                        std::move(slot.findings),
                        std::move(slot.unknown),
                        std::move(slot.judged),
                        slot.bytes,
                        slot.lines};
        const bool own = std::all_of(
            page.findings.begin(), page.findings.end(), [id](const Diagnostic& finding) {
                return finding.file == id &&
                       std::all_of(finding.related.begin(), finding.related.end(),
                                   [id](const Related& related) { return related.file == id; });
            });
        if (own)
            cache_->keep(slot.page, page);
        *slot.facts = std::move(page.facts);
        slot.findings = std::move(page.findings);
        slot.unknown = std::move(page.unknown);
        slot.judged = std::move(page.judged);
    }

    /// Bytes of a page, read now if it came from the cache. By any thread.
    std::string_view bytes_of(FileId id) {
        const std::lock_guard lock(reading_);
        PageSlot& slot = slots_[id];
        if (slot.source == nullptr && slot.parsed) {
            Result<std::string> bytes = job_.read(id);
            // Findings of other bytes would point anywhere.
            outdated_ = outdated_ || !bytes || hash128(*bytes) != slot.page.content;
            slot.source = std::make_unique<SourceFile>(id, job_.tree->file(id).path,
                                                       bytes ? std::move(*bytes) : std::string());
        }
        return slot.source == nullptr ? std::string_view() : slot.source->bytes();
    }

    IndexInput index_input(const std::vector<FileFacts>& facts,
                           const std::vector<const Settings*>& settings) {
        IndexInput input;
        input.tree = job_.tree;
        input.detected = job_.detected;
        input.before = job_.before;
        input.facts = facts;
        input.settings = settings;
        input.inventories = &inventories_;
        if (job_.on_disk)
            input.on_disk = [this](std::string_view path) { return asked_.on_disk(path); };
        input.is_ignored = job_.is_ignored;
        if (job_.history != nullptr)
            input.deleted_paths = [this] { return asked_.deleted_paths(); };
        input.bytes = [this](FileId file) { return bytes_of(file); };
        input.read = [this](FileId file) -> std::optional<std::string> {
            Result<std::string> bytes = asked_.read(file);
            return bytes ? std::optional<std::string>(std::move(*bytes)) : std::nullopt;
        };
        input.line_count = [this](FileId file) -> std::optional<std::uint32_t> {
            if (slots_[file].parsed)
                return slots_[file].lines;
            const Result<std::string> bytes = asked_.read(file);
            if (!bytes)
                return std::nullopt;
            return count_lines(*bytes);
        };
        return input;
    }

    /// Inventories of other projects that the configuration names. One that cannot be read is as
    /// good as none: what it may have stays unknown.
    void read_inventories(std::vector<Notification>& notifications) {
        if (!job_.read_path)
            return;
        if (job_.config != nullptr) {
            for (const auto& [name, path] : job_.config->project.inventories)
                read_inventory(name, join_path(job_.config->base, path), notifications);
        }
        // Those that conf.py names, of which a build may make some.
        for (const SphinxSite& site : job_.detected->sphinx) {
            for (const auto& [name, path] : site.inventory_files) {
                if (!inventories_.contains(name) && job_.tree->find(path) != kNoFile)
                    read_inventory(name, path, notifications);
            }
        }
    }

    void read_inventory(const std::string& name, const std::string& path,
                        std::vector<Notification>& notifications) {
        const Result<std::string> bytes = asked_.read(path);
        std::string problem;
        if (!bytes) {
            problem = bytes.error().message;
        } else {
            Inventory inventory = Inventory::read(*bytes);
            if (inventory.damaged())
                problem = "it is cut off, too large or no inventory of Sphinx";
            inventories_.emplace(name, std::move(inventory));
        }
        if (!problem.empty())
            notifications.push_back(
                {"warning", "inventory", "inventory '" + name + "': " + problem, path});
    }

    static std::uint32_t count_lines(std::string_view bytes) {
        std::uint32_t lines = bytes.empty() || bytes.back() == '\n' ? 0 : 1;
        for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
             at = bytes.find('\n', at + 1))
            ++lines;
        return lines;
    }

    void check(const ProjectIndex& index) {
        const auto bytes = [this](FileId id) { return bytes_of(id); };
        each_page([&](FileId id, PageSlot& slot) {
            const ProjectContext context{id, index.facts(id), index.settings(id), index,
                                         urls_ ? &*urls_ : nullptr};
            // Rules about the API say themselves whether they mind: ruff does not.
            if (context.facts.generated && context.facts.python == nullptr)
                return;
            // Nobody hears of these; a baseline must know what is gone everywhere.
            if (!job_.tree->file(id).selected && job_.baseline == nullptr)
                return;
            checks_.check_project(context, slot, bytes);
            slot.findings.shrink_to_fit();  // nothing more comes
            if (job_.count_references && job_.tree->file(id).selected)
                rules::count_references(context, slot.references);
        });
    }

    void settle_into(LintRun& run, const std::vector<FileFacts>& facts) {
        RunResult& result = run.result;
        if (const std::string& error = checks_.engine_error(); !error.empty()) {
            run.internal_error = true;
            result.notifications.push_back({"error", "internal-error",
                                            "rules without C++ did not run: " + error,
                                            std::string()});
        }
        std::vector<std::vector<Diagnostic>> findings(slots_.size());
        for (const FileEntry& entry : job_.tree->files())
            result.paths.push_back(entry.path);
        for (const FileId id : pages_) {
            PageSlot& slot = slots_[id];
            findings[id] = std::move(slot.findings);
            for (const auto& [reason, count] : slot.unknown)
                result.unknown[reason] += count;
            if (job_.tree->file(id).selected) {
                for (const auto& [rule, count] : slot.judged)
                    result.judged[rule] += count;
            }
            if (job_.count_references)
                add_references(slot.references, result);
            for (Notification& notification : slot.notifications) {
                result.notifications.push_back(std::move(notification));
            }
            run.internal_error = run.internal_error || slot.internal_error;
            result.files_unchanged += slot.page.fresh ? 1 : 0;
            if (slot.parsed && job_.tree->file(id).selected) {
                ++result.files_checked;
                result.bytes_checked += slot.bytes;
            }
        }
        for (const FileId id : parts_) {
            for (Notification& notification : slots_[id].notifications)
                result.notifications.push_back(std::move(notification));
            run.internal_error = run.internal_error || slots_[id].internal_error;
        }
        result.rules = job_.rules;

        SettleInput input;
        input.rules = job_.rules;
        input.paths = result.paths;
        input.bytes = [this](FileId id) { return bytes_of(id); };
        input.severity = [this](std::uint32_t rule, FileId file) {
            return checks_.effective(rule, file).severity;
        };
        const int unused = job_.rules->find(kUnusedSuppression);
        input.ran = [this, unused, &facts](std::uint32_t rule, FileId file) {
            // `suppress: {unused: off}` is another way to switch that rule off.
            if (static_cast<int>(rule) == unused && !job_.config->suppress_unused_note)
                return false;
            return checks_.runs(rule, file) && !slots_[file].internal_error &&
                   !(facts[file].generated && facts[file].python == nullptr);
        };
        input.facts = [&facts](FileId file) { return &facts[file]; };
        input.selected = [this](FileId file) { return job_.tree->file(file).selected; };
        input.excuse = job_.excuse;
        input.honours = [this](SuppressionTool tool) {
            const std::vector<std::string>& list = job_.config->suppress_honour;
            return std::find(list.begin(), list.end(), to_string(tool)) != list.end();
        };
        input.require_reason = job_.config->suppress_require_reason;
        input.baseline = job_.baseline;
        if (job_.result_suffices && job_.baseline == nullptr) {
            input.only_counted = [this](std::uint32_t rule, FileId file) {
                return job_.rules->specs[rule].ratchet &&
                       checks_.effective(rule, file).summary_only;
            };
        }
        if (job_.late_fingerprints) {
            input.late = [this](std::uint32_t rule, FileId file) {
                return job_.rules->specs[rule].ratchet &&
                       checks_.effective(rule, file).summary_only;
            };
            note_contents(run);
        }
        Settled settled = settle(std::move(findings), input);
        result.findings = std::move(settled.findings);
        result.suppressed = std::move(settled.suppressed);
        result.counted = std::move(settled.counted);
        run.stale = settled.stale;
        hand_over_sources(run);
    }

    void note_contents(LintRun& run) const {
        if (!job_.late_fingerprints)
            return;
        run.contents.resize(slots_.size());
        for (const FileId id : pages_) {
            if (slots_[id].page.known)
                run.contents[id] = slots_[id].page.content;
        }
    }

    static void add_references(const ReferenceCounts& page, RunResult& result) {
        if (!result.references)
            result.references.emplace();
        result.references->found += page.found;
        result.references->missing += page.missing;
        for (const auto& [reason, count] : page.unknown)
            result.references->unknown[reason] += count;
    }

    /// The bytes of pages outlive the run. Those of a page that came from the cache and has no
    /// finding are read when somebody asks for them, which the job must then still answer.
    void hand_over_sources(LintRun& run) {
        auto sources = std::make_shared<std::vector<std::unique_ptr<SourceFile>>>(slots_.size());
        std::vector<bool> absent(slots_.size());
        for (std::size_t id = 0; id < slots_.size(); ++id) {
            absent[id] = slots_[id].parsed && slots_[id].source == nullptr;
            (*sources)[id] = std::move(slots_[id].source);
        }
        run.sources = sources;
        run.result.bytes = [sources, absent = std::move(absent), read = job_.read,
                            paths = run.result.paths](FileId id) -> std::string_view {
            if (id >= sources->size())
                return {};
            std::unique_ptr<SourceFile>& source = (*sources)[id];
            if (source == nullptr && absent[id]) {
                Result<std::string> bytes = read(id);
                source = std::make_unique<SourceFile>(id, paths[id],
                                                      bytes ? std::move(*bytes) : std::string());
            }
            return source == nullptr ? std::string_view() : source->bytes();
        };
    }

    const LintJob& job_;
    std::vector<PageSlot> slots_;                    // by FileId
    std::shared_ptr<std::vector<FileFacts>> facts_;  // by FileId
    std::vector<FileId> pages_;                      // that are read
    std::vector<FileId> parts_;                      // read besides, and not checked
    std::vector<std::size_t> profiles_;              // by FileId, of pages
    PageChecks checks_;
    Inventories inventories_;  // that the index looks into
    std::optional<UrlAnswers> urls_;
    std::unique_ptr<PageCache> cache_;
    std::unique_ptr<ResultCache> results_;  // null: neither looked for nor kept
    Asking asked_;
    std::mutex reading_;
    bool outdated_ = false;  // a page changed after it was taken from the cache
};

}  // namespace

LintRun lint(const LintJob& job) {
    LintRun run = Run(job).run();
    if (!run.outdated)
        return run;
    LintJob again = job;
    again.cache_folder.clear();
    return Run(again).run();
}

}  // namespace docathon
