"""Many texts at once."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import scholiast

pa = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def analyzer(corpus: Path) -> scholiast.Analyzer:
    return scholiast.Analyzer.of_folder(corpus)


def texts_of(corpus: Path) -> tuple[list[bytes], list[str]]:
    files = sorted(corpus.rglob("*.txt"))
    return [file.read_bytes() for file in files], [file.relative_to(corpus).as_posix() for file in files]


def test_columns_are_the_rows(analyzer: scholiast.Analyzer, corpus: Path) -> None:
    texts, paths = texts_of(corpus)
    for threads in (None, 1, 3):
        columns = analyzer.batch(texts, paths, threads=threads)
        table = pa.record_batch(columns)
        table.validate(full=True)
        rows = [row for row in table.to_pylist() if row["error"] is None]
        expected = [mention for text, path in zip(texts, paths) for mention in analyzer.mentions(text, path)]
        assert len(expected) > 100
        for row, mention in zip(rows, expected, strict=True):
            assert paths[row["document"]] == row["path"]
            assert (row["start"], row["end"]) == (mention.start, mention.end)
            given = {name: value for name, value in row.items() if value is not None}
            assert {name: given[name] for name in mention.to_dict()} == mention.to_dict()
    broken = [row for row in table.to_pylist() if row["error"] is not None]
    assert {row["error"] for row in broken} == {"the text is not UTF-8"}
    assert pa.table(columns).num_rows == len(columns) == table.num_rows


def test_findings_as_columns(analyzer: scholiast.Analyzer, corpus: Path) -> None:
    texts, paths = texts_of(corpus)
    beside = [(corpus / path).with_suffix(".ann") for path in paths]
    annotations = [file.read_bytes() if file.exists() else None for file in beside]
    table = pa.record_batch(analyzer.batch(texts, paths, rows="findings", annotations=annotations))
    table.validate(full=True)
    expected = [
        finding
        for text, path, given in zip(texts, paths, annotations)
        for finding in analyzer.check(text, path, annotations=given)
    ]
    assert len(expected) > 100
    for row, finding in zip(table.to_pylist(), expected, strict=True):
        given = {name: value for name, value in row.items() if value is not None}
        wanted = finding.to_dict()
        assert {name: given[name] for name in wanted} == wanted


def test_pieces_are_the_batch(analyzer: scholiast.Analyzer, corpus: Path) -> None:
    texts, paths = texts_of(corpus)
    for rows in ("mentions", "findings"):
        whole = pa.table(analyzer.batch(texts, paths, rows=rows))
        pieces = [pa.record_batch(columns) for columns in analyzer.pieces(texts, paths, rows=rows)]
        assert pa.Table.from_batches(pieces).combine_chunks().equals(whole.combine_chunks())
    # The rows of one text come in pieces too, and other texts before and behind them.
    large = analyzer.pieces(["ngày 3/4", "Đà Lạt\n" * 10_000, None])
    documents = [pa.record_batch(columns)["document"].to_pylist() for columns in large]
    assert len(documents) > 2 and max(map(len, documents)) < 5_000
    assert [document for piece in documents for document in piece] == [0] + [1] * 10_000 + [2]
    assert list(large) == []
    (nothing,) = analyzer.pieces([])
    assert (len(nothing), nothing.column_names) == (0, analyzer.batch([]).column_names)


def test_pieces_that_nobody_takes_end_their_thread(analyzer: scholiast.Analyzer) -> None:
    threads = Path("/proc/self/task")
    if not threads.exists():
        pytest.skip("no list of threads")
    before = len(list(threads.iterdir()))
    for _ in range(20):
        next(analyzer.pieces(["Đà Lạt\n" * 20_000]))
    until = time.monotonic() + 60
    while len(list(threads.iterdir())) > before and time.monotonic() < until:
        time.sleep(0.05)
    assert len(list(threads.iterdir())) <= before


def test_missing_texts_are_rows_with_errors(analyzer: scholiast.Analyzer) -> None:
    columns = analyzer.batch(["Đà Lạt", None, "Đà Lạt"], ["a.txt", "b.txt", None])
    rows = pa.record_batch(columns).to_pylist()
    assert [(row["document"], row["path"], row["kind"], row["error"]) for row in rows] == [
        (0, "a.txt", "place", None),
        (1, "b.txt", None, "the text is null"),
        (2, None, None, "the path is null"),
    ]
    assert pa.record_batch(analyzer.batch([])).num_rows == 0
    with pytest.raises(ValueError, match="give one for each"):
        analyzer.batch(["a"], ["a", "b"])
    with pytest.raises(TypeError, match="not one text"):
        analyzer.batch("Đà Lạt")


def test_a_bad_value_spoils_no_other(analyzer: scholiast.Analyzer) -> None:
    texts = ["Đà Lạt", 3, float("nan"), "\ud800", b"\xff", "Đà Lạt", "Đà Lạt", "Đà Lạt"]
    paths = ["a", "b", "c", "d", "e", "\udcff", 7, None]
    errors = [
        None,
        "the text must be str or bytes, not int",
        "the text is null",
        "the text has lone surrogates, which UTF-8 cannot hold; decode its bytes again",
        "the text is not UTF-8",
        "the path has lone surrogates, which UTF-8 cannot hold; decode its bytes again",
        "the path must be str or os.PathLike, not int",
        "the path is null",
    ]
    for threads in (1, None):
        rows = pa.record_batch(analyzer.batch(texts, paths, threads=threads)).to_pylist()  # type: ignore[arg-type]
        assert [(row["document"], row["error"]) for row in rows] == list(enumerate(errors))
    beside = [None, 5]
    rows = pa.record_batch(
        analyzer.batch(["", ""], rows="findings", annotations=beside)  # type: ignore[arg-type]
    ).to_pylist()
    assert [row["error"] for row in rows] == ["of the annotations: the text must be str or bytes, not int"]


def test_a_table_is_no_column(analyzer: scholiast.Analyzer) -> None:
    pandas = pytest.importorskip("pandas")
    columns = {"text": ["Đà Lạt"]}
    for table in (columns, pa.table(columns), pandas.DataFrame(columns)):
        with pytest.raises(TypeError, match="one column of a table"):
            analyzer.batch(table)


def test_mentions_as_a_data_frame(analyzer: scholiast.Analyzer) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(analyzer.mentions("Đà Lạt, Đà Lạt"))
    assert frame[["start", "kind", "id"]].values.tolist() == [[0, "place", "da-lat"], [8, "place", "da-lat"]]


def test_columns_of_other_libraries(analyzer: scholiast.Analyzer) -> None:
    pandas = pytest.importorskip("pandas")
    expected = pa.record_batch(analyzer.batch(["Đà Lạt", None]))
    for texts in (
        pa.array(["Đà Lạt", None]),
        pa.chunked_array([["Đà Lạt"], [None]]),
        pandas.Series(["Đà Lạt", None]),
        pandas.Series(["Đà Lạt", pandas.NA], dtype="string"),
        ("Đà Lạt", None),
        (text for text in ("Đà Lạt", None)),
    ):
        assert pa.record_batch(analyzer.batch(texts)).equals(expected)


def test_importing_needs_no_other_package() -> None:
    code = "import sys, scholiast; assert not {'pyarrow', 'pyspark', 'spacy', 'pandas', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def _rows_in_child(analyzer: scholiast.Analyzer) -> int:
    return len(analyzer.batch(["Đà Lạt"] * 10))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_children_have_threads_of_their_own(analyzer: scholiast.Analyzer) -> None:
    assert _rows_in_child(analyzer) == 10
    with multiprocessing.get_context("fork").Pool(2) as pool:
        assert pool.map_async(_rows_in_child, [analyzer] * 4).get(timeout=60) == [10] * 4


INTERRUPTED = """
import os, pathlib, scholiast, signal, sys, threading
# A shell that runs the tests in the background has switched interrupts off for all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
analyzer = scholiast.Analyzer()
text = "Quyết định số 752/QD-TTg ngày 23/6/2023 và ngày 31/4/2566. " * 20000
pathlib.Path("a.txt").write_text(text, encoding="utf-8")
again = {
    "batch": lambda: analyzer.batch([text[: 1 << 20]] * 200),
    "one thread": lambda: analyzer.batch([text[: 1 << 20]] * 200, threads=1),
    "pieces": lambda: list(analyzer.pieces([text[: 1 << 20]] * 200)),
    "suggest": lambda: analyzer.suggest([text] * 200),
    "folder": lambda: scholiast.Corpus("a.txt").check(),
}[sys.argv[1]]
threading.Timer(0.7, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
try:
    while True:
        again()
except KeyboardInterrupt:
    print("interrupted")
"""


@pytest.mark.parametrize("what", ["batch", "one thread", "pieces", "suggest", "folder"])
def test_an_interrupt_ends_it(what: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED, what],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.stdout == "interrupted\n", done.stderr
    assert done.returncode != -signal.SIGKILL
