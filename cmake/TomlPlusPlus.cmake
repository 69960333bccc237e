# toml++: pyproject.toml. Header-only: the CMake target of some packages asks for a shared library,
# which every run of the program would have to load.

docathon_find_headers(tomlplusplus NAME TOMLPLUSPLUS PACKAGE tomlplusplus VERSION 3.0
    TARGET tomlplusplus::tomlplusplus HEADER toml++/toml.h DEBIAN libtomlplusplus-dev HEADERS_ONLY)
target_compile_definitions(docathon_dep_tomlplusplus INTERFACE TOML_HEADER_ONLY=1)
