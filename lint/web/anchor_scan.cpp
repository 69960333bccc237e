#include "lint/web/anchor_scan.h"

#include <algorithm>

#include "lint/core/strings.h"

namespace docathon {

namespace {

constexpr std::size_t kLongestName = 32;    // of tags and attributes: longer ones mean nothing here
constexpr std::size_t kLongestOther = 128;  // of values that are no ids: generators, addresses

constexpr std::string_view kPrefix = "user-content-";  // what code hosts put before ids

/// Generators whose scripts add menus and search, not anchors.
constexpr std::string_view kGenerators[] = {"docutils", "sphinx",     "mkdocs",  "hugo",
                                            "jekyll",   "doxygen",    "rustdoc", "javadoc",
                                            "pdoc",     "asciidoctor"};

void append(std::string& text, char c, std::size_t most) {
    if (text.size() <= most)
        text += c;  // one more than allowed: then it equals nothing
}

}  // namespace

AnchorScanner::AnchorScanner(const std::vector<std::string>& fragments)
    : found_(fragments.size()), missing_(fragments.size()), longest_(kLongestOther) {
    for (std::size_t i = 0; i < fragments.size(); ++i) {
        const std::string decoded = percent_decode(fragments[i]);
        wanted_[decoded].push_back(i);
        if (decoded != fragments[i])
            wanted_[fragments[i]].push_back(i);
        longest_ = std::max(longest_, fragments[i].size() + kPrefix.size());
    }
}

bool AnchorScanner::feed(std::string_view piece) {
    for (const char c : piece) {
        step(c);
        if (missing_ == 0)
            return true;
    }
    return missing_ == 0;
}

void AnchorScanner::step(char c) {
    switch (state_) {
        case State::text:
            if (c == '<')
                state_ = State::tag_open;
            return;
        case State::tag_open:
            if (is_ascii_alpha(c)) {
                tag_.assign(1, ascii_lower(c));
                name_.clear();
                meta_name_.clear();
                meta_content_.clear();
                state_ = State::tag_name;
            } else if (c == '!' || c == '/' || c == '?') {
                tail_.clear();
                state_ = State::markup;
            } else if (c != '<') {
                state_ = State::text;
            }
            return;
        case State::tag_name:
            if (c == '>')
                return end_tag();
            if (is_ascii_space(c) || c == '/')
                state_ = State::in_tag;
            else
                append(tag_, ascii_lower(c), kLongestName);
            return;
        case State::in_tag:
            if (c == '>')
                return end_tag();
            if (is_ascii_space(c) || c == '/')
                return;
            name_.assign(1, ascii_lower(c));
            state_ = State::attribute;
            return;
        case State::attribute:
            if (c == '>')
                return end_tag();
            if (c == '=')
                state_ = State::before_value;
            else if (is_ascii_space(c))
                state_ = State::after_name;
            else if (c == '/')
                state_ = State::in_tag;
            else
                append(name_, ascii_lower(c), kLongestName);
            return;
        case State::after_name:
            if (c == '>')
                return end_tag();
            if (c == '=') {
                state_ = State::before_value;
            } else if (!is_ascii_space(c)) {
                name_.assign(1, ascii_lower(c));
                state_ = State::attribute;
            }
            return;
        case State::before_value:
            if (is_ascii_space(c))
                return;
            if (c == '>')
                return end_tag();
            value_.clear();
            quote_ = c == '"' || c == '\'' ? c : '\0';
            if (quote_ == 0)
                value_ += c;
            state_ = State::value;
            return;
        case State::value:
            if (quote_ != 0 ? c == quote_ : is_ascii_space(c) || c == '>') {
                end_attribute();
                state_ = State::in_tag;
                if (c == '>')
                    end_tag();
                return;
            }
            append(value_, c, longest_);
            return;
        case State::markup:
            if (tail_.size() < 2) {
                tail_ += c;
                if (tail_ == "--") {
                    tail_.clear();
                    state_ = State::comment;
                    return;
                }
            }
            if (c == '>')
                state_ = State::text;
            return;
        case State::comment:
            if (c == '>' && tail_.ends_with("--")) {
                state_ = State::text;
                return;
            }
            tail_ = c == '-' ? (tail_.size() < 2 ? tail_ + c : tail_) : std::string();
            return;
        case State::raw: {
            // tail_ is the part of "</script" that was seen last.
            const std::string end = "</" + tag_;
            if (tail_.size() == end.size()) {
                if (c == '>') {
                    state_ = State::text;
                    return;
                }
                if (is_ascii_space(c))
                    return;  // "</script   >"
                tail_.clear();
            }
            if (ascii_lower(c) == end[tail_.size()])
                tail_ += ascii_lower(c);
            else
                tail_.assign(c == '<' ? 1 : 0, '<');
            return;
        }
    }
}

void AnchorScanner::end_attribute() {
    if (tag_ == "meta") {
        if (name_ == "name")
            meta_name_ = ascii_lower(value_);
        else if (name_ == "content")
            meta_content_ = ascii_lower(value_);
        return;
    }
    if (tag_ == "script" && value_.find("documentation_options.js") != std::string::npos)
        known_generator_ = true;
    if (name_ == "id" || name_ == "name")
        match(value_);
}

void AnchorScanner::end_tag() {
    state_ = State::text;
    if (tag_ == "meta" && meta_name_ == "generator") {
        for (const std::string_view name : kGenerators)
            known_generator_ = known_generator_ || meta_content_.find(name) != std::string::npos;
    }
    script_ = script_ || tag_ == "script";
    if (tag_ == "script" || tag_ == "style") {
        tail_.clear();
        state_ = State::raw;
    }
}

void AnchorScanner::match(std::string_view value) {
    const auto mark = [&](std::string_view name) {
        const auto at = wanted_.find(name);
        if (at == wanted_.end())
            return;
        for (const std::size_t fragment : at->second) {
            missing_ -= found_[fragment] ? 0 : 1;
            found_[fragment] = true;
        }
    };
    mark(value);
    if (value.starts_with(kPrefix))
        mark(value.substr(kPrefix.size()));
}

}  // namespace docathon
