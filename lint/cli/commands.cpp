#include "lint/cli/command.h"

namespace docathon::cli {

namespace {

constexpr Command kCommands[] = {
    {"check", "Check documentation (the default)", run_check},
    {"fix", "Repair what can be repaired surely: check --fix", run_fix},
    {"explain", "Explain a rule: what it finds, why, what stays silent, its options", run_explain},
    {"rules", "List the rules, and which are on here; import-vale DIR: the rules of a Vale style",
     run_rules, "|import-vale"},
    {"config", "init | show [PATH] | check | schema: the configuration that holds here", run_config,
     "init|show|check|schema"},
    {"links", "check|list|fetch: ask the URLs of the pages; the only part that uses the network",
     run_links, "check|list|fetch"},
    {"baseline", "create|update|prune: the file of findings that are accepted for now",
     run_baseline, "create|update|prune"},
    {"compare", "BASE [HEAD]: what a change made new, what it fixed, what stayed", run_compare},
    {"api",
     "coverage | where NAME | dump [NAME|FOLDER...] | deprecated [PATH...]: what Python packages "
     "offer",
     run_api, "coverage|where|dump|deprecated"},
    {"dump", "model|prose|facts|examples|outline|docutils FILE: what the program reads in a file",
     run_dump, "model|prose|facts|examples|outline|docutils"},
    {"test-rules", "[DIR]: run the examples of the project's own rules", run_test_rules},
    {"cache", "dir|clear: where pages that did not change are kept between runs", run_cache,
     "dir|clear"},
    {"completion", "bash|zsh|fish: a script that completes commands and flags", run_completion,
     "bash|zsh|fish"},
    {"man", "Print the manual page", run_man},
};

}  // namespace

std::span<const Command> commands() {
    return kCommands;
}

}  // namespace docathon::cli
