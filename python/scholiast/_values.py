"""Results as data classes.

They are written in Rust, since a frozen data class of twenty fields takes longer to make than a mention to find. What
`dataclasses.fields`, `asdict` and `astuple`, `match`, and libraries that know data classes (pandas, for one) look for is
added here.
"""

from __future__ import annotations

import dataclasses
from typing import Any

from ._native import Edit, Finding, Fix, Mention, Related

_PLACE = ("bytes", "chars", "range")
_ANNOTATION = ("annotation", "attributes", "relations", "notes", "annotator", "file")

FIELDS: dict[type[Any], tuple[str, ...]] = {
    Mention: (
        *("path", "text", "start", "end", "kind", "id", "candidates", "holder", "value", "resolved", "era"),
        *("number", "year", "type", "agency", "label", "via", *_PLACE, "extent", *_ANNOTATION),
    ),
    Finding: ("path", "text", "start", "end", "code", "severity", "message", "fix", "related", *_PLACE),
    Fix: ("title", "safe", "edits"),
    Edit: ("path", "start", "end", "text", "bytes"),
    Related: ("path", "message", "bytes"),
}
"""The fields of each kind of result, in order."""


def add_fields() -> None:
    """Makes data classes of the results."""
    for kind, names in FIELDS.items():
        # Nobody but this package makes them: `dataclasses.replace` is refused.
        fields = [(name, Any, dataclasses.field(init=False)) for name in names]
        shape = dataclasses.make_dataclass(kind.__name__, fields, frozen=True)
        setattr(kind, "__dataclass_fields__", {field.name: field for field in dataclasses.fields(shape)})
        setattr(kind, "__match_args__", names)
