#include "lint/core/toml_guard.h"

#include <string>

#include <gtest/gtest.h>

namespace docathon {
namespace {

TEST(TomlGuard, HeadersAndArraysAreFine) {
    for (const std::string_view text :
         {"", "a = 1\n", "[a]\nb = [1,\n  2]\n", "[[a.b]]\n", "\xef\xbb\xbf[ \"a\" ]\n", "  ['a']",
          "x = [\n  [1, 2],\n  [\"a\"],\n  [],\n]\n", "x = \"[=]\""}) {
        EXPECT_TRUE(is_safe_for_tomlplusplus(text)) << text;
    }
}

TEST(TomlGuard, WhatWouldBreakTheParserIsRefused) {
    for (const std::string_view text : {"[", "[[", "[=]", "a = 1\n[\n", "[[[a]]]", " [ #",
                                        "[[ .a]]", "\xc2\xa0[=]", "x = 1\r\n[\xc3\xa4]"}) {
        EXPECT_FALSE(is_safe_for_tomlplusplus(text)) << text;
    }
}

}  // namespace
}  // namespace docathon
