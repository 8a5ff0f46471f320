"""The native half of `scholiast`."""

from dataclasses import Field
from pathlib import Path
from typing import Any, ClassVar, final

__version__: str

OF_SOURCES: str
"""The beginning of the keys of statements that concern the registry."""

_Range = tuple[tuple[int, int], tuple[int, int]]
_Named = tuple[str, str]
_Text = str | bytes
_Document = tuple[_Text, str, _Text | None]
"""A text, its path, its annotations."""
_Documents = tuple[list[_Text | None], list[str | None], list[_Text | None] | None]
"""Texts, their paths, their annotations."""

@final
class Mention:
    """Something that was recognised in a text, or annotated in it."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    @property
    def path(self) -> str:
        """The path of the text."""
    @property
    def text(self) -> str:
        """The text of the core."""
    @property
    def start(self) -> int:
        """The first offset of the core, in the unit that was asked for: code points unless said otherwise."""
    @property
    def end(self) -> int:
        """The offset behind the core, in the same unit."""
    @property
    def kind(self) -> str:
        """`official`, `person`, `organization`, `place`, `office`, `date`, `decree`, `annotation`, or the name of a
        pattern of the configuration."""
    @property
    def id(self) -> str | None:
        """The registry id, where exactly one remains."""
    @property
    def candidates(self) -> tuple[str, ...]:
        """The registry ids, sorted, where more than one remains."""
    @property
    def holder(self) -> str | None:
        """Offices: the id of the person it is said of."""
    @property
    def value(self) -> str | None:
        """Dates: TIMEX3 in the Gregorian calendar; decrees: the canonical reference."""
    @property
    def resolved(self) -> str | None:
        """Dates: the value completed from the document's date."""
    @property
    def era(self) -> str | None:
        """Dates with a year: `be`, `ce`, `re`, `ah`."""
    @property
    def number(self) -> str | None:
        """Decrees: the number."""
    @property
    def year(self) -> int | None:
        """Decrees: the year."""
    @property
    def type(self) -> str | None:
        """Decrees: the letters of the type."""
    @property
    def agency(self) -> str | None:
        """Decrees: the letters of the agency."""
    @property
    def label(self) -> str | None:
        """Annotations: the type."""
    @property
    def via(self) -> str:
        """`exact`, `folded`, `sounds-like`, `context`, `grammar`, `pattern`, `annotation`."""
    @property
    def bytes(self) -> tuple[int, int]:
        """Start and end of the core in bytes of UTF-8."""
    @property
    def chars(self) -> tuple[int, int]:
        """Start and end of the core in code points."""
    @property
    def range(self) -> _Range:
        """Start and end as (line, character), from 0, characters in UTF-16."""
    @property
    def extent(self) -> tuple[int, int]:
        """Start and end in bytes of UTF-8, with what belongs to the mention beyond its core."""
    @property
    def annotation(self) -> str | None:
        """Annotations: the id in its file."""
    @property
    def attributes(self) -> dict[str, bool | str | list[str]]:
        """Annotations: attributes by name; a value is `True`, a string, or a list of strings."""
    @property
    def relations(self) -> tuple[dict[str, str], ...]:
        """Annotations: the relations and events that it takes part in, each with `id`, `type`, `role` and `target`."""
    @property
    def notes(self) -> tuple[str, ...]:
        """Annotations: the texts of notes."""
    @property
    def annotator(self) -> str | None:
        """Annotations: the annotator, where the configuration names one."""
    @property
    def file(self) -> str | None:
        """Annotations: the path of the annotation file."""
    def to_dict(self) -> dict[str, Any]:
        """The row of `scholiast mentions --format jsonl`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Finding:
    """Something that is wrong or inconsistent."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    @property
    def path(self) -> str:
        """The path of the file."""
    @property
    def text(self) -> str | None:
        """The text there; `None` where the file is not UTF-8 or has changed since."""
    @property
    def start(self) -> int:
        """The first offset, in the unit that was asked for: code points unless said otherwise."""
    @property
    def end(self) -> int:
        """The offset behind it, in the same unit."""
    @property
    def code(self) -> str:
        """The code of the rule: `decree/missing-diacritics`."""
    @property
    def severity(self) -> str:
        """`error`, `warning`, `info` or `hint`."""
    @property
    def message(self) -> str:
        """The message: one sentence without a full stop."""
    @property
    def fix(self) -> Fix | None:
        """The edits that remove it, where there is one way to do so."""
    @property
    def related(self) -> tuple[Related, ...]:
        """Other places that belong to it."""
    @property
    def bytes(self) -> tuple[int, int]:
        """Start and end in bytes of UTF-8."""
    @property
    def chars(self) -> tuple[int, int]:
        """Start and end in code points."""
    @property
    def range(self) -> _Range:
        """Start and end as (line, character), from 0, characters in UTF-16."""
    def to_dict(self) -> dict[str, Any]:
        """The row of `scholiast check --format jsonl`."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Fix:
    """Edits that remove a finding."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    @property
    def title(self) -> str:
        """The title, in the imperative."""
    @property
    def safe(self) -> bool:
        """Whether values, linked entities and annotations are the same afterwards."""
    @property
    def edits(self) -> tuple[Edit, ...]:
        """The edits, sorted by file and place, not overlapping."""
    def to_dict(self) -> dict[str, Any]:
        """The fix as rows of the command line have it."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Edit:
    """One replacement."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    @property
    def path(self) -> str:
        """The path of the file."""
    @property
    def start(self) -> int:
        """The first offset of what is replaced, in the unit of the finding."""
    @property
    def end(self) -> int:
        """The offset behind it, in the same unit."""
    @property
    def text(self) -> str:
        """The text that stands there afterwards."""
    @property
    def bytes(self) -> tuple[int, int]:
        """Start and end in bytes of UTF-8."""
    def to_dict(self) -> dict[str, Any]:
        """The edit as rows of the command line have it."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Related:
    """Another place that belongs to a finding."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    @property
    def path(self) -> str:
        """The path of the file."""
    @property
    def message(self) -> str:
        """The relation to the finding."""
    @property
    def bytes(self) -> tuple[int, int]:
        """Start and end in bytes of UTF-8."""
    def to_dict(self) -> dict[str, Any]:
        """The place as rows of the command line have it."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Columns:
    """Rows as columns: hand it to `pyarrow.record_batch`, `pyarrow.table`, `polars.from_arrow` or whatever else knows
    the Arrow PyCapsule interface."""

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
    def __len__(self) -> int:
        """The number of rows."""
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class PendingColumns:
    def all(self, threads: int | None) -> Columns: ...
    def pieces(self) -> ColumnPieces: ...

@final
class ColumnPieces:
    def __iter__(self) -> ColumnPieces: ...
    def __next__(self) -> Columns: ...

@final
class Engine:
    def __new__(
        cls,
        config: _Named | None,
        registry: list[_Named],
        annotation_configurations: list[_Named],
        today: str,
        strict: bool,
    ) -> Engine: ...
    def mentions(self, document: _Document, short_mentions: bool, unit: str) -> list[Mention]: ...
    def check(self, document: _Document, unit: str) -> list[Finding]: ...
    def check_sources(self, paths: list[str]) -> list[Finding]: ...
    def fix(self, text: str, path: str, unsafe_fixes: bool) -> tuple[str, int]: ...
    def suggest(self, texts: list[str], paths: list[str]) -> list[str]: ...
    def mention_columns(self, documents: _Documents, short_mentions: bool) -> PendingColumns: ...
    def finding_columns(self, documents: _Documents) -> PendingColumns: ...
    def parts(self, documents: _Documents) -> PendingColumns: ...
    def parts_under(self, documents: _Documents, said: list[list[bytes]]) -> PendingColumns: ...
    def source_columns(
        self, paths: list[str], annotated: list[str], used: list[int], decided: list[int], said: list[bytes]
    ) -> Columns: ...

@final
class Folder:
    def __new__(cls, path: str | Path) -> Folder: ...
    @property
    def problems(self) -> list[tuple[str, str]]: ...
    @property
    def is_empty(self) -> bool: ...
    def check(self, unit: str) -> list[Finding]: ...
    def mentions(self, short_mentions: bool, unit: str) -> list[Mention]: ...
    def suggest(self) -> list[str]: ...

def corpus_sources(folder: str) -> tuple[_Named | None, list[_Named], list[_Named]]: ...
def join_statements(statements: list[bytes]) -> list[tuple[str, bytes]]: ...
def statement_matters(statement: bytes) -> bool: ...
def mention_of_state(state: bytes) -> Mention: ...
def finding_of_state(state: bytes) -> Finding: ...
