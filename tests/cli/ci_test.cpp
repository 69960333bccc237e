// What action.yml runs: scripts/ci-check, with the inputs in its environment.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

using ::testing::HasSubstr;

std::string source_file(const std::string& name) {
    std::ifstream stream(std::string(DOCATHON_SOURCE_DIR) + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

Outcome ci_check(const Sandbox& box, std::map<std::string, std::optional<std::string>> inputs) {
    RunOptions options;
    options.environment = std::move(inputs);
    options.environment["PATH"] =
        std::filesystem::path(DOCATHON_BINARY).parent_path().string() + ":" + std::getenv("PATH");
    options.environment["GITHUB_STEP_SUMMARY"] = box.path("summary.md.txt");
    options.environment["GITHUB_OUTPUT"] = box.path("outputs.txt");
    return box.run({std::string(DOCATHON_SOURCE_DIR) + "/scripts/ci-check"}, options);
}

TEST(CiCheck, AnnotatesSumsUpAndWritesSarif) {
    const Sandbox box;
    box.write("a.md", "# A\n\n[x](old.md)\n");
    box.commit();
    box.write("b.md", "# B\n\n[x](new.md) [y](newer.md)\n");
    const Outcome run = ci_check(box, {{"INPUT_SINCE", "HEAD"},
                                       {"INPUT_SARIF", "x.sarif"},
                                       {"INPUT_ARGS", "--max-results\n1\n"}});
    EXPECT_EQ(run.code, 1) << run.err;
    EXPECT_THAT(run.out, ::testing::StartsWith("::error file=b.md,line=3"));
    EXPECT_EQ(count_of(run.out, "::error"), 1U) << run.out;
    // The summary has every new finding, and none that was there before; the log has all.
    const std::string summary = box.read("summary.md.txt");
    EXPECT_THAT(summary, HasSubstr("b.md:3:5"));
    EXPECT_THAT(summary, HasSubstr("b.md:3:17"));
    EXPECT_EQ(summary.find("a.md:3"), std::string::npos);
    EXPECT_EQ(box.read("outputs.txt"), "exit-code=1\n");
    EXPECT_TRUE(nlohmann::json::accept(box.read("x.sarif")));
}

TEST(CiCheck, WithoutInputsItReportsEverything) {
    const Sandbox box;
    box.write("a.md", "# A\n\n[x](old.md)\n");
    box.commit();
    EXPECT_EQ(ci_check(box, {}).code, 1);
    EXPECT_EQ(ci_check(box, {{"INPUT_FAIL_ON", "never"}}).code, 0);
    EXPECT_EQ(ci_check(box, {{"INPUT_PRESET", "no-such"}}).code, 2);
    EXPECT_THAT(box.read("outputs.txt"), ::testing::EndsWith("exit-code=2\n"));
}

TEST(CiCheck, EveryInputOfTheActionIsRead) {
    const std::string scripts = source_file("scripts/ci-check") + source_file("scripts/ci-install");
    const std::string action = source_file("action.yml");
    const std::string docs = source_file("docs/ci.md");
    for (const std::string name : {"preset", "fail-on", "since", "sarif", "args", "package"}) {
        std::string variable = "INPUT_" + name;
        for (char& c : variable)
            c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        EXPECT_THAT(action, HasSubstr("\n  " + name + ":\n    description:"));
        EXPECT_THAT(action, HasSubstr(variable + ": ${{ inputs." + name + " }}"));
        EXPECT_THAT(scripts, HasSubstr(variable));
        EXPECT_THAT(docs, HasSubstr("| `" + name + "` |"));
    }
}

}  // namespace
}  // namespace docathon::testing
