#pragma once
// The program of the wheel is fully static on Linux, so it cannot open libraries. What needs one
// (`links`, which opens libcurl) is done by its sibling, the same program with the machine's C
// library; see cmake/Wheel.cmake.

#include <string>
#include <string_view>
#include <vector>

#include "lint/core/result.h"

namespace docathon {

/// Whether this program has no dynamic loader. False where that cannot be known.
[[nodiscard]] bool is_static_program();

/// Replaces this program by the one named `name` in the folder of this program's own file, with
/// `arguments` (without the program's name) and the environment as it is. Returns only on failure;
/// "absent" in Error::code if there is no such program.
[[nodiscard]] Result<void> become_sibling(std::string_view name,
                                          const std::vector<std::string>& arguments);

}  // namespace docathon
