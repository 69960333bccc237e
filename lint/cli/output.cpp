#include "lint/cli/output.h"

#include <unistd.h>

#include <cerrno>

namespace docathon::cli {

namespace {

constexpr std::size_t kPiece = 1u << 16;

bool g_print_failed = false;  // commands print from one thread

/// 0, or the errno of the failure.
int write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0) {
            if (errno == EINTR)
                continue;
            return errno;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

}  // namespace

bool write_descriptor(int descriptor, std::string_view bytes) {
    return write_all(descriptor, bytes) == 0;
}

bool DescriptorWriter::write(std::string_view bytes) {
    if (closed_)
        return false;
    buffer_ += bytes;
    return buffer_.size() < kPiece || flush();
}

bool DescriptorWriter::flush() {
    if (closed_)
        return false;
    const int error = write_all(descriptor_, buffer_);
    buffer_.clear();
    if (error == 0)
        return true;
    closed_ = true;
    failed_ = error != EPIPE;
    return false;
}

void print_out(std::string_view text) {
    const int error = write_all(STDOUT_FILENO, text);
    if (error != 0 && error != EPIPE)
        g_print_failed = true;
}

bool print_failed() {
    return g_print_failed;
}

void print_error(std::string_view text) {
    write_descriptor(STDERR_FILENO, text);
}

}  // namespace docathon::cli
