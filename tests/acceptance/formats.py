#!/usr/bin/env python3
"""Check the output formats of docathon-lint by their own schemas, and against each other.

    formats.py --program DOCATHON_LINT --rdformat BIN --gitlab-schema FILE --junit-schema FILE TREE...

BIN is bin/rdformat-validator.js of npm's @umbrelladocs/rdformat-validator (run with node), FILE are
app/validators/json_schemas/codeclimate.json of GitLab and junit-10.xsd of Jenkins' xUnit plugin.
The Python packages jsonschema and xmlschema must be there. For each TREE, all rules on:

1. rdjson by the validator, strictly and without extra fields;
2. every entry of gitlab by GitLab's schema, fingerprints unique;
3. junit by the XML schema;
4. github as the runner reads it: every line a command, properties undone, most severe first;
5. all formats carry the same findings: path, line, severity, rule, message, and the column where a
   format has one in code points;
6. GITHUB_STEP_SUMMARY has every finding that the annotations have no room for.

Prints one line a check and exits 1 if any failed.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse
import xml.etree.ElementTree

FORMATS = ["json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"]
LEVELS = {"major": "error", "minor": "warning", "info": "note",
          "ERROR": "error", "WARNING": "warning", "INFO": "note", "notice": "note"}


def run(program, tree, folder):
    """All formats from one run; the text of standard output and the step summary."""
    summary = folder / "summary.md"
    summary.write_text("before\n")
    command = [program, "--preset", "all", "--format", "text", "--max-results", "0"]
    for name in FORMATS:
        command += ["--output", f"{name}={folder / name}"]
    environment = dict(os.environ, GITHUB_STEP_SUMMARY=str(summary))
    done = subprocess.run([*command, "."], cwd=tree, env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr.decode())
    return done.stdout.decode("utf-8", "replace"), summary.read_text("utf-8", "replace")


def of_text(text):
    for line in text.splitlines():
        path, row, column, level, message, rule = re.fullmatch(
            r"(.+?):(\d+):(\d+): (error|warning|note): (.*) \[([^\]]+)\]", line).groups()
        yield path, int(row), int(column), level, rule, message


def of_json(one):
    return one["path"], one["line"], one["column"], one["severity"], one["rule"], one["message"]


def of_sarif(one):
    place = one["locations"][0]["physicalLocation"]
    return (urllib.parse.unquote(place["artifactLocation"]["uri"]), place["region"]["startLine"],
            place["region"]["startColumn"], one["level"], one["ruleId"], one["message"]["text"])


def of_github(text):
    for line in text.splitlines():
        assert line.startswith("::"), line
        command, data = line[2:].split("::", 1)
        name, properties = command.split(" ", 1)
        values = {}
        for one in properties.split(","):
            key, value = one.split("=", 1)
            for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
                value = value.replace(code, char)
            values[key] = value
        for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            data = data.replace(code, char)
        message = data.removesuffix(f" [{values['title']}]")
        yield (values["file"], int(values["line"]), int(values["col"]), LEVELS.get(name, name),
               values["title"], message)


def of_gitlab(one):
    rule = one["check_name"]
    place = one["location"]
    return (place["path"], place["lines"]["begin"], place["positions"]["begin"]["column"],
            LEVELS[one["severity"]], rule, one["description"].removesuffix(f" [{rule}]"))


def of_rdjson(one):
    start = one["location"]["range"]["start"]
    return (one["location"]["path"], start["line"], None, LEVELS[one["severity"]],
            one["code"]["value"], one["message"])


def of_junit(root):
    for case in root.iter("testcase"):
        for failure in case.iter("failure"):
            rule, place = case.get("name").split(" ")
            row, column = map(int, place.split(":"))
            yield case.get("classname"), row, column, failure.get("type"), rule, failure.get("message")


def of_markdown(text):
    """Only what can be read back without a Markdown parser: place, severity and rule."""
    rule = ""
    for line in text.splitlines():
        if line.startswith("### "):
            rule = line[4:line.rindex(" (")].replace("\\", "")
        elif line.startswith("| `"):
            place, level = re.match(r"\| `+ ?(.*?) ?`+ \| (\w+) \|", line).groups()
            path, row, column = place.replace("\\|", "|").rsplit(":", 2)
            yield path, int(row), int(column), level, rule, None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--rdformat", required=True)
    parser.add_argument("--gitlab-schema", required=True, type=pathlib.Path)
    parser.add_argument("--junit-schema", required=True, type=pathlib.Path)
    parser.add_argument("trees", nargs="+", type=pathlib.Path)
    arguments = parser.parse_args()
    import jsonschema
    import xmlschema

    failed = False

    def report(name, figures, failures):
        nonlocal failed
        failures = list(failures)
        print(f"{'FAIL' if failures else 'ok  '} {name}: {figures}")
        for failure in failures[:5]:
            print(f"       {failure}")
        failed = failed or bool(failures)

    gitlab_schema = json.loads(arguments.gitlab_schema.read_text())
    junit_schema = xmlschema.XMLSchema(str(arguments.junit_schema))
    for tree in arguments.trees:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            text, summary = run(str(pathlib.Path(arguments.program).resolve()), tree, folder)
            files = {one: (folder / one).read_text("utf-8") for one in FORMATS}
            checked = subprocess.run(
                ["node", arguments.rdformat, "--strict", "--no-extra-fields", str(folder / "rdjson")],
                capture_output=True, text=True, check=False)
            report(f"{tree.name} rdjson", "validator, strict",
                   [checked.stdout + checked.stderr] if checked.returncode else [])
            gitlab = json.loads(files["gitlab"])
            validator = jsonschema.validators.validator_for(gitlab_schema)(gitlab_schema)
            errors = [error.message for one in gitlab for error in validator.iter_errors(one)]
            prints = collections.Counter(one["fingerprint"] for one in gitlab)
            errors += [f"fingerprint {key} {count} times" for key, count in prints.items() if count > 1]
            report(f"{tree.name} gitlab", f"{len(gitlab)} entries", errors)
            errors = [error.reason for error in junit_schema.iter_errors(str(folder / "junit"))]
            report(f"{tree.name} junit", "XML schema", errors)

            wanted = collections.Counter(of_text(text))
            short = collections.Counter((*one[:5], None) for one in wanted.elements())
            no_column = collections.Counter(
                (one[0], one[1], None, *one[3:]) for one in wanted.elements())
            github = list(of_github(files["github"]))
            order = {"error": 0, "warning": 1, "note": 2}
            ranks = [order[one[3]] for one in github]
            report(f"{tree.name} github", f"{len(github)} commands",
                   [] if ranks == sorted(ranks) else ["not in order of severity"])
            read = {
                "json": map(of_json, json.loads(files["json"])["findings"]),
                "jsonl": map(of_json, (one for one in map(json.loads, files["jsonl"].splitlines())
                                       if one["type"] == "finding")),
                "sarif": map(of_sarif, json.loads(files["sarif"])["runs"][0]["results"]),
                "github": github,
                "gitlab": map(of_gitlab, gitlab),
                "junit": of_junit(xml.etree.ElementTree.parse(folder / "junit").getroot()),
                "rdjson": map(of_rdjson, json.loads(files["rdjson"])["diagnostics"]),
                "markdown": of_markdown(files["markdown"]),
                "step summary": of_markdown(summary),
            }
            for name, findings in read.items():
                seen = collections.Counter(findings)
                goal = (short if name in ("markdown", "step summary")
                        else no_column if name == "rdjson" else wanted)
                failures = [f"lost: {one}" for one in (goal - seen)]
                failures += [f"made up: {one}" for one in (seen - goal)]
                report(f"{tree.name} {name} = text", f"{sum(seen.values())} findings", failures)
            report(f"{tree.name} step summary", "is appended",
                   [] if summary.startswith("before\n## ") else [summary[:80]])
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
