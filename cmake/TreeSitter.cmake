# tree-sitter's runtime and its Python grammar: expression trees of Python slices.

include_guard(GLOBAL)
include(PinnedSource)

docathon_pinned_source(TREE_SITTER tree-sitter tree_sitter/core/lib/src/lib.c)
docathon_pinned_source(TREE_SITTER_PYTHON tree-sitter-python src/scanner.c)

set(core "${TREE_SITTER_SOURCE_DIR}/tree_sitter/core/lib")
add_library(docathon_tree_sitter_headers INTERFACE)
target_include_directories(docathon_tree_sitter_headers SYSTEM INTERFACE "${core}/include")

add_library(docathon_tree_sitter OBJECT EXCLUDE_FROM_ALL "${core}/src/lib.c")
target_include_directories(docathon_tree_sitter PRIVATE "${core}/include" "${core}/src")
target_compile_definitions(docathon_tree_sitter PRIVATE _POSIX_C_SOURCE=200112L _DEFAULT_SOURCE)
docathon_third_party(docathon_tree_sitter)

# The grammar's archive lacks the headers that its C files include as <tree_sitter/...>; the
# runtime has the same headers under another path.
set(grammar_headers "${PROJECT_BINARY_DIR}/generated/tree_sitter_python")
foreach(header IN ITEMS parser.h array.h alloc.h ts_assert.h)
    configure_file("${core}/src/${header}" "${grammar_headers}/tree_sitter/${header}" COPYONLY)
endforeach()

add_library(docathon_tree_sitter_python_headers INTERFACE)

set(grammar "${TREE_SITTER_PYTHON_SOURCE_DIR}/src")
add_library(docathon_tree_sitter_python OBJECT EXCLUDE_FROM_ALL "${grammar}/parser.c" "${grammar}/scanner.c")
target_include_directories(docathon_tree_sitter_python PRIVATE "${grammar_headers}")
# parser.c was generated for ABI 14. The runtime still reads that ABI, but its header renamed two
# things; and it now types the table of lexer modes for ABI 15 (the runtime casts it back).
set_source_files_properties("${grammar}/parser.c" PROPERTIES
    COMPILE_DEFINITIONS "version=abi_version;TSFieldMapSlice=TSMapSlice"
    COMPILE_OPTIONS "-Wno-incompatible-pointer-types")
docathon_third_party(docathon_tree_sitter_python)
