// Every example of every rule file, run through the whole pipeline. A rule's page, its SARIF text
// and this suite come from the same YAML, so none of them can promise what does not happen.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/cli/ratchet.h"
#include "lint/cli/session.h"
#include "lint/config/config_file.h"
#include "lint/config/rule_file.h"
#include "lint/settle/apply_fix.h"

namespace docathon {
namespace {

const RuleSet& all_rules() {
    static const RuleSet rules = [] {
        Result<RuleSet> loaded = load_builtin_rules(RuleDetail::full);
        EXPECT_TRUE(loaded) << loaded.error().to_string();
        return std::move(*loaded);
    }();
    return rules;
}

struct Case {
    std::string rule;
    std::size_t example;
};

void PrintTo(const Case& one, std::ostream* out) {
    *out << one.rule << " example " << one.example;
}

std::vector<Case> all_cases() {
    std::vector<Case> cases;
    for (const RuleSpec& rule : all_rules().specs) {
        for (std::size_t i = 0; i < rule.examples.size(); ++i)
            cases.push_back({rule.id, i});
    }
    return cases;
}

/// What a finding is to this suite.
struct Seen {
    std::string rule, file, text, message, where;
};

std::ostream& operator<<(std::ostream& out, const Seen& seen) {
    return out << seen.file << ": '" << seen.text << "': " << seen.message << " [" << seen.rule
               << "] " << seen.where;
}

class RuleExampleTest : public testing::TestWithParam<Case> {
  protected:
    const RuleSpec& rule() const {
        return all_rules().specs[static_cast<std::size_t>(all_rules().find(GetParam().rule))];
    }
    const RuleExample& example() const { return rule().examples[GetParam().example]; }

    /// Runs the example with this rule only (`alone`), or with the core rules and this one.
    LintRun run(const std::map<std::string, std::string>& files, bool alone) {
        Config config;
        if (!example().config.is_null()) {
            Result<Config> read = read_example_config(example().config, rule().path);
            EXPECT_TRUE(read) << read.error().to_string();
            config = std::move(*read);
        }
        RuleSetting setting;
        setting.selector = rule().id;
        setting.on = true;
        setting.options = example().options;
        config.rules.push_back(setting);
        RuleFlags flags;
        // What its rules find comes from answers; no rule but these runs then.
        flags.links_check = rule().preset == "links-check";
        flags.select.push_back(rule().id);
        if (alone) {
            for (const RuleSpec& other : all_rules().specs) {
                if (other.id != rule().id)
                    flags.ignore.push_back(other.id);
            }
        }
        // An unused suppression is judged by what ran, so its example runs with the core rules.
        if (rule().id == "suppression/unused")
            flags.ignore.clear();
        auto made = Session::in_memory(files, std::move(config), all_rules(), {}, flags);
        EXPECT_TRUE(made) << made.error().to_string();
        session_ = std::move(*made);
        LintJob job = session_->job(1);
        if (flags.links_check) {
            job.ask = [this](const ProjectIndex&, const std::function<std::string_view(FileId)>&) {
                return answers();
            };
        }
        LintRun made_run = lint(job);
        // What another rule would only sum up is no finding.
        cli::sum_up_ratchets(*session_, made_run.result);
        return made_run;
    }

    UrlAnswers answers() const {
        UrlAnswers result;
        for (const auto& [url, text] : example().answers) {
            const std::optional<UrlAnswer> answer = read_url_answer(text);
            EXPECT_TRUE(answer.has_value()) << text;
            if (answer)
                result.by_target.emplace(url, *answer);
        }
        return result;
    }

    std::vector<Seen> seen(const LintRun& run) {
        std::vector<Seen> all;
        for (const Diagnostic& finding : run.result.findings) {
            const std::string_view bytes = run.result.bytes(finding.file);
            all.push_back({session_->rules.specs[finding.rule].id, run.result.paths[finding.file],
                           std::string(bytes.substr(finding.range.begin, finding.range.size())),
                           finding.message, std::string(finding.where)});
        }
        return all;
    }

    std::unique_ptr<Session> session_;
};

TEST_P(RuleExampleTest, ThisRuleAloneFindsExactlyWhatIsExpected) {
    const LintRun result = run(example().files, true);
    EXPECT_THAT(result.result.notifications, testing::IsEmpty());
    std::vector<Seen> findings;
    for (const Seen& one : seen(result)) {
        if (one.rule == rule().id)
            findings.push_back(one);
    }
    std::vector<bool> used(findings.size());
    for (const ExpectedFinding& expected : example().expect) {
        bool found = false;
        for (std::size_t i = 0; i < findings.size() && !found; ++i) {
            if (used[i] || findings[i].file != expected.file || findings[i].text != expected.text)
                continue;
            if (!expected.message.empty() && findings[i].message != expected.message)
                continue;
            if (!expected.where.empty() && findings[i].where != expected.where)
                continue;
            used[i] = found = true;
        }
        EXPECT_TRUE(found) << "not found: " << expected.file << ": '" << expected.text
                           << "': " << expected.message << " " << expected.where
                           << "\nall: " << testing::PrintToString(findings);
    }
    for (std::size_t i = 0; i < findings.size(); ++i)
        EXPECT_TRUE(used[i]) << "not expected: " << findings[i];
}

TEST_P(RuleExampleTest, OtherCoreRulesStaySilent) {
    const LintRun result = run(example().files, false);
    for (const Seen& one : seen(result)) {
        if (one.rule == rule().id)
            continue;
        EXPECT_THAT(example().also, testing::Contains(one.rule)) << "not expected: " << one;
    }
}

TEST_P(RuleExampleTest, FixGivesTheFixedTextAndThenStops) {
    if (example().fixed.empty())
        return;
    const LintRun result = run(example().files, true);
    std::map<std::string, std::string> fixed = example().files;
    for (auto& [path, text] : fixed) {
        std::vector<Edit> edits;
        for (const Diagnostic& finding : result.result.findings) {
            if (result.result.paths[finding.file] != path || !finding.fix)
                continue;
            edits.insert(edits.end(), finding.fix->edits.begin(), finding.fix->edits.end());
        }
        ASSERT_TRUE(edits_apply(edits, text.size())) << path;
        text = apply_edits(text, edits);
    }
    for (const auto& [path, text] : example().fixed)
        EXPECT_EQ(fixed[path], text) << path;
    const LintRun again = run(fixed, true);
    for (const Diagnostic& finding : again.result.findings)
        EXPECT_FALSE(finding.fix) << finding.message;
}

INSTANTIATE_TEST_SUITE_P(Rules, RuleExampleTest, testing::ValuesIn(all_cases()),
                         [](const auto& one) {
                             std::string name =
                                 one.param.rule + "_" + std::to_string(one.param.example);
                             for (char& c : name) {
                                 if (std::isalnum(static_cast<unsigned char>(c)) == 0)
                                     c = '_';
                             }
                             return name;
                         });

TEST(RuleFiles, EveryRuleHasAnExampleThatFires) {
    for (const RuleSpec& rule : all_rules().specs) {
        // What needs an unreadable or a huge file cannot be written into YAML; tests/cli has those.
        if (rule.id == "input/unreadable" || rule.id == "input/too-large" ||
            rule.id == "input/invalid-utf8" || rule.id == "input/depth-limit") {
            continue;
        }
        // It judges a change, and an example is one state: tests/cli/histories_test.cpp.
        if (rule.id == "links/missing-redirect")
            continue;
        bool fires = false;
        for (const RuleExample& example : rule.examples)
            fires = fires || !example.expect.empty();
        EXPECT_TRUE(fires) << rule.id;
    }
}

TEST(RuleFiles, EveryRuleHasAnExampleThatStaysSilentOrIsPartlySilent) {
    for (const RuleSpec& rule : all_rules().specs)
        EXPECT_FALSE(rule.examples.empty()) << rule.id;
}

TEST(RuleFiles, EveryOptionIsUsedByAnExample) {
    for (const RuleSpec& rule : all_rules().specs) {
        for (const OptionSpec& option : rule.options) {
            bool used = false;
            for (const RuleExample& example : rule.examples) {
                used = used || example.options.find(option.name) != nullptr;
            }
            EXPECT_TRUE(used) << rule.id << ": " << option.name;
        }
    }
}

TEST(RuleFiles, SummariesAreOneSentence) {
    for (const RuleSpec& rule : all_rules().specs) {
        EXPECT_TRUE(rule.summary.ends_with('.')) << rule.id;
        EXPECT_LE(rule.summary.size(), 120u) << rule.id;
        EXPECT_FALSE(rule.rationale.empty()) << rule.id;
    }
}

}  // namespace
}  // namespace docathon
