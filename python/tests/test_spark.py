"""Spark: the findings of any number of partitions are those of the program."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command import printed
from command import scholiast as run
from conftest import write_corpus

import scholiast

pytest.importorskip("pyspark")
import pyarrow as pa  # noqa: E402
import pyarrow.parquet as parquet  # noqa: E402
from pyspark.sql import DataFrame, SparkSession  # noqa: E402
from pyspark.sql import functions as sql  # noqa: E402

from scholiast import spark as on_spark  # noqa: E402

# On request: `SCHOLIAST_SPARK_MB=200 pytest tests/test_spark.py` is the whole of it.
MEGABYTES = int(os.environ.get("SCHOLIAST_SPARK_MB", "0"))
MASTER = os.environ.get("SCHOLIAST_SPARK_MASTER", "local[2]")
IS_CLUSTER = MASTER.startswith("local-cluster")


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which Spark keeps shuffle files and what is persisted."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def session(scratch: Path) -> Iterator[SparkSession]:
    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_HOSTNAME="localhost")
    session = (
        SparkSession.builder.master(MASTER)
        .appName("scholiast")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.local.dir", str(scratch))
        .config("spark.sql.shuffle.partitions", "5")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "500")
        .config("spark.executor.memory", "1024m")
        .config("spark.executorEnv.PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of `SCHOLIAST_SPARK_MB`, else of some hundred kilobytes."""
    folder = tmp_path_factory.mktemp("big")
    if MEGABYTES == 0:
        write_corpus(folder, 300, 12, seed=7)
    else:
        # A line has some 130 bytes. As in a crawl, most of them are about nothing that has a rule.
        write_corpus(folder, MEGABYTES * 100, 77, seed=7, plain=0.9)
    return folder


@pytest.fixture(scope="module")
def expected(big: Path) -> list[str]:
    """The sums of the lines that the program prints: the lines themselves may be a gigabyte."""
    return sorted(hashlib.md5(line.removesuffix(b"\n")).hexdigest() for line in printed("check", folder=big))


def documents(session: SparkSession, folder: Path, partitions: int) -> DataFrame:
    """The documents of a corpus. They are read from Parquet: what Python hands over is slow, and in each test anew."""
    crawl = folder.with_name(f"{folder.name}.parquet")
    if not crawl.exists():
        crawl.mkdir()
        files = sorted(folder.rglob("*.txt"))
        besides = [file.with_suffix(".ann") for file in files]
        lots = 8
        for lot in range(lots):
            columns = {
                "path": [file.relative_to(folder).as_posix() for file in files[lot::lots]],
                "content": [file.read_bytes() for file in files[lot::lots]],
                "ann": pa.array([file.read_bytes() if file.exists() else None for file in besides[lot::lots]], pa.binary()),
            }
            parquet.write_table(pa.table(columns), crawl / f"{lot}.parquet")
    return session.read.parquet(str(crawl)).repartition(partitions)


def sums(found: DataFrame) -> list[str]:
    """The sums of the rows' JSON, after a look that no row is an error."""
    rows = found.select(sql.md5("json").alias("sum"), "error").collect()
    assert [row.error for row in rows if row.error is not None] == []
    return sorted(row.sum for row in rows)


@pytest.mark.parametrize("partitions", [1, 2, 7, 64])
def test_partitions_change_no_byte(session: SparkSession, big: Path, expected: list[str], partitions: int) -> None:
    analyzer = scholiast.Analyzer.of_folder(big)
    found = on_spark.check(documents(session, big, partitions), analyzer, content="content", ann="ann")
    assert sums(found) == expected
    assert found.filter("code = 'decree/conflicting-dates'").count() > 0
    on_spark.release(found)


def test_rows_of_the_columns(session: SparkSession, corpus: Path) -> None:
    analyzer = scholiast.Analyzer.of_folder(corpus)
    given = documents(session, corpus, 3)
    found = on_spark.check(given, analyzer, content="content", ann="ann")
    assert found.schema == on_spark.FINDINGS
    # Spark writes the columns of the contract as the program does.
    as_json = found.drop("start", "end", "error", "json").toJSON().collect()
    assert sorted(as_json) == sorted(run("check", folder=corpus))
    listed = on_spark.mentions(given, analyzer, content="content")
    assert listed.schema == on_spark.MENTIONS
    texts = {row.path: row.content for row in given.collect()}
    rows = [row for row in listed.collect() if row.error is None]
    expected = [mention for path, text in texts.items() for mention in analyzer.mentions(text, path)]
    assert sorted((row.path, row.start, row.end, row.kind, row.id or "") for row in rows) == sorted(
        (mention.path, mention.start, mention.end, mention.kind, mention.id or "") for mention in expected
    )


def test_text_columns_of_other_names(session: SparkSession) -> None:
    analyzer = scholiast.Analyzer()
    given = session.createDataFrame(
        [("a", "Quyết định 12/QD-BTS ngày 31/4/2023"), ("b", None), (None, "x")], "url string, body string"
    )
    rows = on_spark.check(given, analyzer, text="body", path="url").collect()
    errors = sorted((row.path or "", row.error) for row in rows if row.error is not None)
    assert errors == [("", "the path is null"), ("b", "the text is null")]
    assert {row.path for row in rows if row.error is None} == {"a"}
    listed = on_spark.mentions(given, analyzer, given["body"], given["url"]).collect()
    assert sorted(row.error for row in listed if row.error) == ["the path is null", "the text is null"]


def test_columns_that_are_no_texts_are_refused(session: SparkSession) -> None:
    analyzer = scholiast.Analyzer()
    given = session.createDataFrame([("a", 3, ["x"])], "path string, number int, list array<string>")
    for column in ("number", "list"):
        for look in (on_spark.mentions, on_spark.check):
            with pytest.raises(TypeError, match=f"the column '{column}' is .*; texts are string or binary"):
                look(given, analyzer, text=column)
    with pytest.raises(Exception, match="`text`"):
        on_spark.mentions(given, analyzer)


@pytest.mark.parametrize("partitions", [1, 3])
def test_two_rows_with_one_path_are_two_documents(session: SparkSession, partitions: int) -> None:
    dated = "Quyết định số 12/QĐ-BTS ngày {}/3/2023.\n"
    texts = [("a", dated.format(5)), ("a", dated.format(6)), ("b", dated.format(5)), ("b", "Không có gì.\n")]

    def judged(rows: list[tuple[str, str]]) -> list[tuple[str, str, int]]:
        given = session.createDataFrame(rows, "path string, text string").repartition(partitions)
        found = on_spark.check(given, scholiast.Analyzer())
        listed = sorted((row.path[0], row.code, row.start) for row in found.collect())
        on_spark.release(found)
        return listed

    expected = judged([(f"{name}{number}", text) for number, (name, text) in enumerate(texts)])
    assert {code for _, code, _ in expected} >= {"decree/conflicting-dates"}
    assert judged(texts) == expected


def test_a_worker_of_another_version_is_refused() -> None:
    sent = pickle.dumps(on_spark._Sent(scholiast.Analyzer()))
    assert isinstance(pickle.loads(sent), scholiast.Analyzer)
    version = scholiast.__version__
    older = sent.replace(version.encode(), b"0" * len(version))
    with pytest.raises(RuntimeError, match=f"the driver has scholiast 0+, this worker has {version}: install the same"):
        pickle.loads(older)


def test_nothing_to_judge(session: SparkSession) -> None:
    analyzer = scholiast.Analyzer.from_texts('[corpus]\ninclude = ["a/*.txt"]\n')
    empty = session.createDataFrame([], "path string, text string")
    assert [row.code for row in on_spark.check(empty, analyzer).collect()] == ["config/no-match"]
    assert on_spark.mentions(empty, analyzer).count() == 0


def test_one_large_document_among_small_ones(session: SparkSession) -> None:
    text = "Quyết định số 12/QĐ-BTS ngày 5/3/2023 về Đà Lạt.\n" * 60_000
    given = session.createDataFrame(
        [("big", text)] + [(f"{n}", "ngày 31/4/2023") for n in range(50)], "path string, text string"
    )
    listed = on_spark.mentions(given.repartition(4), scholiast.Analyzer())
    assert listed.filter("path = 'big'").count() == 120_000


def test_lost_shuffle_files_are_made_again(
    session: SparkSession, scratch: Path, big: Path, expected: list[str]
) -> None:
    analyzer = scholiast.Analyzer.of_folder(big)
    judged = on_spark.check(documents(session, big, 6), analyzer, content="content", ann="ann")
    found = judged.select(sql.md5("json").alias("sum"))
    assert sorted(row.sum for row in found.collect()) == expected
    lost = [file for file in scratch.rglob("shuffle_*.data") if file.is_file()]
    for file in lost:
        file.unlink()
    assert lost
    session.sparkContext.setJobGroup("again", "what is lost is made again")
    assert sorted(row.sum for row in found.collect()) == expected
    tracker = session.sparkContext.statusTracker()
    jobs = [tracker.getJobInfo(job) for job in tracker.getJobIdsForGroup("again")]
    stages = [tracker.getStageInfo(stage) for job in jobs if job is not None for stage in job.stageIds]
    assert any(stage is not None and stage.currentAttemptId > 0 for stage in stages), "nothing that was lost was needed"
    on_spark.release(judged)


@pytest.mark.parametrize("form", ["parquet", "json"])
def test_files_that_crawls_are_made_of(session: SparkSession, corpus: Path, form: str, tmp_path: Path) -> None:
    analyzer = scholiast.Analyzer.of_folder(corpus)
    files = [file for file in corpus.rglob("*.txt") if b"\xff" not in file.read_bytes()]
    texts = [(file.relative_to(corpus).as_posix(), file.read_bytes().decode()) for file in files]
    session.createDataFrame(texts, "path string, text string").write.format(form).save(str(tmp_path / "crawl"))
    crawl = session.read.format(form).load(str(tmp_path / "crawl"))
    on_spark.mentions(crawl, analyzer).write.parquet(str(tmp_path / "mentions"))
    written = session.read.parquet(str(tmp_path / "mentions"))
    expected = [(found.path, found.start, found.text) for path, text in texts for found in analyzer.mentions(text, path)]
    assert sorted((row.path, row.start, row.text) for row in written.collect()) == sorted(expected)


def test_broken_lines_of_json_end_no_job(session: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "crawl.jsonl").write_text('{"path": "a", "text": "ngày 31/4/2023"}\n{"path": "b", "te\nnonsense\n')
    crawl = session.read.schema("path string, text string").json(str(tmp_path / "crawl.jsonl"))
    rows = on_spark.check(crawl, scholiast.Analyzer()).collect()
    assert [row.code for row in rows if row.error is None] == ["date/impossible-day"]
    assert {row.error for row in rows if row.error is not None} <= {"the path is null", "the text is null"}
    assert len(rows) == 3


@pytest.mark.skipif(not IS_CLUSTER, reason="no executor to kill: SCHOLIAST_SPARK_MASTER=local-cluster[2,1,1024]")
def test_an_executor_is_killed(session: SparkSession, big: Path, expected: list[str]) -> None:
    analyzer = scholiast.Analyzer.of_folder(big)
    found = on_spark.check(documents(session, big, 16), analyzer, content="content", ann="ann")
    before = executors()
    assert len(before) == 2
    killed: list[int] = []

    def kill() -> None:
        # In the middle of the work: some tasks are done, others are not.
        tracker = session.sparkContext.statusTracker()
        for _ in range(600):
            stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
            if any(stage is not None and stage.numCompletedTasks > 1 for stage in stages):
                break
            time.sleep(0.05)
        killed.append(before[0])
        os.kill(before[0], signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    rows = sums(found)
    killer.join()
    assert rows == expected
    # Its shuffle files and what it kept are gone: whatever is asked again is computed again.
    assert sums(found) == expected
    on_spark.release(found)
    assert killed


def executors() -> list[int]:
    """The executors that this session's driver has started."""
    parents: dict[int, int] = {}
    commands: dict[int, str] = {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                status = (process / "stat").read_text().rsplit(")", 1)[1].split()
                commands[int(process.name)] = (process / "cmdline").read_text()
            except OSError:
                continue
            parents[int(process.name)] = int(status[1])

    def is_mine(process: int) -> bool:
        while process in parents:
            process = parents[process]
            if process == os.getpid():
                return True
        return False

    found = [process for process, command in commands.items() if "CoarseGrainedExecutorBackend" in command]
    return sorted(process for process in found if is_mine(process))
