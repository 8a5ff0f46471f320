//! Registry files that corpora share: they lie outside of all of them but perhaps one.
//!
//! What stands in the editor stands for all that use the file, and so does what happens to it on disk. One corpus is
//! its home and answers what is asked about it: that in which it lies, else the first by root. It alone reports what is
//! found in the file. Where the answer lies in several corpora, each is asked (see
//! [`About::Shared`](super::event::About)). Deliberately absent: finding such files (see [`outside`]).

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use super::Owner;
use super::corpora::Corpora;
use crate::disk::shared_registries::{self, RegistryReach};
use crate::lsp::corpus::{FileRole, OpenCorpus};
use crate::lsp::documents::Membership;
use crate::lsp::ids::CorpusId;
use crate::lsp::transport::Client;
use crate::text::FileId;

impl Corpora {
    /// The corpora that use a registry file outside of them, by root, each with its name there.
    pub fn sharing(&mut self, path: &Utf8Path) -> impl Iterator<Item = (&mut OpenCorpus, Utf8PathBuf)> {
        self.each().filter_map(|corpus| {
            let name = corpus.name(path).filter(|name| shared_registries::is_outside(name))?;
            Some((corpus, name))
        })
    }

    /// Returns whether any corpus uses registry files outside of it.
    pub fn any_reaching_out(&mut self) -> bool {
        self.each().any(|corpus| corpus.reaches_out())
    }

    /// The other corpora that share registry files with a corpus, and those that share some with these, by root.
    pub fn related(&mut self, id: CorpusId) -> Vec<CorpusId> {
        if !self.any_reaching_out() {
            return Vec::new();
        }
        let mut others: Vec<(CorpusId, BTreeSet<Utf8PathBuf>)> =
            self.each().map(|corpus| (corpus.id(), corpus.registry_paths())).collect();
        let mut related = vec![id];
        let mut files = BTreeSet::new();
        while let Some(at) = others.iter().position(|(other, own)| *other == id || !own.is_disjoint(&files)) {
            let (other, own) = others.remove(at);
            related.push(other);
            files.extend(own);
        }
        self.each().map(|corpus| corpus.id()).filter(|other| *other != id && related.contains(other)).collect()
    }

    /// Returns the places where registry files outside their corpora may be.
    pub fn reaches(&mut self) -> BTreeSet<RegistryReach> {
        self.each().flat_map(|corpus| shared_registries::reaches(corpus.root(), &corpus.current().config)).collect()
    }

    /// Decides who reports what is found in shared files.
    pub fn appoint(&mut self, client: &Client) {
        if !self.any_reaching_out() && self.each().all(|corpus| corpus.leaves_nothing()) {
            return;
        }
        let mut reporters: BTreeMap<Utf8PathBuf, CorpusId> = BTreeMap::new();
        for corpus in self.each() {
            for (_, path) in corpus.outside() {
                reporters.entry(path).or_insert(corpus.id());
            }
        }
        for (path, reporter) in &mut reporters {
            if let Some(home) = self.governing(path)
                && home.below(path).is_some_and(|below| home.role(below) == FileRole::Registry)
            {
                *reporter = home.id();
            }
        }
        for corpus in self.each() {
            let left = corpus.outside().filter(|(_, path)| reporters.get(path) != Some(&corpus.id()));
            let left: FxHashSet<FileId> = left.map(|(file, _)| file).collect();
            corpus.leave_to_others(left, client);
        }
    }
}

impl Owner {
    /// Gives the text of an open document to all that share it.
    pub(super) fn share(&mut self, path: &Utf8Path) {
        let Some(document) = self.documents.get(path) else { return };
        let Membership::Source(home) = document.membership else { return };
        for (corpus, name) in self.corpora.sharing(path).filter(|(corpus, _)| corpus.id() != home) {
            let source = corpus.known(path).and_then(|file| corpus.current().source(file));
            if source.is_none_or(|source| *source.text != document.text) {
                corpus.interrupt();
                corpus.set_source(&name, Some(&document.text));
            }
        }
    }

    /// Takes in that a document was closed: for all that share it what is on disk stands from now on.
    pub(super) fn unshare(&mut self, path: &Utf8Path) {
        for (corpus, name) in self.corpora.sharing(path) {
            corpus.set_source(&name, None);
        }
    }

    /// Takes in that something happened to a file or folder that corpora may share.
    pub(super) fn shared_on_disk(&mut self, path: &Utf8Path) {
        let is_open = self.documents.get(path).is_some();
        for corpus in self.corpora.each().filter(|corpus| corpus.reaches_out()) {
            let name = corpus.name(path).filter(|name| shared_registries::is_outside(name));
            if name.is_none() && !corpus.minds(path) {
                continue;
            }
            corpus.note_missed(path);
            match name {
                Some(_) if is_open => {}
                Some(name) if corpus.known(path).is_some() => corpus.set_source(&name, None),
                _ => corpus.want_scan(),
            }
        }
    }
}
