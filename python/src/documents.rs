//! Texts that Python gives, looked at on all threads.

use std::borrow::Cow;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use rayon::prelude::*;
use scholiast::embed::document::GivenDocument;

use crate::given::{GivenItem, GivenPath, GivenText};
use crate::threads::StopSign;

/// One text with its path and the annotations beside it.
pub struct DocumentOfCall {
    text: GivenText,
    path: GivenPath,
    annotations: Option<GivenText>,
}

impl DocumentOfCall {
    /// The input of an analysis.
    pub fn source(&self) -> GivenDocument<'_> {
        let annotations = self.annotations.as_ref().map(GivenText::as_bytes);
        GivenDocument { path: self.path.as_path(), bytes: self.text.as_bytes(), annotations }
    }

    /// The annotations, where they are UTF-8.
    pub fn annotation_text(&self) -> Option<&str> {
        self.annotations.as_ref().and_then(|given| std::str::from_utf8(given.as_bytes()).ok())
    }
}

impl<'a, 'py> FromPyObject<'a, 'py> for DocumentOfCall {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let (text, path, annotations) = given.extract()?;
        Ok(Self { text, path, annotations })
    }
}

/// The texts of one call with their paths and, where given, their annotations: one for each text.
pub struct GivenDocuments {
    texts: Vec<GivenItem<GivenText>>,
    paths: Vec<GivenItem<GivenPath>>,
    annotations: Option<Vec<GivenItem<GivenText>>>,
}

impl<'a, 'py> FromPyObject<'a, 'py> for GivenDocuments {
    type Error = PyErr;

    fn extract(given: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
        let (texts, paths, annotations) = given.extract()?;
        let documents = Self { texts, paths, annotations };
        let annotations = documents.annotations.as_ref().map_or(documents.len(), Vec::len);
        for (what, number) in [("paths", documents.paths.len()), ("annotations", annotations)] {
            if number != documents.len() {
                let wrong = format!("{} texts and {number} {what}: give one for each", documents.len());
                return Err(PyValueError::new_err(wrong));
            }
        }
        Ok(documents)
    }
}

impl GivenDocuments {
    /// The number of texts.
    pub const fn len(&self) -> usize {
        self.texts.len()
    }

    /// Lots of texts of about the same size together.
    fn lots(&self) -> Vec<Range<usize>> {
        const LOT: usize = 1 << 20;
        let mut lots = Vec::new();
        let (mut start, mut size) = (0, 0);
        for (number, text) in self.texts.iter().enumerate() {
            size += text.find().map_or(0, |text| text.as_bytes().len()) + 1;
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

    /// The input of an analysis, or why there is none.
    fn source(&self, number: usize) -> Result<GivenDocument<'_>, Cow<'_, str>> {
        let bytes = self.texts[number].get("the text is null")?.as_bytes();
        let path = self.paths[number].get("the path is null")?.as_path();
        if bytes.len() > LARGEST {
            return Err("the text has more than 1 GiB: split it at line breaks".into());
        }
        let annotations = match self.annotations.as_ref().map(|annotations| &annotations[number]) {
            None | Some(GivenItem::Missing) => None,
            Some(given) => {
                let given = given.get("").map_err(|error| format!("of the annotations: {error}"))?;
                Some(given.as_bytes())
            }
        };
        Ok(GivenDocument { path, bytes, annotations })
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
            stop.look();
            for number in lot {
                if stop.is_up() {
                    break;
                }
                self.one(&mut made, number, &look, &fail);
            }
            made
        };
        let lots = self.lots();
        if rayon::current_thread_index().is_some() {
            return lots.into_par_iter().map(of_lot).collect();
        }
        lots.into_iter().map(of_lot).collect()
    }

    /// Adds to a result what is in each text, one after the other, until it is complete.
    pub fn in_order<C>(
        &self,
        made: &mut C,
        is_complete: impl Fn(&C) -> bool,
        look: impl Fn(&mut C, usize, GivenDocument<'_>),
        fail: impl Fn(&mut C, usize, Option<&str>, &str),
    ) {
        for number in 0..self.len() {
            if is_complete(made) {
                break;
            }
            self.one(made, number, &look, &fail);
        }
    }

    /// Adds to a result what is in one text.
    fn one<C>(
        &self,
        made: &mut C,
        number: usize,
        look: impl Fn(&mut C, usize, GivenDocument<'_>),
        fail: impl Fn(&mut C, usize, Option<&str>, &str),
    ) {
        let path = self.paths[number].find().map(|path| path.as_path().as_str());
        match self.source(number) {
            Err(error) => fail(made, number, path, &error),
            Ok(source) => {
                // One text must not end the work on millions. What it has added so far stays.
                if catch_unwind(AssertUnwindSafe(|| look(made, number, source))).is_err() {
                    fail(made, number, path, "an internal error of scholiast; please report it");
                }
            }
        }
    }
}

/// Bytes of the largest text: offsets in columns are signed numbers of 32 bits.
const LARGEST: usize = 1 << 30;
