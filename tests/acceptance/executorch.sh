#!/usr/bin/env bash
# Acceptance on pytorch/executorch: the default run, scored against a list of known defects and of
# places that must stay silent.
#
#   executorch.sh TREE ACCEPTANCE_PY ACCEPTANCE_TSV
#
# TREE is a checkout at cff6f4dd32. Prints what has to be read by eye. The `doc` row of the list is a
# :doc: in an .rst page, which is not read yet: it is counted, not demanded.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_arguments 3 "$@"
tree=$1 score=$2 list=$3

code=0
(cd "$tree" && "$program" --format sarif --output "text=$work/findings.txt" >"$work/log.sarif" 2>"$work/err.txt") || code=$?
cat "$work/err.txt"
check "the run ends with findings (exit $code)" test "$code" -eq 1

python3 "$score" "$work/log.sarif" "$list" >"$work/all.txt" || true
python3 "$score" "$work/log.sarif" "$list" link anchor include toctree rst >"$work/here.txt" || true
grep -v '^[0-9]*/[0-9]* found' "$work/all.txt" || true
summary=$(tail -n 1 "$work/all.txt")
printf '%s\n' "$summary"
found=$(sed -E 's|^([0-9]+)/.*|\1|' <<<"$summary")
broken=$(sed -E 's|.* ([0-9]+) of the silent list broken.*|\1|' <<<"$summary")
total=$(wc -l <"$work/findings.txt")
printf 'findings by rule:\n'
sed -E 's/.*\[([a-z-]+\/[a-z-]+)\]$/\1/' "$work/findings.txt" | sort | uniq -c | sort -rn
check "$found of 38 known defects found (at least 37)" at_least "$found" 37
check "every known defect that is not in an .rst page is found" grep -qE '^([0-9]+)/\1 found' "$work/here.txt"
check "$broken of the silent places broken (0)" test "$broken" -eq 0
check "$total findings in all (less than 100)" at_most "$total" 99
finish
