#!/usr/bin/env bash
# DocFixBench: real defects that commits repaired; how many are caught before and gone after.
#
#   docfix.sh BENCH_PY CASES_JSON REPOSITORIES [WORK_FOLDER [RESULT_FOLDER]]
#
# BENCH_PY is docfix_bench.py; REPOSITORIES a folder of owner+name/repo git directories. With
# RESULT_FOLDER every verdict is kept there as JSON.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_arguments 3 "$@"
bench=$1 cases=$2 repositories=$3 trees=${4:-$work} results=${5:-$work}
mkdir -p "$trees" "$results"

run() { # NAME ARGUMENTS...
    local name=$1
    shift
    python3 "$bench" --cases "$cases" --repos "$repositories" --work "$trees" --format sarif \
        --linter "$program --preset strict,pytorch --format sarif ." --families --no-hard \
        --jobs 2 -o "$results/$name.json" "$@" >"$work/$name.txt" || check "the bench ran without failures ($name)" false
    cat "$work/$name.txt"
    python3 - "$results/$name.json" <<'PYTHON'
import json, sys
for row in json.load(open(sys.argv[1]))["results"]:
    if not (row["caught"] and row["cleared"]):
        print("missed" if not row["caught"] else "not cleared", row["id"], row["kind"], row["repo"], *row["messages"][:1])
PYTHON
    share=$(sed -nE 's/^total: .*\(([0-9.]+) %\)$/\1/p' "$work/$name.txt")
}

run main --only kind=link-file,link-anchor,include,toctree,url-malformed,md-syntax --only format=md,myst
check "links and markup: $share % caught and cleared (at least 92)" at_least "$share" 92
run self-url --only kind=self-url
check "own URLs: $share % caught and cleared (at least 70)" at_least "$share" 70
printf 'The false ones among the other findings have to be read and labelled: tests/precision.\n'
finish
