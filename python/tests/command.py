"""The program, for comparing what it prints."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from scholiast.__main__ import find_program


def scholiast(*arguments: str, folder: Path) -> list[str]:
    """The lines that a command prints. `SCHOLIAST_PROGRAM` names a program that is not installed."""
    program = os.environ.get("SCHOLIAST_PROGRAM") or find_program()
    done = subprocess.run(
        [program, *arguments, "--no-cache", "--format", "jsonl"], cwd=folder, capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode().splitlines()
