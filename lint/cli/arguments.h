#pragma once
// A thin layer over CLI11, whose header costs seconds to compile: each command describes its
// flags, and gets them parsed with help, "did you mean" and one kind of error message.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace docathon::cli {

/// One flag or argument as its command describes it.
struct ArgumentInfo {
    std::vector<std::string> names;  ///< "--jobs", "-j"; empty for what is no flag
    std::string metavar;             ///< what its value is called; empty for a flag without one
    std::string help;
};

/// What `--help` of a command prints, as data: for completion and the manual page.
struct CommandInfo {
    std::string name;  ///< "docathon-lint config show"
    std::string about;
    std::string footer;
    std::vector<ArgumentInfo> arguments;
};

/// Asks a command to describe itself: it is called with `words` and stopped at its parse(), so it
/// must do nothing before that. A command that never gets there has an empty name.
[[nodiscard]] CommandInfo describe_command(int (*run)(std::vector<std::string>),
                                           std::vector<std::string> words);

class Arguments {
  public:
    /// `command` as in "docathon-lint check"; `about` is its one-line description.
    Arguments(std::string command, std::string about);
    ~Arguments();
    Arguments(const Arguments&) = delete;
    Arguments& operator=(const Arguments&) = delete;

    void flag(const std::string& name, bool& out, const std::string& help);
    void value(const std::string& name, std::string& out, const std::string& metavar,
               const std::string& help);
    void value(const std::string& name, std::optional<std::string>& out, const std::string& metavar,
               const std::string& help);
    /// May be given more than once.
    void values(const std::string& name, std::vector<std::string>& out, const std::string& metavar,
                const std::string& help);
    /// May be given more than once and as a comma-separated list.
    void list(const std::string& name, std::vector<std::string>& out, const std::string& metavar,
              const std::string& help);
    void number(const std::string& name, std::optional<std::uint64_t>& out,
                const std::string& metavar, const std::string& help);
    /// What is no flag.
    void positionals(std::vector<std::string>& out, const std::string& metavar,
                     const std::string& help);
    /// Text behind the flags in --help.
    void footer(std::string text);

    /// nullopt: go on. Else the exit code: help was printed (0), or a usage error was (2).
    [[nodiscard]] std::optional<int> parse(std::vector<std::string> arguments);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Prints `docathon-lint: error: message` to stderr and returns kFailed.
int usage_error(const std::string& message);

}  // namespace docathon::cli
