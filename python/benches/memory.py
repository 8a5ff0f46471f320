"""The memory that one large text takes, as docs/scale.md has it.

`python python/benches/memory.py`: each figure is the most that a process of its own has ever held, the interpreter,
pyarrow and the text included. The pieces of rows are thrown away, as they are where an engine takes them.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow

import scholiast
from scholiast import parts

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def news(size: int) -> bytes:
    """Lines of the seed texts, in another order each time."""
    lines = [line for file in sorted(SEEDS.rglob("*.txt")) for line in file.read_bytes().splitlines(keepends=True)]
    dice = random.Random(1)
    text = bytearray()
    while len(text) < size:
        text += dice.choice(lines)
    return bytes(text)


def dense(size: int) -> bytes:
    """Every 22 bytes are a mention, and a finding with it."""
    line = "ngày 31/4/2023 nhé.\n".encode()
    return line * (size // len(line))


TEXTS: dict[str, Callable[[], bytes]] = {
    "50 MB of news lines": lambda: news(50_000_000),
    "5 MB, a mention every 22 bytes": lambda: dense(5_000_000),
    "50 MB without a mention": lambda: "Không có gì ở đây cả.\n".encode() * 1_851_851,
}

Pieces = Iterable[scholiast.Columns]
LOOKS: dict[str, Callable[[scholiast.Analyzer, bytes], Pieces]] = {
    "nothing": lambda analyzer, text: [],
    "`pieces(…)`, mentions": lambda analyzer, text: analyzer.pieces([text]),
    '`pieces(…, rows="findings")`': lambda analyzer, text: analyzer.pieces([text], rows="findings"),
    "`check` of Spark, each document alone": lambda analyzer, text: parts._alone(analyzer, [text], ["a"], None).pieces(),
    "`batch(…)`, mentions": lambda analyzer, text: [analyzer.batch([text], threads=1)],
    '`batch(…, rows="findings")`': lambda analyzer, text: [analyzer.batch([text], rows="findings", threads=1)],
}


def main() -> None:
    if len(sys.argv) == 3:
        print(measured(*sys.argv[1:]))
        return
    for text in TEXTS:
        for look in LOOKS:
            done = subprocess.run([sys.executable, __file__, text, look], stdout=subprocess.PIPE, text=True, check=True)
            print(f"| {text} | {look} | {done.stdout.strip()} |", flush=True)


def measured(text: str, look: str) -> str:
    """The rows and the memory of one look at one text."""
    analyzer = scholiast.Analyzer.of_folder(SEEDS)
    given = TEXTS[text]()
    rows = 0
    for columns in LOOKS[look](analyzer, given):
        rows += pyarrow.record_batch(columns).num_rows
    return f"{rows} rows | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


if __name__ == "__main__":
    main()
