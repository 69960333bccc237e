# cmark-gfm 0.29.0.gfm.13: what our own reading of Markdown is held against, by tests only.
# Distributions carry gfm.6, which needs minutes for a table with many columns. The archive brings generated headers and no CMakeLists.txt.

include_guard(GLOBAL)
include(PinnedSource)

docathon_pinned_source(CMARK_GFM cmark-gfm third_party/cmark/src/cmark-gfm.h)
set(cmark "${CMARK_GFM_SOURCE_DIR}/third_party/cmark")
if(WIN32)
    set(cmark_generated "${CMARK_GFM_SOURCE_DIR}/generated/windows")
else()
    set(cmark_generated "${CMARK_GFM_SOURCE_DIR}/generated/unix")
endif()

file(GLOB cmark_sources "${cmark}/src/*.c" "${cmark}/extensions/*.c")
list(REMOVE_ITEM cmark_sources "${cmark}/src/main.c")

add_library(docathon_cmark_gfm_headers INTERFACE)
target_include_directories(docathon_cmark_gfm_headers SYSTEM INTERFACE
    "${cmark}/src" "${cmark}/extensions" "${cmark_generated}")
target_compile_definitions(docathon_cmark_gfm_headers INTERFACE
    CMARK_GFM_STATIC_DEFINE CMARK_GFM_EXTENSIONS_STATIC_DEFINE)

# Built by whoever links it.
add_library(docathon_cmark_gfm OBJECT EXCLUDE_FROM_ALL ${cmark_sources})
target_link_libraries(docathon_cmark_gfm PRIVATE docathon_cmark_gfm_headers)
docathon_third_party(docathon_cmark_gfm)
