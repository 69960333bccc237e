# docathon_find_library(<target> LIBRARY <name> HEADER <header> DEBIAN <package>)
# Defines docathon_dep::<target>, an imported library. The static archive is taken when there is
# one: every shared library that a program loads costs start-up time.
# This file is installed too: a consumer of libdocathon.a needs the same libraries.

include_guard(GLOBAL)

function(docathon_find_library target)
    cmake_parse_arguments(arg "" "LIBRARY;HEADER;DEBIAN" "" ${ARGN})
    if(TARGET docathon_dep::${target})
        return()
    endif()
    find_path(DOCATHON_${target}_INCLUDE "${arg_HEADER}")
    find_library(DOCATHON_${target}_LIBRARY NAMES
        "${CMAKE_STATIC_LIBRARY_PREFIX}${arg_LIBRARY}${CMAKE_STATIC_LIBRARY_SUFFIX}"
        "${arg_LIBRARY}")
    mark_as_advanced(DOCATHON_${target}_INCLUDE DOCATHON_${target}_LIBRARY)
    if(NOT DOCATHON_${target}_INCLUDE OR NOT DOCATHON_${target}_LIBRARY)
        message(FATAL_ERROR "${arg_LIBRARY} not found (Debian package: ${arg_DEBIAN}).\n"
            "Run scripts/setup, or set DOCATHON_${target}_INCLUDE and DOCATHON_${target}_LIBRARY.")
    endif()
    add_library(docathon_dep::${target} UNKNOWN IMPORTED)
    set_target_properties(docathon_dep::${target} PROPERTIES
        IMPORTED_LOCATION "${DOCATHON_${target}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${DOCATHON_${target}_INCLUDE}")
endfunction()
