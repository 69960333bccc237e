#!/usr/bin/env python3
"""Precision by rule from labels.tsv: score.py [--check RULES_FOLDER] labels.tsv

With --check: exit 1 when a rule file's `precision:` is not what its labels say, or when a rule of
`core` with at least 20 labels is less than 95 % true and is not listed in owed.txt beside the
labels, or is listed there and does not need to be."""
import argparse
import collections
import pathlib
import re
import sys

MINIMUM = 20  # labels from which a rule's figure is held against the price of `core`


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", type=pathlib.Path, metavar="RULES_FOLDER")
    parser.add_argument("labels", type=pathlib.Path)
    arguments = parser.parse_args()
    counts = collections.defaultdict(collections.Counter)
    for number, line in enumerate(arguments.labels.read_text(encoding="utf-8").splitlines(), 1):
        row = line.split("\t")
        if number == 1 or not line:
            continue
        if len(row) != 9 or row[7] not in ("true", "false", "unclear") or not row[8]:
            print(f"{arguments.labels}:{number}: nine columns, a verdict and a reason are wanted")
            return 1
        counts[row[2]][row[7]] += 1
    owed_file = arguments.labels.parent / "owed.txt"
    owed = set()
    if owed_file.exists():
        lines = owed_file.read_text(encoding="utf-8").splitlines()
        owed = {line.strip() for line in lines if line.strip() and not line.startswith("#")}
    wrong = 0
    for rule in sorted(counts):
        total = sum(counts[rule].values())
        share = round(counts[rule]["true"] / total, 3)
        print(f"{rule:36} {counts[rule]['true']:4} true of {total:4}  {100 * share:5.1f} %")
        if not arguments.check:
            continue
        text = (arguments.check / f"{rule}.yaml").read_text(encoding="utf-8")
        stated = re.search(r"^precision: *([0-9.]+)", text, re.M)
        if not stated or abs(float(stated[1]) - share) > 0.0005:
            print(f"  {rule}.yaml says {stated[1] if stated else 'nothing'}; write `precision: {share:g}`")
            wrong = 1
        below = bool(re.search(r"^preset: *core", text, re.M)) and total >= MINIMUM and share < 0.95
        if below:
            print(f"  {rule} is in core and less than 95 % true" + (" (owed)" if rule in owed else ""))
        if below != (rule in owed):
            if not below:
                print(f"  {rule}: take it out of {owed_file.name}")
            wrong = 1
    total = sum(sum(count.values()) for count in counts.values())
    true = sum(count["true"] for count in counts.values())
    print(f"{'all':36} {true:4} true of {total:4}  {100 * true / max(1, total):5.1f} %")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
