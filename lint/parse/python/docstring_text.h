#pragma once
// What a string literal stands for, with an exact way back to its bytes.

#include <string>
#include <string_view>
#include <vector>

#include "lint/core/range.h"

namespace docathon::python {

/// The bytes between the quotes of one literal (prefix and quotes in `literal`). If the quotes are
/// not closed, up to the end.
[[nodiscard]] Range literal_content(std::string_view text, Range literal);

/// The value of one literal of text (Python 3.14 reference, section 2.5.1): escapes are resolved
/// unless it is raw, line ends become "\n". `\N{...}` stays as it is written, for want of the names
/// of all characters; a surrogate becomes U+FFFD.
[[nodiscard]] std::string literal_value(std::string_view text, Range literal);

/// The value of one literal or of several in a row, brackets and comments between them left out.
/// One literal without escapes is not copied: the source must outlive the StringValue.
class StringValue {
  public:
    StringValue() = default;
    /// `literals`: from the first byte of the first to the last byte of the last.
    StringValue(std::string_view text, Range literals);

    [[nodiscard]] std::string_view text() const { return plain_ ? view_ : value_; }
    /// Source offset of text()[offset]; offset == text().size() gives the end of the content.
    [[nodiscard]] std::uint32_t to_source(std::uint32_t offset) const;
    /// Smallest source range that covers text()[begin, end).
    [[nodiscard]] Range to_source(Range range) const {
        if (range.empty()) {
            const std::uint32_t at = to_source(range.begin);
            return {at, at};
        }
        return {to_source(range.begin), end_in_source(range.end)};
    }

  private:
    struct Piece {
        std::uint32_t at;      // offset in the value
        std::uint32_t source;  // offset in the source
        bool same = true;      // byte for byte from here on; else one escape
    };
    void append(std::string_view text, Range literal);
    [[nodiscard]] std::uint32_t end_in_source(std::uint32_t offset) const;

    bool plain_ = false;      // the value is view_, byte for byte
    std::uint32_t base_ = 0;  // where view_ begins
    std::string_view view_;
    std::string value_;
    std::vector<Piece> pieces_;
};

}  // namespace docathon::python
