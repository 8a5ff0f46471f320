//! Findings that are kept as long as they hold.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::beside::Beside;
use super::view::View;
use crate::corpus::{File, Snapshot};
use crate::diagnostic::Diagnostic;
use crate::rules::{self, FileReport, sources};
use crate::text::FileId;

/// What was found in a file, with the stamp of what it was made from; nothing, as in most files, takes no room.
type Kept = (u64, Option<Arc<FileReport>>);

/// The findings of one corpus, each with the stamp of what it was made from.
#[derive(Debug, Default)]
pub struct Reports {
    files: Mutex<FxHashMap<FileId, Kept>>,
    sources: Mutex<Option<(u64, Arc<Vec<Diagnostic>>)>>,
}

impl Reports {
    /// The findings in any file of the corpus.
    pub fn of(&self, view: &View, file: FileId) -> Vec<Diagnostic> {
        let snapshot = &*view.snapshot;
        if let Some(text) = snapshot.file(file) {
            return self.of_text(snapshot, text).diagnostics.clone();
        }
        if let Some(beside) = view.besides.get(file) {
            return self.of_annotations(view, file, beside).diagnostics.clone();
        }
        let mut found: Vec<Diagnostic> =
            self.of_sources(snapshot).iter().filter(|found| found.file == file).cloned().collect();
        if snapshot.config_source.as_ref().is_some_and(|(config, _)| *config == file) {
            match &view.config_error {
                Some(error) => found.extend(sources::config_syntax(snapshot, error)),
                None => found.extend(self.unused_suppressions(view)),
            }
        }
        found
    }

    /// The findings in a text.
    pub fn of_text(&self, snapshot: &Snapshot, file: &File) -> Arc<FileReport> {
        self.kept(file.id, snapshot.stamp(file.id), || rules::check_file(snapshot, file))
    }

    /// The findings in an annotation file.
    fn of_annotations(&self, view: &View, file: FileId, beside: &Beside) -> Arc<FileReport> {
        self.kept(file, beside.stamp, || beside.check(view, file))
    }

    /// What was found in a file, unless its stamp is another.
    fn kept(&self, file: FileId, stamp: u64, find: impl FnOnce() -> FileReport) -> Arc<FileReport> {
        let known = lock(&self.files).get(&file).cloned();
        if let Some((of, report)) = known
            && of == stamp
        {
            return report.unwrap_or_default();
        }
        let report = Arc::new(find());
        let kept = (!report.is_empty()).then(|| report.clone());
        lock(&self.files).insert(file, (stamp, kept));
        report
    }

    /// Forgets a file.
    pub fn forget(&self, file: FileId) {
        lock(&self.files).remove(&file);
    }

    fn of_sources(&self, snapshot: &Snapshot) -> Arc<Vec<Diagnostic>> {
        let stamp = snapshot.base_stamp();
        let mut kept = lock(&self.sources);
        match &*kept {
            Some((of, found)) if *of == stamp => found.clone(),
            _ => {
                let found = Arc::new(rules::engine::check_sources(snapshot));
                *kept = Some((stamp, found.clone()));
                found
            }
        }
    }

    /// Whether a suppression is used is known when every file has been checked.
    fn unused_suppressions(&self, view: &View) -> Vec<Diagnostic> {
        let snapshot = &*view.snapshot;
        let mut used = vec![false; snapshot.config.suppress.len()];
        if used.is_empty() {
            return Vec::new();
        }
        let files: Vec<_> = snapshot.files().collect();
        let mut reports: Vec<Arc<FileReport>> = files.par_iter().map(|file| self.of_text(snapshot, file)).collect();
        let besides: Vec<_> = view.besides.iter().collect();
        reports.par_extend(besides.par_iter().map(|(file, beside)| self.of_annotations(view, *file, beside)));
        reports.iter().flat_map(|report| &report.used).for_each(|number| used[*number] = true);
        sources::unused_suppressions(snapshot, &used)
    }
}

/// A map of findings is whole after a panic: each entry is put in at once.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
