#!/usr/bin/env python3
"""Hold the JSON schemas against the files and against the program.

    schema.py --binary docathon-lint [--root REPOSITORY]

Needs the Python packages jsonschema and PyYAML; exits 2 if they are missing. Checks:

1. the schemas of `config schema`, `config schema --rule` and `config schema --preset-file` are valid
   JSON Schema (draft 2020-12);
2. every rule file and preset under rules/ of the repository is valid by them;
3. every configuration in the repository's documentation (a ```yaml block that begins with
   `version: 1`) is valid;
4. the program and the schema agree on the samples below: both accept or both refuse each.

YAML is read as the program and editors read it (YAML 1.2: `off` and `on` are words). Prints one line
a check and exits 1 if any failed.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

try:
    import jsonschema
    import yaml
except ImportError as error:
    print(f"schema.py: {error}", file=sys.stderr)
    sys.exit(2)

GOOD = [
    "version: 1\n",
    "version: 1\nextends: [core, pytorch]\nfail-on: never\n",
    "version: 1\nrules:\n  links/*: warning\n  links/missing-anchor: {severity: error, ignore: ['^generated-']}\n"
    "  MD051: off\n  '*': {severity: note}\n",
    "version: 1\nexclude: ['docs/archive/**']\nrule-paths: []\nmax-file-size: 512KB\n",
    "version: 1\nmax-file-size: 1000000\nexclude:\nrules:\n",
    "version: 1\noverrides:\n  - {files: [README.md, 'examples/**'], flavor: gfm}\n"
    "  - {files: ['**/CHANGELOG.md'], rules: {links/missing-target: off}}\n",
    "version: 1\nproject:\n"
    "  sphinx: [{source: docs/source, directives: {card: {options: [header], body: none}}, roles: [hidden]}]\n"
    "  python: {packages: {executorch: src/executorch}, private: ['*.test.*'], docstrings: google}\n"
    "  site: [{url: 'https://docs.pytorch.org/executorch/{stable,main}/', source: docs/source}]\n"
    "  repository: {url: 'https://github.com/pytorch/executorch', branch: main}\n"
    "  inventories: {torch: torch.inv}\n  apis: {torch: torch.jsonl}\n  deprecated: [torch, own.yaml]\n"
    "  generated: {'docs/**/*-quantization.md': scripts/docgen}\n"
    "  page-kinds: {tutorial: ['**/tutorials/*.md'], post: ['_posts/*']}\n",
    "version: 1\nlinks: {cache: links.json, max-age: 30d, dead-after: {failures: 3, days: 7},"
    " budget: {run: 120s, host: 20s, per-host: 4}, unverified: [401, 403, tls, timeout]}\n",
    "version: 1\nsuppress: {honour: [noqa, markdownlint], unused: note, require-reason: false}\n"
    "baseline: baseline.json\n",
]

BAD = [
    "",
    "- a\n",
    "exclude: []\n",
    "version: 2\n",
    "version: '1'\n",
    "version: 1\nexlude: []\n",
    "version: 1\nexclude: docs\n",
    "version: 1\nexclude: [[a]]\n",
    "version: 1\nextends: [pytroch]\n",
    "version: 1\nextends: ['https://example.org/x.yaml']\n",
    "version: 1\nfail-on: warn\n",
    "version: 1\nmax-file-size: big\n",
    "version: 1\nrules: {links/mising-anchor: off}\n",
    "version: 1\nrules: {links/missing-anchor: warn}\n",
    "version: 1\nrules: {links/missing-anchor: true}\n",
    "version: 1\nrules: {links/missing-anchor: {ignroe: []}}\n",
    "version: 1\nrules: {links/missing-anchor: {ignore: text}}\n",
    "version: 1\nrules: {'link/*': off}\n",
    "version: 1\noverrides: [{flavor: gfm}]\n",
    "version: 1\noverrides: [{files: [a], flavor: gmf}]\n",
    "version: 1\nproject: {site: [{url: 'https://x.org/'}]}\n",
    "version: 1\nproject: {page-kinds: {post: a}}\n",
    "version: 1\nlinks: {max-age: 30}\n",
    "version: 1\nlinks: {unverified: [99]}\n",
    "version: 1\nlinks: {dead-after: {failures: 0}}\n",
    "version: 1\nsuppress: {require-reason: maybe}\n",
    "version: 1\nsuppress: {honour: [noqua]}\n",
]


class Loader(yaml.SafeLoader):
    """YAML 1.2 core: only true and false are booleans, there are no dates."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in rows if not tag.endswith((":bool", ":timestamp"))]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def load(text):
    return yaml.load(text, Loader)


def schema_of(binary, *flags):
    run = subprocess.run([binary, "config", "schema", *flags], capture_output=True, text=True)
    if run.returncode != 0:
        raise RuntimeError(f"config schema {' '.join(flags)}: exit {run.returncode}: {run.stderr.strip()}")
    return json.loads(run.stdout)


def first_error(validator, text):
    """What the schema says of a YAML text, or None."""
    try:
        errors = sorted(validator.iter_errors(load(text)), key=lambda e: list(map(str, e.path)))
    except yaml.YAMLError as error:
        return f"no YAML: {error}"
    if not errors:
        return None
    return f"at {'/'.join(map(str, errors[0].path)) or 'the top'}: {errors[0].message[:200]}"


def program_accepts(binary, text):
    with tempfile.TemporaryDirectory() as folder:
        (pathlib.Path(folder) / ".docathon-lint.yaml").write_text(text)
        run = subprocess.run([binary, "config", "check"], cwd=folder, capture_output=True, text=True)
        if run.returncode not in (0, 2):
            raise RuntimeError(f"config check: exit {run.returncode}: {run.stderr.strip()}")
        return run.returncode == 0, run.stderr.strip()


def documented_configurations(root):
    for page in sorted([*root.glob("*.md"), *root.glob("docs/**/*.md"), *root.glob("lint/*.md")]):
        text = page.read_text(encoding="utf-8")
        for match in re.finditer(r"^```ya?ml\n(version: 1\n.*?)^```", text, re.M | re.S):
            line = text.count("\n", 0, match.start()) + 1
            # Pages of rules show files of other programs too, such as myst.yml.
            named = re.search(r"^`([^`\n]+)`:\s*\Z", text[:match.start()], re.M)
            if named and "docathon-lint" not in named.group(1):
                continue
            yield f"{page.relative_to(root)}:{line}", match.group(1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--root", default=str(pathlib.Path(__file__).resolve().parents[2]))
    options = parser.parse_args()
    root = pathlib.Path(options.root)
    binary = str(pathlib.Path(options.binary).resolve())
    failed = False

    def report(name, count, problems):
        nonlocal failed
        failed = failed or bool(problems) or count == 0
        print(f"{'FAIL' if problems or count == 0 else 'ok  '} {name}: {count} checked")
        for problem in problems:
            print(f"     {problem}")

    try:
        schemas = {
            "configuration": schema_of(binary),
            "rule": schema_of(binary, "--rule"),
            "preset": schema_of(binary, "--preset-file"),
        }
    except (RuntimeError, OSError, json.JSONDecodeError) as error:
        print(f"schema.py: {error}", file=sys.stderr)
        return 2
    problems = []
    for name, schema in schemas.items():
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            problems.append(f"{name}: {error.message}")
    report("schemas are JSON Schema", len(schemas), problems)
    validators = {name: jsonschema.Draft202012Validator(schema) for name, schema in schemas.items()}

    problems = []
    count = 0
    for path in sorted(root.glob("rules/*/*.yaml")):
        kind = {"presets": "preset", "data": None}.get(path.parent.name, "rule")
        if kind is None:
            continue
        count += 1
        if error := first_error(validators[kind], path.read_text(encoding="utf-8")):
            problems.append(f"{path.relative_to(root)}: {error}")
    report("rule and preset files", count, problems)

    pages = list(documented_configurations(root))
    problems = [f"{place}: {error}" for place, text in pages
                if (error := first_error(validators["configuration"], text))]
    # A repository without such a block yet has nothing to be wrong about.
    if pages:
        report("configurations in the documentation", len(pages), problems)

    problems = []
    for text, good in [(text, True) for text in GOOD] + [(text, False) for text in BAD]:
        error = first_error(validators["configuration"], text)
        accepted, message = program_accepts(binary, text)
        if (error is None) != good:
            problems.append(f"{text!r}: the schema says {error or 'valid'}")
        if accepted != good:
            problems.append(f"{text!r}: the program says {message or 'fine'}")
    report("samples, schema against program", len(GOOD) + len(BAD), problems)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
