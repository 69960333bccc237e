#pragma once
// MappedText: contiguous text cut out of a source file line by line (container prefixes and
// indentation left out), with an exact map back. What is parsed "inside" something (a paragraph of
// a list in a quote, the body of a directive, a docstring) is parsed from one of these, and every
// range that leaves the parser is a range of the source file.
//
// A MappedText that covers one unbroken stretch of the source does not copy: it views the source,
// which must outlive it.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon {

class MappedText {
  public:
    MappedText() = default;
    /// The identity map of source[range).
    MappedText(std::string_view source, Range range);

    /// Appends source[range). `source` must be the same at every call.
    void append(std::string_view source, Range range);
    /// Appends text that is not in the source (an expanded tab, a joining space); it maps to the
    /// empty range at `at`.
    void append_virtual(std::string_view text, std::uint32_t at);
    void clear();

    [[nodiscard]] std::string_view text() const {
        return copied_ ? std::string_view(copy_) : view_;
    }
    /// Source offset of text()[offset]; offset == text().size() gives the end of the last piece.
    [[nodiscard]] std::uint32_t to_source(std::uint32_t offset) const;
    /// Smallest source range that covers text()[begin, end).
    [[nodiscard]] Range to_source(Range range) const;
    /// Same text, from `begin` to `end` of it.
    [[nodiscard]] MappedText slice(std::string_view source, std::uint32_t begin,
                                   std::uint32_t end) const;

  private:
    struct Piece {
        std::uint32_t at;      // offset in text
        std::uint32_t source;  // offset in the source
        bool virtual_text;
    };
    std::string_view view_;
    std::string copy_;
    bool copied_ = false;
    std::vector<Piece> pieces_;
};

}  // namespace docathon
