//! To which corpus an open document belongs, on the owner thread: it enters one and leaves it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::{Utf8Path, Utf8PathBuf};

use super::Owner;
use crate::config;
use crate::disk::find;
use crate::lsp::corpus::{FileRole, OpenCorpus};
use crate::lsp::documents::{Membership, OpenDocument};
use crate::lsp::ids::CorpusId;

impl Owner {
    /// Takes the texts of open documents back from a corpus that goes.
    pub(super) fn evict(&mut self, corpus: &OpenCorpus) {
        for (path, document) in self.documents.iter_mut() {
            if document.membership == Membership::Text(corpus.id()) {
                let file = corpus.known(path).and_then(|id| corpus.current().file(id));
                document.text = file
                    .and_then(|file| file.document())
                    .map(crate::corpus::document::Document::text)
                    .unwrap_or_default();
            }
            if matches!(document.membership, Membership::Text(id) | Membership::Source(id) if id == corpus.id()) {
                document.membership = Membership::Nowhere;
            }
        }
    }

    /// Takes in that a document was opened.
    pub(super) fn opened_document(&mut self, path: &Utf8Path) {
        let known = find::root_of(path, false).is_none_or(|root| self.corpora.slots.contains_key(&root));
        if !known {
            self.reconcile();
        }
        self.find_membership(path);
    }

    /// Takes in that a document was closed.
    pub(super) fn closed_document(&mut self, path: &Utf8Path, document: &OpenDocument) {
        self.leave(path, document.membership);
        self.unshare(path);
        self.reconcile();
    }

    /// Finds the homes of all open documents.
    pub(super) fn find_memberships(&mut self) {
        let paths: Vec<Utf8PathBuf> = self.documents.iter().map(|(path, _)| path.clone()).collect();
        for path in &paths {
            self.find_membership(path);
        }
    }

    pub(super) fn find_membership(&mut self, path: &Utf8Path) {
        let Some(document) = self.documents.get(path) else { return };
        let old = document.membership;
        let membership = match self.corpora.governing(path) {
            _ if document.failed => Membership::Nowhere,
            None => Membership::Nowhere,
            Some(corpus) => match corpus.below(path).map_or(FileRole::Other, |below| corpus.role(below)) {
                FileRole::Text => Membership::Text(corpus.id()),
                FileRole::Registry
                | FileRole::Config
                | FileRole::Annotation
                | FileRole::AnnotationConfiguration
                | FileRole::Curation(_) => Membership::Source(corpus.id()),
                FileRole::Other => Membership::Nowhere,
            },
        };
        let membership = match membership {
            Membership::Nowhere if !document.failed => {
                self.corpora.sharing(path).next().map_or(membership, |(corpus, _)| Membership::Source(corpus.id()))
            }
            membership => membership,
        };
        if membership != old {
            self.change_membership(path, old, membership);
        }
        self.share(path);
    }

    fn change_membership(&mut self, path: &Utf8Path, old: Membership, membership: Membership) {
        if let Membership::Text(id) = old {
            let text = self
                .corpora
                .by_id(id)
                .and_then(|corpus| Some(corpus.current().file(corpus.known(path)?)?.document()?.text()));
            if let Some(document) = self.documents.get_mut(path) {
                document.text = text.unwrap_or_default();
            }
        }
        self.leave(path, old);
        self.enter(path, membership);
    }

    /// Gives a document's text to its corpus.
    fn enter(&mut self, path: &Utf8Path, membership: Membership) {
        let Some(document) = self.documents.get_mut(path) else { return };
        document.membership = membership;
        let (Membership::Text(id) | Membership::Source(id)) = membership else { return };
        let Some(corpus) = self.corpora.by_id(id) else { return };
        let Some(below) = corpus.name(path) else { return };
        corpus.interrupt();
        if membership == Membership::Text(id) {
            corpus.forget_pace();
            let text = std::mem::take(&mut document.text);
            if catch_unwind(AssertUnwindSafe(|| corpus.world().open(&below, &text))).is_ok() {
                corpus.follow_text(&below);
                corpus.want(&below);
            } else {
                document.text = text;
                self.failed(path, id);
            }
            return;
        }
        match corpus.role(&below) {
            FileRole::Annotation => return corpus.open_annotations(&below, &document.text),
            FileRole::AnnotationConfiguration => {
                return corpus.set_annotation_configuration(&below, Some(&document.text));
            }
            FileRole::Curation(which) => return corpus.set_curation_file(which, Some(&document.text)),
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
                let root = corpus.root().to_path_buf();
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
            document.membership = Membership::Nowhere;
        }
        if let Some(root) = self.corpora.by_id(id).map(|corpus| corpus.root().to_path_buf()) {
            self.reopen(&root);
        }
    }

    /// Takes a document from its corpus; what is on disk stands from now on.
    fn leave(&mut self, path: &Utf8Path, membership: Membership) {
        let (Membership::Text(id) | Membership::Source(id)) = membership else { return };
        let Some(corpus) = self.corpora.by_id(id) else { return };
        let Some(below) = corpus.name(path) else { return };
        if membership == Membership::Text(id) {
            if let Some(file) = corpus.known(path) {
                corpus.closed(file);
            }
            corpus.world().close(&below);
            corpus.unfollow(&below);
            corpus.want(&below);
        } else if corpus.role(&below) == FileRole::Annotation {
            corpus.close_annotations(&below);
        } else if corpus.role(&below) == FileRole::AnnotationConfiguration {
            corpus.set_annotation_configuration(&below, None);
        } else if let FileRole::Curation(which) = corpus.role(&below) {
            corpus.set_curation_file(which, None);
        } else if below == config::FILE_NAME {
            let root = corpus.root().to_path_buf();
            self.reopen(&root);
        } else {
            corpus.set_source(&below, None);
        }
    }
}
