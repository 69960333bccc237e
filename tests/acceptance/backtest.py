#!/usr/bin/env python3
"""What the program would have told before a sprint of repairs: findings that a range of commits removed.

    backtest.py [--preset pytorch] [--program FILE] CHECKOUT BASE HEAD

CHECKOUT is a clone with history. BASE and HEAD are commits, or days (2026-05-05: the last commit of the
default branch before it). Prints the findings at BASE that HEAD no longer has, each with the commit that
removed it: the one behind the last that had the line (git blame --reverse), or, where the line stayed, the
commits that changed the page or brought what it names. Counts by rule come last.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


class Repository:
    def __init__(self, folder: pathlib.Path) -> None:
        self.folder = folder

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", "-C", str(self.folder), *arguments], capture_output=True, check=True)
        return done.stdout.decode(errors="replace").strip()

    def commit(self, name: str) -> str:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", name):
            name = self.git("rev-list", "-1", "--first-parent", f"--before={name}T00:00", "HEAD")
        return self.git("rev-parse", "--verify", name + "^{commit}")

    def removed_by(self, base: str, head: str, path: str, line: int) -> tuple[str, str]:
        """(commit, how) of what removed a finding on this line."""
        blame = self.git("blame", "--reverse", "--porcelain", f"-L{line},{line}", f"{base}..{head}", "--", path)
        last = blame.split(" ", 1)[0]
        if last != head:
            later = self.git("log", "--reverse", "--first-parent", "--format=%H", f"{last}..{head}", "--", path)
            if later:
                return later.split("\n")[0], "line"
        touched = self.git("log", "--first-parent", "--format=%H", f"{base}..{head}", "--", path)
        return (touched.split("\n")[0], "page") if touched else ("", "elsewhere")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", type=pathlib.Path)
    parser.add_argument("base")
    parser.add_argument("head")
    parser.add_argument("--preset", default="pytorch")
    parser.add_argument("--program", type=pathlib.Path,
                        default=pathlib.Path(os.environ.get("DOCATHON_LINT", ROOT / "build/release/docathon-lint")))
    options = parser.parse_args()
    repository = Repository(options.checkout)
    base, head = repository.commit(options.base), repository.commit(options.head)
    done = subprocess.run([str(options.program.resolve()), "compare", "--preset", options.preset, "--format", "json",
                           base, head], cwd=options.checkout, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        print(done.stderr.decode(errors="replace"))
        return 2
    result = json.loads(done.stdout)
    commits = repository.git("rev-list", "--count", f"{base}..{head}")
    print(f"{base[:10]}..{head[:10]}: {commits} commits, {len(result['fixed'])} findings removed, "
          f"{len(result['new'])} added, {len(result['remaining'])} left\n")
    for finding in result["fixed"]:
        try:
            commit, how = repository.removed_by(base, head, finding["path"], finding["line"])
        except subprocess.CalledProcessError:
            commit, how = "", "page gone"
        if how == "page gone":
            gone = repository.git("log", "-1", "--diff-filter=DR", "--format=%H", f"{base}..{head}", "--", finding["path"])
            commit = gone
        said = repository.git("log", "-1", "--format=%h %ad %s", "--date=short", commit) if commit else "-"
        print(f"{finding['path']}:{finding['line']}: {finding['message']} [{finding['rule']}]\n    {how}: {said}")
    print("\nby rule:")
    for rule, count in collections.Counter(finding["rule"] for finding in result["fixed"]).most_common():
        print(f"{count:5} {rule}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
