#include "lint/parse/examples/collector.h"

#include <algorithm>
#include <array>

#include "lint/core/strings.h"
#include "lint/parse/examples/languages.h"
#include "lint/parse/examples/python_code.h"
#include "lint/parse/examples/shell_code.h"
#include "lint/parse/notebook.h"

namespace docathon::examples {

namespace {

/// Names that are longer are none.
constexpr std::size_t kLongestInline = 200;

/// "{code-block} Python" is labelled elsewhere; here `{.python}`, `python {title="x"}`, "Python".
std::string plain_label(std::string_view label) {
    label = trim(label);
    if (label.starts_with("lang="))
        label.remove_prefix(5);
    if (label.starts_with('{')) {
        label.remove_prefix(1);
        if (label.starts_with('.'))
            label.remove_prefix(1);
    }
    label = label.substr(0, label.find_first_of(" \t,{}:"));
    return ascii_lower(label);
}

bool is_magic(std::string_view line) {
    const std::string_view rest = trim(line);
    if (rest.empty())
        return false;
    // files = !ls
    const std::size_t equal = rest.find('=');
    if (equal != std::string_view::npos && equal > 0 &&
        trim(rest.substr(equal + 1)).starts_with('!') &&
        rest.substr(0, equal).find_first_not_of(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_., []") ==
            std::string_view::npos)
        return true;
    return rest.front() == '!' || line.front() == '%' || line.front() == '?' ||
           // What IPython's directive for Sphinx takes for a decorator.
           rest.starts_with("@savefig ") ||
           (rest.back() == '?' && rest.find(' ') == std::string_view::npos);
}

bool skips(std::string_view line) {
    for (const std::string_view mark : {"doctest:", "xdoctest:"}) {
        const std::size_t at = line.find(mark);
        if (at != std::string_view::npos &&
            line.find("+SKIP", at + mark.size()) != std::string_view::npos)
            return true;
    }
    return false;
}

bool is_diff_line(std::string_view line) {
    return line.size() > 1 && (line[0] == '+' || line[0] == '-') &&
           (line[1] == ' ' || line[1] == '\t' || is_ascii_alpha(line[1])) &&
           !is_ascii_digit(line[1]);
}

/// Whether what a diff leaves is Python: its lines may still have the space behind their mark.
bool is_python_diff(std::string_view text) {
    std::string plain;
    for (const std::string_view line : split_lines(text)) {
        plain += line.substr(line.starts_with(' ') ? 1 : 0);
        plain += '\n';
    }
    return looks_like_python(plain);
}

/// `<name>` or `{{ name }}`: a reader is to put something there.
bool has_placeholder(std::string_view line) {
    if (line.find("{{") != std::string_view::npos)
        return true;
    for (std::size_t at = line.find('<'); at != std::string_view::npos;
         at = line.find('<', at + 1)) {
        std::size_t end = at + 1;
        if (end >= line.size() || !is_ascii_alpha(line[end]))
            continue;
        while (end < line.size() && (is_ascii_alnum(line[end]) || line[end] == '_' ||
                                     line[end] == '-' || line[end] == ' ' || line[end] == '.'))
            ++end;
        if (end < line.size() && line[end] == '>')
            return true;
    }
    return false;
}

bool in_name(char c) {
    return is_ascii_alnum(c) || c == '_' || (c & 0x80) != 0;
}

/// Letters behind the last dot of file names that documentation speaks of.
bool is_suffix(std::string_view suffix) {
    constexpr std::array kSuffixes = std::to_array<std::string_view>(
        {"aar",   "bat",  "bin",  "c",     "cc",          "cfg",       "cmake", "cpp",
         "csv",   "cu",   "dll",  "dylib", "exe",         "framework", "gif",   "gz",
         "h",     "hpp",  "html", "ini",   "ipynb",       "jar",       "java",  "jpg",
         "js",    "json", "kt",   "lib",   "lock",        "log",       "md",    "mm",
         "onnx",  "pdf",  "png",  "pt",    "ptd",         "pte",       "pth",   "py",
         "pyi",   "pyx",  "rs",   "rst",   "safetensors", "sh",        "so",    "svg",
         "swift", "tar",  "tf",   "toml",  "ts",          "txt",       "whl",   "xcframework",
         "xml",   "yaml", "yml",  "zip"});
    return std::binary_search(kSuffixes.begin(), kSuffixes.end(), suffix);
}

/// End of the dotted name at the beginning of `text`; 0 if there is none.
std::size_t dotted_size(std::string_view text) {
    std::size_t at = 0;
    while (true) {
        const std::size_t begin = at;
        while (at < text.size() && in_name(text[at]))
            ++at;
        if (at == begin || is_ascii_digit(text[begin]))
            return 0;
        if (at + 1 >= text.size() || text[at] != '.' || !in_name(text[at + 1]))
            return at;
        ++at;
    }
}

/// A word of prose is no name; one with an underscore or a hump is.
bool looks_like_code(std::string_view name) {
    if (name.find_first_of("_.") != std::string_view::npos)
        return true;
    return std::any_of(name.begin() + 1, name.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
           std::any_of(name.begin(), name.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_path(std::string_view text) {
    if (text.find("//") != std::string_view::npos)
        return false;
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
        return in_name(c) || std::string_view("./-+@=").find(c) != std::string_view::npos;
    });
    if (!plain)
        return false;
    if (text.find('/') != std::string_view::npos)
        return text.size() > 1;
    const std::size_t dot = text.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || !is_suffix(text.substr(dot + 1)))
        return false;
    // a.b.c is a name.
    return dot + 2 < text.size() || text.find('.') == dot;
}

}  // namespace

bool Collector::has_prompt(const Block& block, bool python) const {
    return std::any_of(block.lines.begin(), block.lines.end(), [&](Range range) {
        bool more = false;
        const std::string_view line = bytes(range);
        return python ? python_prompt(line, more) != 0 && !more : shell_prompt(line) != 0;
    });
}

/// Whether nothing but comments stands before the first prompt of Python.
bool Collector::begins_with_prompt(const Block& block) const {
    const auto first = std::find_if(block.lines.begin(), block.lines.end(), [&](Range range) {
        const std::string_view line = trim(bytes(range));
        return !line.empty() && !line.starts_with('#');
    });
    bool more = false;
    return first == block.lines.end() || python_prompt(bytes(*first), more) != 0;
}

void Collector::choose_lines(const Block& block, CodeExample& example,
                             std::vector<Range>& code) const {
    const bool console = (example.flags & example_flag::kConsole) != 0;
    const bool python = example.language == CodeLanguage::python;
    const bool diff = example.language == CodeLanguage::diff ||
                      (python && !console &&
                       std::any_of(block.lines.begin(), block.lines.end(),
                                   [&](Range range) { return is_diff_line(bytes(range)); }));
    if (diff)
        example.flags |= example_flag::kDiff;
    bool goes_on = false;  // behind a prompt: `...`, or a backslash of a shell
    for (const Range range : block.lines) {
        const std::string_view line = bytes(range);
        if (!console) {
            if (python && !goes_on && is_magic(line)) {
                example.flags |= example_flag::kMagic;
                continue;
            }
            if (diff) {
                // What the change leaves: the other side is what one had before.
                if (line.starts_with('-') || line.starts_with("+++") || line.starts_with("@@"))
                    continue;
                const bool marked = line.starts_with('+') || line.starts_with(' ');
                code.push_back({range.begin + (marked ? 1 : 0), range.end});
                continue;
            }
            code.push_back(range);
            continue;
        }
        bool more = false;
        const std::size_t prompt = python ? python_prompt(line, more) : shell_prompt(line);
        const auto size = static_cast<std::uint32_t>(prompt);
        if (python ? prompt != 0 && (!more || goes_on) : prompt != 0) {
            code.push_back({range.begin + size, range.end});
            goes_on = python || line.ends_with('\\');
        } else if (!python && goes_on) {
            code.push_back(range);
            goes_on = line.ends_with('\\');
        } else {
            goes_on = false;
            if (!trim(line).empty())
                example.flags |= example_flag::kOutput;
        }
    }
}

void Collector::add(const Block& block) {
    CodeExample example;
    example.origin = block.origin;
    example.place = block.place;
    example.flags = block.flags;
    example.group = block.group;
    example.docstring = block.docstring;
    example.range = block.range;
    example.language_range = block.label_range;
    const std::string label = plain_label(block.label);
    const Labelled labelled = language_of(label);
    example.language = labelled.language;
    example.language_text = pool_.keep(label);
    std::size_t size = 0;
    for (const Range line : block.lines)
        size += line.size() + 1;
    if (size > kMostBytes) {
        example.flags |= example_flag::kTooLarge;
        facts_.examples.push_back(example);
        return;
    }
    const bool unsaid = example.language == CodeLanguage::none;
    if (unsaid)
        example.origin = LanguageOrigin::none;
    if ((unsaid || example.language == CodeLanguage::python || labelled.console) &&
        has_prompt(block, true)) {
        example.language = CodeLanguage::python;
        example.flags |= example_flag::kConsole;
        if (!begins_with_prompt(block))
            example.flags |= example_flag::kMixed;
        if (unsaid)
            example.origin = LanguageOrigin::doctest;
    } else if ((unsaid || example.language == CodeLanguage::shell) && has_prompt(block, false)) {
        example.language = CodeLanguage::shell;
        example.flags |= example_flag::kConsole;
        if (unsaid)
            example.origin = LanguageOrigin::prompt;
    }
    std::vector<Range> lines;
    choose_lines(block, example, lines);
    MappedText code;
    example.pieces.first = static_cast<std::uint32_t>(facts_.pieces.size());
    for (const Range line : lines) {
        // With its line end, where there is one: lines without indentation make one piece.
        Range whole = line;
        if (whole.end < source_.size() && source_[whole.end] == '\n')
            ++whole.end;
        if (facts_.pieces.size() > example.pieces.first && facts_.pieces.back().end == whole.begin)
            facts_.pieces.back().end = whole.end;
        else
            facts_.pieces.push_back(whole);
        code.append(source_, whole);
        if (whole.end == line.end)
            code.append_virtual("\n", line.end);
        if (skips(bytes(line)))
            example.flags |= example_flag::kSkipped;
        if (has_placeholder(bytes(line)))
            example.flags |= example_flag::kPlaceholder;
    }
    example.pieces.count = static_cast<std::uint32_t>(facts_.pieces.size()) - example.pieces.first;
    if (example.language == CodeLanguage::none && looks_like_python(code.text())) {
        example.language = CodeLanguage::python;
        example.origin = LanguageOrigin::guess;
    }
    if (example.language == CodeLanguage::python ||
        (example.language == CodeLanguage::diff && is_python_diff(code.text())))
        read_python(code, outline_, pool_, facts_, example);
    if (example.language == CodeLanguage::shell || example.language == CodeLanguage::none ||
        example.language == CodeLanguage::yaml || example.language == CodeLanguage::json ||
        example.language == CodeLanguage::toml) {
        for (const Range line : lines)
            add_words(line);
    }
    const bool guessed = example.language == CodeLanguage::none && looks_like_shell(code.text());
    const bool cell = (example.flags & example_flag::kMagic) != 0;
    if (example.language == CodeLanguage::shell || guessed || cell) {
        ShellText like;
        like.example = static_cast<std::uint32_t>(facts_.examples.size());
        like.docstring = block.docstring;
        like.guessed = guessed;
        read_shell(source_, block.lines, labelled.console, cell, like, facts_);
    }
    facts_.examples.push_back(example);
}

void Collector::add_cell(const std::vector<Range>& strings, Range cell) {
    CodeExample example;
    example.origin = LanguageOrigin::kernel;
    example.place = ExamplePlace::notebook;
    example.language = CodeLanguage::python;
    example.flags = example_flag::kJson;
    example.range = cell;
    // Lines as JSON has them: a line end is `\n`, in two letters.
    std::vector<Range> lines;
    std::size_t size = 0;
    for (const Range inside : strings) {
        size += inside.size();
        std::uint32_t begin = inside.begin;
        for (std::uint32_t at = begin; at < inside.end; ++at) {
            if (source_[at] != '\\')
                continue;
            if (at + 1 < inside.end && source_[at + 1] == 'n') {
                lines.push_back({begin, at});
                begin = at + 2;
            }
            ++at;
        }
        if (begin < inside.end)
            lines.push_back({begin, inside.end});
    }
    if (size > kMostBytes) {
        example.flags |= example_flag::kTooLarge;
        facts_.examples.push_back(example);
        return;
    }
    MappedText code;
    example.pieces.first = static_cast<std::uint32_t>(facts_.pieces.size());
    for (const Range line : lines) {
        const std::string_view text = trim(bytes(line));
        // A cell of another language, or a session as it was printed.
        if (text.starts_with("%%") || text.starts_with(">>>"))
            return facts_.pieces.resize(example.pieces.first);
        if (is_magic(text) || text.find("= %") != std::string_view::npos) {
            example.flags |= example_flag::kMagic;
            continue;
        }
        if (has_placeholder(text))
            example.flags |= example_flag::kPlaceholder;
        facts_.pieces.push_back(line);
        append_json(code, source_, line);
        code.append_virtual("\n", line.end);
    }
    example.pieces.count = static_cast<std::uint32_t>(facts_.pieces.size()) - example.pieces.first;
    read_python(code, outline_, pool_, facts_, example);
    facts_.examples.push_back(example);
}

void Collector::add_inline(InlineKind kind, std::string_view role, Range range,
                           std::uint32_t docstring) {
    std::string_view text = bytes(range);
    if (kind == InlineKind::role) {
        // `title <target>`
        const std::size_t angle = text.rfind('<');
        if (text.ends_with('>') && angle != std::string_view::npos) {
            range.begin += static_cast<std::uint32_t>(angle) + 1;
            --range.end;
            text = bytes(range);
        }
        if (text.starts_with('!'))
            return;
    }
    if (text.starts_with('~')) {
        ++range.begin;
        text.remove_prefix(1);
    }
    const std::string_view trimmed = trim(text);
    range.begin += static_cast<std::uint32_t>(trimmed.empty() ? 0 : trimmed.data() - text.data());
    if (trimmed.size() < 2 || trimmed.size() > kLongestInline)
        return;
    if (kind == InlineKind::code_span && is_shell_span(trimmed)) {
        ShellText like;
        like.docstring = docstring;
        const auto end = range.begin + static_cast<std::uint32_t>(trimmed.size());
        read_shell(source_, {Range{range.begin, end}}, false, false, like, facts_);
        return;
    }
    InlineName out;
    out.kind = kind;
    out.docstring = docstring;
    std::size_t size = trimmed.size();
    if (trimmed.starts_with("--") && in_name(trimmed[2 % trimmed.size()])) {
        size = std::min(trimmed.find_first_of(" =,"), trimmed.size());
        out.shape = InlineShape::option;
    } else if (is_path(trimmed)) {
        out.shape = InlineShape::path;
    } else {
        size = dotted_size(trimmed);
        if (size == 0)
            return;
        out.called = size < trimmed.size() && trimmed[size] == '(' && trimmed.ends_with(')');
        if (size < trimmed.size() && !out.called)
            return;
        if (!out.called && kind != InlineKind::role && !looks_like_code(trimmed))
            return;
    }
    out.text = pool_.keep(trimmed.substr(0, size));
    out.role = pool_.keep(role);
    out.range = {range.begin, range.begin + static_cast<std::uint32_t>(size)};
    facts_.inline_names.push_back(out);
}

void Collector::add_words(Range line) {
    const std::string_view text = bytes(line);
    const auto in_dotted = [](char c) { return in_name(c) || c == '.'; };
    for (std::size_t at = 0; at < text.size();) {
        if (text[at] == '#')
            return;
        if (!in_dotted(text[at])) {
            ++at;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && in_dotted(text[end]))
            ++end;
        const std::string_view word = text.substr(at, end - at);
        // Parts of paths, addresses and options are none; modules that are run are for the rules
        // on commands.
        constexpr std::string_view kJoins = "/-@$~\\+";
        const bool joined =
            (at > 0 && kJoins.find(text[at - 1]) != std::string_view::npos) ||
            (end < text.size() && kJoins.find(text[end]) != std::string_view::npos) ||
            trim_right(text.substr(0, at)).ends_with(" -m");
        if (!joined && dotted_size(word) == word.size() && !is_path(word) &&
            std::count(word.begin(), word.end(), '.') >= 2) {
            InlineName out;
            out.kind = InlineKind::word;
            out.text = pool_.keep(word);
            out.range = {line.begin + static_cast<std::uint32_t>(at),
                         line.begin + static_cast<std::uint32_t>(end)};
            facts_.inline_names.push_back(out);
        }
        at = end;
    }
}

void Collector::add_included(std::string_view target, Range range) {
    IncludedCode out;
    out.target = pool_.keep(target);
    out.range = range;
    out.options.first = static_cast<std::uint32_t>(facts_.options.size());
    facts_.included.push_back(out);
}

void Collector::add_option(std::string_view name, std::string_view value, Range range) {
    facts_.options.push_back({pool_.keep(name), pool_.keep(value), range});
    ++facts_.included.back().options.count;
}

std::shared_ptr<const ExampleFacts> Collector::take() {
    if (facts_.examples.empty() && facts_.inline_names.empty() && facts_.included.empty() &&
        facts_.shell_texts.empty() && facts_.script == nullptr)
        return nullptr;
    // Words of blocks were added when their block was read.
    std::stable_sort(
        facts_.inline_names.begin(), facts_.inline_names.end(),
        [](const InlineName& a, const InlineName& b) { return a.range.begin < b.range.begin; });
    return std::make_shared<const ExampleFacts>(std::move(facts_));
}

}  // namespace docathon::examples
