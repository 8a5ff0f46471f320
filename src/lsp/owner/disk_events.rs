//! Changes on disk, on the owner thread.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};

use super::Owner;
use crate::annotation::ConfigurationFile;
use crate::config;
use crate::disk::find;
use crate::disk::walk::walk_depends_on;
use crate::lsp::corpus::FileRole;

impl Owner {
    /// Takes in that something happened to files or folders on disk.
    pub(super) fn on_disk(&mut self, paths: &[Utf8PathBuf]) {
        let mut configurations = BTreeSet::new();
        for path in paths {
            self.corpora.each().for_each(|corpus| corpus.compared_on_disk(path));
            if path.components().any(|part| part.as_str() == ".git") {
                continue;
            }
            if path.file_name() == Some(config::FILE_NAME) {
                configurations.extend(path.parent().map(Utf8Path::to_owned));
                continue;
            }
            self.shared_on_disk(path);
            let open = self.documents.get(path).map(|document| document.membership);
            let Some(corpus) = self.corpora.governing(path) else { continue };
            corpus.note_missed(path);
            let Some(below) = corpus.below(path).map(Utf8Path::to_owned) else { continue };
            // Of the files that configure annotations the types alone are taken from the editor.
            let configures = below.file_name().and_then(ConfigurationFile::named);
            if configures.is_some_and(|file| file != ConfigurationFile::Annotation || open.is_none()) {
                corpus.annotations_changed(below.parent().unwrap_or(Utf8Path::new("")));
                continue;
            }
            match corpus.role(&below) {
                FileRole::Curation(which) => corpus.curation_file_on_disk(which),
                FileRole::Annotation if open.is_some() => {}
                FileRole::Annotation => corpus.annotations_on_disk(&below, path.is_file()),
                FileRole::Registry if open.is_some() => {}
                FileRole::Registry if corpus.known(path).is_some() => corpus.set_source(&below, None),
                FileRole::Text if open.is_some() || corpus.has_on_disk(&below) => corpus.want(&below),
                FileRole::Text | FileRole::Registry => corpus.want_scan(),
                _ if walk_depends_on(&below) || corpus.has_on_disk(&below) || path.is_dir() => corpus.want_scan(),
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
