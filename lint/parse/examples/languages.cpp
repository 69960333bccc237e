#include "lint/parse/examples/languages.h"

#include <algorithm>
#include <array>
#include <utility>

#include "lint/core/strings.h"

namespace docathon::examples {

namespace {

struct Row {
    std::string_view label;
    CodeLanguage language;
    bool console = false;
};

// Sorted by label. Pygments 2.18 (names of lexers), github-linguist.
constexpr std::array kLabels = std::to_array<Row>({
    {"bash", CodeLanguage::shell},
    {"console", CodeLanguage::shell, true},
    {"default", CodeLanguage::none},
    {"diff", CodeLanguage::diff},
    {"doctest", CodeLanguage::python, true},
    {"html", CodeLanguage::other},
    {"ipython", CodeLanguage::python},
    {"ipython3", CodeLanguage::python},
    {"ipythonconsole", CodeLanguage::python, true},
    {"json", CodeLanguage::json},
    {"ksh", CodeLanguage::shell},
    {"none", CodeLanguage::text},
    {"output", CodeLanguage::text},
    {"patch", CodeLanguage::diff},
    {"plain", CodeLanguage::text},
    {"plaintext", CodeLanguage::text},
    {"py", CodeLanguage::python},
    {"py3", CodeLanguage::python},
    {"pycon", CodeLanguage::python, true},
    {"pycon3", CodeLanguage::python, true},
    {"python", CodeLanguage::python},
    {"python-console", CodeLanguage::python, true},
    {"python3", CodeLanguage::python},
    {"sh", CodeLanguage::shell},
    {"shell", CodeLanguage::shell},
    {"shell-session", CodeLanguage::shell, true},
    {"shellsession", CodeLanguage::shell, true},
    {"svg", CodeLanguage::xml},
    {"text", CodeLanguage::text},
    {"toml", CodeLanguage::toml},
    {"txt", CodeLanguage::text},
    {"udiff", CodeLanguage::diff},
    {"xml", CodeLanguage::xml},
    {"yaml", CodeLanguage::yaml},
    {"yml", CodeLanguage::yaml},
    {"zsh", CodeLanguage::shell},
});

bool in_dotted_name(char c) {
    return is_ascii_alnum(c) || c == '_' || c == '.' || (c & 0x80) != 0;
}

/// The word at the beginning of `text`, taken from it together with the space behind.
std::string_view take_word(std::string_view& text) {
    std::size_t end = 0;
    while (end < text.size() && in_dotted_name(text[end]))
        ++end;
    const std::string_view word = text.substr(0, end);
    text = trim_left(text.substr(end));
    return word;
}

bool imports(std::string_view line) {
    std::string_view rest = line;
    const std::string_view first = take_word(rest);
    if (first == "from")
        return !take_word(rest).empty() && take_word(rest) == "import" && !rest.empty();
    if (first != "import" || rest.empty() || rest.front() == '.' || take_word(rest).empty())
        return false;
    if (rest.empty() || rest.front() == ',' || rest.front() == '#')
        return true;
    return take_word(rest) == "as" && !take_word(rest).empty() && rest.empty();
}

}  // namespace

Labelled language_of(std::string_view label) {
    if (label.empty())
        return {CodeLanguage::none, false};
    const auto at =
        std::lower_bound(kLabels.begin(), kLabels.end(), label,
                         [](const Row& row, std::string_view key) { return row.label < key; });
    if (at != kLabels.end() && at->label == label)
        return {at->language, at->console};
    return {};
}

bool looks_like_python(std::string_view text) {
    bool found = false;
    for (const std::string_view line : split_lines(text)) {
        if (shell_prompt(line) != 0)
            return false;
        found = found || imports(line);
    }
    return found;
}

std::size_t python_prompt(std::string_view line, bool& more) {
    more = false;
    if (line.starts_with(">>>") && (line.size() == 3 || line[3] == ' '))
        return std::min<std::size_t>(line.size(), 4);
    if (line.starts_with("...") && (line.size() == 3 || line[3] == ' ')) {
        more = true;
        return std::min<std::size_t>(line.size(), 4);
    }
    if (line.starts_with("In [")) {
        std::size_t at = 4;
        while (at < line.size() && (is_ascii_digit(line[at]) || line[at] == ' '))
            ++at;
        if (line.substr(at).starts_with("]:")) {
            at += 2;
            return at < line.size() && line[at] == ' ' ? at + 1 : at;
        }
    }
    const std::string_view rest = trim_left(line);
    if (rest.starts_with("...:")) {
        more = true;
        const std::size_t at = line.size() - rest.size() + 4;
        return at < line.size() && line[at] == ' ' ? at + 1 : at;
    }
    return 0;
}

std::size_t shell_prompt(std::string_view line) {
    std::size_t at = 0;
    if (line.starts_with('(')) {
        const std::size_t close = line.find(')');
        if (close == std::string_view::npos || line.find(' ') < close)
            return 0;
        at = close + 1;
        while (at < line.size() && line[at] == ' ')
            ++at;
    }
    const std::size_t word = at;
    while (at < line.size() && line[at] != '$' && !is_ascii_space(line[at]))
        ++at;
    // A word before the $ is that of a machine, else it is no prompt but text: "cost$ ".
    if (at > word && line.substr(word, at - word).find('@') == std::string_view::npos)
        return 0;
    if (at >= line.size() || line[at] != '$')
        return 0;
    if (at + 1 == line.size())
        return at + 1;
    return line[at + 1] == ' ' ? at + 2 : 0;
}

}  // namespace docathon::examples
