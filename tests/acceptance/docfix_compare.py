#!/usr/bin/env python3
"""DocFixBench as pull requests: `compare COMMIT^ COMMIT` for every commit that repaired documentation.

    docfix_compare.py --bench docfix_bench.py --cases CASES.json --repos REPOSITORIES --work FOLDER
                      [--program PROGRAM] [--preset strict,pytorch] [--only REPO] [--new FILE]

A case counts when the run on the parent's tree has a finding of a fitting family on the defective lines and a run on the
commit's tree no longer has it. `compare` must list one of those findings under fixed. Everything that it calls new is
written to --new (and counted), to be read by a person. Exit code 1 if a repaired defect is not listed as fixed.
"""

import argparse
import collections
import importlib.util
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def load_bench(path):
    spec = importlib.util.spec_from_file_location("docfix_bench", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["docfix_bench"] = module
    spec.loader.exec_module(module)
    return module


def ask(command, folder):
    done = subprocess.run([str(word) for word in command], cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.strip()[-300:])
    return json.loads(done.stdout)


def key(finding):
    return finding["rule"], finding["path"], finding["line"], finding["message"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", required=True)
    parser.add_argument("--cases", required=True)
    parser.add_argument("--repos", required=True, type=pathlib.Path)
    parser.add_argument("--work", required=True, type=pathlib.Path)
    parser.add_argument("--program", default=str(ROOT / "build" / "release" / "docathon-lint"))
    parser.add_argument("--preset", default="strict,pytorch")
    parser.add_argument("--only")
    parser.add_argument("--new", type=pathlib.Path)
    options = parser.parse_args()
    bench = load_bench(options.bench)
    program = pathlib.Path(options.program).resolve()
    by_repo = collections.defaultdict(lambda: collections.defaultdict(list))
    for case in json.loads(pathlib.Path(options.cases).read_text()):
        if not options.only or options.only == case["repo"]:
            by_repo[case["repo"]][case["commit"]].append(case)
    caught = listed = 0
    new = []
    failed = []
    remaining_only = 0
    for repo, commits in sorted(by_repo.items()):
        gitdir = options.repos / repo.replace("/", "+") / "repo"
        if not gitdir.exists():
            print(f"no {gitdir}")
            continue
        folder = options.work / ("compare-" + repo.replace("/", "+"))
        shutil.rmtree(folder, ignore_errors=True)
        tree = bench.Worktree(gitdir, folder)
        for commit, cases in sorted(commits.items()):
            parent = tree.text("rev-parse", commit + "^").strip()
            check = [program, "--preset", options.preset, "--format", "json", "--fail-on", "never"]
            try:
                tree.checkout(parent)
                before = ask(check, folder)["findings"]
                tree.checkout(commit)
                after = ask(check, folder)["findings"]
                change = ask([program, "compare", "--preset", options.preset, "--format", "json", parent, commit], folder)
            except (RuntimeError, ValueError) as error:
                failed.append(f"{repo} {commit[:12]}: {error}")
                continue
            fixed = {key(one) for one in change["fixed"]}
            left = collections.Counter((one["rule"], one["path"], one.get("subject", "")) for one in after)
            for one in change["new"]:
                new.append((repo, commit[:12], one["path"], one["line"], one["rule"], one["message"]))
            for case in cases:
                family = re.compile(bench.FAMILIES.get(case["kind"], "."))
                lines = [(case["line"], case["end_line"])] + [(line, line) for line in case.get("alt", [])]
                hits = [one for one in before if one["path"] == case["path"] and family.search(one["rule"]) and
                        any(a <= one.get("end_line", one["line"]) and one["line"] <= b for a, b in lines)]
                gone = [one for one in hits if not left[one["rule"], one["path"], one.get("subject", "")]]
                if not gone:
                    remaining_only += bool(hits)
                    continue
                caught += 1
                if any(key(one) in fixed for one in gone):
                    listed += 1
                else:
                    failed.append(f"{case['id']}: {gone[0]['path']}:{gone[0]['line']}: {gone[0]['message']} is not listed")
        tree.close()
        shutil.rmtree(folder, ignore_errors=True)
        print(f"{repo}: {caught} repaired and caught so far, {listed} listed as fixed, {len(new)} new findings", flush=True)
    for line in failed:
        print("FAIL", line)
    if options.new:
        options.new.write_text("".join("\t".join(map(str, one)) + "\n" for one in new))
    print(f"{listed} of {caught} repaired defects are listed as fixed; {len(new)} new findings; "
          f"{remaining_only} cases whose findings did not all go")
    return 1 if failed or not caught else 0


if __name__ == "__main__":
    sys.exit(main())
