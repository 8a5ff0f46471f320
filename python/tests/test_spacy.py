"""The component of spaCy."""

from __future__ import annotations

from pathlib import Path

import pytest

spacy = pytest.importorskip("spacy")

TEXTS = {
    "vi": "Hà Văn Bình đến Đà Lạt ngày 5/3/2023.",
    "th": "นายห่า วัน บิ่ญ ไปดาลัตวันที่ 5 มีนาคม 2566",
    "en": "Ha Van Binh came to Da Lat on 5 March 2023.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_blank_pipeline(language: str, corpus: Path) -> None:
    if language == "th":
        pytest.importorskip("pythainlp", reason="spaCy cuts Thai into words with pythainlp")
    if language == "vi":
        # Without pyvi spaCy cuts Vietnamese at spaces.
        config = {"nlp": {"tokenizer": {"use_pyvi": False}}}
        nlp = spacy.blank("vi", config=config)
    else:
        nlp = spacy.blank(language)
    nlp.add_pipe("scholiast", config={"folder": str(corpus)})
    doc = nlp(TEXTS[language])
    spans = doc.spans["scholiast"]
    meant = {span.label_: (span.kb_id_, span._.scholiast_value) for span in spans}
    assert meant == {"official": ("ha-van-binh", None), "place": ("da-lat", None), "date": ("", "2023-03-05")}
    for span in spans:
        row = span._.scholiast
        assert span.start_char <= row["chars"][0] and row["chars"][1] <= span.end_char
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span._.scholiast_value for span in again.spans["scholiast"]] == [span._.scholiast_value for span in spans]


def test_entities_and_kinds(corpus: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("scholiast", config={"folder": str(corpus), "set_ents": True, "kinds": ["date"]})
    doc = nlp(TEXTS["en"])
    assert [(entity.text, entity.label_) for entity in doc.ents] == [("5 March 2023", "date")]
    with pytest.raises(ValueError, match="not both"):
        spacy.blank("en").add_pipe("scholiast", config={"folder": "a", "config": "b"})
