#!/usr/bin/env bash
# Speed and memory, medians of 7 runs in turns with other tools.
#
#   speed.sh TREE [RUMDL [LYCHEE]]
#
# TREE is a checkout of pytorch/executorch. Its Markdown alone (what the limits are about) is copied
# to a folder of its own; RUMDL and LYCHEE are the programs to compare with. The limits: 0.20 s of CPU
# time and 40 MiB, half of rumdl's time, 15 ms for a folder with one small file.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_arguments 1 "$@"
tree=$(realpath "$1") rumdl=${2:-} lychee=${3:-}

mkdir "$work/markdown"
(cd "$tree" && find . -name '*.md' -type f -not -path './.git/*' -print0 | tar --null -T - -cf -) | tar -C "$work/markdown" -xf -
printf '%s files, %s bytes of Markdown\n' "$(find "$work/markdown" -type f | wc -l)" \
    "$(find "$work/markdown" -type f -print0 | xargs -0 cat | wc -c)"
bench() { "$root/scripts/bench" --program "$program" --runs 7 "$@"; }

check "Markdown of executorch: at most 0.20 s of CPU time, 40 MiB" \
    bench --max-cpu 0.20 --max-memory 40 "$work/markdown"
if [[ -n "$rumdl" ]]; then
    check "at most half the CPU time of rumdl" \
        bench --max-ratio 0.5 --peer "rumdl=$rumdl check --no-cache --silent ." "$work/markdown"
fi
if [[ -n "$lychee" ]]; then
    printf 'for comparison, links alone:\n'
    bench --glob '**/*.md' \
        --peer "lychee=$lychee --offline --include-fragments --no-progress {files}" "$work/markdown"
fi
mkdir "$work/small"
printf '# Title\n\nSee [the title](#title).\n' >"$work/small/README.md"
check "a folder with one small file: at most 15 ms" bench --max-cpu 0.015 --max-wall 0.015 "$work/small"
printf 'the whole checkout, all file names and git included:\n'
bench "$tree"
finish
