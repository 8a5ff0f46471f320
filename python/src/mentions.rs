//! Mentions as Python objects.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyTuple};
use scholiast::render::mentions::{AnnotationColumns, MentionLink, MentionRow};
use serde::{Deserialize, Serialize};

use crate::places::{LspRange, OffsetCounter, lsp_range};

/// Something that was recognised in a text, or annotated in it.
#[pyclass(frozen, eq, hash, module = "scholiast")]
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Mention {
    /// The path of the text.
    #[pyo3(get)]
    path: String,
    /// The text of the core.
    #[pyo3(get)]
    text: String,
    /// The first offset of the core, in the unit that was asked for: code points unless said otherwise.
    #[pyo3(get)]
    start: u32,
    /// The offset behind the core, in the same unit.
    #[pyo3(get)]
    end: u32,
    /// `official`, `person`, `organization`, `place`, `office`, `date`, `decree`, `annotation`, or the name of a
    /// pattern of the configuration.
    #[pyo3(get)]
    kind: String,
    /// The registry id, where exactly one remains.
    #[pyo3(get)]
    id: Option<String>,
    candidates: Vec<String>,
    /// Offices: the id of the person it is said of.
    #[pyo3(get)]
    holder: Option<String>,
    /// Dates: TIMEX3 in the Gregorian calendar; decrees: the canonical reference.
    #[pyo3(get)]
    value: Option<String>,
    /// Dates: the value completed from the document's date.
    #[pyo3(get)]
    resolved: Option<String>,
    /// Dates with a year: `be`, `ce`, `re`, `ah`.
    #[pyo3(get)]
    era: Option<String>,
    /// Decrees: the number.
    #[pyo3(get)]
    number: Option<String>,
    /// Decrees: the year.
    #[pyo3(get)]
    year: Option<u16>,
    /// Decrees: the letters of the type.
    #[pyo3(get)]
    r#type: Option<String>,
    /// Decrees: the letters of the agency.
    #[pyo3(get)]
    agency: Option<String>,
    /// Annotations: the type.
    #[pyo3(get)]
    label: Option<String>,
    /// `exact`, `folded`, `sounds-like`, `context`, `grammar`, `pattern`, `annotation`.
    #[pyo3(get)]
    via: String,
    /// Start and end of the core in bytes of UTF-8.
    #[pyo3(get)]
    bytes: (u32, u32),
    /// Start and end in code points.
    #[pyo3(get)]
    chars: (u32, u32),
    /// Start and end as (line, character), from 0, characters in UTF-16: as the Language Server Protocol has them.
    #[pyo3(get)]
    range: LspRange,
    /// Start and end in bytes, with what belongs to the mention beyond its core.
    #[pyo3(get)]
    extent: (u32, u32),
    /// Annotations: the fields that they have alone, a JSON object.
    annotation_fields: Option<String>,
}

impl Mention {
    /// The object of a row.
    pub fn new(row: &MentionRow<'_>, counter: &OffsetCounter) -> Self {
        let (id, candidates) = link(&row.link);
        let (start, end) = counter.offsets(row.place);
        Self {
            path: row.path.to_string(),
            text: row.text.to_string(),
            start,
            end,
            kind: row.kind.to_string(),
            id: id.map(str::to_owned),
            candidates: candidates.into_iter().map(str::to_owned).collect(),
            holder: owned(row.holder.as_deref()),
            value: owned(row.value.as_deref()),
            resolved: owned(row.resolved.as_deref()),
            era: owned(row.era),
            number: owned(row.number.as_deref()),
            year: row.year,
            r#type: owned(row.decree_type.as_deref()),
            agency: owned(row.agency.as_deref()),
            label: owned(row.label.as_deref()),
            via: row.via.to_owned(),
            bytes: (row.place.start.byte, row.place.end.byte),
            chars: (row.place.start.char, row.place.end.char),
            range: lsp_range(row.place),
            extent: row.extent,
            annotation_fields: row.annotation.as_ref().map(AnnotationColumns::to_json),
        }
    }

    /// The fields that annotations have alone; empty for other mentions.
    fn annotation_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        match &self.annotation_fields {
            Some(json) => Ok(py.import("json")?.call_method1("loads", (json,))?.cast_into()?),
            None => Ok(PyDict::new(py)),
        }
    }

    fn annotation_field<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.annotation_dict(py)?.get_item(name)
    }

    fn annotation_list<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyTuple>> {
        match self.annotation_field(py, name)? {
            Some(list) => PyTuple::new(py, list.try_iter()?.collect::<PyResult<Vec<_>>>()?),
            None => Ok(PyTuple::empty(py)),
        }
    }
}

/// The id or the candidates of a mention.
pub fn link<'r>(link: &'r MentionLink<'_>) -> (Option<&'r str>, Vec<&'r str>) {
    match link {
        MentionLink::None => (None, Vec::new()),
        MentionLink::Id(id) => (Some(id), Vec::new()),
        MentionLink::Candidates(ids) => (None, ids.iter().map(|id| &**id).collect()),
    }
}

fn owned(text: Option<&str>) -> Option<String> {
    text.map(str::to_owned)
}

#[pymethods]
impl Mention {
    /// The registry ids, sorted, where more than one remains.
    #[getter]
    fn candidates<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, &self.candidates)
    }

    /// Annotations: the id in its file.
    #[getter]
    fn annotation<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.annotation_field(py, "annotation")
    }

    /// Annotations: attributes by name; a value is `True`, a string, or a list of strings.
    #[getter]
    fn attributes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.annotation_field(py, "attributes")?.unwrap_or_else(|| PyDict::new(py).into_any()))
    }

    /// Annotations: the relations and events that it takes part in, each with `id`, `type`, `role` and `target`.
    #[getter]
    fn relations<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.annotation_list(py, "relations")
    }

    /// Annotations: the texts of notes.
    #[getter]
    fn notes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        self.annotation_list(py, "notes")
    }

    /// Annotations: the annotator, where the configuration names one.
    #[getter]
    fn annotator<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.annotation_field(py, "annotator")
    }

    /// Annotations: the path of the annotation file.
    #[getter]
    fn file<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        self.annotation_field(py, "file")
    }

    /// The row of `scholiast mentions --format jsonl` as a dictionary.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let row = PyDict::new(py);
        row.set_item("path", &self.path)?;
        row.set_item("text", &self.text)?;
        row.set_item("bytes", [self.bytes.0, self.bytes.1])?;
        row.set_item("chars", [self.chars.0, self.chars.1])?;
        row.set_item("range", range_dict(py, self.range)?)?;
        row.set_item("kind", &self.kind)?;
        let texts = [
            ("id", &self.id),
            ("holder", &self.holder),
            ("value", &self.value),
            ("resolved", &self.resolved),
            ("era", &self.era),
            ("number", &self.number),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                row.set_item(name, text)?;
            }
            if name == "id" && !self.candidates.is_empty() {
                row.set_item("candidates", &self.candidates)?;
            }
        }
        if let Some(year) = self.year {
            row.set_item("year", year)?;
        }
        for (name, text) in [("type", &self.r#type), ("agency", &self.agency), ("label", &self.label)] {
            if let Some(text) = text {
                row.set_item(name, text)?;
            }
        }
        row.set_item("extent", [self.extent.0, self.extent.1])?;
        row.set_item("via", &self.via)?;
        row.update(self.annotation_dict(py)?.as_mapping())?;
        Ok(row)
    }

    fn __repr__(&self) -> String {
        let meant = self.id.as_ref().or(self.value.as_ref()).map_or_else(String::new, |meant| format!(" {meant:?}"));
        format!("<Mention {}:{} {} {:?}{meant}>", self.start, self.end, self.kind, self.text)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let state = serde_json::to_vec(self).map_err(|error| PyValueError::new_err(error.to_string()))?;
        let read = py.import("scholiast._native")?.getattr("mention_of_state")?;
        Ok((read, (PyBytes::new(py, &state),)))
    }
}

/// A mention that was pickled.
#[pyfunction]
pub fn mention_of_state(state: &[u8]) -> PyResult<Mention> {
    serde_json::from_slice(state).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// A range as rows of the command line have it.
pub fn range_dict(py: Python<'_>, range: LspRange) -> PyResult<Bound<'_, PyDict>> {
    let position = |(line, character): (u32, u32)| {
        let position = PyDict::new(py);
        position.set_item("line", line)?;
        position.set_item("character", character)?;
        PyResult::Ok(position)
    };
    let dict = PyDict::new(py);
    dict.set_item("start", position(range.0)?)?;
    dict.set_item("end", position(range.1)?)?;
    Ok(dict)
}
