#pragma once
// PageSlot: what the stages leave behind of one file. Each file has one, so threads never meet.

#include <cstdint>
#include <memory>
#include <vector>

#include "lint/cli/page_cache.h"
#include "lint/core/source_file.h"
#include "lint/model/diagnostic.h"
#include "lint/model/facts.h"
#include "lint/model/run_result.h"
#include "lint/rules/check.h"

namespace docathon {

struct PageSlot {
    std::unique_ptr<SourceFile> source;
    FileFacts facts;
    std::vector<Diagnostic> findings;
    Sink::UnknownCounts unknown;
    Sink::JudgedCounts judged;
    std::vector<Notification> notifications;
    bool internal_error = false;
    std::uint64_t bytes = 0;  ///< of the file
    std::uint32_t lines = 0;
    bool parsed = false;  ///< in this run or an earlier one
    PageCache::Page page;
};

}  // namespace docathon
