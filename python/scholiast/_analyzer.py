"""A configuration and a registry, read once, for texts that come from anywhere."""

from __future__ import annotations

import datetime
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any, Literal, TypeAlias

from . import _native
from ._errors import CorpusError
from ._native import Columns, Finding, Mention, PendingColumns
from ._suggestions import Suggestion, suggestions

PathLike: TypeAlias = "str | os.PathLike[str]"
Unit: TypeAlias = Literal["codepoint", "byte", "utf-16"]
_Named: TypeAlias = tuple[str, str]

NO_PATH = "-"
"""The path of a text that has none."""


@dataclass(frozen=True)
class FixedText:
    """A text after fixing."""

    text: str
    """The text."""
    fixed: int
    """The number of findings that were put right."""


@dataclass(frozen=True)
class _Sources:
    """All that an analyser is made from: enough to make the same one in another process."""

    config: _Named | None
    registry: tuple[_Named, ...]
    annotation_configurations: tuple[_Named, ...]
    today: str
    strict: bool


class Analyzer:
    """The recogniser and the rules under one configuration and one registry.

    Making one reads the files and compiles the names: milliseconds for a thousand spellings, half a second for a
    hundred thousand. Nothing in it changes afterwards, so threads share it. Pickling carries the texts of its files,
    not what was compiled; a process that gets the same one again and again compiles it once.

    Args:
        config: The path of a `scholiast.toml`; without one the built-in settings hold.
        registry: The paths of registry files.
        annotation_conf: The paths of brat's configuration files (`annotation.conf`, `visual.conf`, `kb_shortcuts.conf`,
            `tools.conf`); each holds for its folder and all below it.
        today: The day on which the corpus is looked at; by default today (UTC). Years to come and suppressions with an
            end depend on it.
        strict: Whether a registry file that is no TOML is an error; otherwise it is one of `source_findings`.

    Raises:
        SourceError: A file is no TOML; it has path, line and column.
        OSError: A file cannot be read.
    """

    __slots__ = ("_engine", "_sources", "__weakref__")

    _engine: _native.Engine
    _sources: _Sources

    def __init__(
        self,
        config: PathLike | None = None,
        registry: Iterable[PathLike] = (),
        *,
        annotation_conf: Iterable[PathLike] = (),
        today: datetime.date | None = None,
        strict: bool = True,
    ) -> None:
        if isinstance(registry, (str, os.PathLike)):
            raise TypeError("registry is a list of paths; write registry=[path]")
        root = Path(config).absolute().parent if config is not None else Path.cwd()
        read = [_read(config, root)] if config is not None else []
        self._make(
            _Sources(
                config=read[0] if read else None,
                registry=tuple(_read(path, root) for path in registry),
                annotation_configurations=tuple(_read(path, root) for path in annotation_conf),
                today=_day(today),
                strict=strict,
            )
        )

    def _make(self, sources: _Sources) -> None:
        self._sources = sources
        self._engine = _native.Engine(
            sources.config,
            list(sources.registry),
            list(sources.annotation_configurations),
            sources.today,
            sources.strict,
        )

    @classmethod
    def from_texts(
        cls,
        config: str | None = None,
        registry: Mapping[str, str] | None = None,
        *,
        annotation_conf: Mapping[str, str] | None = None,
        today: datetime.date | None = None,
        strict: bool = True,
    ) -> Analyzer:
        """An analyser of texts that are no files.

        Args:
            config: What a `scholiast.toml` would say.
            registry: What registry files would say, by their paths below the folder of the configuration.
            annotation_conf: What brat's configuration files would say, by their paths.
            today: As in `Analyzer`.
            strict: As in `Analyzer`.
        """
        sources = _Sources(
            config=("scholiast.toml", config) if config is not None else None,
            registry=tuple((registry or {}).items()),
            annotation_configurations=tuple((annotation_conf or {}).items()),
            today=_day(today),
            strict=strict,
        )
        return _restored(cls, sources)

    @classmethod
    def of_folder(cls, folder: PathLike, *, today: datetime.date | None = None, strict: bool = True) -> Analyzer:
        """The analyser of a corpus folder: its `scholiast.toml`, the registry files that it names, and brat's
        configuration files in its folders and above. Texts are not read.

        Raises:
            CorpusError: The folder has no `scholiast.toml`, or a file cannot be read.
            SourceError: A file is no TOML.
        """
        config, registry, annotation_conf = _native.corpus_sources(os.fspath(folder))
        return _restored(cls, _Sources(config, tuple(registry), tuple(annotation_conf), _day(today), strict))

    def mentions(
        self,
        text: str | bytes,
        path: PathLike | None = None,
        *,
        annotations: str | bytes | None = None,
        short_mentions: bool = False,
        unit: Unit = "codepoint",
    ) -> list[Mention]:
        """What was recognised in a text, by start, outer first.

        Args:
            text: The text; bytes are UTF-8 as in a file.
            path: Its path below the folder of the configuration: it decides which settings hold, and may say the day
                of the document.
            annotations: The content of the `.ann` file beside it; its annotations are listed too.
            short_mentions: Whether people named in short are listed.
            unit: The unit of `start` and `end`: `codepoint` (as Python indexes strings), `byte` or `utf-16`.
        """
        return self._engine.mentions((text, _path(path), annotations), short_mentions, unit)

    def check(
        self,
        text: str | bytes,
        path: PathLike | None = None,
        *,
        annotations: str | bytes | None = None,
        unit: Unit = "codepoint",
    ) -> list[Finding]:
        """What is wrong or inconsistent in a text, judged alone, in the order of the command line.

        Args:
            text: The text; bytes are those of its file, so that line ends and a byte-order mark are judged too.
            path: As in `mentions`.
            annotations: The content of the `.ann` file beside it, which is judged too.
            unit: The unit of `start` and `end`.
        """
        return self._engine.check((text, _path(path), annotations), unit)

    def source_findings(self, paths: Iterable[str] = ()) -> list[Finding]:
        """What is wrong in the registry and the configuration.

        Args:
            paths: The paths of the texts; a glob of `include` that matches none of them is a finding.
        """
        return self._engine.check_sources(list(paths))

    def fix(self, text: str, path: PathLike | None = None, *, unsafe_fixes: bool = False) -> FixedText:
        """The text after all safe fixes, made again and again until none is left.

        Args:
            text: The text. Annotations beside it are not moved: use the command line where there are any.
            path: As in `mentions`.
            unsafe_fixes: Whether fixes are made that need a person's look.
        """
        return FixedText(*self._engine.fix(text, _path(path), unsafe_fixes))

    def suggest(self, texts: Iterable[str], paths: Iterable[PathLike] | None = None) -> list[Suggestion]:
        """People, organisations and offices that the texts name and the registry lacks, and new spellings of people
        whom it has."""
        given = _listed(texts)
        if paths is None:
            named = [f"{number:09}.txt" for number in range(len(given))]
        else:
            named = [_path(path) for path in _listed(paths)]
        return suggestions(self._engine.suggest(given, named))

    def batch(
        self,
        texts: Iterable[str | bytes | None],
        paths: Iterable[PathLike | None] | None = None,
        *,
        rows: Literal["mentions", "findings"] = "mentions",
        annotations: Iterable[str | bytes | None] | None = None,
        short_mentions: bool = False,
        threads: int | None = None,
    ) -> Columns:
        """The mentions or the findings of many texts as columns, on all cores and without the lock of the interpreter.

        The columns have the names of the rows of the command line, with `start` and `end` in code points, `document`
        (the number of the text, from 0) and `error`: a text that is missing, is no text or cannot be looked at has one
        row, with the reason there.

        Args:
            texts: Texts: a list, or anything with `to_pylist` (Arrow) or `tolist` (pandas, NumPy).
            paths: Their paths, one each.
            rows: `mentions` or `findings`.
            annotations: Findings: the content of the `.ann` file of each, or `None`.
            short_mentions: Mentions: whether people named in short are listed.
            threads: The number of threads; by default as many as there are cores.
        """
        pending = self._columns(texts, paths, rows, annotations, short_mentions)
        return pending.all(_threads(threads))

    def pieces(
        self,
        texts: Iterable[str | bytes | None],
        paths: Iterable[PathLike | None] | None = None,
        *,
        rows: Literal["mentions", "findings"] = "mentions",
        annotations: Iterable[str | bytes | None] | None = None,
        short_mentions: bool = False,
    ) -> Iterator[Columns]:
        """The rows of `batch` a piece of some thousand at a time, in the order of the texts, at least one piece: for
        texts whose rows together would take too much memory. One other thread makes a piece while the one before it
        is used.

        Args:
            texts: As in `batch`.
            paths: As in `batch`.
            rows: `mentions` or `findings`.
            annotations: As in `batch`.
            short_mentions: As in `batch`.
        """
        return self._columns(texts, paths, rows, annotations, short_mentions).pieces()

    def _columns(
        self,
        texts: Iterable[str | bytes | None],
        paths: Iterable[PathLike | None] | None,
        rows: str,
        annotations: Iterable[str | bytes | None] | None,
        short_mentions: bool,
    ) -> PendingColumns:
        given = _listed(texts)
        named: list[str | None] = [NO_PATH] * len(given) if paths is None else _paths(paths)
        if rows == "mentions":
            if annotations is not None:
                raise ValueError("annotations belong to rows='findings'")
            return self._engine.mention_columns((given, named, None), short_mentions)
        if rows == "findings":
            beside = None if annotations is None else _listed(annotations)
            return self._engine.finding_columns((given, named, beside))
        raise ValueError(f"unknown rows {rows!r}; use 'mentions' or 'findings'")

    def __reduce__(self) -> tuple[Any, tuple[type[Analyzer], _Sources]]:
        return _known, (type(self), self._sources)

    def __repr__(self) -> str:
        config = self._sources.config[0] if self._sources.config else None
        return f"Analyzer(config={config!r}, registry={[path for path, _ in self._sources.registry]!r})"


def _restored(cls: type[Analyzer], sources: _Sources) -> Analyzer:
    made = cls.__new__(cls)
    made._make(sources)
    return made


_LOCK = threading.Lock()
_KNOWN: dict[tuple[type[Analyzer], _Sources], Analyzer] = {}
_MOST_KNOWN = 4


def _known(cls: type[Analyzer], sources: _Sources) -> Analyzer:
    """The analyser of these sources; made once a process, however often it is unpickled."""
    key = (cls, sources)
    with _LOCK:
        if key not in _KNOWN:
            while len(_KNOWN) >= _MOST_KNOWN:
                _KNOWN.pop(next(iter(_KNOWN)))
            _KNOWN[key] = _restored(cls, sources)
        return _KNOWN[key]


def _read(path: PathLike, root: Path) -> _Named:
    file = Path(path)
    try:
        text = file.read_bytes().decode()
    except UnicodeDecodeError as error:
        raise CorpusError(os.fspath(path), f"it is not UTF-8 at byte {error.start}") from None
    try:
        below = file.absolute().relative_to(root).as_posix()
    except ValueError:
        below = Path(os.path.relpath(file.absolute(), root)).as_posix()
    return below, text


def _day(day: datetime.date | None) -> str:
    if isinstance(day, datetime.datetime):
        day = day.date()
    if day is not None and not isinstance(day, datetime.date):
        raise TypeError(f"today is a datetime.date, not {type(day).__name__}")
    return (day or datetime.datetime.now(datetime.timezone.utc).date()).isoformat()


def _path(path: PathLike | None) -> str:
    """A path as the program writes it: with `/` between folders."""
    if path is None or path == "":
        return NO_PATH
    return path if isinstance(path, str) else PurePath(path).as_posix()


def _paths(paths: Iterable[PathLike | None]) -> list[str | None]:
    return [_path(path) if isinstance(path, os.PathLike) else path for path in _listed(paths)]


_MOST_THREADS = 256


def _threads(threads: int | None) -> int | None:
    """A number of threads that a machine can start: more than there are cores make nothing faster."""
    if threads is None:
        return None
    if threads < 1:
        raise ValueError(f"threads is {threads}; use 1 or more, or None for all cores")
    return min(threads, _MOST_THREADS)


def _listed(values: Any) -> list[Any]:
    """A list of what Arrow, pandas, NumPy or Python call one."""
    if isinstance(values, (str, bytes, bytearray)):
        raise TypeError("give a list of texts, not one text")
    # The names of columns are texts too: looking at those would be no error, and nothing that anybody wants.
    if isinstance(values, Mapping) or hasattr(values, "columns"):
        raise TypeError("give one column of a table, not the table")
    for listing in ("to_pylist", "tolist"):
        if hasattr(values, listing):
            values = getattr(values, listing)()
            break
    return values if isinstance(values, list) else list(values)
