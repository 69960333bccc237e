// find_xml_error(): see data_syntax.h. Expat reads it; what is decided here is which of its errors
// are those of the author, and which come of showing a part of a file.

#include <algorithm>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include <expat.h>

#include "lint/core/strings.h"
#include "lint/rules/support/data_syntax.h"

namespace docathon::rules {

namespace {

/// Elements that stand side by side get this one around them.
constexpr std::string_view kRoot = "<x>";

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool in_name(char c) {
    return is_ascii_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':' || (c & 0x80) != 0;
}

/// HTML has no end tags of these.
bool is_void_element(std::string_view name) {
    constexpr std::string_view kVoid =
        " area base br col embed hr img input link meta source track wbr ";
    return kVoid.find(' ' + ascii_lower(name) + ' ') != std::string_view::npos;
}

/// What programs fill in, elements of JSX, types that a page declares, lists of what is left out.
bool is_of_another_kind(std::string_view text) {
    for (const std::string_view mark : {"...", "\xe2\x80\xa6", "{{", "{%", "<%", "<?php", "={",
                                        "<!DOCTYPE", "<!doctype", "<>", "</>"}) {
        if (text.find(mark) != std::string_view::npos)
            return true;
    }
    return false;
}

struct Open {
    std::uint32_t begin = 0;  // of the name, in the text
    std::uint32_t size = 0;
    bool plain = true;  // has no attributes
};

struct Reading {
    std::string_view text;
    std::uint32_t shift = 0;  // from offsets of Expat to those of the text: to be subtracted
    XML_Parser parser = nullptr;
    std::vector<Open> open;

    /// Where Expat is, in the text.
    [[nodiscard]] std::uint32_t here() const {
        const auto at = static_cast<std::int64_t>(XML_GetCurrentByteIndex(parser)) - shift;
        return static_cast<std::uint32_t>(
            std::clamp<std::int64_t>(at, 0, static_cast<std::int64_t>(text.size())));
    }
    [[nodiscard]] std::string_view name(const Open& element) const {
        return text.substr(element.begin, element.size);
    }
};

void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
    auto& reading = *static_cast<Reading*>(user);
    const auto size = static_cast<std::uint32_t>(std::string_view(name).size());
    reading.open.push_back({reading.here() + 1, size, attributes[0] == nullptr});
}

void XMLCALL on_end(void* user, const XML_Char*) {
    static_cast<Reading*>(user)->open.pop_back();
}

using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, decltype(&XML_ParserFree)>;

DataError error(std::string why, std::size_t begin, std::size_t end) {
    return {"this is no XML: " + std::move(why),
            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
}

/// `</a>` at the place of the reading, where the element that is open has another name.
std::optional<DataError> mismatch(const Reading& reading) {
    const std::string_view text = reading.text;
    std::uint32_t begin = reading.here();
    // Expat stands on the tag or on its name.
    if (text.substr(begin).starts_with("</"))
        begin += 2;
    std::size_t end = begin;
    while (end < text.size() && in_name(text[end]))
        ++end;
    // Closes what began before the part that is shown.
    if (reading.open.size() < 2 || end == begin)
        return std::nullopt;
    const Open& element = reading.open.back();
    const std::string_view name = reading.name(element);
    if (is_void_element(name))
        return std::nullopt;
    // <url>http://<host>:<port>/</url>, and a line of its own for what the reader is to write
    // there: names in the form of elements.
    const std::string_view closed = text.substr(begin, end - begin);
    std::size_t first = reading.open.size() - 1;
    while (first > 1 && reading.open[first].plain &&
           reading.name(reading.open[first - 1]) != closed)
        --first;
    if (first > 1 && reading.open[first].plain) {
        const std::size_t inside = reading.open[first].begin + reading.open[first].size + 1;
        const std::string_view content = text.substr(inside, begin - 2 - inside);
        if (trim(content).empty() || content.find('\n') == std::string_view::npos)
            return std::nullopt;
    }
    return error("'</" + std::string(closed) + ">' cannot close '<" + std::string(name) + ">'",
                 begin, end);
}

/// What stands at the place of the reading can be no part of XML.
std::optional<DataError> bad_token(const Reading& reading) {
    const std::string_view text = reading.text;
    const std::uint32_t at = reading.here();
    if (at >= text.size())
        return std::nullopt;
    const std::size_t tag = text.rfind('<', at);
    const std::size_t tag_end = text.rfind('>', at);
    const bool in_tag = tag != std::string_view::npos &&
                        (tag_end == std::string_view::npos || tag_end < tag || tag_end == at);
    if (tag != std::string_view::npos && text.substr(tag).starts_with("<!--")) {
        if (text.substr(tag + 4, at - std::min<std::size_t>(at, tag + 4)).ends_with("--"))
            return error("'--' cannot stand in a comment", at - 2, at);
        return std::nullopt;
    }
    // In text and in values: "a & b", "?a=1&b=2"
    std::size_t start = at;
    while (start > 0 && in_name(text[start - 1]))
        --start;
    if (start > 0 && text[start - 1] == '&')
        return error("'&' must be written '&amp;'", start - 1, start);
    if (text[at] == '&')
        return error("'&' must be written '&amp;'", at, at + 1);
    if (!in_tag)
        return std::nullopt;
    // <a b=1>, <a b="1"c="2">
    std::size_t last = at;
    while (last > 0 && is_space(text[last - 1]))
        --last;
    if (last > tag + 1 && text[last - 1] == '=' && (in_name(text[at]) || (text[at] & 0x80) != 0)) {
        std::size_t end = at;
        while (end < text.size() && !is_space(text[end]) && text[end] != '>' && text[end] != '/')
            ++end;
        return error("the value of an attribute needs quotes, '\"' or \"'\"", at,
                     std::max<std::size_t>(end, at + 1));
    }
    if (last == at && last > tag + 1 && (text[last - 1] == '"' || text[last - 1] == '\'') &&
        in_name(text[at]) && text.substr(tag, last - tag).find('=') != std::string_view::npos)
        return error("a space is missing between two attributes", at, at + 1);
    return std::nullopt;
}

}  // namespace

std::optional<DataError> find_xml_error(std::string_view text) {
    const std::string_view inside = trim(text);
    if (!inside.starts_with('<') || is_of_another_kind(text))
        return std::nullopt;
    // The declaration may stand in front of everything only: behind it our element begins.
    auto begin = static_cast<std::uint32_t>(text.find('<'));
    if (inside.starts_with("<?xml ")) {
        const std::size_t end = text.find("?>", begin);
        if (end == std::string_view::npos)
            return std::nullopt;
        begin = static_cast<std::uint32_t>(end + 2);
    }
    // UTF-8 whatever the declaration says: the page that shows it is.
    const Parser parser(XML_ParserCreate("UTF-8"), &XML_ParserFree);
    if (!parser)
        return std::nullopt;
    Reading reading;
    reading.text = text.substr(begin);
    reading.shift = static_cast<std::uint32_t>(kRoot.size());
    reading.parser = parser.get();
    XML_SetUserData(parser.get(), &reading);
    XML_SetElementHandler(parser.get(), on_start, on_end);
    if (XML_Parse(parser.get(), kRoot.data(), static_cast<int>(kRoot.size()), XML_FALSE) !=
            XML_STATUS_OK ||
        XML_Parse(parser.get(), reading.text.data(), static_cast<int>(reading.text.size()),
                  XML_TRUE) == XML_STATUS_OK)
        return std::nullopt;
    std::optional<DataError> found;
    const std::uint32_t at = reading.here();
    switch (XML_GetErrorCode(parser.get())) {
        case XML_ERROR_TAG_MISMATCH:
            found = mismatch(reading);
            break;
        case XML_ERROR_INVALID_TOKEN:
            found = bad_token(reading);
            break;
        case XML_ERROR_DUPLICATE_ATTRIBUTE:
            found = error("an attribute is there twice", at, at + 1);
            break;
        case XML_ERROR_UNCLOSED_CDATA_SECTION:
            // Expat stands behind the text of it.
            if (const std::size_t start = reading.text.rfind("<![CDATA[", at);
                start != std::string_view::npos)
                found = error("a '<![CDATA[' is not closed by ']]>'", start, start + 1);
            break;
        case XML_ERROR_UNCLOSED_TOKEN:
            found = error(reading.text.substr(at).starts_with("<!--")
                              ? "a '<!--' is not closed by '-->'"
                              : "a '<' is not closed by '>'",
                          at, at + 1);
            break;
        // Elements that are open at the end, entities that are declared elsewhere, one file behind
        // the other: parts of files.
        default:
            break;
    }
    if (!found || found->range.end > reading.text.size())
        return std::nullopt;
    found->range.begin += begin;
    found->range.end += begin;
    return found;
}

}  // namespace docathon::rules
