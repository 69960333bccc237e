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
    cmake/FindLibrary.cmake cmake/YamlCpp.cmake cmake/Re2.cmake cmake/Utf8proc.cmake
    cmake/Xxhash.cmake
    DESTINATION "${package_dir}")
install(FILES LICENSE THIRD_PARTY_NOTICES.md
    DESTINATION "${CMAKE_INSTALL_DATADIR}/doc/docathon-lint")
