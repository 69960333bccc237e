// docathon-lint dump model|prose|facts|examples FILE, dump outline FILE..., and where `dump
// docutils` branches off.

#include "lint/cli/arguments.h"
#include "lint/cli/command.h"
#include "lint/cli/disk_session.h"
#include "lint/cli/dump.h"
#include "lint/cli/output.h"
#include "lint/io/files.h"
#include "lint/parse/parse.h"

namespace docathon::cli {

namespace {

/// Files are read as they are named, of no project: thousands of them, for comparisons.
int run_outline(const std::vector<std::string>& paths) {
    constexpr std::uint64_t kMostBytes = 256u << 20;
    const RealFileSystem files;
    for (const std::string& path : paths) {
        Result<std::string> bytes = files.read_file(path, kMostBytes);
        if (!bytes)
            return usage_error(bytes.error().to_string());
        const SourceFile source(0, path, std::move(*bytes));
        dump_outline(source, [](std::string_view text) {
            print_out(text);
            return !print_failed();
        });
    }
    return kClean;
}

}  // namespace

int run_dump(std::vector<std::string> arguments) {
    if (!arguments.empty() && arguments[0] == "docutils") {
        arguments.erase(arguments.begin());
        return run_dump_docutils(std::move(arguments));
    }
    DiskFlags flags;
    std::vector<std::string> words;
    Arguments parser("docathon-lint dump", "Print what the program reads in a file");
    parser.footer(
        "dump docutils [FILE | --stdin] shows a reStructuredText file as docutils reads it; it has "
        "flags of its own: docathon-lint dump docutils --help");
    add_session_flags(parser, flags);
    parser.positionals(words, "VIEW",
                       "model, prose, facts or examples, then the FILE; or outline, then Python "
                       "files");
    if (const std::optional<int> code = parser.parse(std::move(arguments)))
        return *code;
    if (words.size() >= 2 && words[0] == "outline")
        return run_outline({words.begin() + 1, words.end()});
    if (words.size() != 2 || (words[0] != "model" && words[0] != "prose" && words[0] != "facts" &&
                              words[0] != "examples")) {
        return usage_error(
            "dump needs a view and a file: docathon-lint dump model|prose|facts|examples|outline "
            "FILE");
    }
    flags.paths = {words[1]};
    Result<DiskSession> opened = open_session(flags);
    if (!opened)
        return usage_error(opened.error().to_string());
    Session& session = *opened->session;
    const std::string& path = opened->first_path;
    Result<std::string> bytes = session.read(path);
    if (!bytes)
        return usage_error(bytes.error().to_string());
    const SourceFile source(0, path, std::move(*bytes));
    const ParsedFile parsed =
        parse_file(source, settings_for(path, session.detected, session.config));
    print_out(words[0] == "model"      ? dump_model(source, parsed.document)
              : words[0] == "prose"    ? dump_prose(source, parsed.document)
              : words[0] == "examples" ? dump_examples(source, parsed.facts)
                                       : dump_facts(source, parsed.facts));
    return kClean;
}

}  // namespace docathon::cli
