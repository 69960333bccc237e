// Finding start-strings, end-strings and names in a text block.

#include "lint/parse/rst/inline.h"
#include "lint/parse/rst/inline_chars.h"

namespace docathon::rst {

/// A start-string may stand here: at the begin of what is left to read, behind white space or
/// behind an opening character.
bool Inliner::may_start(std::size_t at) const {
    if (anywhere_)
        return at == base_ || text_[at - 1] != '\0';
    return at == base_ ||
           (char_class(text_, previous_char(text_, base_, at)) & (kSpace | kBefore)) != 0;
}

/// An end-string may end here.
bool Inliner::may_end(std::size_t at) const {
    return anywhere_ || at == text_.size() || (char_class(text_, at) & (kSpace | kBehind)) != 0;
}

bool Inliner::no_space_at(std::size_t at) const {
    return at >= text_.size() || (char_class(text_, at) & kSpace) == 0;
}

/// A start-string between a pair such as ( and ) is none. `behind` is where it ends.
bool Inliner::is_quoted(std::size_t start, std::size_t behind) const {
    if (start == base_)
        return false;
    if (behind >= text_.size())
        return true;  // not quoted, but nothing can follow
    const std::size_t before = previous_char(text_, base_, start);
    return is_quote_pair(decode_one(text_, before).code_point,
                         decode_one(text_, behind).code_point);
}

/// Behind the backquote at `at`: length of `:role:` and of `_` or `__`, so that the construct may
/// end behind; kNone if it may not.
std::size_t Inliner::suffix_length(std::size_t at) const {
    const auto underscores = [this](std::size_t begin) {
        std::size_t count = 0;
        while (count < 2 && begin + count < text_.size() && text_[begin + count] == '_')
            ++count;
        for (;; --count) {
            if (may_end(begin + count))
                return begin + count;
            if (count == 0)
                return kNone;
        }
    };
    const std::size_t begin = at + 1;
    if (begin < text_.size() && text_[begin] == ':') {
        const std::size_t name = match_simple_name(text_, begin + 1);
        if (name > begin + 1 && name < text_.size() && text_[name] == ':') {
            if (const std::size_t end = underscores(name + 1); end != kNone)
                return end - begin;
        }
    }
    const std::size_t end = underscores(begin);
    return end == kNone ? kNone : end - begin;
}

/// Length of the end-string at `at` with what belongs to it, if it may end there; else kNone.
std::size_t Inliner::token_length(End end, std::size_t at) const {
    const std::string_view rest = text_.substr(at);
    switch (end) {
        case kEmphasis:
            return may_end(at + 1) ? 1 : kNone;
        case kStrong:
            return rest.substr(0, 2) == "**" && may_end(at + 2) ? 2 : kNone;
        case kLiteral:
            return rest.substr(0, 2) == "``" && may_end(at + 2) ? 2 : kNone;
        case kTarget:
            return may_end(at + 1) ? 1 : kNone;
        case kSubstitution:
            if (rest.substr(0, 3) == "|__" && may_end(at + 3))
                return 3;
            if (rest.substr(0, 2) == "|_" && may_end(at + 2))
                return 2;
            return may_end(at + 1) ? 1 : kNone;
        case kInterpreted: {
            const std::size_t suffix = suffix_length(at);
            return suffix == kNone ? kNone : 1 + suffix;
        }
    }
    return kNone;
}

/// Whether what stands before `at` (above base_) keeps an end-string from being one there.
bool Inliner::space_before(End end, std::size_t at) const {
    const std::size_t before = previous_char(text_, 0, at);
    const bool space = (char_class(text_, before) & kSpace) != 0;
    const bool escape = text_[before] == '\0';
    if (end == kLiteral)
        return space;
    if (end == kInterpreted && before > 0 && text_[before - 1] == '\0')
        return false;  // an escaped space
    return space || escape;
}

/// First end-string at or behind `from`. What is behind a place does not depend on where the search
/// began, so the last answer serves all searches from before it: all searches together are linear.
std::size_t Inliner::find_end(End end, std::size_t from) {
    Found& found = ends_[end];
    if (found.from != kNone && found.from <= from && (found.at == kNone || from <= found.at))
        return found.at;
    static constexpr std::array<char, kEnds> kFirst = {'*', '*', '`', '`', '|', '`'};
    found.from = from;
    for (std::size_t at = text_.find(kFirst[end], from); at != kNone;
         at = text_.find(kFirst[end], at + 1)) {
        if (!space_before(end, at) && token_length(end, at) != kNone) {
            found.at = at;
            return at;
        }
    }
    found.at = kNone;
    return kNone;
}

/// Begin of the longest piece before `end` that could be (the end of) a simple name.
std::size_t Inliner::name_stretch(std::size_t end) const {
    std::size_t first = end;
    while (first > base_) {
        const std::size_t before = previous_char(text_, base_, first);
        if ((char_class(text_, before) & kWord) != 0) {
            first = before;
            continue;
        }
        const char c = text_[before];
        const bool joint = c == '-' || c == '.' || c == '_' || c == '+' || c == ':';
        if (!joint || first == end || before == base_ ||
            (char_class(text_, previous_char(text_, base_, before)) & kWord) == 0)
            break;
        first = before;
        // Two joints in a row are none: the character before is a word's.
    }
    return first;
}

/// Begin of the `:role:` that stands before the backquote at `quote`, or kNone.
std::size_t Inliner::role_begin(std::size_t quote) const {
    if (quote < base_ + 3 || text_[quote - 1] != ':')
        return kNone;
    const std::size_t end = quote - 1;
    const std::size_t first = name_stretch(end);
    if (first == end)
        return kNone;
    if (first > base_ && text_[first - 1] == ':' && may_start(first - 1))
        return first - 1;
    for (std::size_t at = first; at < end; ++at) {
        if (text_[at] == ':' && may_start(at))
            return at;
    }
    return kNone;
}

/// End of the label of `[label]_` whose bracket is at `bracket`, or kNone.
std::size_t Inliner::label_end(std::size_t bracket) const {
    const auto closes = [this](std::size_t at) {
        return text_.substr(at, 2) == "]_" && may_end(at + 2);
    };
    const std::size_t begin = bracket + 1;
    if (begin >= text_.size())
        return kNone;
    std::size_t end = begin;
    if (text_[begin] == '*') {
        end = begin + 1;
    } else if (text_[begin] == '#') {
        end = match_simple_name(text_, begin + 1);
    } else {
        end = match_simple_name(text_, begin);
        if (end == begin)
            return kNone;
    }
    return closes(end) ? end : kNone;
}

}  // namespace docathon::rst
