// What other programs read of this repository by a fixed name.

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

namespace docathon {
namespace {

std::string text_of(const std::string& name) {
    std::ifstream file(std::string(DOCATHON_SOURCE_DIR) + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// pre-commit reads the file with the dot only; people look for the one without.
TEST(Hooks, BothFilesAreTheSame) {
    const std::string hooks = text_of(".pre-commit-hooks.yaml");
    EXPECT_EQ(hooks, text_of("pre-commit-hooks.yaml"));
    for (const char* id :
         {"docathon-lint", "docathon-lint-files", "docathon-lint-fix", "docathon-lint-links"})
        EXPECT_NE(hooks.find("- id: " + std::string(id) + "\n"), std::string::npos) << id;
    // A commit that only removes a page passes no file name, and must be checked.
    const std::string first = hooks.substr(0, hooks.find("- id: docathon-lint-files"));
    EXPECT_NE(first.find("\n  pass_filenames: false\n  always_run: true\n"), std::string::npos);
}

}  // namespace
}  // namespace docathon
