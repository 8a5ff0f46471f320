"""Figures of speed, as docs/performance.md and docs/scale.md have them.

`python python/benches/speed.py FOLDER [--write MB] [--spark]`: FOLDER is a corpus of UTF-8 texts (`*.txt`) with a
`scholiast.toml`; `--write` makes one there, of lines of the seed texts in files of 10 kB, with the seeds' registry. Each
figure is the best of several runs, by the clock and in processor time (user and system, of all threads): the second says
something on a machine that others use too. The program runs with `--no-cache`, its output thrown away.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import scholiast
from scholiast.__main__ import find_program


class Taken(NamedTuple):
    """The least that some runs took, in seconds."""

    clock: float
    processor: float


def best(run: Callable[[], Any], times: int) -> Taken:
    """The least that some runs took; processor time includes that of processes which they waited for."""
    taken = []
    for _ in range(times):
        start, before = time.perf_counter(), os.times()
        run()
        clock, after = time.perf_counter() - start, os.times()
        taken.append((clock, sum(after[:4]) - sum(before[:4])))
    return Taken(*(min(values) for values in zip(*taken)))


def row(what: str, taken: Taken, size: int) -> None:
    speeds = (f"{seconds:.3f} s, {size / max(seconds, 1e-9) / 1e6:.1f} MB/s" for seconds in taken)
    print(f"| {what} | {' | '.join(speeds)} |", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--write", type=int, metavar="MB")
    arguments.add_argument("--spark", action="store_true")
    arguments.add_argument("--times", type=int, default=3)
    given = arguments.parse_args()
    folder, times = given.folder, given.times
    if given.write is not None:
        write(folder, given.write)
    files = sorted(folder.rglob("*.txt"))
    texts = [file.read_bytes().decode() for file in files]
    paths = [file.relative_to(folder).as_posix() for file in files]
    size = sum(len(text.encode()) for text in texts)
    print(f"{len(files)} texts, {size / 1e6:.1f} MB, {os.cpu_count()} cores")
    analyzer = scholiast.Analyzer.of_folder(folder)

    def program(command: str, *more: str) -> None:
        subprocess.run(
            [find_program(), command, ".", "--no-cache", "--format", "jsonl", *more],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )

    row("`scholiast mentions`", best(lambda: program("mentions"), times), size)
    row("`.batch(texts)`", best(lambda: analyzer.batch(texts, paths), times), size)
    row("`.batch(texts, threads=1)`", best(lambda: analyzer.batch(texts, paths, threads=1), times), size)
    row(
        "`.mentions(text)` each",
        best(lambda: [analyzer.mentions(text, path) for text, path in zip(texts, paths)], times),
        size,
    )
    row("`scholiast check`", best(lambda: program("check"), times), size)
    row('`.batch(texts, rows="findings")`', best(lambda: analyzer.batch(texts, paths, rows="findings"), times), size)
    call(analyzer, texts)
    large(analyzer, texts)
    if given.spark:
        spark(analyzer, texts, paths, size, times)


def write(folder: Path, megabytes: int) -> None:
    """Writes a corpus of lines of the seed texts, in another order in each file."""
    seeds = Path(__file__).resolve().parents[2] / "seeds"
    folder.mkdir(parents=True)
    for file in seeds.rglob("*.toml"):
        (folder / file.relative_to(seeds)).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, folder / file.relative_to(seeds))
    lines = [line for file in sorted(seeds.rglob("*.txt")) for line in file.read_text(encoding="utf-8").splitlines()]
    dice = random.Random(1)
    for number in range(megabytes * 100):
        taken: list[str] = []
        size = 0
        while size < 10_000:
            taken.append(dice.choice(lines))
            size += len(taken[-1].encode()) + 1
        (folder / f"{number:06}.txt").write_text("\n".join(taken) + "\n", encoding="utf-8", newline="")


def call(analyzer: scholiast.Analyzer, texts: list[str]) -> None:
    """One call for a kilobyte, over what the recogniser takes for it."""
    short = [text.encode()[:1024].decode(errors="ignore") for text in texts[:2000]]
    looks: dict[str, Callable[[], Any]] = {
        "a call for 1 KB": lambda: [analyzer.mentions(text) for text in short],
        # Batches spread the cost of a call over many texts.
        "in a batch": lambda: analyzer.batch(short, threads=1),
        "for nothing": lambda: [analyzer.mentions("") for _ in short],
    }
    for what, look in looks.items():
        clock, processor = (seconds / len(short) * 1e6 for seconds in best(look, 9))
        print(f"{what}: {clock:.1f} µs by the clock, {processor:.1f} µs of processor time", flush=True)
    found = sum(len(analyzer.mentions(text)) for text in short)
    print(f"mentions in 1 KB: {found / len(short):.1f}")


def spark(analyzer: scholiast.Analyzer, texts: list[str], paths: list[str], size: int, times: int) -> None:
    """Two executors of one core each."""
    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    from pyspark.sql import SparkSession

    from scholiast import spark as on_spark

    session = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    crawl = session.sparkContext.parallelize(list(zip(paths, texts)), 32).toDF("path string, text string")
    where = Path("target/crawl.parquet").absolute()
    crawl.write.mode("overwrite").parquet(str(where))
    crawl = session.read.parquet(str(where))
    print(f"Parquet: {sum(file.stat().st_size for file in where.iterdir()) / 1e6:.1f} MB")
    on_spark.mentions(crawl.limit(10), analyzer).count()
    written = lambda df: df.write.mode("overwrite").format("noop").save()  # noqa: E731
    # The executors' processor time is not this process's: by the clock alone.
    row("Spark `mentions`, two executors", best(lambda: written(on_spark.mentions(crawl, analyzer)), times), size)

    def check() -> None:
        found = on_spark.check(crawl, analyzer)
        written(found)
        on_spark.release(found)

    row("Spark `check`, two executors", best(check, times), size)
    print(f"the largest Python worker took {largest_worker() / 1e6:.0f} MB")
    said(analyzer, texts, paths)
    session.stop()


def largest_worker() -> int:
    """The most memory that any of Spark's Python processes has ever held, in bytes."""
    most = 0
    for process in Path("/proc").iterdir():
        try:
            if process.name.isdigit() and "pyspark/daemon" in (process / "cmdline").read_text().replace(".", "/"):
                for line in (process / "status").read_text().splitlines():
                    if line.startswith("VmHWM:"):
                        most = max(most, int(line.split()[1]) * 1024)
        except OSError:
            continue
    return most


def large(analyzer: scholiast.Analyzer, texts: list[str]) -> None:
    """One document of 50 MB, which one thread looks at."""
    text = "\n".join(texts)
    text = (text * (50_000_000 // len(text.encode()) + 1)).encode()[:50_000_000].decode(errors="ignore")
    row("one text of 50 MB", best(lambda: analyzer.batch([text], threads=1), 1), 50_000_000)


def said(analyzer: scholiast.Analyzer, texts: list[str], paths: list[str]) -> None:
    """The bytes that documents say to each other."""
    import pyarrow

    from scholiast import parts

    rows = pyarrow.record_batch(parts.judge_alone(analyzer, texts, paths)).select(["part", "key", "path", "payload"])
    for part in ("says", "asks"):
        of = [row for row in rows.to_pylist() if row["part"] == part]
        fields = [value for row in of for value in (row["key"], row["path"], row["payload"]) if value is not None]
        size = sum(len(value.encode() if isinstance(value, str) else value) for value in fields)
        print(f"{part}: {len(of)} rows, {size} bytes, {size / len(texts):.0f} bytes a document")


if __name__ == "__main__":
    main()
