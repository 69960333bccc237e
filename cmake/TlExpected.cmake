# tl::expected: Result<T>. GCC 12 has no std::expected.

docathon_find_headers(tl_expected NAME TL_EXPECTED PACKAGE tl-expected VERSION 1.0
    TARGET tl::expected HEADER tl/expected.hpp DEBIAN libexpected-dev)
