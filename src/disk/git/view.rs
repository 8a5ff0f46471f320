//! The files of a corpus as they were before a change.

use std::path::Path;
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};

use super::changes::GitChanges;
use crate::config::Config;
use crate::disk::files::Files;
use crate::disk::path::real;
use crate::disk::shared_registries;
use crate::disk::walk::WalkedFiles;

/// Files as they were: what has changed is as git keeps it, all else as it is now. So only what has changed is read
/// from git, and files that git does not know are the same before and after.
#[derive(Debug)]
pub struct FilesBefore {
    now: Arc<dyn Files>,
    changes: Arc<GitChanges>,
}

impl FilesBefore {
    /// The files that were there before `changes` made them what they are `now`.
    pub const fn new(now: Arc<dyn Files>, changes: Arc<GitChanges>) -> Self {
        Self { now, changes }
    }

    fn has_changed(&self, path: &Utf8Path) -> bool {
        self.changes.files().contains_key(path)
    }
}

impl Files for FilesBefore {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        match self.changes.content_before(path) {
            Some(read) => read,
            None if self.has_changed(path) => Err("it was not there before".to_owned()),
            None => self.now.read(path),
        }
    }

    fn is_file(&self, path: &Utf8Path) -> bool {
        self.changes.was_file(path) || self.now.is_file(path) && !self.has_changed(path)
    }

    fn is_folder(&self, path: &Utf8Path) -> bool {
        self.now.is_folder(path) || self.changes.before().any(|file| file != path && file.starts_with(path))
    }

    fn locate(&self, given: &Path, here: &Utf8Path) -> Result<Utf8PathBuf, String> {
        let before = Utf8Path::from_path(given).map(|given| real(&here.join(given)));
        match before.filter(|path| self.is_file(path)) {
            Some(path) => Ok(path),
            None => self.now.locate(given, here),
        }
    }

    fn walk(&self, root: &Utf8Path, config: &Config) -> WalkedFiles {
        let mut found = self.now.walk(root, config);
        found.remove(|below| self.has_changed(&shared_registries::place(root, below)));
        for file in self.changes.before() {
            let Ok(below) = file.strip_prefix(root) else {
                found.registries.extend(shared_registries::name(root, file, config));
                continue;
            };
            let hidden = below.components().any(|part| part.as_str().starts_with('.'));
            if !hidden && !found.nested.iter().any(|nested| file.starts_with(nested)) {
                found.add(below, config);
            }
        }
        found.sort();
        found
    }
}
