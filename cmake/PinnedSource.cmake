# docathon_pinned_source(<NAME> <folder under third_party/> <a file that must exist>)
# Sets <NAME>_SOURCE_DIR: FETCHCONTENT_SOURCE_DIR_<NAME> if given, else what scripts/setup fetched.

include_guard(GLOBAL)

function(docathon_pinned_source name folder witness)
    if(FETCHCONTENT_SOURCE_DIR_${name})
        set(directory "${FETCHCONTENT_SOURCE_DIR_${name}}")
    else()
        set(directory "${PROJECT_SOURCE_DIR}/third_party/${folder}")
    endif()
    if(NOT EXISTS "${directory}/${witness}")
        message(FATAL_ERROR "${folder}: ${directory}/${witness} does not exist.\n"
            "Run scripts/setup, or set FETCHCONTENT_SOURCE_DIR_${name} to an unpacked source.")
    endif()
    set(${name}_SOURCE_DIR "${directory}" PARENT_SCOPE)
endfunction()

# An object library of C code that is not ours: always optimised (a dev build with a slow parser is
# no use), no warnings, and headers that count as system headers for those who use them.
function(docathon_third_party target)
    set_target_properties(${target} PROPERTIES
        C_CLANG_TIDY "" COMPILE_WARNING_AS_ERROR OFF POSITION_INDEPENDENT_CODE ON)
    target_compile_options(${target} PRIVATE -O2 -w)
    target_compile_definitions(${target} PRIVATE "$<$<CONFIG:Release>:NDEBUG>")
endfunction()
