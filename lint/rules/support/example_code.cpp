#include "lint/rules/support/example_code.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/parse/examples/languages.h"
#include "lint/parse/notebook.h"

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
    // ~/project/docs$ make, me@host:~$ make
    if (const std::size_t dollar = line.find("$ ");
        dollar != std::string_view::npos && dollar > 0 && line.find(' ') == dollar + 1 &&
        (line[0] == '~' || line.substr(0, dollar).find('@') != std::string_view::npos))
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

/// Without strings, of which a quote stays, and without the comment.
std::string without_strings(std::string_view line) {
    std::string out;
    for (std::size_t at = 0; at < line.size(); ++at) {
        if (line[at] == '#' && (at == 0 || is_ascii_space(line[at - 1])))
            break;
        out += line[at];
        if (line[at] != '"' && line[at] != '\'')
            continue;
        const std::size_t close = line.find(line[at], at + 1);
        if (close == std::string_view::npos)
            break;
        at = close;
    }
    return out;
}

/// "NO CHANGES"
bool is_shouted(std::string_view line) {
    return line.find(' ') != std::string_view::npos &&
           std::all_of(line.begin(), line.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || c == ' '; });
}

/// "TypeError: object of type ...": the last line of a traceback.
bool is_exception(std::string_view line) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string_view::npos)
        return false;
    const std::string_view name = line.substr(0, colon);
    const auto ends = [&](std::string_view end) { return name.ends_with(end); };
    constexpr std::array kEnds = std::to_array<std::string_view>({"Error", "Exception", "Warning"});
    return std::any_of(kEnds.begin(), kEnds.end(), ends) &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return is_ascii_alnum(c) || c == '_' || c == '.'; });
}

bool is_keyword(std::string_view word) {
    constexpr std::array kKeywords = std::to_array<std::string_view>(
        {"and",    "as",   "assert", "await", "case", "class",  "def",   "del",
         "elif",   "else", "except", "for",   "from", "global", "if",    "import",
         "in",     "is",   "lambda", "match", "not",  "or",     "print", "raise",
         "return", "type", "while",  "with",  "yield"});
    return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

/// A word of prose or a number, perhaps with a mark behind it.
bool is_plain_word(std::string_view word) {
    if (word.empty() || !is_ascii_alnum(word[0]) || is_keyword(word))
        return false;
    return std::all_of(word.begin(), word.end(), [](char c) {
        return is_ascii_alnum(c) || c == '_' || c == '-' || c == '.';
    });
}

/// `tool-train input_dir=data/`, `tool -c configs/a.yaml`: a command, whatever prompt it has.
bool is_tool_line(std::string_view line) {
    const std::size_t end = line.find_first_of(" \t");
    if (end == std::string_view::npos)
        return false;
    const std::string_view word = line.substr(0, end);
    const std::string_view rest = trim(line.substr(end));
    if (!rest.empty() && !is_keyword(word) && std::all_of(word.begin(), word.end(), [](char c) {
            return is_ascii_alnum(c) || c == '_';
        })) {
        // tool -c x, tool --option, tool name: and nothing of Python in it
        if (rest.size() > 3 && rest[0] == '-' && is_ascii_alpha(rest[1]) && rest[2] == ' ')
            return true;
        // tool name --option a=b
        const std::string_view second = rest.substr(0, rest.find(' '));
        if (const std::size_t option = rest.find(" --");
            is_plain_word(second) && !is_keyword(second) && option != std::string_view::npos &&
            option + 3 < rest.size() && is_ascii_alpha(rest[option + 3]))
            return true;
        if ((rest.starts_with("--") || is_ascii_alpha(rest[0])) &&
            line.find_first_of("=()[]{}'\":,") == std::string_view::npos &&
            !is_keyword(rest.substr(0, rest.find(' '))))
            return true;
    }
    const std::size_t dash = word.find('-');
    return dash != std::string_view::npos && dash > 0 && dash + 1 < word.size() && !rest.empty() &&
           (is_ascii_alpha(rest[0]) || rest.starts_with("--")) &&
           std::all_of(word.begin(), word.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || is_ascii_digit(c) || c == '-';
           });
}

/// `for i = 1..n`, `(0)h21`, arrows: what stands in papers.
bool has_pseudo_code(std::string_view line) {
    for (const std::string_view arrow : {"\xe2\x86\x92", "\xe2\x87\x92", "\xe2\x86\x90"}) {
        if (line.find(arrow) != std::string_view::npos)
            return true;
    }
    for (std::size_t at = line.find(".."); at != std::string_view::npos;
         at = line.find("..", at + 1)) {
        if (at > 0 && at + 2 < line.size() && is_ascii_alnum(line[at - 1]) &&
            is_ascii_alnum(line[at + 2]))
            return true;
    }
    for (std::size_t at = line.find('('); at != std::string_view::npos;
         at = line.find('(', at + 1)) {
        std::size_t end = at + 1;
        while (end < line.size() && is_ascii_digit(line[end]))
            ++end;
        if (end > at + 1 && end + 1 < line.size() && line[end] == ')' &&
            is_ascii_alpha(line[end + 1]))
            return true;
    }
    return false;
}

}  // namespace

void each_labelled_example(
    const FileContext& context,
    const std::function<void(const ExampleFacts&, const CodeExample&)>& visit) {
    const ExampleFacts* facts = context.facts.examples.get();
    if (facts == nullptr)
        return;
    for (const CodeExample& example : facts->examples) {
        if (is_labelled(example) || example.origin == LanguageOrigin::doctest ||
            example.origin == LanguageOrigin::kernel)
            visit(*facts, example);
    }
}

bool is_text_line(std::string_view line) {
    std::string code = without_strings(trim(line));
    // "(Very time-consuming computation)"
    if (code.size() > 2 && code.front() == '(' && code.back() == ')')
        code = code.substr(1, code.size() - 2);
    if (code.starts_with("> ") || code.starts_with("$ ") || code.starts_with("=> ") ||
        code.starts_with("(Pdb) ") || code.starts_with("ipdb> ") ||
        (code.starts_with(">>") && !code.starts_with(">>>")) || code.starts_with("http://") ||
        code.starts_with("https://") || code.starts_with("Traceback (") || is_exception(code) ||
        is_shouted(code) || is_tool_line(code) || code == "or:" || code == "and:" ||
        code.starts_with("e.g"))
        return true;
    // a || b, a <=> b: notation of mathematics
    for (const std::string_view mark : {"....", ")...", "]...", "%|", "||", "<=>"}) {
        if (code.find(mark) != std::string::npos)
            return true;
    }
    // Signs of multiplication, comparison and the like: a formula.
    for (const std::string_view sign :
         {"\xc3\x97", "\xc3\xb7", "\xc2\xb7", "\xe2\x89\xa0", "\xe2\x89\xa4", "\xe2\x89\xa5",
          "\xe2\x86\x90", "\xe2\x86\x92", "\xe2\x88\x88", "\xe2\x88\x91", "\xe2\x88\x9a",
          "\xe2\x88\x92"}) {
        if (code.find(sign) != std::string::npos)
            return true;
    }
    // A drawing.
    const auto is_code = [](char c) {
        return is_ascii_alnum(c) || std::string_view("()[]{}'\"").find(c) != std::string_view::npos;
    };
    if (has_pseudo_code(code) || std::none_of(code.begin(), code.end(), is_code))
        return true;
    // "the following format", "6742609920 total params", "Batch size: 4"
    constexpr std::size_t kWords = 3;
    const std::size_t least =
        kWords + (code.starts_with("from ") || code.starts_with("import ") ||
                          code.starts_with("def ") || code.starts_with("class ")
                      ? 1
                      : 0);
    std::size_t run = 0;
    std::size_t begin = 0;  // of the run
    for (std::size_t at = 0; at < code.size();) {
        if (is_ascii_space(code[at])) {
            ++at;
            continue;
        }
        const std::size_t end = std::min(code.find_first_of(" \t", at), code.size());
        std::string_view word = std::string_view(code).substr(at, end - at);
        const char last = word.back();
        const bool mark = std::string_view(",:;?!").find(last) != std::string_view::npos;
        if (mark)
            word.remove_suffix(1);
        if (run == 0)
            begin = at;
        // "optimal value with OSQP": words that Python has too, in the midst of prose.
        constexpr std::size_t kProse = 2;
        run =
            is_plain_word(word) || (run >= kProse && begin == 0 && is_keyword(word)) ? run + 1 : 0;
        if (run >= least || (last == ':' && run == 2 && begin == 0))
            return true;
        if (mark)
            run = 0;
        at = end;
    }
    return false;
}

bool is_called_output(std::string_view source, const CodeExample& example) {
    // A notebook may stand in one line, and has no text above a cell.
    if ((example.flags & example_flag::kJson) != 0)
        return false;
    constexpr std::uint32_t kNear = 1000;
    const std::uint32_t from = example.range.begin > kNear ? example.range.begin - kNear : 0;
    std::string_view before = trim_right(source.substr(from, example.range.begin - from));
    before = before.substr(before.rfind('\n') + 1);  // npos + 1 is 0
    if (!before.ends_with(':'))
        return false;
    constexpr std::array kWords = std::to_array<std::string_view>(
        {"following output", "output as follows", "output follows", "output is", "output like",
         "output looks", "output format is", "structure is as follows", "output should",
         "output similar", "output will", "output would", "output:", "outputs:"});
    const std::string lower = ascii_lower(before);
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view words) {
        return lower.find(words) != std::string::npos;
    });
}

MappedText example_code(std::string_view source, const ExampleFacts& facts,
                        const CodeExample& example) {
    MappedText code;
    for (std::uint32_t i = 0; i < example.pieces.count; ++i) {
        const Range piece = facts.pieces[example.pieces.first + i];
        if ((example.flags & example_flag::kJson) != 0) {
            append_json(code, source, piece);
            code.append_virtual("\n", piece.end);
            continue;
        }
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
