// docathon-lint test-rules [DIR]: the examples of a project's rules, run as tests.

#include <algorithm>
#include <set>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/cli/rule_examples.h"
#include "lint/core/strings.h"

namespace docathon::cli {

namespace {

std::string place(const RuleSpec& rule, std::size_t example) {
    const Value* examples = rule.body.find("examples");
    std::string text = rule.path;
    if (examples != nullptr && example < examples->items.size()) {
        const Value& at = examples->items[example];
        text += ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
    }
    return text;
}

std::string count(std::size_t number, std::string_view one) {
    return std::to_string(number) + " " + std::string(one) + (number == 1 ? "" : "s");
}

}  // namespace

int run_test_rules(std::vector<std::string> arguments) {
    DiskFlags flags;
    std::vector<std::string> paths;
    Arguments parser("docathon-lint test-rules", "Run the examples of the project's own rules");
    parser.value("--config", flags.config, "FILE",
                 "Configuration file, instead of the nearest .docathon-lint.yaml");
    parser.positionals(paths, "DIR",
                       "Rule files, or folders of them, instead of those of rule-paths");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    flags.detail = RuleDetail::full;
    flags.nothing_selected = true;
    flags.rules_may_fail = true;
    std::vector<Error> errors;
    flags.errors = &errors;
    if (!paths.empty())
        flags.rule_paths = paths;
    Result<DiskSession> opened = open_session(flags);
    if (!opened) {
        if (errors.empty())
            errors.push_back(opened.error());
        std::string text;
        for (const Error& error : errors)
            text += (text.empty() ? "" : "\ndocathon-lint: error: ") + error.to_string();
        return usage_error(text);
    }
    Session& session = *opened->session;
    const rules::DataReader data = [&](std::string_view name, std::string_view from) {
        return session.read_data(name, from);
    };
    const std::set<std::string_view> own(session.rule_files.begin(), session.rule_files.end());
    std::string text;
    std::size_t rules = 0;
    std::size_t examples = 0;
    std::size_t wrong = 0;
    for (const RuleSpec& rule : session.rules.specs) {
        if (!own.contains(rule.path))
            continue;
        ++rules;
        bool fires = false;
        for (std::size_t i = 0; i < rule.examples.size(); ++i) {
            const RuleExample& example = rule.examples[i];
            ++examples;
            fires = fires || !example.expect.empty();
            const std::vector<std::string> problems =
                run_example(session.rules, rule, example, data);
            wrong += problems.empty() ? 0 : 1;
            for (const std::string& problem : problems) {
                text += place(rule, i) + ": " + rule.id + ", '" + escape_control(example.name) +
                        "': " + problem + "\n";
            }
        }
        if (!fires) {
            ++wrong;
            text += rule.path + ": " + rule.id + ": no example in which it finds something\n";
        }
        std::size_t alternatives = 0;
        const std::vector<std::string> unused = unused_alternatives(rule, data, alternatives);
        if (alternatives > 0 && !rule.examples.empty()) {
            text += rule.id + ": " + std::to_string(alternatives - unused.size()) + " of " +
                    count(alternatives, "alternative") + " matched";
            constexpr std::size_t kMostShown = 10;
            for (std::size_t i = 0; i < std::min(unused.size(), kMostShown); ++i)
                text += (i == 0 ? "; never: '" : "', '") + escape_control(unused[i]);
            if (!unused.empty())
                text += unused.size() > kMostShown ? "', ..." : "'";
            text += "\n";
        }
    }
    if (rules == 0)
        return usage_error("there are no rules to test: name a folder, or set rule-paths");
    text += count(rules, "rule") + ", " + count(examples, "example") + ": " +
            (wrong == 0 ? "all as expected" : std::to_string(wrong) + " wrong") + "\n";
    print_out(text);
    return wrong == 0 ? kClean : kFindings;
}

}  // namespace docathon::cli
