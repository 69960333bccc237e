#!/usr/bin/env python3
"""Draw findings to label: sample.py [--seed N] [--per-rule N] [--labels FILE] NAME=COMMIT=FINDINGS.json ...

Prints rows for labels.tsv with empty verdicts. The same seed and inputs give the same rows."""
import argparse
import collections
import json
import pathlib
import random
import sys


def read_labelled(path):
    if path is None or not path.exists():
        return set()
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:])
    return {(row[0], row[2], row[3]) for row in rows if len(row) >= 4}


def clean(text):
    return str(text).replace("\t", " ").replace("\n", " ").replace("\r", " ")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--per-rule", type=int, default=25)
    parser.add_argument("--per-page", type=int, default=2, help="of one rule in one page")
    parser.add_argument("--per-repository", type=int, default=6, help="of one rule in one repository")
    parser.add_argument("--labels", type=pathlib.Path, help="rows that exist already are not drawn")
    parser.add_argument("runs", nargs="+", metavar="NAME=COMMIT=FINDINGS.json")
    arguments = parser.parse_args()
    labelled = read_labelled(arguments.labels)
    by_rule = {}
    for run in arguments.runs:
        name, commit, path = run.split("=", 2)
        for finding in json.loads(pathlib.Path(path).read_text(encoding="utf-8"))["findings"]:
            key = (name, finding["rule"], finding["fingerprint"])
            if key in labelled:
                continue
            row = (name, commit, finding["rule"], finding["fingerprint"], finding["path"], finding["line"],
                   finding["message"])
            by_rule.setdefault(finding["rule"], []).append(row)
    for rule in sorted(by_rule):
        rows = sorted(by_rule[rule], key=lambda row: tuple(map(str, row)))
        random.Random(f"{arguments.seed}:{rule}").shuffle(rows)
        # Findings of one page, and often of one repository, have one cause: one mistake in a menu
        # that thirty pages repeat says no more than one.
        drawn, taken = [], collections.Counter()
        for row in rows:
            page, repository = (row[0], row[4]), row[0]
            if taken[page] < arguments.per_page and taken[repository] < arguments.per_repository:
                taken.update([page, repository])
                drawn.append(row)
        for row in sorted(drawn[: arguments.per_rule], key=lambda row: tuple(map(str, row))):
            print("\t".join(map(clean, row)) + "\t\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
