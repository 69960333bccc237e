#!/usr/bin/env python3
"""The pre-commit hooks, as a contributor of another project gets them.

    hooks.py --wheel FILE [--repository FOLDER] [--try-repo] [--max-seconds 30]

In a clone of --repository (by default a small one that is made up):

1. with the wheel (`repo: local`, `additional_dependencies`), no compiler on PATH: the first `pre-commit run` installs
   and passes in --max-seconds; a commit that adds a dead link fails; one that only removes a page that others link to
   fails; one that only mends what is broken passes; `git commit -a` is checked on what is committed;
2. --from-ref/--to-ref reports what is new between the two;
3. with --try-repo: `pre-commit try-repo` on this repository, which builds it, for all hooks of the commit stage.

Needs pre-commit in the environment it runs in. pip may use the network to build pre-commit's own environment.
Exit code 1 if something is not so.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
failures = 0


def report(what, good, detail=""):
    global failures
    failures += 0 if good else 1
    print(f"{'ok  ' if good else 'FAIL'} {what}{': ' + detail if detail else ''}", flush=True)


class Clone:
    def __init__(self, folder, repository, environment):
        self.environment = environment
        self.path = folder / "clone"
        self.run(["git", "clone", "-q", str(repository), str(self.path)], cwd=folder)
        for key, value in (("user.name", "a"), ("user.email", "a@example.org")):
            self.git("config", key, value)

    def run(self, command, cwd=None, check=True):
        done = subprocess.run(command, cwd=cwd or self.path, env=self.environment, capture_output=True, text=True)
        if check and done.returncode != 0:
            sys.exit(f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done

    def git(self, *arguments, check=True):
        return self.run(["git", *arguments], check=check)

    def write(self, name, text):
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def pre_commit(self, *arguments):
        begin = time.monotonic()
        done = self.run([sys.executable, "-m", "pre_commit", *arguments], check=False)
        return done.returncode, done.stdout + done.stderr, time.monotonic() - begin


def with_wheel(clone, wheel, most):
    clone.write("zz-docs/a.md", "# A\n\n[b](b.md) [old](never-there.md)\n")
    clone.write("zz-docs/b.md", "# B\n")
    clone.write(".pre-commit-config.yaml", f"""\
repos:
  - repo: local
    hooks:
      - id: docathon-lint
        name: docathon-lint
        entry: docathon-lint --staged --since auto
        language: python
        additional_dependencies: ["{wheel}"]
        pass_filenames: false
        always_run: true
""")
    clone.git("add", "-A")
    clone.git("commit", "-q", "-m", "documentation with an old dead link")
    code, out, seconds = clone.pre_commit("run")
    report("first run installs, and passes since nothing is new", code == 0, f"{seconds:.1f} s")
    report(f"first run takes at most {most} s", seconds <= most, f"{seconds:.1f} s")
    if code != 0:
        print(out[-3000:])
    clone.pre_commit("install")
    # A dead link that is new.
    clone.write("zz-docs/b.md", "# B\n\n[x](typo.md)\n")
    clone.git("add", "-A")
    code, out, seconds = clone.pre_commit("run")
    report("a new dead link fails", code == 1 and "typo.md" in out and "never-there" not in out, f"{seconds:.1f} s")
    report("git commit is refused", clone.git("commit", "-q", "-m", "x", check=False).returncode != 0)
    clone.git("reset", "-q", "--hard")
    # What is not staged is not judged; what `commit -a` commits is.
    clone.write("zz-docs/b.md", "# B\n\n[x](typo.md)\n")
    done = clone.git("commit", "-q", "-a", "-m", "x", check=False)
    report("git commit -a is refused", done.returncode != 0 and "typo.md" in done.stdout + done.stderr)
    clone.git("reset", "-q", "--hard")
    # Only a deletion.
    clone.git("rm", "-q", "zz-docs/b.md")
    code, out, seconds = clone.pre_commit("run")
    report("a commit that only deletes a page fails", code == 1 and "removed 'zz-docs/b.md'" in out, f"{seconds:.1f} s")
    done = clone.git("commit", "-q", "-m", "without b", check=False)
    report("git commit of the deletion is refused", done.returncode != 0)
    # Mended in the same commit.
    clone.write("zz-docs/a.md", "# A\n")
    clone.git("add", "-A")
    done = clone.git("commit", "-q", "-m", "without b, and without links to it", check=False)
    report("a commit that breaks nothing passes", done.returncode == 0, (done.stdout + done.stderr)[-200:].strip())
    # Refs, as CI and pre-push give them.
    clone.write("zz-docs/c.md", "# C\n\n[x](gone-too.md)\n")
    clone.git("add", "-A")
    clone.git("commit", "-q", "--no-verify", "-m", "broken")
    code, out, _ = clone.pre_commit("run", "--from-ref", "HEAD~1", "--to-ref", "HEAD")
    report("--from-ref: what is new since then fails", code == 1 and "gone-too.md" in out)
    code, out, _ = clone.pre_commit("run", "--from-ref", "HEAD", "--to-ref", "HEAD")
    report("--from-ref HEAD: nothing is new", code == 0)
    clone.git("reset", "-q", "--hard", "HEAD~1")


def from_source(clone):
    begin = time.monotonic()
    clone.write("zz-docs/d.md", "# D\n\n[x](missing-page.md)\n")
    clone.git("add", "-A")
    for hook in ("docathon-lint", "docathon-lint-files"):
        code, out, _ = clone.pre_commit("try-repo", str(ROOT), hook)
        report(f"try-repo {hook}", code == 1 and "missing-page.md" in out, f"{time.monotonic() - begin:.0f} s")
        if "missing-page.md" not in out:
            print(out[-3000:])
    code, out, _ = clone.pre_commit("try-repo", str(ROOT), "docathon-lint-fix")
    report("try-repo docathon-lint-fix changes nothing and passes", code == 0)
    code, out, _ = clone.pre_commit("try-repo", str(ROOT), "docathon-lint-links")
    report("docathon-lint-links is for the manual stage", code == 1 and "No hook with id" in out or code == 0, out[-200:])
    clone.git("rm", "-q", "--cached", "zz-docs/d.md")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=pathlib.Path)
    parser.add_argument("--repository", type=pathlib.Path)
    parser.add_argument("--try-repo", action="store_true")
    parser.add_argument("--max-seconds", type=float, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tools = folder / "tools"
        tools.mkdir()
        for tool in ("git", "sh", "env", "bash", "uname", "dirname", "basename", "cat", "sed", "mktemp", "rm"):
            if shutil.which(tool):
                (tools / tool).symlink_to(shutil.which(tool))
        keep = {key: value for key, value in os.environ.items()
                if key.startswith(("PIP_", "SSL_", "REQUESTS_")) or key.lower().endswith("_proxy")}
        environment = keep | {"PATH": f"{pathlib.Path(sys.executable).parent}:{tools}", "HOME": str(folder / "home"),
                              "PRE_COMMIT_HOME": str(folder / "pre-commit"), "LC_ALL": "C.UTF-8"}
        (folder / "home").mkdir()
        # Where pip gets its packages from is the machine's business.
        for config in (".config/pip", ".pip"):
            source = pathlib.Path.home() / config
            if source.exists():
                (folder / "home" / config).parent.mkdir(parents=True, exist_ok=True)
                shutil.copytree(source, folder / "home" / config)
        repository = options.repository
        if repository is None:
            repository = folder / "small"
            repository.mkdir()
            (repository / "README.md").write_text("# Small\n")
            subprocess.run("git init -q -b main && git add -A && git -c user.name=a -c user.email=a@example.org "
                           "commit -q -m first", shell=True, check=True, cwd=repository)
        clone = Clone(folder, repository.resolve(), environment)
        if options.wheel:
            for compiler in ("cc", "c++", "gcc", "g++", "clang"):
                if shutil.which(compiler, path=environment["PATH"]):
                    sys.exit(f"{compiler} is on PATH")
            with_wheel(clone, options.wheel.resolve(), options.max_seconds)
        if options.try_repo:
            clone.environment = environment | {"PATH": f"{environment['PATH']}:{os.environ['PATH']}"}
            from_source(clone)
    print(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
