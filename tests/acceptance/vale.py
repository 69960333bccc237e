#!/usr/bin/env python3
"""Hold converted Vale styles against Vale itself.

    vale.py --binary docathon-lint [--vale VALE] STYLE-REPOSITORY...

A STYLE-REPOSITORY is a checkout of a style, such as github.com/errata-ai/Google: a folder of the
same name with the rules, and fixtures/*/ with pages and a .vale.ini that names the rules. Each style
is converted with `rules import-vale`. Checks:

1. of the rules of the seven kinds that can be converted, 95 of 100 are;
2. with --vale (a binary of Vale 3.22): on the Markdown fixtures of all styles together, 90 of 100
   findings (rule, file, line, text) of either program are findings of both. Every difference is
   printed with the rule and the kind of the rule;
3. with --vale: on the page PLACES below, where a word stands in code, in a URL or in another cell
   before it stands in the text, all places of docathon-lint are right, and some of Vale's are not.

Exits 1 if a check fails. Needs nothing but Python 3.8.
"""

import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

KINDS = ("existence", "substitution", "occurrence", "repetition", "capitalization", "consistency", "conditional")


# Why findings of a kind differ, where the rule was converted in whole.
REASONS = {
    "capitalization": "after a colon both are right here, and JSON is a name",
    "repetition": "what is repeated need not be a word here",
}

# Every place where the word stands in running text is marked.
PLACES = """\
# Use `utilize` to «utilize»

We run `utilize` and «utilize» it, see [x](https://example.org/utilize) and «utilize» it.

| Call | `utilize` | «utilize» |
|---|---|---|
| [the call](utilize.md) | `utilize` | to «utilize» |

- `utilize`
- <https://utilize.org> «utilize»

> `utilize`, and
> then «utilize»

Naïve **«utilize»** &amp; ünïcode «utilize».

Text with `a
utilize` and «utilize».

Then <!-- utilize --> *«utilize»*.

| `utilize` | «utilize» |
|---|---|
| [«utilize»](utilize.md) | a |

> `utilize`
> and
> «utilize»
"""


def places():
    """PLACES without its marks, and line and column (in characters, from 1) of what was marked."""
    wanted = []
    for number, line in enumerate(PLACES.splitlines(), 1):
        for found in re.finditer("«", line):
            wanted.append((number, found.start() + 1 - line[:found.start()].count("«") - line[:found.start()].count("»")))
    return PLACES.replace("«", "").replace("»", ""), sorted(wanted)


def compare_places(binary, vale):
    """Whether ours are all right and Vale's are not; prints the differences."""
    page, wanted = places()
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        run(["git", "init", "-q", "."], cwd=work)
        style = work / "styles" / "House"
        style.mkdir(parents=True)
        (style / "Word.yml").write_text("extends: existence\nmessage: \"'%s'\"\nlevel: warning\ntokens: [utilize]\n")
        (work / "a.md").write_text(page, "utf-8")
        (work / ".vale.ini").write_text("StylesPath = styles\nMinAlertLevel = suggestion\n[*.md]\nHouse.Word = YES\n")
        _, out, err = run([vale, "--no-global", "--output=JSON", "--no-exit", "a.md"], cwd=work)
        try:
            theirs = sorted((alert["Line"], alert["Span"][0]) for alert in json.loads(out)["a.md"])
        except (ValueError, KeyError):
            sys.exit(f"vale.py: vale failed: {out[:300]}{err[:300]}")
        _, rules, _ = run([binary, "rules", "import-vale", work / "styles"])
        (work / "rules.yaml").write_text(rules, "utf-8")
        (work / ".docathon-lint.yaml").write_text("version: 1\nrule-paths: [rules.yaml]\nrules: {'*': off, house/*: on}\n")
        _, out, err = run([binary, "--format", "jsonl", "a.md"], cwd=work)
        ours = sorted((entry["line"], entry["column"]) for entry in map(json.loads, out.splitlines())
                      if entry.get("rule") == "house/word")
    for side, found in (("vale", theirs), ("docathon-lint", ours)):
        wrong = sorted((collections.Counter(found) - collections.Counter(wanted)).elements())
        missed = sorted((collections.Counter(wanted) - collections.Counter(found)).elements())
        print(f"places of {side}: {len(wanted) - len(missed)} of {len(wanted)} right"
              + "".join(f"; wrong {line}:{column}" for line, column in wrong)
              + "".join(f"; missed {line}:{column}" for line, column in missed))
    return ours == wanted and theirs != wanted


def run(command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False, **more)
    return done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def normal(text):
    """A text over a line end is one line to Vale; quotes and markup around it are its own business."""
    return " ".join(text.split())


def style_folder(repository):
    name = repository.name.split("+")[-1]
    for folder in sorted(repository.iterdir()):
        if folder.is_dir() and folder.name.lower() == name.lower():
            return folder
    sys.exit(f"vale.py: no folder {name} in {repository}")


def vale_rules(folder):
    """Kind of each rule of a style."""
    kinds = {}
    for path in sorted(folder.glob("*.yml")):
        found = re.search(r"^extends:\s*['\"]?(\w+)", path.read_text("utf-8"), re.M)
        if found:
            kinds[f"{folder.name}.{path.stem}"] = found.group(1)
    return kinds


def wanted_rules(ini, kinds):
    """What a fixture's .vale.ini switches on: single rules, or whole styles."""
    text = ini.read_text("utf-8")
    rules = {name for name in kinds if re.search(rf"^{re.escape(name)}\s*=\s*(YES|suggestion|warning|error)", text, re.M)}
    for line in re.findall(r"^BasedOnStyles\s*=\s*(.*)$", text, re.M):
        for style in line.split(","):
            rules |= {name for name in kinds if name.split(".")[0] == style.strip()}
    return rules


def vale_findings(vale, style, pages, rules, work):
    ini = work / ".vale.ini"
    lines = [f"StylesPath = {style.parent}", "MinAlertLevel = suggestion", "[*.md]", "BasedOnStyles ="]
    ini.write_text("\n".join(lines + [f"{rule} = YES" for rule in sorted(rules)]) + "\n")
    code, out, err = run([vale, "--no-global", "--output=JSON", "--no-exit", f"--config={ini}", *pages], cwd=work)
    try:
        report = json.loads(out or "{}")
    except ValueError:
        sys.exit(f"vale.py: vale failed ({code}): {out[:300]}{err[:300]}")
    return [(alert["Check"], pathlib.Path(page).name, alert["Line"], normal(alert["Match"]))
            for page, alerts in report.items() for alert in alerts]


def our_findings(binary, rules_text, pages, rules, work, ids):
    (work / "rules").mkdir(exist_ok=True)
    (work / "rules" / "style.yaml").write_text(rules_text, "utf-8")
    (work / ".docathon-lint.yaml").write_text(
        "version: 1\nrule-paths: [rules]\nrules:\n  '*': off\n"
        + "".join(f"  {ids[rule]}: on\n" for rule in sorted(rules) if rule in ids))
    code, out, err = run([binary, "--format", "jsonl", *pages], cwd=work)
    if code not in (0, 1):
        sys.exit(f"vale.py: docathon-lint failed: {err}")
    names = {value: key for key, value in ids.items()}
    found = []
    for line in out.splitlines():
        entry = json.loads(line)
        rule = entry.get("rule")
        if rule not in names:
            continue
        data = (work / entry["path"]).read_bytes()
        start, end = entry["begin"], entry["end"]
        found.append((names[rule], pathlib.Path(entry["path"]).name, entry["line"],
                      normal(data[start:end].decode("utf-8", "replace"))))
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--vale", type=pathlib.Path)
    parser.add_argument("styles", nargs="+", type=pathlib.Path)
    args = parser.parse_args()
    binary = args.binary.resolve()
    failed = False
    found = converted = 0
    both = only_vale = only_ours = 0
    differences = collections.Counter()
    cut = set()  # rules that were converted without some expression
    for repository in args.styles:
        style = style_folder(repository.resolve())
        kinds = vale_rules(style)
        code, rules_text, notes = run([binary, "rules", "import-vale", style])
        if code != 0:
            sys.exit(f"vale.py: import-vale failed: {notes}")
        for line in notes.splitlines():
            match = re.match(r"(\w+): (\d+) of (\d+) converted$", line)
            if match and match.group(1) in KINDS:
                converted += int(match.group(2))
                found += int(match.group(3))
            elif not match:
                print(f"note: {line}")
            partly = re.match(r"(\S+): converted without ", line)
            if partly:
                cut.add(partly.group(1))
        ids = dict((alias, rule) for rule, alias in
                   re.findall(r'^- id: (\S+)\n(?:  .*\n)*?  aliases: \{vale: \["([^"]+)"\]\}', rules_text, re.M))
        if args.vale is None:
            continue
        for fixture in sorted((repository / "fixtures").iterdir()):
            pages = sorted(page for page in fixture.glob("*.md"))
            if not pages or not (fixture / ".vale.ini").exists():
                continue
            rules = {rule for rule in wanted_rules(fixture / ".vale.ini", kinds) if rule in ids}
            if not rules:
                continue
            with tempfile.TemporaryDirectory() as name:
                work = pathlib.Path(name)
                run(["git", "init", "-q", "."], cwd=work)
                for page in pages:
                    shutil.copy(page, work / page.name)
                copies = [page.name for page in pages]
                theirs = collections.Counter(vale_findings(args.vale.resolve(), style, copies, rules, work))
                ours = collections.Counter(our_findings(binary, rules_text, copies, rules, work, ids))
            both += sum((theirs & ours).values())
            for side, rest in (("vale", theirs - ours), ("ours", ours - theirs)):
                for finding, count in sorted(rest.items()):
                    kind = kinds[finding[0]]
                    reason = REASONS.get(kind, "not explained")
                    if side == "vale" and finding[0] in cut:
                        reason = "converted without an expression that RE2 refuses"
                    differences[(side, f"{kind}: {reason}")] += count
                    print(f"only {side}: {finding[0]} {fixture.name}/{finding[1]}:{finding[2]}: {finding[3]!r}: {reason}")
                if side == "vale":
                    only_vale += sum(rest.values())
                else:
                    only_ours += sum(rest.values())
    share = converted / found if found else 0
    print(f"{converted} of {found} rules of the seven kinds converted ({share:.1%})")
    failed = failed or share < 0.95
    if args.vale is not None:
        total = both + only_vale + only_ours
        agreement = both / total if total else 0
        for (side, kind), count in sorted(differences.items()):
            print(f"  only {side}: {count} ({kind})")
            failed = failed or kind.endswith("not explained")
        print(f"{both} of {total} findings are of both ({agreement:.1%}); vale alone {only_vale}, docathon-lint alone {only_ours}")
        failed = failed or agreement < 0.9
        failed = not compare_places(binary, args.vale.resolve()) or failed
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
