#!/usr/bin/env bash
# A fresh clone and the two commands of the README, nothing else.
#
#   fresh_clone.sh REPOSITORY [FOLDER]
#
# REPOSITORY is what `git clone` takes; FOLDER (a new one by default) must not exist. On a machine
# with nothing but Debian 12 this also shows that the two commands install all they need.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
if (($# < 1)); then
    sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
folder=${2:-$work/clone}
git clone --quiet "$1" "$folder"
cd "$folder"
printf 'commit %s\n' "$(git rev-parse HEAD)"

# The commands as README has them, so that a README that went stale is found out.
for command in scripts/lint scripts/check; do
    check "README names $command" grep -qE "(^|[\`\$ ])$command\b" README.md
done
start=$SECONDS code=0
scripts/lint >"$work/lint.out" 2>"$work/lint.err" || code=$?
tail -n 3 "$work/lint.err"
cat "$work/lint.out"
printf 'scripts/lint: %d s\n' $((SECONDS - start))
check "the first command sets up, builds and lints the samples (exit $code)" test "$code" -eq 1
check "it prints findings, and nothing else" test -z "$(grep -vE '^[^:]+:[0-9]+:[0-9]+: (error|warning|note): .*\[[a-z-]+/[a-z-]+\]$' "$work/lint.out" || true)"
check "the build is where it is promised" test -x build/release/docathon-lint
start=$SECONDS code=0
scripts/check >"$work/check.out" 2>&1 || code=$?
grep -E '^check: ' "$work/check.out" || tail -n 30 "$work/check.out"
printf 'scripts/check: %d s\n' $((SECONDS - start))
check "the second command runs all tests (exit $code)" test "$code" -eq 0
check "at most 25 minutes" at_most $((SECONDS - start)) 1500
check "the clone stays clean" test -z "$(git status --porcelain)"
finish
