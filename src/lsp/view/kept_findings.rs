//! Findings that are kept as long as they hold, shared by the owner thread and the workers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::kept_baseline::KeptBaseline;
use super::written::WrittenFindings;
use crate::corpus::Snapshot;
use crate::rules::{self, FileReport, LiveReport};
use crate::text::FileId;

/// The findings in registries and configuration, with the stamps of what they were made from.
type KeptSources = ((u64, u64), Arc<FileReport>);

/// The findings in a file, with the stamp of what they were made from; none, as in most files, take no room.
type KeptReport = (u64, Option<Arc<FileReport>>);

/// The findings of one corpus, each with the stamp of what it was made from.
#[derive(Debug, Default)]
pub struct KeptFindings {
    files: Mutex<FxHashMap<FileId, KeptReport>>,
    /// Of open documents, with what may be used again after the next keystroke.
    live: Mutex<FxHashMap<FileId, (u64, Arc<LiveReport>)>>,
    /// Of open documents, as they were written to the client.
    written: Mutex<FxHashMap<FileId, WrittenFindings>>,
    sources: Mutex<Option<KeptSources>>,
    /// The findings that are known and not shown.
    pub baseline: KeptBaseline,
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

    /// Returns the findings that were made in an open document, or makes them from those before.
    pub fn live(
        &self,
        file: FileId,
        stamp: u64,
        find: impl FnOnce(Option<&LiveReport>) -> LiveReport,
    ) -> Arc<LiveReport> {
        let known = lock(&self.live).get(&file).cloned();
        let before = match known {
            Some((of, report)) if of == stamp => return report,
            known => known.map(|(_, report)| report),
        };
        let report = Arc::new(find(before.as_deref()));
        lock(&self.live).insert(file, (stamp, report.clone()));
        report
    }

    /// Takes what was written of the findings in an open document; who takes it puts back what is written next.
    pub fn take_written(&self, file: FileId) -> WrittenFindings {
        lock(&self.written).remove(&file).unwrap_or_default()
    }

    /// Keeps what was written of the findings in an open document.
    pub fn put_written(&self, file: FileId, written: WrittenFindings) {
        lock(&self.written).insert(file, written);
    }

    /// Forgets a file.
    pub fn forget(&self, file: FileId) {
        lock(&self.files).remove(&file);
        self.closed(file);
    }

    /// Forgets what is kept of a document while it is open.
    pub fn closed(&self, file: FileId) {
        lock(&self.live).remove(&file);
        lock(&self.written).remove(&file);
    }

    /// The findings in the registry and the configuration.
    pub fn of_sources(&self, snapshot: &Snapshot) -> Arc<FileReport> {
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
