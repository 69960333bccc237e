# What the acceptance scripts share; to be sourced. DOCATHON_LINT names the program, else the release
# build is taken. Every figure is printed, every demand ends in PASS or FAIL, and the script's exit
# status is 1 if one failed.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
program="$(realpath -m "${DOCATHON_LINT:-$root/build/release/docathon-lint}")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
failed=0

need_arguments() { # COUNT "$@"
    local count=$1
    shift
    if (($# < count)); then
        sed -n '2,/^set /{/^#/s/^# \{0,1\}//p}' "$0" >&2
        exit 2
    fi
    if [[ ! -x "$program" ]]; then
        printf 'no program %s: build it, or name one in DOCATHON_LINT\n' "$program" >&2
        exit 2
    fi
}

# check TEXT COMMAND...: PASS if the command is true.
check() {
    local text=$1
    shift
    if "$@"; then
        printf 'PASS  %s\n' "$text"
    else
        printf 'FAIL  %s\n' "$text"
        failed=1
    fi
}

# at_most A B: numbers, also with a point.
at_most() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a + 0 <= b + 0) }'; }
at_least() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && a + 0 >= b + 0) }'; }

finish() { exit "$failed"; }
