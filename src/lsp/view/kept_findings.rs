//! Findings that are kept as long as they hold, shared by the owner thread and the workers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use crate::corpus::Snapshot;
use crate::diagnostic::Diagnostic;
use crate::rules::{self, FileReport};
use crate::text::FileId;

/// The findings in a file, with the stamp of what they were made from; none, as in most files, take no room.
type KeptReport = (u64, Option<Arc<FileReport>>);

/// The findings of one corpus, each with the stamp of what it was made from.
#[derive(Debug, Default)]
pub struct KeptFindings {
    files: Mutex<FxHashMap<FileId, KeptReport>>,
    sources: Mutex<Option<((u64, u64), Arc<Vec<Diagnostic>>)>>,
}

impl KeptFindings {
    /// Returns the findings that were made in a file, or makes them where its stamp is another.
    pub fn kept(&self, file: FileId, stamp: u64, find: impl FnOnce() -> FileReport) -> Arc<FileReport> {
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

    /// The findings in the registry and the configuration.
    pub fn of_sources(&self, snapshot: &Snapshot) -> Arc<Vec<Diagnostic>> {
        let stamp = snapshot.sources_stamp();
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
}

/// A map of findings is whole after a panic: each entry is put in at once.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
