"""Builds the wheel: the program, as a script of the wheel, beside the module.

maturin puts either programs or a module into a wheel. A module's console script would start Python each time an editor
or a hook starts the program; so the program itself is built first, laid where maturin takes the `.data` folder of the
wheel from, and installed by pip as it is. Everything else is maturin's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import maturin
from maturin import get_requires_for_build_sdist, get_requires_for_build_wheel

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

HERE = Path(__file__).resolve().parent
SCRIPTS = HERE / "target-data" / "scholiast.data" / "scripts"
PROGRAM = "scholiast.exe" if os.name == "nt" else "scholiast"

get_requires_for_build_editable = maturin.get_requires_for_build_editable


def prepare_metadata_for_build_wheel(*arguments: Any, **named: Any) -> str:
    """Writes the metadata of the wheel (PEP 517); the program is not built yet."""
    # maturin refuses a `.data` folder that is not there.
    SCRIPTS.mkdir(parents=True, exist_ok=True)
    return str(maturin.prepare_metadata_for_build_wheel(*arguments, **named))


prepare_metadata_for_build_editable = prepare_metadata_for_build_wheel


def build_program() -> None:
    """Builds the program and lays it where maturin finds it. `SCHOLIAST_PROGRAM` names one that is built already."""
    built = os.environ.get("SCHOLIAST_PROGRAM")
    if built is None:
        command = ["cargo", "build", "--release", "--locked", "--bin", "scholiast"]
        # With the module's package among those that are chosen, the library is compiled as the module needs it: once.
        command += ["--package", "scholiast", "--package", "scholiast-python"]
        command += ["--manifest-path", str(HERE.parent / "Cargo.toml")]
        report = subprocess.run(
            [*command, "--message-format", "json-render-diagnostics"], check=True, stdout=subprocess.PIPE, text=True
        )
        built = executable(report.stdout)
    SCRIPTS.mkdir(parents=True, exist_ok=True)
    shutil.copy2(built, SCRIPTS / PROGRAM)


def executable(report: str) -> str:
    """The program that cargo says it has built."""
    import json

    for line in reversed(report.splitlines()):
        message: dict[str, Any] = json.loads(line)
        if message.get("executable") and message.get("target", {}).get("name") == "scholiast":
            return str(message["executable"])
    raise SystemExit("cargo has built no program `scholiast`")


def build_wheel(*arguments: Any, **named: Any) -> str:
    """Builds the wheel (PEP 517)."""
    build_program()
    return str(maturin.build_wheel(*arguments, **named))


def build_editable(*arguments: Any, **named: Any) -> str:
    """Builds a wheel that leads to this folder (PEP 660)."""
    build_program()
    return str(maturin.build_editable(*arguments, **named))


def build_sdist(*arguments: Any, **named: Any) -> str:
    """Refuses: the module is built from the whole repository."""
    raise SystemExit(
        "build a wheel (`pip wheel ./python`): the sources are the whole repository, not this folder alone"
    )
