#!/usr/bin/env python3
"""Holds baselineState of our SARIF against sarif-multitool's match-results-forward.

    baseline_state.py --program PROGRAM --multitool BINARY [--pairs 20] [--seed 1]

Makes repositories of random pages with dead links, changes them at random (lines inserted and removed, links added,
repaired and moved), and compares for every result of `--since HEAD --format sarif` the state with the one that
the multitool finds between the log of the base and the log of the change. The multitool adds results that are gone
("absent"); we leave them out, since code scanning would show them. A result that comes to stand exactly, to the column,
where another one stood is that other one to the multitool, whatever it says; the lines are of different length here, so
that this does not happen by accident. Exit code 1 on a difference.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile


def run(command, cwd, codes=(0, 1)):
    done = subprocess.run([str(word) for word in command], cwd=cwd, capture_output=True, text=True)
    if done.returncode not in codes:
        sys.exit(f"{command}: {done.stdout}{done.stderr}")
    return done


def results(path):
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8-sig"))["runs"][0].get("results", [])


def key(result):
    place = result["locations"][0]["physicalLocation"]
    region = place["region"]
    return (place["artifactLocation"]["uri"], region["startLine"], region["startColumn"], result["ruleId"],
            result["message"]["text"])


def page(generator, number):
    lines = [f"# Page {number}", ""]
    for i in range(generator.randint(3, 12)):
        kind = generator.random()
        if kind < 0.5:
            words = "w" * generator.randint(1, 400)
            lines += [f"Text {words} with [a link](gone-{number}-{i}.md).", ""]
        else:
            lines += [f"Only text {number}.{i}, {generator.randint(0, 99)}.", ""]
    return lines


def change(generator, pages):
    changed = {}
    for name, lines in pages.items():
        lines = list(lines)
        for _ in range(generator.randint(0, 3)):
            at = generator.randrange(2, len(lines) + 1)
            kind = generator.random()
            if kind < 0.4:
                lines[at:at] = [f"Inserted {generator.randint(0, 9999)}.", ""]
            elif kind < 0.6:
                words = "n" * generator.randint(1, 400)
                lines[at:at] = [f"{words} [link](new-{generator.randint(0, 9999)}.md).", ""]
            elif kind < 0.9 and at < len(lines):
                del lines[at]
        changed[name] = lines
    return changed


def write(folder, pages):
    for old in folder.glob("*.md"):
        old.unlink()
    for name, lines in pages.items():
        (folder / name).write_text("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--multitool", required=True)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    program = pathlib.Path(options.program).resolve()
    differences = 0
    totals = collections.Counter()
    for pair in range(options.pairs):
        generator = random.Random(options.seed * 1000 + pair)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name) / "repository"
            folder.mkdir()
            run("git init -q -b main".split(), folder, (0,))
            pages = {f"p{i}.md": page(generator, i) for i in range(generator.randint(1, 5))}
            write(folder, pages)
            run("git add -A".split(), folder, (0,))
            run("git -c user.name=a -c user.email=a@example.org commit -q -m base".split(), folder, (0,))
            base, plain, ours, theirs = (pathlib.Path(name) / f"{part}.sarif" for part in
                                         ("base", "plain", "ours", "theirs"))
            base.write_text(run([program, "--format", "sarif"], folder).stdout)
            write(folder, change(generator, pages))
            plain.write_text(run([program, "--format", "sarif"], folder).stdout)
            ours.write_text(run([program, "--since", "HEAD", "--format", "sarif"], folder).stdout)
            run([options.multitool, "match-results-forward", plain, "--previous", base, "--output-file-path", theirs,
                 "--log", "ForceOverwrite"], folder, (0,))
            wanted = {key(one): one["baselineState"] for one in results(theirs) if one["baselineState"] != "absent"}
            seen = {key(one): one.get("baselineState") for one in results(ours)}
            for where in sorted(set(wanted) | set(seen)):
                totals[wanted.get(where)] += 1
                if wanted.get(where) != seen.get(where):
                    differences += 1
                    print(f"pair {pair}: {where}: multitool {wanted.get(where)}, ours {seen.get(where)}")
    print(f"{options.pairs} pairs, {sum(totals.values())} results {dict(totals)}, {differences} differences")
    return 1 if differences or not totals else 0


if __name__ == "__main__":
    sys.exit(main())
