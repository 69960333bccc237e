#include "lint/io/record_file.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <tuple>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lint/core/hash.h"
#include "lint/core/pack.h"
#include "lint/core/path.h"

namespace docathon {

namespace {

constexpr std::array<char, 16> kMagic = {'d', 'o', 'c', 'a', 't', 'h', 'o', 'n',
                                         ' ', 'c', 'a', 'c', 'h', 'e', ' ', '1'};
constexpr std::string_view kTemporary = ".tmp-";

struct Header {
    std::array<char, 16> magic = kMagic;
    std::uint64_t index_offset = 0;
    std::uint64_t index_size = 0;
    std::uint64_t index_checksum = 0;
};

bool read_at(int descriptor, char* out, std::uint64_t size, std::uint64_t offset) {
    while (size > 0) {
        const ssize_t got = ::pread(descriptor, out, size, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        out += got;
        size -= static_cast<std::uint64_t>(got);
        offset += static_cast<std::uint64_t>(got);
    }
    return true;
}

bool write_at(int descriptor, const char* bytes, std::uint64_t size, std::uint64_t offset) {
    while (size > 0) {
        const ssize_t put = ::pwrite(descriptor, bytes, size, static_cast<off_t>(offset));
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        size -= static_cast<std::uint64_t>(put);
        offset += static_cast<std::uint64_t>(put);
    }
    return true;
}

std::int64_t now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

std::unique_ptr<RecordFile> RecordFile::open(const std::string& path, std::string_view program) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return nullptr;
    std::unique_ptr<RecordFile> file(new RecordFile(descriptor));
    if (!file->read_index(program))
        return nullptr;
    // The oldest files are removed first: this one is in use.
    ::futimens(descriptor, nullptr);
    return file;
}

RecordFile::~RecordFile() {
    ::close(descriptor_);
}

bool RecordFile::read_index(std::string_view program) {
    struct stat status {};
    Header header;
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode) ||
        !read_at(descriptor_, reinterpret_cast<char*>(&header), sizeof(header), 0))
        return false;
    const auto file_size = static_cast<std::uint64_t>(status.st_size);
    if (header.magic != kMagic || header.index_offset > file_size ||
        header.index_size > file_size - header.index_offset)
        return false;
    std::string bytes(header.index_size, '\0');
    if (!read_at(descriptor_, bytes.data(), bytes.size(), header.index_offset) ||
        hash64(bytes) != header.index_checksum)
        return false;
    PackReader reader(bytes);
    std::string written_by;
    reader.get(written_by);
    if (!reader.ok() || written_by != program)
        return false;
    reader.get(names_);
    reader.get(records_);
    if (!reader.ok() || !reader.at_end())
        return false;
    return std::all_of(records_.begin(), records_.end(), [&](const Record& record) {
        return record.name_begin <= names_.size() &&
               record.name_size <= names_.size() - record.name_begin &&
               record.offset <= file_size && record.size <= file_size - record.offset;
    });
}

const Record* RecordFile::find(std::string_view name) const {
    const std::uint64_t hash = hash64(name);
    auto at = std::lower_bound(
        records_.begin(), records_.end(), hash,
        [](const Record& record, std::uint64_t wanted) { return record.name_hash < wanted; });
    for (; at != records_.end() && at->name_hash == hash; ++at) {
        if (std::string_view(names_).substr(at->name_begin, at->name_size) == name)
            return &*at;
    }
    return nullptr;
}

bool RecordFile::read(const Record& record, std::string& bytes) const {
    bytes.resize(record.size);
    return read_at(descriptor_, bytes.data(), record.size, record.offset) &&
           hash64(bytes) == record.checksum;
}

std::unique_ptr<RecordFileWriter> RecordFileWriter::create(const std::string& path,
                                                           std::string_view program) {
    if (!make_folders(std::string(dirname(path))))
        return nullptr;
    for (int attempt = 0; attempt < 100; ++attempt) {
        std::string temporary = path + std::string(kTemporary) + std::to_string(::getpid()) + '-' +
                                std::to_string(attempt);
        const int descriptor =
            ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
        if (descriptor >= 0) {
            std::unique_ptr<RecordFileWriter> writer(
                new RecordFileWriter(path, std::move(temporary), descriptor, program));
            writer->written_ = sizeof(Header);  // which comes last
            return writer;
        }
        if (errno != EEXIST)
            break;
    }
    return nullptr;
}

RecordFileWriter::~RecordFileWriter() {
    if (descriptor_ < 0)
        return;
    ::close(descriptor_);
    ::unlink(temporary_.c_str());
}

void RecordFileWriter::flush() {
    if (ok_ && !buffer_.empty())
        ok_ = write_at(descriptor_, buffer_.data(), buffer_.size(), written_);
    written_ += buffer_.size();
    buffer_.clear();
}

void RecordFileWriter::write(std::string_view bytes) {
    constexpr std::size_t kBuffer = 1u << 20;
    buffer_ += bytes;
    if (buffer_.size() >= kBuffer)
        flush();
}

void RecordFileWriter::add(std::string_view name, Record record, std::string_view bytes) {
    record.name_hash = hash64(name);
    record.size = bytes.size();
    record.checksum = hash64(bytes);
    const std::lock_guard lock(mutex_);
    record.name_begin = names_.size();
    record.name_size = name.size();
    record.offset = written_ + buffer_.size();
    names_ += name;
    records_.push_back(record);
    write(bytes);
}

bool RecordFileWriter::finish() {
    const std::lock_guard lock(mutex_);
    std::sort(records_.begin(), records_.end(), [this](const Record& a, const Record& b) {
        const std::string_view names = names_;
        return std::forward_as_tuple(a.name_hash, names.substr(a.name_begin, a.name_size)) <
               std::forward_as_tuple(b.name_hash, names.substr(b.name_begin, b.name_size));
    });
    PackWriter index;
    index.put(program_);
    index.put(names_);
    index.put(records_);
    Header header;
    header.index_offset = written_ + buffer_.size();
    header.index_size = index.bytes().size();
    header.index_checksum = hash64(index.bytes());
    write(index.bytes());
    flush();
    ok_ = ok_ && write_at(descriptor_, reinterpret_cast<const char*>(&header), sizeof(header), 0);
    ok_ = ::close(descriptor_) == 0 && ok_;
    descriptor_ = -1;
    ok_ = ok_ && ::rename(temporary_.c_str(), path_.c_str()) == 0;
    if (!ok_)
        ::unlink(temporary_.c_str());
    return ok_;
}

std::size_t prune_record_files(const std::string& folder, std::string_view suffix,
                               std::size_t max_files, std::uint64_t max_bytes) {
    constexpr std::int64_t kHour = 3'600'000'000'000;
    const RealFileSystem files;
    const Result<std::vector<FolderEntry>> entries = files.list_folder(folder);
    if (!entries)
        return 0;
    std::size_t removed = 0;
    std::vector<std::tuple<std::int64_t, std::string, std::uint64_t>> found;
    for (const FolderEntry& entry : *entries) {
        if (entry.kind != FileKind::regular)
            continue;
        std::string path = join_path(folder, entry.name);
        const FileInfo info = files.info(path);
        if (entry.name.ends_with(suffix)) {
            found.emplace_back(info.modified_ns, std::move(path), info.size);
        } else if (entry.name.find(std::string(suffix) + std::string(kTemporary)) !=
                       std::string::npos &&
                   (max_files == 0 || info.modified_ns < now_ns() - kHour)) {
            removed += ::unlink(path.c_str()) == 0 ? 1 : 0;
        }
    }
    std::sort(found.rbegin(), found.rend());  // the newest first
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        total += std::get<2>(found[i]);
        if (i >= max_files || total > max_bytes)
            removed += ::unlink(std::get<1>(found[i]).c_str()) == 0 ? 1 : 0;
    }
    return removed;
}

}  // namespace docathon
