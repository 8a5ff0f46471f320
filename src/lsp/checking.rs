//! Findings for clients that do not pull them.
//!
//! Findings are computed from a snapshot and pushed, one lot at a time and the next when the last has been sent: that is the
//! whole debounce. An idle server answers a keystroke at once, a busy client gets the findings of the newest text and not
//! of every text on the way there. Open files come first, closed ones when all has been read. The pool does it, but for
//! what is sure to be fast.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use super::convert;
use super::corpus::OpenCorpus;
use super::documents::Documents;
use super::event::Event;
use super::outbox::Outbox;
use super::owner::{Handle, Pool};
use super::session::Editor;
use super::view::View;
use crate::text::FileId;

/// Closed files that are checked in one lot.
const LOT: usize = 128;

/// A document that is looked at this fast is looked at by the owner after the next keystroke: to wake another thread takes
/// as long.
const FAST: Duration = Duration::from_millis(1);

/// What has been looked at.
pub struct Checked {
    /// How long that took, where it was one open document.
    took: Option<(FileId, Duration)>,
    /// Files whose findings were pushed, or have not changed.
    done: Vec<FileId>,
    /// Files that were not looked at, since something else had become more urgent.
    left: Vec<FileId>,
}

/// What the client has been pushed of one corpus.
#[derive(Debug, Default)]
pub struct Pushed {
    /// Files that have findings, with the fingerprint of these and how the file was called.
    files: FxHashMap<FileId, (u64, lsp::Uri)>,
    /// Whether the corpus is gone, so that what is still being computed is not pushed any more.
    over: bool,
}

/// What was pushed, for whoever pushes more.
pub type SharedPushed = Arc<Mutex<Pushed>>;

/// The fingerprint of no findings.
const NOTHING: u64 = 0;

impl OpenCorpus {
    /// Begins to compute findings that are to be pushed, where nothing is on its way.
    pub fn check(&mut self, editor: &Editor, documents: &Documents, pool: &Pool, outbox: &Outbox, handle: &Handle) {
        if self.dirty.is_empty() || self.checking.is_some() {
            return;
        }
        // Documents are few, and what waits may be all files of a large corpus.
        let open = documents.iter().filter_map(|(path, _)| self.known(path));
        let mut open: Vec<FileId> = open.filter(|file| self.dirty.contains(file)).collect();
        open.sort_unstable();
        // What is found in closed files may depend on files that are still being read.
        if open.is_empty() && self.reading().is_some() {
            return;
        }
        let one = if let [one] = open[..] { Some(one) } else { None };
        let lot = if open.is_empty() { self.dirty.iter().copied().take(LOT).collect() } else { open };
        for file in &lot {
            self.dirty.remove(file);
        }
        let cancelled = Arc::new(AtomicBool::new(false));
        self.checking = Some(cancelled.clone());
        let view = self.view(editor, documents);
        if self.took.is_some_and(|(file, took)| one == Some(file) && took < FAST) {
            let checked = check(&view, lot, one, &cancelled, &self.pushed, outbox);
            return self.checked(checked, outbox, handle);
        }
        let (id, pushed, outbox, handle) = (self.id, self.pushed.clone(), outbox.clone(), handle.clone());
        pool.run(move || handle.send(Event::Checked(id, check(&view, lot, one, &cancelled, &pushed, &outbox))));
    }

    /// What is computed for closed files waits: something more urgent has happened.
    pub fn interrupt(&self) {
        if let Some(cancelled) = &self.checking {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Takes in what was looked at. A receipt follows what was pushed; until then nothing new is computed.
    pub fn checked(&mut self, checked: Checked, outbox: &Outbox, handle: &Handle) {
        self.took = checked.took.or(self.took);
        self.dirty.extend(checked.left);
        for file in checked.done {
            if self.path(file).is_none() {
                self.clear(file, outbox);
            }
        }
        let (id, handle) = (self.id, handle.clone());
        outbox.then(move || handle.send(Event::Sent(id)));
    }
}

impl OpenCorpus {
    /// Takes back what was pushed for a file that is gone.
    pub(super) fn clear(&mut self, file: FileId, outbox: &Outbox) {
        self.reports.forget(file);
        let mut pushed = lock(&self.pushed);
        if let Some((_, uri)) = pushed.files.remove(&file) {
            outbox.publish(&lsp::PublishDiagnosticsParams::new(uri, Vec::new(), None));
        }
    }

    /// Takes back everything that was pushed, since the corpus is gone.
    pub fn clear_all(&mut self, outbox: &Outbox) {
        let mut pushed = lock(&self.pushed);
        pushed.over = true;
        for (_, (_, uri)) in pushed.files.drain() {
            outbox.publish(&lsp::PublishDiagnosticsParams::new(uri, Vec::new(), None));
        }
    }

    /// Takes over what an older state of the corpus has pushed.
    pub fn inherit(&mut self, old: &mut Self, outbox: &Outbox) {
        let files = {
            let mut pushed = lock(&old.pushed);
            pushed.over = true;
            std::mem::take(&mut pushed.files)
        };
        for (file, known) in files {
            let path = old.path(file).map(camino::Utf8Path::to_owned);
            match path.and_then(|path| self.world.known(&path)) {
                Some(file) => {
                    lock(&self.pushed).files.insert(file, known);
                    self.dirty.insert(file);
                }
                None => outbox.publish(&lsp::PublishDiagnosticsParams::new(known.1, Vec::new(), None)),
            }
        }
    }
}

fn check(
    view: &View,
    files: Vec<FileId>,
    one: Option<FileId>,
    cancelled: &AtomicBool,
    pushed: &Mutex<Pushed>,
    outbox: &Outbox,
) -> Checked {
    let start = Instant::now();
    let mut checked = Checked { took: None, done: Vec::with_capacity(files.len()), left: Vec::new() };
    for file in files {
        let version = view.version(file);
        if version.is_none() && cancelled.load(Ordering::Relaxed) {
            checked.left.push(file);
            continue;
        }
        if catch_unwind(AssertUnwindSafe(|| push(view, file, version, pushed, outbox))).is_err() {
            tracing::error!("checking {:?} has failed", view.path(file));
        }
        checked.done.push(file);
    }
    checked.took = one.map(|file| (file, start.elapsed()));
    checked
}

/// Pushes the findings in a file. An open document is told about each version; a closed file only about news.
fn push(view: &View, file: FileId, version: Option<i32>, pushed: &Mutex<Pushed>, outbox: &Outbox) {
    let found = view.findings(file);
    let fingerprint = if found.is_empty() { NOTHING } else { convert::fingerprint(view, &found).max(1) };
    let before = lock(pushed).files.get(&file).map_or(NOTHING, |known| known.0);
    if version.is_none() && fingerprint == before {
        return;
    }
    let Some(uri) = view.uri(file) else { return };
    let diagnostics = convert::pushed(view, &found);
    let mut pushed = lock(pushed);
    if pushed.over {
        return;
    }
    if fingerprint == NOTHING {
        pushed.files.remove(&file);
    } else {
        pushed.files.insert(file, (fingerprint, uri.clone()));
    }
    outbox.publish(&lsp::PublishDiagnosticsParams { uri, version, diagnostics });
}

/// What was pushed is whole after a panic: each entry is put in at once.
fn lock(pushed: &Mutex<Pushed>) -> MutexGuard<'_, Pushed> {
    pushed.lock().unwrap_or_else(PoisonError::into_inner)
}
