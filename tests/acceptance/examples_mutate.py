#!/usr/bin/env python3
"""Renames things in the code of repositories and counts which stale uses in their documentation are reported.

For each repository and kind a seeded choice of targets that documentation uses; each is renamed in a copy of the tree, in
code only (docstrings and comments stay). Every use of the old name in code blocks, inline code and roles of Markdown and
reStructuredText pages is an occurrence. It counts as reported if a new finding of the program covers the name's place; new
findings of examples/ rules anywhere else are noise. Occurrences that are left out of the count are printed with the reason.

Kinds: `api` (function or class of a module), `module` (a file), `parameter` (of a function that pages call by keyword),
`option` (of a script that pages start), `script` (a file that pages name with its path). The tree is a repository with
one commit, and the change is another, as in life.

    tests/acceptance/examples_mutate.py --program build/release/docathon-lint --count 5 ../executorch ../ao
"""

import argparse
import ast
import io
import json
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter, defaultdict
from dataclasses import dataclass, field

SUFFIX = "_renamed"
RECORDS = re.compile(r"changelog|changes|history|release|migrat|upgrad|deprecat|news|rfc|proposal|roadmap|_posts/", re.I)
FAMILIES = re.compile(r"^(examples|api|links)/")


@dataclass
class Occurrence:
    path: str
    line: int  # 1-based
    column: int  # 1-based, of the name
    excluded: str = ""


@dataclass
class Tally:
    targets: int = 0
    occurrences: int = 0
    reported: int = 0
    noise: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    excluded: Counter = field(default_factory=Counter)


def listed(root: pathlib.Path) -> list[str]:
    names = subprocess.run(["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True).stdout
    return [n for n in names.decode(errors="surrogateescape").split("\0")
            if n and (root / n).is_file() and not (root / n).is_symlink()]


def findings(program: str, root: pathlib.Path) -> set[tuple[str, str, int, int, int, str]]:
    run = subprocess.run([program, "--preset", "strict,pytorch", "--format", "json", "."], cwd=root, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(run.stderr)
    return {(f["rule"], f["path"], f["line"], f["column"], f["end_column"], f["message"])
            for f in json.loads(run.stdout)["findings"] if FAMILIES.match(f["rule"])}


def is_page(name: str) -> bool:
    return name.endswith((".md", ".rst")) and "/test" not in name


def code_spans(text: str, rst: bool) -> list[list[tuple[int, int]]]:
    """For each line the columns that are code: whole lines of blocks, and what stands between backticks."""
    out: list[list[tuple[int, int]]] = []
    fence = ""
    block = -1  # indentation of the line that opened a literal block
    for line in text.split("\n"):
        bare = line.strip()
        indent = len(line) - len(line.lstrip())
        opening = re.match(r"\s*(?:>\s*)*(`{3,}|~{3,})", line)
        if not rst and opening:
            if not fence:
                fence = opening[1]
                out.append([])
                continue
            if bare.strip("> ").startswith(fence[0] * len(fence)):
                fence = ""
                out.append([])
                continue
        if fence or (block >= 0 and (not bare or indent > block)):
            out.append([(0, len(line))])
            continue
        block = -1
        if rst and (bare.endswith("::") or re.match(r"\.\. (code|code-block|sourcecode|testcode)::", bare)):
            block = indent
        spans = [m.span(1) for m in re.finditer(r"(?<!`)`{1,2}(?!`)([^`\n]+)`{1,2}", line)]
        if rst and bare.startswith(">>>"):
            spans = [(0, len(line))]
        out.append(spans)
    return out


def occurrences(texts: dict[str, str], word: str, pattern: re.Pattern[str]) -> list[Occurrence]:
    """Places of group 1 of the pattern, which holds the word, in code of pages; patterns may go over lines."""
    found = []
    for page, text in texts.items():
        if word not in text or not pattern.search(text):
            continue
        spans = code_spans(text, page.endswith(".rst"))
        starts = [0]
        for line in text.split("\n"):
            starts.append(starts[-1] + len(line) + 1)
        number = 0
        for match in pattern.finditer(text):
            while starts[number + 1] <= match.start(1):
                number += 1
            column = match.start(1) - starts[number]
            if not any(a <= column < b for a, b in spans[number]):
                continue
            line = text[starts[number]:starts[number + 1]]
            reason = ""
            if (0, len(line.rstrip("\n"))) in spans[number] and re.search(r"(^|\s)#", line[:column]):
                reason = "a comment in code"
            elif RECORDS.search(page):
                reason = "a page about other versions"
            elif line.lstrip().startswith("- ") and "```" in text:
                reason = "a line that a diff takes away" if "`" not in line else ""
            found.append(Occurrence(page, number + 1, column + 1, reason))
    return found


def rename_tokens(path: pathlib.Path, old: str, new: str) -> None:
    """Names, and strings that are a dotted name with `old` in it (an entry of __all__, a name that is logged)."""
    text = path.read_text(errors="surrogateescape")
    if old not in text:
        return
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return
    lines = text.splitlines(keepends=True)
    for token in reversed(tokens):
        row, column = token.start
        if token.type == tokenize.NAME and token.string == old:
            replaced = new
        elif (token.type == tokenize.STRING and re.fullmatch(r"[\"'][\w.]+[\"']", token.string)
              and old in token.string.strip("\"'").split(".")):
            replaced = re.sub(rf"\b{old}\b", new, token.string)
        else:
            continue
        line = lines[row - 1]
        lines[row - 1] = line[:column] + replaced + line[token.end[1]:]
    path.write_text("".join(lines), errors="surrogateescape")


class Repository:
    def __init__(self, root: pathlib.Path) -> None:
        self.root = root
        self.names = listed(root)
        self.pages = {n: (root / n).read_text(errors="replace") for n in self.names if is_page(n)}
        self.python = [n for n in self.names if n.endswith(".py")]
        self.modules = self.find_modules()

    def find_modules(self) -> dict[str, str]:
        """Dotted name -> path, of packages that lie at the root or in src/."""
        packages = {n.rsplit("/", 1)[0] for n in self.names if n.endswith("/__init__.py")}
        out = {}
        for name in self.python:
            parts = name.split("/")
            base = 1 if parts[0] == "src" else 0
            if len(parts) - base < 2 or "/".join(parts[:base + 1]) not in packages:
                continue
            if any("/".join(parts[:i]) not in packages for i in range(base + 1, len(parts))):
                continue
            if parts[base] in ("test", "tests", "docs", "examples", "scripts", "benchmarks", "tools"):
                continue
            dotted = ".".join(parts[base:])[:-3].removesuffix(".__init__")
            out[dotted] = name
        return out

    def definitions(self) -> dict[str, list[tuple[str, ast.AST]]]:
        found = defaultdict(list)
        for dotted, name in self.modules.items():
            try:
                tree = ast.parse((self.root / name).read_text(errors="replace"))
            except (SyntaxError, ValueError):
                continue
            for node in tree.body:
                if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                    found[node.name].append((dotted, node))
        return found


def use_of(repository: Repository, name: str) -> re.Pattern[str]:
    """`pkg.x.name`, or `name` in an import from an own package."""
    tops = "|".join(sorted({m.split(".")[0] for m in repository.modules}))
    return re.compile(rf"(?:(?<![\w./-])(?:{tops})(?:\.\w+)*\.|\bfrom[ ](?:{tops})(?:\.\w+)*[ ]import[ ](?:\([^)#]*?|[^\n(#]*?)\b)({name})\b(?![/-])")


def plan(repository: Repository, kind: str, count: int, rng: random.Random):
    """Yields (label, occurrences, change), where change(root) renames."""
    chosen = 0
    if kind in ("api", "parameter"):
        definitions = sorted((n, d[0]) for n, d in repository.definitions().items() if len(d) == 1 and len(n) > 4)
        rng.shuffle(definitions)
        for name, (dotted, node) in definitions:
            if chosen == count:
                return
            if kind == "api":
                places = occurrences(repository.pages, name, use_of(repository, name))
                change = lambda root, old=name: [rename_tokens(root / n, old, old + SUFFIX) for n in repository.python]
                label = f"{dotted}.{name}"
            else:
                if not isinstance(node, ast.FunctionDef) or node.decorator_list or node.args.kwarg:
                    continue
                keywords = [a.arg for a in node.args.args + node.args.kwonlyargs if len(a.arg) > 2]
                places, keyword = [], ""
                for keyword in keywords:
                    call = re.compile(rf"(?:^|[^\w.])(?:\w+\.)*{name}\((?:[^()]|\([^()]*\))*?\b({keyword})\s*=(?!=)", re.M)
                    pages = {p: t for p, t in repository.pages.items() if name + "(" in t and use_of(repository, name).search(t)}
                    places = occurrences(pages, keyword, call)
                    if places:
                        break
                path, first, last = repository.modules[dotted], node.lineno, node.end_lineno

                def change(root, path=path, first=first, last=last, keyword=keyword):
                    target = root / path
                    lines = target.read_text().splitlines(keepends=True)
                    lines[first - 1:last] = [re.sub(rf"\b{keyword}\b(?=\s*[:,)=\]. ]|$)", keyword + SUFFIX, l) for l in lines[first - 1:last]]
                    target.write_text("".join(lines))
                label = f"{dotted}.{name}({keyword})"
            if not any(not p.excluded for p in places):
                continue
            chosen += 1
            yield label, places, change
    elif kind == "option":
        scripts = [n for n in repository.python if "add_argument" in (repository.root / n).read_text(errors="replace")]
        rng.shuffle(scripts)
        for name in scripts:
            if chosen == count:
                return
            text = (repository.root / name).read_text(errors="replace")
            module = re.escape(name[:-3].replace("/", "."))
            start = rf"(?:(?<![\w/-])(?:\./)?{re.escape(name)}|-m {module})\b"
            pages = {p: t for p, t in repository.pages.items() if re.search(start, t)}
            options = sorted(set(re.findall(r"add_argument\(\s*[\"'](--[a-z][\w-]{3,})[\"']", text)))
            rng.shuffle(options)
            for option in options:
                places = occurrences(pages, option, re.compile(rf"{start}(?:[^\n]|\\\n)*?\s({option})(?![\w-])"))
                if places:
                    break
            else:
                continue
            chosen += 1

            def change(root, name=name, option=option):
                target = root / name
                target.write_text(re.sub(rf"([\"']){option}([\"'])", rf"\1--renamed-{option[2:]}\2", target.read_text()))
            yield f"{name} {option}", places, change
    elif kind == "script":
        scripts = [n for n in repository.names if n.endswith((".py", ".sh")) and "/" in n and not n.endswith("__init__.py")]
        rng.shuffle(scripts)
        for name in scripts:
            if chosen == count:
                return
            places = occurrences(repository.pages, name, re.compile(rf"(?<![\w./-])(?:\./)?({re.escape(name)})(?![\w/-])"))
            if not any(not p.excluded for p in places):
                continue
            chosen += 1

            def change(root, name=name):
                target = root / name
                target.rename(target.with_name(target.stem + SUFFIX + target.suffix))
            yield name, places, change
    else:
        modules = sorted(m for m, n in repository.modules.items() if m.count(".") >= 1 and not n.endswith("__init__.py"))
        rng.shuffle(modules)
        for dotted in modules:
            if chosen == count:
                return
            parent, _, last = dotted.rpartition(".")
            places = occurrences(repository.pages, dotted, re.compile(rf"(?<![\w./-]){re.escape(parent)}\.({last})\b(?![/-])"))
            if last.startswith("_") or not any(not p.excluded for p in places):
                continue
            # The name may stand for a function of the package too.
            init = repository.modules.get(parent)
            if init and re.search(rf"import\s[^#\n]*\b{last}\b", (repository.root / init).read_text(errors="replace")):
                continue
            chosen += 1

            def change(root, path=repository.modules[dotted], last=last):
                for name in repository.python:
                    rename_tokens(root / name, last, last + SUFFIX)
                (root / path).rename((root / path).with_name(last + SUFFIX + ".py"))
            yield dotted, places, change


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=5, help="targets of each kind in each repository")
    parser.add_argument("--kinds", default="api,module,parameter,option,script")
    parser.add_argument("--least", type=float, default=0.8, help="share of occurrences that must be reported")
    parser.add_argument("repositories", nargs="+", type=pathlib.Path)
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    total: dict[str, Tally] = defaultdict(Tally)
    for root in options.repositories:
        repository = Repository(root)
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "tree"
            for name in repository.names:
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, copy / name)
            git = ["git", "-c", "user.name=x", "-c", "user.email=x", "-c", "gc.auto=0"]
            subprocess.run([*git, "init", "-q", "."], cwd=copy, check=True)
            subprocess.run([*git, "add", "-A"], cwd=copy, check=True)
            subprocess.run([*git, "commit", "-q", "-m", "before"], cwd=copy, check=True)
            before = findings(program, copy)
            for kind in options.kinds.split(","):
                rng = random.Random(f"{options.seed} {root.name} {kind}")
                for label, places, change in plan(repository, kind, options.count, rng):
                    tally = total[kind]
                    tally.targets += 1
                    change(copy)
                    subprocess.run([*git, "add", "-A"], cwd=copy, check=True)
                    subprocess.run([*git, "commit", "-q", "-m", "after"], cwd=copy, check=True)
                    now = findings(program, copy)
                    new = now - before
                    for place in places:
                        # What is wrong in the name already hides what comes behind it.
                        if any(f[1] == place.path and f[2] == place.line and 0 <= place.column - f[4] <= 40 and f[0].startswith("examples/")
                               for f in now & before):
                            place.excluded = place.excluded or "a name that was wrong before"
                        if place.excluded:
                            tally.excluded[place.excluded] += 1
                            continue
                        tally.occurrences += 1
                        hit = {f for f in new if f[1] == place.path and f[2] == place.line and f[3] <= place.column < max(f[4], f[3] + 1)}
                        if hit:
                            tally.reported += 1
                        else:
                            tally.missed.append(f"{root.name} {label}: {place.path}:{place.line}")
                    at = {(p.path, p.line) for p in places}
                    # Methods of that name were renamed with it.
                    if kind == "api":
                        new = {f for f in new if f"'{label.rpartition('.')[2]}'" not in f[5]}
                    # `./x.py` beside the script that was renamed is named with it.
                    if kind == "script":
                        as_module = label.rpartition(".")[0].replace("/", ".")
                        new = {f for f in new if pathlib.PurePath(label).name not in f[5] and f"'{as_module}'" not in f[5]}
                    # The file of the module was renamed, and commands name it too.
                    if kind == "module":
                        file = repository.modules[label]
                        new = {f for f in new if f"'{file}'" not in f[5]}
                    if kind == "option":
                        new = {f for f in new if f"has no option '{label.rpartition(' ')[2]}'" not in f[5]}
                    tally.noise += [f"{root.name} {label}: {f[1]}:{f[2]} {f[0]} {f[5]}" for f in sorted(new)
                                    if f[0].startswith("examples/") and (f[1], f[2]) not in at and not f[1].endswith(".py")]
                    subprocess.run([*git, "reset", "-q", "--hard", "HEAD~1"], cwd=copy, check=True)
    ok = True
    for kind, tally in total.items():
        share = tally.reported / tally.occurrences if tally.occurrences else 0.0
        ok = ok and share >= options.least
        print(f"{kind}: {tally.targets} targets, {tally.occurrences} occurrences, {tally.reported} reported ({share:.1%}), "
              f"{len(tally.noise)} new elsewhere, left out {sum(tally.excluded.values())} {dict(tally.excluded)}")
        for line in tally.missed:
            print("  missed", line)
        for line in tally.noise:
            print("  elsewhere", line)
    return 0 if ok and total else 1


if __name__ == "__main__":
    sys.exit(main())
