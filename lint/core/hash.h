#pragma once
// Hashes of bytes: XXH3, fast and stable over machines and versions, but no protection against
// somebody who wants a collision. Used for fingerprints and cache keys.

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace docathon {

/// XXH3 128 of `bytes` as 32 lower-case hexadecimal digits (canonical order).
[[nodiscard]] std::string hash128_hex(std::string_view bytes);

/// XXH3 128 of `bytes` as two numbers.
[[nodiscard]] std::array<std::uint64_t, 2> hash128(std::string_view bytes);

/// XXH3 64 of `bytes`. Different seeds give independent hashes.
[[nodiscard]] std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// 16 lower-case hexadecimal digits.
[[nodiscard]] std::string hex64(std::uint64_t value);

}  // namespace docathon
