"""The recogniser and the rules of scholiast: people, organisations, offices, places, dates and references to legal
documents in Thai, Vietnamese, English and Lao.

`Analyzer` looks at texts from anywhere, `Corpus` at a folder as the commands do. `scholiast.spacy` is a component of
spaCy's pipelines, `scholiast.spark` does whole crawls. Offsets count code points, as Python indexes strings, unless
another unit is asked for.
"""

from __future__ import annotations

from ._analyzer import Analyzer, FixedText
from ._corpus import Corpus
from ._errors import CorpusError, ScholiastError, SourceError
from ._native import Columns, Edit, Finding, Fix, Mention, Related, __version__
from ._suggestions import Example, Spelling, Suggestion
from ._values import add_fields

__all__ = [
    "Analyzer",
    "Columns",
    "Corpus",
    "CorpusError",
    "Edit",
    "Example",
    "Finding",
    "Fix",
    "FixedText",
    "Mention",
    "Related",
    "ScholiastError",
    "SourceError",
    "Spelling",
    "Suggestion",
    "__version__",
]

add_fields()
del add_fields
