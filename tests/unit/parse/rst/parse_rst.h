#pragma once
// Helpers of the tests of the rST front end: parses a text as docutils would be asked to, and shows
// messages and elements on one line each.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/parse/rst/lines.h"
#include "lint/parse/rst/parser.h"
#include "lint/parse/rst/transforms.h"

namespace docathon::rst {

inline Options plain_options(std::map<std::string, std::string, std::less<>> settings = {}) {
    Options options;
    options.settings = std::move(settings);
    options.source_name = "test data";
    return options;
}

/// A parsed text; everything lives as long as this object.
struct ParsedRst {
    explicit ParsedRst(std::string text, const std::vector<std::string>& transforms = {},
                       Options given = plain_options())
        : bytes(std::move(text)),
          options(std::move(given)),
          source(bytes, {{0, static_cast<std::uint32_t>(bytes.size())}}),
          parser(source, options) {
        parser.parse();
        if (!transforms.empty())
            apply_transforms(parser, transforms);
    }

    /// Messages as "level line first line of the text", joined by newlines.
    [[nodiscard]] std::string messages(std::uint8_t lowest = 1) const {
        std::string out;
        for (const Message& message : parser.messages) {
            if (message.level < lowest)
                continue;
            out += std::to_string(message.level) + " " + std::to_string(message.line) + " " +
                   message.text.substr(0, message.text.find('\n')) + "\n";
        }
        return out;
    }
    /// Children of an element: text in quotes, elements as tag(children).
    [[nodiscard]] std::string shape(ElementId id) const {
        std::string out;
        if (id == kNoElement)
            return "none";
        for (ElementId child = parser.tree[id].first_child; child != kNoElement;
             child = parser.tree[child].next) {
            out += out.empty() ? "" : " ";
            if (parser.tree[child].tag == Tag::text)
                out += "'" + std::string(parser.tree[child].text) + "'";
            else
                out += std::string(to_string(parser.tree[child].tag)) + "(" + shape(child) + ")";
        }
        return out;
    }
    /// The first element of a tag in document order; kNoElement if there is none.
    [[nodiscard]] ElementId first(Tag tag) const {
        for (ElementId id = 0; id != kNoElement; id = parser.tree.next_in_order(id, 0)) {
            if (parser.tree[id].tag == tag)
                return id;
        }
        return kNoElement;
    }
    /// Shape of the first paragraph.
    [[nodiscard]] std::string paragraph() const { return shape(first(Tag::paragraph)); }
    /// Source bytes of all elements of a tag, in document order, joined by "|".
    [[nodiscard]] std::string sources(Tag tag, bool content = false) const {
        std::string out;
        for (ElementId id = 0; id != kNoElement; id = parser.tree.next_in_order(id, 0)) {
            if (parser.tree[id].tag != tag)
                continue;
            const Range range = content ? parser.tree[id].content : parser.tree[id].range;
            out += (out.empty() ? "" : "|") + bytes.substr(range.begin, range.size());
        }
        return out;
    }
    [[nodiscard]] std::string attribute(Tag tag, std::string_view key) const {
        const ElementId id = first(tag);
        const std::string* value =
            id == kNoElement ? nullptr : parser.tree.attributes(id).find(key);
        return value == nullptr ? "-" : *value;
    }

    std::string bytes;
    Options options;
    LineSource source;
    Parser parser;
};

inline const std::vector<std::string>& all_standard() {
    static const std::vector<std::string> kNames(standard_transforms().begin(),
                                                 standard_transforms().end());
    return kNames;
}

}  // namespace docathon::rst
