"""A corpus judged in parts: the pieces that Spark, Ray, Daft, Dask or Beam put together.

Most rules judge a document alone; some need what others say: that a legal document is cited with another day
elsewhere, that a reference which lacks a part is cited in full elsewhere, that words are annotated otherwise elsewhere,
that a person is spelt in two ways, that nobody uses a suppression. So:

1. `judge_alone` each lot of documents. Its rows (`part`) are findings, statements about keys (`says`: `key`,
   `payload`), the documents that hear what is said about a key (`asks`: `path`, `key`), and what the configuration is
   judged by (`matches`, `annotated`, `uses`, `decided`).
2. Bring the statements of each key together, in any order and in as many steps as you like, and `join` them; `matters`
   tells the keys for which anything may be judged otherwise.
3. `judge_again` the documents that ask about such a key, with the statements; their rows replace those of step 1, which
   have the document's path as `key`.
4. `judge_sources` once, with the statements that matter and whose keys begin with `OF_SOURCES`.

All of it is pure: the same rows, whatever runs twice, late or elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from . import _native
from ._analyzer import Analyzer, _threads
from ._native import Columns, PendingColumns

Text: TypeAlias = "str | bytes | None"

FACTS_OF_SOURCES = ("matches", "annotated", "uses", "decided")
"""The parts by which the registry and the configuration are judged."""

OF_SOURCES = _native.OF_SOURCES
"""The beginning of the keys of statements that concern the registry, and no document."""


def judge_alone(
    analyzer: Analyzer,
    texts: Sequence[Text],
    paths: Sequence[str | None],
    annotations: Sequence[Text] | None = None,
    *,
    threads: int | None = None,
) -> Columns:
    """The findings of documents, each judged alone, and what they say to others."""
    return _alone(analyzer, texts, paths, annotations).all(_threads(threads))


def join(statements: Iterable[bytes]) -> list[tuple[str, bytes]]:
    """Statements joined by their keys: pairs of key and statement, in the order of keys."""
    return _native.join_statements(list(statements))


def matters(statement: bytes) -> bool:
    """Whether anything may be judged otherwise for a statement, which is all that is said about its key."""
    return _native.statement_matters(statement)


def judge_again(
    analyzer: Analyzer,
    texts: Sequence[Text],
    paths: Sequence[str | None],
    said: Sequence[Sequence[bytes]],
    annotations: Sequence[Text] | None = None,
    *,
    threads: int | None = None,
) -> Columns:
    """The findings of documents under the statements about the keys that each asks about."""
    return _again(analyzer, texts, paths, said, annotations).all(_threads(threads))


def judge_sources(
    analyzer: Analyzer,
    facts: Iterable[tuple[str, str, str]],
    said: Iterable[bytes] = (),
) -> Columns:
    """The findings in the registry and the configuration.

    Args:
        analyzer: The analyser.
        facts: The rows `matches`, `annotated`, `uses` and `decided` as triples of `part`, `key` and `path`: one for each
            part and key is enough.
        said: The statements that matter and whose keys begin with `OF_SOURCES`.
    """
    of_part: dict[str, list[tuple[str, str]]] = {}
    for part, key, path in facts:
        of_part.setdefault(part, []).append((key, path))
    return analyzer._engine.source_columns(
        sorted({path for _, path in of_part.get("matches", [])}),
        sorted({path for _, path in of_part.get("annotated", [])}),
        sorted({int(key) for key, _ in of_part.get("uses", [])}),
        sorted({int(key) for key, _ in of_part.get("decided", [])}),
        list(said),
    )


def _alone(
    analyzer: Analyzer,
    texts: Sequence[Text],
    paths: Sequence[str | None],
    annotations: Sequence[Text] | None,
) -> PendingColumns:
    return analyzer._engine.parts(_documents(texts, paths, annotations))


def _again(
    analyzer: Analyzer,
    texts: Sequence[Text],
    paths: Sequence[str | None],
    said: Sequence[Sequence[bytes]],
    annotations: Sequence[Text] | None,
) -> PendingColumns:
    statements = [list(of_text) for of_text in said]
    return analyzer._engine.parts_under(_documents(texts, paths, annotations), statements)


def _documents(
    texts: Sequence[Text], paths: Sequence[str | None], annotations: Sequence[Text] | None
) -> _native._Documents:
    return list(texts), list(paths), None if annotations is None else list(annotations)
