// The transcripts of README.md, repeated: each ```console block in a fresh copy of samples/.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "tests/cli/program.h"

namespace docathon::testing {
namespace {

/// Without what differs from run to run: times and the names of commits.
std::string steady(const std::string& text) {
    static const std::regex seconds(R"(, ([0-9]+\.[0-9] s|[0-9]+ ms)\n)");
    static const std::regex commit(R"(Base [0-9a-f]{12} )");
    return std::regex_replace(std::regex_replace(text, seconds, ", 0.1 s\n"), commit,
                              "Base 000000000000 ");
}

std::string text_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
}

std::vector<std::string> transcripts_of(const std::string& page) {
    std::vector<std::string> blocks;
    const std::string begin = "\n```console\n";
    for (std::size_t at = page.find(begin); at != std::string::npos; at = page.find(begin, at)) {
        at += begin.size();
        const std::size_t end = page.find("\n```\n", at);
        blocks.push_back(page.substr(at, end + 1 - at));
    }
    return blocks;
}

TEST(Readme, TranscriptsAreWhatHappens) {
    const std::filesystem::path source = DOCATHON_SOURCE_DIR;
    const std::vector<std::string> blocks = transcripts_of(text_of(source / "README.md"));
    ASSERT_GE(blocks.size(), 3U);
    for (const std::string& block : blocks) {
        const Sandbox box;
        for (const auto& entry :
             std::filesystem::recursive_directory_iterator(source / "samples")) {
            if (entry.is_regular_file()) {
                const std::filesystem::path name =
                    entry.path().lexically_relative(source / "samples");
                box.write(name.string(), text_of(entry.path()));
            }
        }
        box.commit();
        // The program's folder first on PATH, as after an installation.
        const std::string folder = std::filesystem::path(DOCATHON_BINARY).parent_path().string();
        RunOptions options;
        options.environment["PATH"] = folder + ":" + std::getenv("PATH");
        for (const char* who : {"AUTHOR", "COMMITTER"}) {
            options.environment[std::string("GIT_") + who + "_NAME"] = "a";
            options.environment[std::string("GIT_") + who + "_EMAIL"] = "a@example.org";
        }
        std::string seen;
        for (const std::string& line : lines_of(block)) {
            if (!line.starts_with("$ "))
                continue;
            const std::string command = line.substr(2);
            const Outcome run = box.run({"sh", "-c", command + " 2>&1"}, options);
            seen += line + "\n" + run.out;
        }
        EXPECT_EQ(steady(seen), steady(block));
    }
}

}  // namespace
}  // namespace docathon::testing
