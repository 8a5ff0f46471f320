//! What happens on disk, for editors that do not say.
//!
//! Says only where something has happened: what it was is seen when the file is read.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};

/// What has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Watched {
    /// Something, to these files or folders.
    Paths(Vec<Utf8PathBuf>),
    /// Anything: too much has happened at once.
    Unknown,
}

/// Watches folders with all below them.
#[derive(Debug)]
pub struct Watcher {
    inner: RecommendedWatcher,
    folders: BTreeSet<Utf8PathBuf>,
}

impl Watcher {
    /// A watcher that tells `tell`, on a thread of its own.
    ///
    /// # Errors
    /// In words, where the system offers no watching.
    pub fn new(tell: impl Fn(Watched) + Send + 'static) -> Result<Self, String> {
        let on_event = move |event: notify::Result<notify::Event>| match event {
            Ok(event) if event.need_rescan() => tell(Watched::Unknown),
            Ok(event) if event.kind.is_access() => {}
            Ok(event) => {
                let paths = event.paths.into_iter().filter_map(|path| Utf8PathBuf::from_path_buf(path).ok());
                let paths: Vec<Utf8PathBuf> = paths.filter(|path| !is_of_git(path)).collect();
                if !paths.is_empty() {
                    tell(Watched::Paths(paths));
                }
            }
            Err(_) => tell(Watched::Unknown),
        };
        let inner = notify::recommended_watcher(on_event).map_err(|error| error.to_string())?;
        Ok(Self { inner, folders: BTreeSet::new() })
    }

    /// Watches these folders and no others. Returns what could not be watched.
    pub fn set(&mut self, folders: BTreeSet<Utf8PathBuf>) -> Vec<String> {
        for gone in self.folders.difference(&folders) {
            // Fails where the folder itself is gone, and then nothing is left to be done.
            let _ = self.inner.unwatch(gone.as_std_path());
        }
        let mut problems = Vec::new();
        for new in folders.difference(&self.folders) {
            if let Err(error) = self.inner.watch(new.as_std_path(), RecursiveMode::Recursive) {
                problems.push(format!("{new} is not watched: {error}"));
            }
        }
        self.folders = folders;
        problems
    }
}

/// What git does for itself is nobody's business, and it does much.
fn is_of_git(path: &Utf8Path) -> bool {
    path.components().any(|part| part.as_str() == ".git")
}
