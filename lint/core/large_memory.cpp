#include "lint/core/large_memory.h"

#include <cstdint>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace docathon {

void advise_large_pages(const void* begin, std::size_t size) {
#if defined(__linux__) && defined(MADV_HUGEPAGE)
    constexpr std::size_t kWorthwhile = std::size_t{8} << 20;
    constexpr std::uintptr_t kLargePage = std::uintptr_t{2} << 20;
    if (begin == nullptr || size < kWorthwhile)
        return;
    // Only whole large pages inside of the array, so that no neighbour is touched.
    const auto first = reinterpret_cast<std::uintptr_t>(begin);
    const std::uintptr_t from = (first + kLargePage - 1) / kLargePage * kLargePage;
    const std::uintptr_t to = (first + size) / kLargePage * kLargePage;
    if (from < to)
        static_cast<void>(madvise(reinterpret_cast<void*>(from), to - from, MADV_HUGEPAGE));
#else
    static_cast<void>(begin);
    static_cast<void>(size);
#endif
}

}  // namespace docathon
