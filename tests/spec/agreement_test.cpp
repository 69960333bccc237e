// Our reading of Markdown against cmark-gfm's: headings, code blocks, links and images, one by one
// and in order. Without arguments on the cases of this folder; arguments are files of the form of
// the CommonMark specification's spec.txt, Markdown files, or folders that are searched for them.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/spec/agreement.h"
#include "tests/spec/cases.h"

namespace {

namespace fs = std::filesystem;

std::vector<std::string>& arguments() {
    static std::vector<std::string> paths;
    return paths;
}

std::string read(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream out;
    out << in.rdbuf();
    return std::move(out).str();
}

constexpr std::string_view kFence = "````````````````````````````````";

/// The inputs of a spec.txt: between a fence with "example" and a line that is ".".
std::vector<std::string> examples(const std::string& spec) {
    std::vector<std::string> out;
    std::istringstream lines(spec);
    std::string line;
    bool inside = false;
    bool input = false;
    while (std::getline(lines, line)) {
        if (!inside) {
            if (line.starts_with(kFence) && line.find("example") != std::string::npos) {
                inside = input = true;
                out.emplace_back();
            }
        } else if (line == kFence) {
            inside = false;
        } else if (line == ".") {
            input = false;
        } else if (input) {
            for (std::size_t at = line.find("\xe2\x86\x92"); at != std::string::npos;
                 at = line.find("\xe2\x86\x92")) {
                line.replace(at, 3, "\t");
            }
            out.back() += line + "\n";
        }
    }
    return out;
}

bool is_markdown(const fs::path& path) {
    return path.extension() == ".md" || path.extension() == ".markdown";
}

TEST(Agreement, OwnCases) {
    for (const std::string_view text : docathon::spec::kCases) {
        EXPECT_EQ(docathon::spec::difference(text), "") << text;
    }
    EXPECT_GE(docathon::spec::kCases.size(), 80U);
}

TEST(Agreement, OwnCasesSayWhatTheyAreAbout) {
    // A case without any heading, code block, link or image would compare nothing.
    std::size_t items = 0;
    for (const std::string_view text : docathon::spec::kCases) {
        items += docathon::spec::items_by_cmark(text).size();
    }
    EXPECT_GE(items, 150U);
}

TEST(Agreement, OwnCasesWithOtherLineEnds) {
    for (const std::string_view text : docathon::spec::kCases) {
        std::string other;
        for (const char c : text) {
            if (c == '\n')
                other += '\r';
            other += c;
        }
        EXPECT_EQ(docathon::spec::difference(other), "") << other;
    }
}

/// Texts thrown together from pieces of Markdown: what no specification thinks of.
std::string random_text(std::mt19937& random) {
    static constexpr auto kPieces =
        std::to_array<std::string_view>({"a",       "b c",       "\n",      "\n",
                                         "\n",      "\n\n",      " ",       " ",
                                         "  ",      "   ",       "    ",    "\t",
                                         "> ",      ">",         "- ",      "-",
                                         "* ",      "+ ",        "1. ",     "2) ",
                                         "# ",      "## ",       "#",       "```",
                                         "~~~",     "````",      "===",     "---",
                                         "***",     "[a]",       "[a]: /b", "[b](c)",
                                         "![d](e)", "|",         "|-|-|",   "|---|",
                                         ":-:",     "| a | b |", "\\",      "`",
                                         "``",      "*",         "**",      "_",
                                         "~",       "~~",        "<b>",     "</div>",
                                         "<div>",   "<!--",      "-->",     "<a href=\"x\">",
                                         "<pre>",   "</pre>",    "<?",      "?>",
                                         "\"t\"",   "[x] ",      "[ ] ",    "http://a.b",
                                         "www.c.d", "e@f.g",     "&amp;",   ")",
                                         "[",       "]",         "!",       ":",
                                         "\n> ",    "\n- ",      "\n  ",    "\n    ",
                                         "\n```\n", "\r\n"});
    std::string out;
    const std::size_t count = 1 + random() % 24;
    for (std::size_t i = 0; i < count; ++i)
        out += kPieces[random() % kPieces.size()];
    // Left out: the end of a comment, where CommonMark 0.31, which we read, left 0.29, which
    // cmark-gfm reads; what cmark-gfm does not do as either says: `<?x??>`, and `\\&amp;`, which it
    // decodes twice.
    for (const std::string_view odd : {"--->", "<?<?", "??", "\\&"}) {
        for (std::size_t at = out.find(odd); at != std::string::npos; at = out.find(odd)) {
            out.erase(at, 1);
        }
    }
    return out;
}

TEST(Agreement, RandomTexts) {
    // The same texts at every run; the environment can ask for more.
    const char* const wanted = std::getenv("DOCATHON_SPEC_RANDOM");
    const char* const seed = std::getenv("DOCATHON_SPEC_SEED");
    const long count = wanted == nullptr ? 20000 : std::atol(wanted);
    std::mt19937 random(seed == nullptr ? 1U : static_cast<unsigned>(std::atol(seed)));
    int reported = 0;
    for (long i = 0; i < count && reported < 20; ++i) {
        const std::string text = random_text(random);
        const std::string difference = docathon::spec::difference(text);
        if (difference.empty())
            continue;
        ++reported;
        ADD_FAILURE() << "text " << i << ": " << testing::PrintToString(text) << "\n" << difference;
    }
}

TEST(Agreement, GivenFiles) {
    if (arguments().empty())
        GTEST_SKIP() << "no files given";
    std::size_t inputs = 0;
    std::size_t items = 0;
    std::size_t wrong = 0;
    const auto check = [&](const std::string& text, const std::string& where) {
        ++inputs;
        items += docathon::spec::items_by_cmark(text).size();
        const std::string difference = docathon::spec::difference(text);
        if (difference.empty())
            return;
        ++wrong;
        ADD_FAILURE() << where << ": " << difference;
    };
    std::vector<fs::path> files;
    for (const std::string& argument : arguments()) {
        if (!fs::is_directory(argument)) {
            files.emplace_back(argument);
            continue;
        }
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(argument)) {
            if (entry.is_regular_file() && !entry.is_symlink() && is_markdown(entry.path())) {
                files.push_back(entry.path());
            }
        }
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
        const std::string text = read(file);
        if (is_markdown(file)) {
            check(text, file.string());
            continue;
        }
        std::size_t number = 0;
        for (const std::string& example : examples(text)) {
            ++number;
            check(example, file.string() + ", example " + std::to_string(number) + "\n" + example);
        }
        EXPECT_GT(number, 0U) << file << " has no examples";
    }
    std::cout << inputs << " inputs, " << items << " headings, code blocks, links and images, "
              << wrong << " inputs differ\n";
}

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    for (int i = 1; i < argc; ++i)
        arguments().emplace_back(argv[i]);
    return RUN_ALL_TESTS();
}
