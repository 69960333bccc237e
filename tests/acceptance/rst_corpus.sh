#!/usr/bin/env bash
# Our reading of reStructuredText against docutils', on the files of other projects and on the same
# files damaged at random.
#
#   rst_corpus.sh ORACLE SCORE PATH...
#
# ORACLE prints what docutils reports for files, one JSON object a message with file, line, level
# and text (it runs with PYTHON, whose docutils must be 0.22.4); SCORE compares that with
# `docathon-lint dump docutils --permissive --messages`. A PATH is a folder whose .rst files are all
# taken. SEED (default 1) and TIMES (default 4) say how they are damaged.
#
# Demands: of the files on which either side reports something 97 % equal, messages with 99 %
# precision and recall; damaged 90 % and 98 %.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_arguments 3 "$@"
oracle=$1
score=$2
shift 2
python="${PYTHON:-python3}"

compare() { # NAME LIST FILES MESSAGES
    tr '\n' '\0' <"$2" | xargs -0 "$python" "$oracle" >"$work/$1.jsonl" 2>"$work/$1.log" || {
        tail -n 3 "$work/$1.log"
        return 1
    }
    "$python" "$score" --bin "$program" --list "$2" --oracle "$work/$1.jsonl" \
        --want-files "$3" --want-messages "$4"
}

check "docutils 0.22.4" "$python" -c 'import docutils, sys; sys.exit(docutils.__version__ != "0.22.4")'
find "$@" -name '*.rst' -type f -print | LC_ALL=C sort >"$work/list"
printf '%s files, %s bytes\n' "$(wc -l <"$work/list")" \
    "$(tr '\n' '\0' <"$work/list" | xargs -0 cat | wc -c)"
check "files as they are" compare whole "$work/list" .97 .99
"$python" "$root/tests/acceptance/rst_mutate.py" --seed "${SEED:-1}" --times "${TIMES:-4}" \
    --out "$work/damaged" --list "$work/list"
check "files with ${TIMES:-4} changes each" compare damaged "$work/damaged/list" .90 .98
finish
