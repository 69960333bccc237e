# An installed tree: bin/docathon-lint, lib/libdocathon.a, include/docathon/, and a CMake package.

include_guard(GLOBAL)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/docathon")

install(TARGETS docathon EXPORT docathon ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(FILES ${public_headers} DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/docathon")
install(EXPORT docathon NAMESPACE docathon:: FILE docathonTargets.cmake
    DESTINATION "${package_dir}")

configure_file("${PROJECT_SOURCE_DIR}/cmake/docathonConfig.cmake.in"
    "${PROJECT_BINARY_DIR}/generated/docathonConfig.cmake" COPYONLY)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/generated/docathonConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion)
# The files that find the system's libraries go along: the same libraries are found the same way.
install(FILES
    "${PROJECT_BINARY_DIR}/generated/docathonConfig.cmake"
    "${PROJECT_BINARY_DIR}/generated/docathonConfigVersion.cmake"
    cmake/FindLibrary.cmake cmake/Expat.cmake cmake/YamlCpp.cmake cmake/Re2.cmake
    cmake/Utf8proc.cmake cmake/Xxhash.cmake
    DESTINATION "${package_dir}")
install(FILES LICENSE THIRD_PARTY_NOTICES.md
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/docathon-lint")

# The manual page and the completions are what the program prints of itself.
if(TARGET docathon-lint AND NOT CMAKE_CROSSCOMPILING)
    set(shell_dir "${PROJECT_BINARY_DIR}/generated/shell")
    add_custom_command(
        OUTPUT "${shell_dir}/docathon-lint.1"
        COMMAND "${CMAKE_COMMAND}" -E make_directory "${shell_dir}"
        COMMAND docathon-lint man > "${shell_dir}/docathon-lint.1"
        COMMAND docathon-lint completion bash > "${shell_dir}/docathon-lint"
        COMMAND docathon-lint completion zsh > "${shell_dir}/_docathon-lint"
        COMMAND docathon-lint completion fish > "${shell_dir}/docathon-lint.fish"
        DEPENDS docathon-lint
        COMMENT "Manual page and completions"
        VERBATIM)
    add_custom_target(shell_files ALL DEPENDS "${shell_dir}/docathon-lint.1")
    # Optional: who builds the program alone gets no more than the program.
    install(FILES "${shell_dir}/docathon-lint.1"
        DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" OPTIONAL)
    install(FILES "${shell_dir}/docathon-lint"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions" OPTIONAL)
    install(FILES "${shell_dir}/_docathon-lint"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions" OPTIONAL)
    install(FILES "${shell_dir}/docathon-lint.fish"
        DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d" OPTIONAL)
endif()
