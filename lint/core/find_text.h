#pragma once
// A search for one word in much text. std::string_view::find asks for the first letter of the word
// alone and stops at every one that it meets, which in sources is every twentieth byte; this one
// asks for the first and the last letter, sixteen places at a time. Pure.

#include <cstddef>
#include <string_view>

namespace docathon {

/// Where `word` first stands in `text` at or behind `from`; npos if it does not. The same answer as
/// `text.find(word, from)`. Takes text.size() * word.size() at worst, as that does.
[[nodiscard]] std::size_t find_text(std::string_view text, std::string_view word,
                                    std::size_t from = 0);

/// Whether `word` stands in `text`.
[[nodiscard]] inline bool holds_text(std::string_view text, std::string_view word) {
    return find_text(text, word) != std::string_view::npos;
}

}  // namespace docathon
