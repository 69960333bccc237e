// Names and texts of a repository are somebody else's: in no format may they move the cursor of a
// terminal, begin a line of their own, or become a command of a runner of continuous integration.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// A name with an escape sequence, a line break, a workflow command and its escapes.
const std::string kName = "::error::x\x1b[31m\r\n::warning file=y::%0A%25.md";
// The same in the message of a finding: its target is quoted there.
const std::string kText =
    "[x](<::error::\x1b]0;t\x07%0A::notice::%250A,%2C\xe2\x80\xae\xc2\x85gone.md>)\n";

class Escapes : public ::testing::Test {
  protected:
    void SetUp() override {
        box_.write(kName, kText);
        box_.write("bad\xff.md", kText);
        box_.link("no\x1bwhere\n::error::z", "dead\n::error::link.md");
    }

    Outcome lint(const std::string& format) const {
        Outcome run = box_.lint({"--format", format, "--stats"});
        EXPECT_EQ(run.code, 1) << run.err;
        return run;
    }

    /// Nothing but line feeds and printable characters.
    static void expect_printable(const std::string& text) {
        for (const char c : text) {
            const auto byte = static_cast<unsigned char>(c);
            EXPECT_TRUE(byte == '\n' || (byte >= 0x20 && byte != 0x7f))
                << "byte " << int{byte} << " in " << text;
            if (byte != '\n' && byte < 0x20) {
                return;
            }
        }
        EXPECT_THAT(text, Not(HasSubstr("\xe2\x80\xae")));  // right-to-left override
        EXPECT_THAT(text, Not(HasSubstr("\xc2\x85")));      // next line
        EXPECT_THAT(text, Not(HasSubstr("\xff")));
    }

    static std::size_t command_lines(const std::string& text) {
        std::size_t count = 0;
        for (const std::string& line : lines_of(text)) {
            const std::size_t at = line.find_first_not_of(" \t");
            count += at != std::string::npos && line.compare(at, 2, "::") == 0 ? 1 : 0;
        }
        return count;
    }

    Sandbox box_;
};

TEST_F(Escapes, Text) {
    const Outcome run = lint("text");
    expect_printable(run.out);
    EXPECT_EQ(lines_of(run.out).size(), 2U) << run.out;
    EXPECT_EQ(command_lines(run.out), 0U) << run.out;
    EXPECT_THAT(run.out,
                HasSubstr("./::error::x\\x1b[31m\\x0d\\x0a::warning file=y::%0A%25.md:1:"));
    EXPECT_THAT(run.out, HasSubstr("bad\\xff.md:1:"));
}

TEST_F(Escapes, Full) {
    const Outcome run = lint("full");
    expect_printable(run.out);
    EXPECT_EQ(command_lines(run.out), 0U) << run.out;
}

TEST_F(Escapes, StandardError) {
    const Outcome run = lint("text");
    expect_printable(run.err);
    EXPECT_EQ(command_lines(run.err), 0U) << run.err;
    EXPECT_THAT(run.err, HasSubstr("dead\\x0a::error::link.md: symbolic link to "
                                   "\"no\\x1bwhere\\x0a::error::z\" points at nothing"));
}

TEST_F(Escapes, Github) {
    const Outcome run = lint("github");
    expect_printable(run.out);
    const std::vector<std::string> lines = lines_of(run.out);
    ASSERT_EQ(lines.size(), 2U) << run.out;
    for (const std::string& line : lines) {
        EXPECT_EQ(line.compare(0, 13, "::error file="), 0) << line;
        // What the runner undoes must not give a line break: every '%' of ours is escaped.
        EXPECT_THAT(line, Not(HasSubstr("%0A:")));
        EXPECT_THAT(line, Not(HasSubstr("%0D")));
        const std::string properties = line.substr(8, line.find("::", 8) - 8);
        EXPECT_EQ(count_of(properties, ","), 5U) << properties;
    }
    EXPECT_THAT(run.out, HasSubstr("%250A%2525.md,line=1,"));
    EXPECT_THAT(run.out, HasSubstr("file=%3A%3Aerror%3A%3Ax"));
}

TEST_F(Escapes, Markdown) {
    const Outcome run = lint("markdown");
    expect_printable(run.out);
    EXPECT_EQ(command_lines(run.out), 0U) << run.out;
    std::size_t rows = 0;
    for (const std::string& line : lines_of(run.out)) {
        rows += line.starts_with("| `") ? 1 : 0;
    }
    EXPECT_EQ(rows, 2U) << run.out;
}

TEST_F(Escapes, Json) {
    const Outcome run = lint("json");
    expect_printable(run.out);
    const nlohmann::json report = nlohmann::json::parse(run.out);
    ASSERT_EQ(report["findings"].size(), 2U);
    std::vector<std::string> paths;
    for (const auto& finding : report["findings"]) {
        paths.push_back(finding["path"]);
        EXPECT_THAT(finding["message"].get<std::string>(), HasSubstr("\\x1b]0;t\\x07"));
    }
    EXPECT_THAT(paths, ::testing::Contains(kName)) << "a program gets the name as it is";
}

TEST_F(Escapes, JsonLines) {
    const Outcome run = lint("jsonl");
    expect_printable(run.out);
    const std::vector<std::string> lines = lines_of(run.out);
    ASSERT_EQ(lines.size(), 4U) << run.out;  // two findings, one notification, the summary
    for (const std::string& line : lines) {
        EXPECT_TRUE(nlohmann::json::parse(line).is_object());
    }
}

TEST_F(Escapes, Sarif) {
    const Outcome run = lint("sarif");
    expect_printable(run.out);
    const nlohmann::json log = nlohmann::json::parse(run.out);
    const auto& results = log["runs"][0]["results"];
    ASSERT_EQ(results.size(), 2U);
    std::vector<std::string> uris;
    for (const auto& result : results) {
        const auto& place = result["locations"][0]["physicalLocation"];
        uris.push_back(place["artifactLocation"]["uri"]);
    }
    EXPECT_THAT(uris,
                ::testing::UnorderedElementsAre(
                    "%3A%3Aerror%3A%3Ax%1B%5B31m%0D%0A%3A%3Awarning%20file=y%3A%3A%250A%2525.md",
                    "bad%FF.md"));
}

TEST_F(Escapes, CommandLine) {
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{"gone\x1b[31m\n::error::x.md"},
                                               {"--format", "x\x1b\n::error::"},
                                               {"--select", "x\x1b\n::error::"},
                                               {"--output", "x\x1b\n::error::=y"},
                                               {"--config", "x\x1b\n::error::"},
                                               {"--files-from", "x\x1b\n::error::"},
                                               {"--flag\x1b\n::error::"},
                                               {"explain", "x\x1b\n::error::"},
                                               {"config", "x\x1b\n::error::"},
                                               {"dump", "model", "x\x1b\n::error::"}}) {
        const Outcome run = box_.lint(command);
        EXPECT_EQ(run.code, 2);
        expect_printable(run.err);
        EXPECT_EQ(command_lines(run.err), 0U) << run.err;
    }
}

TEST_F(Escapes, Configuration) {
    box_.write(".docathon-lint.yaml",
               "version: 1\n\"x\\e[31m\\n::error::\": 1\nrules: {\"y\\e\\n::error::\": off}\n");
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{}, {"config", "check"}}) {
        const Outcome run = box_.lint(command);
        EXPECT_EQ(run.code, 2);
        expect_printable(run.err);
        EXPECT_EQ(command_lines(run.err), 0U) << run.err;
    }
    box_.write(".docathon-lint.yaml", "version: 1\nexclude: [\"x\\e\\n::error::*\"]\n");
    expect_printable(box_.lint({"config", "show"}).out);
}

TEST_F(Escapes, Dump) {
    for (const char* view : {"model", "prose", "facts"}) {
        const Outcome run = box_.lint({"dump", view, kName});
        EXPECT_EQ(run.code, 0) << run.err;
        expect_printable(run.out);
        EXPECT_EQ(command_lines(run.out), 0U) << run.out;
    }
}

TEST(EscapesOfRunners, AMessageCannotEndACommandEarly) {
    const Sandbox box;
    box.write("a.md", "[x](<a%0D%0A::error::b.md>) [y](a::b,c%3A%2C.md)\n");
    const Outcome run = box.lint({"--format", "github"});
    ASSERT_EQ(lines_of(run.out).size(), 2U) << run.out;
    EXPECT_THAT(run.out, HasSubstr("a\\x0d\\x0a::error::b.md"));
}

}  // namespace
}  // namespace docathon::testing
