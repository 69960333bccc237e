#include "lint/parse/rst/inline_uri.h"

#include "lint/parse/rst/inline_chars.h"

namespace docathon::rst {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

std::uint8_t ascii_class(std::string_view text, std::size_t at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    return byte < 0x80 ? kAsciiClass[byte] : 0;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool may_begin(std::string_view text, std::size_t at, bool anywhere = false) {
    if (anywhere)
        return at == 0 || text[at - 1] != '\0';
    return at == 0 || (char_class(text, previous_char(text, 0, at)) & (kSpace | kBefore)) != 0;
}

bool may_end(std::string_view text, std::size_t at, bool anywhere = false) {
    return anywhere || at == text.size() || (char_class(text, at) & (kSpace | kBehind)) != 0;
}

/// Whether the character at `at` can be the last of a URI.
bool is_uri_end(std::string_view text, std::size_t at) {
    const std::uint8_t bits = ascii_class(text, at);
    return (bits & kUriLast) != 0 ||
           ((bits & kUri) != 0 && at + 1 < text.size() && text[at + 1] == '>');
}

std::size_t uri_run(std::string_view text, std::size_t at) {
    while (at < text.size() && (ascii_class(text, at) & kUri) != 0)
        ++at;
    return at;
}

/// Longest end in (begin, end] of a piece of a URI, with what may follow it.
std::size_t longest_end(std::string_view text, std::size_t begin, std::size_t end, bool anywhere) {
    for (std::size_t at = end; at > begin; --at) {
        if (is_uri_end(text, at - 1) && may_end(text, at, anywhere))
            return at;
    }
    return kNone;
}

/// End of `#fragment` at `at`, or kNone.
std::size_t match_fragment(std::string_view text, std::size_t at, bool anywhere) {
    if (at >= text.size() || text[at] != '#')
        return kNone;
    return longest_end(text, at + 1, uri_run(text, at + 1), anywhere);
}

/// End of `?query#fragment` or `#fragment` at `at`, or kNone.
std::size_t match_query(std::string_view text, std::size_t at, bool anywhere) {
    if (at < text.size() && text[at] == '?') {
        const std::size_t run = uri_run(text, at + 1);
        if (run > at + 1) {
            if (is_uri_end(text, run - 1)) {
                if (const std::size_t end = match_fragment(text, run, anywhere); end != kNone)
                    return end;
            }
            if (const std::size_t end = longest_end(text, at + 1, run, anywhere); end != kNone)
                return end;
        }
        return kNone;
    }
    return match_fragment(text, at, anywhere);
}

/// End of the URI whose scheme ends at `colon`, or kNone; `run` becomes the end of its first part.
std::size_t match_absolute(std::string_view text, std::size_t colon, std::size_t& run,
                           bool anywhere) {
    run = uri_run(text, colon + 1);
    if (run == colon + 1)
        return kNone;
    if (is_uri_end(text, run - 1)) {
        if (const std::size_t end = match_query(text, run, anywhere); end != kNone)
            return end;
    }
    return longest_end(text, colon + 1, run, anywhere);
}

/// Begin of the name that ends at `at` (an '@'), not before `from`, or kNone.
std::size_t match_mail_name(std::string_view text, std::size_t from, std::size_t at,
                            bool anywhere) {
    if (at == from || text[at - 1] == '\0' || (ascii_class(text, at - 1) & kMail) == 0)
        return kNone;
    std::size_t first = at;
    while (first > from) {
        if ((ascii_class(text, first - 1) & kMail) != 0) {
            --first;
        } else if (text[first - 1] == '.' && text[first] != '.' && first - 1 > from &&
                   (ascii_class(text, first - 2) & kMail) != 0) {
            --first;
        } else {
            break;
        }
    }
    for (; first < at; ++first) {
        if ((ascii_class(text, first) & kMail) != 0 && may_begin(text, first, anywhere))
            return first;
    }
    return kNone;
}

/// End of the host that begins behind the '@' at `at`, or kNone; `run` becomes the end of what
/// looks like a host. `whole`: it must end at the end of the text.
std::size_t match_mail_host(std::string_view text, std::size_t at, std::size_t& run, bool whole,
                            bool anywhere) {
    const std::size_t begin = at + 1;
    run = begin;
    while (run < text.size() && ((ascii_class(text, run) & kMail) != 0 || text[run] == '.'))
        ++run;
    // At least one character that is no dot, then anything, then the last one.
    if (run == begin || text[begin] == '.')
        return kNone;
    const auto fits = [&](std::size_t end) {
        return whole ? end == text.size() : may_end(text, end, anywhere);
    };
    if (run < text.size() && is_uri_end(text, run) && fits(run + 1))
        return run + 1;
    for (std::size_t end = run; end > begin + 1; --end) {
        if (is_uri_end(text, end - 1) && fits(end))
            return end;
        if (whole)
            break;
    }
    return kNone;
}

std::size_t digits_end(std::string_view text, std::size_t at) {
    while (at < text.size() && is_digit(text[at]))
        ++at;
    return at;
}

/// Behind the white space at `at`.
std::size_t spaces_end(std::string_view text, std::size_t at) {
    while (at < text.size() && (char_class(text, at) & kSpace) != 0)
        at += decode_one(text, at).length;
    return at;
}

/// The longest run of digits at `at` behind which the match may end; 0 digits: none.
std::size_t number_end(std::string_view text, std::size_t at) {
    const std::size_t end = digits_end(text, at);
    return end > at && may_end(text, end) ? end : kNone;
}

}  // namespace

bool find_uri(std::string_view text, std::size_t from, UriMatch& match, bool anywhere) {
    std::size_t hopeless = 0;  // no URI has its colon before this
    std::size_t mail_from = 0;
    for (std::size_t at = from; at < text.size(); ++at) {
        if (text[at] == ':') {
            if (at < hopeless)
                continue;
            std::size_t first = at;
            while (first > 0 && (ascii_class(text, first - 1) & kScheme) != 0)
                --first;
            while (first < at && !(is_letter(text[first]) && may_begin(text, first, anywhere)))
                ++first;
            if (first == at)
                continue;
            std::size_t run = 0;
            const std::size_t end = match_absolute(text, at, run, anywhere);
            if (end != kNone) {
                match = {first, end, at, false};
                return true;
            }
            hopeless = run;
        } else if (text[at] == '@') {
            std::size_t run = 0;
            const std::size_t first = match_mail_name(text, mail_from, at, anywhere);
            if (first == kNone)
                continue;
            const std::size_t end = match_mail_host(text, at, run, false, anywhere);
            if (end != kNone) {
                match = {first, end, 0, true};
                return true;
            }
        }
    }
    return false;
}

bool begins_with_uri(std::string_view text, bool anywhere) {
    if (!text.empty() && is_letter(text[0])) {
        std::size_t colon = 1;
        while (colon < text.size() && (ascii_class(text, colon) & kScheme) != 0)
            ++colon;
        std::size_t run = 0;
        if (colon < text.size() && text[colon] == ':' &&
            match_absolute(text, colon, run, anywhere) != kNone)
            return true;
    }
    const std::size_t at = text.find('@');
    std::size_t run = 0;
    return at != kNone && at > 0 && match_mail_name(text, 0, at, false) == 0 &&
           match_mail_host(text, at, run, false, anywhere) != kNone;
}

bool is_mail_address(std::string_view text) {
    const std::size_t at = text.find('@');
    std::size_t run = 0;
    return at != kNone && at > 0 && match_mail_name(text, 0, at, false) == 0 &&
           match_mail_host(text, at, run, true, false) != kNone;
}

std::string adjust_uri(std::string_view uri) {
    std::string out = is_mail_address(uri) ? "mailto:" : "";
    return out += uri;
}

bool find_pep(std::string_view text, std::size_t from, NumberMatch& match) {
    for (std::size_t at = from; at + 4 < text.size(); ++at) {
        const std::string_view head = text.substr(at, 4);
        if (head == "pep-" && may_begin(text, at)) {
            const std::size_t end = digits_end(text, at + 4);
            if (end == at + 4)
                continue;
            match = {at, end, text.substr(at + 4, end - at - 4)};
            // `(.txt)?` with a dot that stands for any character but a newline.
            if (end < text.size() && text[end] != '\n') {
                const std::size_t txt = end + decode_one(text, end).length;
                if (text.substr(txt, 3) == "txt" && may_end(text, txt + 3)) {
                    match.end = txt + 3;
                    return true;
                }
            }
            if (may_end(text, end))
                return true;
        } else if (head.substr(0, 3) == "PEP" && may_begin(text, at)) {
            const std::size_t number = spaces_end(text, at + 3);
            const std::size_t end = number == at + 3 ? kNone : number_end(text, number);
            if (end != kNone) {
                match = {at, end, text.substr(number, end - number)};
                return true;
            }
        }
    }
    return false;
}

bool find_rfc(std::string_view text, std::size_t from, NumberMatch& match) {
    for (std::size_t at = from; at + 3 < text.size(); ++at) {
        if (text.substr(at, 3) != "RFC" || !may_begin(text, at))
            continue;
        const std::size_t number = text[at + 3] == '-' ? at + 4 : spaces_end(text, at + 3);
        const std::size_t end = number_end(text, number);
        if (end != kNone) {
            match = {at, end, text.substr(number, end - number)};
            return true;
        }
    }
    return false;
}

}  // namespace docathon::rst
