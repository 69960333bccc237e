// Sections of docstrings as ruff finds them. What is expected here was seen in the output of ruff
// 0.17.5 on these docstrings.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lint/rules/support/section_headers.h"

namespace docathon::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> sections(std::string_view text) {
    std::vector<std::string> out;
    for (const HeaderSection& one : find_header_sections(text).sections)
        out.push_back(one.name);
    return out;
}

std::vector<std::string> described(std::string_view text) {
    return described_parameters(text, find_header_sections(text)).names;
}

std::vector<std::string> named(std::string_view text) {
    std::vector<std::string> out;
    for (const NamedParameter& one : named_parameters(text, find_header_sections(text)))
        out.push_back(one.name + " " + std::to_string(one.at));
    return out;
}

TEST(SectionHeaders, WhatIsAHeader) {
    EXPECT_THAT(sections("Do.\n\n    Returns:\n        x\n"), ElementsAre("returns"));
    EXPECT_THAT(sections("Do.\n\n    Returns\n    -------\n    x\n"), ElementsAre("returns"));
    EXPECT_THAT(sections("Do.\n    Returns:\n        x\n"), ElementsAre("returns"))
        << "behind a sentence";
    EXPECT_THAT(sections("Do it\n    Returns:\n        x\n"), IsEmpty());
    EXPECT_THAT(sections("Do.\n\n    Returns: x\n"), IsEmpty());
    EXPECT_THAT(sections("Returns:\n    x\n"), IsEmpty()) << "the first line is the summary";
    EXPECT_THAT(sections("Do.\n\n    :returns: x\n"), IsEmpty());
    EXPECT_THAT(sections("Do.\n\n    Args:\n        returns: x.\n        Returns: y\n"),
                ElementsAre("args"));
    EXPECT_THAT(sections("Do.\n\n    Args:\n        x: y.\n\n        returns:\n            x\n"),
                ElementsAre("args"))
        << "an entry with the name of a section";
}

TEST(SectionHeaders, Styles) {
    EXPECT_EQ(find_header_sections("Do.\n\nArgs:\n  x: y\n").style, HeaderStyle::google);
    EXPECT_EQ(find_header_sections("Do.\n\nParameters:\n  x: y\n").style, HeaderStyle::numpy);
    EXPECT_EQ(find_header_sections("Do.\n\nReturns:\n  x\n").style, HeaderStyle::google);
    EXPECT_EQ(find_header_sections("Do.\n\nReturns\n-------\n").style, HeaderStyle::numpy);
    EXPECT_EQ(find_header_sections("Do.\n\nReturns\n  x\n").style, HeaderStyle::numpy);
}

TEST(SectionHeaders, DescribedParameters) {
    EXPECT_THAT(described("Do.\n\nArgs:\n  x (int): a\n    z: b\n  *y: c\n  v\n  w:\n    d\n"
                          "  a, b: c\n\nKeyword Args:\n  k: e\n"),
                ElementsAre("*y", "k", "w", "x"));
    EXPECT_THAT(
        described("Do.\n\nParameters\n----------\nx, y : int\n    a\nz\n\\\\*v : int\n    b\n"),
        ElementsAre("*v", "x", "y"));
    EXPECT_FALSE(described_parameters("Do.\n\nReturns:\n  x\n",
                                      find_header_sections("Do.\n\nReturns:\n  x\n"))
                     .any);
}

TEST(SectionHeaders, NamedParameters) {
    EXPECT_THAT(named("D.\n\nArgs:\n  x: a\n    y: b\n  *z: c\n  a, b: c\n  `u`: d\n  long n: e\n"
                      "\nKeyword Args:\n  k: e\n"),
                ElementsAre("x 12", "z 29", "long 55"));
}

TEST(SectionHeaders, NamedExceptions) {
    const auto names = [](std::string_view text) {
        return named_exceptions(text, *find_header_sections(text).find("raises"));
    };
    EXPECT_THAT(names("Do.\n\nRaises:\n  A: x\n  B, C: y\n  d\n"), ElementsAre("A", "B, C"));
    EXPECT_THAT(names("Do.\n\nRaises\n------\nA\n    x\nB\n"), ElementsAre("A", "B"));
}

}  // namespace
}  // namespace docathon::rules
