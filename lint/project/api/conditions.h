#pragma once
// Conditions of modules that can be decided without running anything: TYPE_CHECKING, versions of
// Python, the system, `__name__ == "__main__"`.

#include <cstdint>
#include <string_view>

namespace docathon {

enum class Truth : std::uint8_t { no, yes, unknown };

/// The condition of an `if`, as written, with `and`, `or`, `not` and brackets. Versions are
/// compared with Python 3.11, the system is Linux and the Python is CPython: what Debian 12 has.
[[nodiscard]] Truth evaluate_condition(std::string_view test);

}  // namespace docathon
