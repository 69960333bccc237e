#include "lint/settle/foreign_ignores.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/settle/settle_fixture.h"

namespace docathon {
namespace {

using namespace testing;

class ForeignIgnoresTest : public ::testing::Test {
  protected:
    /// The reason, or "" if the finding is to be reported.
    std::string excuse(std::uint32_t rule, std::string subject, int site = 0,
                       std::string where = {}) {
        const ForeignIgnores ignores(rules_, {"/repo", lychee_, sites_});
        EXPECT_FALSE(ignores.empty());
        Diagnostic one = finding(rule, 0, {0, 1});
        one.subject = std::move(subject);
        one.where = std::move(where);
        return ignores.excuse(one, "docs/a.md", site).value_or("");
    }

    SphinxSite& site() {
        SphinxSite& made = sites_.emplace_back();
        made.conf_path = "docs/conf.py";
        return made;
    }

    RuleSet rules_ = settle_rules();
    std::string lychee_;
    std::vector<SphinxSite> sites_;
};

TEST_F(ForeignIgnoresTest, LycheeMatchesUrlsAnywhere) {
    lychee_ = "# comment\n\nexample\\.(com|org)/x\n^file:///repo/docs/gone/\n";
    EXPECT_EQ(excuse(kTarget, "https://example.org/x/y"), ".lycheeignore: example\\.(com|org)/x");
    EXPECT_EQ(excuse(kTarget, "https://example.net/x"), "");
    EXPECT_EQ(excuse(kTarget, "gone/b.md#c"), ".lycheeignore: ^file:///repo/docs/gone/");
    EXPECT_EQ(excuse(kTarget, "../docs/gone/b.md"), ".lycheeignore: ^file:///repo/docs/gone/");
    EXPECT_EQ(excuse(kTarget, "/docs/gone/b.md"), ".lycheeignore: ^file:///repo/docs/gone/");
    EXPECT_EQ(excuse(kTarget, "other/b.md"), "");
    // Only links have URLs.
    EXPECT_EQ(excuse(kFence, "https://example.org/x/y"), "");
}

TEST_F(ForeignIgnoresTest, LinkcheckMatchesTheBeginning) {
    site().linkcheck_ignore = {R"(https://example\.org/)", "tutorials/"};
    EXPECT_EQ(excuse(kTarget, "https://example.org/x"), "linkcheck_ignore in docs/conf.py");
    EXPECT_EQ(excuse(kTarget, "tutorials/a"), "linkcheck_ignore in docs/conf.py");
    EXPECT_EQ(excuse(kTarget, "see/tutorials/a"), "");
    EXPECT_EQ(excuse(kTarget, "tutorials/a", -1), "");
    EXPECT_EQ(excuse(kTarget, "tutorials/a", 1), "");
    EXPECT_EQ(excuse(kTarget, "tutorials/a", 0, "repository"), "");
    EXPECT_NE(excuse(kTarget, "tutorials/a", 0, "both"), "");
}

TEST_F(ForeignIgnoresTest, NitpickNamesWholeTargets) {
    SphinxSite& docs = site();
    docs.nitpick_ignore = {"z", "a.md#b"};
    docs.nitpick_ignore_regex = {"gen-.*"};
    EXPECT_EQ(excuse(kAnchor, "a.md#b"), "nitpick_ignore in docs/conf.py");
    EXPECT_EQ(excuse(kAnchor, "a.md"), "");
    EXPECT_EQ(excuse(kAnchor, "gen-1"), "nitpick_ignore_regex in docs/conf.py");
    EXPECT_EQ(excuse(kAnchor, "my-gen-1"), "");
}

TEST_F(ForeignIgnoresTest, WarningsAreNamedByAliases) {
    // In these rules the two link rules are MyST's "xref".
    site().suppress_warnings = {"myst.xref", "ref.doc"};
    EXPECT_EQ(excuse(kTarget, "x"), "suppress_warnings in docs/conf.py");
    EXPECT_EQ(excuse(kAnchor, "x"), "suppress_warnings in docs/conf.py");
    EXPECT_EQ(excuse(kFence, "x"), "");
    EXPECT_EQ(excuse(kTarget, "x", 0, "repository"), "");
    for (const char* name : {"myst", "myst.*"}) {
        sites_.front().suppress_warnings = {name};
        EXPECT_NE(excuse(kTarget, "x"), "") << name;
    }
    sites_.front().suppress_warnings = {"xref"};
    const ForeignIgnores none(rules_, {"/repo", "", sites_});
    EXPECT_TRUE(none.empty());
}

TEST_F(ForeignIgnoresTest, WhatIsNotUnderstoodExcusesNothing) {
    const ForeignIgnores ignores(rules_, {"/repo", "(?!x)y\n(\n", {}});
    EXPECT_TRUE(ignores.empty());
    EXPECT_EQ(ignores.unreadable(), (std::vector<std::string>{"(?!x)y", "("}));
}

}  // namespace
}  // namespace docathon
