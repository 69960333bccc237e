#include "lint/io/file_lists.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "lint/io/fake_files.h"

namespace docathon {
namespace {

using Paths = std::vector<std::string>;

TEST(PathList, LinesOrNulBytes) {
    EXPECT_EQ(parse_path_list("a\nb c\r\n\n d", false), (Paths{"a", "b c", " d"}));
    EXPECT_EQ(parse_path_list(std::string_view("a\nb\0\0c\0", 7), true), (Paths{"a\nb", "c"}));
    EXPECT_EQ(parse_path_list("", false), Paths());
}

TEST(PathList, ReadsPathsAsGitQuotesThem) {
    EXPECT_EQ(parse_path_list("\"\\303\\251 \\\"x\\\\\\t.md\"", false),
              (Paths{"\xc3\xa9 \"x\\\t.md"}));
    // Not git's form: taken as they stand.
    EXPECT_EQ(parse_path_list("\"a\nb\"\n\"\\x\"\n\"a\"b\"\n\"\\", false),
              (Paths{"\"a", "b\"", "\"\\x\"", "\"a\"b\"", "\"\\"}));
    EXPECT_EQ(parse_path_list(std::string_view("\"a\"\0", 4), true), (Paths{"\"a\""}));
}

TEST(PathList, ComesFromFiles) {
    FakeFileSystem files;
    files.add_file("/repo/list", "x.md\ny.md\n");
    EXPECT_EQ(read_path_list("list", false, files).value(), (Paths{"x.md", "y.md"}));
    EXPECT_EQ(read_path_list("none", false, files).error().code, ErrorCode::absent);
    EXPECT_EQ(read_path_list("/repo", false, files).error().code, ErrorCode::is_folder);
}

TEST(AtFiles, AreExpandedOnceInPlace) {
    FakeFileSystem files;
    files.add_file("/repo/list", "x.md\n@list\n");
    EXPECT_EQ(expand_at_files({"a", "@list", "b", "@", "./@list"}, files).value(),
              (Paths{"a", "x.md", "@list", "b", "@", "./@list"}));
    EXPECT_EQ(expand_at_files({"@none"}, files).error().path, "none");
}

}  // namespace
}  // namespace docathon
