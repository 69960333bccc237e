#!/usr/bin/env python3
"""Our slugs of headings against npm's github-slugger and docutils' make_id.

    slugs.py NODE_MODULES [TREE...]

10,000 generated headings (many scripts, emoji, symbols, combining marks, repeats), and every heading
of the Markdown files of the given trees. To be run by a Python that has docutils, markdown-it-py and
mdit-py-plugins; NODE_MODULES holds github-slugger. What a heading's text is, is decided by
markdown-it, not by us; a file in which it and we see different headings is a difference too. The
program is DOCATHON_LINT, else the release build. Exit status 1 if anything differs.
"""

from __future__ import annotations

import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser

from docutils.nodes import make_id
from markdown_it import MarkdownIt
from mdit_py_plugins.front_matter import front_matter_plugin

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("DOCATHON_LINT", str(ROOT / "build/release/docathon-lint"))
COUNT = 10_000
SHOWN = 20

POOLS = [
    [*"abcdefghijklmnopqrstuvwxyz", *"ABCDEFGHIJKLMNOPQRSTUVWXYZ", *"0123456789"],
    list(" -_./:,;!?()[]{}<>@#$%^&*+=|~`'\"\\"),
    list("äöüßÄÖÜéèêñçåøæœÆŒłŁđĐħıİŒſ"),
    list("ΑΒΓΔαβγδςσΣάέΐΰ"),
    list("АБВабвёЁйЙіїљњ"),
    list("中文字漢語日本語ひらがなカタカナー々한국어"),
    list("אבגדעברית"),
    list("ابتةىعربي٠١٢۳"),
    list("हिन्दीภาษาไทยதமிழ்"),
    list("–—…‘’“”«»·•†‡§¶©®™°±×÷€£¥№½²³¹ªº"),
    ["😀", "🎉", "👩‍💻", "🏳️‍🌈", "👍🏽", "1️⃣", "❤️", "🇩🇪", "☃", "✨", "⚠️"],
    ["e\u0301", "a\u0308", "n\u0303", "\u1e9b\u0323", "\u212b", "\ufb01", "\u01c5", "Ǆ", "K"],
    ["\u00a0", "\u2003", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028", "\u3000", "\u202f"],
    list("→⇒∀∂∈∞≈≤≥◊█♠①Ⅳⅳ𝐀𝛼𝟙"),
]


def generated(seed: int = 20250101) -> list[str]:
    """Texts of headings; none is empty, none begins or ends with white space."""
    chooser = random.Random(seed)
    texts: list[str] = []
    while len(texts) < COUNT:
        if texts and chooser.random() < 0.1:
            texts.append(chooser.choice(texts))  # a repeat: -1, -2, ...
            continue
        pools = chooser.sample(POOLS, chooser.randint(1, 4)) + [POOLS[0]]
        text = "".join(chooser.choice(chooser.choice(pools)) for _ in range(chooser.randint(1, 24)))
        text = text.strip().strip("\u2028\ufeff\u200b")
        if text.strip():
            texts.append(text)
    return texts


def as_heading(text: str) -> str:
    """A heading of just this text: every punctuation mark of ASCII is escaped."""
    return "# " + re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", text)


def plain(token) -> str:
    """The text of an inline token as a browser shows it: no tags, no images, code as it is."""
    out = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            out.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            out.append(" ")
    return "".join(out)


MARKDOWN = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify").use(front_matter_plugin)


class HtmlHeadings(HTMLParser):
    """Texts of the <h1> to <h6> elements of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.open = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if re.fullmatch("h[1-6]", tag) and not self.open:
            self.open = tag
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == self.open:
            self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[-1] += data


def headings(source: str) -> list[str]:
    """Texts of the headings of a page, those written in HTML too: GitHub makes anchors of both."""
    tokens = MARKDOWN.parse(source)
    texts: list[str] = []
    html = HtmlHeadings()
    for i, token in enumerate(tokens):
        if token.type == "heading_open":
            texts.append(plain(tokens[i + 1]))
        elif token.type == "html_block":
            html.feed(token.content)
        elif token.type == "inline" and html.open:
            html.handle_data(plain(token))  # Markdown between <h1> and </h1> of two blocks
        texts += [" ".join(text.split()) for text in html.texts if not html.open]
        if not html.open:
            html.texts.clear()
    return texts


SLUGGER = """
import fs from 'node:fs'
const {default: Slugger} = await import(process.argv[1])
const pages = JSON.parse(fs.readFileSync(0, 'utf8'))
const slugs = pages.map(texts => { const s = new Slugger(); return texts.map(t => s.slug(t)) })
console.log(JSON.stringify(slugs))
"""


def github_slugs(node_modules: pathlib.Path, pages: list[list[str]]) -> list[list[str]]:
    """What github-slugger makes of the headings of each page."""
    module = (node_modules / "github-slugger/index.js").resolve().as_uri()
    done = subprocess.run(["node", "--input-type=module", "-e", SLUGGER, module], input=json.dumps(pages),
                          text=True, capture_output=True, check=True)
    return json.loads(done.stdout)


def ours(page: pathlib.Path) -> list[tuple[str, str]]:
    """(GitHub slug, docutils id) of each heading of a file."""
    done = subprocess.run([PROGRAM, "dump", "facts", page.name], cwd=page.parent, capture_output=True)
    if done.returncode != 0:
        raise RuntimeError(f"{page}: {done.stderr.decode('utf8', 'replace')}")
    found = []
    for line in done.stdout.decode("utf8", "surrogateescape").split("\n"):
        match = re.match(r'heading .*" github=(\S*) docutils=(\S*)( myst=\S*)?( id=\S*)?( nested)?$', line)
        if match:
            found.append((match[1], match[2]))
    return found


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    node_modules, trees = pathlib.Path(sys.argv[1]), [pathlib.Path(t) for t in sys.argv[2:]]
    names, sources, pages = ["generated"], [], [generated()]
    sources.append("\n\n".join(map(as_heading, pages[0])) + "\n")
    for tree in trees:
        for path in sorted(tree.rglob("*.md")):
            if ".git" in path.parts or path.is_symlink() or not path.is_file():
                continue
            source = path.read_bytes().decode("utf8", "replace")
            names.append(str(path))
            sources.append(source)
            pages.append(headings(source))
    expected = github_slugs(node_modules, pages)

    differences: list[str] = []
    checked = {"generated": 0, "real": 0}
    with tempfile.TemporaryDirectory() as folder:
        # Away from their configurations: what is compared is GitHub's reading.
        files = [pathlib.Path(folder) / f"{number}/page.md" for number in range(len(pages))]
        for file, source in zip(files, sources):
            file.parent.mkdir()
            file.write_text(source, "utf8", newline="")
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(ours, files))
    for name, texts, slugs, found in zip(names, pages, expected, results):
        if len(found) != len(texts):
            differences.append(f"{name}: {len(found)} headings, markdown-it sees {len(texts)}")
            continue
        checked["generated" if name == "generated" else "real"] += len(texts)
        for text, slug, (github, docutils) in zip(texts, slugs, found):
            if github != slug:
                differences.append(f"{name}: {text!r}: github {github!r}, github-slugger {slug!r}")
            if docutils != make_id(text):
                differences.append(f"{name}: {text!r}: docutils {docutils!r}, make_id {make_id(text)!r}")
    for difference in differences[:SHOWN]:
        print(difference)
    if len(differences) > SHOWN:
        print(f"... and {len(differences) - SHOWN} more")
    good = not differences
    print(f"{'PASS' if good else 'FAIL'}  {checked['generated']} generated and {checked['real']} real headings of"
          f" {len(pages) - 1} files: {len(differences)} differences")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
