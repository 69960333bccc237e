#pragma once
// Running one program without a shell: for lint/io/git.cpp, the only place that starts programs.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"

namespace docathon {

struct ProcessOutput {
    int exit_code = 0;  ///< 128 + signal if a signal ended it
    std::string out;
    std::string err;  ///< at most 64 KiB of it
};

/// Runs `program` (a path) with `arguments` (without the program's own name) and exactly the
/// environment `environment` ("NAME=value"). Standard input is /dev/null; both outputs are read to
/// their end. An error only if it cannot be started, or writes more than `max_bytes`.
[[nodiscard]] Result<ProcessOutput> run_process(const std::string& program,
                                                const std::vector<std::string>& arguments,
                                                const std::vector<std::string>& environment,
                                                std::uint64_t max_bytes);

/// A program that answers one question after another: written to its standard input, read from its
/// standard output. Standard error is thrown away. Not for several threads.
class Conversation {
  public:
    Conversation() = default;
    ~Conversation();
    Conversation(const Conversation&) = delete;
    Conversation& operator=(const Conversation&) = delete;

    /// Starts the program as run_process() does.
    [[nodiscard]] Result<void> start(const std::string& program,
                                     const std::vector<std::string>& arguments,
                                     const std::vector<std::string>& environment);
    [[nodiscard]] bool running() const { return child_ > 0; }
    /// Closes both ends and waits for the program.
    void stop();
    /// Writes all of `text`, which must be short enough for a pipe (4 KiB). False if the program is
    /// gone.
    [[nodiscard]] bool write(std::string_view text);
    /// Reads up to and without the next line feed. False at the end, or beyond `max_bytes`.
    [[nodiscard]] bool read_line(std::string& line, std::size_t max_bytes);
    /// Reads exactly `size` bytes.
    [[nodiscard]] bool read(std::string& bytes, std::uint64_t size);

  private:
    [[nodiscard]] bool fill();

    int child_ = -1;
    int in_ = -1;   // its standard input
    int out_ = -1;  // its standard output
    std::string buffer_;
    std::size_t at_ = 0;
};

/// Path of an executable file `name` in the folders of PATH, or empty. Entries of PATH that are not
/// absolute are skipped: they would let a file of the linted repository be run.
[[nodiscard]] std::string find_program(std::string_view name, std::string_view path_variable);

}  // namespace docathon
