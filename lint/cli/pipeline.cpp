#include "lint/cli/pipeline.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <ctime>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "lint/cli/page_cache.h"
#include "lint/cli/page_keys.h"
#include "lint/core/hash.h"
#include "lint/core/parallel.h"
#include "lint/core/path.h"
#include "lint/core/slug.h"
#include "lint/parse/parse.h"
#include "lint/parse/python/shown_docstrings.h"
#include "lint/project/index/parts.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"
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
    std::uint64_t bytes = 0;  ///< of the file
    std::uint32_t lines = 0;
    bool parsed = false;  ///< in this run or an earlier one
    PageCache::Page page;
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
            if (spec.check == "native" && spec.family() == "examples" &&
                job.effective->runs(static_cast<std::uint32_t>(rule)))
                reads_examples_ = true;
        }
    }

    LintRun run() {
        LintRun run;
        RunResult& result = run.result;
        StageClock clock(result.stages);
        parse();
        parse_parts();
        clock.lap("parse");
        if (!stopped()) {
            run.facts = std::make_shared<const std::vector<FileFacts>>(take_facts());
            const std::vector<FileFacts>& facts = *run.facts;
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
            clock.lap("settle");
        }
        run.cancelled = stopped();
        run.outdated = outdated_;
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
            const Format format = format_of(entry.path, job_.settings->of(id));
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
        open_cache();
        std::atomic<std::size_t> done = 0;
        each_page([&](FileId id, Slot& slot) {
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
        const auto facts = [this](FileId id) -> const FileFacts& { return slots_[id].facts; };
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
                Slot& slot = slots_[part.file];
                Result<std::string> bytes = job_.read(part.file);
                if (!bytes)
                    return;  // its labels are unknown, not absent
                Settings reading = *settings[part.page];
                reading.read_as = part.format;
                reading.gallery = false;
                slot.source = std::make_unique<SourceFile>(
                    part.file, job_.tree->file(part.file).path, std::move(*bytes));
                try {
                    slot.facts = parse_file(*slot.source, reading, false).facts;
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
        cache_ = PageCache::open(job_.cache_folder, job_.cache_name,
                                 run_key(job_, data_hashes_, reads_examples_));
        if (cache_ == nullptr)
            return;
        PageKeys keys(job_);
        std::size_t stale = 0;
        for (const FileId id : pages_) {
            PageCache::Page& page = slots_[id].page;
            page.path = job_.tree->file(id).path;
            page.key = keys.of(id, profiles_[id]);
            page.stamp = job_.stamp(id);
            cache_->look_up(page);
            stale += page.fresh ? 0 : 1;
        }
        // Writing costs about as much as parsing a thirtieth of the pages.
        constexpr std::size_t kShare = 32;
        if (stale > pages_.size() / kShare)
            cache_->start_writing();
    }

    /// Takes a page from the cache; false if it has to be parsed after all.
    bool load(FileId id, Slot& slot) {
        std::optional<CachedPage> cached = cache_->load(slot.page);
        if (!cached) {
            slot.page.record = nullptr;
            slot.page.fresh = false;
            return false;
        }
        slot.facts = std::move(cached->facts);
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

    void parse_page(FileId id, Slot& slot) {
        Result<std::string> bytes = job_.read(id);
        const Settings& settings = job_.settings->of(id);
        if (!bytes) {
            slot.facts.format = Format::other;  // its anchors are unknown, not absent
            slot.facts.problems.push_back({"input/unreadable", bytes.error().message, Range{}});
            report_input(id, slot);
            return;
        }
        slot.source = std::make_unique<SourceFile>(id, job_.tree->file(id).path, std::move(*bytes));
        if (cache_ != nullptr) {
            cache_->compare(slot.page, slot.source->bytes());
            if (slot.page.fresh && load(id, slot))
                return;
        }
        ParsedFile parsed = parse_file(*slot.source, settings, reads_examples_);
        slot.facts = std::move(parsed.facts);
        slot.bytes = slot.source->bytes().size();
        slot.lines = count_lines(slot.source->bytes());
        slot.parsed = true;
        check_file(id, slot, parsed.document, settings);
        report_input(id, slot);
        keep(id, slot);
    }

    /// For the next run. Findings of scope `file` never point into other files.
    void keep(FileId id, Slot& slot) {
        if (cache_ == nullptr || !cache_->writing())
            return;
        CachedPage page{std::move(slot.facts),
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
        slot.facts = std::move(page.facts);
        slot.findings = std::move(page.findings);
        slot.unknown = std::move(page.unknown);
        slot.judged = std::move(page.judged);
    }

    /// Bytes of a page, read now if it came from the cache. By any thread.
    std::string_view bytes_of(FileId id) {
        const std::lock_guard lock(reading_);
        Slot& slot = slots_[id];
        if (slot.source == nullptr && slot.parsed) {
            Result<std::string> bytes = job_.read(id);
            // Findings of other bytes would point anywhere.
            outdated_ = outdated_ || !bytes || hash128(*bytes) != slot.page.content;
            slot.source = std::make_unique<SourceFile>(id, job_.tree->file(id).path,
                                                       bytes ? std::move(*bytes) : std::string());
        }
        return slot.source == nullptr ? std::string_view() : slot.source->bytes();
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
        const auto data = [this](std::string_view name, std::string_view from) {
            Result<Value> value = job_.data(name, from);
            if (value)
                data_hashes_.push_back(hash_of(*value));
            return value;
        };
        Result<EngineSet> made = EngineSet::make(rules, data);
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
        input.before = job_.before;
        input.facts = facts;
        input.settings = settings;
        input.inventories = &inventories_;
        input.on_disk = job_.on_disk;
        input.is_ignored = job_.is_ignored;
        input.deleted_paths = job_.deleted_paths;
        input.bytes = [this](FileId file) { return bytes_of(file); };
        input.read = [this](FileId file) -> std::optional<std::string> {
            Result<std::string> bytes = job_.read(file);
            return bytes ? std::optional<std::string>(std::move(*bytes)) : std::nullopt;
        };
        input.line_count = [this](FileId file) -> std::optional<std::uint32_t> {
            if (slots_[file].parsed)
                return slots_[file].lines;
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
            // Nobody hears of these; a baseline must know what is gone everywhere.
            if (!job_.tree->file(id).selected && job_.baseline == nullptr)
                return;
            check_docstrings(context, slot);
            for (std::uint32_t rule = 0; rule < checks_.size(); ++rule) {
                const Check* check = check_for(rule, id, context.facts, true);
                if (check == nullptr)
                    continue;
                Sink sink(rule, id, slot.findings, &slot.unknown, &slot.judged);
                check->project(context, sink);
            }
        });
    }

    /// Whether the page that shows a docstring, or another docstring of the site, may have the
    /// target of a reference in it ("Unknown target name: "x"."). Footnotes are others' matter.
    static bool may_be_defined(const ProjectIndex& index, FileId shown_by,
                               const UndefinedReference& reference) {
        const FileFacts& page = index.facts(shown_by);
        const Settings& settings = index.settings(shown_by);
        const std::size_t begin = reference.label.find('"') + 1;
        const std::size_t end = reference.label.rfind('"');
        if (begin == 0 || end <= begin)
            return true;
        const std::string name = reference.label.substr(begin, end - begin);
        const std::string id = docutils_id(name);
        if (id.empty() || (name[0] >= '0' && name[0] <= '9') ||
            name.find('{') != std::string::npos || settings.open_substitutions ||
            std::find(settings.targets.begin(), settings.targets.end(), name) !=
                settings.targets.end() ||
            std::any_of(page.anchors.begin(), page.anchors.end(),
                        [&](const Anchor& anchor) { return anchor.id == id; }) ||
            std::any_of(page.references.begin(), page.references.end(),
                        [](const Reference& one) { return one.kind == ReferenceKind::include; }))
            return true;
        // What docstrings define is known to the index as what may be a label.
        Reference label;
        label.kind = ReferenceKind::role;
        label.name = "ref";
        label.flags = reference_flag::kOwnText;
        label.target = name;
        const Resolution answer = index.resolve_name(shown_by, label);
        return answer.state != Found::missing && answer.why != kForeignName;
    }

    /// The docstrings of a module that pages of Sphinx show, for the rules that read them as text.
    void check_docstrings(const ProjectContext& context, Slot& slot) {
        if (context.facts.python == nullptr || context.facts.gallery || !slot.parsed)
            return;
        std::vector<std::uint32_t> rules;
        for (std::uint32_t rule = 0; rule < checks_.size(); ++rule) {
            const Check* check = check_for(rule, context.file, context.facts, false);
            if (check != nullptr && check->reads_docstrings())
                rules.push_back(rule);
        }
        if (rules.empty())
            return;
        const DocsRegistry* const docs = context.index.docs();
        const std::uint32_t module = context.index.api_module(context.file);
        if (docs == nullptr || module == kNoItem)
            return;
        // Of the pages that show one, the first says how it is read.
        std::map<FileId, std::vector<python::ShownText>> by_page;
        std::uint32_t last = kNoItem;
        for (const ShownDocstring& shown : docs->shown(module)) {
            const SphinxSite* const site = context.index.site(shown.page);
            if (shown.docstring == last || site == nullptr)
                continue;
            last = shown.docstring;
            if (site->has_setup && !site->setup_known) {
                ++slot.unknown["docstrings that conf.py may change"];
                continue;
            }
            const auto has = [&](std::string_view extension) {
                return std::find(site->extensions.begin(), site->extensions.end(), extension) !=
                       site->extensions.end();
            };
            by_page[shown.page].push_back({shown.docstring, has("sphinx.ext.napoleon") ||
                                                                has("numpydoc") ||
                                                                has("sphinxcontrib.napoleon")});
        }
        if (by_page.empty())
            return;
        const std::string_view bytes = bytes_of(context.file);
        for (const auto& [page, texts] : by_page) {
            const Settings& settings = context.index.settings(page);
            std::vector<UndefinedReference> targets;
            Document document =
                python::shown_docstrings(bytes, *context.facts.python, texts, settings, targets);
            for (UndefinedReference& target : targets) {
                if (!may_be_defined(context.index, page, target))
                    document.add_message({3, 0, std::move(target.label), target.range});
            }
            const FileContext reading{*slot.source, document, context.facts, settings};
            for (const std::uint32_t rule : rules) {
                Sink sink(rule, context.file, slot.findings, &slot.unknown, &slot.judged);
                check_for(rule, context.file, context.facts, false)->docstrings(reading, sink);
            }
        }
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
        if (job_.counts_suffice && job_.baseline == nullptr) {
            input.only_counted = [this](std::uint32_t rule, FileId file) {
                return job_.rules->specs[rule].ratchet && effective(rule, file).summary_only;
            };
        }
        Settled settled = settle(std::move(findings), input);
        result.findings = std::move(settled.findings);
        result.suppressed = std::move(settled.suppressed);
        run.stale = settled.stale;
        hand_over_sources(run);
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
    std::vector<Slot> slots_;  // by FileId
    Inventories inventories_;  // that the index looks into
    std::vector<FileId> pages_;
    std::vector<FileId> parts_;          // read besides, and not checked
    std::vector<std::size_t> profiles_;  // by FileId, of pages
    std::vector<Checks> checks_;         // by rule
    std::vector<std::uint32_t> input_rules_;
    bool reads_examples_ = false;  // a rule is on that judges examples
    std::optional<UrlAnswers> urls_;
    EngineSet engines_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> engine_rules_;  // rule, its options
    std::string engine_error_;
    std::optional<PageKinds> page_kinds_;
    std::vector<std::uint64_t> data_hashes_;  // of the data files of rules
    std::unique_ptr<PageCache> cache_;
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
