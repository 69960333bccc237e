#pragma once
// inflate: what a zlib stream (RFC 1950, 1951) holds. Sphinx packs inventories with it. Written
// here because one small format is all we read: no dependency, no surprise with hostile streams,
// and the size of the output is capped by the caller.

#include <cstddef>
#include <string>
#include <string_view>

namespace docathon {

/// How reading a packed stream ended.
enum class InflateEnd : bool { complete, damaged };

/// Unpacks a zlib stream into `out` (appended), at most `most` bytes of it. `damaged`: the stream
/// is cut off, is no zlib stream, has a wrong checksum, or holds more than `most`; what was read
/// until then is in `out`. Takes time in proportion to the bytes read and written.
[[nodiscard]] InflateEnd inflate_zlib(std::string_view stream, std::size_t most, std::string& out);

}  // namespace docathon
