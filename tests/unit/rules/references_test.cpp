// The words and judgements that the rules on links share.

#include "lint/rules/support/references.h"

#include <gtest/gtest.h>

namespace docathon::rules {
namespace {

TEST(LooksLikeHost, WantsAPathBehindTheHost) {
    for (const char* target :
         {"pytorch.org/blog", "discord.gg/x", "www.example.org", "a.b.dev/x/y"}) {
        EXPECT_TRUE(looks_like_host(target)) << target;
    }
    for (const char* target :
         {"notes.org", "docs/x.md", "a.md", "setup.py/x", "x.y/z", ".io/x", "a b.com/x"}) {
        EXPECT_FALSE(looks_like_host(target)) << target;
    }
}

TEST(UrlFault, NamesTheSlip) {
    for (const char* target :
         {"(https://a.org)", "https//a.org", "http:/a.org", "https:a.org", "https://https://a.org",
          "https://a.org/x>", "file:///x", "https://a.org/x/https://a.org/y", "ttps://a.org"}) {
        EXPECT_NE(url_fault(target), "") << target;
    }
    for (const char* target :
         {"https://a.org", "https://web.archive.org/web/2020/https://a.org", "a.md", "#x",
          "https://a.org/?u=https://a.org/y", "https://a.org/C_(language)", "mailto:a@b.org"}) {
        EXPECT_EQ(url_fault(target), "") << target;
    }
}

TEST(IsJudged, LeavesOutWhatIsJudgedElsewhere) {
    Reference reference;
    reference.target = "a.md";
    EXPECT_TRUE(is_judged(reference));
    for (const std::uint16_t flag :
         {reference_flag::kTemplated, reference_flag::kByDefinition, reference_flag::kBare,
          reference_flag::kExternal, reference_flag::kUnused}) {
        reference.flags = flag;
        EXPECT_FALSE(is_judged(reference)) << flag;
    }
    reference.flags = 0;
    reference.target = "path/to/x";
    EXPECT_FALSE(is_judged(reference));
}

TEST(WhereNote, IsSaidWhenTheReadersDiffer) {
    Verdict verdict;
    verdict.site.state = Found::missing;
    verdict.repository.state = Found::found;
    EXPECT_EQ(verdict.where(), "site");
    EXPECT_EQ(where_note(verdict), " (dead on the site, alive in the repository view)");
    verdict.repository.state = Found::missing;
    EXPECT_EQ(verdict.where(), "both");
    EXPECT_EQ(where_note(verdict), "");
    verdict.site.state = Found::found;
    EXPECT_EQ(where_note(verdict), " (dead in the repository view, alive on the site)");
}

}  // namespace
}  // namespace docathon::rules
