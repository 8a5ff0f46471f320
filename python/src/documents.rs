//! Texts that Python gives, looked at on all threads.

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::Utf8Path;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use rayon::prelude::*;
use scholiast::embed::document::GivenDocument;

use crate::threads::StopSign;

/// A text as Python gives it: borrowed, never copied.
pub enum GivenText {
    /// A string.
    Text(PyBackedStr),
    /// The bytes of a file.
    Bytes(PyBackedBytes),
}

impl GivenText {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for GivenText {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = given.extract::<PyBackedStr>() {
            return Ok(Self::Text(text));
        }
        match given.extract::<PyBackedBytes>() {
            Ok(bytes) => Ok(Self::Bytes(bytes)),
            Err(_) if given.is_instance_of::<pyo3::types::PyString>() => {
                Err(PyValueError::new_err("the string holds lone surrogates, which no UTF-8 file can: decode it anew"))
            }
            Err(_) => Err(PyTypeError::new_err(format!(
                "a text is a str, or the bytes of a file, not {}",
                given.get_type().name()?
            ))),
        }
    }
}

/// The texts of one call.
pub struct GivenDocuments {
    texts: Vec<Option<GivenText>>,
    paths: Vec<Option<PyBackedStr>>,
    annotations: Vec<Option<GivenText>>,
}

impl GivenDocuments {
    /// Texts with their paths and, where given, their annotations: one for each text.
    pub fn new(
        texts: Vec<Option<GivenText>>,
        paths: Vec<Option<PyBackedStr>>,
        annotations: Option<Vec<Option<GivenText>>>,
    ) -> PyResult<Self> {
        let annotations = annotations.unwrap_or_else(|| texts.iter().map(|_| None).collect());
        for (what, number) in [("paths", paths.len()), ("annotations", annotations.len())] {
            if number != texts.len() {
                return Err(PyValueError::new_err(format!(
                    "{} texts and {number} {what}: give one for each",
                    texts.len()
                )));
            }
        }
        Ok(Self { texts, paths, annotations })
    }

    /// Lots of texts of about the same size together.
    fn lots(&self) -> Vec<Range<usize>> {
        const LOT: usize = 1 << 20;
        let mut lots = Vec::new();
        let (mut start, mut size) = (0, 0);
        for (number, text) in self.texts.iter().enumerate() {
            size += text.as_ref().map_or(0, |text| text.as_bytes().len()) + 1;
            if size >= LOT {
                lots.push(start..number + 1);
                (start, size) = (number + 1, 0);
            }
        }
        if start < self.texts.len() || lots.is_empty() {
            lots.push(start..self.texts.len());
        }
        lots
    }

    /// The input of an analysis, or why there is none; with the path.
    fn source(&self, number: usize) -> (Option<&str>, Result<GivenDocument<'_>, &'static str>) {
        let path = self.paths[number].as_deref();
        let source = match (&self.texts[number], path) {
            (None, _) => Err("the text is null"),
            (Some(_), None) => Err("the path is null"),
            (Some(text), Some(path)) if text.as_bytes().len() <= LARGEST => {
                let annotations = self.annotations[number].as_ref().map(GivenText::as_bytes);
                Ok(GivenDocument { path: Utf8Path::new(path), bytes: text.as_bytes(), annotations })
            }
            (Some(_), Some(_)) => Err("the text has more than 1 GiB: split it at line breaks"),
        };
        (path, source)
    }

    /// Makes one result of each lot of texts, lots on all threads; a text that cannot be looked at is an error of its
    /// own.
    pub fn each<C: Send>(
        &self,
        stop: &StopSign,
        new: impl Fn() -> C + Sync,
        look: impl Fn(&mut C, usize, GivenDocument<'_>) + Sync,
        fail: impl Fn(&mut C, usize, Option<&str>, &str) + Sync,
    ) -> Vec<C> {
        let of_lot = |lot: Range<usize>| {
            let mut made = new();
            for number in lot {
                if stop.is_up() {
                    break;
                }
                match self.source(number) {
                    (path, Err(error)) => fail(&mut made, number, path, error),
                    (path, Ok(source)) => {
                        // One text must not end the work on millions. What it has added so far stays.
                        if catch_unwind(AssertUnwindSafe(|| look(&mut made, number, source))).is_err() {
                            fail(&mut made, number, path, "an internal error of scholiast; please report it");
                        }
                    }
                }
            }
            made
        };
        let lots = self.lots();
        if rayon::current_thread_index().is_some() {
            return lots.into_par_iter().map(of_lot).collect();
        }
        lots.into_iter().map(of_lot).collect()
    }
}

/// Bytes of the largest text: offsets in columns are signed numbers of 32 bits.
const LARGEST: usize = 1 << 30;
