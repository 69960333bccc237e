#include "lint/model/url_answers.h"

#include <algorithm>
#include <vector>

#include "lint/core/strings.h"

namespace docathon {

namespace {

int to_number(std::string_view text) {
    int number = 0;
    for (const char c : text.substr(0, 6))
        number = is_ascii_digit(c) ? number * 10 + (c - '0') : number;
    return number;
}

}  // namespace

const UrlAnswer* UrlAnswers::find(FileId file, const std::string& target) const {
    const auto found = by_target.find(target);
    if (found == by_target.end() || left_out.count({file, target}) != 0)
        return nullptr;
    return &found->second;
}

std::string reason_text(std::string_view reason) {
    constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
        {"anchor", "the page has no such anchor"},
        {"body", "the page could not be read to its end"},
        {"connect", "its host accepts no connection"},
        {"dns", "its host has no address"},
        {"dropped", "the host closes the connection"},
        {"front-page", "it redirects to the front page"},
        {"malformed", "the answer is not HTTP"},
        {"not asked", "not asked"},
        {"offline", "no host answers, so this machine may have no network"},
        {"page-size", "the page is too large to look for the anchor"},
        {"private", "its address is not public"},
        {"redirect", "it redirects to what cannot be asked"},
        {"redirects", "it redirects without end"},
        {"script", "a script may make the anchor"},
        {"soft-404", "its host answers 200 whatever is asked"},
        {"timeout", "no answer in time"},
        {"tls", "no trustworthy TLS connection"},
        {"url", "it is no URL that can be asked"},
    };
    for (const auto& [name, text] : kTexts) {
        if (name == reason)
            return std::string(text);
    }
    return "it answers " + std::string(reason);
}

std::optional<UrlAnswer> read_url_answer(std::string_view text) {
    const std::vector<std::string_view> words = split(text, ' ');
    const auto word = [&](std::size_t i) {
        return i < words.size() ? words[i] : std::string_view();
    };
    UrlAnswer answer;
    answer.reason = word(1);
    if (words[0] == "good") {
        answer.state = UrlAnswer::State::good;
    } else if (words[0] == "moved") {
        answer.state = UrlAnswer::State::good;
        answer.reason = "200";
        answer.moved = word(1);
    } else if (words[0] == "failing") {
        answer.state = UrlAnswer::State::failing;
    } else if (words[0] == "dead") {
        answer.state = UrlAnswer::State::dead;
        answer.days = to_number(word(2));
        answer.checks = to_number(word(3));
    } else if (words[0] != "unverified") {
        return std::nullopt;
    }
    return answer;
}

}  // namespace docathon
