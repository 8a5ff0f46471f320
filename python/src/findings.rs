//! Findings as Python objects.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict, PyList, PyTuple};
use scholiast::diagnostic::{Diagnostic, FileEdit};
use scholiast::render::Sources;
use scholiast::text::Place;
use serde::{Deserialize, Serialize};

use crate::mentions::range_dict;
use crate::places::{LspRange, OffsetCounter, lsp_range};

/// Something that is wrong or inconsistent.
#[pyclass(frozen, eq, hash, module = "scholiast")]
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Finding {
    /// The path of the file.
    #[pyo3(get)]
    path: String,
    /// The text there; `None` where the file is not UTF-8 or has changed since.
    #[pyo3(get)]
    text: Option<String>,
    /// The first offset, in the unit that was asked for: code points unless said otherwise.
    #[pyo3(get)]
    start: u32,
    /// The offset behind it, in the same unit.
    #[pyo3(get)]
    end: u32,
    /// The code of the rule: `decree/missing-diacritics`.
    #[pyo3(get)]
    code: String,
    /// `error`, `warning`, `info` or `hint`.
    #[pyo3(get)]
    severity: String,
    /// The message: one sentence without a full stop.
    #[pyo3(get)]
    message: String,
    /// The edits that remove it, where there is one way to do so.
    #[pyo3(get)]
    fix: Option<Fix>,
    related: Vec<Related>,
    /// Start and end in bytes of UTF-8.
    #[pyo3(get)]
    bytes: (u32, u32),
    /// Start and end in code points.
    #[pyo3(get)]
    chars: (u32, u32),
    /// Start and end as (line, character), from 0, characters in UTF-16: as the Language Server Protocol has them.
    #[pyo3(get)]
    range: LspRange,
}

/// Edits that remove a finding.
#[pyclass(frozen, eq, hash, module = "scholiast")]
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Fix {
    /// The title, in the imperative.
    #[pyo3(get)]
    title: String,
    /// True where values, linked entities and annotations are the same afterwards.
    #[pyo3(get)]
    safe: bool,
    edits: Vec<Edit>,
}

/// One replacement.
#[pyclass(frozen, eq, hash, module = "scholiast")]
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Edit {
    /// The path of the file.
    #[pyo3(get)]
    path: String,
    /// The first offset of what is replaced, in the unit of the finding.
    #[pyo3(get)]
    start: u32,
    /// The offset behind it, in the same unit.
    #[pyo3(get)]
    end: u32,
    /// The text that stands there afterwards.
    #[pyo3(get)]
    text: String,
    /// Start and end in bytes of UTF-8.
    #[pyo3(get)]
    bytes: (u32, u32),
}

/// Another place that belongs to a finding.
#[pyclass(frozen, eq, hash, module = "scholiast")]
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Related {
    /// The path of the file.
    #[pyo3(get)]
    path: String,
    /// The relation to the finding.
    #[pyo3(get)]
    message: String,
    /// Start and end in bytes of UTF-8.
    #[pyo3(get)]
    bytes: (u32, u32),
}

const fn bytes(place: Place) -> (u32, u32) {
    (place.start.byte, place.end.byte)
}

impl Finding {
    /// The object of a finding; `counter` is of its file.
    pub fn new(found: &Diagnostic, sources: &dyn Sources, counter: &OffsetCounter) -> Self {
        let (start, end) = counter.offsets(found.place);
        let text = sources.text(found.file);
        let path = |file| sources.path(file).to_owned();
        let offsets = |edit: &FileEdit| {
            if edit.file == found.file {
                return counter.offsets(edit.place);
            }
            OffsetCounter::new(counter.unit(), sources.text(edit.file).as_deref()).offsets(edit.place)
        };
        let fix = found.fix.as_ref().map(|fix| {
            let edits = fix.edits.iter().map(|edit| {
                let (start, end) = offsets(edit);
                let (path, text, bytes) = (path(edit.file), edit.text.to_string(), bytes(edit.place));
                Edit { path, start, end, text, bytes }
            });
            Fix { title: fix.title.clone(), safe: fix.safe, edits: edits.collect() }
        });
        let related = found.related.iter().map(|related| Related {
            path: path(related.file),
            message: related.message.clone(),
            bytes: bytes(related.place),
        });
        Self {
            path: path(found.file),
            text: text.as_deref().and_then(|text| text.get(found.place.span().range())).map(str::to_owned),
            start,
            end,
            code: found.code.to_string(),
            severity: found.severity.as_str().to_owned(),
            message: found.message.clone(),
            fix,
            related: related.collect(),
            bytes: bytes(found.place),
            chars: (found.place.start.char, found.place.end.char),
            range: lsp_range(found.place),
        }
    }
}

#[pymethods]
impl Finding {
    /// Other places that belong to it.
    #[getter]
    fn related<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.related.iter().cloned())
    }

    /// The row of `scholiast check --format jsonl` as a dictionary.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let row = PyDict::new(py);
        row.set_item("path", &self.path)?;
        if let Some(text) = &self.text {
            row.set_item("text", text)?;
        }
        row.set_item("bytes", [self.bytes.0, self.bytes.1])?;
        row.set_item("chars", [self.chars.0, self.chars.1])?;
        row.set_item("range", range_dict(py, self.range)?)?;
        row.set_item("code", &self.code)?;
        row.set_item("severity", &self.severity)?;
        row.set_item("message", &self.message)?;
        if let Some(fix) = &self.fix {
            row.set_item("fix", fix.to_dict(py)?)?;
        }
        if !self.related.is_empty() {
            let related = self.related.iter().map(|related| related.to_dict(py)).collect::<PyResult<Vec<_>>>()?;
            row.set_item("related", PyList::new(py, related)?)?;
        }
        Ok(row)
    }

    fn __repr__(&self) -> String {
        format!("<Finding {}:{} {}[{}] {}>", self.start, self.end, self.severity, self.code, self.message)
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, (Bound<'py, PyBytes>,))> {
        let state = serde_json::to_vec(self).map_err(|error| PyValueError::new_err(error.to_string()))?;
        let read = py.import("scholiast._native")?.getattr("finding_of_state")?;
        Ok((read, (PyBytes::new(py, &state),)))
    }
}

#[pymethods]
impl Fix {
    /// The edits, sorted by file and place, not overlapping.
    #[getter]
    fn edits<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyTuple>> {
        PyTuple::new(py, self.edits.iter().cloned())
    }

    /// The fix as rows of the command line have it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("title", &self.title)?;
        dict.set_item("safe", self.safe)?;
        let edits = self.edits.iter().map(|edit| edit.to_dict(py)).collect::<PyResult<Vec<_>>>()?;
        dict.set_item("edits", PyList::new(py, edits)?)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        format!("<Fix {:?}{}>", self.title, if self.safe { " safe" } else { "" })
    }
}

#[pymethods]
impl Edit {
    /// The edit as rows of the command line have it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("path", &self.path)?;
        dict.set_item("bytes", [self.bytes.0, self.bytes.1])?;
        dict.set_item("text", &self.text)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        format!("<Edit {}:{} {:?}>", self.start, self.end, self.text)
    }
}

#[pymethods]
impl Related {
    /// The place as rows of the command line have it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let dict = PyDict::new(py);
        dict.set_item("path", &self.path)?;
        dict.set_item("bytes", [self.bytes.0, self.bytes.1])?;
        dict.set_item("message", &self.message)?;
        Ok(dict)
    }

    fn __repr__(&self) -> String {
        format!("<Related {} {:?} {}>", self.path, self.bytes, self.message)
    }
}

/// A finding that was pickled.
#[pyfunction]
pub fn finding_of_state(state: &[u8]) -> PyResult<Finding> {
    serde_json::from_slice(state).map_err(|error| PyValueError::new_err(error.to_string()))
}
