//! Which corpora there are, and to which of them a document belongs.
//!
//! A workspace folder brings the corpora in it and the one above it; an open document brings the one that governs it.
//! A corpus that nobody brings any more is let go, with all that was said about it.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use super::corpus::{CorpusId, OpenCorpus, Sort};
use super::documents::{Document, Home};
use super::loading::{self, Opened, Opening};
use super::owner::Owner;
use crate::config;
use crate::disk::{annotation_files, clock, find, watch};

/// All corpora and the folders that bring them.
#[derive(Default)]
pub struct Corpora {
    /// By root.
    slots: BTreeMap<Utf8PathBuf, Slot>,
    folders: Vec<Folder>,
    next: u32,
    /// Since when all folders that matter are watched, where the client does not watch them.
    pub(super) watched: Option<SystemTime>,
}

struct Folder {
    path: Utf8PathBuf,
    roots: Vec<Utf8PathBuf>,
    discovered: bool,
}

enum Slot {
    /// It is being opened for the first time; whether something has happened to its configuration since.
    Opening { again: bool },
    /// It is there.
    Open(Box<OpenCorpus>),
}

impl Corpora {
    /// The corpora that are there, by root.
    pub fn each(&mut self) -> impl Iterator<Item = &mut OpenCorpus> {
        self.slots.values_mut().filter_map(|slot| match slot {
            Slot::Open(corpus) => Some(&mut **corpus),
            Slot::Opening { .. } => None,
        })
    }

    /// One of them.
    pub fn by_id(&mut self, id: CorpusId) -> Option<&mut OpenCorpus> {
        self.each().find(|corpus| corpus.id == id)
    }

    /// The one that governs a path.
    pub fn governing(&mut self, path: &Utf8Path) -> Option<&mut OpenCorpus> {
        let root = path.ancestors().skip(1).find(|folder| self.slots.contains_key(*folder))?;
        match self.slots.get_mut(root) {
            Some(Slot::Open(corpus)) => Some(corpus),
            _ => None,
        }
    }

    /// Whether the corpora of a folder that a path lies in are still being looked for.
    pub fn is_searching(&self, path: &Utf8Path) -> bool {
        self.folders.iter().any(|folder| !folder.discovered && path.starts_with(&folder.path))
    }

    /// Whether the corpus that governs a path is being opened for the first time.
    pub fn is_opening(&self, path: &Utf8Path) -> bool {
        let root = path.ancestors().skip(1).find(|folder| self.slots.contains_key(*folder));
        root.is_some_and(|root| matches!(self.slots.get(root), Some(Slot::Opening { .. })))
    }

    /// Whether any corpus is being looked for or opened for the first time.
    pub fn any_opening(&self) -> bool {
        self.folders.iter().any(|folder| !folder.discovered)
            || self.slots.values().any(|slot| matches!(slot, Slot::Opening { .. }))
    }

    /// Folders in which something may happen that matters, each with whether all below it matters too. A client that
    /// watches sees what is in the folders of the workspace.
    pub fn places_to_watch(&mut self, client_watches: bool) -> BTreeMap<Utf8PathBuf, bool> {
        let mut reaches = self.reaches();
        if client_watches {
            reaches.retain(|reach| !self.folders.iter().any(|folder| reach.folder.starts_with(&folder.path)));
            return watch::folders(BTreeSet::new(), reaches);
        }
        let all = self.folders.iter().map(|folder| &folder.path).chain(self.slots.keys());
        watch::folders(all.cloned().collect(), reaches)
    }

    fn number(&mut self) -> CorpusId {
        self.next += 1;
        CorpusId(self.next)
    }

    /// The roots that a folder or a nested place brings. A root in a corpus that a folder lies in counts only where the
    /// two have to do with each other.
    fn brought(&self) -> BTreeSet<Utf8PathBuf> {
        let mut brought: BTreeSet<Utf8PathBuf> = self.folders.iter().flat_map(|folder| folder.roots.clone()).collect();
        let mut todo: Vec<Utf8PathBuf> = brought.iter().cloned().collect();
        while let Some(root) = todo.pop() {
            let Some(Slot::Open(corpus)) = self.slots.get(&root) else { continue };
            for nested in &corpus.nested {
                let matters = |folder: &Folder| nested.starts_with(&folder.path) || folder.path.starts_with(nested);
                if self.folders.iter().any(matters) && brought.insert(nested.clone()) {
                    todo.push(nested.clone());
                }
            }
        }
        brought
    }
}

impl Owner {
    /// Takes in folders of the workspace.
    pub(super) fn add_folders(&mut self, folders: Vec<Utf8PathBuf>) {
        for path in folders {
            if !self.corpora.folders.iter().any(|folder| folder.path == path) {
                loading::discover(path.clone(), &self.handle);
                self.corpora.folders.push(Folder { path, roots: Vec::new(), discovered: false });
            }
        }
    }

    /// Lets folders of the workspace go.
    pub(super) fn remove_folders(&mut self, folders: &[Utf8PathBuf]) {
        self.corpora.folders.retain(|folder| !folders.contains(&folder.path));
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
            self.corpora.slots.insert(root.clone(), Slot::Opening { again: false });
            self.begin_opening(root, false);
        }
        if changed {
            self.find_homes();
            self.resume();
        }
    }

    fn let_go(&mut self, root: &Utf8Path) {
        let Some(Slot::Open(mut corpus)) = self.corpora.slots.remove(root) else { return };
        corpus.clear_all(&self.outbox);
        self.evict(&corpus);
    }

    /// Takes the texts of open documents back from a corpus that goes.
    fn evict(&mut self, corpus: &OpenCorpus) {
        for (path, document) in self.documents.iter_mut() {
            if document.home == Home::Text(corpus.id) {
                let file = corpus.known(path).and_then(|id| corpus.current().file(id));
                document.text = file
                    .and_then(|file| file.document())
                    .map(crate::corpus::document::Document::text)
                    .unwrap_or_default();
            }
            if matches!(document.home, Home::Text(id) | Home::Source(id) if id == corpus.id) {
                document.home = Home::Nowhere;
            }
        }
    }

    fn begin_opening(&self, root: Utf8PathBuf, complete: bool) {
        let mut unsaved: FxHashMap<Utf8PathBuf, Arc<str>> = FxHashMap::default();
        for (path, document) in self.documents.iter() {
            let is_shared = matches!(document.home, Home::Source(_));
            if is_shared || path.starts_with(&root) && document.home == Home::Nowhere {
                unsaved.insert(path.clone(), document.text.as_str().into());
            }
        }
        loading::open(
            Opening { root, unsaved, today: clock::today(), complete, cache: self.cache.clone() },
            &self.handle,
        );
    }

    /// Opens a corpus anew; until that is done the older state serves.
    pub(super) fn reopen(&mut self, root: &Utf8Path) {
        match self.corpora.slots.get_mut(root) {
            Some(Slot::Opening { again }) => *again = true,
            Some(Slot::Open(corpus)) if corpus.reopening.is_some() => corpus.stale = true,
            Some(Slot::Open(corpus)) => {
                corpus.reopening = Some(Vec::new());
                self.begin_opening(root.to_owned(), true);
            }
            None => {}
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

    fn discover_all(&self) {
        for folder in &self.corpora.folders {
            loading::discover(folder.path.clone(), &self.handle);
        }
    }

    /// Takes in a corpus that was opened.
    pub(super) fn opened(&mut self, root: &Utf8Path, opened: Option<Opened>) {
        let old = match self.corpora.slots.remove(root) {
            None => return,
            Some(Slot::Opening { again }) => Err(again),
            Some(Slot::Open(corpus)) => Ok(corpus),
        };
        let Some(opened) = opened else {
            if let Ok(mut old) = old {
                old.clear_all(&self.outbox);
                self.evict(&old);
            }
            self.forget_root(root);
            return;
        };
        let id = self.corpora.number();
        let mut corpus = OpenCorpus::new(id, root, opened, old.is_ok());
        self.tell_config_error(&corpus);
        let (again, missed) = match old {
            Err(again) => (again, Vec::new()),
            Ok(mut old) => {
                corpus.inherit(&mut old, &self.outbox);
                self.evict(&old);
                (old.stale, old.reopening.take().unwrap_or_default())
            }
        };
        if let Some(time) = self.corpora.watched {
            corpus.watched_since(time);
        }
        self.corpora.slots.insert(root.to_owned(), Slot::Open(Box::new(corpus)));
        self.find_homes();
        self.reconcile();
        self.watch_folders();
        self.on_disk(&missed);
        self.resume();
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
            corpus.nested.retain(|other| other != root);
            if root.starts_with(&*corpus.root) {
                corpus.want_scan();
            }
        }
        self.discover_all();
        self.reconcile();
        self.find_homes();
        self.resume();
    }

    /// A person must know why nothing is found any more.
    pub(super) fn tell_config_error(&self, corpus: &OpenCorpus) {
        if let Some(error) = &corpus.config_error {
            let file = corpus.root.join(config::FILE_NAME);
            self.outbox.show(lsp::MessageType::ERROR, format!("{file} cannot be read: {}", error.message));
        }
    }

    /// Takes in that a document was opened.
    pub(super) fn opened_document(&mut self, path: &Utf8Path) {
        let known = find::root_of(path, false).is_none_or(|root| self.corpora.slots.contains_key(&root));
        if !known {
            self.reconcile();
        }
        self.find_home(path);
    }

    /// Takes in that a document was closed.
    pub(super) fn closed_document(&mut self, path: &Utf8Path, document: &Document) {
        self.leave(path, document.home);
        self.unshare(path);
        self.reconcile();
    }

    /// Finds the homes of all open documents.
    fn find_homes(&mut self) {
        let paths: Vec<Utf8PathBuf> = self.documents.iter().map(|(path, _)| path.clone()).collect();
        for path in &paths {
            self.find_home(path);
        }
    }

    pub(super) fn find_home(&mut self, path: &Utf8Path) {
        let Some(document) = self.documents.get(path) else { return };
        let old = document.home;
        let home = match self.corpora.governing(path) {
            _ if document.failed => Home::Nowhere,
            None => Home::Nowhere,
            Some(corpus) => match corpus.below(path).map_or(Sort::Other, |below| corpus.sort(below)) {
                Sort::Text => Home::Text(corpus.id),
                Sort::Registry | Sort::Config | Sort::Annotation | Sort::AnnotationConfiguration => {
                    Home::Source(corpus.id)
                }
                Sort::Other => Home::Nowhere,
            },
        };
        let home = match home {
            Home::Nowhere if !document.failed => {
                self.corpora.sharing(path).next().map_or(home, |(corpus, _)| Home::Source(corpus.id))
            }
            home => home,
        };
        if home != old {
            self.move_home(path, old, home);
        }
        self.share(path);
    }

    fn move_home(&mut self, path: &Utf8Path, old: Home, home: Home) {
        if let Home::Text(id) = old {
            let text = self
                .corpora
                .by_id(id)
                .and_then(|corpus| Some(corpus.current().file(corpus.known(path)?)?.document()?.text()));
            if let Some(document) = self.documents.get_mut(path) {
                document.text = text.unwrap_or_default();
            }
        }
        self.leave(path, old);
        self.enter(path, home);
    }

    /// Gives a document's text to its corpus.
    fn enter(&mut self, path: &Utf8Path, home: Home) {
        let Some(document) = self.documents.get_mut(path) else { return };
        document.home = home;
        let (Home::Text(id) | Home::Source(id)) = home else { return };
        let Some(corpus) = self.corpora.by_id(id) else { return };
        let Some(below) = corpus.name(path) else { return };
        corpus.interrupt();
        if home == Home::Text(id) {
            corpus.took = None;
            let text = std::mem::take(&mut document.text);
            if catch_unwind(AssertUnwindSafe(|| corpus.world().open(&below, &text))).is_ok() {
                corpus.want(&below);
            } else {
                document.text = text;
                self.failed(path, id);
            }
            return;
        }
        match corpus.sort(&below) {
            Sort::Annotation => return corpus.open_annotations(&below, &document.text),
            Sort::AnnotationConfiguration => {
                return corpus.set_annotation_configuration(&below, Some(&document.text));
            }
            _ => {}
        }
        // What is the same as on disk changes nothing: opening a registry costs nothing.
        let same = corpus
            .known(path)
            .and_then(|file| corpus.current().source(file))
            .is_some_and(|source| *source.text == document.text);
        if below == config::FILE_NAME {
            let text = document.text.clone();
            if !same && corpus.set_config(&text, true) {
                let root = corpus.root.to_path_buf();
                self.reopen(&root);
            }
        } else if !same {
            let text = document.text.clone();
            corpus.set_source(&below, Some(&text));
        }
    }

    /// Looking at the text of a document has failed: the text stays, and the corpus, which may be half changed, is
    /// opened anew without it.
    pub(super) fn failed(&mut self, path: &Utf8Path, id: CorpusId) {
        tracing::error!("{path} cannot be looked at as it is");
        if let Some(document) = self.documents.get_mut(path) {
            document.failed = true;
            document.home = Home::Nowhere;
        }
        if let Some(root) = self.corpora.by_id(id).map(|corpus| corpus.root.to_path_buf()) {
            self.reopen(&root);
        }
    }

    /// Takes a document from its corpus; what is on disk stands from now on.
    fn leave(&mut self, path: &Utf8Path, home: Home) {
        let (Home::Text(id) | Home::Source(id)) = home else { return };
        let Some(corpus) = self.corpora.by_id(id) else { return };
        let Some(below) = corpus.name(path) else { return };
        if home == Home::Text(id) {
            if let Some(file) = corpus.known(path) {
                corpus.tokens.forget(file);
            }
            corpus.world().close(&below);
            corpus.want(&below);
        } else if corpus.sort(&below) == Sort::Annotation {
            corpus.close_annotations(&below);
        } else if corpus.sort(&below) == Sort::AnnotationConfiguration {
            corpus.set_annotation_configuration(&below, None);
        } else if below == config::FILE_NAME {
            let root = corpus.root.to_path_buf();
            self.reopen(&root);
        } else {
            corpus.set_source(&below, None);
        }
    }

    /// Takes in that something happened to files or folders on disk.
    pub(super) fn on_disk(&mut self, paths: &[Utf8PathBuf]) {
        let mut configurations = BTreeSet::new();
        for path in paths {
            if path.components().any(|part| part.as_str() == ".git") {
                continue;
            }
            if path.file_name() == Some(config::FILE_NAME) {
                configurations.extend(path.parent().map(Utf8Path::to_owned));
                continue;
            }
            self.shared_on_disk(path);
            let open = self.documents.get(path).map(|document| document.home);
            let Some(corpus) = self.corpora.governing(path) else { continue };
            if let Some(missed) = &mut corpus.reopening {
                missed.push(path.clone());
            }
            let Some(below) = corpus.below(path).map(Utf8Path::to_owned) else { continue };
            if below.file_name() == Some(annotation_files::CONFIGURATION) && open.is_none() {
                corpus.annotations_changed(below.parent().unwrap_or(Utf8Path::new("")));
                continue;
            }
            match corpus.sort(&below) {
                Sort::Annotation if open.is_some() => {}
                Sort::Annotation => corpus.annotations_on_disk(&below, path.is_file()),
                Sort::Registry if open.is_some() => {}
                Sort::Registry if corpus.known(path).is_some() => corpus.set_source(&below, None),
                Sort::Text if open.is_some() || corpus.has_on_disk(&below) => corpus.want(&below),
                Sort::Text | Sort::Registry => corpus.want_scan(),
                _ if is_ignore_file(&below) || corpus.has_on_disk(&below) || path.is_dir() => corpus.want_scan(),
                _ => {}
            }
        }
        if !configurations.is_empty() {
            self.configurations_changed(configurations);
        }
    }

    fn configurations_changed(&mut self, folders: BTreeSet<Utf8PathBuf>) {
        for folder in folders {
            let here = self.corpora.slots.contains_key(&folder);
            let open = self.documents.get(&folder.join(config::FILE_NAME)).is_some();
            if here && !(open && find::is_root(&folder)) {
                self.reopen(&folder);
            }
            if let Some(outer) = self.corpora.governing(&folder) {
                outer.want_scan();
            }
        }
        self.discover_all();
        self.reconcile();
    }

    /// Anything may have happened on disk.
    pub(super) fn scan_all(&mut self) {
        for corpus in self.corpora.each() {
            corpus.want_everything();
        }
        self.discover_all();
    }
}

pub(super) fn is_ignore_file(below: &Utf8Path) -> bool {
    matches!(below.file_name(), Some(".gitignore" | ".ignore"))
}
