"""The program under test, and a corpus that every format is written from."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

# Letters of one, two and three bytes, one outside the Basic Multilingual Plane (two UTF-16 units), Thai without spaces.
TEXTS = {
    "tin/hue": "Bà 😀 Trần Lan Anh gặp ông Vũ Nam ở Huế.\nนางสาวลันอันเยือนกรุงเทพฯ วันที่ 3 พ.ค. 2567\n",
    "empty": "Nothing to see here.\n",
}


@dataclass(frozen=True)
class Mark:
    """An annotation: type and words."""

    label: str
    words: str
    link: str = ""


MARKS = {
    "tin/hue": [
        Mark("Person", "Trần Lan Anh", "registry:lan-anh"),
        Mark("Person", "Vũ Nam"),
        Mark("Place", "Huế"),
        Mark("Person", "ลันอัน"),
        Mark("Place", "กรุงเทพฯ"),
        Mark("Date", "3 พ.ค. 2567"),
    ],
    "empty": [],
}


def place(text: str, mark: Mark) -> tuple[int, int]:
    """Start and end of the words, in code points."""
    start = text.index(mark.words)
    return start, start + len(mark.words)


def expected(name: str) -> list[tuple[str, int, int]]:
    """Types and places of a document's annotations."""
    return sorted((mark.label, *place(TEXTS[name], mark)) for mark in MARKS[name])


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--program", required=True, help="the scholiast under test")


@pytest.fixture(scope="session")
def program(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.getoption("--program")).resolve()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts with their annotation files."""
    folder = tmp_path_factory.mktemp("corpus")
    for name, text in TEXTS.items():
        path = folder / f"{name}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        lines = []
        for number, mark in enumerate(MARKS[name], 1):
            start, end = place(text, mark)
            lines.append(f"T{number}\t{mark.label} {start} {end}\t{mark.words}\n")
        if len(MARKS[name]) > 3:
            lines.append("R1\tLocated Arg1:T1 Arg2:T3\n")
        for number, mark in enumerate(MARKS[name], 1):
            if mark.link:
                lines.append(f"N{number}\tReference T{number} {mark.link}\t{mark.words}\n")
        path.with_suffix(".ann").write_text("".join(lines), encoding="utf-8", newline="\n")
    return folder


@pytest.fixture(scope="session")
def export(program: Path, corpus: Path, tmp_path_factory: pytest.TempPathFactory):
    """Writes the corpus in a format, and returns the folder."""

    def run(kind: str, *options: str) -> Path:
        folder = tmp_path_factory.mktemp(kind)
        command = [program, "export", "--isolated", "--no-cache", "--format", kind, *options, "-o", f"{folder}/", "."]
        ran = subprocess.run(command, cwd=corpus, capture_output=True, text=True, encoding="utf-8", check=False)
        assert ran.returncode == 0, ran.stderr
        return folder

    return run
