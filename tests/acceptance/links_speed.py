#!/usr/bin/env python3
"""Asks many URLs over many loop-back hosts, in turns with lychee, under the same limits.

    links_speed.py --program build/release/docathon-lint [--lychee lychee] [--urls 10000]
                   [--hosts 200] [--runs 3] [--interval 50] [--per-host 4] [--at-once 64]
                   [--max-memory 64]

Both programs ask the same server (tests/cli/link_server.py) for the same pages by HEAD and remember
nothing. Printed are the medians of wall time, CPU time and peak memory. Exit code 1 if a limit is
not kept on the server's log, if a URL was not asked exactly once, if docathon-lint needs more memory
than allowed, or, with --lychee, if it is slower. No network is needed.
"""

import argparse
import collections
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SERVER = ROOT / "tests" / "cli" / "link_server.py"


class Server:
    def __init__(self, folder):
        self.log = folder / "log"
        self.process = subprocess.Popen(
            [sys.executable, str(SERVER), "--log", str(self.log), "--buffered", "--delay", "0.01"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1])

    def stop(self):
        self.process.stdin.close()
        self.process.wait()
        return [json.loads(line) for line in self.log.read_text().splitlines()]


def run(command, folder):
    """Wall seconds, CPU seconds, peak MiB, exit code."""
    begin = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - begin
    code = os.waitstatus_to_exitcode(status)
    if code != 0:
        sys.exit(f"{command[0]} ended with {code}: {error.decode(errors='replace')[-2000:]}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def offences(log, urls, options):
    """What the log says against the limits."""
    found = []
    asked = collections.Counter((entry["address"], entry["path"]) for entry in log)
    if len(asked) != urls or max(asked.values()) != 1:
        found.append(f"{len(asked)} URLs asked, at most {max(asked.values())} times; wanted {urls}, once")
    by_host = collections.defaultdict(list)
    for entry in log:
        by_host[entry["address"]].append(entry)
    for host, entries in by_host.items():
        begins = sorted(entry["begin"] for entry in entries)
        least = options.interval / 1000 * (len(begins) - 1)
        # Measured where requests arrive: single ones may come closer, all together may not.
        if begins[-1] - begins[0] < 0.97 * least - 0.05:
            found.append(f"{host}: {len(begins)} requests in {begins[-1] - begins[0]:.3f} s")
        times = sorted([(entry["begin"], 1) for entry in entries] + [(entry["end"], -1) for entry in entries])
        at_once = most = 0
        for _, step in times:
            at_once += step
            most = max(most, at_once)
        if most > options.per_host:
            found.append(f"{host}: {most} requests at once")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default=str(ROOT / "build" / "release" / "docathon-lint"))
    parser.add_argument("--lychee")
    parser.add_argument("--urls", type=int, default=10000)
    parser.add_argument("--hosts", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--interval", type=int, default=50, help="milliseconds between requests to a host")
    parser.add_argument("--per-host", type=int, default=4)
    parser.add_argument("--at-once", type=int, default=64)
    parser.add_argument("--max-memory", type=float, default=64, help="MiB")
    options = parser.parse_args()
    program = str(pathlib.Path(options.program).resolve())
    figures = collections.defaultdict(list)
    failed = False
    for number in range(options.runs):
        for name in ["docathon-lint"] + (["lychee"] if options.lychee else []):
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                server = Server(folder)
                pages = folder / "pages"
                pages.mkdir()
                lines = [f"- <http://127.0.{i % options.hosts // 250}.{i % options.hosts % 250 + 1}:"
                         f"{server.port}/page/{i}>" for i in range(options.urls)]
                (pages / "a.md").write_text("# Links\n\n" + "\n".join(lines) + "\n")
                if name == "lychee":
                    command = [options.lychee, "--no-progress", "-X", "head", "--max-retries", "0",
                               "--max-concurrency", str(options.at_once),
                               "--host-concurrency", str(options.per_host),
                               "--host-request-interval", f"{options.interval}ms", "a.md"]
                else:
                    command = [program, "links", "check", "--no-cache", "--allow-private", "127.0.0.0/8",
                               "--interval", f"{options.interval}ms", "--per-host", str(options.per_host),
                               "--at-once", str(options.at_once), "--budget", "10m"]
                    (pages / ".docathon-lint.yaml").write_text("version: 1\nlinks: {budget: {host: 10m}}\n")
                figures[name].append(run(command, pages))
                log = server.stop()
                bad = offences(log, options.urls, options)
                for line in bad[:10]:
                    print(f"{name}, run {number + 1}: {line}")
                failed = failed or (bool(bad) and name == "docathon-lint")
    medians = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    for name, (wall, cpu, memory) in medians.items():
        print(f"{name:14} {wall:7.2f} s wall  {cpu:6.2f} s cpu  {memory:6.1f} MiB  "
              f"({options.urls} URLs, {options.hosts} hosts, {options.runs} runs)")
    wall, _, memory = medians["docathon-lint"]
    if memory > options.max_memory:
        print(f"docathon-lint needs more than {options.max_memory} MiB")
        failed = True
    if "lychee" in medians and wall > medians["lychee"][0] * 1.02:
        print("docathon-lint is slower than lychee")
        failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, max(4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])))
    sys.exit(main())
