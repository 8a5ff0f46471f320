//! Corpora that open, open again and go, on the owner thread.
//!
//! A workspace folder brings the corpora in it and the one above it; an open document brings the one that governs it.
//! A corpus that nothing brings any more is closed, and its findings are withdrawn.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use super::Owner;
use super::corpora::{CorpusSlot, WorkspaceFolder};
use super::event::Event;
use crate::config;
use crate::disk::{clock, find};
use crate::lsp::corpus::loading;
use crate::lsp::corpus::{OpenCorpus, OpenedCorpus, OpeningJob};
use crate::lsp::documents::Membership;

impl Owner {
    /// Takes in folders of the workspace.
    pub(super) fn add_folders(&mut self, folders: Vec<Utf8PathBuf>) {
        for path in folders {
            if find::is_too_much(&path) {
                let message = format!(
                    "scholiast does not look for corpora in all of {path}; open the folder of a corpus, the one with {}",
                    config::FILE_NAME
                );
                self.client.show(lsp::MessageType::WARNING, message);
                continue;
            }
            if !self.corpora.folders.iter().any(|folder| folder.path == path) {
                self.discover(path.clone());
                self.corpora.folders.push(WorkspaceFolder { path, roots: Vec::new(), discovered: false });
            }
        }
        self.tell_folders();
    }

    /// Lets requests know the folders of the workspace.
    fn tell_folders(&self) {
        let folders = self.corpora.folders.iter().map(|folder| folder.path.clone());
        self.editor.session.folders.set(folders.collect());
    }

    /// Lets folders of the workspace go.
    pub(super) fn remove_folders(&mut self, folders: &[Utf8PathBuf]) {
        self.corpora.folders.retain(|folder| !folders.contains(&folder.path));
        self.tell_folders();
        self.reconcile();
    }

    /// Takes in which corpora a folder brings.
    pub(super) fn discovered(&mut self, path: &Utf8Path, roots: Vec<Utf8PathBuf>) {
        if let Some(folder) = self.corpora.folders.iter_mut().find(|folder| folder.path == path) {
            folder.roots = roots;
            folder.discovered = true;
        }
        self.reconcile();
    }

    /// Opens the corpora that are brought and lets the others go.
    pub(super) fn reconcile(&mut self) {
        let mut brought = self.corpora.brought();
        brought.extend(self.documents.iter().filter_map(|(path, _)| find::root_of(path, false)));
        let gone: Vec<Utf8PathBuf> =
            self.corpora.slots.keys().filter(|root| !brought.contains(*root)).cloned().collect();
        for root in &gone {
            self.let_go(root);
        }
        let new: Vec<Utf8PathBuf> = brought.into_iter().filter(|root| !self.corpora.slots.contains_key(root)).collect();
        let changed = !new.is_empty() || !gone.is_empty();
        for root in new {
            self.corpora.slots.insert(root.clone(), CorpusSlot::Opening { again: false });
            self.begin_opening(root, false);
        }
        if changed {
            self.find_memberships();
            self.resume();
        }
    }

    fn let_go(&mut self, root: &Utf8Path) {
        let Some(CorpusSlot::Open(mut corpus)) = self.corpora.slots.remove(root) else { return };
        corpus.clear_all(&self.client);
        self.evict(&corpus);
    }

    fn begin_opening(&self, root: Utf8PathBuf, complete: bool) {
        let mut unsaved: FxHashMap<Utf8PathBuf, Arc<str>> = FxHashMap::default();
        for (path, document) in self.documents.iter() {
            let is_shared = matches!(document.membership, Membership::Source(_));
            if is_shared || path.starts_with(&root) && document.membership == Membership::Nowhere {
                unsaved.insert(path.clone(), document.text.as_str().into());
            }
        }
        let job = OpeningJob { root, unsaved, today: clock::today(), complete, cache: self.cache.clone() };
        let handle = self.handle.clone();
        loading::open(job, move |root, opened| handle.send(Event::Opened(root, opened)));
    }

    /// Opens a corpus anew; until that is done the older state serves.
    pub(super) fn reopen(&mut self, root: &Utf8Path) {
        let opens = match self.corpora.slots.get_mut(root) {
            Some(CorpusSlot::Opening { again }) => {
                *again = true;
                false
            }
            Some(CorpusSlot::Open(corpus)) => corpus.begin_reopening(),
            None => false,
        };
        if opens {
            self.begin_opening(root.to_owned(), true);
        }
    }

    /// Opens all corpora anew.
    pub(super) fn reopen_all(&mut self) {
        let roots: Vec<Utf8PathBuf> = self.corpora.slots.keys().cloned().collect();
        for root in &roots {
            self.reopen(root);
        }
        self.discover_all();
    }

    /// Looks for the corpora of a folder, in the background.
    fn discover(&self, folder: Utf8PathBuf) {
        let handle = self.handle.clone();
        loading::discover(folder, move |folder, roots| handle.send(Event::Discovered(folder, roots)));
    }

    pub(super) fn discover_all(&self) {
        for folder in &self.corpora.folders {
            self.discover(folder.path.clone());
        }
    }

    /// Takes in a corpus that was opened. While somebody types in its configuration that may be no TOML: then the state
    /// before stays in force.
    pub(super) fn opened(&mut self, root: &Utf8Path, opened: OpenedCorpus) {
        if opened.config_error.is_some()
            && let Some(CorpusSlot::Open(old)) = self.corpora.slots.get_mut(root)
            && old.has_been_in_force()
        {
            old.keep(&opened);
            return self.end_reopening(root);
        }
        let old = match self.corpora.slots.remove(root) {
            None => return,
            Some(CorpusSlot::Opening { again }) => Err(again),
            Some(CorpusSlot::Open(corpus)) => Ok(corpus),
        };
        let id = self.corpora.number();
        let mut corpus = OpenCorpus::new(id, root, opened, old.is_ok());
        self.tell_config_error(&corpus);
        let (again, missed) = match old {
            Err(again) => (again, Vec::new()),
            Ok(mut old) => {
                corpus.inherit(&mut old, &self.client);
                self.evict(&old);
                old.end_reopening()
            }
        };
        if let Some(time) = self.corpora.watched {
            corpus.watched_since(time);
        }
        self.corpora.slots.insert(root.to_owned(), CorpusSlot::Open(Box::new(corpus)));
        self.find_memberships();
        if let Some(corpus) = self.corpora.by_id(id) {
            corpus.forget_inherited();
        }
        self.reconcile();
        self.watch_folders();
        self.on_disk(&missed);
        self.resume();
        if again {
            self.reopen(root);
        }
    }

    /// Takes in that a corpus has no configuration file any more.
    pub(super) fn gone(&mut self, root: &Utf8Path) {
        match self.corpora.slots.remove(root) {
            None => return,
            Some(CorpusSlot::Opening { .. }) => {}
            Some(CorpusSlot::Open(mut old)) => {
                old.clear_all(&self.client);
                self.evict(&old);
            }
        }
        self.forget_root(root);
    }

    /// Takes in that opening a corpus has failed inside: the state before stays in force, and a person is told.
    pub(super) fn not_opened(&mut self, root: &Utf8Path) {
        let message = format!("scholiast has failed inside while it opened {root}; standard error says more");
        self.client.show(lsp::MessageType::ERROR, message);
        if let Some(CorpusSlot::Opening { .. }) = self.corpora.slots.get(root) {
            self.corpora.slots.remove(root);
            self.find_memberships();
            return self.resume();
        }
        self.end_reopening(root);
    }

    /// The older state of a corpus goes on: what has happened on disk meanwhile is taken in.
    fn end_reopening(&mut self, root: &Utf8Path) {
        let Some(CorpusSlot::Open(corpus)) = self.corpora.slots.get_mut(root) else { return };
        let (again, missed) = corpus.end_reopening();
        self.on_disk(&missed);
        if again {
            self.reopen(root);
        }
    }

    /// A configuration is gone: whoever brought it looks again.
    fn forget_root(&mut self, root: &Utf8Path) {
        for folder in &mut self.corpora.folders {
            folder.roots.retain(|other| other != root);
        }
        for corpus in self.corpora.each() {
            corpus.forget_nested(root);
            if root.starts_with(corpus.root()) {
                corpus.want_scan();
            }
        }
        self.discover_all();
        self.reconcile();
        self.find_memberships();
        self.resume();
    }

    /// A person must know why nothing is found any more.
    pub(super) fn tell_config_error(&self, corpus: &OpenCorpus) {
        if let Some(error) = corpus.config_error() {
            let file = corpus.root().join(config::FILE_NAME);
            self.client.show(lsp::MessageType::ERROR, format!("{file} cannot be read: {}", error.message));
        }
    }
}
