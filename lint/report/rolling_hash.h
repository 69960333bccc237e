#pragma once
// The line hash of GitHub code scanning: what its upload action computes for
// partialFingerprints.primaryLocationLineHash and compares with a value that is already there.
//
// Over the text as UTF-16, without spaces and tabs, with CR and CR LF as LF, then U+FFFF and zeros:
// for each line h = sum of 37^(99-i) * c[i] mod 2^64 over the 100 units that begin with its first;
// the value is h in hexadecimal, ':', and how often that h was met so far in the file, from 1.
// A byte order mark is a unit like any other, as the action reads it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace docathon {

class LineHashes {
  public:
    /// Linear in the size of the file. Keeps no view of `bytes`.
    explicit LineHashes(std::string_view bytes);

    /// "39fa2ee980eb94b0:1", or "" for a line that the file does not have. Lines count from 1; the
    /// text behind the last line break is a line even when it is empty.
    [[nodiscard]] std::string of(std::uint32_t line) const;

  private:
    std::vector<std::uint64_t> hashes_;
    std::vector<std::uint32_t> occurrences_;
};

}  // namespace docathon
