# Compiler options of our own code and of everything that is compiled here.

include_guard(GLOBAL)

# ccache makes a second build of the same text free. Precompiled headers need the sloppiness
# settings, else every file that uses one is a miss.
find_program(DOCATHON_CCACHE ccache)
if(DOCATHON_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER AND NOT WIN32)
    set(launcher env "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime"
        "CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}" "${DOCATHON_CCACHE}")
    set(CMAKE_C_COMPILER_LAUNCHER ${launcher})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${launcher})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>")
    endif()
endif()

# No machine path in a binary (assertions, debug information): builds are the same everywhere.
add_compile_options("-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")

# Sanitizers must see the third-party code too, so these options are global.
if(DOCATHON_SANITIZE)
    add_compile_options("-fsanitize=${DOCATHON_SANITIZE}" -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    add_link_options("-fsanitize=${DOCATHON_SANITIZE}")
endif()
if(DOCATHON_FUZZ)
    # Coverage for the fuzzer everywhere; its main function only in the executables of tests/fuzz.
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

# The cache (lint/io/record_file.h) must know one build of the program from another.
if(NOT APPLE AND NOT WIN32)
    add_link_options("-Wl,--build-id=sha1")
endif()

# Warnings for code of ours. Third-party code gets -w instead.
function(docathon_own_code target)
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough)
    # GCC 12 warns of copies inside std::string when it has inlined them (PR 105651), and of an
    # empty std::optional that std::sort moves (PR 105562, 80635): false.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
        target_compile_options(${target} PRIVATE -Wno-restrict -Wno-array-bounds -Wno-maybe-uninitialized
            -Wno-stringop-overflow -Wno-stringop-overread)
    endif()
    # The instrumentation confuses GCC's flow analysis; the other builds keep these warnings.
    if(DOCATHON_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized -Wno-stringop-overflow
            -Wno-array-bounds -Wno-restrict -Wno-nonnull)
    endif()
endfunction()

# A run on one file should take a few milliseconds: fewer shared libraries to load, fewer pages to
# read, and no symbols in the release program.
function(docathon_fast_start target)
    if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT DOCATHON_SANITIZE AND NOT APPLE)
        target_link_options(${target} PRIVATE
            -static-libstdc++ -static-libgcc -Wl,--gc-sections -Wl,-O1 -Wl,--as-needed -s)
    endif()
endfunction()
