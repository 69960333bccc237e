# docathon_find_headers(<target> NAME <NAME> PACKAGE <package> VERSION <minimum>
#                       TARGET <its CMake target> HEADER <header> DEBIAN <package>
#                       [HEADERS_ONLY])
# Defines docathon_dep::<target> for a library without compiled parts: the CMake package of the
# system if it is new enough, else the include folder of FETCHCONTENT_SOURCE_DIR_<NAME>.
# HEADERS_ONLY: only the include folder of the package is used, not what else its target asks for.

include_guard(GLOBAL)

function(docathon_find_headers target)
    cmake_parse_arguments(arg "HEADERS_ONLY" "NAME;PACKAGE;VERSION;TARGET;HEADER;DEBIAN" "" ${ARGN})
    add_library(docathon_dep_${target} INTERFACE)
    add_library(docathon_dep::${target} ALIAS docathon_dep_${target})
    if(FETCHCONTENT_SOURCE_DIR_${arg_NAME})
        find_path(DOCATHON_${target}_INCLUDE "${arg_HEADER}"
            PATHS "${FETCHCONTENT_SOURCE_DIR_${arg_NAME}}" PATH_SUFFIXES include single_include
            NO_DEFAULT_PATH REQUIRED)
        target_include_directories(docathon_dep_${target} SYSTEM INTERFACE
            "${DOCATHON_${target}_INCLUDE}")
        return()
    endif()
    find_package(${arg_PACKAGE} ${arg_VERSION} QUIET CONFIG)
    if(NOT TARGET ${arg_TARGET})
        message(FATAL_ERROR "${arg_PACKAGE} ${arg_VERSION} or newer not found (Debian package: "
            "${arg_DEBIAN}).\n"
            "Run scripts/setup, or set FETCHCONTENT_SOURCE_DIR_${arg_NAME} to an unpacked source.")
    endif()
    if(arg_HEADERS_ONLY)
        find_path(DOCATHON_${target}_INCLUDE "${arg_HEADER}" REQUIRED)
        target_include_directories(docathon_dep_${target} SYSTEM INTERFACE
            "${DOCATHON_${target}_INCLUDE}")
    else()
        target_link_libraries(docathon_dep_${target} INTERFACE ${arg_TARGET})
    endif()
endfunction()
