#!/usr/bin/env bash
# Runs every fuzz target for some minutes each.
#
#   fuzz.sh [MINUTES [BUILD_FOLDER]]
#
# Builds the preset `fuzz` unless BUILD_FOLDER holds one already. 10 minutes each by default.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
minutes=${1:-10} build=${2:-$root/build/fuzz}
if [[ ! -f "$build/build.ninja" ]]; then
    cmake --preset fuzz -S "$root" -B "$build"
fi
cmake --build "$build"
found=0
for target in "$build"/tests/fuzz_*; do
    [[ -x "$target" && -f "$target" ]] || continue
    found=$((found + 1))
    name=$(basename "$target")
    corpus=$build/tests/corpus/${name#fuzz_} seeds=$root/tests/fuzz/corpus/${name#fuzz_}
    mkdir -p "$corpus"
    arguments=("$corpus")
    [[ -d "$seeds" ]] && arguments+=("$seeds")
    code=0
    (cd "$work" && "$target" -max_total_time=$((minutes * 60)) -timeout=10 -rss_limit_mb=2048 \
        -print_final_stats=1 "${arguments[@]}") >"$work/$name.log" 2>&1 || code=$?
    grep -E '^stat::|SUMMARY|ERROR' "$work/$name.log" || tail -n 5 "$work/$name.log"
    find "$work" -maxdepth 1 \( -name 'crash-*' -o -name 'timeout-*' -o -name 'oom-*' -o -name 'leak-*' \) \
        -exec cp {} "$build" \; -print
    check "$name: $minutes minutes without a finding (exit $code)" test "$code" -eq 0
done
check "$found fuzz targets ran (at least 2)" at_least "$found" 2
finish
