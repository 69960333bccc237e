#!/usr/bin/env python3
"""Holds what `docathon-lint api deprecated` harvests from a source tree against the tree, by a reading of its own.

    tests/acceptance/harvest.py --program build/release/docathon-lint SITE/torch [SITE/functorch]

A seeded choice of rows is taken. For each the file is read with Python's ast module: at the line of `source` there must
be a decorator, a call that warns, an error or a docstring that speaks of deprecation (of removal, for removed names), it
must belong to what the row names, a row for one argument must stand below a test of that argument, and every dotted word
of the replacement must be in the text. Each row is printed with that text, so that a reader can judge it too. Names that
were deprecated once and no longer are (torch.nn.functional.tanh, sigmoid) must be absent.

With --known FILE (rules/data/deprecated/torch.yaml) the names that one side alone has are printed as well: torch of
another version than that of the file differs.

Exit code 1 if a row is wrong. Standard library only.
"""

import argparse
import ast
import pathlib
import random
import re
import subprocess
import sys

UNDEPRECATED = ("torch.nn.functional.tanh", "torch.nn.functional.sigmoid")
SPEAKS = re.compile(r"deprecat|obsolete|will be removed|(?:was|been|is) removed|no longer|legacy", re.I)
WARNS = re.compile(r"warn|deprecat", re.I)


def rows_of(text: str) -> list[dict]:
    """The rows under `deprecated:`, as our own program writes them."""
    rows: list[dict] = []
    key = ""
    for line in text.split("\n"):
        if match := re.match(r"  - name: (.*)", line):
            rows.append({"name": match[1].strip('"'), "aliases": []})
        elif rows and (match := re.match(r"      - (.*)", line)) and key == "aliases":
            rows[-1]["aliases"].append(match[1].strip('"'))
        elif rows and (match := re.match(r"    (\w+):(?: (.*))?$", line)):
            key = match[1]
            if match[2]:
                rows[-1][key] = match[2].strip('"')
    return rows


class Source:
    """A file, and what encloses each of its lines."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        self.text = path.read_text(errors="replace")
        self.lines = self.text.split("\n")
        self.tree = ast.parse(self.text)

    def chain(self, line: int) -> list[ast.AST]:
        """Nodes that hold the line, the outermost first; decorators belong to their definition."""
        out: list[ast.AST] = []
        level: list[ast.AST] = [self.tree]
        while level:
            inner = None
            for node in level:
                for child in ast.iter_child_nodes(node):
                    first = min([getattr(child, "lineno", 10**9)] +
                                [d.lineno for d in getattr(child, "decorator_list", [])])
                    if first <= line <= (getattr(child, "end_lineno", None) or 0):
                        inner = child
                        break
                if inner is not None:
                    break
            level = [inner] if inner is not None else []
            out += level
        return out

    def piece(self, node: ast.AST) -> str:
        return ast.get_source_segment(self.text, node) or ""


DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def evidence(source: Source, line: int) -> tuple[str, list[ast.AST], list[ast.AST]]:
    """(text of what says so, the definitions around it, the ifs around it)."""
    chain = source.chain(line)
    definitions = [n for n in chain if isinstance(n, DEFINITIONS)]
    tests = [n for n in chain if isinstance(n, (ast.If, ast.IfExp))]
    if definitions:
        for decorator in definitions[-1].decorator_list:
            if decorator.lineno <= line <= decorator.end_lineno and WARNS.search(source.piece(decorator)):
                return source.piece(decorator), definitions, []
    for node in reversed(chain):
        if isinstance(node, ast.Call) and WARNS.search(source.piece(node.func)):
            return source.piece(node), definitions, tests
        if isinstance(node, ast.Raise):
            return source.piece(node), definitions, tests
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            return node.value.value, definitions, []
    for node in reversed(chain):
        if isinstance(node, ast.stmt) and not isinstance(node, DEFINITIONS):
            return source.piece(node), definitions, tests
    return "", definitions, tests


def words_of(replacement: str) -> set[str]:
    return {word for dotted in re.findall(r"[A-Za-z_][\w.]*", replacement) for word in dotted.split(".")[-1:] if len(word) > 2}


def source_root(source: Source, row: dict) -> pathlib.Path:
    """The folder that the packages stand in."""
    parts = len(pathlib.PurePath(row["source"].rpartition(":")[0]).parts)
    return source.path.parents[parts - 1]


def is_of_another(replacement: str, said: str, source: Source, root: pathlib.Path) -> bool:
    """The message says `load`, its module has one, and the row names that of another module: torch.load."""
    match = re.match(r"[A-Za-z_][\w.]*", replacement)
    if not match or "." not in match[0] or match[0] in said:
        return False
    prefix, _, last = match[0].rpartition(".")
    if not any(isinstance(n, DEFINITIONS) and n.name == last for n in source.tree.body):
        return False
    folder = root.joinpath(*prefix.split("."))
    for path in (folder / "__init__.py", folder.with_suffix(".py")):
        if not path.is_file() or path == source.path:
            continue
        for node in ast.walk(ast.parse(path.read_text(errors="replace"))):
            if isinstance(node, ast.ImportFrom) and any((a.asname or a.name) == last for a in node.names):
                # Of the module itself, or of its package.
                stems = {source.path.stem, source.path.parent.name}
                if (node.module or "").split(".")[-1] not in stems:
                    return True
            if isinstance(node, DEFINITIONS) and node.name == last and node.col_offset == 0:
                return True
    return False


def wrong(row: dict, source: Source, line: int) -> tuple[str, str]:
    """(what is wrong with the row or "", the text that it stands on)"""
    said, definitions, tests = evidence(source, line)
    # A message may be a name of the module, or made of several.
    around = said
    for name in set(re.findall(r"\b[A-Za-z_]\w*\b", said)):
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
                around += "\n" + source.piece(node)
    if not said:
        return "nothing is said there", said
    if not SPEAKS.search(around) and not WARNS.search(said):
        return "what stands there says nothing of it", said
    last = [name.rsplit(".", 1)[-1] for name in [row["name"], *row["aliases"]]]
    owners = [d.name for d in definitions]
    if row["kind"] == "module":
        if any(isinstance(d, ast.ClassDef) for d in definitions):
            return f"it is of {owners}, and not of a module", said
    elif not owners or not (set(last) & set(owners)):
        exported = any(re.search(rf"\b{re.escape(one)}\b", source.text) for one in last)
        if not owners or not exported:
            return f"it is of {owners or 'the module'}", said
    inner = definitions[-1].name if definitions else ""
    if "argument" in row:
        argument = row["argument"]
        parameters = {a.arg for d in definitions if isinstance(d, (ast.FunctionDef, ast.AsyncFunctionDef))
                      for a in [*d.args.args, *d.args.kwonlyargs, *d.args.posonlyargs]}
        if parameters and argument not in parameters:
            return f"'{argument}' is no parameter", said
        if not any(re.search(rf"\b{argument}\b", source.piece(t.test)) for t in tests) and argument not in said:
            return f"nothing asks for '{argument}'", said
    elif tests and row["kind"] in ("function", "method") and inner in last:
        parameters = {a.arg for a in [*definitions[-1].args.args, *definitions[-1].args.kwonlyargs]}
        for test in tests:
            asked = set(re.findall(r"\b\w+\b", source.piece(test.test)))
            if test.lineno >= definitions[-1].lineno and asked & parameters:
                return "it depends on an argument", said
    if is_of_another(row.get("replacement", ""), around, source, source_root(source, row)):
        return "the replacement is that of another module", said
    lost = [w for w in words_of(row.get("replacement", "")) if not re.search(rf"\b{re.escape(w)}\b", around)]
    if lost and not all(w in source.text for w in lost):
        return f"the replacement is not said there: {lost}", said
    return "", said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=pathlib.Path, help="packages, below one folder")
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--known", type=pathlib.Path)
    options = parser.parse_args()
    root = options.folders[0].resolve().parent
    rows: list[dict] = []
    for folder in options.folders:
        done = subprocess.run([options.program.resolve(), "api", "deprecated", folder.name], cwd=root,
                              capture_output=True, text=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stderr)
        rows += rows_of(done.stdout)
    names = {row["name"] for row in rows} | {alias for row in rows for alias in row["aliases"]}
    problems = [f"{name} is no longer deprecated" for name in UNDEPRECATED
                if any(r["name"] == name and "argument" not in r for r in rows)]
    chosen = random.Random(options.seed).sample(rows, min(options.rows, len(rows)))
    right = 0
    for row in sorted(chosen, key=lambda r: (r["name"], r.get("argument", ""))):
        path, _, line = row["source"].rpartition(":")
        why, said = wrong(row, Source(root / path), int(line))
        right += not why
        what = row["name"] + (f"({row['argument']})" if "argument" in row else "")
        use = f"; use {row['replacement']}" if "replacement" in row else ""
        print(f"{'WRONG: ' + why if why else 'right'}: {what} {row['kind']}{use} [{row['source']}]")
        print("    " + " ".join(said.split())[:300])
    if options.known:
        known = {row["name"] for row in rows_of(options.known.read_text())}
        for name in sorted(known - names):
            print(f"only in {options.known.name}: {name}")
        for name in sorted({row["name"] for row in rows} - known):
            print(f"only harvested: {name}")
    print(f"{len(rows)} rows harvested; {right} of {len(chosen)} right")
    for problem in problems:
        print(problem)
    return 0 if right == len(chosen) and rows and not problems else 1


if __name__ == "__main__":
    sys.exit(main())
