# CLI11: the command line. Seven seconds of compile time: one .cpp file only.

docathon_find_headers(cli11 NAME CLI11 PACKAGE CLI11 VERSION 2.1
    TARGET CLI11::CLI11 HEADER CLI/CLI.hpp DEBIAN libcli11-dev)
