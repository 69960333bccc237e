#include "lint/project/index/notebook_words.h"

#include "lint/core/strings.h"

namespace docathon {

namespace {

/// Calls `take` for each word. What a backslash escapes is none of one: "\nname" is a line end.
template <class Take>
void each_word(std::string_view text, const Take& take) {
    constexpr std::size_t kLongest = 200;  // beyond are pictures
    const auto in_word = [](char c) {
        return is_ascii_alnum(c) || c == '_' || c == '-' || (c & 0x80) != 0;
    };
    std::size_t at = 0;
    while (at < text.size()) {
        if (text[at] == '\\') {
            at += 2;
            continue;
        }
        std::size_t end = at;
        while (end < text.size() && in_word(text[end]))
            ++end;
        std::string_view word = text.substr(at, end - at);
        while (word.starts_with('_'))
            word.remove_prefix(1);
        while (word.ends_with('_'))
            word.remove_suffix(1);
        if (!word.empty() && word.size() <= kLongest)
            take(ascii_lower(word));
        at = end == at ? at + 1 : end;
    }
}

}  // namespace

void NotebookWords::add(std::string_view json) {
    each_word(json, [this](std::string word) { words_.insert(std::move(word)); });
}

bool NotebookWords::may_have(std::string_view name) const {
    if (unread_)
        return true;
    bool all = true;
    each_word(name, [&](const std::string& word) { all = all && words_.contains(word); });
    return all;
}

}  // namespace docathon
