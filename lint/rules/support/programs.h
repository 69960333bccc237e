#pragma once
// What a command line asks of the repository: the scripts, modules, folders and files that it names
// where well-known programs expect one of this repository's. Nothing is looked up here.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/model/shell_facts.h"

namespace docathon::rules {

enum class PathKind : std::uint8_t {
    script,        ///< python x.py, bash x.sh, ./x
    module,        ///< python -m x.y; the text is dotted
    requirements,  ///< pip install -r x
    folder,        ///< cd x, pip install -e x, cmake -S x
    config,        ///< --config x.yaml
    config_name,   ///< --config a/b: a configuration that comes with the program
    file,          ///< pytest x, jupyter notebook x
};

/// A path or module that a command names.
struct PathUse {
    PathKind kind = PathKind::script;
    std::string text;        ///< without quotes, `[extra]` and `::test`
    Range range;             ///< of the text in the source
    std::uint8_t flags = 0;  ///< shell_word_flag
};

/// What one command names, in its order.
struct ProgramUse {
    std::string program;  ///< "python", "pip", ...: the name without folder and version
    std::vector<PathUse> paths;
    /// The program that takes the options: a script or module of `paths`, by position; -1: that of
    /// the command itself, -2: none that is known here.
    int owner = -2;
    /// Words of the command that are handed to the owner: from here on.
    std::size_t first_argument = 0;
    std::size_t program_word = 0;  ///< position of the program's name in the command
    /// Words before the owner's script that a launcher (accelerate launch) reads itself.
    std::size_t launcher_begin = 0;
    std::size_t launcher_end = 0;
};

[[nodiscard]] ProgramUse read_program(const ShellCommand& command);

}  // namespace docathon::rules
