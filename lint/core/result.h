#pragma once
// Result: how the environment and the configuration fail. What is wrong with a document is a
// Diagnostic, what is wrong with us is an assert; neither comes here.

#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace docathon {

/// What kind of failure it is, for callers that act on it; `other` where nobody needs to.
enum class ErrorCode : std::uint8_t {
    other,
    absent,       ///< no such file or folder
    unreadable,   ///< permission, or the device failed
    is_folder,    ///< a folder where a file was expected
    not_regular,  ///< FIFO, socket, device
    too_large,    ///< Error::size says how large
    not_ours,     ///< git: the repository belongs to another user (safe.directory)
};

/// A failure to read, parse or understand something outside the documents.
struct Error {
    std::string message;       ///< one line: what is wrong and what to do
    std::string path;          ///< file it is about, empty if none
    std::uint32_t line = 0;    ///< 1-based, 0 = unknown
    std::uint32_t column = 0;  ///< 1-based in code points, 0 = unknown
    ErrorCode code = ErrorCode::other;
    std::uint64_t size = 0;  ///< of the file in bytes, with ErrorCode::too_large

    /// `path:line:column: message`, leaving out what is unknown.
    [[nodiscard]] std::string to_string() const;
};

template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for a failed Result: `return fail("no such file", path);`
inline tl::unexpected<Error> fail(std::string message, std::string path = {},
                                  std::uint32_t line = 0, std::uint32_t column = 0) {
    return tl::unexpected<Error>(
        Error{std::move(message), std::move(path), line, column, ErrorCode::other, 0});
}

/// A failed Result with a code that callers can act on.
inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string path = {},
                                  std::uint64_t size = 0) {
    return tl::unexpected<Error>(Error{std::move(message), std::move(path), 0, 0, code, size});
}

}  // namespace docathon
