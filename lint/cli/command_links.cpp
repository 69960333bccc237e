// docathon-lint links: the only commands that touch the network. This file chooses among them.

#include "lint/cli/command_links.h"

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/output.h"
#include "lint/core/nearest.h"
#include "lint/io/static_program.h"

namespace docathon::cli {

namespace {

constexpr Command kCommands[] = {
    {"check", "Ask the URLs of the pages, and report those that have been dead for a while",
     run_links_check},
    {"list", "What is known of the URLs, from earlier runs; asks nobody", run_links_list},
    {"fetch", "Bring the inventories (objects.inv) that intersphinx_mapping names",
     run_links_fetch},
};

void print_help() {
    std::string text =
        "The commands that use the network\n\nUsage: docathon-lint links COMMAND [FLAGS]\n\n"
        "Commands:\n";
    for (const Command& command : kCommands) {
        text += "  " + std::string(command.name) + std::string(12 - command.name.size(), ' ') +
                std::string(command.help) + "\n";
    }
    print_out(text + "\n`docathon-lint links COMMAND --help` lists the flags of a command.\n");
}

}  // namespace

int run_links(std::vector<std::string> arguments) {
    if (arguments.empty())
        return usage_error("links needs a command: check, list or fetch");
    const std::string name = arguments.front();
    if (name == "--help" || name == "-h") {
        print_help();
        return kClean;
    }
    std::vector<std::string_view> names;
    for (const Command& command : kCommands) {
        names.push_back(command.name);
        if (command.name == name) {
            if (is_static_program() && command.name != "list") {
                std::vector<std::string> all = {"links"};
                all.insert(all.end(), arguments.begin(), arguments.end());
                const Result<void> failed = become_sibling("docathon-lint-links", all);
                if (!failed && failed.error().code != ErrorCode::absent)
                    return usage_error(failed.error().message);
            }
            arguments.erase(arguments.begin());
            return command.run(std::move(arguments));
        }
    }
    const std::string_view near =
        nearest(name, std::span<const std::string_view>(names), suggestion_distance(name));
    return usage_error("no command 'links " + name + "'" +
                       (near.empty() ? "; there are check, list and fetch"
                                     : "; did you mean 'links " + std::string(near) + "'?"));
}

}  // namespace docathon::cli
