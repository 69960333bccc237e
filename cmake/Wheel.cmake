# What a wheel holds (pyproject.toml). On Linux two programs:
#   docathon-lint        fully static, so that it runs whatever C library the machine has, or none
#   docathon-lint-links  the same program, with the machine's C library: what is static cannot open
#                        libcurl, so `docathon-lint links check` hands over to it
# Elsewhere one program does both.

include_guard(GLOBAL)

add_custom_target(docathon-lint-wheel DEPENDS docathon-lint)
set(wheel_programs docathon-lint)

if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
    add_executable(docathon-lint-links lint/cli/main.cpp)
    target_link_libraries(docathon-lint-links PRIVATE docathon
        docathon_dep::cli11 docathon_dep::fmt docathon_dep::nlohmann_json)
    target_compile_definitions(docathon-lint-links PRIVATE "DOCATHON_VERSION=\"${PROJECT_VERSION}\"")
    docathon_own_code(docathon-lint-links)
    docathon_fast_start(docathon-lint-links)
    # dlopen in a static program draws a warning of the linker; lint/io/curl_fetcher.cpp never calls
    # it there.
    target_link_options(docathon-lint PRIVATE -static)
    add_dependencies(docathon-lint-wheel docathon-lint-links)
    list(APPEND wheel_programs docathon-lint-links)
endif()

if(NOT SKBUILD_SCRIPTS_DIR)
    set(SKBUILD_SCRIPTS_DIR "${CMAKE_INSTALL_BINDIR}")
endif()
install(TARGETS ${wheel_programs} RUNTIME DESTINATION "${SKBUILD_SCRIPTS_DIR}" COMPONENT wheel)
