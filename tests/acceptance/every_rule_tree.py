#!/usr/bin/env python3
"""Make a tree in which every rule fires: one folder for each example of each rule file.

    every_rule_tree.py --rules RULES --out FOLDER [--sarif LOG]

RULES is the folder rules/ of this repository; FOLDER must not exist. Needs PyYAML and git. Lint
FOLDER with `--preset all --format sarif`, then give the log to sarif.py; with --sarif this script
says which rules have no result in that log (and changes nothing), exit 1 if any.

input/unreadable fires only when the program does not run as root (as another user: chown FOLDER to
it first, git refuses other people's repositories).
"""

import argparse
import json
import pathlib
import subprocess
import sys

import yaml

# Rules whose offence no YAML file can hold: the path and the bytes that commit it.
BYTES = {
    "input/depth-limit": ("deep.md", b">" * 20_000 + b" x\n"),
    "input/invalid-utf8": ("latin.md", b"caf\xe9\n"),
    "input/too-large": ("large.md", b"x\n" * (6 << 20)),
    "input/unreadable": ("secret.md", b"x\n"),
}
# Of the whole tree, since it is linted in one run: what examples bring as `config:`.
CONFIG = """version: 1
project:
  repository: {url: "https://github.com/o/r", branch: main}
"""


def rule_files(folder):
    for path in sorted(folder.glob("*/*.yaml")):
        if path.parent.name not in ("presets", "data"):
            yield yaml.safe_load(path.read_text(encoding="utf-8"))


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def make(rules, out):
    out.mkdir(parents=True)
    files = 0
    for rule in rules:
        base = out / rule["id"].replace("/", "-")
        for number, example in enumerate(rule.get("examples", [])):
            if not example.get("expect"):
                continue
            for path, text in example["files"].items():
                write(base / str(number) / path, str(text).encode("utf-8", "surrogateescape"))
                files += 1
        if rule["id"] in BYTES:
            name, data = BYTES[rule["id"]]
            write(base / name, data)
            files += 1
    (out / "input-unreadable" / "secret.md").chmod(0)
    write(out / ".docathon-lint.yaml", CONFIG.encode())
    subprocess.run(["git", "init", "--quiet", str(out)], check=True)
    print(f"{files} files for {len(rules)} rules in {out}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rules", required=True, type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--sarif", type=pathlib.Path)
    arguments = parser.parse_args()
    rules = list(rule_files(arguments.rules))
    if arguments.out:
        make(rules, arguments.out)
    if arguments.sarif:
        log = json.loads(arguments.sarif.read_text(encoding="utf-8"))
        fired = {result["ruleId"] for run in log["runs"] for result in run["results"]}
        silent = sorted({rule["id"] for rule in rules} - fired)
        print(f"{len(fired)} of {len(rules)} rules have results; without: {', '.join(silent) or '-'}")
        return 1 if silent else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
