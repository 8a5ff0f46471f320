"""Our tasks, read by the converter of Label Studio's own SDK, say the same spans and types."""

import json
import subprocess
from pathlib import Path

from conftest import MARKS, TEXTS, expected
from label_studio_sdk.converter import Converter

NAMES = sorted(TEXTS)
# The labelling configuration that docs/exchange.md gives.
CONFIG = """<View>
  <Labels name="label" toName="text"><Label value="Person"/><Label value="Place"/><Label value="Date"/></Labels>
  <TextArea name="link" toName="text" perRegion="true"/>
  <Text name="text" value="$text"/>
</View>"""


def converted(tasks: Path, folder: Path, kind: str) -> None:
    Converter(config=CONFIG, project_dir=None, download_resources=False).convert(
        input_data=str(tasks), output_data=str(folder), format=kind, is_dir=False
    )


def test_json_min(export, tmp_path) -> None:
    converted(export("label-studio") / "tasks.json", tmp_path, "JSON_MIN")
    (result,) = tmp_path.glob("*.json")
    records = json.loads(result.read_text(encoding="utf-8"))
    assert [record["id"] for record in records] == list(range(1, len(NAMES) + 1))
    for record in records:
        name = record["source"]
        assert record["text"] == TEXTS[name]
        regions = [one for one in record.get("label", []) if "labels" in one]
        found = [(label, one["start"], one["end"]) for one in regions for label in one["labels"]]
        assert sorted(found) == expected(name)
        assert all(TEXTS[name][one["start"] : one["end"]] == one["text"] for one in regions)
        # One line is a string, several are a list.
        links = record.get("link", [])
        links = [links] if isinstance(links, str) else links
        assert links == [mark.link for mark in MARKS[name] if mark.link]


def test_conll2003(export, tmp_path) -> None:
    """The converter cuts the text at white space: of names in running Thai it keeps the words around them."""
    converted(export("label-studio") / "tasks.json", tmp_path, "CONLL2003")
    (result,) = tmp_path.glob("*.conll")
    rows = [line.split() for line in result.read_text(encoding="utf-8").split("\n") if line.strip()]
    begun = [(row[-1], row[0]) for row in rows if row[-1].startswith("B-")]
    assert ("B-Person", "Trần") in begun and ("B-Person", "Vũ") in begun


def test_import_is_the_identity(program, corpus, export, tmp_path) -> None:
    """What was exported with task ids is imported as the annotations it was made of."""
    command = [program, "import", "--format", "label-studio", export("label-studio") / "tasks.json", "-o", tmp_path / "back"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    for name in NAMES:
        for ending in ("txt", "ann"):
            back = (tmp_path / "back" / f"{name}.{ending}").read_text(encoding="utf-8")
            assert back == (corpus / f"{name}.{ending}").read_text(encoding="utf-8")
