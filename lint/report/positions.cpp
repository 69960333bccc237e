#include "lint/report/positions.h"

#include <algorithm>
#include <cstdint>

namespace docathon {

Positions::Entry& Positions::entry(FileId file) {
    std::unique_ptr<Entry>& slot = files_[file];
    if (slot == nullptr) {
        slot = std::make_unique<Entry>(result_.bytes ? result_.bytes(file) : std::string_view{});
    }
    return *slot;
}

Region Positions::region(FileId file, Range range) {
    const LineIndex& lines = entry(file).lines;
    return {lines.line_col(range.begin), lines.line_col(std::max(range.begin, range.end))};
}

Region Positions::tight_region(FileId file, Range range) {
    const std::string_view text = entry(file).bytes;
    range.end = std::min(range.end, static_cast<std::uint32_t>(text.size()));
    while (range.end > range.begin &&
           (text[range.end - 1] == '\n' || text[range.end - 1] == '\r')) {
        --range.end;
    }
    return region(file, range);
}

}  // namespace docathon
