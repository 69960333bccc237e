#include "lint/rules/support/example_code.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/parse/examples/languages.h"

namespace docathon::rules {

namespace {

/// Programs that documentation calls. What follows them is a word, and no operator of Python.
constexpr std::array kPrograms = std::to_array<std::string_view>(
    {"accelerate", "apt",   "apt-get",  "bash",   "brew",   "cargo",   "cd",     "chmod",
     "cmake",      "conda", "cp",       "curl",   "docker", "echo",    "export", "git",
     "ls",         "make",  "mamba",    "mkdir",  "mv",     "npm",     "npx",    "pip",
     "pip3",       "pipx",  "poetry",   "pytest", "python", "python3", "rm",     "sh",
     "source",     "sudo",  "torchrun", "touch",  "unzip",  "uv",      "wget",   "yarn"});

bool is_shell_line(std::string_view line) {
    line = trim(line);
    if (examples::shell_prompt(line) != 0)
        return true;
    const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
    const std::string_view word = line.substr(0, end);
    if (word.starts_with("./") && word.size() > 2)
        return true;
    if (std::find(kPrograms.begin(), kPrograms.end(), word) == kPrograms.end())
        return false;
    const std::string_view rest = trim(line.substr(end));
    // `make = 1`, `python`
    return !rest.empty() && rest[0] != '=' && rest[0] != '(' && rest[0] != ',' &&
           !rest.starts_with("in ") && !rest.starts_with("is ");
}

}  // namespace

MappedText example_code(std::string_view source, const ExampleFacts& facts,
                        const CodeExample& example) {
    MappedText code;
    for (std::uint32_t i = 0; i < example.pieces.count; ++i) {
        const Range piece = facts.pieces[example.pieces.first + i];
        code.append(source, piece);
        if (piece.end == 0 || source[piece.end - 1] != '\n')
            code.append_virtual("\n", piece.end);
    }
    return code;
}

bool is_labelled(const CodeExample& example) {
    return example.origin == LanguageOrigin::fence || example.origin == LanguageOrigin::directive;
}

bool is_all_shell(std::string_view text) {
    bool any = false;
    bool goes_on = false;
    for (const std::string_view line : split_lines(text)) {
        const std::string_view here = trim(line);
        if (!goes_on && !here.empty() && !here.starts_with('#')) {
            if (!is_shell_line(here))
                return false;
            any = true;
        }
        goes_on = here.ends_with('\\');
    }
    return any;
}

bool has_shell(std::string_view text) {
    const std::vector<std::string_view> lines = split_lines(text);
    return std::any_of(lines.begin(), lines.end(), is_shell_line);
}

}  // namespace docathon::rules
