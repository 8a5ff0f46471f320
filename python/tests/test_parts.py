"""A corpus judged in parts, without any engine: the promise that Spark and others build on."""

from __future__ import annotations

import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from command import scholiast as run
from conftest import write_corpus

import scholiast
from scholiast import parts

pa = pytest.importorskip("pyarrow")


def judged_in_parts(
    analyzer: scholiast.Analyzer, documents: list[tuple[bytes, str, bytes | None]], cuts: int
) -> list[str]:
    """The findings of documents in so many partitions, as an engine would put them together."""
    lots = [documents[number::cuts] for number in range(cuts)]
    rows: list[dict[str, Any]] = []
    for lot in lots:
        columns = parts.judge_alone(analyzer, *(list(column) for column in zip(*lot))) if lot else None
        rows.extend(pa.record_batch(columns).to_pylist() if columns is not None else [])
    of = lambda part: [row for row in rows if row["part"] == part]  # noqa: E731
    says: dict[str, list[bytes]] = defaultdict(list)
    for row in of("says"):
        says[row["key"]].append(row["payload"])
    joined = {key: parts.join(said)[0][1] for key, said in says.items()}
    contested = {key: said for key, said in joined.items() if parts.matters(said)}
    heard: dict[str, list[bytes]] = defaultdict(list)
    for row in of("asks"):
        if row["key"] in contested:
            heard[row["path"]].append(contested[row["key"]])
    concerned = [document for document in documents if document[1] in heard]
    texts, paths, annotations = [list(column) for column in zip(*concerned)] or [[], [], []]
    again = pa.record_batch(
        parts.judge_again(analyzer, texts, paths, [heard[path] for path in paths], annotations)
    ).to_pylist()
    kept = [row for row in rows if row["key"] not in heard and row["path"] not in heard]
    facts = [(row["part"], row["key"], row["path"]) for row in again if row["part"] in ("uses", "decided")]
    facts += [(row["part"], row["key"], row["path"]) for row in kept if row["part"] in ("uses", "decided")]
    facts += [(row["part"], row["key"], row["path"]) for row in of("matches") + of("annotated")]
    said = [said for key, said in contested.items() if key.startswith(parts.OF_SOURCES)]
    sources = pa.record_batch(parts.judge_sources(analyzer, facts, said)).to_pylist()
    return sorted(row["json"] for row in kept + again + sources if row["part"] == "finding")


@pytest.mark.parametrize("seed", range(6))
def test_parts_say_what_the_whole_says(seed: int, tmp_path: Path) -> None:
    write_corpus(tmp_path, 40, lines=4, seed=seed)
    documents = []
    for file in tmp_path.rglob("*.txt"):
        beside = file.with_suffix(".ann")
        annotations = beside.read_bytes() if beside.exists() else None
        documents.append((file.read_bytes(), file.relative_to(tmp_path).as_posix(), annotations))
    random.Random(seed).shuffle(documents)
    analyzer = scholiast.Analyzer.of_folder(tmp_path)
    expected = sorted(run("check", folder=tmp_path))
    codes = " ".join(expected)
    of_others = ["decree/conflicting-dates", "annotation/inconsistent", "annotation/missed", "config/no-match"]
    of_others += ["config/unused-suppression", "config/unused-decision", "entity/spelling-variants-corpus"]
    of_others += ["annotation/not-in-configuration"]
    assert [code for code in of_others if code not in codes] == []
    for cuts in (1, 3, 40):
        assert judged_in_parts(analyzer, documents, cuts) == expected


def test_other_bytes_are_refused() -> None:
    with pytest.raises(ValueError, match="same version"):
        parts.join([b"\xff\xff"])
