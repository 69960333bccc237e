#include "lint/parse/examples/shell_code.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/strings.h"
#include "lint/parse/shell/shell.h"

namespace docathon::examples {

namespace {

constexpr std::array kPrograms = std::to_array<std::string_view>({"accelerate",
                                                                  "apt",
                                                                  "apt-get",
                                                                  "bash",
                                                                  "brew",
                                                                  "bundle",
                                                                  "cargo",
                                                                  "cd",
                                                                  "chmod",
                                                                  "cmake",
                                                                  "conda",
                                                                  "cp",
                                                                  "curl",
                                                                  "deepspeed",
                                                                  "docker",
                                                                  "export",
                                                                  "git",
                                                                  "hatch",
                                                                  "huggingface-cli",
                                                                  "jupyter",
                                                                  "make",
                                                                  "mkdir",
                                                                  "mv",
                                                                  "nox",
                                                                  "npm",
                                                                  "pip",
                                                                  "pip3",
                                                                  "pipenv",
                                                                  "pipx",
                                                                  "poetry",
                                                                  "pre-commit",
                                                                  "pytest",
                                                                  "python",
                                                                  "python3",
                                                                  "rm",
                                                                  "sh",
                                                                  "source",
                                                                  "sudo",
                                                                  "torchrun",
                                                                  "tox",
                                                                  "uv",
                                                                  "wget",
                                                                  "yarn"});

bool is_program(std::string_view word) {
    return std::find(kPrograms.begin(), kPrograms.end(), word) != kPrograms.end();
}

std::string_view first_word(std::string_view line) {
    return line.substr(0, line.find_first_of(" \t"));
}

bool is_word_char(char c) {
    return is_ascii_alnum(c) || c == '-' || c == '_' || c == '.' || c == '/';
}

}  // namespace

bool looks_like_shell(std::string_view text) {
    for (const std::string_view raw : split_lines(text)) {
        const std::string_view line = trim(raw);
        if (line.empty() || line.starts_with('#'))
            continue;
        const std::string_view word = first_word(line);
        if (is_program(word))
            return line.size() > word.size() && line.substr(word.size()).find_first_of("=(") != 1;
        if (word.starts_with("./") && word.find('.', 2) != std::string_view::npos)
            return true;
        // tool verb --option x
        return word.size() > 1 && word[0] >= 'a' && word[0] <= 'z' &&
               std::all_of(word.begin(), word.end(), is_word_char) &&
               line.find(" --") != std::string_view::npos &&
               line.find_first_of("=;{}()\"'|") > line.find(" --");
    }
    return false;
}

bool is_shell_span(std::string_view text) {
    const std::string_view line = trim(text);
    const std::string_view word = first_word(line);
    if (word.size() < line.size())
        return is_program(word) || word.starts_with("./");
    return word.starts_with("./") && (word.ends_with(".sh") || word.ends_with(".py"));
}

void read_shell(std::string_view source, const std::vector<Range>& lines, bool console, bool cell,
                const ShellText& like, ExampleFacts& facts) {
    MappedText code;
    for (const Range line : lines) {
        code.append(source, line);
        code.append_virtual("\n", line.end);
    }
    std::vector<ShellCommand> commands =
        shell::read_commands(code, cell      ? shell::Dialect::notebook
                                   : console ? shell::Dialect::session
                                             : shell::Dialect::script);
    if (commands.empty())
        return;
    ShellText out = like;
    out.commands.first = static_cast<std::uint32_t>(facts.commands.size());
    out.commands.count = static_cast<std::uint32_t>(commands.size());
    std::move(commands.begin(), commands.end(), std::back_inserter(facts.commands));
    facts.shell_texts.push_back(out);
}

}  // namespace docathon::examples
