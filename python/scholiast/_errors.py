"""Errors, with the file and the line where something is wrong."""

from __future__ import annotations


class ScholiastError(Exception):
    """The error that every other one of this package is a kind of."""


class SourceError(ScholiastError):
    """A configuration or registry file that is no TOML, so that nothing of it can be used."""

    path: str
    """The file."""
    line: int
    """The line, from 1."""
    column: int
    """The column, from 1, in code points."""
    message: str
    """The reason, without a full stop."""

    def __init__(self, path: str, line: int, column: int, message: str) -> None:
        super().__init__(path, line, column, message)
        self.path, self.line, self.column, self.message = path, line, column, message

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


class CorpusError(ScholiastError):
    """A file or folder of a corpus that cannot be used."""

    path: str
    """The file or folder."""
    message: str
    """The reason, without a full stop."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(path, message)
        self.path, self.message = path, message

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"
