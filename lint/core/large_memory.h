#pragma once
// Large arrays: what a page of many megabytes is parsed into. The memory stays its owner's.

#include <cstddef>

namespace docathon {

/// Asks the system to back an array of `size` bytes, which nobody has written to yet, with large
/// pages (madvise(2), MADV_HUGEPAGE): with pages of 4 KiB a third of the time for a large file goes
/// into their faults. Does nothing for arrays below 8 MiB and where there are no such pages.
void advise_large_pages(const void* begin, std::size_t size);

}  // namespace docathon
