#!/usr/bin/env python3
"""Check a SARIF log of docathon-lint as code scanning would, and more.

    sarif.py --sarif LOG --root TREE --multitool BINARY --schema FILE [--allow RULE ...]

LOG is what `docathon-lint --format sarif` wrote about TREE. BINARY is the native program of npm's
@microsoft/sarif-multitool (Sarif.Multitool), FILE the sarif-2.1.0.json of the same package; the
Python package jsonschema must be there. Checks:

1. the schema, by jsonschema (the multitool lets wrong enumeration values pass);
2. the multitool's validation rules "Sarif;Ghas": no error, no warning (it exits 0 with errors, so
   its report is read; notes are counted, not judged);
3. its rolling-hash fingerprints equal primaryLocationLineHash, result by result. It strips a byte
   order mark, which the upload action does not, and cannot open files whose names are no UTF-8:
   there, and there alone, the formula written out below is the judge. A file that could not be
   read has no such fingerprint;
4. what neither of them looks at: limits of code scanning, paths that exist, regions inside their
   file, rules that are used, unique fingerprints, no empty strings, no security-severity.

Prints one line a check and exits 1 if any failed, 2 if it could not run.
"""

import argparse
import collections
import gzip
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

MAX_GZIP = 10_000_000
MAX_RESULTS = 25_000
SHOWN_RESULTS = 5_000
MAX_LOCATIONS = 100
MAX_TAGS = 10
MAX_FULL_DESCRIPTION = 1024
BOM = b"\xef\xbb\xbf"


class Checks:
    """Collects failures by check and prints the tally."""

    def __init__(self):
        self.failed = False

    def report(self, name, figures, failures):
        failures = list(failures)
        print(f"{'FAIL' if failures else 'ok  '} {name}: {figures}")
        for failure in failures[:10]:
            print(f"       {failure}")
        if len(failures) > 10:
            print(f"       and {len(failures) - 10} more")
        self.failed = self.failed or bool(failures)


def run_multitool(binary, *arguments):
    """Run the multitool; its exit code says nothing, its output file and its words do."""
    done = subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def read_log(path):
    """A SARIF log; the multitool writes a byte order mark."""
    return json.loads(pathlib.Path(path).read_text(encoding="utf-8-sig"))


def check_schema(checks, log, schema_path):
    import jsonschema

    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8-sig"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(log)]
    checks.report("schema", f"{len(errors)} errors", errors)


def check_rules(checks, arguments, folder):
    report = folder / "validation.sarif"
    output = run_multitool(
        arguments.multitool, "validate", arguments.sarif, "--json-schema", arguments.schema,
        "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note", "--output", str(report),
        "--log", "ForceOverwrite", "--max-file-size-in-kb", "200000")
    if "Analysis completed successfully" not in output or not report.exists():
        sys.exit(f"sarif-multitool did not run:\n{output}")
    counts = collections.Counter()
    failures = []
    for run in read_log(report)["runs"]:
        for result in run.get("results", []):
            # The default of SARIF is "warning".
            level = result.get("level", "warning")
            counts[level] += 1
            if level in ("error", "warning") and result["ruleId"] not in arguments.allow:
                text = json.dumps(result.get("message", {}))[:300]
                failures.append(f"{level} {result['ruleId']}: {text}")
    figures = f"{counts['error']} errors, {counts['warning']} warnings, {counts['note']} notes"
    checks.report("multitool Sarif;Ghas", figures, failures)


def primary(result):
    return result["locations"][0]["physicalLocation"]


def line_hashes(data):
    """The line hashes of code scanning, by their definition and not by rolling: quadratic."""
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    raw = (text + "\uffff").encode("utf-16-le")
    units = [int.from_bytes(raw[i:i + 2], "little") for i in range(0, len(raw), 2)]
    blank, line_break = (ord(" "), ord("\t")), ord("\n")
    kept = [unit for unit in units if unit not in blank]
    starts = [0] + [i + 1 for i, unit in enumerate(kept) if unit == line_break]
    seen, result = collections.Counter(), []
    for start in starts:
        value = 0
        for unit in (kept[start:start + 100] + [0] * 100)[:100]:
            value = (value * 37 + unit) % 2**64
        seen[value] += 1
        result.append(f"{value:x}:{seen[value]}")
    return result


def check_fingerprints(checks, arguments, log, folder):
    bare = json.loads(json.dumps(log))
    run = bare["runs"][0]
    run["originalUriBaseIds"] = {"%SRCROOT%": {"uri": arguments.root.resolve().as_uri() + "/"}}
    for result in run["results"]:
        result.pop("partialFingerprints", None)
    stripped, oracle = folder / "stripped.sarif", folder / "oracle.sarif"
    stripped.write_text(json.dumps(bare), encoding="utf-8")
    output = run_multitool(arguments.multitool, "rewrite", str(stripped), "--output", str(oracle),
                           "--log", "ForceOverwrite", "--insert", "RollingHashPartialFingerprints")
    if not oracle.exists():
        sys.exit(f"sarif-multitool did not run:\n{output}")
    failures, equal, by_definition, unread = [], 0, 0, 0
    for ours, theirs in zip(log["runs"][0]["results"], read_log(oracle)["runs"][0]["results"],
                            strict=True):
        place = primary(ours)
        path, line = place["artifactLocation"]["uri"], place["region"]["startLine"]
        name = urllib.parse.unquote_to_bytes(path)
        file = bytes(arguments.root.resolve()) + b"/" + name
        mine = ours.get("partialFingerprints", {}).get("primaryLocationLineHash")
        expected = theirs.get("partialFingerprints", {}).get("primaryLocationLineHash")
        judge = "the oracle"
        if ours["ruleId"] == "input/unreadable" and mine is None:
            unread += 1
            continue
        with open(file, "rb") as stream:
            marked = stream.read(3) == BOM
        readable = name.decode("utf-8", errors="replace").encode("utf-8") == name
        if not readable or (marked and line == 1):
            with open(file, "rb") as stream:
                expected = line_hashes(stream.read())[line - 1]
            judge = "the definition"
            by_definition += 1
        if mine == expected and mine is not None:
            equal += 1
        else:
            failures.append(f"{path}:{line}: {mine}, {judge} says {expected}")
    total = len(log["runs"][0]["results"])
    checks.report("rolling-hash fingerprints",
                  f"{equal} of {total} equal, {by_definition} of them by the definition alone, "
                  f"{unread} of files that could not be read",
                  failures)


def empty_strings(value, path="$"):
    """Places of empty strings, which code scanning refuses."""
    if isinstance(value, dict):
        for key, member in value.items():
            yield from empty_strings(member, f"{path}.{key}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from empty_strings(item, f"{path}[{index}]")
    elif value == "":
        yield path


def check_limits(checks, raw, log):
    failures = []
    runs = log["runs"]
    if len(runs) != 1:
        failures.append(f"{len(runs)} runs, one category takes one")
    run = runs[0]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    packed = len(gzip.compress(raw))
    if packed > MAX_GZIP:
        failures.append(f"{packed} bytes when packed")
    if len(results) > MAX_RESULTS:
        failures.append(f"{len(results)} results, all are refused above {MAX_RESULTS}")
    if not re.fullmatch(r"docathon-lint/(.+/)?", run["automationDetails"]["id"]):
        failures.append(f"automationDetails.id is {run['automationDetails']['id']!r}")
    if run.get("columnKind") != "unicodeCodePoints":
        failures.append(f"columnKind is {run.get('columnKind')!r}")
    if b"security-severity" in raw:
        failures.append("security-severity makes security alerts of these")
    failures += [f"empty string at {path}" for path in empty_strings(log)]
    names = [rule["id"] for rule in rules]
    if len(set(names)) != len(names):
        failures.append("rule ids are not unique")
    for rule in rules:
        for part in ("shortDescription", "fullDescription", "help"):
            if not rule.get(part, {}).get("text"):
                failures.append(f"{rule['id']} has no {part}.text")
        if len(rule.get("fullDescription", {}).get("text", "")) > MAX_FULL_DESCRIPTION:
            failures.append(f"{rule['id']}: fullDescription is too long")
        properties = rule.get("properties", {})
        if len(properties.get("tags", [])) > MAX_TAGS:
            failures.append(f"{rule['id']}: {len(properties['tags'])} tags")
        if properties.get("precision") not in ("very-high", "high", "medium", "low"):
            failures.append(f"{rule['id']}: precision {properties.get('precision')!r}")
        if properties.get("problem.severity") not in ("error", "warning", "recommendation"):
            failures.append(f"{rule['id']}: problem.severity {properties.get('problem.severity')!r}")
    for number, result in enumerate(results):
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            failures.append(f"result {number}: ruleIndex and ruleId differ")
        if len(result["locations"]) != 1:
            failures.append(f"result {number}: {len(result['locations'])} locations")
        if len(result.get("relatedLocations", [])) > MAX_LOCATIONS:
            failures.append(f"result {number}: too many related locations")
    own = collections.Counter(
        (primary(result)["artifactLocation"]["uri"],
         result.get("partialFingerprints", {}).get("docathonLint/v1")) for result in results)
    failures += [f"fingerprint not unique in {path}: {value}"
                 for (path, value), count in own.items() if count > 1 or not value]
    note = "" if len(results) <= SHOWN_RESULTS else f" (only {SHOWN_RESULTS} are shown)"
    checks.report("limits", f"{len(results)} results{note}, {len(rules)} rules, {packed} bytes packed",
                  failures)


def lines_of(data):
    """Lines with their lengths in code points; LF, CR LF and CR end a line."""
    if data[:3] == BOM:
        data = data[3:]
    # A byte that is no UTF-8 is one column, as a lone surrogate is one code point here.
    text = data.decode("utf-8", errors="surrogateescape")
    return re.split("\r\n|\r|\n", text)


def regions(result):
    """All (artifact location, region) of a result."""
    for location in result["locations"] + result.get("relatedLocations", []):
        yield location["physicalLocation"]["artifactLocation"], location["physicalLocation"]["region"]
    for fix in result.get("fixes", []):
        for change in fix["artifactChanges"]:
            for replacement in change["replacements"]:
                yield change["artifactLocation"], replacement["deletedRegion"]


def check_regions(checks, root, log):
    cache, failures, count = {}, [], 0
    for number, result in enumerate(log["runs"][0]["results"]):
        for artifact, region in regions(result):
            count += 1
            uri = artifact["uri"]
            where = f"result {number}, {uri}"
            if artifact.get("uriBaseId") != "%SRCROOT%" or "\\" in uri or uri.startswith(("/", "./")):
                failures.append(f"{where}: not a relative path")
                continue
            if urllib.parse.quote(urllib.parse.unquote_to_bytes(uri), safe="/~!$&'()*+,;=:@") \
                    .upper() != uri.upper().replace("%3A", ":"):
                failures.append(f"{where}: not escaped as RFC 3986 says")
            if uri not in cache:
                file = bytes(root.resolve()) + b"/" + urllib.parse.unquote_to_bytes(uri)
                try:
                    with open(file, "rb") as stream:
                        cache[uri] = lines_of(stream.read())
                except OSError as error:
                    failures.append(f"{where}: {error.strerror}")
                    cache[uri] = None
            lines = cache[uri]
            if lines is None:
                continue
            begin = (region["startLine"], region["startColumn"])
            end = (region["endLine"], region["endColumn"])
            if begin > end:
                failures.append(f"{where}: {begin} is behind {end}")
            for line, column in (begin, end):
                if not 1 <= line <= len(lines) or not 1 <= column <= len(lines[line - 1]) + 2:
                    failures.append(f"{where}: no {line}:{column} in it")
    checks.report("places", f"{count} regions in {len(cache)} files", failures)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--sarif", required=True)
    parser.add_argument("--root", required=True, type=pathlib.Path)
    parser.add_argument("--multitool", required=True)
    parser.add_argument("--schema", required=True)
    parser.add_argument("--allow", nargs="*", default=[], metavar="RULE",
                        help="rules of the multitool whose warnings are accepted")
    arguments = parser.parse_args()
    raw = pathlib.Path(arguments.sarif).read_bytes()
    log = json.loads(raw.decode("utf-8"))  # strict: an invalid byte is a failure
    checks = Checks()
    with tempfile.TemporaryDirectory() as folder:
        check_schema(checks, log, arguments.schema)
        check_rules(checks, arguments, pathlib.Path(folder))
        check_fingerprints(checks, arguments, log, pathlib.Path(folder))
    check_limits(checks, raw, log)
    check_regions(checks, arguments.root, log)
    for invocation in log["runs"][0].get("invocations", []):
        for notification in invocation.get("toolExecutionNotifications", []):
            print(f"note {notification['descriptor']['id']}: {notification['message']['text']}")
    return 1 if checks.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (OSError, ValueError, KeyError, ImportError) as error:
        print(f"could not run: {error!r}", file=sys.stderr)
        sys.exit(2)
