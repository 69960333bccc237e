// Inventories as Sphinx writes them, and as nobody should.

#include "lint/project/index/inventory.h"

#include <gtest/gtest.h>

namespace docathon {
namespace {

using namespace std::string_literals;

std::string packed() {
    // a.f py:function 1 api.html#$ -
    // My Label std:label -1 x.html#my-label Some title
    // odd 1 name py:data 1 x.html#$ -
    // broken line
    // tut intro std:label -1 t.html -
    return "# Sphinx inventory version 2\n# Project: X\n# Version: 1.0\n"
           "# The remainder of this file is compressed using zlib.\n"
           "\x78\xda\x55\xcc\x41\x0a\xc2\x30\x10\x85\xe1\x7d\x4e\xf1\xc0\x6e\x53\xe8\xb6\x67\xa8"
           "\x2b\x4f\x30\x35\x53\x1c\x4c\x66\x4a\x9d\x82\xb9\xbd\xb1\x05\xc1\xdd\xe3\xf1\xf3\x51"
           "\xbf\x60\xad\xe3\xb2\xeb\xdd\xc5\x14\x03\x68\x95\xfe\xe1\x25\x5f\x3a\xc4\x70\xad\x98"
           "\x68\xe6\x8c\x97\xa7\x31\x1f\x2b\x0e\x78\x9f\x41\xa9\xf1\xbc\x6e\x56\x18\x2e\x9e\x39"
           "\x58\x4a\xcd\x50\x6a\x47\x63\x13\x39\xe1\xd7\x7f\xc1\x79\xb3\x27\x2b\xb2\x28\x07\xdf"
           "\x1d\xa2\xbe\xd9\xbf\xee\x47\xdd\xda\x0f\xb3\x6f\x32\xe2"s;
}

TEST(Inventory, MatchesWithStars) {
    const Inventory inventory = Inventory::read(packed());
    EXPECT_TRUE(inventory.has_match("*", "*", "a.f"));
    EXPECT_TRUE(inventory.has_match("py", "fun*", "*.f"));
    EXPECT_TRUE(inventory.has_match("std", "label", "MY *"));
    EXPECT_FALSE(inventory.has_match("std", "*", "a.f"));
    EXPECT_FALSE(inventory.has_match("*", "*", "a"));
    EXPECT_FALSE(Inventory().has_match("*", "*", "*"));
}

TEST(Inventory, ReadsTheSecondVersion) {
    const Inventory inventory = Inventory::read(packed());
    EXPECT_FALSE(inventory.damaged());
    EXPECT_EQ(inventory.size(), 4U);
    EXPECT_TRUE(inventory.has("py:function", "a.f"));
    EXPECT_FALSE(inventory.has("py:class", "a.f"));
    EXPECT_TRUE(inventory.has("std:label", "my label"));
    EXPECT_TRUE(inventory.has("std:label", "tut intro"));
    EXPECT_TRUE(inventory.has("py:data", "odd 1 name"));
    EXPECT_FALSE(inventory.has("py:data", "ODD 1 name"));
}

TEST(Inventory, ReadsTheFirstVersion) {
    const Inventory inventory = Inventory::read(
        "# Sphinx inventory version 1\n# Project: X\n# Version: 1\nos mod os.html\nos.getcwd "
        "function os.html\n");
    EXPECT_FALSE(inventory.damaged());
    EXPECT_TRUE(inventory.has("py:module", "os"));
    EXPECT_TRUE(inventory.has("py:function", "os.getcwd"));
}

TEST(Inventory, WhatIsDamagedHasNoHalfNames) {
    const std::string whole = packed();
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Inventory inventory = Inventory::read(whole.substr(0, size));
        EXPECT_TRUE(inventory.damaged()) << size;
        EXPECT_FALSE(inventory.has("std:label", "tut")) << size;
    }
    EXPECT_TRUE(Inventory::read(whole, 40).damaged());
    EXPECT_TRUE(Inventory::read("<html>404</html>").damaged());
}

}  // namespace
}  // namespace docathon
