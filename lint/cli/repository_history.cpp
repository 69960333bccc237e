#include "lint/cli/repository_history.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "lint/cli/cache_place.h"
#include "lint/core/pack.h"
#include "lint/io/record_file.h"

namespace docathon {

namespace {

constexpr std::string_view kSuffix = ".history";
constexpr std::string_view kName = "deleted";
constexpr std::size_t kMostFiles = 64;
constexpr std::uint64_t kMostBytes = 16u << 20;

struct KeptPaths {
    std::string head;
    std::string shallow;
    std::vector<std::string> paths;
};

std::optional<KeptPaths> read_kept(const CachePlace& place) {
    const std::unique_ptr<RecordFile> file = RecordFile::open(place.path, place.program);
    const Record* record = file == nullptr ? nullptr : file->find(kName);
    std::string bytes;
    if (record == nullptr || !file->read(*record, bytes))
        return std::nullopt;
    PackReader reader(bytes);
    KeptPaths kept;
    reader.get(kept);
    if (!reader.ok() || !reader.at_end())
        return std::nullopt;
    return kept;
}

void keep(const CachePlace& place, const KeptPaths& kept) {
    const std::unique_ptr<RecordFileWriter> writer =
        RecordFileWriter::create(place.path, place.program);
    if (writer == nullptr)
        return;
    PackWriter packed;
    packed.put(kept);
    writer->add(kName, Record{}, packed.bytes());
    if (writer->finish())
        prune_record_files(place.folder, kSuffix, kMostFiles, kMostBytes);
}

}  // namespace

void RepositoryHistory::read_state() {
    if (!state_)
        state_ = git_.state(root_).value_or(GitState{});
}

std::string RepositoryHistory::state() {
    const std::lock_guard lock(mutex_);
    read_state();
    return state_->head + state_->shallow;
}

std::vector<std::string> RepositoryHistory::deleted_paths(const std::string& cache_folder) {
    const std::lock_guard lock(mutex_);
    read_state();
    if (!deleted_)
        deleted_ = state_->head.empty() ? std::vector<std::string>() : read_deleted(cache_folder);
    return *deleted_;
}

std::vector<std::string> RepositoryHistory::read_deleted(const std::string& cache_folder) {
    const std::optional<CachePlace> place = cache_place(cache_folder, root_, 0, kSuffix);
    std::optional<KeptPaths> kept = place ? read_kept(*place) : std::nullopt;
    if (kept && kept->shallow != state_->shallow)
        kept.reset();
    if (kept && kept->head == state_->head)
        return std::move(kept->paths);
    // A commit that was amended or rebased away deleted what it deleted, but not for us.
    if (kept &&
        git_.merge_base(root_, kept->head, state_->head).value_or(std::string()) != kept->head)
        kept.reset();
    Result<std::vector<std::string>> found =
        git_.deleted_paths(root_, kept ? kept->head : std::string());
    if (!found)
        return {};
    KeptPaths now{state_->head, state_->shallow, std::move(*found)};
    if (kept) {
        std::vector<std::string> both;
        std::set_union(kept->paths.begin(), kept->paths.end(), now.paths.begin(), now.paths.end(),
                       std::back_inserter(both));
        now.paths = std::move(both);
    }
    if (place)
        keep(*place, now);
    return std::move(now.paths);
}

std::size_t RepositoryHistory::clear(const std::string& cache_folder) {
    return prune_record_files(cache_folder, kSuffix, 0, 0);
}

}  // namespace docathon
