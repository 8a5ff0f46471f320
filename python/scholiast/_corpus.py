"""A corpus on disk, as the commands see it."""

from __future__ import annotations

import os

from . import _native
from ._analyzer import PathLike, Unit
from ._errors import CorpusError
from ._native import Finding, Mention
from ._suggestions import Suggestion, suggestions


class Corpus:
    """The corpus that a folder or a file belongs to, read when this is made.

    What the methods return is what the commands of the same names print; rules that compare documents see the whole
    corpus of the governing `scholiast.toml`.

    Args:
        folder: A folder, or one file.

    Raises:
        CorpusError: The configuration cannot be used, or nothing is there; it has the path and, of a configuration,
            the line.
    """

    __slots__ = ("_folder", "_path")

    def __init__(self, folder: PathLike) -> None:
        self._path = os.fspath(folder)
        self._folder = _native.Folder(self._path)
        problems = self._folder.problems
        if problems and self._folder.is_empty:
            raise CorpusError(*problems[0])

    @property
    def problems(self) -> list[CorpusError]:
        """The files that could not be used; the others were."""
        return [CorpusError(path, message) for path, message in self._folder.problems]

    def check(self, *, unit: Unit = "codepoint") -> list[Finding]:
        """What is wrong or inconsistent, in the order of `scholiast check`.

        Args:
            unit: The unit of `start` and `end`: `codepoint`, `byte` or `utf-16`.

        Raises:
            CorpusError: A file has changed since the corpus was read.
        """
        return self._folder.check(unit)

    def mentions(self, *, short_mentions: bool = False, unit: Unit = "codepoint") -> list[Mention]:
        """What was recognised, and what is annotated, in the order of `scholiast mentions`.

        Args:
            short_mentions: Whether people named in short are listed.
            unit: The unit of `start` and `end`.

        Raises:
            CorpusError: An annotation file cannot be read, or its text has changed since the corpus was read.
        """
        return self._folder.mentions(short_mentions, unit)

    def suggest(self) -> list[Suggestion]:
        """What the registry lacks, and new spellings of people whom it has: `scholiast suggest`."""
        return suggestions(self._folder.suggest())

    def __repr__(self) -> str:
        return f"Corpus({self._path!r})"
