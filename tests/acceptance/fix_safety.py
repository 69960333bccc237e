#!/usr/bin/env python3
"""What `docathon-lint fix` does to whole repositories, and what it leaves alone.

    fix_safety.py [--program FILE] [--kills 50] [--seed 1] TREE...

The Python packages docutils, myst-parser and markdown-it-py must be there. Works on copies of what git tracks. For each TREE:

1. A second run changes nothing.
2. Every page that was touched is rendered before and after by others: Markdown by markdown-it (CommonMark and GFM's tables)
   and by MyST-Parser, reStructuredText by docutils. What the rendered pages differ in must stand in the lines that the fix
   changed; complaints of docutils that are gone are welcome, new ones are not.
3. What the program itself reads in these pages (`dump facts`) differs in the same things only.
4. Of Python files, the code is the same (ast without the texts that are statements).
5. A run that is killed at a random moment leaves each file as it was or as it shall be.

Prints one line a check and exits 1 if any failed.
"""

import argparse
import ast
import difflib
import html
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.parse

import docutils.core
import docutils.nodes
import docutils.utils
from markdown_it import MarkdownIt
from myst_parser.docutils_ import Parser as MystParser

ROOT = pathlib.Path(__file__).resolve().parents[2]
# Markup that a fix may make of text, or text of markup, in the lines that it changes.
INLINE = {"a", "code", "em", "strong", "img", "reference", "literal", "title_reference", "target", "emphasis", "image", "inline"}


def copy_tracked(tree: pathlib.Path, target: pathlib.Path) -> None:
    names = subprocess.run(["git", "ls-files", "-z"], cwd=tree, capture_output=True, check=True).stdout.split(b"\0")
    for name in filter(None, names):
        source, goal = tree / os.fsdecode(name), target / os.fsdecode(name)
        if source.is_file() and not source.is_symlink():
            goal.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, goal)
    for arguments in (["init", "-q"], ["add", "-A"], ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "as it was"]):
        subprocess.run(["git", *arguments], cwd=target, check=True)


def contents(tree: pathlib.Path) -> dict[str, bytes]:
    return {str(path.relative_to(tree)): path.read_bytes() for path in sorted(tree.rglob("*"))
            if path.is_file() and ".git" not in path.relative_to(tree).parts[:1]}


def by_markdown_it(text: str) -> str:
    return MarkdownIt("commonmark").enable("table").enable("strikethrough").render(text)


def by_docutils(text: str, parser: object = None) -> str:
    """The document as pseudo-XML, complaints at the end: they are compared by number."""
    settings = {"report_level": 1, "halt_level": 5, "warning_stream": False, "file_insertion_enabled": False,
                "raw_enabled": True, "_disable_config": True, "syntax_highlight": "none",
                "myst_highlight_code_blocks": False, "line_length_limit": 10_000_000}
    kind = {"parser": parser} if parser else {}
    document = docutils.core.publish_doctree(text, settings_overrides=settings, **kind)
    for node in [*document.findall(docutils.nodes.system_message), *document.findall(docutils.nodes.problematic)]:
        if isinstance(node, docutils.nodes.problematic):
            node.parent.replace(node, docutils.nodes.Text(node.astext()))
        else:
            node.parent.remove(node)
    return document.pformat()


def complaints(text: str, parser: object = None) -> int:
    count = 0

    def observe(message: docutils.nodes.system_message) -> None:
        nonlocal count
        count += message["level"] >= 2 and "Unknown interpreted text role" not in message.astext() \
            and "Unknown directive" not in message.astext()

    reader = docutils.utils.Reporter.attach_observer
    original = docutils.utils.new_reporter

    def watched(*arguments: object) -> docutils.utils.Reporter:
        reporter = original(*arguments)
        reader(reporter, observe)
        return reporter

    docutils.utils.new_reporter = watched
    try:
        by_docutils(text, parser)
    finally:
        docutils.utils.new_reporter = original
    return count


def tokens(rendered: str) -> list[str]:
    """Names of tags, their attributes one by one, and words."""
    out = []
    for token in re.findall(r"<[^>]+>|[^<\s]+", rendered):
        out += re.findall(r'</?[\w-]+|[\w:-]+="[^"]*"', token) if token.startswith("<") else [token]
    return out


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", urllib.parse.unquote(html.unescape(text)))


def changed(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    gone, new = [], []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone += before[a:b]
            new += after[c:d]
    return gone, new


def stray(before: str, after: str, gone_source: str, new_source: str) -> list[str]:
    """What differs in the two rendered pages and does not stand in the lines of the source that differ."""
    out = []
    lines = changed(before.splitlines(), after.splitlines())
    parts = changed(tokens("\n".join(lines[0])), tokens("\n".join(lines[1])))
    for words, source in zip(parts, (gone_source, new_source)):
        for word in words:
            attribute = re.fullmatch(r'[\w:-]+="([^"]*)"', word)
            if word.startswith("<"):
                fine = word.strip("</") in INLINE
            elif attribute:
                fine = all(piece in source or slug(piece).strip("-") in slug(source)
                           for piece in plain(attribute.group(1).replace("\\ ", " ").removeprefix("language-")).split()
                           if piece != "code")
            else:
                fine = plain(word).strip("'\"") in source
            if not fine:
                out.append(word)
    return out


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower())


def without_docstrings(source: bytes) -> str:
    """The syntax tree without texts that are statements: docstrings, also those of attributes."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if isinstance(statements, list):
                setattr(node, name, [one for one in statements if not (
                    isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) and isinstance(one.value.value, str))])
    return ast.dump(tree)


def facts(program: str, tree: pathlib.Path, path: str) -> str:
    done = subprocess.run([program, "dump", "facts", path], cwd=tree, capture_output=True, check=True)
    return without_numbers(done.stdout.decode("utf-8", "replace"))


def without_numbers(text: str) -> str:
    """Where things stand moves with every edit."""
    return re.sub(r"\b\d+(:\d+)?(-\d+(:\d+)?)?\b", "0", text)


class Checks:
    def __init__(self) -> None:
        self.failed = 0

    def say(self, name: str, fine: bool, details: list[str] = ()) -> None:
        print(f"{'PASS' if fine else 'FAIL'}  {name}", flush=True)
        for line in list(details)[:20]:
            print("      " + line)
        self.failed += not fine


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", nargs="+", type=pathlib.Path, metavar="TREE")
    parser.add_argument("--kills", type=int, default=50, help="runs that are killed, all trees together")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--program", default=os.environ.get("DOCATHON_LINT", str(ROOT / "build/release/docathon-lint")))
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    rng = random.Random(options.seed)
    checks = Checks()
    killed = []
    for tree in options.trees:
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "tree"
            copy.mkdir()
            copy_tracked(tree.resolve(), copy)
            before = contents(copy)
            command = [program, "fix", "--no-cache", "--preset", "strict,pytorch", "--quiet", "."]

            def fix() -> None:
                done = subprocess.run(command, cwd=copy, capture_output=True, check=False)
                if done.returncode not in (0, 1):
                    sys.exit(done.stderr.decode())

            start = time.monotonic()
            fix()
            spent = time.monotonic() - start
            after = contents(copy)
            touched = [path for path in after if before.get(path) != after[path]]
            checks.say(f"{tree.name}: {len(touched)} files touched, none added or removed", set(before) == set(after))
            fix()
            checks.say(f"{tree.name}: a second run changes nothing", contents(copy) == after)

            strays, seen, worse, code = [], [], [], []
            for path in touched:
                old, new = (state[path].decode("utf-8", "surrogateescape") for state in (before, after))
                lines = changed(old.splitlines(), new.splitlines())
                gone, put = (plain(" ".join(part)) for part in lines)
                renders = []
                if path.endswith(".md"):
                    renders = [by_markdown_it, lambda text: by_docutils(text, MystParser())]
                    more = (complaints(old, MystParser()), complaints(new, MystParser()))
                elif path.endswith(".rst"):
                    renders = [by_docutils]
                    more = (complaints(old), complaints(new))
                else:
                    more = (0, 0)
                if more[1] > more[0]:
                    worse.append(f"{path}: {more[0]} complaints before, {more[1]} after")
                for render in renders:
                    strays += [f"{path}: {word}" for word in stray(render(old), render(new), gone, put)]
                if path.endswith(".py") and without_docstrings(before[path]) != without_docstrings(after[path]):
                    code.append(path)
                (copy / path).write_bytes(before[path])
                one = facts(program, copy, path)
                (copy / path).write_bytes(after[path])
                pair = changed(one.splitlines(), facts(program, copy, path).splitlines())
                words = changed(" ".join(pair[0]).split(), " ".join(pair[1]).split())
                for group, source in zip(words, (without_numbers(gone), without_numbers(put))):
                    seen += [f"{path}: {word}" for word in group
                             if plain(word.replace("...", "")).strip("\"'`:,()") not in source and slug(plain(word)) not in slug(source)]
            checks.say(f"{tree.name}: rendered pages differ in the lines that were changed only", not strays, strays)
            checks.say(f"{tree.name}: no new complaint of docutils or MyST-Parser", not worse, worse)
            checks.say(f"{tree.name}: facts differ in these lines only", not seen, seen)
            checks.say(f"{tree.name}: the code of Python files is the same", not code, code)

            hurt, finished = [], 0
            for number in range(options.kills // len(options.trees) + 1):
                for path in touched:
                    (copy / path).write_bytes(before[path])
                # Half of them around the end, where files are written.
                wait = rng.uniform(0.7, 1.1) * spent if number % 2 else rng.uniform(0, spent)
                process = subprocess.Popen(command, cwd=copy, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(wait)
                finished += process.poll() is not None
                process.send_signal(signal.SIGKILL)
                process.wait()
                now = contents(copy)
                hurt += [f"{path} after {wait:.3f} s" for path in before if now.get(path) not in (before[path], after[path])]
                killed.append(sum(now[path] == after[path] for path in touched))
                for path in set(now) - set(before):
                    (copy / path).unlink()  # what was to become a file
            checks.say(f"{tree.name}: no file is damaged when the run is killed ({finished} had finished)", not hurt, hurt)
    partly = sum(0 < count for count in killed)
    print(f"{len(killed)} runs killed, {partly} of them when files were written already")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    sys.exit(main())
