#include "lint/core/find_text.h"

#include <string>

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(FindText, AnswersAsFindDoes) {
    // Every place of a word in a text over several steps of the search, with beginnings of the word
    // and letters of its ends all around.
    for (const std::string word :
         {"", "a", "ab", "aab", "abcabcabd", "abcdefghijklmnopqrstuvwxyz"}) {
        for (std::size_t size = 0; size < 100; ++size) {
            std::string around;
            while (around.size() < size)
                around += "abcabcabz"[around.size() % 9];
            for (std::size_t place = 0; place <= size; ++place) {
                std::string text = around;
                text.insert(place, word);
                for (const std::size_t from : {std::size_t{0}, place, place + 1, size + 50}) {
                    ASSERT_EQ(find_text(text, word, from), text.find(word, from))
                        << text << " " << word << " " << from;
                }
            }
            ASSERT_EQ(find_text(around, word), around.find(word)) << around << " " << word;
        }
    }
}

TEST(FindText, ReadsNothingBehindTheText) {
    const std::string bytes = std::string(60, '.') + "word";
    for (std::size_t size = 0; size <= bytes.size(); ++size)
        EXPECT_EQ(holds_text(std::string_view(bytes).substr(0, size), "word"), size == 64);
}

}  // namespace
}  // namespace docathon
