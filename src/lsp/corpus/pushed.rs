//! Findings pushed to a client that does not pull them. Runs on a worker, or on the owner thread for a document that is
//! sure to be fast.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use crate::lsp::transport::Client;
use crate::lsp::view::CorpusView;
use crate::lsp::view::diagnostics::MOST_PUSHED;
use crate::lsp::view::finding_list::FileFindings;
use crate::text::FileId;

/// Files that have been checked.
pub struct CheckedFiles {
    /// The time that took, where it was one open document.
    pub took: Option<(FileId, Duration)>,
    /// Files whose findings were pushed, or have not changed.
    pub done: Vec<FileId>,
    /// Files that were not looked at, since something else had become more urgent.
    pub left: Vec<FileId>,
}

/// The findings of one corpus that the client has been pushed.
#[derive(Debug, Default)]
pub struct PushedFindings {
    /// Files that have findings, with the fingerprint of these and how the file was called.
    pub files: FxHashMap<FileId, (u64, lsp::Uri)>,
    /// True where the corpus is gone, so that what is still being computed is not pushed any more.
    pub over: bool,
}

/// Pushed findings, shared by the owner thread and the workers.
pub type SharedPushed = Arc<Mutex<PushedFindings>>;

/// The fingerprint of no findings.
const NOTHING: u64 = 0;

/// Checks documents and hands their findings to the client.
pub fn check(
    view: &CorpusView,
    files: Vec<FileId>,
    one: Option<FileId>,
    cancelled: &AtomicBool,
    pushed: &Mutex<PushedFindings>,
    client: &Client,
) -> CheckedFiles {
    let start = Instant::now();
    let mut checked = CheckedFiles { took: None, done: Vec::with_capacity(files.len()), left: Vec::new() };
    for file in files {
        let version = view.version(file);
        if version.is_none() && cancelled.load(Ordering::Relaxed) {
            checked.left.push(file);
            continue;
        }
        if catch_unwind(AssertUnwindSafe(|| push(view, file, version, pushed, client))).is_err() {
            tracing::error!("checking {:?} has failed", view.path(file));
        }
        checked.done.push(file);
    }
    checked.took = one.map(|file| (file, start.elapsed()));
    checked
}

/// Pushes the findings in a file. An open document is told about each version; a closed file only about news.
fn push(view: &CorpusView, file: FileId, version: Option<i32>, pushed: &Mutex<PushedFindings>, client: &Client) {
    let found = FileFindings::of(view, file);
    if version.is_none() && found.is_empty() && !lock(pushed).files.contains_key(&file) {
        return;
    }
    let Some(uri) = view.uri(file) else { return };
    client.publish(&uri, version, |list| {
        let from = list.len();
        found.write(view, file, MOST_PUSHED, list);
        let fingerprint = if found.is_empty() { NOTHING } else { xxhash_rust::xxh3::xxh3_64(&list[from..]).max(1) };
        let mut pushed = lock(pushed);
        let before = pushed.files.get(&file).map_or(NOTHING, |known| known.0);
        if pushed.over || (version.is_none() && fingerprint == before) {
            return None;
        }
        if fingerprint == NOTHING {
            pushed.files.remove(&file);
        } else {
            pushed.files.insert(file, (fingerprint, uri.clone()));
        }
        // Held, so that nobody takes back what is not on its way yet.
        Some(pushed)
    });
}

/// Locks the map, which is whole after a panic: each entry is put in at once.
pub fn lock(pushed: &Mutex<PushedFindings>) -> MutexGuard<'_, PushedFindings> {
    pushed.lock().unwrap_or_else(PoisonError::into_inner)
}
