#include "lint/parse/foreign_suppression.h"

#include <array>

#include "lint/core/strings.h"

namespace docathon {

namespace {

using Verb = ForeignComment::Verb;

struct Form {
    std::string_view name;
    Verb verb;
};
constexpr std::array<Form, 7> kForms = {{{"disable", Verb::disable},
                                         {"enable", Verb::enable},
                                         {"disable-line", Verb::line},
                                         {"disable-next-line", Verb::next_line},
                                         {"disable-file", Verb::file},
                                         {"capture", Verb::capture},
                                         {"restore", Verb::restore}}};

// What is longer is no list of rules; it also bounds what a comment may cost.
constexpr std::size_t kMostIds = 200;

std::string_view first_word(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && !is_ascii_space(text[end]))
        ++end;
    return text.substr(0, end);
}

/// Behind "markdownlint-" or "rumdl-".
std::optional<ForeignComment> parse_markdownlint(std::string_view text) {
    const std::string_view word = first_word(text);
    for (const Form& form : kForms) {
        // Words are compared without case, as both tools do.
        if (!ascii_iequals(form.name, word))
            continue;
        ForeignComment comment;
        comment.verb = form.verb;
        text = trim(text.substr(word.size()));
        while (!text.empty() && comment.ids.size() < kMostIds) {
            std::string_view id = first_word(text);
            // Names end where a reason begins: "MD013 -- a table".
            if (id.starts_with("--"))
                break;
            text = trim_left(text.substr(id.size()));
            while (id.ends_with(','))
                id.remove_suffix(1);
            if (!id.empty())
                comment.ids.emplace_back(id);
        }
        return comment;
    }
    return std::nullopt;
}

std::optional<ForeignComment> parse_vale(std::string_view text) {
    ForeignComment comment;
    comment.tool = SuppressionTool::vale;
    text = trim(text);
    if (text == "off" || text == "on") {
        comment.verb = text == "off" ? Verb::disable : Verb::enable;
        return comment;
    }
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos)
        return std::nullopt;
    const std::string_view rule = trim(text.substr(0, equals));
    const std::string_view value = trim(text.substr(equals + 1));
    // `vale Style.Rule["match"] = NO` is about some matches only: nothing of ours is as narrow.
    if (rule.find('.') == std::string_view::npos || rule.find('[') != std::string_view::npos ||
        (value != "NO" && value != "YES"))
        return std::nullopt;
    comment.verb = value == "NO" ? Verb::disable : Verb::enable;
    comment.ids.emplace_back(rule);
    return comment;
}

std::string_view skip_space(std::string_view text) {
    while (text.starts_with(' ') || text.starts_with('\t'))
        text.remove_prefix(1);
    return text;
}

/// The letters and digits of a code such as "D417" at the begin of `text`; empty if none is there.
std::string_view code_at(std::string_view text) {
    std::size_t letters = 0;
    while (letters < text.size() && is_ascii_alpha(text[letters]))
        ++letters;
    std::size_t end = letters;
    while (end < text.size() && is_ascii_digit(text[end]))
        ++end;
    if (letters == 0 || end == letters || (end < text.size() && is_ascii_alpha(text[end])))
        return {};
    return text.substr(0, end);
}

}  // namespace

bool may_be_noqa(std::string_view comment) {
    for (std::size_t at = 0; at + 4 <= comment.size(); ++at) {
        if ((comment[at] == 'n' || comment[at] == 'N') &&
            ascii_iequals(comment.substr(at, 4), "noqa"))
            return true;
    }
    return false;
}

std::optional<ForeignComment> parse_noqa(std::string_view comment) {
    for (std::size_t hash = comment.find('#'); hash != std::string_view::npos;
         hash = comment.find('#', hash + 1)) {
        std::string_view text = skip_space(comment.substr(hash + 1));
        ForeignComment found;
        found.tool = SuppressionTool::noqa;
        found.verb = Verb::line;
        found.reason = std::string(comment.substr(hash, 200));
        for (const std::string_view tool : {"flake8", "ruff"}) {
            const std::string_view rest = text.substr(std::min(text.size(), tool.size()));
            // A file is excused by a comment that says nothing else.
            if (hash == 0 && ascii_iequals(text.substr(0, tool.size()), tool) &&
                rest.starts_with(':')) {
                found.verb = Verb::file;
                text = skip_space(rest.substr(1));
                break;
            }
        }
        if (!ascii_iequals(text.substr(0, 4), "noqa"))
            continue;
        text.remove_prefix(4);
        if (!text.empty() && (is_ascii_alnum(text[0]) || text[0] == '_' || text[0] == '-'))
            continue;
        text = skip_space(text);
        if (!text.starts_with(':'))
            return found;
        text = skip_space(text.substr(1));
        while (found.ids.size() < kMostIds) {
            const std::string_view code = code_at(text);
            if (code.empty())
                break;
            found.ids.emplace_back(code);
            text = skip_space(text.substr(code.size()));
            if (text.starts_with(','))
                text = skip_space(text.substr(1));
        }
        if (!found.ids.empty())
            return found;
    }
    return std::nullopt;
}

std::optional<ForeignComment> parse_foreign_comment(std::string_view text) {
    text = trim(text);
    std::optional<ForeignComment> comment;
    if (text.starts_with("@lint-ignore")) {
        const std::string_view rest = text.substr(12);
        if (rest.empty() || is_ascii_space(rest.front())) {
            comment.emplace();
            comment->tool = SuppressionTool::lint_ignore;
            comment->verb = Verb::line;
        }
    } else if (ascii_iequals(text.substr(0, 13), "markdownlint-")) {
        comment = parse_markdownlint(text.substr(13));
    } else if (ascii_iequals(text.substr(0, 6), "rumdl-")) {
        comment = parse_markdownlint(text.substr(6));
    } else if (text.starts_with("vale ")) {
        comment = parse_vale(text.substr(5));
    }
    if (comment)
        comment->reason = std::string(text.substr(0, 200));
    return comment;
}

}  // namespace docathon
