#pragma once
// What tells two builds of the program apart, even of one version: the build id that the linker
// writes into it (the note NT_GNU_BUILD_ID of ELF).

#include <string>

namespace docathon {

/// Lower-case hexadecimal digits; empty if the program has none, or on systems without ELF.
[[nodiscard]] std::string build_id();

}  // namespace docathon
