// docathon-lint explain ID: a rule's page, from the same file that the rule is made of.

#include <algorithm>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"
#include "lint/config/options.h"
#include "lint/config/rule_file.h"
#include "lint/config/selector.h"

namespace docathon::cli {

namespace {

std::string indent(std::string_view text, std::string_view by) {
    std::string result(by);
    for (const char c : text) {
        result += c;
        if (c == '\n')
            result += by;
    }
    while (result.ends_with(' ') || result.ends_with('\n'))
        result.pop_back();
    return result;
}

std::string aliases_of(const RuleSpec& rule) {
    std::vector<std::string> all;
    for (const auto& [tool, names] : rule.aliases) {
        for (const std::string& name : names) {
            // Tools share names: markdownlint's are rumdl's too.
            if (std::find(all.begin(), all.end(), name) == all.end())
                all.push_back(name);
        }
    }
    std::string text;
    for (const std::string& name : all)
        text += (text.empty() ? "" : ", ") + name;
    return text;
}

std::string on_one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

std::string page_of(const RuleSpec& rule) {
    std::string page = rule.id + " (" + std::string(to_string(rule.severity)) + ", preset " +
                       rule.preset + ", " + rule.status +
                       (rule.since.empty() ? "" : ", since " + rule.since) + ")\n\n" +
                       rule.summary + "\n";
    if (!rule.rationale.empty())
        page += "\n" + rule.rationale + "\n";
    if (rule.preset == "links-check")
        page += "\nIt runs in `docathon-lint links check` only, never in `check`.\n";
    if (const std::string aliases = aliases_of(rule); !aliases.empty())
        page += "\nAlso known as: " + aliases + "\n";
    if (rule.precision >= 0) {
        page += "\nPrecision: " + std::to_string(static_cast<int>(rule.precision * 100 + 0.5)) +
                " % of the labelled findings were true.\n";
    }
    if (!rule.silent.empty()) {
        page += "\nStays silent on purpose:\n";
        for (const std::string& line : rule.silent)
            page += "  - " + line + "\n";
    }
    if (!rule.options.empty()) {
        page += "\nOptions:\n";
        for (const OptionSpec& option : rule.options) {
            page += "  " + option.name + " (" +
                    std::string(kOptionTypes[static_cast<std::size_t>(option.type)]) +
                    "): " + option.help + "\n";
        }
    }
    if (rule.check != "input" && rule.check != "settle") {
        page += "\nSilence one finding:\n  <!-- docathon-lint: ignore[" + rule.id + "] why -->\n";
    }
    page += "\nSwitch it off:\n  rules: {" + rule.id + ": off}\n";
    for (const RuleExample& example : rule.examples) {
        page += "\nExample: " + example.name + "\n";
        for (const auto& [path, text] : example.files)
            page += "  " + path + "\n" + indent(text, "    | ") + "\n";
        if (example.expect.empty())
            page += "  is fine.\n";
        for (const ExpectedFinding& expected : example.expect) {
            page += "  finds '" + on_one_line(expected.text) + "' in " + expected.file;
            if (!expected.message.empty())
                page += ": " + expected.message;
            page += "\n";
        }
    }
    return page;
}

/// The rules of the project as well, if an id is none of ours. A configuration that is wrong does
/// not keep anybody from asking.
std::optional<RuleSet> with_project_rules(const RuleSet& builtin,
                                          const std::vector<std::string>& ids) {
    const RuleNames names(builtin);
    if (std::none_of(ids.begin(), ids.end(),
                     [&](const std::string& id) { return names.by_name(id).empty(); }))
        return std::nullopt;
    DiskFlags flags;
    flags.detail = RuleDetail::full;
    flags.nothing_selected = true;
    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return std::nullopt;
    return std::move(opened->session->rules);
}

}  // namespace

int run_explain(std::vector<std::string> arguments) {
    std::vector<std::string> ids;
    Arguments parser("docathon-lint explain", "Explain a rule by its id or alias");
    parser.positionals(ids, "ID", "Rules, such as links/missing-anchor or MD051");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (ids.empty())
        return usage_error("explain needs the id of a rule; `docathon-lint rules` lists them");
    const Result<RuleSet> rules = load_builtin_rules(RuleDetail::full);
    if (!rules)
        return usage_error(rules.error().to_string());
    const std::optional<RuleSet> all = with_project_rules(*rules, ids);
    const RuleSet& known = all ? *all : *rules;
    const RuleNames names(known);
    std::string text;
    for (const std::string& id : ids) {
        const std::vector<std::uint32_t> found = names.by_name(id);
        if (found.empty())
            return usage_error(names.unknown(id));
        for (const std::uint32_t rule : found) {
            if (!text.empty())
                text += "\n---\n\n";
            text += page_of(known.specs[rule]);
        }
    }
    print_out(text);
    return kClean;
}

}  // namespace docathon::cli
