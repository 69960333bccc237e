#pragma once
// RecordFile: records of bytes by name in one file, for caches. It is written whole, beside the old
// one, and then put into its place: readers have the old file or the new one, and keep the one that
// they opened. Every part has a checksum. What is damaged, cut off or written by another build of
// the program counts as absent: a cache is never an error.

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/io/files.h"

namespace docathon {

/// One record of the file, without its bytes.
struct Record {
    std::uint64_t name_hash = 0;
    std::uint64_t name_begin = 0;  ///< in the pool of names of the file
    std::uint64_t name_size = 0;
    std::array<std::uint64_t, 4> stamp{};    ///< FileStamp::parts of what the record is of
    std::int64_t checked_ns = 0;             ///< when that was read, nanoseconds since 1970
    std::array<std::uint64_t, 2> content{};  ///< hash128() of what was read
    std::uint64_t key = 0;                   ///< what else the record depends on
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t checksum = 0;
};

class RecordFile {
  public:
    /// Opens the file if it is one of the same build of the program (`program`), else nullptr.
    [[nodiscard]] static std::unique_ptr<RecordFile> open(const std::string& path,
                                                          std::string_view program);
    ~RecordFile();
    RecordFile(const RecordFile&) = delete;
    RecordFile& operator=(const RecordFile&) = delete;

    /// nullptr if there is none of this name. Valid as long as the RecordFile.
    [[nodiscard]] const Record* find(std::string_view name) const;
    /// Puts the bytes of the record into `bytes`; false if they are damaged. May be called by
    /// several threads, each with a string of its own.
    [[nodiscard]] bool read(const Record& record, std::string& bytes) const;

  private:
    explicit RecordFile(int descriptor) : descriptor_(descriptor) {}
    [[nodiscard]] bool read_index(std::string_view program);

    int descriptor_;
    std::string names_;
    std::vector<Record> records_;  // by hash, then name
};

/// Writes a RecordFile. May be used by several threads. Without finish() nothing is left behind.
class RecordFileWriter {
  public:
    /// nullptr if the folder cannot be made or written to.
    [[nodiscard]] static std::unique_ptr<RecordFileWriter> create(const std::string& path,
                                                                  std::string_view program);
    ~RecordFileWriter();
    RecordFileWriter(const RecordFileWriter&) = delete;
    RecordFileWriter& operator=(const RecordFileWriter&) = delete;

    /// Of `record` the stamp, the time, the content and the key are kept; the rest is filled in.
    void add(std::string_view name, Record record, std::string_view bytes);
    /// Puts the file into its place; false if it could not be written whole (disk full ...), and
    /// then the old one is still there.
    [[nodiscard]] bool finish();

  private:
    RecordFileWriter(std::string path, std::string temporary, int descriptor,
                     std::string_view program)
        : path_(std::move(path)),
          temporary_(std::move(temporary)),
          program_(program),
          descriptor_(descriptor) {}
    void write(std::string_view bytes);
    void flush();

    std::mutex mutex_;
    std::string path_;
    std::string temporary_;
    std::string program_;
    int descriptor_;
    bool ok_ = true;
    std::uint64_t written_ = 0;
    std::string buffer_;
    std::string names_;
    std::vector<Record> records_;
};

/// Removes the oldest files of a folder whose names end in `suffix`, until they are at most
/// `max_files` with together at most `max_bytes`, and what writers left behind that were killed
/// more than an hour ago. Returns how many files went.
std::size_t prune_record_files(const std::string& folder, std::string_view suffix,
                               std::size_t max_files, std::uint64_t max_bytes);

}  // namespace docathon
