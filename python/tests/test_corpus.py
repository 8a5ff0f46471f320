"""A folder, as the commands see it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import scholiast as run

import scholiast


@pytest.fixture()
def inside(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(corpus)
    return corpus


def test_findings_are_those_of_the_program(inside: Path) -> None:
    printed = [json.loads(line) for line in run("check", folder=inside)]
    found = scholiast.Corpus(".").check()
    assert len(found) > 100 and any(finding.code == "decree/conflicting-dates" for finding in found)
    assert [finding.to_dict() for finding in found] == printed


def test_mentions_are_those_of_the_program(inside: Path) -> None:
    printed = [json.loads(line) for line in run("mentions", folder=inside)]
    assert [mention.to_dict() for mention in scholiast.Corpus(".").mentions()] == printed


def test_four_lines_on_the_seeds(seeds: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(seeds)
    printed = [json.loads(line) for line in run("check", folder=seeds)]
    assert [finding.to_dict() for finding in scholiast.Corpus(".").check()] == printed
    assert len(printed) > 10


def test_offsets_of_files(inside: Path) -> None:
    for finding in scholiast.Corpus(".").check():
        if finding.text is not None and finding.path.endswith(".txt"):
            text = (inside / finding.path).read_bytes().decode()
            assert text[finding.start : finding.end] == finding.text


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(scholiast.CorpusError, match="nowhere"):
        scholiast.Corpus(tmp_path / "nowhere")
    (tmp_path / "scholiast.toml").write_text("[corpus\n")
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(scholiast.CorpusError, match=r"scholiast\.toml:1:"):
        scholiast.Corpus(tmp_path)


@pytest.mark.skipif("SCHOLIAST_PROGRAM" in os.environ, reason="the program is not installed")
def test_the_program_is_in_the_package(seeds: Path) -> None:
    for command in ([sys.executable, "-m", "scholiast"], [str(Path(sys.executable).with_name("scholiast"))]):
        done = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True)
        assert done.stdout == f"scholiast {scholiast.__version__}\n"
