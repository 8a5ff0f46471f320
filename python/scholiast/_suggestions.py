"""Proposals for the registry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Example:
    """A place where a spelling stands."""

    path: str
    """The path of the text."""
    text: str
    """The text there."""
    start: int
    """The first offset, in code points."""
    end: int
    """The offset behind it, in code points."""
    bytes: tuple[int, int]
    """Start and end in bytes of UTF-8."""


@dataclass(frozen=True)
class Spelling:
    """A spelling of a name."""

    text: str
    """The spelling."""
    tag: str
    """The language whose list of names it belongs to: `vi`, `th`, `en`, `lo`."""
    count: int
    """The mentions."""
    examples: tuple[Example, ...]
    """The first places."""


@dataclass(frozen=True)
class Suggestion:
    """A person, an organisation or an office that the registry lacks, or a new spelling of a person whom it has."""

    suggestion: str
    """`person`, `organization`, `office` or `spelling`."""
    id: str
    """The proposed id, or the registry id of whom the spelling is."""
    count: int
    """The mentions."""
    spellings: tuple[Spelling, ...]
    """The spellings, with places."""
    evidence: str | None = None
    """All but spellings: why it is taken for a name."""
    names: Mapping[str, tuple[str, ...]] | None = None
    """All but spellings: the names by language."""
    score: float | None = None
    """Spellings: how alike they sound, from 0 to 1."""
    organization: str | None = None
    """Offices: the id of the organisation, registered or proposed."""


def suggestions(rows: Iterable[str]) -> list[Suggestion]:
    """The proposals of rows of `scholiast suggest --format jsonl`."""
    return [_suggestion(json.loads(row)) for row in rows]


def _suggestion(row: dict[str, Any]) -> Suggestion:
    names = row.get("names")
    return Suggestion(
        suggestion=row["suggestion"],
        id=row["id"],
        count=row["count"],
        spellings=tuple(_spelling(spelling) for spelling in row["spellings"]),
        evidence=row.get("evidence"),
        names={tag: tuple(of_tag) for tag, of_tag in names.items()} if names is not None else None,
        score=row.get("score"),
        organization=row.get("organization"),
    )


def _spelling(row: dict[str, Any]) -> Spelling:
    examples = (_example(place) for place in row["examples"])
    return Spelling(row["text"], row["tag"], row["count"], tuple(examples))


def _example(row: dict[str, Any]) -> Example:
    (start, end), (first, behind) = row["chars"], row["bytes"]
    return Example(row["path"], row["text"], start, end, (first, behind))
