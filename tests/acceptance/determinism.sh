#!/usr/bin/env bash
# The same bytes for 1, 2 and 8 threads, in every format.
#
#   determinism.sh TREE...
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_arguments 1 "$@"
for tree in "$@"; do
    for format in text full json jsonl sarif github markdown; do
        for jobs in 1 2 8 2; do
            (cd "$tree" && "$program" --no-cache --preset all --max-results 0 --jobs "$jobs" --format "$format" --quiet 2>/dev/null) \
                >"$work/$jobs" || true
            cmp -s "$work/1" "$work/$jobs" || printf 'differs: %s, %s jobs\n' "$format" "$jobs" >>"$work/differences"
        done
        printf '%s %s: %s bytes\n' "$tree" "$format" "$(wc -c <"$work/1")"
    done
done
touch "$work/differences"
cat "$work/differences"
check "the same bytes for 1, 2 and 8 jobs" test ! -s "$work/differences"
finish
