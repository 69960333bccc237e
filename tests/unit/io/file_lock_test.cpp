#include "lint/io/file_lock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <thread>
#include <vector>

#include "lint/io/files.h"
#include "temp_folder.h"

namespace docathon {
namespace {

// Each writer reads a number and writes the next one. Without the lock, or with a lock that a
// replaced file loses, numbers would be written twice.
TEST(FileLock, OneWriterAtATimeAlthoughTheFileIsReplaced) {
    const TempFolder folder;
    const std::string path = (folder / "a/b/count");
    constexpr int kThreads = 8;
    constexpr int kEach = 40;
    std::vector<std::thread> threads;
    std::atomic<int> failures = 0;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
            for (int k = 0; k < kEach; ++k) {
                const Result<FileLock> lock = FileLock::take(path);
                if (!lock) {
                    ++failures;
                    continue;
                }
                RealFileSystem files;
                const Result<std::string> text = files.read_file(path, 100);
                const int number = !text || text->empty() ? 0 : std::stoi(*text);
                if (!files.write_file_atomic(path, std::to_string(number + 1)))
                    ++failures;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(*RealFileSystem().read_file(path, 100), std::to_string(kThreads * kEach));
}

TEST(FileLock, LeftoversOfKilledWritersGo) {
    const TempFolder folder;
    RealFileSystem files;
    for (const char* name : {"x", "x.tmp-12-0", "x.tmp-13-4", "y.tmp-12-0"})
        ASSERT_TRUE(files.write_file_atomic((folder / name), "1"));
    remove_leftovers((folder / "x"));
    EXPECT_EQ(files.info((folder / "x")).kind, FileKind::regular);
    EXPECT_EQ(files.info((folder / "x.tmp-12-0")).kind, FileKind::absent);
    EXPECT_EQ(files.info((folder / "x.tmp-13-4")).kind, FileKind::absent);
    EXPECT_EQ(files.info((folder / "y.tmp-12-0")).kind, FileKind::regular);
}

}  // namespace
}  // namespace docathon
