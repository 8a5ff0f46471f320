//! Registry files of a corpus that lie outside it. Runs on the owner thread.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use super::OpenCorpus;
use crate::disk::shared_registries::{self, RegistryReach};
use crate::disk::walk::walk_depends_on;
use crate::lsp::transport::Client;
use crate::text::FileId;

impl OpenCorpus {
    /// Returns whether it reports what is found in all of its registry files.
    pub fn leaves_nothing(&self) -> bool {
        self.left.is_empty()
    }

    /// Returns whether it uses registry files outside of it.
    pub fn reaches_out(&self) -> bool {
        self.current().config.reaching_out().next().is_some()
    }

    /// Returns its registry files outside of it, with where they are.
    pub fn outside(&self) -> impl Iterator<Item = (FileId, Utf8PathBuf)> {
        let sources = self.current().registry_files.iter();
        let outside = sources.filter(|(_, source)| shared_registries::is_outside(&source.path));
        outside.map(|(id, source)| (*id, shared_registries::place(&self.root, &source.path)))
    }

    /// Returns the paths of its registry files.
    pub fn registry_paths(&self) -> BTreeSet<Utf8PathBuf> {
        let sources = self.current().registry_files.values();
        sources.map(|source| shared_registries::place(&self.root, &source.path)).collect()
    }

    /// Reports findings in these files no more, and those in others again.
    pub fn leave_to_others(&mut self, left: FxHashSet<FileId>, client: &Client) {
        if *self.left == left {
            return;
        }
        for file in left.difference(&self.left.clone()) {
            self.clear(*file, client);
        }
        self.dirty.extend(self.left.symmetric_difference(&left).copied());
        self.news = true;
        self.left = left.into();
    }

    /// Returns whether what happens to a file or folder outside may bring or take registry files.
    pub fn minds(&self, path: &Utf8Path) -> bool {
        let around = |reach: &RegistryReach| {
            reach.folder.starts_with(path)
                || (path.starts_with(&reach.folder) && (walk_depends_on(path) || path.is_dir()))
        };
        !path.starts_with(&*self.root)
            && self.reaches_out()
            && (shared_registries::reaches(&self.root, &self.current().config).iter().any(around)
                || self.outside().any(|(_, file)| file.starts_with(path)))
    }
}
