"""Every export is read by a program that is not ours, and says the same spans and types."""

import csv
import json
import subprocess
from pathlib import Path

import cassis
import conllu
import jsonschema
import pytest
import spacy
import udapi
from conftest import MARKS, TEXTS, expected
from lxml import etree
from pyld import jsonld
from spacy.tokens import Doc, DocBin

NAMES = sorted(TEXTS)
ENTITY = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"
RELATION = "webanno.custom.EntityRelation"


def lines(path: Path) -> list[dict]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def check_cas(cas: cassis.Cas, name: str) -> None:
    assert cas.sofa_string == TEXTS[name]
    assert sorted((one.value, one.begin, one.end) for one in cas.select(ENTITY)) == expected(name)
    words = [mark.words for mark in MARKS[name]]
    assert sorted(one.get_covered_text() for one in cas.select(ENTITY)) == sorted(words)
    links = [one.identifier for one in cas.select(ENTITY) if one.identifier]
    assert links == [mark.link for mark in MARKS[name] if mark.link]
    for relation in cas.select(RELATION):
        assert (relation.Governor.get_covered_text(), relation.Dependent.get_covered_text()) == ("Trần Lan Anh", "Huế")
    tokens = cas.select("de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token")
    assert "".join(one.get_covered_text() for one in tokens) == "".join(TEXTS[name].split())


@pytest.mark.parametrize("name", NAMES)
def test_xmi(export, name: str) -> None:
    folder = export("xmi")
    with (folder / "TypeSystem.xml").open("rb") as source:
        types = cassis.load_typesystem(source)
    with (folder / f"{name}.xmi").open("rb") as source:
        check_cas(cassis.load_cas_from_xmi(source, typesystem=types), name)


@pytest.mark.parametrize("name", NAMES)
def test_cas_json(export, name: str) -> None:
    with (export("cas-json") / f"{name}.json").open("rb") as source:
        check_cas(cassis.load_cas_from_json(source), name)


def test_cas_of_others_comes_back(program, corpus, export, tmp_path) -> None:
    """What cassis writes of our export is imported as the annotations it was made of."""
    with (export("cas-json") / "tin/hue.json").open("rb") as source:
        cas = cassis.load_cas_from_json(source)
    cas.to_xmi(tmp_path / "hue.xmi")
    cas.to_json(tmp_path / "hue.json")
    for kind, file in (("xmi", "hue.xmi"), ("cas-json", "hue.json")):
        command = [program, "import", "--format", kind, tmp_path / file, "-o", tmp_path / kind]
        ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert ran.returncode == 0, ran.stderr
        for ending in ("txt", "ann"):
            back = (tmp_path / kind / f"tin/hue.{ending}").read_text(encoding="utf-8")
            assert back == (corpus / f"tin/hue.{ending}").read_text(encoding="utf-8")


def conllu_documents(path: Path) -> dict[str, list[conllu.TokenList]]:
    documents: dict[str, list[conllu.TokenList]] = {}
    name = ""
    for sentence in conllu.parse(path.read_text(encoding="utf-8")):
        name = sentence.metadata.get("newdoc id", name)
        documents.setdefault(name, []).append(sentence)
    return documents


def test_conllu_text(export) -> None:
    documents = conllu_documents(export("conllu") / "corpus.conllu")
    for name in NAMES:
        lines_of_text = [sentence.metadata["text"] for sentence in documents[name]]
        assert "\n".join(lines_of_text) + "\n" == TEXTS[name]
        words = "".join(token["form"] for sentence in documents[name] for token in sentence)
        assert words == "".join(TEXTS[name].split())


def test_conllu_entities(export) -> None:
    document = udapi.Document(str(export("conllu") / "corpus.conllu"))
    found = []
    for mention in document.coref_mentions:
        words = "".join(
            word.form + ("" if word is mention.words[-1] or word.no_space_after else " ") for word in mention.words
        )
        found.append((mention.entity.etype, words))
    assert sorted(found) == sorted((mark.label, mark.words) for marks in MARKS.values() for mark in marks)


@pytest.mark.parametrize("name", NAMES)
def test_tei(export, name: str) -> None:
    tree = etree.parse(str(export("tei") / f"{name}.xml"))
    space = {"t": "http://www.tei-c.org/ns/1.0"}
    xml_id = "{http://www.w3.org/XML/1998/namespace}id"
    texts = {one.get(xml_id): "".join(one.itertext()) for one in tree.iterfind(".//t:text//*", space)}
    labels = {one.get(xml_id): one.text for one in tree.iterfind(".//t:interp", space)}
    found = []
    for annotation in tree.iterfind(".//t:annotation", space):
        base, start, length = annotation.get("target")[len("#string-range(") : -1].split(",")
        assert texts[base] == TEXTS[name]
        found.append((labels[annotation.get("ana").lstrip("#")], int(start), int(start) + int(length)))
    assert sorted(found) == expected(name)
    for relation in tree.iterfind(".//t:relation", space):
        ends = [relation.get(end).lstrip("#") for end in ("active", "passive")]
        assert ends == ["T1", "T3"]


@pytest.mark.parametrize("name", NAMES)
def test_webanno_tsv(export, name: str) -> None:
    """No library reads this format: the rows are taken apart as the format's description says."""
    source = (export("webanno-tsv") / f"{name}.tsv").read_text(encoding="utf-8")
    units = TEXTS[name].encode("utf-16-le")
    stacked: dict[tuple[str, str], list[int]] = {}
    for line in source.split("\n"):
        if not line or line.startswith("#"):
            continue
        address, offsets, form, _link, values, *_ = line.split("\t")
        begin, end = map(int, offsets.split("-"))
        assert units[2 * begin : 2 * end].decode("utf-16-le") == form
        for value in [] if values == "_" else values.split("|"):
            label, _, number = value.rstrip("]").partition("[")
            stacked.setdefault((label, number or address), []).extend((begin, end))
    found = []
    for (label, _), ends in stacked.items():
        before = units[: 2 * min(ends)].decode("utf-16-le")
        within = units[2 * min(ends) : 2 * max(ends)].decode("utf-16-le")
        found.append((label, len(before), len(before) + len(within)))
    assert sorted(found) == expected(name)


def test_spacy_jsonl(export) -> None:
    """The conventions of `Doc.to_json`; `Doc.from_json` asks for spans that begin and end with a token."""
    for record in lines(export("spacy") / "corpus.jsonl"):
        name = record["_"]["source"]
        assert record["text"] == TEXTS[name]
        assert sorted((one["label"], one["start"], one["end"]) for one in record["ents"]) == expected(name)
        starts = {token["start"] for token in record["tokens"]}
        ends = {token["end"] for token in record["tokens"]}
        assert all(one["start"] in starts and one["end"] in ends for one in record["ents"])
        spans = record["spans"]["scholiast"]
        assert [one.get("kb_id") for one in spans if one.get("kb_id")] == [mark.link for mark in MARKS[name] if mark.link]


def test_spacy_itself(export) -> None:
    """spaCy reads the lines into documents of a blank pipeline, keeps them in a `DocBin`, and has the same spans."""
    Doc.set_extension("source", default=None, force=True)
    vocab = spacy.blank("xx").vocab
    records = lines(export("spacy") / "corpus.jsonl")
    box = DocBin(docs=[Doc(vocab).from_json(record) for record in records])
    docs = list(DocBin().from_bytes(box.to_bytes()).get_docs(vocab))
    assert len(docs) == len(NAMES)
    for record, doc in zip(records, docs, strict=True):
        name = record["_"]["source"]
        assert doc.text == TEXTS[name]
        assert sorted((one.label_, one.start_char, one.end_char) for one in doc.ents) == expected(name)
        spans = doc.spans["scholiast"]
        assert sorted((one.label_, one.start_char, one.end_char) for one in spans) == expected(name)
        assert [one.kb_id_ for one in spans if one.kb_id_] == [mark.link for mark in MARKS[name] if mark.link]


def test_prodigy_jsonl(export) -> None:
    for record in lines(export("prodigy") / "corpus.jsonl"):
        name = record["meta"]["source"]
        assert sorted((one["label"], one["start"], one["end"]) for one in record["spans"]) == expected(name)
        for span in record["spans"]:
            first, last = record["tokens"][span["token_start"]], record["tokens"][span["token_end"]]
            assert (first["start"], last["end"]) == (span["start"], span["end"])


def test_doccano_jsonl(export) -> None:
    for record in lines(export("doccano") / "corpus.jsonl"):
        name = record["meta"]["source"]
        found = [(one["label"], one["start_offset"], one["end_offset"]) for one in record["entities"]]
        assert sorted(found) == expected(name)
        known = {one["id"] for one in record["entities"]}
        assert all({one["from_id"], one["to_id"]} <= known for one in record["relations"])


REGION = {
    "type": "object",
    "required": ["id", "from_name", "to_name", "type", "value"],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "type": {"enum": ["labels", "choices", "textarea"]},
        "value": {
            "type": "object",
            "required": ["start", "end"],
            "properties": {
                "start": {"type": "integer", "minimum": 0},
                "end": {"type": "integer", "minimum": 0},
                "labels": {"type": "array", "items": {"type": "string"}, "minItems": 1},
            },
        },
    },
}
RELATION_RESULT = {
    "type": "object",
    "required": ["type", "from_id", "to_id", "direction"],
    "properties": {"type": {"const": "relation"}, "direction": {"enum": ["left", "right", "bi"]}},
}
TASKS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "data", "annotations"],
        "properties": {
            "id": {"type": "integer", "minimum": 1},
            "data": {"type": "object", "required": ["text"]},
            "annotations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["result"],
                    "properties": {"result": {"type": "array", "items": {"anyOf": [REGION, RELATION_RESULT]}}},
                },
            },
        },
    },
}


def test_label_studio(export) -> None:
    """The tasks by the shape that Label Studio's documentation gives them; its own SDK reads them in a test of its own."""
    tasks = json.loads((export("label-studio") / "tasks.json").read_text(encoding="utf-8"))
    jsonschema.validate(tasks, TASKS)
    assert len(tasks) == len(NAMES)
    for task in tasks:
        name = task["data"]["source"]
        assert task["data"]["text"] == TEXTS[name]
        (annotations,) = task["annotations"]
        regions = [one for one in annotations["result"] if one["type"] == "labels"]
        found = [(label, one["value"]["start"], one["value"]["end"]) for one in regions for label in one["value"]["labels"]]
        assert sorted(found) == expected(name)
        assert all(TEXTS[name][one["value"]["start"] : one["value"]["end"]] == one["value"]["text"] for one in regions)
        known = {one["id"] for one in regions}
        relations = [one for one in annotations["result"] if one["type"] == "relation"]
        assert all({one["from_id"], one["to_id"]} <= known for one in relations)


def test_web_annotation(export) -> None:
    """The file as JSON-LD: expanded by the context of the Web Annotation vocabulary."""
    folder = export("web-annotation")
    page = json.loads((folder / "annotations.jsonld").read_text(encoding="utf-8"))
    # The part of the published context that is used here: no test fetches anything.
    oa, rdf = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    context = {
        "@context": {
            "oa": oa, "rdf": rdf, "as": "http://www.w3.org/ns/activitystreams#",
            "id": "@id", "type": "@type", "Annotation": "oa:Annotation", "AnnotationPage": "as:OrderedCollectionPage",
            "items": {"@id": "as:items", "@container": "@list"},
            "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
            "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
            "body": {"@id": "oa:hasBody"}, "target": {"@id": "oa:hasTarget"}, "source": {"@id": "oa:hasSource", "@type": "@id"},
            "selector": {"@id": "oa:hasSelector"}, "start": "oa:start", "end": "oa:end", "exact": "oa:exact",
            "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value",
            "motivation": {"@id": "oa:motivatedBy", "@type": "@vocab"},
            "purpose": {"@id": "oa:hasPurpose", "@type": "@vocab"},
            "tagging": "oa:tagging", "identifying": "oa:identifying", "linking": "oa:linking",
        }
    }
    def load(url: str, _options: dict) -> dict:
        assert url == "http://www.w3.org/ns/anno.jsonld"
        return {"contextUrl": None, "documentUrl": url, "document": context}

    expanded = jsonld.expand(page, {"documentLoader": load, "base": "file:///corpus/"})
    found: dict[str, list] = {name: [] for name in NAMES}
    for item in expanded[0]["http://www.w3.org/ns/activitystreams#items"][0]["@list"]:
        if item[f"{oa}motivatedBy"][0]["@id"] == f"{oa}linking":
            continue
        target = item[f"{oa}hasTarget"][0]
        name = target[f"{oa}hasSource"][0]["@id"].removeprefix("file:///corpus/").removesuffix(".txt")
        position = next(one for one in target[f"{oa}hasSelector"] if f"{oa}start" in one)
        quote = next(one for one in target[f"{oa}hasSelector"] if f"{oa}exact" in one)[f"{oa}exact"][0]["@value"]
        start, end = (position[f"{oa}{key}"][0]["@value"] for key in ("start", "end"))
        assert TEXTS[name][start:end] == quote
        label = item[f"{oa}hasBody"][0][f"{rdf}value"][0]["@value"]
        found[name].append((label, start, end))
    assert {name: sorted(all_of_it) for name, all_of_it in found.items()} == {name: expected(name) for name in NAMES}


def test_csv(export) -> None:
    with (export("csv") / "annotations.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source))
    for name in NAMES:
        spans = [row for row in rows if row["document"] == name and row["kind"] == "span"]
        assert sorted((row["type"], int(row["start"]), int(row["end"])) for row in spans) == expected(name)


def test_conll(export) -> None:
    words = {mark.words.replace(" ", "") for marks in MARKS.values() for mark in marks}
    source = (export("conll") / "corpus.conll").read_text(encoding="utf-8")
    found, open_words = [], ""
    for line in source.split("\n") + [""]:
        form, _, tag = line.partition("\t")
        if not tag.startswith("I-") and open_words:
            found.append(open_words)
            open_words = ""
        if tag.startswith(("B-", "I-")):
            open_words += form
    assert set(found) == words
