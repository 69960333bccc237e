#include "lint/core/find_text.h"

#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace docathon {

std::size_t find_text(std::string_view text, std::string_view word, std::size_t from) {
#if defined(__SSE2__)
    constexpr std::size_t kStep = 16;
    if (word.size() >= 2 && text.size() >= word.size() + 2 * kStep) {
        const __m128i first = _mm_set1_epi8(word.front());
        const __m128i last = _mm_set1_epi8(word.back());
        const auto places = [&](const char* at) {
            const __m128i begins = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
            const __m128i ends =
                _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + word.size() - 1));
            return _mm_and_si128(_mm_cmpeq_epi8(begins, first), _mm_cmpeq_epi8(ends, last));
        };
        // The last byte that a step reads is that of a word which begins at its last place.
        const std::size_t stop = text.size() - word.size() + 1 - 2 * kStep;
        for (; from <= stop; from += 2 * kStep) {
            const char* const at = text.data() + from;
            const __m128i low = places(at);
            const __m128i high = places(at + kStep);
            auto mask = static_cast<unsigned>(_mm_movemask_epi8(low)) |
                        static_cast<unsigned>(_mm_movemask_epi8(high)) << kStep;
            for (; mask != 0; mask &= mask - 1) {
                const auto place = static_cast<std::size_t>(__builtin_ctz(mask));
                if (std::memcmp(at + place + 1, word.data() + 1, word.size() - 1) == 0)
                    return from + place;
            }
        }
    }
#endif
    return text.find(word, from);
}

}  // namespace docathon
