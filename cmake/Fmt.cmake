# fmt, header-only: Debian has no static archive of it, and GCC 12 no std::format.

docathon_find_headers(fmt NAME FMT PACKAGE fmt VERSION 9.0
    TARGET fmt::fmt-header-only HEADER fmt/format.h DEBIAN libfmt-dev)
target_compile_definitions(docathon_dep_fmt INTERFACE FMT_HEADER_ONLY=1)
