"""Counts the instructions of five workloads and compares them with benches/instructions.txt.

Usage: python3 benches/instructions.py SCHOLIAST PROSE    (the program, built with --release, and the generator)

Fails where a workload takes 5 % more than written there, if the compiler is the one of these figures; with another one
the difference is only shown. With SCHOLIAST_UPDATE=1 the figures of today are written instead.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FIGURES = Path(__file__).with_name("instructions.txt")
MOST = 1.05
# Name, languages, bytes, findings, people.
WORKLOADS = [
    ("one small file", "th,vi,en", 2_000, 1, 0),
    ("English prose", "en", 200_000, 0, 0),
    ("Vietnamese law", "vi", 200_000, 0, 0),
    ("Thai news", "th", 200_000, 0, 0),
    ("three languages, 1,000 people, 1,000 findings", "th,vi,en", 300_000, 1_000, 1_000),
]


def count(scholiast: str, folder: str) -> int:
    """Instructions of a check of a folder on one thread, without a cache."""
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", scholiast]
        command += ["check", "--no-cache", "--threads", "1", "--format", "concise", folder]
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    found = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode not in (0, 1) or not found:
        raise SystemExit(f"{' '.join(command)}: {run.stderr[-500:]}")
    return int(found[1])


def main() -> int:
    scholiast, prose = sys.argv[1:]
    rustc = subprocess.run(["rustc", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    counted = {}
    for name, languages, size, findings, people in WORKLOADS:
        with tempfile.TemporaryDirectory() as folder:
            words = [prose, folder, languages, str(size), "1", str(findings), str(people)]
            subprocess.run(words, check=True)
            counted[name] = count(scholiast, folder)
    if os.environ.get("SCHOLIAST_UPDATE"):
        lines = [f"compiler: {rustc}"] + [f"{name}: {number}" for name, number in counted.items()]
        FIGURES.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"written to {FIGURES}")
        return 0
    known = dict(line.rsplit(": ", 1) for line in FIGURES.read_text(encoding="utf-8").splitlines())
    is_same = known.pop("compiler", "") == rustc
    if not is_same:
        print(f"{FIGURES} was made with another compiler than {rustc}: differences are shown and count for nothing")
    slow = []
    for name, number in counted.items():
        ratio = number / int(known[name]) if name in known else 1.0
        print(f"{name}: {number:,} instructions, {ratio:.3f} of the figure in the repository")
        if ratio > MOST:
            slow.append(name)
    if slow and is_same:
        print(f"slower by more than 5 %: {', '.join(slow)}")
        print("where that is meant: SCHOLIAST_UPDATE=1 .ci/run instructions", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
