//! Findings for a client that does not pull them, as the owner thread has them worked out.
//!
//! Findings are computed from a snapshot and pushed, one lot at a time and the next when the last has been sent: that
//! is the whole debounce. An idle server answers a keystroke at once, a busy client gets the findings of the newest
//! text and not of every text on the way there. Open files come first, closed ones when all has been read. The pool
//! does it, but for what is sure to be fast.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use super::OpenCorpus;
use super::news::{CorpusNews, Reporter};
use super::pushed::{self, CheckedFiles};
use crate::lsp::documents::Documents;
use crate::lsp::session::Editor;
use crate::lsp::threads::Workers;
use crate::lsp::transport::Client;
use crate::text::FileId;

/// Closed files that are checked in one lot.
const LOT: usize = 128;

/// A document that is looked at this fast is looked at by the owner after the next keystroke: to wake another thread
/// takes as long.
const FAST: Duration = Duration::from_millis(1);

impl OpenCorpus {
    /// Begins to compute findings that are to be pushed, where nothing is on its way.
    pub fn check(
        &mut self,
        editor: &Editor,
        documents: &Documents,
        checkers: &Workers,
        client: &Client,
        reporter: &Reporter,
    ) {
        if self.dirty.is_empty() || self.checking.is_some() {
            return;
        }
        // Documents are few, and what waits may be all files of a large corpus.
        let open = documents.iter().filter_map(|(path, _)| self.known(path));
        let mut open: Vec<FileId> = open.filter(|file| self.dirty.contains(file)).collect();
        open.sort_unstable();
        // What is found in closed files may depend on files that are still being read.
        if open.is_empty() && self.reading.is_some() {
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
            let checked = pushed::check(&view, lot, one, &cancelled, &self.pushed, client);
            return self.checked(checked, client, reporter);
        }
        let (id, shared, client, reporter) = (self.id, self.pushed.clone(), client.clone(), reporter.clone());
        checkers.run(move || {
            let checked = pushed::check(&view, lot, one, &cancelled, &shared, &client);
            reporter.tell(id, CorpusNews::Checked(checked));
        });
    }

    /// Interrupts what is being computed for closed files: something more urgent has happened.
    pub fn interrupt(&self) {
        if let Some(cancelled) = &self.checking {
            cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Takes in what was looked at. A receipt follows what was pushed; until then nothing new is computed.
    pub fn checked(&mut self, checked: CheckedFiles, client: &Client, reporter: &Reporter) {
        self.took = checked.took.or(self.took);
        self.dirty.extend(checked.left);
        for file in checked.done {
            if self.path(file).is_none() {
                self.clear(file, client);
            }
        }
        let (id, reporter) = (self.id, reporter.clone());
        client.then(move || reporter.tell(id, CorpusNews::Sent));
    }
}

impl OpenCorpus {
    /// Takes back what was pushed for a file that is gone.
    pub(super) fn clear(&mut self, file: FileId, client: &Client) {
        self.findings.forget(file);
        let mut known = pushed::lock(&self.pushed);
        if let Some((_, uri)) = known.files.remove(&file) {
            client.withdraw(&uri);
        }
    }

    /// Takes back everything that was pushed, since the corpus is gone.
    pub fn clear_all(&mut self, client: &Client) {
        let mut known = pushed::lock(&self.pushed);
        known.over = true;
        for (_, (_, uri)) in known.files.drain() {
            client.withdraw(&uri);
        }
    }

    /// Takes over what an older state of the corpus has pushed, and the texts that annotations follow in it.
    pub fn inherit(&mut self, old: &mut Self, client: &Client) {
        self.inherit_followed(old);
        let files = {
            let mut known = pushed::lock(&old.pushed);
            known.over = true;
            std::mem::take(&mut known.files)
        };
        for (file, known) in files {
            let path = old.path(file).map(camino::Utf8Path::to_owned);
            match path.and_then(|path| self.world.known(&path)) {
                Some(file) => {
                    pushed::lock(&self.pushed).files.insert(file, known);
                    self.dirty.insert(file);
                }
                None => client.withdraw(&known.1),
            }
        }
    }
}
