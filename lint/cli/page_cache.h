#pragma once
// PageCache: what the stage `parse` made of each page in an earlier run, so that a page which has
// not changed is neither read nor parsed again. One file for each project and way of running (build
// of the program, rules, options); pages are found by path. Each is valid for its content, its
// Settings and what is checked in it (PageKey). Whether the content is the same is told by the
// file's stamp alone, or by its bytes where the stamp says nothing.
//
// The cache is never an error: what cannot be read is parsed, what cannot be written is not kept.

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/cli/cache_place.h"
#include "lint/io/files.h"
#include "lint/io/record_file.h"
#include "lint/model/diagnostic.h"
#include "lint/model/example_facts.h"
#include "lint/model/facts.h"
#include "lint/rules/check.h"

namespace docathon {

/// What the stage `parse` leaves of one page.
struct CachedPage {
    FileFacts facts;
    std::vector<Diagnostic> findings;  ///< of rules of scope file; FileIds are those of the writer
    Sink::UnknownCounts unknown;
    Sink::JudgedCounts judged;
    std::uint64_t bytes = 0;  ///< of the file
    std::uint32_t lines = 0;
    /// Of a module; its outline (FileFacts::python) is a record of its own, because most runs
    /// look at few.
    bool outline = false;
};

class PageCache {
  public:
    /// A cache in `folder` (made when first written to). `name` tells projects apart; `run` is a
    /// hash of everything that all pages depend on besides the program.
    [[nodiscard]] static std::unique_ptr<PageCache> open(const std::string& folder,
                                                         const std::string& name,
                                                         std::uint64_t run);

    /// One page of a run.
    struct Page {
        std::string_view path;
        std::optional<FileStamp> stamp;
        std::uint64_t key = 0;  ///< hash of Settings and of what is checked
        const Record* record = nullptr;
        bool fresh = false;                      ///< the content is that of the record
        bool known = false;                      ///< `content` is that of the file
        std::array<std::uint64_t, 2> content{};  ///< of what was read, or of the record
        std::int64_t checked_ns = 0;
    };

    /// Looks for the page. Sets `record` and `fresh`.
    void look_up(Page& page) const;
    /// Whether the bytes that were read are those of the record, if there is one; sets `fresh` and
    /// `content`.
    void compare(Page& page, std::string_view bytes) const;
    /// What is known of a fresh page; nullopt if the record is damaged. The outline of a module is
    /// read when somebody looks at it.
    [[nodiscard]] std::optional<CachedPage> load(const Page& page) const;
    /// Whether such an outline was damaged: then the run must be made again without a cache.
    [[nodiscard]] bool damaged() const { return *damaged_; }
    /// Removes the file, so that the next run writes it anew.
    void discard() const;

    /// From here on pages are kept for the next run.
    void start_writing();
    [[nodiscard]] bool writing() const { return writer_ != nullptr; }
    /// Keeps what `load` would give. By several threads.
    void keep(const Page& page);
    /// Keeps a page that was parsed, which is as before afterwards. By several threads.
    void keep(const Page& page, CachedPage& parsed);
    /// Puts what was kept in the place of the old file, and removes files that nobody uses.
    void finish();

    /// Removes all caches of the folder; returns how many files went.
    static std::size_t clear(const std::string& folder);

  private:
    explicit PageCache(CachePlace place) : place_(std::move(place)) {}

    CachePlace place_;
    std::shared_ptr<const RecordFile> file_;
    std::shared_ptr<std::atomic<bool>> damaged_ = std::make_shared<std::atomic<bool>>(false);
    std::unique_ptr<RecordFileWriter> writer_;
};

}  // namespace docathon
