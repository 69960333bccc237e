# DOCATHON_LIBRARIES: "name version|name version", what `docathon-lint --version` prints. Libraries of
# the system are asked through pkg-config.

include_guard(GLOBAL)

set(versions)
find_package(PkgConfig QUIET)
foreach(package IN ITEMS re2 yaml-cpp libutf8proc libxxhash expat)
    set(version "system")
    if(PKG_CONFIG_EXECUTABLE)
        execute_process(COMMAND "${PKG_CONFIG_EXECUTABLE}" --modversion ${package}
            OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE result)
        if(result EQUAL 0)
            set(version "${found}")
        endif()
    endif()
    list(APPEND versions "${package} ${version}")
endforeach()
# Joined by a character that means nothing to CMake or the compiler.
list(JOIN versions "|" DOCATHON_LIBRARIES)
