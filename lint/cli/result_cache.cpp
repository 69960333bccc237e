#include "lint/cli/result_cache.h"

#include <utility>

#include "lint/core/pack.h"
#include "lint/io/record_file.h"

namespace docathon {

namespace {

constexpr std::string_view kSuffix = ".result";
constexpr std::string_view kName = "result";
// One is some kilobytes, with all findings of a large project some megabytes.
constexpr std::size_t kMostFiles = 64;
constexpr std::uint64_t kMostBytes = 64u << 20;

}  // namespace

std::unique_ptr<ResultCache> ResultCache::open(const std::string& folder, const std::string& name,
                                               std::uint64_t run) {
    std::optional<CachePlace> place = cache_place(folder, name, run, kSuffix);
    if (!place)
        return nullptr;
    return std::unique_ptr<ResultCache>(new ResultCache(std::move(*place)));
}

bool ResultCache::has_one() const {
    return RealFileSystem().info(place_.path).kind == FileKind::regular;
}

std::optional<KeptResult> ResultCache::find(const Key& key) const {
    const std::unique_ptr<RecordFile> file = RecordFile::open(place_.path, place_.program);
    const Record* record = file == nullptr ? nullptr : file->find(kName);
    std::string bytes;
    if (record == nullptr || record->content != key || !file->read(*record, bytes))
        return std::nullopt;
    PackReader reader(bytes);
    KeptResult result;
    reader.get(result);
    if (!reader.ok() || !reader.at_end())
        return std::nullopt;
    return result;
}

void ResultCache::keep(const Key& key, const KeptResult& result) const {
    const std::unique_ptr<RecordFileWriter> writer =
        RecordFileWriter::create(place_.path, place_.program);
    if (writer == nullptr)
        return;
    PackWriter packed;
    packed.put(result);
    Record record;
    record.content = key;
    writer->add(kName, record, packed.bytes());
    if (writer->finish())
        prune_record_files(place_.folder, kSuffix, kMostFiles, kMostBytes);
}

std::size_t ResultCache::clear(const std::string& folder) {
    return prune_record_files(folder, kSuffix, 0, 0);
}

}  // namespace docathon
