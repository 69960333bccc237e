#pragma once
// What a Markdown text says, once by cmark-gfm and once by us, in a form that can be compared:
// headings, code blocks, links and images in document order.

#include <string>
#include <string_view>
#include <vector>

namespace docathon::spec {

struct Item {
    std::string kind;         ///< heading, code, link, image
    std::string text;         ///< visible text; a code block's lines
    std::string destination;  ///< link, image: destination; code: info string
    int level = 0;            ///< heading

    friend bool operator==(const Item&, const Item&) = default;
};

/// By cmark-gfm with all its extensions. Not thread-safe.
[[nodiscard]] std::vector<Item> items_by_cmark(std::string_view text);

/// By our front end, set to the same syntax. `faults`: links whose range does not hold their text.
[[nodiscard]] std::vector<Item> items_by_us(std::string_view text,
                                            std::vector<std::string>& faults);

/// Empty if both agree, else what differs first.
[[nodiscard]] std::string difference(std::string_view text);

}  // namespace docathon::spec
