#!/usr/bin/env python3
"""What rules without C++ cost: start, memory, and time over the Markdown of a repository.

    engines_speed.py --binary docathon-lint --tree REPOSITORY [--style STYLE-FOLDER] [--limit SECONDS]

For release builds. The Markdown files of REPOSITORY are copied (nothing else is read) and checked:

1. with all rules of a Vale style (such as Google/ of github.com/errata-ai/Google, converted by `rules
   import-vale`), in at most --limit seconds of CPU (0.35, for pytorch/executorch);
2. with 0, 10, 100, 1,000 and 10,000 rules of one pattern each, of which every tenth is a word of
   the pages: up to 1,000, ten times the rules must cost less than ten times the time that rules
   take; beyond, where patterns are searched in groups of 1,000, at most twelve times;
3. 10,000 rules on an empty repository: start and memory;
4. one rule that matches every character: 1,000 findings a page, in less than 800 MiB.

Memory is at least this script's own, some 40 MiB. CPU is user + system time of the best of five runs, in one thread. Exits 1 if a check fails.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile


def measure(binary, folder, runs=5):
    """Best CPU seconds, most memory in MiB, and what was printed."""
    best, memory, out = None, 0.0, b""
    for _ in range(runs):
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen([binary, "--jobs", "1", "--fail-on", "never", "--max-results", "0", "--no-cache"],
                                       cwd=folder, stdout=output, stderr=subprocess.PIPE)
            error = process.stderr.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                sys.exit(f"engines_speed.py: exit {process.returncode}: {error.decode('utf-8', 'replace')[:500]}")
            output.seek(0)
            out = output.read()
        cpu = usage.ru_utime + usage.ru_stime
        best = cpu if best is None else min(best, cpu)
        memory = max(memory, usage.ru_maxrss / 1024)
    return best, memory, out


def configure(folder, rules, family):
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "rules.yaml").write_text(rules or "[]\n", "utf-8")
    (folder / ".docathon-lint.yaml").write_text(
        f"version: 1\nrule-paths: [rules]\nrules: {{'*': off{', ' + family + '/*: on' if rules else ''}}}\n")


def many(count, words):
    return "".join(
        f"- {{id: h/r{i}, check: pattern, words: true, message: m, "
        f"patterns: '{words[i // 10 % len(words)] if i % 10 == 0 else 'absentword' + str(i)}'}}\n" for i in range(count))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True, type=pathlib.Path)
    parser.add_argument("--tree", required=True, type=pathlib.Path)
    parser.add_argument("--style", type=pathlib.Path)
    parser.add_argument("--limit", type=float, default=0.35)
    args = parser.parse_args()
    binary = str(args.binary.resolve())
    failed = False

    def report(good, text):
        nonlocal failed
        failed = failed or not good
        print(f"{'ok  ' if good else 'FAIL'} {text}")

    with tempfile.TemporaryDirectory() as name:
        tree = pathlib.Path(name) / "tree"
        tree.mkdir()
        text = []
        tracked = subprocess.run(["git", "ls-files", "-z", "--", "*.md"], cwd=args.tree, capture_output=True, check=True)
        for path in sorted(tracked.stdout.decode("utf-8", "surrogateescape").split("\0")):
            source = args.tree / path
            if path and source.is_file() and not source.is_symlink():
                (tree / path).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, tree / path)
                text.append(source.read_text("utf-8", "replace"))
        size = sum(map(len, text))
        subprocess.run(["git", "init", "-q", "."], cwd=tree, check=True)
        words = {}
        for word in re.findall(r"[a-z]{5,12}", "\n".join(text)):
            words[word] = words.get(word, 0) + 1
        # Rare words: what is measured is the search, not the printing of findings.
        rare = sorted(word for word, count in words.items() if count == 2)[:1000]
        print(f"{len(text)} pages, {size / 1e6:.1f} MB")

        configure(tree, "", "")
        base, memory, _ = measure(binary, tree)
        print(f"     no rules: {base:.2f} s, {memory:.0f} MiB")
        if args.style:
            made = subprocess.run([binary, "rules", "import-vale", args.style], capture_output=True, check=True)
            rules = made.stdout.decode("utf-8")
            family = re.search(r"^- id: ([^/]+)/", rules, re.M).group(1)
            configure(tree, rules, family)
            cpu, memory, out = measure(binary, tree)
            report(cpu <= args.limit, f"{rules.count('- id: ')} rules of {args.style.name}: {cpu:.2f} s, {memory:.0f} MiB, "
                   f"{out.count(10)} findings (limit {args.limit} s)")
        before = None
        for count in (10, 100, 1000, 10000):
            configure(tree, many(count, rare), "h")
            cpu, memory, out = measure(binary, tree, 5 if count < 10000 else 2)
            own = max(cpu - base, 0.01)
            less = before is None or own < (10 if count <= 1000 else 12) * before
            report(less, f"{count} rules: {cpu:.2f} s, {own:.2f} s more than without, {memory:.0f} MiB, {out.count(10)} findings")
            before = own
        empty = pathlib.Path(name) / "empty"
        empty.mkdir()
        subprocess.run(["git", "init", "-q", "."], cwd=empty, check=True)
        (empty / "a.md").write_text("# A\n")
        configure(empty, many(10000, rare), "h")
        cpu, memory, _ = measure(binary, empty, 3)
        report(cpu < 5 and memory < 500, f"10000 rules, one page: {cpu:.2f} s, {memory:.0f} MiB")
        configure(tree, "- {id: h/all, check: pattern, view: source, on: document, patterns: '(?s).', message: m}\n", "h")
        cpu, memory, out = measure(binary, tree, 2)
        report(cpu < 5 and memory < 800, f"a rule that matches everything: {cpu:.2f} s, {memory:.0f} MiB, {out.count(10)} findings")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
