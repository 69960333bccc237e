#!/usr/bin/env python3
"""Of the defects planted in the documentation of real projects, how many do we find?

    sphinx_mutants.py SCORE_MUTANTS_PY MUTANTS=ORIGINAL...

MUTANTS is a folder that sphinx_mutate.py wrote: tree/ with one defect at each of some places, and
mutants.json, which says which of them Sphinx reports. ORIGINAL is the tree before. Both are linted
here with the preset strict; the program is DOCATHON_LINT, else the release build. Two figures are
printed for the defects that Sphinx reports:

  as scored         what score_mutants.py counts: a finding where Sphinx puts its message, give or
                    take a line
  with the entries  the same, and a finding at the entry of a toctree whose page was deleted, or at
                    the directive of autodoc whose object was deleted

They differ because Sphinx gives for a page that a toctree lacks the line of the directive, which may
stand any number of entries above the one that is meant, and score_mutants.py looks from there to the
next blank line. Entries stand behind a blank line when the directive has options. We report each
entry at its own line, since that is the line to be mended. Such a finding counts only if it lies in
the page that Sphinx names, on a line with the entry, and its message names the page that is gone.
For an object that autodoc cannot import Sphinx gives no place at all, so that only the lines where
the object was would count. A finding counts if its message names the object, with its module.
Each is listed, to be read.

Demanded: 97 % of the second figure, and of the defects that Sphinx misses (but for examples and
lexers) 50 %. Exit status 1 if not.
"""

from __future__ import annotations

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from typing import Any

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.path.abspath(os.environ.get("DOCATHON_LINT", str(ROOT / "build/release/docathon-lint")))
LEAST_FOUND = 97.0
LEAST_BONUS = 50.0


def lint(tree: pathlib.Path, out: pathlib.Path) -> list[dict[str, Any]]:
    command = [PROGRAM, "--no-cache", "--preset", "strict", "--max-results", "0", "--format", "sarif", "."]
    with out.open("w", encoding="utf-8") as file:
        status = subprocess.run(command, cwd=tree, stdout=file, stderr=subprocess.DEVNULL, check=False).returncode
    if status > 1:
        sys.exit(f"{PROGRAM} ended with status {status} in {tree}")
    results: list[dict[str, Any]] = []
    for run in json.loads(out.read_text(encoding="utf-8"))["runs"]:
        results += run["results"]
    return results


def is_entry_found(mutant: dict[str, Any], results: list[dict[str, Any]], tree: pathlib.Path) -> str:
    """The place of the finding at the entry of a deleted page, or ""."""
    page = mutant["file"].rsplit(".", 1)[0]
    named = (f"'{page}'", f"'{mutant['file']}'")
    pages = {message["path"] for message in mutant["sphinx_messages"] if message.get("path")}
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        path = place["artifactLocation"]["uri"]
        message = result["message"]["text"]
        if path not in pages or not any(one in message for one in named):
            continue
        line = place["region"]["startLine"]
        text = (tree / path).read_text(encoding="utf-8", errors="replace").splitlines()[line - 1]
        if pathlib.PurePosixPath(page).name in text:
            return f"{path}:{line}: {message}"
    return ""


def is_directive_found(mutant: dict[str, Any], results: list[dict[str, Any]]) -> str:
    """The place of the finding at the directive that shows a deleted object, or ""."""
    for message in mutant["sphinx_messages"]:
        told = re.match(r"autodoc: failed to import \w+ '([\w.]+)' from module '([\w.]+)'", message["message"])
        if message.get("path") or told is None:
            continue
        for result in results:
            text = result["message"]["text"]
            if f"'{told[2]}.{told[1]}'" in text:
                place = result["locations"][0]["physicalLocation"]
                return f"{place['artifactLocation']['uri']}:{place['region']['startLine']}: {text}"
    return ""


def main() -> int:
    if len(sys.argv) < 3 or not all("=" in one for one in sys.argv[2:]):
        sys.exit(str(__doc__))
    total = found = entries = bonus = bonus_total = 0
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        for argument in sys.argv[2:]:
            folder, _, original = argument.partition("=")
            mutants = pathlib.Path(folder)
            results = lint(mutants / "tree", work / "mutated.sarif")
            lint(pathlib.Path(original), work / "original.sarif")
            command = [sys.executable, sys.argv[1], "--mutants", str(mutants / "mutants.json")]
            command += ["--sarif", str(work / "mutated.sarif"), "--base-sarif", str(work / "original.sarif")]
            command += ["--json", str(work / "score.json")]
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
            score = json.loads((work / "score.json").read_text(encoding="utf-8"))
            killed = sum(row[0] for row in score["kinds"].values())
            ours = sum(row[1] for row in score["kinds"].values())
            more = 0
            for mutant in score["missed"]:
                place = ""
                if mutant["kind"] == "doc-delete":
                    place = is_entry_found(mutant, results, mutants / "tree")
                elif mutant["kind"] == "py-delete":
                    place = is_directive_found(mutant, results)
                more += bool(place)
                said = mutant["sphinx_messages"][0]["message"].splitlines()[0]
                if place:
                    print(f"  entry   {mutant['file']}: {place}")
                else:
                    print(f"  missed  {mutant['kind']} {mutant['file']}:{mutant['line']}: {mutant['note']} | {said}")
            for kind, row in score["kinds"].items():
                if not kind.startswith("example-") and kind != "lexer":
                    bonus_total += row[2]
                    bonus += row[3]
            print(f"{mutants.name}: {ours} of {killed} as scored, {ours + more} with the entries")
            total += killed
            found += ours
            entries += ours + more
    if total == 0 or bonus_total == 0:
        sys.exit("no mutants that Sphinx reports, or none that it misses")
    failed = False
    for text, count, of, least in (
        ("as scored", found, total, 0.0),
        ("with the entries", entries, total, LEAST_FOUND),
        ("of what Sphinx misses", bonus, bonus_total, LEAST_BONUS),
    ):
        share = 100 * count / of
        word = "" if least == 0 else "PASS  " if share >= least else "FAIL  "
        failed = failed or share < least
        demand = f" (at least {least:g})" if least else ""
        print(f"{word}{text}: {count} of {of}, {share:.1f} %{demand}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
