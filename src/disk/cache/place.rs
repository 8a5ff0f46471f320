//! The place of the cache of a corpus, and the state of the corpus for which it holds.

use camino::{Utf8Path, Utf8PathBuf};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::entries::CorpusCache;
use super::eviction::ENDING;
use super::folder;
use crate::corpus::Snapshot;

/// The build of the program.
const BUILD: &str = env!("SCHOLIAST_BUILD");

/// The folder in which facts are kept, if any.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    folder: Option<Utf8PathBuf>,
    earlier: bool,
}

impl Cache {
    /// A cache in this folder; without one nothing is kept.
    pub const fn new(folder: Option<Utf8PathBuf>) -> Self {
        Self { folder, earlier: false }
    }

    /// Makes the folder, where there is to be one.
    ///
    /// # Errors
    /// When it cannot be made: then nothing is kept.
    pub fn make(&self) -> std::io::Result<()> {
        self.folder.as_deref().map_or(Ok(()), folder::prepare)
    }

    /// The folder, if there is one.
    pub fn folder(&self) -> Option<&Utf8Path> {
        self.folder.as_deref()
    }

    /// The same for corpora as they were: under another registry they have a file of their own, so that neither state
    /// drives out the other.
    #[must_use]
    pub fn earlier(self) -> Self {
        Self { earlier: true, ..self }
    }

    /// The folder for what a user's programs keep, with one of ours in it.
    pub fn user_folder() -> Option<Utf8PathBuf> {
        let folder = |name: &str| std::env::var(name).ok().map(Utf8PathBuf::from).filter(|path| path.is_absolute());
        let home = || folder("HOME");
        let own = if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Caches"))
        } else if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else {
            home().map(|home| home.join(".cache"))
        };
        folder("XDG_CACHE_HOME").or(own).map(|folder| folder.join("scholiast"))
    }

    /// The place of a corpus, for the registry and configuration that it has now. Reads nothing.
    pub fn place(&self, root: &Utf8Path, snapshot: &Snapshot) -> CachePlace {
        let Some(folder) = &self.folder else { return CachePlace::default() };
        let name = format!("{:016x}", xxh3_64(root.as_str().as_bytes()));
        let earlier = self.earlier.then(|| folder.join(format!("{name}-earlier.{ENDING}")));
        CachePlace { file: Some(folder.join(format!("{name}.{ENDING}"))), earlier, key: key(snapshot) }
    }
}

/// The place where one corpus is kept; by default none.
#[derive(Clone, Debug, Default)]
pub struct CachePlace {
    file: Option<Utf8PathBuf>,
    /// The file to use where the other is of another state of the corpus.
    earlier: Option<Utf8PathBuf>,
    key: u128,
}

impl CachePlace {
    /// The name of the file in the folder of the cache.
    #[cfg(test)]
    pub(super) fn file_name(&self) -> Option<String> {
        Some(self.file.as_ref()?.file_name()?.to_owned())
    }

    /// Opens what is kept there.
    pub fn open(self) -> CorpusCache {
        let Some(file) = self.file else { return CorpusCache::default() };
        let kept = CorpusCache::open(file, self.key);
        match self.earlier {
            Some(earlier) if kept.is_empty() => CorpusCache::open(earlier, self.key),
            _ => kept,
        }
    }
}

/// The key of everything that facts are made of besides the text: the program and all that it has compiled.
fn key(snapshot: &Snapshot) -> u128 {
    let mut hash = Xxh3::new();
    let mut add = |text: &str| {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    };
    add(BUILD);
    add(&snapshot.today.year().to_string());
    add(snapshot.config_source.as_ref().map_or("", |(_, source)| &*source.text));
    for source in snapshot.registry_files.values() {
        add(source.path.as_str());
        add(&source.text);
        add(source.good.as_ref().map_or("", |(text, _)| &**text));
    }
    hash.digest128()
}
