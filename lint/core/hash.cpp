#include "lint/core/hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace docathon {

namespace {

constexpr std::string_view kHex = "0123456789abcdef";

}  // namespace

std::string hash128_hex(std::string_view bytes) {
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    std::string hex;
    hex.reserve(32);
    for (const unsigned char byte : canonical.digest) {
        hex += kHex[byte >> 4];
        hex += kHex[byte & 15];
    }
    return hex;
}

std::array<std::uint64_t, 2> hash128(std::string_view bytes) {
    const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
    return {hash.high64, hash.low64};
}

std::uint64_t hash64(std::string_view bytes, std::uint64_t seed) {
    return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::string hex64(std::uint64_t value) {
    std::string hex(16, '0');
    for (std::size_t i = 16; i-- > 0; value >>= 4)
        hex[i] = kHex[value & 15];
    return hex;
}

}  // namespace docathon
