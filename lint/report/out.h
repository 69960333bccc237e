#pragma once
// Out: gathers what a reporter prints into large pieces for the Writer, and remembers when the
// writer refused one.

#include <cstdint>
#include <string>
#include <string_view>

#include "lint/report/report.h"

namespace docathon {

class Out {
  public:
    explicit Out(const Writer& writer) : writer_(writer) { buffer_.reserve(kPiece + 4096); }
    Out(const Out&) = delete;
    Out& operator=(const Out&) = delete;

    Out& operator<<(std::string_view text) {
        buffer_ += text;
        if (buffer_.size() >= kPiece)
            flush();
        return *this;
    }
    Out& operator<<(char c) {
        buffer_ += c;
        return *this;
    }
    /// Decimal digits.
    Out& number(std::uint64_t value) { return *this << std::string_view(std::to_string(value)); }

    /// Nothing more can be written; what is printed from now on is dropped.
    [[nodiscard]] bool failed() const { return failed_; }
    /// Hands over the rest; false if any piece was refused.
    bool finish() {
        flush();
        return !failed_;
    }

  private:
    static constexpr std::size_t kPiece = 64 * 1024;

    void flush() {
        if (!failed_ && !buffer_.empty() && !writer_(buffer_))
            failed_ = true;
        buffer_.clear();
    }

    const Writer& writer_;
    std::string buffer_;
    bool failed_ = false;
};

}  // namespace docathon
