//! The corpora of the workspace and the folders that bring them, on the owner thread.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};

use crate::disk::watch;
use crate::lsp::corpus::OpenCorpus;
use crate::lsp::ids::CorpusId;

/// All corpora and the folders that bring them.
#[derive(Default)]
pub struct Corpora {
    /// By root.
    pub(super) slots: BTreeMap<Utf8PathBuf, CorpusSlot>,
    pub(super) folders: Vec<WorkspaceFolder>,
    next: u32,
    /// Since when all folders that matter are watched, where the client does not watch them.
    pub(super) watched: Option<SystemTime>,
}

/// A folder of the workspace.
pub(super) struct WorkspaceFolder {
    pub path: Utf8PathBuf,
    /// The roots of the corpora that it brings.
    pub roots: Vec<Utf8PathBuf>,
    /// True once these have been looked for.
    pub discovered: bool,
}

/// A corpus, or the place where one will be.
pub(super) enum CorpusSlot {
    /// It is being opened for the first time; whether something has happened to its configuration since.
    Opening { again: bool },
    /// It is there.
    Open(Box<OpenCorpus>),
}

impl Corpora {
    /// The corpora that are there, by root.
    pub fn each(&mut self) -> impl Iterator<Item = &mut OpenCorpus> {
        self.slots.values_mut().filter_map(|slot| match slot {
            CorpusSlot::Open(corpus) => Some(&mut **corpus),
            CorpusSlot::Opening { .. } => None,
        })
    }

    /// One of them.
    pub fn by_id(&mut self, id: CorpusId) -> Option<&mut OpenCorpus> {
        self.each().find(|corpus| corpus.id() == id)
    }

    /// The one that governs a path.
    pub fn governing(&mut self, path: &Utf8Path) -> Option<&mut OpenCorpus> {
        let root = path.ancestors().skip(1).find(|folder| self.slots.contains_key(*folder))?;
        match self.slots.get_mut(root) {
            Some(CorpusSlot::Open(corpus)) => Some(corpus),
            _ => None,
        }
    }

    /// Returns whether the corpora of a folder that a path lies in are still being looked for.
    pub fn is_searching(&self, path: &Utf8Path) -> bool {
        self.folders.iter().any(|folder| !folder.discovered && path.starts_with(&folder.path))
    }

    /// Returns whether the corpus that governs a path is being opened for the first time.
    pub fn is_opening(&self, path: &Utf8Path) -> bool {
        let root = path.ancestors().skip(1).find(|folder| self.slots.contains_key(*folder));
        root.is_some_and(|root| matches!(self.slots.get(root), Some(CorpusSlot::Opening { .. })))
    }

    /// Returns whether any corpus is being looked for or opened for the first time.
    pub fn any_opening(&self) -> bool {
        self.folders.iter().any(|folder| !folder.discovered)
            || self.slots.values().any(|slot| matches!(slot, CorpusSlot::Opening { .. }))
    }

    /// Folders in which something may happen that matters, each with whether all below it matters too. A client that
    /// watches sees what is in the folders of the workspace.
    pub fn places_to_watch(&mut self, client_watches: bool) -> BTreeMap<Utf8PathBuf, bool> {
        let mut reaches = self.reaches();
        let compared: Vec<(Utf8PathBuf, bool)> =
            self.each().flat_map(|corpus| corpus.compared().watched().collect::<Vec<_>>()).collect();
        if client_watches {
            reaches.retain(|reach| !self.folders.iter().any(|folder| reach.folder.starts_with(&folder.path)));
            // What is in git's own folder clients leave out.
            let is_seen = |folder: &Utf8PathBuf| {
                let is_of_git = folder.components().any(|part| part.as_str() == ".git");
                !is_of_git && self.folders.iter().any(|known| folder.starts_with(&known.path))
            };
            let compared: Vec<_> = compared.into_iter().filter(|(folder, _)| !is_seen(folder)).collect();
            return watch::folders(BTreeSet::new(), reaches, compared);
        }
        let all = self.folders.iter().map(|folder| &folder.path).chain(self.slots.keys());
        watch::folders(all.cloned().collect(), reaches, compared)
    }

    /// A number for a corpus that is opened.
    pub(super) fn number(&mut self) -> CorpusId {
        self.next += 1;
        CorpusId(self.next)
    }

    /// The roots that a folder or a nested place brings. A root in a corpus that a folder lies in counts only where the
    /// two have to do with each other.
    pub(super) fn brought(&self) -> BTreeSet<Utf8PathBuf> {
        let mut brought: BTreeSet<Utf8PathBuf> = self.folders.iter().flat_map(|folder| folder.roots.clone()).collect();
        let mut todo: Vec<Utf8PathBuf> = brought.iter().cloned().collect();
        while let Some(root) = todo.pop() {
            let Some(CorpusSlot::Open(corpus)) = self.slots.get(&root) else { continue };
            for nested in corpus.nested() {
                let matters =
                    |folder: &WorkspaceFolder| nested.starts_with(&folder.path) || folder.path.starts_with(nested);
                if self.folders.iter().any(matters) && brought.insert(nested.clone()) {
                    todo.push(nested.clone());
                }
            }
        }
        brought
    }
}
