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

/// Path of an executable file `name` in the folders of PATH, or empty. Entries of PATH that are not
/// absolute are skipped: they would let a file of the linted repository be run.
[[nodiscard]] std::string find_program(std::string_view name, std::string_view path_variable);

}  // namespace docathon
