#include "lint/cli/page_cache.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include "lint/core/hash.h"
#include "lint/core/pack.h"
#include "lint/core/path.h"

namespace docathon {

namespace {

constexpr std::string_view kSuffix = ".pages";
// A large project has some ten megabytes; a handful of projects in a handful of ways of running.
constexpr std::size_t kMostFiles = 32;
constexpr std::uint64_t kMostBytes = 512u << 20;

std::int64_t now_ns() {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

/// The name of the record with the outline of a module. No path has a NUL.
std::string outline_name(std::string_view path) {
    return std::string(path) + '\0';
}

}  // namespace

std::unique_ptr<PageCache> PageCache::open(const std::string& folder, const std::string& name,
                                           std::uint64_t run) {
    std::optional<CachePlace> place = cache_place(folder, name, run, kSuffix);
    if (!place)
        return nullptr;
    std::unique_ptr<PageCache> cache(new PageCache(std::move(*place)));
    cache->file_ = RecordFile::open(cache->place_.path, cache->place_.program);
    return cache;
}

void PageCache::look_up(Page& page) const {
    page.checked_ns = now_ns();
    if (file_ == nullptr)
        return;
    const Record* record = file_->find(page.path);
    if (record == nullptr || record->key != page.key)
        return;
    page.record = record;
    page.content = record->content;
    page.fresh = page.stamp && page.stamp->parts == record->stamp &&
                 record->checked_ns > page.stamp->racy_until_ns;
    page.known = page.fresh;
    if (page.fresh)
        page.checked_ns = record->checked_ns;
}

void PageCache::compare(Page& page, std::string_view bytes) const {
    page.content = hash128(bytes);
    page.known = true;
    page.fresh = page.record != nullptr && page.record->content == page.content;
}

std::optional<CachedPage> PageCache::load(const Page& page) const {
    std::string bytes;
    if (page.record == nullptr || !file_->read(*page.record, bytes))
        return std::nullopt;
    PackReader reader(bytes);
    CachedPage cached;
    reader.get(cached);
    if (!reader.ok() || !reader.at_end())
        return std::nullopt;
    if (cached.outline) {
        const Record* outline = file_->find(outline_name(page.path));
        if (outline == nullptr || outline->content != page.record->content)
            return std::nullopt;
        cached.facts.python = Lazy<PythonFacts>(
            [file = file_, outline, damaged = damaged_]() -> std::shared_ptr<const PythonFacts> {
                auto facts = std::make_shared<PythonFacts>();
                std::string packed;
                const bool whole = file->read(*outline, packed);
                PackReader rest(packed);
                rest.get(*facts);
                if (whole && rest.ok() && rest.at_end())
                    return facts;
                *damaged = true;
                return std::make_shared<PythonFacts>();
            });
    }
    return cached;
}

void PageCache::start_writing() {
    writer_ = RecordFileWriter::create(place_.path, place_.program);
}

void PageCache::keep(const Page& page) {
    std::string bytes;
    if (writer_ == nullptr || page.record == nullptr || !page.stamp ||
        !file_->read(*page.record, bytes))
        return;
    Record record = *page.record;
    record.stamp = page.stamp->parts;
    record.checked_ns = page.checked_ns;
    if (const Record* outline = file_->find(outline_name(page.path))) {
        std::string packed;
        if (!file_->read(*outline, packed))
            return;
        writer_->add(outline_name(page.path), *outline, packed);
    }
    writer_->add(page.path, record, bytes);
}

void PageCache::keep(const Page& page, CachedPage& parsed) {
    if (writer_ == nullptr || !page.stamp)
        return;
    Record record;
    record.stamp = page.stamp->parts;
    record.checked_ns = page.checked_ns;
    record.content = page.content;
    record.key = page.key;
    Lazy<PythonFacts> python = std::exchange(parsed.facts.python, {});
    parsed.outline = static_cast<bool>(python);
    PackWriter packed;
    packed.put(parsed);
    if (python) {
        PackWriter outline;
        outline.put(*python);
        writer_->add(outline_name(page.path), record, outline.bytes());
    }
    parsed.facts.python = std::move(python);
    writer_->add(page.path, record, packed.bytes());
}

void PageCache::discard() const {
    std::error_code ignored;
    std::filesystem::remove(place_.path, ignored);
}

void PageCache::finish() {
    if (writer_ == nullptr)
        return;
    if (writer_->finish())
        prune_record_files(place_.folder, kSuffix, kMostFiles, kMostBytes);
    writer_.reset();
}

std::size_t PageCache::clear(const std::string& folder) {
    return prune_record_files(folder, kSuffix, 0, 0);
}

}  // namespace docathon
