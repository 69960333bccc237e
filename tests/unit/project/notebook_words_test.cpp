#include "lint/project/index/notebook_words.h"

#include <string>

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(NotebookWords, KnowsTheWordsOfNames) {
    NotebookWords words;
    EXPECT_FALSE(words.may_have("a"));
    words.add(R"({"source": [".. _Set-up:\n", "x\nThe title\t\"of\" it"]})");
    EXPECT_TRUE(words.may_have("set-up"));
    EXPECT_TRUE(words.may_have("the title of it"));
    EXPECT_FALSE(words.may_have("nthe"));
    EXPECT_FALSE(words.may_have("the set"));
    EXPECT_TRUE(words.may_have("_source_"));
    EXPECT_TRUE(words.may_have("..."));
    words.add(std::string(1000, 'a') + "\\");
    EXPECT_FALSE(words.may_have(std::string(100, 'a')));
    words.add_unread();
    EXPECT_TRUE(words.may_have("anything"));
}

}  // namespace
}  // namespace docathon
