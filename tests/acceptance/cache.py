#!/usr/bin/env python3
"""The cache says what a run without it says.

    cache.py [--rounds 500] [--seed 1] [--git] [--program FILE] TREE

Copies the documentation of TREE (Markdown, reStructuredText, Python, configuration) into a temporary
folder, edits it at random in every round (lines changed, repeated, swapped or removed, files moved,
removed and put back) and compares the SARIF of a run without a cache with that of runs with it, with
1, 2 and 8 threads. Ends with exit code 1 at the first difference.
"""

import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
KINDS = {".md", ".rst", ".py", ".pyi", ".yml", ".yaml", ".toml", ".cfg"}


def copy_tree(source: pathlib.Path, target: pathlib.Path, most: int) -> list[pathlib.Path]:
    """Up to MOST files of the kinds that are read, the documentation first."""
    files = [path for path in sorted(source.rglob("*"))
             if path.suffix in KINDS and path.is_file() and not path.is_symlink() and ".git" not in path.parts
             and path.stat().st_size < 200_000]
    files.sort(key=lambda path: (path.suffix not in (".md", ".rst"), path))
    copied = []
    for path in files[:most]:
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        copied.append(place)
    return copied


def edit(rng: random.Random, files: list[pathlib.Path], saved: dict[pathlib.Path, bytes]) -> None:
    """One random change of one file."""
    path = rng.choice(files)
    if not path.exists():
        path.write_bytes(saved[path])
        return
    if rng.random() < 0.1:
        path.unlink()
        return
    lines = path.read_bytes().split(b"\n")
    at = rng.randrange(len(lines))
    match rng.randrange(5):
        case 0:
            lines.pop(at)
        case 1:
            lines.insert(at, lines[rng.randrange(len(lines))])
        case 2:
            other = rng.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines.insert(at, b"See [this](gone-%d.md#x) and :ref:`nothing-%d`." % (rng.randrange(9), rng.randrange(9)))
        case 4 if lines[at]:
            column = rng.randrange(len(lines[at]))
            lines[at] = lines[at][:column] + bytes([rng.randrange(32, 127)]) + lines[at][column + 1:]
    path.write_bytes(b"\n".join(lines))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tree", type=pathlib.Path)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", type=int, default=150, help="files that are copied at most")
    parser.add_argument("--git", action="store_true")
    parser.add_argument("--program", type=pathlib.Path,
                        default=pathlib.Path(os.environ.get("DOCATHON_LINT", ROOT / "build/release/docathon-lint")))
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as work:
        tree = pathlib.Path(work) / "tree"
        tree.mkdir()
        files = copy_tree(options.tree.resolve(), tree, options.files)
        saved = {path: path.read_bytes() for path in files}
        if options.git:
            subprocess.run(["git", "init", "-q"], cwd=tree, check=True)

        def run(*flags: str, cache: str = "none") -> tuple[int, bytes, bytes]:
            environment = dict(os.environ, DOCATHON_LINT_CACHE_DIR=str(pathlib.Path(work) / cache))
            done = subprocess.run([str(options.program.resolve()), "--preset", "all", "--format", "sarif", "--max-results", "0",
                                   "--stats", *flags, "."], cwd=tree, env=environment, capture_output=True, check=False)
            return done.returncode, done.stdout, done.stderr

        unchanged = results = 0
        for number in range(options.rounds):
            for _ in range(rng.randrange(8)):
                edit(rng, files, saved)
            if options.git and rng.randrange(3) == 0:
                subprocess.run(["git", "add", "-A"], cwd=tree, check=True, capture_output=True)
            expected = run("--no-cache", "--jobs", "1")
            if expected[0] not in (0, 1):
                print(expected[2].decode(errors="replace"))
                return 1
            # Each number of jobs has a cache of its own. The second run takes the result of the first.
            for jobs in ("1", "2", "8"):
                for _ in range(2):
                    got = run("--jobs", jobs, cache="cache" + jobs)
                    unchanged += b"not parsed again" in got[2]
                    results += b"\ncache  " in got[2]
                    if got[:2] != expected[:2]:
                        print(f"round {number}, {jobs} jobs: the cache changes the result")
                        shutil.copytree(tree, "cache-difference", dirs_exist_ok=True)
                        return 1
        print(f"{len(files)} files, {options.rounds} rounds: the same bytes without a cache and with it, "
              f"1, 2 and 8 jobs; {unchanged} runs took pages from it, {results} a whole result")
        return 0 if unchanged > options.rounds and (options.git or results > options.rounds) else 1


if __name__ == "__main__":
    sys.exit(main())
