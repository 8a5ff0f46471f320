//! A corpus on disk, as the commands see it.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::prelude::*;
use scholiast::disk::FileError;
use scholiast::embed::folder::FolderRun;
use scholiast::render::Sources as _;
use scholiast::text::FileId;

use crate::errors::raised;
use crate::findings::Finding;
use crate::mentions::Mention;
use crate::places::{OffsetCounter, Unit};
use crate::threads::work_unattended;

/// A corpus on disk, read once.
#[pyclass(frozen, module = "scholiast._native")]
pub struct Folder {
    run: Arc<FolderRun>,
}

fn error(py: Python<'_>, path: &str, message: &str) -> PyErr {
    raised(py, "CorpusError", (path, message))
}

#[pymethods]
impl Folder {
    /// Reads what a path names.
    #[new]
    fn new(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        match work_unattended(py, move || FolderRun::read(path))? {
            Ok(run) => Ok(Self { run: Arc::new(run) }),
            Err(problem) => Err(error(py, &problem.path, &problem.message)),
        }
    }

    /// The files that could not be used: pairs of path and reason.
    #[getter]
    fn problems(&self) -> Vec<(String, String)> {
        let problems = self.run.problems().iter();
        problems.map(|problem| (problem.path.clone(), problem.message.clone())).collect()
    }

    /// True where nothing was read.
    #[getter]
    fn is_empty(&self) -> bool {
        self.run.is_empty()
    }

    /// The findings, in the order of output.
    fn check(&self, py: Python<'_>, unit: &str) -> PyResult<Vec<Finding>> {
        let unit = Unit::of(unit)?;
        let run = self.run.clone();
        let found: Result<Vec<Finding>, _> = work_unattended(py, move || {
            let findings = run.check();
            if let Some(problem) = findings.problems.into_iter().next() {
                return Err(problem);
            }
            let texts = run.texts();
            let mut last: Option<(FileId, OffsetCounter)> = None;
            let found = findings.found.iter().map(|found| {
                // Findings come file by file.
                let counter = match last.take() {
                    Some((file, counter)) if file == found.file => counter,
                    _ => OffsetCounter::new(unit, texts.text(found.file).as_deref()),
                };
                let finding = Finding::new(found, texts, &counter);
                last = Some((found.file, counter));
                finding
            });
            Ok(found.collect())
        })?;
        found.map_err(|problem| error(py, &problem.path, &problem.message))
    }

    /// The mentions of all texts.
    fn mentions(&self, py: Python<'_>, short_mentions: bool, unit: &str) -> PyResult<Vec<Mention>> {
        let unit = Unit::of(unit)?;
        let run = self.run.clone();
        let listed: Result<Vec<Mention>, FileError> = work_unattended(py, move || {
            let mut mentions: Vec<Mention> = Vec::new();
            let mut last: Option<(String, OffsetCounter)> = None;
            run.mentions(short_mentions, &mut |row, text| {
                let counter = match last.take() {
                    Some((path, counter)) if path == row.path => counter,
                    _ => OffsetCounter::new(unit, Some(text)),
                };
                mentions.push(Mention::new(row, &counter));
                last = Some((row.path.to_string(), counter));
            })?;
            Ok(mentions)
        })?;
        listed.map_err(|problem| error(py, &problem.path, &problem.message))
    }

    /// Proposals for the registry, as the rows of `scholiast suggest --format jsonl`.
    fn suggest(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let run = self.run.clone();
        work_unattended(py, move || run.suggest_rows())
    }
}
