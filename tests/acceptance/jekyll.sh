#!/usr/bin/env bash
# A real Jekyll post, in a blog made around it: clean while its images exist, and exactly the missing
# ones reported when they do not.
#
#   jekyll.sh POST
#
# POST is a file named YYYY-MM-DD-title.md with images under /assets/.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need_arguments 1 "$@"
post=$1
blog=$work/blog
mkdir -p "$blog/_posts"
printf 'title: Blog\n' >"$blog/_config.yml"
cp "$post" "$blog/_posts/"
name=$(basename "$post")

# The images as a plain search sees them, not as our parser does.
grep -oE '/assets/[A-Za-z0-9_./-]+' "$post" | sort -u >"$work/images"
while IFS= read -r image; do
    mkdir -p "$blog$(dirname "$image")"
    printf 'x' >"$blog$image"
done <"$work/images"
count=$(wc -l <"$work/images")
check "the post names $count images (more than 0)" at_least "$count" 1

run() { # PRESETS...
    (cd "$blog" && "$program" "$@" --quiet) || true
}
for preset in core blog strict; do
    run --preset "$preset" >"$work/out"
    cat "$work/out"
    check "preset $preset: $(wc -l <"$work/out") findings while all images exist (0)" test ! -s "$work/out"
done

(cd "$blog" && "$program" dump model "_posts/$name") >"$work/model"
(cd "$blog" && "$program" dump prose "_posts/$name") >"$work/prose"
check "front matter is read as such" grep -q '^  front_matter 1:1-' "$work/model"
check "{:style=...} is read as attributes" grep -q ' attributes .*{:style=' "$work/model"
check "the escape in '2025\\.' is resolved" grep -q 'expect in 2025\.$' "$work/prose"
check "the escape in '(May 23\\)' is resolved" grep -q '(May 23)' "$work/prose"
check "no kramdown attribute is taken for text" test -z "$(grep -F '{:' "$work/prose" || true)"

# Every second image goes.
awk 'NR % 2 == 1' "$work/images" >"$work/gone"
while IFS= read -r image; do rm "$blog$image"; done <"$work/gone"
run >"$work/out"
sed -nE "s/^.*no image file '([^']*)'.*\[links\/missing-image\]$/\/\1/p" "$work/out" | sed 's|^//|/|' | sort -u >"$work/reported"
cat "$work/out"
check "$(wc -l <"$work/gone") images removed, exactly those reported" diff "$work/gone" "$work/reported"
check "nothing but missing images reported" test "$(wc -l <"$work/out")" -eq "$(grep -oFf "$work/gone" "$post" | wc -l)"
finish
