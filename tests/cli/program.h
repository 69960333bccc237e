#pragma once
// What the tests of the command line share: a folder of their own under the system's temporary
// folder (gone with the Sandbox), and the program run in it as a user would run it, with a known
// environment. Nothing here uses the network.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace docathon::testing {

/// How a run of a program ended.
struct Outcome {
    int code = -1;    ///< exit code, or -1 if a signal ended it
    int signal = 0;   ///< that signal, or 0
    std::string out;  ///< standard output; everything the terminal got, when run on one
    std::string err;
    double cpu = 0;  ///< seconds of user and system time, its own children included

    [[nodiscard]] bool err_has(std::string_view text) const {
        return err.find(text) != std::string::npos;
    }
    [[nodiscard]] bool out_has(std::string_view text) const {
        return out.find(text) != std::string::npos;
    }
};

/// How a program is run, besides its arguments.
struct RunOptions {
    std::string folder = {};        ///< relative to the sandbox; "" = the sandbox itself
    std::string input = {};         ///< standard input
    bool input_stays_open = false;  ///< standard input does not end
    /// Added to the environment; nullopt takes a variable out of it.
    std::map<std::string, std::optional<std::string>> environment = {};
    std::string stdout_to = {};  ///< a file for standard output instead of Outcome::out
    bool stdout_closed = false;  ///< standard output is a pipe that nobody reads
    bool terminal = false;       ///< standard output and error are one terminal: Outcome::out
    int user = 0;                ///< a user id to become, if the tests run as root; 0 = stay
    /// Called with the process id as soon as it runs; to send signals.
    std::function<void(int)> started = {};
};

/// A folder for one test. Paths are relative to it; folders are made as needed.
class Sandbox {
  public:
    Sandbox();
    ~Sandbox();
    Sandbox(const Sandbox&) = delete;
    Sandbox& operator=(const Sandbox&) = delete;

    [[nodiscard]] std::string path(std::string_view relative = {}) const;
    void write(std::string_view path, std::string_view bytes) const;
    void link(std::string_view target, std::string_view path) const;  ///< symbolic link
    void folder(std::string_view path) const;
    void remove(std::string_view path) const;
    [[nodiscard]] bool exists(std::string_view path) const;
    [[nodiscard]] std::string read(std::string_view path) const;
    /// Names in a folder, sorted.
    [[nodiscard]] std::vector<std::string> names(std::string_view path = {}) const;

    /// Makes the folder a git repository with all its files committed.
    void commit() const;
    /// Any program, found in PATH.
    [[nodiscard]] Outcome run(std::vector<std::string> command,
                              const RunOptions& options = {}) const;
    /// docathon-lint with these arguments.
    [[nodiscard]] Outcome lint(std::vector<std::string> arguments,
                               const RunOptions& options = {}) const;

  private:
    std::filesystem::path root_;
};

/// Sanitizers and unoptimised builds cost a factor; limits of time are meant for the release build.
/// DOCATHON_TEST_SLOWNESS overrides it.
[[nodiscard]] double slowness();

/// A limit of the product in seconds, as it holds in this build.
[[nodiscard]] inline double limit(double seconds) {
    return seconds * slowness();
}

[[nodiscard]] std::vector<std::string> lines_of(std::string_view text);
[[nodiscard]] std::size_t count_of(std::string_view text, std::string_view part);
[[nodiscard]] std::string repeated(std::string_view text, std::size_t times);

/// A page with one error: a link to a file that does not exist.
inline constexpr std::string_view kDeadLink = "See [x](gone.md).\n";

}  // namespace docathon::testing
