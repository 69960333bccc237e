#!/usr/bin/env bash
# Hostile inputs on the release program: at most a second each, exit codes and messages as documented.
#
#   hostile.sh [TEST_PROGRAM]
#
# The inputs are cases of the tests of the command line (build/release/tests/cli_tests), which make
# them, run the program on them and check time, exit code, message and that other files are linted.
# Here they run alone, one after the other, with the limits as they are. The slowest are listed.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_arguments 0 "$@"
tests=${1:-$root/build/release/tests/cli_tests}
if [[ ! -x "$tests" ]]; then
    printf 'no test program %s\n' "$tests" >&2
    exit 2
fi
code=0
DOCATHON_TEST_SLOWNESS=1 "$tests" \
    --gtest_filter='*Hostile*:BadFiles*:Config*:ProjectRules*:Symlinks*:Includes*:Streams*:Signals*:Escapes*' \
    --gtest_output="xml:$work/result.xml" >"$work/out" || code=$?
grep -E '^\[  FAILED|Failure$' -A 6 "$work/out" || true
python3 - "$work/result.xml" <<'PYTHON'
import sys, xml.etree.ElementTree as xml
cases = [(float(c.get("time")), c.get("classname") + "." + c.get("name")) for c in xml.parse(sys.argv[1]).iter("testcase")]
print(len(cases), "cases; the slowest (wall time, making of the input included):")
for seconds, name in sorted(cases, reverse=True)[:10]:
    print(f"  {seconds:6.2f} s  {name}")
PYTHON
check "hostile and bad input (exit $code)" test "$code" -eq 0
finish
