#!/usr/bin/env python3
"""Builds the wheel and the sdist, and shows what is in them and that they work.

    wheel.py [--wheel FILE] [--sdist FILE] [--no-sdist-build]

Needs, in the environment it runs in: build, scikit-build-core, cmake, ninja, auditwheel, and what
scripts/setup --program installs. Exit code 1 if

1. the wheel is not py3-none, holds Python code, lacks the notices, or has another version than CMakeLists.txt;
2. docathon-lint in it is not fully static, or does not run in an empty root folder (as root only);
3. a fresh environment without a compiler does not get a working program from it;
4. `links` does not work by the sibling program, or the hand-over changes exit codes;
5. the sdist does not build without a network (unshare -n, as root only).

What auditwheel says is printed. For building nothing is downloaded: no build isolation.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
failures = 0


def report(what, good, detail=""):
    global failures
    failures += 0 if good else 1
    print(f"{'ok  ' if good else 'FAIL'} {what}{': ' + detail if detail else ''}", flush=True)


def run(command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)


def build(kind, source, folder, prefix=()):
    begin = time.monotonic()
    done = run([*prefix, sys.executable, "-m", "build", f"--{kind}", "--no-isolation", "--outdir", folder, source])
    if done.returncode != 0:
        sys.exit(f"building the {kind} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    made = sorted(folder.glob("*.whl" if kind == "wheel" else "*.tar.gz"))
    print(f"     {kind}: {made[0].name}, {made[0].stat().st_size} bytes, {time.monotonic() - begin:.0f} s")
    return made[0]


def check_content(wheel, version):
    report("tag", wheel.name.startswith(f"docathon_lint-{version}-py3-none-"), wheel.name)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        programs = [name for name in names if ".data/scripts/" in name]
        rest = [name for name in names if name not in programs and ".dist-info/" not in name]
        report("programs and notices only", not rest and not any(name.endswith(".py") for name in names), str(rest))
        for notice in ("LICENSE", "THIRD_PARTY_NOTICES.md", "LGPL-2.1.txt"):
            report(f"holds {notice}", any(name.endswith("/" + notice) for name in names))
        return sorted(pathlib.Path(name).name for name in programs)


def check_program(wheel, folder):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    program = next(folder.glob("*.data/scripts/docathon-lint"))
    program.chmod(0o755)
    dynamic = run(["readelf", "-ld", program]).stdout
    report("docathon-lint is fully static", "INTERP" not in dynamic and "NEEDED" not in dynamic)
    symbols = run(["readelf", "-W", "--dyn-syms", "--version-info", program]).stdout
    versions = sorted(set(re.findall(r"GLIBC_(\d+\.\d+)", symbols)), key=lambda text: [int(n) for n in text.split(".")])
    report("GLIBC symbols of docathon-lint", not versions or versions[-1] <= "2.28", ", ".join(versions) or "none")
    if os.geteuid() == 0:
        empty = folder / "empty"
        (empty / "docs").mkdir(parents=True)
        shutil.copy(program, empty / "docathon-lint")
        (empty / "docs" / "a.md").write_text("# A\n\n[x](gone.md)\n")
        done = run(["chroot", empty, "/docathon-lint", "/docs"])
        report("runs in a root folder with nothing else in it",
               done.returncode == 1 and "no file 'docs/gone.md'" in done.stdout.replace("'gone.md'", "'docs/gone.md'"),
               (done.stdout + done.stderr).splitlines()[0] if done.stdout + done.stderr else "")


def check_install(wheel, folder):
    venv = folder / "venv"
    run([sys.executable, "-m", "venv", venv])
    begin = time.monotonic()
    tools = folder / "tools"
    tools.mkdir()
    for name in ("git", "sh", "env"):
        (tools / name).symlink_to(shutil.which(name))
    environment = {"PATH": f"{venv / 'bin'}:{tools}", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    done = run([venv / "bin" / "python", "-m", "pip", "install", "--no-index", "--no-deps", "--quiet", wheel], env=environment)
    report("pip installs it without a compiler", done.returncode == 0, f"{time.monotonic() - begin:.1f} s {done.stderr.strip()}")
    (folder / "project").mkdir()
    (folder / "project" / "a.md").write_text("# A\n\n[x](gone.md)\n")
    done = run(["docathon-lint"], env=environment, cwd=folder / "project")
    report("the program works", done.returncode == 1 and "[links/missing-target]" in done.stdout, done.stderr.strip())
    done = run(["docathon-lint", "links", "check", "--no-cache"], env=environment, cwd=folder / "project")
    report("links check works by the sibling", done.returncode == 0, done.stderr.strip())
    done = run(["docathon-lint", "links", "check", "--no-such-flag"], env=environment, cwd=folder / "project")
    report("exit codes are the sibling's", done.returncode == 2 and "--no-such-flag" in done.stderr)
    sibling = venv / "bin" / "docathon-lint-links"
    if sibling.exists():
        sibling.write_text("#!/bin/sh\necho 'version GLIBC_9.99 not found' >&2\nexit 1\n")
        done = run(["docathon-lint", "links", "check"], env=environment, cwd=folder / "project")
        report("a sibling that cannot run is an error, no finding",
               done.returncode == 2 and "GLIBC_9.99" in done.stderr, done.stderr.strip())
        sibling.unlink()
        done = run(["docathon-lint", "links", "check"], env=environment, cwd=folder / "project")
        report("without the sibling, links says what is missing",
               done.returncode == 2 and "static" in done.stderr, done.stderr.strip())


def check_sdist(sdist, folder, build_it):
    with tarfile.open(sdist) as archive:
        names = archive.getnames()
        archive.extractall(folder, filter="data")
    inside = [name.split("/", 1)[1] for name in names if "/" in name]
    for name in ("CMakeLists.txt", "pyproject.toml", "lint/cli/main.cpp", "rules/presets/core.yaml", "LICENSE",
                 "third_party/cmark-gfm/third_party/cmark/src/cmark-gfm.h", "third_party/tree-sitter-python/src/scanner.c"):
        report(f"sdist holds {name}", name in inside)
    unwanted = [name for name in inside if name.startswith(("build/", ".git/"))]
    report("sdist holds no build", not unwanted, ", ".join(unwanted[:3]))
    if build_it:
        source = next(path for path in folder.iterdir() if path.is_dir() and (path / "pyproject.toml").exists())
        out = folder / "out"
        out.mkdir()
        build("wheel", source, out, ["unshare", "-n"] if os.geteuid() == 0 else [])
        report("the sdist builds without a network", True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheel", type=pathlib.Path)
    parser.add_argument("--sdist", type=pathlib.Path)
    parser.add_argument("--no-sdist-build", action="store_true")
    options = parser.parse_args()
    version = re.search(r"project\(docathon-lint VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text()).group(1)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part in ("wheel", "sdist", "content", "install", "unpacked"):
            (folder / part).mkdir()
        wheel = (options.wheel or build("wheel", ROOT, folder / "wheel")).resolve()
        programs = check_content(wheel, version)
        print("     programs:", ", ".join(programs))
        check_program(wheel, folder / "content")
        audit = run([sys.executable, "-m", "auditwheel", "show", wheel])
        print("     auditwheel:", " ".join((audit.stdout + audit.stderr).split()))
        check_install(wheel, folder / "install")
        sdist = options.sdist or build("sdist", ROOT, folder / "sdist")
        check_sdist(sdist, folder / "unpacked", not options.no_sdist_build)
    print(f"{failures} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
