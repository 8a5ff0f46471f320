"""Types and documentation."""

from __future__ import annotations

import doctest
import inspect
import os
from pathlib import Path

import pytest

import scholiast
from scholiast import _native

HERE = Path(__file__).resolve().parents[1]


def test_types_are_strict() -> None:
    api = pytest.importorskip("mypy.api")
    out, err, status = api.run(
        ["--config-file", str(HERE / "pyproject.toml"), "--no-incremental", str(HERE / "scholiast")]
    )
    assert status == 0, out + err


def test_the_stubs_name_what_there_is() -> None:
    stubtest = pytest.importorskip("mypy.stubtest")
    arguments = stubtest.parse_options(["scholiast._native", "--ignore-missing-stub", "--concise"])
    allowed = HERE / "tests" / "stubtest.txt"
    arguments.allowlist = [str(allowed)]
    arguments.ignore_unused_allowlist = True
    assert stubtest.test_stubs(arguments) == 0


def test_the_walk_through(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("spacy")
    monkeypatch.chdir(HERE.parent)
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, tried = doctest.testfile(
        os.fspath(HERE.parent / "docs" / "python.md"), module_relative=False, optionflags=options
    )
    assert tried > 20 and failed == 0


@pytest.mark.parametrize("name", scholiast.__all__)
def test_everything_is_documented(name: str) -> None:
    thing = getattr(scholiast, name)
    assert name == "__version__" or inspect.getdoc(thing)
    if inspect.isclass(thing) and thing.__module__ != "builtins":
        # The defaults of dataclasses are members too, and nothing to document.
        public = [member for name, member in vars(thing).items() if not name.startswith("_")]
        members = [member for member in public if inspect.isroutine(member) or inspect.isdatadescriptor(member)]
        assert all(inspect.getdoc(member) for member in members)


def test_the_version_is_the_programs() -> None:
    manifest = (HERE.parent / "Cargo.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{_native.__version__}"\n' in manifest
