#!/usr/bin/env python3
"""What we read in MyST pages against what myst-parser reads: targets, roles, directives, headings with
their anchors, document by document.

    myst.py FOLDER...

FOLDER is a Sphinx source folder (with conf.py) inside its repository. To be run by a Python that has
Sphinx and myst-parser. Each page is read by Sphinx with myst-parser, with the myst_* settings that
stand in conf.py as literals; myst-parser is watched while it renders. Extensions of the project are
not loaded: their directives are stubs that read their body as Markdown. Included files are not
followed, and reStructuredText inside {eval-rst} is not looked at. The program is DOCATHON_LINT, else
the release build. Differences that are right are listed in EXPLAINED with the reason. Exit status 1
if a document differs otherwise.
"""

from __future__ import annotations

import ast
import collections
import contextlib
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from docutils import nodes
from docutils.nodes import make_id
from docutils.parsers.rst import Directive, directives, roles
from myst_parser.mdit_to_docutils import base
from myst_parser.mocking import MockIncludeDirective
from sphinx.application import Sphinx

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get("DOCATHON_LINT", str(ROOT / "build/release/docathon-lint"))

# (end of the path, entry as printed, with * for anything) -> why we read it otherwise.
EXPLAINED: list[tuple[str, str, str]] = [
    ("MyST-Parser/docs/faq/index.md", "* heading 3 why-doesn*", "the extension smartquotes turns the apostrophe"
     " into a quotation mark before docutils makes the id of the section; links name the slug, not this id"),
]

# Directives of extensions, by how they use their argument.
TITLED = ["card", "grid-item-card", "tab-item", "dropdown", "tab", "margin", "sidebar-title"]
PLAIN = ["grid", "grid-item", "tab-set", "tab-set-code", "card-carousel", "div", "button-ref", "button-link",
         "myst-example", "myst-to-html", "dropdown-syntax"]
OPAQUE = ["mermaid", "code-cell", "gallery-grid", "doxygenclass", "doxygenfunction", "doxygenfile", "doxygenstruct",
          "doxygenenum", "doxygennamespace", "doxygengroup", "doxygentypedef", "autodoc2-summary", "autodoc2-object",
          "autodoc2-docstring", "autosummary", "automodule", "autoclass", "autofunction", "automethod",
          "autoattribute", "autoexception", "autodata", "myst-config", "myst-warnings", "myst-admonitions"]

Entry = tuple[str, ...]  # kind, name, ...


class Recorder:
    """Collects what myst-parser renders."""

    def __init__(self) -> None:
        self.entries: dict[str, list[Entry]] = collections.defaultdict(list)
        self.lines: dict[str, list[tuple[str, str, int]]] = collections.defaultdict(list)
        self.depth = 0

    def add(self, renderer: Any, token: Any, *entry: str) -> None:
        """Notes one entry; its line too, if it does not stand in a directive."""
        name = renderer.sphinx_env.docname
        self.entries[name].append(tuple(entry))
        if self.depth == 0 and token.map and entry[0] != "role":  # a role has the line of its block
            self.lines[name].append((entry[0], entry[1], token.map[0]))

    def watch(self) -> None:
        """Puts itself between myst-parser and its renderer."""
        cls = base.DocutilsRenderer
        recorder = self
        old = {name: getattr(cls, name) for name in
               ("render_directive", "render_myst_role", "render_myst_target", "render_restructuredtext",
                "render_colon_fence", "generate_heading_target", "nested_render_text")}

        def render_directive(self, token, name, arguments, **more):
            if name != "math":  # we have one kind of node for all displayed mathematics
                recorder.add(self, token, "directive", name)
            return old["render_directive"](self, token, name, arguments, **more)

        def render_colon_fence(self, token):
            if not token.info.strip().startswith("{"):
                recorder.add(self, token, "directive", "div")  # what we call a fence without a name
            return old["render_colon_fence"](self, token)

        def render_myst_role(self, token):
            recorder.add(self, token, "role", token.meta["name"], " ".join(token.content.split("\n")))
            if roles.role(token.meta["name"], self.language_module_rst, 0, self.reporter)[0] is None:
                # A role of an extension: its text, so that a heading with one has a text.
                self.current_node += nodes.Text(re.sub(r"\s*<[^<>]*>$", "", token.content))
                return None
            return old["render_myst_role"](self, token)

        def render_myst_target(self, token):
            recorder.add(self, token, "target", token.content)
            return old["render_myst_target"](self, token)

        def render_restructuredtext(self, token):
            recorder.add(self, token, "directive", "eval-rst")

        def generate_heading_target(self, token, level, node, title_node):
            old["generate_heading_target"](self, token, level, node, title_node)
            text = base.clean_astext(title_node)
            recorder.add(self, token, "heading", str(level), make_id(text), node.get("slug", ""))

        def nested_render_text(self, *arguments, **more):
            recorder.depth += 1
            try:
                return old["nested_render_text"](self, *arguments, **more)
            finally:
                recorder.depth -= 1

        for name, function in list(locals().items()):
            if name in old:
                setattr(cls, name, function)
        cls.render_substitution_inline = cls.render_substitution_block = lambda self, token: None
        MockIncludeDirective.run = lambda self: []


def stub(title: bool, body: bool) -> type[Directive]:
    """A directive that reads its argument and its body as Markdown, or neither."""

    class Stub(Directive):
        optional_arguments = 1
        final_argument_whitespace = True
        has_content = True
        option_spec = collections.defaultdict(lambda: directives.unchanged)

        def run(self):
            node = nodes.container()
            if title and self.arguments:
                found, messages = self.state.inline_text(self.arguments[0], self.lineno)
                node += found + messages
            if body and self.content:
                self.state.nested_parse(self.content, self.content_offset, node)
            return [node]

    return Stub


def literals(conf: pathlib.Path) -> dict[str, Any]:
    """Names that conf.py assigns literals to; nothing is run."""
    values: dict[str, Any] = {}
    for node in ast.parse(conf.read_text("utf8")).body:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            with contextlib.suppress(ValueError):
                values[node.targets[0].id] = ast.literal_eval(node.value)
    return values


def theirs(folder: pathlib.Path, pages: list[pathlib.Path], recorder: Recorder) -> int:
    """Reads the pages with Sphinx; returns the depth of heading anchors."""
    values = literals(folder / "conf.py")
    settings = {k: v for k, v in values.items() if k.startswith("myst_") and k not in (
        "myst_substitutions", "myst_heading_slug_func", "myst_number_code_blocks", "myst_footnote_transition")}
    with tempfile.TemporaryDirectory() as temporary:
        source = pathlib.Path(temporary) / "source"
        for page in pages:
            copy = source / page.relative_to(folder)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, copy)
        (source / "acceptance_root.md").write_text("# Root\n")
        log = io.StringIO()
        app = Sphinx(source, None, f"{temporary}/out", f"{temporary}/trees", "dummy", {
            "extensions": ["myst_parser", "sphinx.ext.todo", "sphinx.ext.graphviz", "sphinx.ext.doctest",
                           "sphinx.ext.autodoc"],
            "source_suffix": {".md": "markdown"}, "root_doc": "acceptance_root", "suppress_warnings": ["*"],
            **settings}, status=log, warning=log, freshenv=True)
        for names, title, body in ((TITLED, True, True), (PLAIN, False, True), (OPAQUE, False, False)):
            for name in names:
                app.add_directive(name, stub(title, body), override=True)
        app.build()
    return int(settings.get("myst_heading_anchors", 0))


def unquote(text: str) -> str:
    """The text of a dump, with what was made visible as it was."""
    return re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), text)


def ours(page: pathlib.Path, anchors: int) -> tuple[list[Entry], list[tuple[str, str, int]]]:
    """The same of our program."""
    def dump(view: str) -> list[str]:
        done = subprocess.run([PROGRAM, "dump", view, page.name], cwd=page.parent, capture_output=True)
        if done.returncode != 0:
            raise RuntimeError(f"{page}: {done.stderr.decode('utf8', 'replace')}")
        return done.stdout.decode("utf8", "replace").split("\n")

    entries: list[Entry] = []
    lines: list[tuple[str, str, int]] = []

    def add(number: str, *entry: str) -> None:
        entries.append(entry)
        lines.append((entry[0], entry[1], int(number)))

    inside_rst = None  # the indentation of the {eval-rst} body that the lines are in
    for line in dump("model"):
        match = re.match(r"\s*([a-z_]+) (\d+):\S+", line)
        if match is None:
            continue
        indentation = len(line) - len(line.lstrip())
        if inside_rst is not None and indentation > inside_rst:
            continue
        inside_rst = indentation if match[1] == "raw_text" and ' name="rst"' in line else None
        kind, number = match[1], match[2]
        name = re.search(r' name="([^"]*)"', line)
        if kind == "role" and name:
            text = re.search(r' text="(.*)" "\{', line)
            add(number, "role", name[1], unquote(text[1] if text else ""))
        elif kind == "target" and name:
            add(number, "target", name[1])
        elif kind == "directive" and name:
            add(number, "directive", name[1])
        else:
            # A directive with a body that is no Markdown: code, math, reStructuredText, HTML.
            info = re.search(r' (?:text|name)="\{([^}"\s]+)\}', line)
            if info and info[1] != "math" and kind in ("code_block", "math_block", "raw_text", "html_block"):
                add(number, "directive", info[1])
    slugs: set[str] = set()
    for line in dump("facts"):
        match = re.match(r'heading (\d+):\S+ level=(\d) .*" github=\S* docutils=(\S*) myst=(\S*)', line)
        if match:
            slug, again = match[4], 0
            if slug and int(match[2]) <= anchors:
                while slug in slugs:
                    again += 1
                    slug = f"{match[4]}-{again}"
                slugs.add(slug)
            add(match[1], "heading", match[2], match[3], slug)
    return entries, lines


def shorten(entry: Entry) -> Entry:
    """As the dump shows it: long texts are cut."""
    if entry[0] == "role" and len(entry[2].encode()) > 72 and not entry[2].endswith("..."):
        return (*entry[:2], entry[2].encode()[:72].decode("utf8", "ignore") + "...")
    return entry


def compare(name: str, anchors: int, their: list[Entry], our: list[Entry]) -> list[str]:
    """Differences of one document, without the explained ones."""
    def known(entry: Entry) -> Entry:
        # Beyond the depth of heading anchors there is no slug to compare.
        if entry[0] == "heading" and int(entry[1]) > anchors:
            return (*entry[:3], "")
        return shorten(entry)

    left = collections.Counter(map(known, their))
    right = collections.Counter(map(known, our))
    found = []
    for mark, rest in (("only myst-parser", left - right), ("only docathon-lint", right - left)):
        for entry, count in sorted(rest.items()):
            text = f"{mark}: {' '.join(entry)}"
            for path, pattern, reason in EXPLAINED:
                if name.endswith(path) and re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text):
                    print(f"explained: {name}: {text}: {reason}")
                    break
            else:
                found.append(text + (f" ({count} times)" if count > 1 else ""))
    return found


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    failed = False
    recorder = Recorder()
    recorder.watch()
    for folder in map(pathlib.Path, sys.argv[1:]):
        folder = folder.resolve()
        pages = sorted(p for p in folder.rglob("*.md") if p.is_file() and not p.is_symlink())
        recorder.entries.clear()
        recorder.lines.clear()
        anchors = theirs(folder, pages, recorder)
        with ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda page: ours(page, anchors), pages))
        good = 0
        counts: collections.Counter[str] = collections.Counter()
        for page, (our, our_lines) in zip(pages, results):
            name = str(page.relative_to(folder))
            document = name[:-3]
            counts.update(entry[0] for entry in recorder.entries[document])
            differences = compare(str(page), anchors, recorder.entries[document], our)
            have = set(our_lines)
            differences += [f"line {line}: no {kind} {what} there" for kind, what, line in recorder.lines[document]
                            if (kind, what, line) not in have and (kind, what) in {x[:2] for x in have}]
            good += not differences
            for difference in differences[:8]:
                print(f"{name}: {difference}")
            if len(differences) > 8:
                print(f"{name}: ... and {len(differences) - 8} more")
        failed = failed or good < len(pages)
        print(f"{'PASS' if good == len(pages) else 'FAIL'}  {folder}: {good} of {len(pages)} documents agree ("
              + ", ".join(f"{count} {kind}s" for kind, count in sorted(counts.items())) + ")")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
