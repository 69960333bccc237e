#pragma once
// Where bytes go: standard output and error, and files. A reader that closed the pipe ends the
// output quietly; a full disk is an error.

#include <string>
#include <string_view>

#include "lint/report/report.h"

namespace docathon::cli {

/// Writes all of `bytes` to a descriptor. False if the other side is gone or the disk is full.
bool write_descriptor(int descriptor, std::string_view bytes);

/// A writer that collects into `buffer` and passes it on in large pieces; call flush() at the end.
class DescriptorWriter {
  public:
    explicit DescriptorWriter(int descriptor) : descriptor_(descriptor) {}
    bool write(std::string_view bytes);
    bool flush();
    /// True if writing failed for another reason than a closed pipe.
    [[nodiscard]] bool failed() const { return failed_; }
    [[nodiscard]] Writer writer() {
        return [this](std::string_view bytes) { return write(bytes); };
    }

  private:
    int descriptor_;
    std::string buffer_;
    bool closed_ = false;
    bool failed_ = false;
};

/// Prints `text` to standard output, or to standard error.
void print_out(std::string_view text);
void print_error(std::string_view text);

/// True if print_out() failed for another reason than a closed pipe, as on a full disk.
[[nodiscard]] bool print_failed();

}  // namespace docathon::cli
