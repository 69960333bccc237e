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

}  // namespace

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
