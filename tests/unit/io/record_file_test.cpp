#include "lint/io/record_file.h"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>
#include <vector>

#include <sys/resource.h>

#include <gtest/gtest.h>

#include "tests/unit/io/temp_folder.h"

namespace docathon {
namespace {

constexpr std::string_view kProgram = "1.0 abc";

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void put(const std::string& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

Record with_key(std::uint64_t key) {
    Record record;
    record.key = key;
    record.checked_ns = 5;
    record.stamp = {1, 2, 3, 4};
    return record;
}

class RecordFileTest : public ::testing::Test {
  protected:
    std::string path(const std::string& name = "x.pages") const {
        return folder_.path() + "/" + name;
    }
    void write_two() const {
        const auto writer = RecordFileWriter::create(path(), kProgram);
        ASSERT_NE(writer, nullptr);
        writer->add("docs/a.md", with_key(7), "the first");
        writer->add("docs/b.md", with_key(8), std::string(3'000'000, 'b'));
        ASSERT_TRUE(writer->finish());
    }
    TempFolder folder_;
};

TEST_F(RecordFileTest, GivesBackWhatWasAdded) {
    write_two();
    const auto file = RecordFile::open(path(), kProgram);
    ASSERT_NE(file, nullptr);
    const Record* first = file->find("docs/a.md");
    ASSERT_NE(first, nullptr);
    EXPECT_EQ(first->key, 7u);
    EXPECT_EQ(first->checked_ns, 5);
    EXPECT_EQ(first->stamp[3], 4u);
    std::string bytes;
    ASSERT_TRUE(file->read(*first, bytes));
    EXPECT_EQ(bytes, "the first");
    const Record* second = file->find("docs/b.md");
    ASSERT_NE(second, nullptr);
    ASSERT_TRUE(file->read(*second, bytes));
    EXPECT_EQ(bytes.size(), 3'000'000u);
    EXPECT_EQ(file->find("docs/c.md"), nullptr);
}

TEST_F(RecordFileTest, AnotherBuildOfTheProgramSeesNothing) {
    write_two();
    EXPECT_EQ(RecordFile::open(path(), "1.0 abd"), nullptr);
    EXPECT_EQ(RecordFile::open(path("absent"), kProgram), nullptr);
    EXPECT_EQ(RecordFile::open(folder_.path(), kProgram), nullptr);
}

TEST_F(RecordFileTest, DamageIsNeverRead) {
    const auto writer = RecordFileWriter::create(path(), kProgram);
    writer->add("a", with_key(1), "some bytes");
    ASSERT_TRUE(writer->finish());
    const std::string whole = bytes_of(path());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        for (const bool cut : {false, true}) {
            std::string damaged = whole;
            if (cut)
                damaged.resize(at);
            else
                damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
            put(path(), damaged);
            const auto file = RecordFile::open(path(), kProgram);
            if (file == nullptr)
                continue;
            const Record* record = file->find("a");
            ASSERT_NE(record, nullptr);
            std::string bytes;
            EXPECT_FALSE(file->read(*record, bytes)) << at;
        }
    }
}

TEST_F(RecordFileTest, AWriterThatDoesNotFinishLeavesTheOldFile) {
    write_two();
    const std::string before = bytes_of(path());
    {
        const auto writer = RecordFileWriter::create(path(), kProgram);
        writer->add("docs/a.md", with_key(9), "new");
    }
    EXPECT_EQ(bytes_of(path()), before);
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
        (void)entry;
        ++files;
    }
    EXPECT_EQ(files, 1u);
}

TEST_F(RecordFileTest, AFullDiskLeavesTheOldFile) {
    write_two();
    const std::string before = bytes_of(path());
    rlimit old{};
    ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &old), 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = old;
    small.rlim_cur = 100'000;
    ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
    const auto writer = RecordFileWriter::create(path(), kProgram);
    ASSERT_NE(writer, nullptr);
    writer->add("docs/a.md", with_key(9), std::string(200'000, 'n'));
    EXPECT_FALSE(writer->finish());
    setrlimit(RLIMIT_FSIZE, &old);
    std::signal(SIGXFSZ, handler);
    EXPECT_EQ(bytes_of(path()), before);
}

TEST_F(RecordFileTest, ThreadsMayAdd) {
    const auto writer = RecordFileWriter::create(path(), kProgram);
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t) {
        threads.emplace_back([&writer, t] {
            for (int i = 0; i < 200; ++i) {
                const std::string name = std::to_string(t) + "/" + std::to_string(i);
                writer->add(name, with_key(1), name + " content");
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    ASSERT_TRUE(writer->finish());
    const auto file = RecordFile::open(path(), kProgram);
    ASSERT_NE(file, nullptr);
    std::string bytes;
    for (const std::string name : {"0/0", "3/199", "2/57"}) {
        const Record* record = file->find(name);
        ASSERT_NE(record, nullptr) << name;
        ASSERT_TRUE(file->read(*record, bytes));
        EXPECT_EQ(bytes, name + " content");
    }
}

TEST_F(RecordFileTest, NoFolderNoWriter) {
    put(path("file"), "");
    EXPECT_EQ(RecordFileWriter::create(path("file") + "/x.pages", kProgram), nullptr);
}

TEST_F(RecordFileTest, PruningTakesTheOldestAndNothingOfOthers) {
    using std::filesystem::last_write_time;
    const auto now = std::filesystem::file_time_type::clock::now();
    for (int i = 0; i < 4; ++i) {
        const std::string name = path(std::to_string(i) + ".pages");
        put(name, std::string(100, 'x'));
        last_write_time(name, now - std::chrono::hours(i));
    }
    put(path("notes.txt"), "mine");
    put(path("9.pages.tmp-1-0"), "killed long ago");
    last_write_time(path("9.pages.tmp-1-0"), now - std::chrono::hours(3));
    put(path("8.pages.tmp-1-0"), "being written");
    EXPECT_EQ(prune_record_files(folder_.path(), ".pages", 3, 250), 3u);
    EXPECT_TRUE(std::filesystem::exists(path("0.pages")));
    EXPECT_TRUE(std::filesystem::exists(path("1.pages")));
    EXPECT_FALSE(std::filesystem::exists(path("2.pages")));
    EXPECT_FALSE(std::filesystem::exists(path("3.pages")));
    EXPECT_TRUE(std::filesystem::exists(path("notes.txt")));
    EXPECT_FALSE(std::filesystem::exists(path("9.pages.tmp-1-0")));
    EXPECT_TRUE(std::filesystem::exists(path("8.pages.tmp-1-0")));
}

}  // namespace
}  // namespace docathon
