"""The programs of docs/scale.md, run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import write_corpus

import scholiast

pa = pytest.importorskip("pyarrow")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"


def program(name: str) -> str:
    """The block of the page that begins with this comment."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (found,) = (block for block in blocks if block.startswith(f"# {name}\n"))
    return str(found)


@pytest.mark.parametrize(("name", "module"), [("Spark", "pyspark"), ("Ray Data", "ray"), ("Daft", "daft")])
def test_a_program_of_the_page(name: str, module: str, tmp_path: Path) -> None:
    pytest.importorskip(module)
    import pyarrow.parquet as parquet

    corpus = tmp_path / "corpus"
    write_corpus(corpus, 30)
    files = [file for file in sorted(corpus.rglob("*.txt")) if b"\xff" not in file.read_bytes()]
    texts = [file.read_bytes().decode() for file in files]
    paths = [file.relative_to(corpus).as_posix() for file in files]
    (tmp_path / "crawl").mkdir()
    parquet.write_table(pa.table({"path": paths, "text": texts}), tmp_path / "crawl" / "0.parquet")
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, "-c", program(name)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    analyzer = scholiast.Analyzer.of_folder(corpus)
    written = parquet.read_table(tmp_path / "mentions", columns=["path", "start", "end", "kind"]).to_pylist()
    expected = [mention for text, path in zip(texts, paths, strict=True) for mention in analyzer.mentions(text, path)]
    assert sorted(tuple(row.values()) for row in written) == sorted(
        (mention.path, mention.start, mention.end, mention.kind) for mention in expected
    )
