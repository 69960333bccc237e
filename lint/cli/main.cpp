// docathon-lint: chooses the command and nothing else. Without a command's name it checks.

#include <climits>
#include <csignal>
#include <string>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "docathon/version.h"
#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/output.h"
#include "lint/core/nearest.h"

namespace {

using docathon::cli::Command;
using docathon::cli::commands;

int print_version() {
    std::string text = "docathon-lint " + std::string(docathon::version()) + "\n";
    for (const auto& [name, version] : docathon::library_versions())
        text += "  " + name + " " + version + "\n";
    docathon::cli::print_out(text);
    return docathon::cli::kClean;
}

int print_help() {
    std::string text =
        "docathon-lint: a linter for documentation in Markdown (CommonMark, GFM, MyST, Jekyll)\n\n"
        "Usage: docathon-lint [COMMAND] [PATH...] [FLAGS]\n\n"
        "Without a command it checks the given paths, or the current folder.\n\nCommands:\n";
    for (const Command& command : commands()) {
        text += "  " + std::string(command.name) + std::string(12 - command.name.size(), ' ') +
                std::string(command.help) + "\n";
    }
    text +=
        "\n`docathon-lint COMMAND --help` lists the flags of a command; `docathon-lint --version` "
        "the versions.\n";
    docathon::cli::print_out(text);
    return docathon::cli::kClean;
}

int run(std::vector<std::string> arguments) {
    if (!arguments.empty()) {
        const std::string& first = arguments.front();
        if (first == "--version" || first == "-V")
            return print_version();
        if (first == "--help" || first == "-h" || first == "help")
            return print_help();
        for (const Command& command : commands()) {
            if (command.name == first) {
                arguments.erase(arguments.begin());
                return command.run(std::move(arguments));
            }
        }
    }
    return docathon::cli::run_check(std::move(arguments));
}

}  // namespace

int main(int count, char** values) {
#ifdef __GLIBC__
    // Memory goes from stage to stage: given back to the system, each would have to fault it in
    // anew. The program does not run for long.
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
    mallopt(M_TOP_PAD, 4 << 20);
#endif
    // A reader that closes the pipe is not a reason to die without an exit code.
    std::signal(SIGPIPE, SIG_IGN);
    const int code = run({values + 1, values + count});
    if (!docathon::cli::print_failed())
        return code;
    return docathon::cli::usage_error("standard output could not be written");
}
