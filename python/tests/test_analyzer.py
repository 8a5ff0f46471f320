"""One text at a time."""

from __future__ import annotations

import dataclasses
import datetime
import inspect
import json
import pickle
import threading
from pathlib import Path

import pytest
from command import scholiast as run
from conftest import CONFIG, REGISTRY

import scholiast
from scholiast._values import FIELDS

TODAY = datetime.date(2026, 1, 1)


@pytest.fixture(scope="module")
def analyzer() -> scholiast.Analyzer:
    return scholiast.Analyzer.from_texts(CONFIG, {"people.toml": REGISTRY}, today=TODAY)


def test_offsets_index_strings(analyzer: scholiast.Analyzer) -> None:
    text = "🐟 ที่ดาลัต Hà Văn Bình ký Quyết định số 12/QĐ-BTS ngày 5/3/2023."
    mentions = analyzer.mentions(text)
    assert [mention.kind for mention in mentions] == ["place", "official", "decree", "date"]
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        assert text.encode()[slice(*mention.bytes)].decode() == mention.text
    place, official, decree, date = mentions
    assert (place.id, official.id, decree.value, date.value) == ("da-lat", "ha-van-binh", "12/QĐ-BTS", "2023-03-05")
    # The fish is one code point, four bytes, two units of UTF-16.
    in_utf16 = analyzer.mentions(text, unit="utf-16")[0]
    assert (in_utf16.start, place.start, in_utf16.chars) == (place.start + 1, 5, (5, 10))
    assert place.range == ((0, 6), (0, 11))
    in_bytes = analyzer.mentions(text, unit="byte")[0]
    assert (in_bytes.start, in_bytes.end) == place.bytes


def test_rows_are_those_of_the_program(analyzer: scholiast.Analyzer, corpus: Path) -> None:
    of_folder = scholiast.Analyzer.of_folder(corpus)
    printed = run("mentions", folder=corpus)
    rows = [json.loads(line) for line in printed]
    paths = sorted({row["path"] for row in rows})
    assert len(paths) > 20
    for path in paths:
        beside = (corpus / path).with_suffix(".ann")
        annotations = beside.read_bytes() if beside.exists() else None
        found = of_folder.mentions((corpus / path).read_bytes(), path, annotations=annotations)
        assert [mention.to_dict() for mention in found] == [row for row in rows if row["path"] == path]


def test_findings(analyzer: scholiast.Analyzer) -> None:
    text = "Quyết định số 12/QD-BTS ngày 31/4/2023."
    missing, impossible = sorted(analyzer.check(text), key=lambda finding: finding.code, reverse=True)
    assert (missing.code, impossible.code) == ("decree/missing-diacritics", "date/impossible-day")
    assert missing.fix is not None and missing.fix.safe
    (edit,) = missing.fix.edits
    assert text[: edit.start] + edit.text + text[edit.end :] == "Quyết định số 12/QĐ-BTS ngày 31/4/2023."
    quiet = {finding.code for finding in analyzer.check(text, "quiet/a.txt")}
    assert quiet == {"date/impossible-day"}


def test_fix_is_made_until_nothing_is_left(analyzer: scholiast.Analyzer) -> None:
    fixed = analyzer.fix("Quyết định số 12/QD-BTS, 15/QD-BTS\n")
    assert fixed == scholiast.FixedText("Quyết định số 12/QĐ-BTS, 15/QĐ-BTS\n", 2)
    assert analyzer.fix(fixed.text).fixed == 0


def test_bytes_are_judged_as_a_file(analyzer: scholiast.Analyzer) -> None:
    codes = {finding.code for finding in analyzer.check(b"\xef\xbb\xbfa\r\nb\r\nc\n")}
    assert {"text/byte-order-mark", "text/line-ends"} <= codes
    (broken,) = analyzer.check(b"ab\xffcd")
    assert (broken.code, broken.text, broken.bytes[0]) == ("text/not-utf8", None, 2)
    assert analyzer.mentions(b"ab\xffcd") == []


def test_annotations(analyzer: scholiast.Analyzer) -> None:
    text = "Hà Văn Bình"
    annotations = "T1\tPerson 0 6\tHà Văn\nT2\tPerson 0 6\tXX Văn\n"
    codes = {finding.code for finding in analyzer.check(text, "a.txt", annotations=annotations)}
    assert "annotation/text-mismatch" in codes
    kinds = [mention.kind for mention in analyzer.mentions(text, annotations=annotations)]
    assert kinds.count("annotation") == 2


def test_suggestions(analyzer: scholiast.Analyzer) -> None:
    texts = ["Ông Lê Quang Đạo nói.", "Ông Lê Quang Đạo đi Đà Lạt.", "Ông Lê Quang Đạo về."]
    proposed = [one for one in analyzer.suggest(texts) if one.suggestion == "person"]
    assert [one.id for one in proposed] == ["le-quang-dao"]
    assert proposed[0].names == {"vi": ("Lê Quang Đạo",)}
    example = proposed[0].spellings[0].examples[0]
    assert texts[0][example.start : example.end] == "Lê Quang Đạo"


def test_faults_of_the_sources(analyzer: scholiast.Analyzer) -> None:
    codes = {finding.code for finding in analyzer.source_findings(["a.txt"])}
    assert {"config/unknown-key", "config/unused-suppression", "registry/unknown-key"} <= codes


def test_results_are_values(analyzer: scholiast.Analyzer) -> None:
    text = "Hà Văn Bình ký Quyết định số 12/QD-BTS."
    for look in (analyzer.mentions, analyzer.check):
        first, again = look(text), look(text)
        assert first == again and set(first) == set(again) and first
        assert pickle.loads(pickle.dumps(first)) == first
        with pytest.raises(AttributeError):
            first[0].start = 3  # type: ignore[misc]
    assert repr(analyzer.mentions(text)[0]) == '<Mention 0:11 official "Hà Văn Bình" "ha-van-binh">'


def test_results_are_data_classes(analyzer: scholiast.Analyzer) -> None:
    text = "Hà Văn Bình ký Quyết định số 12/QD-BTS."
    mention = analyzer.mentions(text)[0]
    assert dataclasses.is_dataclass(mention)
    row = dataclasses.asdict(mention)
    assert (row["kind"], row["id"], row["bytes"], row["candidates"]) == ("official", "ha-van-binh", (0, 14), ())
    (finding,) = analyzer.check(text)
    assert finding.fix is not None
    assert dataclasses.asdict(finding)["fix"]["edits"] == (dataclasses.asdict(finding.fix.edits[0]),)
    match mention:
        case scholiast.Mention(_, "Hà Văn Bình", start, end):
            assert (start, end) == (0, 11)
        case _:
            raise AssertionError(mention)
    for kind, names in FIELDS.items():
        described = {name for name, member in vars(kind).items() if inspect.isgetsetdescriptor(member)}
        assert set(names) == described, kind


def test_edits_count_units_of_their_own_file(analyzer: scholiast.Analyzer) -> None:
    # A fish is one code point and two units of UTF-16; there are more of them in one file than in the other.
    once = "🐟🐟 Quyết định số 12/QD-BTS ở Đà Lạt"
    assert once[29:35] == "Đà Lạt"
    note = "#1\tAnnotatorNotes T1\t🐟🐟🐟\n"
    wrong, right = f"{note}T1\tPlace 1 7\tĐà Lạt\n", f"{note}T1\tPlace 29 35\tĐà Lạt\n"
    edits = []
    for text, given in ((once, wrong), (f"{once}, Đà Lạt", right)):
        files = {"a.txt": text, "a.ann": given}
        for finding in analyzer.check(text, "a.txt", annotations=given, unit="utf-16"):
            for edit in finding.fix.edits if finding.fix else ():
                edits.append((finding.code, finding.path, edit.path))
                # What stands before it, since an edit that only inserts has no words of its own.
                units, content = files[edit.path].encode("utf-16-le"), files[edit.path].encode()
                assert units[: 2 * edit.start].decode("utf-16-le") == content[: edit.bytes[0]].decode()
                assert units[: 2 * edit.end].decode("utf-16-le") == content[: edit.bytes[1]].decode()
    # In the text, in the annotations, and from a finding in the one to the other.
    assert ("decree/missing-diacritics", "a.txt", "a.txt") in edits
    assert ("annotation/text-mismatch", "a.ann", "a.ann") in edits
    assert ("annotation/missed", "a.txt", "a.ann") in edits


def test_a_pickled_analyzer_is_made_once_a_process(analyzer: scholiast.Analyzer) -> None:
    pickled = pickle.dumps(analyzer)
    copies = [pickle.loads(pickled) for _ in range(3)]
    assert copies[0] is copies[1] is copies[2]
    assert copies[0].mentions("Đà Lạt") == analyzer.mentions("Đà Lạt")
    assert len(pickled) < 2 * len(CONFIG + REGISTRY)


def test_threads_share_an_analyzer(analyzer: scholiast.Analyzer) -> None:
    expected = analyzer.mentions("Hà Văn Bình ở Đà Lạt")
    found: list[object] = []
    look = lambda: found.extend(analyzer.mentions("Hà Văn Bình ở Đà Lạt") == expected for _ in range(50))  # noqa: E731
    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 200


def test_errors_say_where(tmp_path: Path) -> None:
    (tmp_path / "scholiast.toml").write_text("[rules]\nx = = 1\n")
    with pytest.raises(scholiast.SourceError) as config:
        scholiast.Analyzer(tmp_path / "scholiast.toml")
    assert (config.value.path, config.value.line) == ("scholiast.toml", 2)
    assert pickle.loads(pickle.dumps(config.value)).line == 2
    with pytest.raises(scholiast.SourceError) as registry:
        scholiast.Analyzer.from_texts(registry={"r.toml": "version = 1\n\n[[person\n"})
    assert registry.value.line == 3
    lenient = scholiast.Analyzer.from_texts(registry={"r.toml": "version = 1\n\n[[person\n"}, strict=False)
    assert [finding.code for finding in lenient.source_findings()] == ["registry/syntax"]
    with pytest.raises(scholiast.CorpusError):
        scholiast.Analyzer.of_folder(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        scholiast.Analyzer(registry=[tmp_path / "none.toml"])


def test_what_is_no_text_is_refused(analyzer: scholiast.Analyzer) -> None:
    for text in (3, None, ["a"], memoryview(b"a")):
        with pytest.raises(TypeError, match="the text must be str or bytes, not "):
            analyzer.mentions(text)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="the text must be str, not bytes"):
        analyzer.fix(b"a")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="the text must be str, not NoneType"):
        analyzer.suggest([None])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="the text has lone surrogates"):
        analyzer.mentions("\ud800")
    # Names of files that are no UTF-8 come from `os.listdir` like this.
    with pytest.raises(ValueError, match="the path has lone surrogates"):
        analyzer.mentions("a", "\udcff.txt")
    with pytest.raises(TypeError, match="str"):
        analyzer.mentions("a", 3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown unit"):
        analyzer.mentions("a", unit="characters")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="list of paths"):
        scholiast.Analyzer(registry="people.toml")  # type: ignore[arg-type]


def test_paths_and_days_of_other_types(analyzer: scholiast.Analyzer) -> None:
    text = "Quyết định số 12/QD-BTS"
    assert [finding.path for finding in analyzer.check(text, Path("loud") / "a.txt")] == ["loud/a.txt"]
    assert analyzer.check(text, Path("quiet") / "a.txt") == []
    assert len(analyzer.batch([text, text], [Path("quiet/a.txt"), "loud/a.txt"], rows="findings")) == 1
    moment = datetime.datetime(2026, 1, 1, 12, 30)
    assert scholiast.Analyzer.from_texts(today=moment).check(text) == scholiast.Analyzer.from_texts(today=TODAY).check(text)
    with pytest.raises(TypeError, match=r"datetime\.date"):
        scholiast.Analyzer.from_texts(today="2026-01-01")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="not one text"):
        analyzer.suggest("Ông Lê Quang Đạo")


def test_numbers_of_threads(analyzer: scholiast.Analyzer) -> None:
    for threads in (0, -1):
        with pytest.raises(ValueError, match="1 or more"):
            analyzer.batch(["a"], threads=threads)
    # No machine starts so many, and none needs them.
    assert len(analyzer.batch(["Đà Lạt"] * 3, threads=1_000_000)) == 3


@pytest.mark.parametrize("text", ["", "\0", "\u200b" * 5000, "é" * 9000, "31/4/" * 4000, "x" * 70000, "\r\r\n\n"])
def test_odd_texts(analyzer: scholiast.Analyzer, text: str) -> None:
    for mention in analyzer.mentions(text):
        assert text[mention.start : mention.end] == mention.text
    analyzer.check(text)
    analyzer.fix(text)
