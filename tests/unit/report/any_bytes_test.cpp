#include <algorithm>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "lint/core/utf8.h"
#include "lint/report/report.h"
#include "tests/unit/report/report_fixture.h"

namespace docathon {
namespace {

class AnyBytesTest : public testing::ReportTest {};

// Whatever is in the files, their names and the messages, and wherever ranges begin and end: valid
// UTF-8, no control character but line breaks, parsable JSON, and as many lines as findings.
TEST_F(AnyBytesTest, EveryFormatStaysInForm) {
    std::mt19937 random(11);
    const std::string pieces[] = {"\n",
                                  "\r",
                                  "\r\n",
                                  "\t",
                                  "a",
                                  " ",
                                  "\xc3\xa9",
                                  "\xcc\x81",
                                  "\xe6\xbc\xa2",
                                  "\xf0\x9f\x98\x80",
                                  "\xff",
                                  "\xe2\x82",
                                  "\x1b[1m",
                                  "::",
                                  "%0A",
                                  "\xef\xbb\xbf",
                                  "|`*[](",
                                  "\xe2\x80\xa8",
                                  "\xe2\x80\xae",
                                  std::string(1, '\0')};
    const auto text = [&](std::size_t most) {
        std::string made;
        for (std::size_t count = random() % (most + 1); count > 0; --count) {
            made += pieces[random() % std::size(pieces)];
        }
        return made;
    };
    for (int round = 0; round < 300; ++round) {
        texts_.clear();
        result_.paths.clear();
        result_.findings.clear();
        result_.notifications.clear();
        for (int i = 0; i < 3; ++i)
            file("f" + std::to_string(i) + text(4) + ".md", text(60));
        for (FileId id = 0; id < 3; ++id) {
            const auto size = static_cast<std::uint32_t>(texts_[id].size());
            for (int i = 0; i < 4; ++i) {
                const auto begin = static_cast<std::uint32_t>(random() % (size + 1));
                const auto end = begin + static_cast<std::uint32_t>(random() % (size - begin + 1));
                Diagnostic& one = add(random() % 4, id, Range{begin, end}, text(8));
                one.subject = text(3);
                one.related.push_back({0, {0, end}, text(3)});
                one.fix = Fix{text(2), {{{begin, end}, text(5)}}, FixSafety::safe};
            }
        }
        result_.notifications.push_back({"error", "internal-error", text(5), text(3)});
        for (const ReportFormat& format : report_formats()) {
            options_.color = false;
            const std::string out = print(format.write);
            ASSERT_EQ(first_invalid(out), std::string::npos) << format.name << " round " << round;
            for (const char c : out) {
                ASSERT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20) << format.name;
            }
            ASSERT_EQ(out.find("\xe2\x80\xae") == std::string::npos || format.name == "json" ||
                          format.name == "jsonl" || format.name == "sarif" ||
                          format.name == "gitlab" || format.name == "rdjson",
                      true)
                << format.name;
            if (format.name == "text" || format.name == "github") {
                ASSERT_EQ(std::count(out.begin(), out.end(), '\n'), 12) << format.name;
            }
            if (format.name == "json" || format.name == "sarif" || format.name == "gitlab" ||
                format.name == "rdjson") {
                ASSERT_TRUE(nlohmann::json::accept(out)) << format.name;
            }
        }
    }
}

}  // namespace
}  // namespace docathon
