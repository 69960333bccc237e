#include "lint/report/rolling_hash.h"
#include "tests/unit/cpu_clock.h"

#include <chrono>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace docathon {
namespace {

// Expected values: `rewrite --insert RollingHashPartialFingerprints` of sarif-multitool 5.7.0, an
// implementation of the same algorithm by others. tests/acceptance/sarif.py compares whole logs.
std::vector<std::string> hashes(std::string_view text) {
    const LineHashes all(text);
    std::vector<std::string> result;
    for (std::uint32_t line = 1; !all.of(line).empty(); ++line)
        result.push_back(all.of(line));
    return result;
}

using List = std::vector<std::string>;

TEST(RollingHashTest, IsTheHashOfCodeScanning) {
    EXPECT_EQ(hashes(""), (List{"c129715d7a2bc9a3:1"}));
    EXPECT_EQ(hashes("abc"), (List{"cba6a0809d21a39d:1"}));
    EXPECT_EQ(hashes("one\ntwo\nthree\n"), (List{"99916ce8d6a15a7d:1", "29eb88d3672c739:1",
                                                 "bd8bfd8320422591:1", "c129715d7a2bc9a3:1"}));
}

TEST(RollingHashTest, SpacesAndTabsDoNotCount) {
    EXPECT_EQ(hashes("a b\tc\n"), hashes("  abc \t\n"));
}

TEST(RollingHashTest, LineEndsDoNotCount) {
    const List lf = hashes("one\n\ntwo\n");
    EXPECT_EQ(hashes("one\r\n\r\ntwo\r\n"), lf);
    EXPECT_EQ(hashes("one\r\rtwo\r"), lf);
    EXPECT_EQ(lf.size(), 4u);
    EXPECT_EQ(hashes("a\r \nb").size(), 3u);  // a CR and an LF of their own
    EXPECT_EQ(hashes("a\n\rb").size(), 3u);
}

TEST(RollingHashTest, EqualLinesAreNumbered) {
    std::string text;
    for (int i = 0; i < 300; ++i)
        text += "same\n";
    const List all = hashes(text);
    ASSERT_EQ(all.size(), 301u);
    const std::string hash = all[0].substr(0, all[0].find(':'));
    EXPECT_EQ(all[0], hash + ":1");
    EXPECT_EQ(all[1], hash + ":2");
    EXPECT_EQ(all[279], hash + ":280");
    EXPECT_NE(all[299].substr(0, all[299].find(':')), hash);  // its 100 units reach the end
}

TEST(RollingHashTest, OnlyTheNextHundredUnitsCount) {
    const std::string rest(99, 'b');
    EXPECT_EQ(hashes("a" + rest + "x\n")[0], hashes("a" + rest + "y\n")[0]);
    EXPECT_NE(hashes("a" + rest.substr(1) + "x\n")[0], hashes("a" + rest.substr(1) + "y\n")[0]);
    // An emoji is two units of UTF-16.
    const std::string emoji = "\xf0\x9f\x98\x80";
    EXPECT_EQ(hashes(emoji + rest.substr(1) + "x\n")[0], hashes(emoji + rest.substr(1) + "y\n")[0]);
    EXPECT_NE(hashes(emoji + rest.substr(2) + "x\n")[0], hashes(emoji + rest.substr(2) + "y\n")[0]);
}

TEST(RollingHashTest, AByteOrderMarkCountsAndBrokenBytesAreReplaced) {
    EXPECT_NE(hashes("\xef\xbb\xbf"
                     "a")[0],
              hashes("a")[0]);
    const std::string bad = "\xef\xbf\xbd";
    EXPECT_EQ(hashes("\xff"), hashes(bad));
    EXPECT_EQ(hashes("\x80\xc0\xf5"), hashes(bad + bad + bad));
    // The beginning of a valid sequence is replaced as one, what cannot begin one byte by byte.
    EXPECT_EQ(hashes("\xe2\x82x"), hashes(bad + "x"));
    EXPECT_EQ(hashes("\xf0\x9f\x98"), hashes(bad));
    EXPECT_EQ(hashes("\xf0\x9f"), hashes(bad));
    EXPECT_EQ(hashes("\xe0\x80\x80"), hashes(bad + bad + bad));
    EXPECT_EQ(hashes("\xed\xa0\x80"), hashes(bad + bad + bad));
    EXPECT_EQ(hashes("\xf4\x90\x80\x80"), hashes(bad + bad + bad + bad));
}

TEST(RollingHashTest, LinesThatAreNotThereHaveNone) {
    const LineHashes all("a\n");
    EXPECT_EQ(all.of(0), "");
    EXPECT_NE(all.of(2), "");
    EXPECT_EQ(all.of(3), "");
}

TEST(RollingHashTest, HostileFilesTakeLinearTime) {
    const auto start = ::docathon::CpuClock::now();
    EXPECT_EQ(hashes(std::string(1 << 19, '\n')).size(), (1u << 19) + 1);
    EXPECT_EQ(hashes(std::string(1 << 21, 'x')).size(), 1u);
    const auto spent = ::docathon::CpuClock::now() - start;
    EXPECT_LT(std::chrono::duration<double>(spent).count(), 10.0);  // 0.1 s when not sanitized
}

}  // namespace
}  // namespace docathon
