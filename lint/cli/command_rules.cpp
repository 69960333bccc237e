// docathon-lint rules: the list of rules, and what is on with the configuration that holds here.

#include <algorithm>

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/output.h"

namespace docathon::cli {

int run_rules(std::vector<std::string> arguments) {
    DiskFlags flags;
    bool only_on = false;
    Arguments parser("docathon-lint rules",
                     "List the rules, their preset, and whether they are on here");
    add_session_flags(parser, flags);
    parser.flag("--on", only_on, "Only the rules that are on");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    const RuleProfile& profile =
        session.effective->profile(session.effective->profile_for("README.md"));
    std::size_t width = 0;
    for (const RuleSpec& rule : session.rules.specs)
        width = std::max(width, rule.id.size());
    std::string text;
    for (std::size_t i = 0; i < session.rules.specs.size(); ++i) {
        const RuleSpec& rule = session.rules.specs[i];
        const EffectiveRule& here = profile.rules[i];
        if (only_on && !here.on())
            continue;
        const std::string state = here.on() ? std::string(to_string(here.severity)) : "off";
        // Whatever is configured: the network is asked by that command alone.
        const bool elsewhere = rule.preset == "links-check";
        text += rule.id + std::string(width - rule.id.size() + 2, ' ') + state +
                std::string(9 - state.size(), ' ') + rule.preset +
                std::string(12 - std::min<std::size_t>(11, rule.preset.size()), ' ') +
                rule.summary + (elsewhere ? " Runs in 'links check' only." : "") + "\n";
    }
    print_out(text);
    return kClean;
}

}  // namespace docathon::cli
