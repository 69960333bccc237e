#include "lint/cli/page_checks.h"

#include <algorithm>
#include <map>

#include "lint/cli/page_keys.h"
#include "lint/core/slug.h"
#include "lint/core/strings.h"
#include "lint/parse/parse.h"
#include "lint/parse/python/shown_docstrings.h"
#include "lint/parse/rst/names.h"
#include "lint/project/index/project_index.h"
#include "lint/project/sphinx/docs_registry.h"
#include "lint/rules/rule_table.h"

namespace docathon {

namespace {

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

bool reads_all(const LintJob& job, std::uint32_t rule, std::uint32_t options) {
    const std::vector<Options>& all = job.effective->options(rule);
    if (options >= all.size())
        return false;
    const auto at = all[options].entries.find("all-files");
    return at != all[options].entries.end() && at->second.boolean;
}

/// Whether a rule is on that also looks at Python files in folders of tests and the like.
bool reads_aside(const LintJob& job) {
    for (std::uint32_t rule = 0; rule < job.rules->specs.size(); ++rule) {
        if (!job.effective->runs(rule))
            continue;
        for (std::uint32_t i = 0; i < job.effective->options(rule).size(); ++i) {
            if (reads_all(job, rule, i))
                return true;
        }
    }
    return false;
}

/// Whether a rule is on that is about Python, or notebooks. Those about any file that cannot be
/// read are none: a project may have ten times as many bytes of Python as of pages.
bool reads(const LintJob& job, Format format) {
    for (std::size_t rule = 0; rule < job.rules->specs.size(); ++rule) {
        const RuleSpec& spec = job.rules->specs[rule];
        const bool about =
            spec.check == "native" || is_engine(spec.check) || spec.formats.size() == 1;
        if (about && applies_to(spec, format) &&
            job.effective->runs(static_cast<std::uint32_t>(rule)))
            return true;
    }
    return false;
}

/// Whether the page that shows a docstring, or another docstring of the site, may have the
/// target of a reference in it ("Unknown target name: "x"."). Footnotes are others' matter.
bool may_be_defined(const ProjectIndex& index, FileId shown_by, std::string_view page_bytes,
                    const UndefinedReference& reference) {
    const FileFacts& page = index.facts(shown_by);
    const Settings& settings = index.settings(shown_by);
    const std::size_t begin = reference.label.find('"') + 1;
    const std::size_t end = reference.label.rfind('"');
    if (begin == 0 || end <= begin)
        return true;
    const std::string name = reference.label.substr(begin, end - begin);
    const std::string id = docutils_id(name);
    // numpydoc gives the footnotes of each docstring numbers of their own; those of the page stay.
    const SphinxSite* const site = index.site(shown_by);
    if (std::all_of(name.begin(), name.end(), is_ascii_digit) && site != nullptr &&
        std::find(site->extensions.begin(), site->extensions.end(), "numpydoc") !=
            site->extensions.end())
        return page_bytes.find(".. [" + name + "]") != std::string_view::npos;
    if (id.empty() || (name[0] >= '0' && name[0] <= '9') || name.find('{') != std::string::npos ||
        settings.open_substitutions ||
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

/// Between the first and the last double quote of a message, or "".
std::string_view quoted_name(std::string_view text) {
    const std::size_t begin = text.find('"') + 1;
    const std::size_t end = text.rfind('"');
    return begin == 0 || end <= begin ? std::string_view() : text.substr(begin, end - begin);
}

/// `.. _Name:` and `.. _`a name`:` of a text, in lower case and with single spaces.
void note_targets(std::string_view text, std::set<std::string, std::less<>>& out) {
    constexpr std::string_view kStart = ".. _";
    for (std::size_t at = text.find(kStart); at != std::string_view::npos;
         at = text.find(kStart, at + 1)) {
        std::string_view line = text.substr(at + kStart.size());
        line = line.substr(0, line.find('\n'));
        std::string_view name = line.substr(0, line.find(':'));
        if (line.starts_with('`'))
            name = line.substr(1, line.find('`', 1) - 1);
        out.insert(rst::fully_normalize_name(name));
    }
}

}  // namespace

std::vector<FileId> pages_to_read(const LintJob& job) {
    std::vector<FileId> pages;
    const bool python = reads(job, Format::python);
    const bool notebooks = reads(job, Format::notebook);
    const bool aside = python && reads_aside(job);
    for (FileId id = 0; id < job.tree->files().size(); ++id) {
        const FileEntry& entry = job.tree->file(id);
        const Format format = format_of(entry.path, job.settings->of(id));
        const bool read = entry.lintable || (entry.aside && aside && format == Format::python);
        if (!read || entry.symlink)
            continue;
        if (format == Format::markdown || format == Format::rst ||
            (format == Format::notebook && notebooks) ||
            (format == Format::python && (python || job.settings->of(id).gallery)))
            pages.push_back(id);
    }
    return pages;
}

PageChecks::PageChecks(const LintJob& job, const std::vector<std::size_t>& profiles)
    : job_(job), profiles_(profiles) {
    make_checks();
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

void PageChecks::make_checks() {
    checks_.resize(job_.rules->specs.size());
    for (const NativeRule& native : native_rules()) {
        const int position = job_.rules->find(native.id);
        if (position < 0)
            continue;
        const auto rule = static_cast<std::uint32_t>(position);
        if (!job_.effective->runs(rule))
            continue;
        for (const Options& options : job_.effective->options(rule)) {
            checks_[rule].push_back(native.make(options));
        }
    }
}

/// All rules without C++ that are on somewhere, one for each of the options they have.
void PageChecks::make_engines() {
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

const EffectiveRule& PageChecks::effective(std::uint32_t rule, FileId file) const {
    return job_.effective->profile(profiles_[file]).rules[rule];
}

bool PageChecks::runs(std::uint32_t rule, FileId file) const {
    const EffectiveRule& here = effective(rule, file);
    // Files that are left out for the name of their folder: only rules that are told to read them.
    return here.on() && (!job_.tree->file(file).aside || reads_all(job_, rule, here.options));
}

/// The check of `rule` for a file with these facts and of this scope, or nullptr.
const Check* PageChecks::check_for(std::uint32_t rule, FileId file, const FileFacts& facts,
                                   bool project) const {
    if (checks_[rule].empty())
        return nullptr;
    const RuleSpec& spec = job_.rules->specs[rule];
    if (spec.project_scope != project || !applies_to(spec, facts))
        return nullptr;
    const EffectiveRule& here = effective(rule, file);
    return runs(rule, file) ? checks_[rule][here.options].get() : nullptr;
}

void PageChecks::check_file(FileId id, PageSlot& slot, const Document& document,
                            const Settings& settings) const {
    if (slot.facts->generated && slot.facts->python == nullptr) {
        ++slot.unknown["a page that a program wrote: nothing is mended there"];
        return;
    }
    const FileContext context{*slot.source, document, *slot.facts, settings};
    for (std::uint32_t rule = 0; rule < checks_.size(); ++rule) {
        const Check* check = check_for(rule, id, *slot.facts, false);
        if (check == nullptr)
            continue;
        Sink sink(rule, id, slot.findings, &slot.unknown, &slot.judged);
        check->file(context, sink);
    }
    if (!engine_rules_.empty() && !job_.tree->file(id).aside)
        check_engines(id, slot, context);
}

void PageChecks::check_engines(FileId id, PageSlot& slot, const FileContext& context) const {
    std::vector<bool> active(engine_rules_.size());
    bool any = false;
    for (std::size_t i = 0; i < engine_rules_.size(); ++i) {
        const auto [rule, options] = engine_rules_[i];
        const EffectiveRule& here = effective(rule, id);
        active[i] = here.on() && here.options == options &&
                    applies_to(job_.rules->specs[rule], *slot.facts);
        any = any || active[i];
    }
    if (!any)
        return;
    const std::vector<std::string> kinds =
        page_kinds_ ? page_kinds_->of(context.source.path()) : std::vector<std::string>();
    engines_.check(context, kinds, active, slot.findings, &slot.unknown);
}

void PageChecks::report_input(FileId id, PageSlot& slot) const {
    if (job_.tree->file(id).aside)
        return;
    for (const InputProblem& problem : slot.facts->problems) {
        for (const std::uint32_t rule : input_rules_) {
            if (job_.rules->specs[rule].id != problem.rule || !effective(rule, id).on())
                continue;
            Sink(rule, id, slot.findings).report(problem.range, problem.message);
        }
    }
}

void PageChecks::check_project(const ProjectContext& context, PageSlot& slot,
                               const std::function<std::string_view(FileId)>& bytes) const {
    check_docstrings(context, slot, bytes);
    for (std::uint32_t rule = 0; rule < checks_.size(); ++rule) {
        const Check* check = check_for(rule, context.file, context.facts, true);
        if (check == nullptr)
            continue;
        Sink sink(rule, context.file, slot.findings, &slot.unknown, &slot.judged);
        check->project(context, sink);
    }
}

const std::set<std::string, std::less<>>& PageChecks::docstring_targets(
    const ProjectIndex& index, const std::function<std::string_view(FileId)>& bytes_of) const {
    std::call_once(targets_read_, [&] {
        for (FileId file = 0; file < index.tree().files().size(); ++file) {
            if (index.facts(file).python != nullptr)
                note_targets(bytes_of(file), targets_);
        }
    });
    return targets_;
}

void PageChecks::check_docstrings(const ProjectContext& context, PageSlot& slot,
                                  const std::function<std::string_view(FileId)>& bytes_of) const {
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
        static const std::set<std::string, std::less<>> kNone;
        const auto& defined = targets.empty() ? kNone : docstring_targets(context.index, bytes_of);
        for (UndefinedReference& target : targets) {
            if (!may_be_defined(context.index, page, bytes_of(page), target) &&
                !defined.contains(quoted_name(target.label)))
                document.add_message({3, 0, std::move(target.label), target.range});
        }
        const FileContext reading{*slot.source, document, context.facts, settings};
        for (const std::uint32_t rule : rules) {
            Sink sink(rule, context.file, slot.findings, &slot.unknown, &slot.judged);
            check_for(rule, context.file, context.facts, false)->docstrings(reading, sink);
        }
    }
}

}  // namespace docathon
