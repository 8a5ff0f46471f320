//! Findings for clients that do not pull them.
//!
//! Findings are computed from a snapshot on the pool and pushed by the owner, one lot at a time and the next when the
//! last has been sent: that is the whole debounce. An idle server answers a keystroke at once, a busy client gets the
//! findings of the newest text and not of every text on the way there. Open files come first.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tower_lsp::ls_types as lsp;

use super::convert;
use super::corpus::Corpus;
use super::documents::Documents;
use super::event::Event;
use super::outbox::Outbox;
use super::owner::{Handle, Pool};
use super::session::Editor;
use super::view::View;
use crate::text::FileId;

/// Closed files that are checked in one lot.
const LOT: usize = 128;

/// Findings to be pushed.
pub struct Checked {
    files: Vec<CheckedFile>,
    /// Files that were not looked at, since something else had become more urgent.
    left: Vec<FileId>,
}

struct CheckedFile {
    file: FileId,
    fingerprint: u64,
    /// `None` where they are what was pushed last.
    found: Option<lsp::PublishDiagnosticsParams>,
}

/// The fingerprint of no findings.
const NOTHING: u64 = 0;

impl Corpus {
    /// Begins to compute findings that are to be pushed, where nothing is on its way.
    pub fn check(&mut self, editor: &Editor, documents: &Documents, pool: &Pool, handle: &Handle) {
        if self.dirty.is_empty() || self.checking.is_some() {
            return;
        }
        let is_open = |file: &FileId| {
            let path = self.path(*file).map(|path| self.root.join(path));
            path.is_some_and(|path| documents.get(&path).is_some())
        };
        let open: Vec<FileId> = self.dirty.iter().copied().filter(is_open).collect();
        let lot = if open.is_empty() { self.dirty.iter().copied().take(LOT).collect() } else { open };
        for file in &lot {
            self.dirty.remove(file);
        }
        let before: Vec<(FileId, u64)> =
            lot.into_iter().map(|file| (file, self.pushed.get(&file).map_or(NOTHING, |pushed| pushed.0))).collect();
        let cancelled = Arc::new(AtomicBool::new(false));
        self.checking = Some(cancelled.clone());
        let view = self.view(editor, documents);
        let (id, handle) = (self.id, handle.clone());
        pool.run(move || handle.send(Event::Checked(id, check(&view, before, &cancelled))));
    }

    /// What is computed for closed files waits: something more urgent has happened.
    pub fn interrupt(&self) {
        if let Some(cancelled) = &self.checking {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Pushes what was found. A receipt follows it; until then nothing new is computed.
    pub fn push(&mut self, checked: Checked, outbox: &Outbox, handle: &Handle) {
        self.dirty.extend(checked.left);
        for CheckedFile { file, fingerprint, found } in checked.files {
            if self.path(file).is_none() {
                self.clear(file, outbox);
                continue;
            }
            let Some(found) = found else { continue };
            if fingerprint == NOTHING {
                self.pushed.remove(&file);
            } else {
                self.pushed.insert(file, (fingerprint, found.uri.clone()));
            }
            outbox.publish(&found);
        }
        let (id, handle) = (self.id, handle.clone());
        outbox.then(move || handle.send(Event::Sent(id)));
    }
}

impl Corpus {
    /// Takes back what was pushed for a file that is gone.
    fn clear(&mut self, file: FileId, outbox: &Outbox) {
        self.reports.forget(file);
        if let Some((_, uri)) = self.pushed.remove(&file) {
            outbox.publish(&lsp::PublishDiagnosticsParams::new(uri, Vec::new(), None));
        }
    }

    /// Takes back everything that was pushed, since the corpus is gone.
    pub fn clear_all(&mut self, outbox: &Outbox) {
        for (_, (_, uri)) in self.pushed.drain() {
            outbox.publish(&lsp::PublishDiagnosticsParams::new(uri, Vec::new(), None));
        }
    }

    /// Takes over what an older state of the corpus has pushed.
    pub fn inherit(&mut self, old: &mut Self, outbox: &Outbox) {
        for (file, pushed) in std::mem::take(&mut old.pushed) {
            let path = old.path(file).map(camino::Utf8Path::to_owned);
            match path.and_then(|path| self.world.known(&path)) {
                Some(file) => {
                    self.pushed.insert(file, pushed);
                    self.dirty.insert(file);
                }
                None => outbox.publish(&lsp::PublishDiagnosticsParams::new(pushed.1, Vec::new(), None)),
            }
        }
    }
}

fn check(view: &View, files: Vec<(FileId, u64)>, cancelled: &AtomicBool) -> Checked {
    let mut checked = Checked { files: Vec::with_capacity(files.len()), left: Vec::new() };
    for (file, before) in files {
        let version = view.version(file);
        if version.is_none() && cancelled.load(Ordering::Relaxed) {
            checked.left.push(file);
            continue;
        }
        if let Ok(found) = catch_unwind(AssertUnwindSafe(|| check_file(view, file, before, version))) {
            checked.files.push(found);
        } else {
            tracing::error!("checking {:?} has failed", view.path(file));
        }
    }
    checked
}

fn check_file(view: &View, file: FileId, before: u64, version: Option<i32>) -> CheckedFile {
    let found = view.findings(file);
    let fingerprint = if found.is_empty() { NOTHING } else { convert::fingerprint(view, &found).max(1) };
    // An open document is told about each version; a closed file only about news.
    let found = (version.is_some() || fingerprint != before).then(|| {
        let diagnostics = convert::pushed(view, &found);
        Some(lsp::PublishDiagnosticsParams { uri: view.uri(file)?, version, diagnostics })
    });
    CheckedFile { file, fingerprint, found: found.flatten() }
}
