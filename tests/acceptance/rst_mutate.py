#!/usr/bin/env python3
"""Damage reStructuredText files at random, as editing does, the same way for the same seed.

    rst_mutate.py --seed N --out FOLDER [--times 4] [--list FILE] [FILE...]

Each file gets --times changes: of lines (a blank line removed or put in, a line removed, doubled or swapped with the next,
one column more or less of indentation, an underline shortened) and of characters (one that has a meaning in rST removed,
doubled or put in). What happens to a file depends on the seed, the file's position and its bytes alone. The results are
FOLDER/00000.rst, ...; FOLDER/list names them, one a line, and FOLDER/origin says what each was made of.
"""
import argparse
import pathlib
import random
import re

MARKS = "`*_|:.[]<>\\-=+~^\"'"


def line_change(lines, rng):
    kind = rng.choice(["unblank", "blank", "remove", "double", "swap", "indent", "dedent", "underline"])
    fits = {
        "unblank": [i for i, x in enumerate(lines) if not x.strip()],
        "dedent": [i for i, x in enumerate(lines) if x.startswith(" ")],
        "indent": [i for i, x in enumerate(lines) if x.strip()],
        "underline": [i for i, x in enumerate(lines) if re.fullmatch(r"([^\w\s])\1{2,}", x)],
        "swap": list(range(len(lines) - 1)),
    }.get(kind, list(range(len(lines))))
    if not fits:
        return
    at = rng.choice(fits)
    if kind in ("unblank", "remove"):
        del lines[at]
    elif kind == "blank":
        lines.insert(at, "")
    elif kind == "double":
        lines.insert(at, lines[at])
    elif kind == "swap":
        lines[at], lines[at + 1] = lines[at + 1], lines[at]
    elif kind == "indent":
        lines[at] = " " + lines[at]
    elif kind == "dedent":
        lines[at] = lines[at][1:]
    else:
        lines[at] = lines[at][: -rng.randint(1, 2)]


def character_change(lines, rng):
    kind = rng.choice(["remove", "remove", "double", "put in"])
    at = rng.randrange(len(lines))
    if kind != "put in":
        # A line that has a mark: look from a random one on.
        for step in range(len(lines)):
            if any(c in MARKS for c in lines[(at + step) % len(lines)]):
                at = (at + step) % len(lines)
                break
        else:
            return
    line = lines[at]
    if kind == "put in":
        column = rng.randint(0, len(line))
        lines[at] = line[:column] + rng.choice(MARKS) + line[column:]
        return
    column = rng.choice([i for i, c in enumerate(line) if c in MARKS])
    lines[at] = line[:column] + (line[column] * 2 if kind == "double" else "") + line[column + 1 :]


def mutate(text, rng, times):
    lines = text.split("\n")
    for _ in range(times):
        rng.choice([line_change, character_change])(lines, rng)
        lines = lines or [""]
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--times", type=int, default=4)
    parser.add_argument("--list", type=pathlib.Path, help="a file with one path a line")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    options = parser.parse_args()
    files = list(options.files)
    if options.list:
        files += [pathlib.Path(x) for x in options.list.read_text().split("\n") if x]
    options.out.mkdir(parents=True, exist_ok=True)
    made, origin = [], []
    for number, path in enumerate(files):
        rng = random.Random(options.seed * 1_000_003 + number)
        text = path.read_bytes().decode("utf-8-sig", "replace")
        out = options.out / f"{number:05}.rst"
        out.write_bytes(mutate(text, rng, options.times).encode("utf-8"))
        made.append(str(out))
        origin.append(f"{out.name}\t{path}")
    (options.out / "list").write_text("".join(x + "\n" for x in made))
    (options.out / "origin").write_text("".join(x + "\n" for x in origin))
    print(f"{len(made)} files, {options.times} changes each, seed {options.seed}")


if __name__ == "__main__":
    main()
