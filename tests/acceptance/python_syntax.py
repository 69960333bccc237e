#!/usr/bin/env python3
"""Holds examples/syntax-error against CPython: no file that Python reads may be refused.

Every Python file below the given folders that `ast.parse` accepts is put into a Markdown page as one labelled block, and
the rule must find nothing in it. Files in which a page cannot say what they are (a line of backticks, placeholders, lines
that look like those of a diff or of IPython) are left alone by the rule; they are counted.

    tests/acceptance/python_syntax.py --program build/release/docathon-lint ../some/checkout /usr/lib/python3.11
"""

import argparse
import ast
import json
import pathlib
import subprocess
import sys
import tempfile
import warnings

MOST_BYTES = 250_000  # longer blocks are not read


def accepted(path: pathlib.Path) -> str | None:
    """The text of a file that this Python reads, or None."""
    try:
        data = path.read_bytes()
        if len(data) > MOST_BYTES or b"````" in data or b"\r" in data:
            return None
        ast.parse(data)
        return data.decode()
    except (SyntaxError, ValueError, OSError, RecursionError, MemoryError):
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("folders", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    names: list[pathlib.Path] = []
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for top in options.folders:
            for path in sorted(top.rglob("*.py")):
                text = accepted(path) if path.is_file() else None
                if text is None:
                    continue
                (root / f"p{len(names)}.md").write_text(f"````python\n{text}\n````\n")
                names.append(path)
        run = subprocess.run(
            [options.program, "--select", "examples/syntax-error", "--format", "json", "."],
            cwd=root, capture_output=True, text=True, check=False)
        if run.returncode not in (0, 1):
            print(run.stderr, file=sys.stderr)
            return 2
        report = json.loads(run.stdout)
        refused = [finding for finding in report["findings"] if finding["rule"] == "examples/syntax-error"]
        for finding in refused:
            path = names[int(finding["path"][1:-3])]
            print(f"{path}:{finding['line'] - 1}: {finding['message']}")
        left = sum(count for reason, count in report["counts"]["unknown"].items() if reason.startswith("blocks of code"))
        print(f"{len(names)} files that Python reads: {len(refused)} refused, {left} left alone")
        return 1 if refused or not names else 0


if __name__ == "__main__":
    sys.exit(main())
