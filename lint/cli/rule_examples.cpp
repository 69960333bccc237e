#include "lint/cli/rule_examples.h"

#include <algorithm>
#include <set>

#include "lint/config/config_file.h"
#include "lint/config/options.h"
#include "lint/core/strings.h"
#include "lint/parse/parse.h"
#include "lint/rules/engines/engine_set.h"
#include "lint/settle/apply_fix.h"

namespace docathon {

namespace {

std::string shown(std::string_view text) {
    constexpr std::size_t kLongest = 80;
    std::string out = escape_control(text.substr(0, kLongest));
    return "'" + out + (text.size() > kLongest ? "..." : "") + "'";
}

/// A finding as an example sees it.
struct Seen {
    std::string file;
    std::string text;
    std::string message;
    std::string where;
};

/// A session with the files of an example and this rule, or an error.
Result<std::unique_ptr<Session>> session_of(const RuleSet& rules, const RuleSpec& rule,
                                            const RuleExample& example,
                                            std::map<std::string, std::string> files) {
    Config config;
    RuleSet chosen;
    RuleFlags flags;
    flags.select.push_back(rule.id);
    if (example.config.is_null()) {
        chosen.specs.push_back(rule);
    } else {
        Result<Config> read = read_example_config(example.config, rule.path);
        if (!read)
            return tl::unexpected<Error>(read.error());
        config = std::move(*read);
        chosen = rules;
        for (const RuleSpec& other : rules.specs) {
            if (other.id != rule.id)
                flags.ignore.push_back(other.id);
        }
    }
    RuleSetting setting;
    setting.selector = rule.id;
    setting.on = true;
    setting.options = example.options;
    setting.place.path = rule.path;
    config.rules.push_back(std::move(setting));
    return Session::in_memory(std::move(files), std::move(config), std::move(chosen), {}, flags);
}

/// The findings of the rule, settled.
LintRun run(Session& session, const rules::DataReader& data) {
    LintJob job = session.job(1);
    job.data = data;
    return lint(job);
}

std::vector<Seen> seen(const Session& session, const LintRun& run, const std::string& rule) {
    std::vector<Seen> all;
    for (const Diagnostic& finding : run.result.findings) {
        if (session.rules.specs[finding.rule].id != rule)
            continue;
        const std::string_view bytes = run.result.bytes(finding.file);
        all.push_back({run.result.paths[finding.file],
                       std::string(bytes.substr(finding.range.begin, finding.range.size())),
                       finding.message, std::string(finding.where)});
    }
    return all;
}

void compare(const RuleExample& example, const std::vector<Seen>& findings,
             std::vector<std::string>& problems) {
    std::vector<bool> used(findings.size());
    for (const ExpectedFinding& expected : example.expect) {
        const Seen* almost = nullptr;
        bool found = false;
        for (std::size_t i = 0; i < findings.size() && !found; ++i) {
            const Seen& one = findings[i];
            if (used[i] || one.file != expected.file || one.text != expected.text)
                continue;
            almost = &one;
            if ((!expected.message.empty() && one.message != expected.message) ||
                (!expected.where.empty() && one.where != expected.where))
                continue;
            used[i] = found = true;
        }
        if (found)
            continue;
        std::string problem = "not found: " + shown(expected.text) + " in " + expected.file;
        if (almost != nullptr) {
            problem = "at " + shown(expected.text) + " in " + expected.file + " the message is \"" +
                      almost->message + "\", not \"" + expected.message + "\"";
            used[static_cast<std::size_t>(almost - findings.data())] = true;
        }
        problems.push_back(std::move(problem));
    }
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (!used[i]) {
            problems.push_back("not expected: " + shown(findings[i].text) + " in " +
                               findings[i].file + ": " + findings[i].message);
        }
    }
}

/// `files` after the fixes of a run.
std::map<std::string, std::string> fixed_files(const std::map<std::string, std::string>& files,
                                               const LintRun& run, bool& any) {
    std::map<std::string, std::string> fixed;
    for (const auto& [path, text] : files) {
        std::vector<Diagnostic> own;
        for (const Diagnostic& finding : run.result.findings) {
            if (run.result.paths[finding.file] == path)
                own.push_back(finding);
        }
        FixOutcome outcome = apply_fixes(text, own, true);
        any = any || outcome.applied > 0;
        fixed.emplace(path, std::move(outcome.text));
    }
    return fixed;
}

}  // namespace

std::vector<std::string> run_example(const RuleSet& rules, const RuleSpec& rule,
                                     const RuleExample& example, const rules::DataReader& data) {
    std::vector<std::string> problems;
    Result<std::unique_ptr<Session>> session = session_of(rules, rule, example, example.files);
    if (!session)
        return {session.error().to_string()};
    const LintRun first = run(**session, data);
    for (const Notification& notification : first.result.notifications)
        problems.push_back(notification.message);
    compare(example, seen(**session, first, rule.id), problems);
    bool any = false;
    std::map<std::string, std::string> fixed = fixed_files(example.files, first, any);
    for (const auto& [path, text] : example.fixed) {
        if (fixed[path] != text)
            problems.push_back("the fixes make of " + path + ": " + shown(fixed[path]));
    }
    if (!any)
        return problems;
    // Fixes that make new offences never come to an end.
    const std::map<std::string, std::string> once = fixed;
    Result<std::unique_ptr<Session>> again = session_of(rules, rule, example, std::move(fixed));
    if (!again)
        return {again.error().to_string()};
    const LintRun second = run(**again, data);
    bool more = false;
    static_cast<void>(fixed_files(once, second, more));
    if (more)
        problems.emplace_back("the fixes leave something to fix: a second run changes the text");
    return problems;
}

Result<void> check_that_rules_fire(const RuleSet& rules, const std::vector<std::string>& paths,
                                   const rules::DataReader& data, std::vector<Error>* errors) {
    const std::set<std::string_view> own(paths.begin(), paths.end());
    std::optional<Error> first;
    for (const RuleSpec& rule : rules.specs) {
        if (!own.contains(rule.path) || rule.examples.empty())
            continue;
        bool fires = false;
        for (const RuleExample& example : rule.examples) {
            if (fires)
                break;
            if (example.expect.empty())
                continue;
            Result<std::unique_ptr<Session>> session =
                session_of(rules, rule, example, example.files);
            if (!session)
                continue;
            fires = !seen(**session, run(**session, data), rule.id).empty();
        }
        if (fires)
            continue;
        const Value* at = rule.body.find("examples");
        Error error;
        error.message = "rule '" + rule.id +
                        "' finds nothing in its own examples, so it would find nothing anywhere; "
                        "docathon-lint test-rules says more";
        error.path = rule.path;
        error.line = at == nullptr ? 1 : at->line;
        error.column = at == nullptr ? 1 : at->column;
        if (errors != nullptr)
            errors->push_back(error);
        if (!first)
            first = std::move(error);
    }
    if (first)
        return tl::unexpected<Error>(std::move(*first));
    return {};
}

std::vector<std::string> unused_alternatives(const RuleSpec& rule, const rules::DataReader& data,
                                             std::size_t& alternatives) {
    std::map<std::string, std::size_t> counts;
    for (const RuleExample& example : rule.examples) {
        const Result<Options> options = options_with(rule, example.options, rule.path);
        if (!options)
            continue;
        const EngineRule one{&rule, &*options, 0};
        const Result<EngineSet> set = EngineSet::make({&one, 1}, data);
        if (!set)
            continue;
        FileId id = 0;
        for (const auto& [path, text] : example.files) {
            const Format format = format_of(path);
            if (std::find(rule.formats.begin(), rule.formats.end(), format) == rule.formats.end())
                continue;
            const SourceFile source(id++, path, text);
            const Settings settings;
            const ParsedFile parsed = parse_file(source, settings);
            set->count_alternatives({source, parsed.document, parsed.facts, settings}, 0, counts);
        }
    }
    alternatives = counts.size();
    std::vector<std::string> unused;
    for (const auto& [expression, count] : counts) {
        if (count == 0)
            unused.push_back(expression);
    }
    return unused;
}

}  // namespace docathon
