# libcurl: its header only. `links` opens the library when it runs (lint/io/curl_fetcher.h), so that
# nothing else of the program depends on it.

include_guard(GLOBAL)

find_path(DOCATHON_curl_INCLUDE curl/curl.h)
mark_as_advanced(DOCATHON_curl_INCLUDE)
if(NOT DOCATHON_curl_INCLUDE)
    message(FATAL_ERROR "curl/curl.h not found (Debian package: libcurl4-openssl-dev).\n"
        "Run scripts/setup, or set DOCATHON_curl_INCLUDE.")
endif()
add_library(docathon_dep_curl_header INTERFACE)
add_library(docathon_dep::curl_header ALIAS docathon_dep_curl_header)
target_include_directories(docathon_dep_curl_header SYSTEM INTERFACE "${DOCATHON_curl_INCLUDE}")
target_link_libraries(docathon_dep_curl_header INTERFACE ${CMAKE_DL_LIBS})
