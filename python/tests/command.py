"""The program, for comparing what it prints."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from scholiast.__main__ import find_program


def scholiast(*arguments: str, folder: Path) -> list[str]:
    """The lines that a command prints. `SCHOLIAST_PROGRAM` names a program that is not installed."""
    return [line.decode().removesuffix("\n") for line in printed(*arguments, folder=folder)]


def printed(*arguments: str, folder: Path) -> Iterator[bytes]:
    """The lines that a command prints, one after the other, with their ends."""
    program = os.environ.get("SCHOLIAST_PROGRAM") or find_program()
    command = [program, *arguments, "--no-cache", "--format", "jsonl"]
    with (
        tempfile.TemporaryFile() as problems,
        subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=problems) as process,
    ):
        assert process.stdout is not None
        yield from process.stdout
        status = process.wait()
        problems.seek(0)
        assert status in (0, 1), problems.read().decode()
