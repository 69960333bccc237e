#pragma once
// PageSlot: what the stages leave behind of one file. Each file has one, so threads never meet.

#include <cstdint>
#include <memory>
#include <string>
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
    FileFacts* facts = nullptr;  ///< of the run; not before it parses
    std::vector<Diagnostic> findings;
    Sink::UnknownCounts unknown;
    Sink::JudgedCounts judged;
    ReferenceCounts references;  ///< only if they are asked for
    std::vector<Notification> notifications;
    std::string unreadable;  ///< why the file could not be read
    bool internal_error = false;
    std::uint64_t bytes = 0;  ///< of the file
    std::uint32_t lines = 0;
    bool parsed = false;  ///< in this run or an earlier one
    PageCache::Page page;
};

}  // namespace docathon
