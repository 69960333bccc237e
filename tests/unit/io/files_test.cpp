#include "lint/io/files.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "lint/io/fake_files.h"
#include "tests/unit/io/temp_folder.h"

namespace docathon {
namespace {

TEST(RealFileSystem, ReadsRegularFiles) {
    const TempFolder folder;
    const RealFileSystem files;
    const std::string bytes = std::string("a\0b\r\n", 5) + std::string(200'000, 'x');
    folder.write("a.md", bytes);
    folder.write("empty", "");
    folder.link("link.md", "a.md");
    EXPECT_EQ(files.read_file(folder / "a.md", 1 << 20).value(), bytes);
    EXPECT_EQ(files.read_file(folder / "empty", 0).value(), "");
    EXPECT_EQ(files.read_file(folder / "link.md", 1 << 20).value(), bytes);
    EXPECT_EQ(files.read_file(folder / "a.md", bytes.size()).value().size(), bytes.size());
}

TEST(RealFileSystem, SaysWhyItCannotRead) {
    const TempFolder folder;
    const RealFileSystem files;
    folder.write("big", std::string(100, 'x'));
    folder.link("loop", "loop");
    ASSERT_EQ(::mkfifo((folder / "fifo").c_str(), 0600), 0);
    const auto code = [&](const std::string& name) {
        return files.read_file(folder / name, 99).error().code;
    };
    EXPECT_EQ(code("nothing"), ErrorCode::absent);
    EXPECT_EQ(code("big/below"), ErrorCode::absent);
    EXPECT_EQ(code("."), ErrorCode::is_folder);
    EXPECT_EQ(code("fifo"), ErrorCode::not_regular);  // and it does not wait for a writer
    EXPECT_EQ(code("loop"), ErrorCode::absent);
    EXPECT_EQ(code(std::string(300, 'n')), ErrorCode::absent);
    const Error large = files.read_file(folder / "big", 99).error();
    EXPECT_EQ(large.code, ErrorCode::too_large);
    EXPECT_EQ(large.size, 100u);
    EXPECT_EQ(large.path, folder / "big");
    EXPECT_EQ(files.read_file("/dev/null", 99).error().code, ErrorCode::not_regular);
}

TEST(RealFileSystem, ReadsFilesThatSayTheyAreEmpty) {
    const RealFileSystem files;
    const Result<std::string> text = files.read_file("/proc/self/status", 1 << 20);
    if (!text && text.error().code == ErrorCode::absent)
        GTEST_SKIP() << "no /proc here";
    ASSERT_TRUE(text.has_value());
    EXPECT_NE(text->find("Name:"), std::string::npos);
    EXPECT_EQ(files.read_file("/proc/self/status", 10).error().code, ErrorCode::too_large);
}

TEST(RealFileSystem, SparseGiantsAreNotRead) {
    const TempFolder folder;
    folder.write("giant");
    ASSERT_EQ(::truncate((folder / "giant").c_str(), off_t{5} << 30), 0);
    const Error error = RealFileSystem().read_file(folder / "giant", 10 << 20).error();
    EXPECT_EQ(error.code, ErrorCode::too_large);
    EXPECT_EQ(error.size, std::uint64_t{5} << 30);
}

TEST(RealFileSystem, WritesWholeFilesInPlace) {
    const TempFolder folder;
    RealFileSystem files;
    folder.write("a", "old");
    ASSERT_EQ(::chmod((folder / "a").c_str(), 0640), 0);
    folder.link("link", "a");
    ASSERT_TRUE(files.write_file_atomic(folder / "link", "new").has_value());
    EXPECT_EQ(files.read_file(folder / "a", 10).value(), "new");
    EXPECT_EQ(files.info(folder / "link").kind, FileKind::symlink);
    struct stat status {};
    ASSERT_EQ(::stat((folder / "a").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777u, 0640u);
    ASSERT_TRUE(files.write_file_atomic(folder / "fresh", "x").has_value());
    EXPECT_EQ(files.read_file(folder / "fresh", 10).value(), "x");
    ASSERT_TRUE(files.write_file_atomic("/dev/null", "x").has_value());
    // No temporary file is left.
    EXPECT_EQ(files.list_folder(folder.path()).value().size(), 3u);
}

TEST(RealFileSystem, SaysWhyItCannotWrite) {
    const TempFolder folder;
    RealFileSystem files;
    EXPECT_EQ(files.write_file_atomic(folder.path(), "x").error().code, ErrorCode::is_folder);
    const Error missing = files.write_file_atomic(folder / "no/such", "x").error();
    EXPECT_EQ(missing.code, ErrorCode::absent);
    EXPECT_EQ(missing.message, "cannot be written: its folder does not exist");
    EXPECT_EQ(files.write_file_atomic("/proc/docathon", "x").has_value(), false);
    EXPECT_FALSE(files.write_file_atomic("/dev/full", "x").has_value());
}

TEST(RealFileSystem, ListsFoldersWithKinds) {
    const TempFolder folder;
    const RealFileSystem files;
    folder.write("f/x");
    folder.write("a");
    folder.write("\xff.md");
    folder.link("l", "nowhere");
    ASSERT_EQ(::mkfifo((folder / "p").c_str(), 0600), 0);
    std::vector<FolderEntry> entries = files.list_folder(folder.path()).value();
    std::sort(entries.begin(), entries.end(),
              [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
    ASSERT_EQ(entries.size(), 5u);
    EXPECT_EQ(entries[0].name, "a");
    EXPECT_EQ(entries[0].kind, FileKind::regular);
    EXPECT_EQ(entries[1].kind, FileKind::folder);
    EXPECT_EQ(entries[2].kind, FileKind::symlink);
    EXPECT_EQ(entries[3].kind, FileKind::other);
    EXPECT_EQ(entries[4].name, "\xff.md");
    EXPECT_EQ(files.list_folder(folder / "a").error().code, ErrorCode::absent);
    EXPECT_EQ(files.list_folder(folder / "none").error().code, ErrorCode::absent);
}

TEST(RealFileSystem, ListsFoldersLargerThanItsBuffer) {
    const TempFolder folder;
    for (int i = 0; i < 2000; ++i)
        folder.write("a_file_with_a_longer_name_" + std::to_string(i));
    EXPECT_EQ(RealFileSystem().list_folder(folder.path()).value().size(), 2000u);
}

TEST(RealFileSystem, TellsWhatIsThere) {
    const TempFolder folder;
    const RealFileSystem files;
    folder.write("a", "123");
    folder.link("l", "a");
    folder.link("loop", "loop");
    EXPECT_EQ(files.info(folder / "a").kind, FileKind::regular);
    EXPECT_EQ(files.info(folder / "a").size, 3u);
    EXPECT_GT(files.info(folder / "a").modified_ns, 1'500'000'000'000'000'000);
    EXPECT_EQ(files.info(folder / "l").kind, FileKind::symlink);
    EXPECT_EQ(files.info_followed(folder / "l").kind, FileKind::regular);
    EXPECT_EQ(files.info_followed(folder / "loop").kind, FileKind::absent);
    EXPECT_EQ(files.info(folder / "none").kind, FileKind::absent);
    EXPECT_EQ(files.info(folder / "a/b").kind, FileKind::absent);
    EXPECT_EQ(files.real_path(folder / "l").value(), folder / "a");
    EXPECT_EQ(files.real_path(folder / "none").error().code, ErrorCode::absent);
    EXPECT_NE(files.real_path(folder / "loop").error().message.find("circle"), std::string::npos);
    EXPECT_EQ(files.read_link(folder / "l").value(), "a");
    EXPECT_EQ(files.current_folder().value(), std::filesystem::current_path().string());
}

TEST(ReadDescriptor, ReadsPipesToTheirEnd) {
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], "abc", 3), 3);
    ::close(ends[1]);
    EXPECT_EQ(read_descriptor(ends[0], 100, "pipe").value(), "abc");
    ::close(ends[0]);

    const TempFolder folder;
    folder.write("big", std::string(1'000'000, 'x'));
    const int file = ::open((folder / "big").c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    EXPECT_EQ(read_descriptor(file, 999'999, "big").error().code, ErrorCode::too_large);
    ASSERT_EQ(::lseek(file, 0, SEEK_SET), 0);
    EXPECT_EQ(read_descriptor(file, ~std::uint64_t{0}, "big").value().size(), 1'000'000u);
    ::close(file);
    EXPECT_EQ(read_descriptor(-1, 10, "nothing").error().code, ErrorCode::unreadable);
}

TEST(FakeFileSystem, BehavesAsTheRealOne) {
    FakeFileSystem files;
    files.add_file("/repo/docs/a.md", "text");
    files.add_symlink("/repo/link", "docs");
    files.add_symlink("/repo/loop", "loop");
    files.add_file("/repo/secret", "x");
    files.node("/repo/secret").unreadable = true;
    files.add_file("/repo/giant");
    files.node("/repo/giant").claimed_size = std::uint64_t{5} << 30;
    EXPECT_EQ(files.read_file("link/a.md", 10).value(), "text");
    EXPECT_EQ(files.real_path("/repo/link/a.md").value(), "/repo/docs/a.md");
    EXPECT_EQ(files.read_file("/repo/docs", 10).error().code, ErrorCode::is_folder);
    EXPECT_EQ(files.read_file("/repo/loop", 10).error().code, ErrorCode::absent);
    EXPECT_EQ(files.read_file("/repo/secret", 10).error().code, ErrorCode::unreadable);
    EXPECT_EQ(files.read_file("/repo/giant", 10).error().code, ErrorCode::too_large);
    EXPECT_EQ(files.read_file("/repo/none", 10).error().code, ErrorCode::absent);
    EXPECT_EQ(files.list_folder("/repo").value().size(), 5u);
    EXPECT_EQ(files.info("/repo/link").kind, FileKind::symlink);
    EXPECT_EQ(files.info_followed("/repo/link").kind, FileKind::folder);
    ASSERT_TRUE(files.write_file_atomic("/repo/docs/b.md", "b").has_value());
    EXPECT_EQ(files.read_file("/repo/docs/b.md", 10).value(), "b");
    EXPECT_FALSE(files.write_file_atomic("/repo/none/b.md", "b").has_value());
    EXPECT_FALSE(files.write_file_atomic("/repo/secret", "b").has_value());
}

}  // namespace
}  // namespace docathon
