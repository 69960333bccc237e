#include "lint/cli/pipeline.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <exception>
#include <optional>
#include <utility>

#include "lint/core/parallel.h"
#include "lint/core/path.h"
#include "lint/parse/parse.h"
#include "lint/project/index/project_index.h"
#include "lint/rules/check.h"
#include "lint/rules/engines/engine_set.h"
#include "lint/rules/rule_table.h"
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

/// The checks of one rule, one for each of the options it has somewhere; empty where the rule is
/// off everywhere, has no native check or judges another way.
using Checks = std::vector<std::unique_ptr<Check>>;

std::vector<Checks> make_checks(const RuleSet& rules, const EffectiveRules& effective) {
    std::vector<Checks> checks(rules.specs.size());
    for (const NativeRule& native : native_rules()) {
        const int position = rules.find(native.id);
        if (position < 0)
            continue;
        const auto rule = static_cast<std::uint32_t>(position);
        if (!effective.runs(rule))
            continue;
        for (const Options& options : effective.options(rule)) {
            checks[rule].push_back(native.make(options));
        }
    }
    return checks;
}

bool applies_to(const RuleSpec& rule, Format format) {
    for (const Format own : rule.formats) {
        if (own == format)
            return true;
    }
    return false;
}

/// A script of sphinx-gallery is Python and a page of reStructuredText.
bool applies_to(const RuleSpec& rule, const FileFacts& facts) {
    return applies_to(rule, facts.format) || (facts.gallery && applies_to(rule, Format::rst));
}

/// What one file's task leaves behind; one slot a file, so threads never meet.
struct Slot {
    std::unique_ptr<SourceFile> source;
    FileFacts facts;
    std::vector<Diagnostic> findings;
    Sink::UnknownCounts unknown;
    Sink::JudgedCounts judged;
    std::vector<Notification> notifications;
    bool internal_error = false;
};

class Run {
  public:
    explicit Run(const LintJob& job)
        : job_(job), slots_(job.tree->files().size()), profiles_(slots_.size()) {
        choose_pages();
        for (const FileId id : pages_) {
            profiles_[id] = job.effective->profile_for(job.tree->file(id).path);
        }
        checks_ = make_checks(*job.rules, *job.effective);
        make_engines();
        for (std::size_t rule = 0; rule < job.rules->specs.size(); ++rule) {
            const RuleSpec& spec = job.rules->specs[rule];
            if (spec.check == "input")
                input_rules_.push_back(static_cast<std::uint32_t>(rule));
        }
    }

    LintRun run() {
        LintRun run;
        RunResult& result = run.result;
        StageClock clock(result.stages);
        parse();
        clock.lap("parse");
        if (!stopped()) {
            run.facts = std::make_shared<const std::vector<FileFacts>>(take_facts());
            const std::vector<FileFacts>& facts = *run.facts;
            const std::vector<const Settings*> settings = job_.settings->pointers();
            read_inventories(result.notifications);
            const ProjectIndex index(index_input(facts, settings));
            clock.lap("index");
            if (job_.ask) {
                urls_ = job_.ask(index, [this](FileId id) {
                    const SourceFile* source = slots_[id].source.get();
                    return source == nullptr ? std::string_view() : source->bytes();
                });
                clock.lap("ask");
            }
            check(index);
            clock.lap("check");
            settle_into(run, facts);
            clock.lap("settle");
        }
        run.cancelled = stopped();
        return run;
    }

  private:
    [[nodiscard]] bool stopped() const { return job_.cancelled && job_.cancelled(); }

    [[nodiscard]] const EffectiveRule& effective(std::uint32_t rule, FileId file) const {
        return job_.effective->profile(profiles_[file]).rules[rule];
    }

    /// The check of `rule` for a file with these facts and of this scope, or nullptr.
    [[nodiscard]] const Check* check_for(std::uint32_t rule, FileId file, const FileFacts& facts,
                                         bool project) const {
        if (checks_[rule].empty())
            return nullptr;
        const RuleSpec& spec = job_.rules->specs[rule];
        if (spec.project_scope != project || !applies_to(spec, facts))
            return nullptr;
        const EffectiveRule& here = effective(rule, file);
        return here.on() && reads(rule, file) ? checks_[rule][here.options].get() : nullptr;
    }

    /// Whether the rule looks at the file, if it stands where files are left out for the name of
    /// their folder: only rules that are told to do.
    [[nodiscard]] bool reads(std::uint32_t rule, FileId file) const {
        return !job_.tree->file(file).aside || reads_all(rule, effective(rule, file).options);
    }
    [[nodiscard]] bool reads_all(std::uint32_t rule, std::uint32_t options) const {
        const std::vector<Options>& all = job_.effective->options(rule);
        if (options >= all.size())
            return false;
        const auto at = all[options].entries.find("all-files");
        return at != all[options].entries.end() && at->second.boolean;
    }

    /// Whether a rule is on that also looks at Python files in folders of tests and the like.
    [[nodiscard]] bool reads_aside() const {
        for (std::uint32_t rule = 0; rule < job_.rules->specs.size(); ++rule) {
            if (!job_.effective->runs(rule))
                continue;
            for (std::uint32_t i = 0; i < job_.effective->options(rule).size(); ++i) {
                if (reads_all(rule, i))
                    return true;
            }
        }
        return false;
    }

    /// Whether a rule is on that is about Python. Those about any file that cannot be read are
    /// none: a project may have ten times as many bytes of Python as of pages.
    [[nodiscard]] bool reads_python() const {
        for (std::size_t rule = 0; rule < job_.rules->specs.size(); ++rule) {
            const RuleSpec& spec = job_.rules->specs[rule];
            const bool about_python =
                spec.check == "native" || is_engine(spec.check) || spec.formats.size() == 1;
            if (about_python && applies_to(spec, Format::python) &&
                job_.effective->runs(static_cast<std::uint32_t>(rule)))
                return true;
        }
        return false;
    }

    /// Pages in the order of their ids. Links into a symbolic link reach the file itself, which is
    /// in the tree under its own name, so the link is not read a second time.
    void choose_pages() {
        const bool python = reads_python();
        const bool aside = python && reads_aside();
        for (FileId id = 0; id < job_.tree->files().size(); ++id) {
            const FileEntry& entry = job_.tree->file(id);
            const Format format = format_of(entry.path);
            const bool read = entry.lintable || (entry.aside && aside && format == Format::python);
            if (!read || entry.symlink)
                continue;
            if (format == Format::markdown || format == Format::rst ||
                (format == Format::python && (python || job_.settings->of(id).gallery)))
                pages_.push_back(id);
        }
    }

    /// Runs `task` for every page in parallel; a throw of one is that page's internal error.
    template <class Task>
    void each_page(const Task& task) {
        parallel_for(pages_.size(), job_.jobs, [&](std::size_t number) {
            if (stopped())
                return;
            const FileId id = pages_[number];
            Slot& slot = slots_[id];
            try {
                task(id, slot);
            } catch (const std::exception& error) {
                internal_error(id, slot, error.what());
            } catch (...) {
                internal_error(id, slot, "an exception without a name");
            }
        });
    }

    void internal_error(FileId id, Slot& slot, const std::string& what) const {
        slot.internal_error = true;
        slot.notifications.push_back(
            {"error", "internal-error",
             "internal error: " + what + "; the findings of this file are incomplete",
             job_.tree->file(id).path});
    }

    void parse() {
        std::atomic<std::size_t> done = 0;
        each_page([&](FileId id, Slot& slot) {
            const std::string& path = job_.tree->file(id).path;
            Result<std::string> bytes = job_.read(id);
            const Settings& settings = job_.settings->of(id);
            if (bytes) {
                slot.source = std::make_unique<SourceFile>(id, path, std::move(*bytes));
                ParsedFile parsed = parse_file(*slot.source, settings);
                slot.facts = std::move(parsed.facts);
                check_file(id, slot, parsed.document, settings);
            } else {
                slot.facts.format = Format::other;  // its anchors are unknown, not absent
                slot.facts.problems.push_back({"input/unreadable", bytes.error().message, Range{}});
            }
            report_input(id, slot);
            if (job_.progress)
                job_.progress(++done, pages_.size());
        });
    }

    void check_file(FileId id, Slot& slot, const Document& document, const Settings& settings) {
        if (slot.facts.generated) {
            ++slot.unknown["a page that a program wrote: nothing is mended there"];
            return;
        }
        const FileContext context{*slot.source, document, slot.facts, settings};
        for (std::uint32_t rule = 0; rule < checks_.size(); ++rule) {
            const Check* check = check_for(rule, id, slot.facts, false);
            if (check == nullptr)
                continue;
            Sink sink(rule, id, slot.findings, &slot.unknown, &slot.judged);
            check->file(context, sink);
        }
        if (!engine_rules_.empty() && !job_.tree->file(id).aside)
            check_engines(id, slot, context);
    }

    /// All rules without C++ that are on somewhere, one for each of the options they have.
    void make_engines() {
        std::vector<EngineRule> rules;
        for (std::uint32_t rule = 0; rule < job_.rules->specs.size(); ++rule) {
            const RuleSpec& spec = job_.rules->specs[rule];
            if (!is_engine(spec.check) || !job_.effective->runs(rule))
                continue;
            const std::vector<Options>& all = job_.effective->options(rule);
            for (std::uint32_t options = 0; options < all.size(); ++options) {
                rules.push_back({&spec, &all[options], rule});
                engine_rules_.emplace_back(rule, options);
            }
        }
        if (rules.empty())
            return;
        Result<EngineSet> made = EngineSet::make(rules, job_.data);
        if (!made) {
            engine_error_ = made.error().to_string();
            engine_rules_.clear();
            return;
        }
        engines_ = std::move(*made);
        if (engines_.needs_page_kinds())
            page_kinds_.emplace(job_.config->project.page_kinds, job_.config->base);
    }

    void check_engines(FileId id, Slot& slot, const FileContext& context) {
        std::vector<bool> active(engine_rules_.size());
        bool any = false;
        for (std::size_t i = 0; i < engine_rules_.size(); ++i) {
            const auto [rule, options] = engine_rules_[i];
            const EffectiveRule& here = effective(rule, id);
            active[i] = here.on() && here.options == options &&
                        applies_to(job_.rules->specs[rule], slot.facts);
            any = any || active[i];
        }
        if (!any)
            return;
        const std::vector<std::string> kinds =
            page_kinds_ ? page_kinds_->of(context.source.path()) : std::vector<std::string>();
        engines_.check(context, kinds, active, slot.findings, &slot.unknown);
    }

    void report_input(FileId id, Slot& slot) {
        if (job_.tree->file(id).aside)
            return;
        for (const InputProblem& problem : slot.facts.problems) {
            for (const std::uint32_t rule : input_rules_) {
                if (job_.rules->specs[rule].id != problem.rule || !effective(rule, id).on())
                    continue;
                Sink(rule, id, slot.findings).report(problem.range, problem.message);
            }
        }
    }

    std::vector<FileFacts> take_facts() {
        std::vector<FileFacts> facts(slots_.size());
        for (std::size_t id = 0; id < slots_.size(); ++id)
            facts[id] = std::move(slots_[id].facts);
        return facts;
    }

    IndexInput index_input(const std::vector<FileFacts>& facts,
                           const std::vector<const Settings*>& settings) {
        IndexInput input;
        input.tree = job_.tree;
        input.detected = job_.detected;
        input.facts = facts;
        input.settings = settings;
        input.inventories = &inventories_;
        input.on_disk = job_.on_disk;
        input.is_ignored = job_.is_ignored;
        input.deleted_paths = job_.deleted_paths;
        input.bytes = [this](FileId file) {
            const SourceFile* source = slots_[file].source.get();
            return source == nullptr ? std::string_view() : source->bytes();
        };
        input.read = [this](FileId file) -> std::optional<std::string> {
            Result<std::string> bytes = job_.read(file);
            return bytes ? std::optional<std::string>(std::move(*bytes)) : std::nullopt;
        };
        input.line_count = [this](FileId file) -> std::optional<std::uint32_t> {
            const SourceFile* source = slots_[file].source.get();
            if (source != nullptr)
                return count_lines(source->bytes());
            const Result<std::string> bytes = job_.read(file);
            if (!bytes)
                return std::nullopt;
            return count_lines(*bytes);
        };
        return input;
    }

    /// Inventories of other projects that the configuration names. One that cannot be read is as
    /// good as none: what it may have stays unknown.
    void read_inventories(std::vector<Notification>& notifications) {
        if (job_.config == nullptr || !job_.read_path)
            return;
        for (const auto& [name, path] : job_.config->project.inventories) {
            const std::string whole = join_path(job_.config->base, path);
            const Result<std::string> bytes = job_.read_path(whole);
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
                    {"warning", "inventory", "inventory '" + name + "': " + problem, whole});
        }
    }

    static std::uint32_t count_lines(std::string_view bytes) {
        std::uint32_t lines = bytes.empty() || bytes.back() == '\n' ? 0 : 1;
        for (const char c : bytes)
            lines += c == '\n' ? 1 : 0;
        return lines;
    }

    void check(const ProjectIndex& index) {
        each_page([&](FileId id, Slot& slot) {
            const ProjectContext context{id, index.facts(id), index.settings(id), index,
                                         urls_ ? &*urls_ : nullptr};
            if (context.facts.generated)
                return;
            for (std::uint32_t rule = 0; rule < checks_.size(); ++rule) {
                const Check* check = check_for(rule, id, context.facts, true);
                if (check == nullptr)
                    continue;
                Sink sink(rule, id, slot.findings, &slot.unknown, &slot.judged);
                check->project(context, sink);
            }
        });
    }

    void settle_into(LintRun& run, const std::vector<FileFacts>& facts) {
        RunResult& result = run.result;
        if (!engine_error_.empty()) {
            run.internal_error = true;
            result.notifications.push_back({"error", "internal-error",
                                            "rules without C++ did not run: " + engine_error_,
                                            std::string()});
        }
        std::vector<Diagnostic> findings;
        for (const FileEntry& entry : job_.tree->files())
            result.paths.push_back(entry.path);
        auto sources = std::make_shared<std::vector<std::unique_ptr<SourceFile>>>(slots_.size());
        for (const FileId id : pages_) {
            Slot& slot = slots_[id];
            for (Diagnostic& finding : slot.findings)
                findings.push_back(std::move(finding));
            for (const auto& [reason, count] : slot.unknown)
                result.unknown[reason] += count;
            if (job_.tree->file(id).selected) {
                for (const auto& [rule, count] : slot.judged)
                    result.judged[rule] += count;
            }
            for (Notification& notification : slot.notifications) {
                result.notifications.push_back(std::move(notification));
            }
            run.internal_error = run.internal_error || slot.internal_error;
            if (slot.source != nullptr && job_.tree->file(id).selected) {
                ++result.files_checked;
                result.bytes_checked += slot.source->bytes().size();
            }
            (*sources)[id] = std::move(slot.source);
        }
        result.rules = job_.rules;
        run.sources = sources;
        result.bytes = [sources](FileId id) -> std::string_view {
            return id < sources->size() && (*sources)[id] != nullptr ? (*sources)[id]->bytes()
                                                                     : std::string_view();
        };

        SettleInput input;
        input.rules = job_.rules;
        input.paths = result.paths;
        input.bytes = result.bytes;
        input.severity = [this](std::uint32_t rule, FileId file) {
            return effective(rule, file).severity;
        };
        const int unused = job_.rules->find(kUnusedSuppression);
        input.ran = [this, unused, &facts](std::uint32_t rule, FileId file) {
            // `suppress: {unused: off}` is another way to switch that rule off.
            if (static_cast<int>(rule) == unused && !job_.config->suppress_unused_note)
                return false;
            return effective(rule, file).on() && reads(rule, file) &&
                   !slots_[file].internal_error && !facts[file].generated;
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
        Settled settled = settle(std::move(findings), input);
        result.findings = std::move(settled.findings);
        result.suppressed = std::move(settled.suppressed);
        run.stale = settled.stale;
    }

    const LintJob& job_;
    std::vector<Slot> slots_;  // by FileId
    Inventories inventories_;  // that the index looks into
    std::vector<FileId> pages_;
    std::vector<std::size_t> profiles_;  // by FileId, of pages
    std::vector<Checks> checks_;         // by rule
    std::vector<std::uint32_t> input_rules_;
    std::optional<UrlAnswers> urls_;
    EngineSet engines_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> engine_rules_;  // rule, its options
    std::string engine_error_;
    std::optional<PageKinds> page_kinds_;
};

}  // namespace

LintRun lint(const LintJob& job) {
    return Run(job).run();
}

}  // namespace docathon
