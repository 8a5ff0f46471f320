"""Whole crawls on Apache Spark.

`mentions` and `check` turn a DataFrame of documents into one of rows. A document is a row with a path and a text (or
the bytes of its file); `check` judges across partitions as the command line judges a folder: its `json` column, sorted,
is `scholiast check --format jsonl` over the same files.

The package must be installed where the executors run. Deliberately absent: reading and writing; Spark does that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol, cast

import pyarrow as pa
from pyspark import StorageLevel
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql
from pyspark.sql.types import (
    ArrayType,
    BinaryType,
    BooleanType,
    DataType,
    IntegerType,
    NullType,
    StringType,
    StructField,
    StructType,
)

from . import parts
from ._analyzer import Analyzer
from ._native import __version__

__all__ = ["FINDINGS", "MENTIONS", "check", "mentions", "release"]

LOT_BYTES = 4 << 20
"""Bytes of text that a worker looks at before it hands on what it found."""


def _struct(**fields: DataType) -> StructType:
    return StructType([StructField(name, kind, True) for name, kind in fields.items()])


_PAIR = ArrayType(IntegerType(), True)
_POSITION = _struct(line=IntegerType(), character=IntegerType())
_RANGE = _struct(start=_POSITION, end=_POSITION)
_EDITS = ArrayType(_struct(path=StringType(), bytes=_PAIR, text=StringType()), True)
_FIX = _struct(title=StringType(), safe=BooleanType(), edits=_EDITS)
_RELATED = ArrayType(_struct(path=StringType(), bytes=_PAIR, message=StringType()), True)

def _rows_with(**own: DataType) -> StructType:
    """The columns that all rows have, around those of one command."""
    return _struct(
        path=StringType(),
        text=StringType(),
        bytes=_PAIR,
        chars=_PAIR,
        range=_RANGE,
        **own,
        start=IntegerType(),
        end=IntegerType(),
        error=StringType(),
    )


MENTIONS = _rows_with(
    kind=StringType(),
    id=StringType(),
    candidates=ArrayType(StringType(), True),
    holder=StringType(),
    value=StringType(),
    resolved=StringType(),
    era=StringType(),
    number=StringType(),
    year=IntegerType(),
    type=StringType(),
    agency=StringType(),
    label=StringType(),
    extent=_PAIR,
    via=StringType(),
)
"""The columns of `mentions`: those of the rows of `scholiast mentions`; `start` and `end` in code points; `error`."""

_FOUND = _rows_with(code=StringType(), severity=StringType(), message=StringType(), fix=_FIX, related=_RELATED)

FINDINGS = StructType([*_FOUND.fields, *_struct(json=StringType()).fields])
"""The columns of `check`: those of the rows of `scholiast check`; `start` and `end` in code points; `error`;
`json`, the row as the command line writes it."""

_PARTS = StructType(
    [*FINDINGS.fields, *_struct(part=StringType(), key=StringType(), payload=BinaryType()).fields],
)

_FACT = ["part", "key", "path"]

Batches = Iterator[pa.RecordBatch]


class _Held(Protocol):
    """An analyser where a worker finds it."""

    @property
    def value(self) -> Analyzer: ...


class _Sent:
    """An analyser on its way to a worker, which must have the same version: otherwise a result would be made of the
    findings of two."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer

    def __reduce__(self) -> tuple[Callable[[str, Analyzer], Analyzer], tuple[str, Analyzer]]:
        return _received, (__version__, self.analyzer)


def _received(version: str, analyzer: Analyzer) -> Analyzer:
    if version != __version__:
        raise RuntimeError(f"the driver has scholiast {version}, this worker has {__version__}: install the same version")
    return analyzer


class _Carried:
    """An analyser that travels with the task: Spark Connect has no broadcasts."""

    def __init__(self, analyzer: Analyzer) -> None:
        # What arrives is the analyser itself.
        self.value: Any = _Sent(analyzer)


def mentions(
    df: DataFrame,
    analyzer: Analyzer,
    text: str | Column = "text",
    path: str | Column = "path",
    *,
    content: str | Column | None = None,
    short_mentions: bool = False,
) -> DataFrame:
    """The mentions in documents: the columns `MENTIONS`.

    A document that cannot be looked at has one row, with the reason in `error`.

    Args:
        df: The documents.
        analyzer: The analyser; it is broadcast.
        text: The column of texts.
        path: The column of paths.
        content: A column of the bytes of files, in place of `text`.
        short_mentions: Whether people named in short are listed.
    """
    held = _held(df, analyzer)

    def look(batches: Batches) -> Batches:
        for texts, paths, _, _ in _lots(batches):
            yield from _rows(held.value.pieces(texts, paths, short_mentions=short_mentions), MENTIONS)

    return _documents(df, text, path, content, None).mapInArrow(look, MENTIONS)


def check(
    df: DataFrame,
    analyzer: Analyzer,
    text: str | Column = "text",
    path: str | Column = "path",
    *,
    content: str | Column | None = None,
    ann: str | Column | None = None,
) -> DataFrame:
    """What is wrong or inconsistent in documents, as in one corpus: the columns `FINDINGS`, in no particular order.

    Paths are below the folder of the configuration, and unique: two rows with one path are judged as two documents
    that happen to have one name. What was found in each document alone is kept on the
    executors' disks, since it is needed more than once, until `release` is called with the result.

    Args:
        df: The documents.
        analyzer: The analyser; it is broadcast.
        text: The column of texts.
        path: The column of paths.
        content: A column of the bytes of files, in place of `text`: then line ends and byte-order marks are judged as
            they are in the file.
        ann: A column of the contents of the `.ann` files, text or bytes; null where there is none.
    """
    held = _held(df, analyzer)
    documents = _documents(df, text, path, content, ann)

    def alone(batches: Batches) -> Batches:
        for texts, paths, beside, _ in _lots(batches):
            yield from _rows(parts._alone(held.value, texts, paths, beside).pieces(), _PARTS)

    def again(batches: Batches) -> Batches:
        for texts, paths, beside, said in _lots(batches):
            yield from _rows(parts._again(held.value, texts, paths, said, beside).pieces(), _PARTS)

    def sources(batches: Batches) -> Batches:
        for batch in batches:
            for facts in batch.column("facts").to_pylist():
                said = [fact["payload"] for fact in facts if fact["payload"] is not None]
                known = [(fact["part"], fact["key"], fact["path"]) for fact in facts if fact["payload"] is None]
                yield from _rows([parts.judge_sources(held.value, known, said)], _PARTS)

    with _shrinking(df):
        judged = documents.mapInArrow(alone, _PARTS).persist(StorageLevel.DISK_ONLY)
        says = _of(judged, "says").select("key", "payload").mapInArrow(_join, "key string, payload binary")
        contested = says.repartition("key").mapInArrow(_join_what_matters, "key string, payload binary")
        # These two are small and are asked again and again: kept, they make a plan that Spark understands in no time.
        contested = contested.persist(StorageLevel.DISK_ONLY)
        asks = _of(judged, "asks").select("path", "key")
        # A set, since two rows with one path ask twice, and what is heard twice would count twice.
        heard = asks.join(contested, "key").groupBy("path").agg(sql.collect_set("payload").alias("said"))
        heard = heard.persist(StorageLevel.DISK_ONLY)
        judged_again = documents.join(heard, "path").mapInArrow(again, _PARTS).persist(StorageLevel.DISK_ONLY)
    # Documents that were judged again count as they were judged then.
    concerned = heard.select(sql.col("path").alias("key"))
    found = _of(judged, "finding").join(concerned, "key", "left_anti")
    used = _of(judged, "uses", "decided").join(heard.select("path"), "path", "left_anti").select(_FACT)
    used = used.unionByName(_of(judged_again, "uses", "decided").select(_FACT))
    facts = used.unionByName(_of(judged, "matches", "annotated").select(_FACT))
    facts = facts.groupBy("part", "key").agg(sql.min("path").alias("path"))
    facts = facts.select(*_FACT, sql.lit(None).cast("binary").alias("payload"))
    of_registry = contested.filter(sql.col("key").startswith(parts.OF_SOURCES))
    nothing = sql.lit(None).cast("string")
    of_registry = of_registry.select(nothing.alias("part"), "key", nothing.alias("path"), "payload")
    # Without groups there is one row, also where there are no facts.
    facts = facts.unionByName(of_registry)
    facts = facts.agg(sql.collect_list(sql.struct(*_FACT, "payload")).alias("facts"))
    of_sources = facts.mapInArrow(sources, _PARTS)
    columns = FINDINGS.fieldNames()
    findings = found.select(columns)
    findings = findings.unionByName(_of(judged_again, "finding").select(columns))
    findings = findings.unionByName(of_sources.select(columns))
    findings._scholiast_kept = (judged_again, heard, contested, judged)
    return findings


def release(findings: DataFrame) -> None:
    """Gives back the disk that a result of `check` holds. Whatever is computed from it later is computed anew."""
    for kept in getattr(findings, "_scholiast_kept", ()):
        kept.unpersist()


@contextmanager
def _shrinking(df: DataFrame) -> Iterator[None]:
    """Lets Spark join small partitions of what is persisted, as it does elsewhere.

    Otherwise each shuffle before a `persist` ends in `spark.sql.shuffle.partitions` tasks (200), and a task that calls
    Python takes a twentieth of a second where there is nothing to do.
    """
    name = "spark.sql.optimizer.canChangeCachedPlanOutputPartitioning"
    conf = df.sparkSession.conf
    before = conf.get(name, None)
    conf.set(name, "true")
    try:
        yield
    finally:
        if before is None:
            conf.unset(name)
        else:
            conf.set(name, before)


def _held(df: DataFrame, analyzer: Analyzer) -> _Held:
    try:
        context = df.sparkSession.sparkContext
    except Exception:  # Spark Connect raises an error of its own, which only it defines.
        return _Carried(analyzer)
    # What arrives is the analyser itself.
    broadcast: Any = context.broadcast(_Sent(analyzer))
    return cast("_Held", broadcast)


def _documents(
    df: DataFrame,
    text: str | Column,
    path: str | Column,
    content: str | Column | None,
    ann: str | Column | None,
) -> DataFrame:
    """Documents with the columns `path`, `content` and `ann`: bytes are not decoded on the way."""
    nothing = sql.lit(None).cast("binary")
    return df.select(
        _column(path).cast("string").alias("path"),
        _bytes(df, text if content is None else content).alias("content"),
        (nothing if ann is None else _bytes(df, ann)).alias("ann"),
    )


def _column(column: str | Column) -> Column:
    return sql.col(column) if isinstance(column, str) else column


def _bytes(df: DataFrame, column: str | Column) -> Column:
    """The bytes of a column of texts. Spark would also turn numbers into bytes, which nobody wants to read."""
    (field,) = df.select(_column(column)).schema.fields
    if not isinstance(field.dataType, (StringType, BinaryType, NullType)):
        raise TypeError(f"the column {field.name!r} is {field.dataType.simpleString()}; texts are string or binary")
    return _column(column).cast("binary")


def _lots(batches: Batches) -> Iterator[tuple[list[Any], list[Any], list[Any], list[Any]]]:
    """Texts, paths, annotations and statements, a few megabytes at a time."""
    for batch in batches:
        start = 0
        size = 0
        lengths = [len(text) if text is not None else 0 for text in _values(batch, "content")]
        for number, length in enumerate(lengths):
            size += length
            if size >= LOT_BYTES or number == batch.num_rows - 1:
                lot = batch.slice(start, number + 1 - start)
                start, size = number + 1, 0
                yield (
                    lot.column("content").to_pylist(),
                    lot.column("path").to_pylist(),
                    lot.column("ann").to_pylist(),
                    lot.column("said").to_pylist() if "said" in lot.schema.names else [],
                )


def _values(batch: pa.RecordBatch, name: str) -> Iterator[Any]:
    # A view of each value's bytes, one at a time.
    for value in batch.column(name):
        yield value.as_buffer() if value.is_valid else None


def _rows(pieces: Iterable[Any], schema: StructType) -> Batches:
    for columns in pieces:
        yield pa.record_batch(columns).select(schema.fieldNames())


def _of(judged: DataFrame, *named: str) -> DataFrame:
    return judged.filter(sql.col("part").isin(*named))


def _joining(keep: Callable[[bytes], bool]) -> Callable[[Batches], Batches]:
    def run(batches: Batches) -> Batches:
        known: dict[str, list[bytes]] = {}
        for batch in batches:
            for key, said in zip(batch.column("key").to_pylist(), batch.column("payload").to_pylist(), strict=True):
                of_key = known.setdefault(key, [])
                of_key.append(said)
                if len(of_key) >= 256:
                    of_key[:] = [statement for _, statement in parts.join(of_key)]
        rows = [(key, said) for of_key in known.values() for key, said in parts.join(of_key) if keep(said)]
        yield pa.record_batch(
            [pa.array([key for key, _ in rows], pa.string()), pa.array([said for _, said in rows], pa.binary())],
            names=["key", "payload"],
        )

    return run


def _join(batches: Batches) -> Batches:
    yield from _joining(lambda _: True)(batches)


def _join_what_matters(batches: Batches) -> Batches:
    yield from _joining(parts.matters)(batches)
