#include "lint/report/rule_help.h"

#include <algorithm>

#include "lint/core/strings.h"
#include "lint/core/utf8.h"

namespace docathon {
namespace {

constexpr int kDeepestValue = 8;
constexpr std::size_t kMostExamples = 3;
constexpr std::size_t kLongestFile = 2000;  // code points of an example's file

std::string_view type_name(OptionType type) {
    switch (type) {
        case OptionType::boolean:
            return "boolean";
        case OptionType::integer:
            return "integer";
        case OptionType::string:
            return "string";
        case OptionType::string_list:
            return "string-list";
        case OptionType::regex:
            return "regex";
        case OptionType::regex_list:
            return "regex-list";
        case OptionType::choice:
            return "choice";
    }
    return "string";
}

std::string value_text(const Value& value, int depth) {
    if (depth > kDeepestValue)
        return "...";
    switch (value.kind) {
        case Value::Kind::null:
            return "null";
        case Value::Kind::scalar:
            return value.quoted ? '"' + value.text + '"' : value.text;
        case Value::Kind::list:
        case Value::Kind::map:
            break;
    }
    std::string text = value.is_map() ? "{" : "[";
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        if (i > 0)
            text += ", ";
        if (value.is_map() && i < value.keys.size())
            text += value.keys[i].text + ": ";
        text += value_text(value.items[i], depth + 1);
    }
    return text + (value.is_map() ? "}" : "]");
}

/// Examples that show an offence, those with the shortest files first in the rule's own order.
std::vector<const RuleExample*> offences(const RuleSpec& spec) {
    std::vector<const RuleExample*> chosen;
    for (const RuleExample& example : spec.examples) {
        if (!example.expect.empty() && chosen.size() < kMostExamples)
            chosen.push_back(&example);
    }
    return chosen;
}

/// Valid UTF-8 with line breaks and tabs kept; all other control characters visible.
std::string printable(std::string_view text) {
    std::string safe;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i] != '\n' && text[i] != '\t')
            continue;
        safe += escape_control(text.substr(begin, i - begin));
        if (i < text.size())
            safe += text[i];
        begin = i + 1;
    }
    return safe;
}

std::string file_text(const std::string& content) {
    std::string text = shorten(printable(content), kLongestFile);
    if (!text.empty() && text.back() != '\n')
        text += '\n';
    return text;
}

std::string code_block(const std::string& content) {
    std::size_t longest = 2;
    std::size_t run = 0;
    for (const char c : content) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    const std::string fence(longest + 1, '`');
    return fence + "\n" + content + fence + "\n";
}

/// The page with or without Markdown's marks: one text, so that the two cannot drift apart.
class Page {
  public:
    explicit Page(bool markdown) : markdown_(markdown) {}

    void title(std::string_view text) {
        gap();
        text_ += markdown_ ? "## " + std::string(text) + "\n" : std::string(text) + "\n";
    }
    void paragraph(std::string_view text) {
        if (trim(text).empty())
            return;
        gap();
        text_ += printable(trim(text));
        text_ += '\n';
    }
    void item(std::string_view text) { text_ += "- " + printable(one_line(text)) + '\n'; }
    std::string code(std::string_view text) const {
        if (!markdown_)
            return '\'' + std::string(text) + '\'';
        if (text.find('`') != std::string_view::npos)
            return "`` " + std::string(text) + " ``";
        return '`' + std::string(text) + '`';
    }
    void block(const std::string& content) {
        gap();
        if (markdown_) {
            text_ += code_block(content);
            return;
        }
        for (const std::string_view line : split_lines(content)) {
            text_ += line.empty() ? "\n" : "    " + std::string(line) + '\n';
        }
    }
    /// An empty line, unless nothing stands before.
    void gap() {
        if (!text_.empty())
            text_ += '\n';
    }
    std::string take() { return std::move(text_); }

  private:
    bool markdown_;
    std::string text_;
};

std::string help(const RuleSpec& spec, bool markdown) {
    Page page(markdown);
    page.paragraph(spec.summary.empty() ? spec.id : spec.summary);
    page.paragraph(spec.rationale);
    if (!spec.silent.empty()) {
        page.title("What stays silent");
        page.gap();
        for (const std::string& line : spec.silent)
            page.item(line);
    }
    if (!spec.options.empty()) {
        page.title("Options");
        page.gap();
        for (const OptionSpec& option : spec.options) {
            std::string line = page.code(option.name) + " (" + std::string(type_name(option.type));
            for (std::size_t i = 0; i < option.choices.size(); ++i) {
                line += (i == 0 ? ": " : ", ") + option.choices[i];
            }
            line +=
                ", default " + page.code(value_text(option.default_value)) + "): " + option.help;
            page.item(line);
        }
    }
    const std::vector<const RuleExample*> examples = offences(spec);
    if (!examples.empty())
        page.title(examples.size() == 1 ? "Example" : "Examples");
    for (const RuleExample* example : examples) {
        for (const auto& [path, content] : example->files) {
            page.paragraph(page.code(path) + ':');
            page.block(file_text(content));
        }
        page.gap();
        for (const ExpectedFinding& finding : example->expect) {
            std::string line = finding.file + ": " + page.code(one_line(finding.text));
            if (!finding.message.empty())
                line += ": " + finding.message;
            page.item(line);
        }
    }
    page.title("How to silence it");
    page.paragraph(
        "One place: " + page.code("<!-- docathon-lint: ignore[" + spec.id + "] why -->") +
        " on a line of its own before it, or at the end of its line. The whole file: " +
        page.code("<!-- docathon-lint: ignore-file[" + spec.id + "] why -->") +
        ". Everywhere: " + page.code("rules: {" + spec.id + ": off}") + " in " +
        page.code(".docathon-lint.yaml") + ".");
    return page.take();
}

}  // namespace

std::string rule_help_text(const RuleSpec& spec) {
    return help(spec, false);
}

std::string rule_help_markdown(const RuleSpec& spec) {
    return help(spec, true);
}

std::string one_line(std::string_view text) {
    std::string line;
    bool gap = false;
    for (const char c : text) {
        if (is_ascii_space(c)) {
            gap = !line.empty();
            continue;
        }
        if (gap)
            line += ' ';
        gap = false;
        line += c;
    }
    return line;
}

std::string shorten(std::string text, std::size_t most) {
    if (text.size() <= most)
        return text;
    std::size_t end = 0;
    std::size_t cut = 0;  // where the text ends if the mark is to fit
    for (std::size_t count = 0; end < text.size(); ++count) {
        if (count + 1 == most)
            cut = end;
        if (count == most) {
            text.resize(cut);
            return text + "…";
        }
        end += decode_one(text, end).length;
    }
    return text;
}

std::string value_text(const Value& value) {
    return value_text(value, 0);
}

}  // namespace docathon
