"""A component of spaCy's pipelines.

`nlp.add_pipe("scholiast", config={"folder": "my-corpus"})` sets, on each document:

- `doc.spans["scholiast"]`: a span for each mention, nested ones too; its label is the kind, its `kb_id_` the registry
  id, or the reference of a decree;
- `span._.scholiast`: the row of the mention as `scholiast mentions --format jsonl` has it, with offsets of the text;
- `span._.scholiast_value`: of a date its TIMEX3 value, completed from the document's date where possible; of a decree
  its reference.

Tokens may be longer than mentions, most of all in Thai: a span has all tokens that its mention touches.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from ._analyzer import Analyzer

_USER_DATA = "scholiast"


class ScholiastComponent:
    """Finds mentions in documents."""

    analyzer: Analyzer
    """The analyser that looks at the documents."""
    spans_key: str
    """The key in `doc.spans`."""
    kinds: frozenset[str] | None
    """The kinds of mentions that are wanted; by default all."""
    set_ents: bool
    """True where `doc.ents` gets the longest mentions too."""
    short_mentions: bool
    """True where people named in short are found."""

    def __init__(
        self,
        analyzer: Analyzer,
        *,
        spans_key: str = "scholiast",
        kinds: Iterable[str] | None = None,
        set_ents: bool = False,
        short_mentions: bool = False,
    ) -> None:
        self.analyzer = analyzer
        self.spans_key = spans_key
        self.kinds = None if kinds is None else frozenset(kinds)
        self.set_ents = set_ents
        self.short_mentions = short_mentions
        for name, getter in (("scholiast", _row), ("scholiast_value", _value)):
            if not Span.has_extension(name):
                Span.set_extension(name, getter=getter)

    def __call__(self, doc: Doc) -> Doc:
        """Sets the spans of a document."""
        spans = []
        rows: dict[str, Any] = {}
        for mention in self.analyzer.mentions(doc.text, short_mentions=self.short_mentions):
            if self.kinds is not None and mention.kind not in self.kinds:
                continue
            meant = mention.id or (mention.value if mention.kind == "decree" else None) or ""
            span = doc.char_span(mention.start, mention.end, label=mention.kind, kb_id=meant, alignment_mode="expand")
            if span is not None:
                spans.append(span)
                rows.setdefault(_key(span), mention.to_dict())
        doc.spans[self.spans_key] = spans
        doc.user_data[_USER_DATA] = {**doc.user_data.get(_USER_DATA, {}), **rows}
        if self.set_ents:
            doc.set_ents(filter_spans([*spans, *doc.ents]))
        return doc


def _key(span: Span) -> str:
    # A string, so that documents can be written to disk with it.
    return f"{span.start} {span.end} {span.label_} {span.kb_id_}"


def _row(span: Span) -> dict[str, Any] | None:
    row: dict[str, Any] | None = span.doc.user_data.get(_USER_DATA, {}).get(_key(span))
    return row


def _value(span: Span) -> str | None:
    row = _row(span)
    return None if row is None else row.get("resolved") or row.get("value")


@Language.factory(  # type: ignore[untyped-decorator]
    "scholiast",
    default_config={
        "folder": None,
        "config": None,
        "registry": [],
        "spans_key": "scholiast",
        "kinds": None,
        "set_ents": False,
        "short_mentions": False,
    },
)
def create(
    nlp: Language,
    name: str,
    folder: str | None,
    config: str | None,
    registry: list[str],
    spans_key: str,
    kinds: list[str] | None,
    set_ents: bool,
    short_mentions: bool,
) -> ScholiastComponent:
    """The component of a pipeline.

    Args:
        nlp: The pipeline.
        name: The name of the component in it.
        folder: A corpus folder, whose configuration and registry hold; or
        config: the path of a `scholiast.toml`, and
        registry: the paths of registry files.
        spans_key: The key in `doc.spans`.
        kinds: The kinds of mentions that are wanted; by default all.
        set_ents: Whether `doc.ents` gets the longest mentions too, beside what is there.
        short_mentions: Whether people named in short are found.
    """
    if folder is not None and (config is not None or registry):
        raise ValueError("give a folder, or a configuration and registry files, not both")
    analyzer = Analyzer.of_folder(Path(folder)) if folder is not None else Analyzer(config, registry)
    return ScholiastComponent(
        analyzer, spans_key=spans_key, kinds=kinds, set_ents=set_ents, short_mentions=short_mentions
    )
