#!/usr/bin/env bash
# Our reading of Markdown against cmark-gfm's, on given texts.
#
#   spec_agreement.sh PATH...
#
# Compares headings, code blocks, links and images with their destinations, in document order, and
# looks whether the range of each link holds its text. A PATH is a file of the form of CommonMark's
# spec.txt (npm commonmark-spec; test/spec.txt and test/extensions.txt of github/cmark-gfm), a
# Markdown file, or a folder whose .md files are all compared. The test program is SPEC_TESTS, else
# that of the release build.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
program="$(realpath -m "${SPEC_TESTS:-$root/build/release/tests/spec_tests}")"
need_arguments 1 "$@"

agrees() { # PATH
    "$program" --gtest_brief=1 --gtest_filter=Agreement.GivenFiles "$1" >"$work/log" 2>&1
}

for path in "$@"; do
    code=0
    agrees "$path" || code=$?
    ((code == 0)) || cat "$work/log"
    check "$path: $(grep -o '[0-9]* inputs, .*' "$work/log" || echo 'did not run')" test "$code" -eq 0
done
finish
