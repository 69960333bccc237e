#include "lint/parse/notebook.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "lint/parse/parse.h"
#include "tests/unit/cpu_clock.h"

namespace docathon {
namespace {

FileFacts facts_of(const std::string& json, Flavor flavor = Flavor::gfm) {
    Settings settings;
    settings.flavor = flavor;
    return parse_file(SourceFile(0, "a.ipynb", json), settings, false).facts;
}

std::string notebook(const std::vector<std::string>& sources) {
    std::string out = "{\"cells\": [";
    for (const std::string& source : sources)
        out += (out.back() == '[' ? "" : ", ") +
               (R"({"cell_type": "markdown", "metadata": {}, "source": )" + source + "}");
    return out + "]}";
}

std::string slice(const std::string& json, Range range) {
    return json.substr(range.begin, range.size());
}

TEST(Notebook, RangesAreThoseOfTheFile) {
    const std::string json = notebook(
        {R"x(["# A \"b\" \u00e9 \ud83d\ude00\\\\\n", "\n", "[\"c\"](d.md) ![e](\u00e9.png)\n"])x",
         R"x("## \"A\"\n<a id=\"x\"></a> [f](g%20h.md \"t\")\n")x"});
    const FileFacts facts = facts_of(json);
    EXPECT_EQ(facts.format, Format::notebook);
    EXPECT_EQ(facts.title, "A \"b\" \u00e9 \U0001F600\\");
    ASSERT_EQ(facts.headings.size(), 2u);
    EXPECT_EQ(slice(json, facts.headings[0].range), R"x(A \"b\" \u00e9 \ud83d\ude00\\\\)x");
    // It ends in an escape, which is not cut.
    EXPECT_EQ(slice(json, facts.headings[1].range), R"x(\"A\")x");
    ASSERT_EQ(facts.references.size(), 3u);
    EXPECT_EQ(slice(json, facts.references[0].range), "d.md");
    EXPECT_EQ(slice(json, facts.references[0].whole), R"x([\"c\"](d.md))x");
    EXPECT_EQ(facts.references[1].target, "\u00e9.png");
    EXPECT_EQ(slice(json, facts.references[1].range), R"x(\u00e9.png)x");
    EXPECT_EQ(slice(json, facts.references[2].range), "g%20h.md");
    ASSERT_EQ(facts.anchors.size(), 1u);
    EXPECT_EQ(slice(json, facts.anchors[0].range), "x");
}

TEST(Notebook, EachCellIsReadForItself) {
    const std::string json = notebook({R"x("```\n[a](a.md)")x", R"x("[b](b.md)\n\n# T")x",
                                       R"x("---\nx: 1\n---\n[c](c.md)\n\n# T")x", R"x("")x", "[]"});
    const FileFacts facts = facts_of(json);
    ASSERT_EQ(facts.references.size(), 2u);
    EXPECT_EQ(facts.references[0].target, "b.md");
    EXPECT_EQ(facts.references[1].target, "c.md");
    // Repeats are counted over all of them.
    EXPECT_EQ(facts.headings.back().github_slug, "t-1");
}

TEST(Notebook, FormulasAreNoLinks) {
    const FileFacts facts =
        facts_of(notebook({R"x("$ x[0](1) $\n\n\\begin{align}\n[a](b.md)\n\\end{align}\n")x"}));
    EXPECT_TRUE(facts.references.empty());
}

TEST(Notebook, OutputsAndAttachmentsAreNotRead) {
    const FileFacts facts = facts_of(
        R"x({"cells": [{"cell_type": "code", "source": "[a](a.md)", "outputs": [{"data":
        {"text/markdown": ["[b](b.md)"], "text/html": "<a id=\"c\">"}}]}, {"cell_type": "markdown",
        "attachments": {"x": {"source": "[d](d.md)"}}, "source": "[e](e.md)"}]})x");
    ASSERT_EQ(facts.references.size(), 1u);
    EXPECT_EQ(facts.references[0].target, "e.md");
    EXPECT_TRUE(facts.anchors.empty());
    EXPECT_FALSE(facts.open_anchors);
}

TEST(Notebook, WhatCodeNamesIsUndecided) {
    const FileFacts facts = facts_of(
        R"x({"cells": [{"cell_type": "code", "source": ["save('out/a.png')\n", "\"\nb.csv\""]},
        {"cell_type": "markdown",
         "source": "![a](a.png) [b](x/b.csv) [c](c.csv) [d](https://a.png)"}]})x");
    ASSERT_EQ(facts.references.size(), 4u);
    const auto templated = [&](std::size_t i) {
        return (facts.references[i].flags & reference_flag::kTemplated) != 0;
    };
    EXPECT_TRUE(templated(0));
    EXPECT_TRUE(templated(1));
    EXPECT_FALSE(templated(2));
    EXPECT_FALSE(templated(3));
}

TEST(Notebook, SuppressionsHoldInTheCellsThatFollow) {
    const std::string json = notebook(
        {R"x("<!-- docathon-lint: disable[links/missing-target] x -->")x", R"x("[a](a.md)")x"});
    const FileFacts facts = facts_of(json);
    ASSERT_EQ(facts.suppressions.size(), 1u);
    EXPECT_TRUE(facts.suppressions[0].scope.contains(facts.references.at(0).range));
}

TEST(Notebook, WhatWasReadBeforeBrokenJsonStays) {
    const std::string json = notebook({R"x("[a](a.md)")x", R"x("[b](b.md)\u00e9")x"});
    for (std::size_t size = 0; size < json.size(); ++size) {
        const FileFacts facts = facts_of(json.substr(0, size));
        EXPECT_TRUE(facts.open_anchors) << size;
        EXPECT_LE(facts.references.size(), 2u) << size;
    }
    EXPECT_FALSE(facts_of(json).open_anchors);
    const FileFacts conflict = facts_of(json.substr(0, json.rfind("]}")) + "<<<<<<< HEAD\n]}");
    EXPECT_EQ(conflict.references.size(), 2u);
    EXPECT_TRUE(conflict.open_anchors);
    for (const char* source : {R"x(["\u00"])x", R"x("[a](\ud800)")x", R"x("\ud83d\u0041")x", "1"})
        (void)facts_of(notebook({source}));
    EXPECT_TRUE(facts_of(R"x({"worksheets": [{"cells": []}]})x").open_anchors);
}

TEST(Notebook, TakesLinearTime) {
    constexpr std::size_t kMany = 20'000;
    std::string cells;
    std::string links;
    for (std::size_t i = 0; i < kMany; ++i) {
        cells += R"x({"cell_type":"markdown","source":["# a\n","[a](a.md#b) id="]},)x";
        links += R"x([\u00e9](a\"b.md#c)<a id = x>)x";
    }
    const std::string output = R"x({"cell_type":"code","source":"a.md","outputs":[")x" +
                               std::string(10'000'000, 'x') + R"x("]})x";
    for (const std::string& json :
         {"{\"cells\": [" + cells + output + "]}", notebook({"\"" + links + "\""}),
          notebook({"\"" + std::string(kMany * 10, '[') + "\""})}) {
        const auto start = CpuClock::now();
        (void)facts_of(json);
        EXPECT_LT(CpuClock::now() - start, std::chrono::seconds(2)) << json.substr(0, 50);
    }
}

}  // namespace
}  // namespace docathon
