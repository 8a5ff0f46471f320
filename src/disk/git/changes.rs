//! The files that have changed, and what they were before.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};

use super::blobs::Blobs;
use super::run::{GitError, Repository};
use super::tree::records;

/// A file before a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileBefore {
    /// The path, absolute: another one where the file was renamed.
    pub path: Utf8PathBuf,
    /// The name of its content.
    name: String,
}

/// The files that have changed since a commit. Names that are not UTF-8 are left out: nothing is found in such files.
#[derive(Debug)]
pub struct GitChanges {
    /// The files that are new or other than before, by absolute path; `None`: it was not there.
    now: BTreeMap<Utf8PathBuf, Option<FileBefore>>,
    /// The files that are no more where they were, by absolute path.
    gone: BTreeMap<Utf8PathBuf, FileBefore>,
    blobs: Blobs,
}

impl GitChanges {
    /// The changes that are in the index and not in the last commit; everything, where there is no commit yet.
    ///
    /// # Errors
    /// When git fails.
    pub fn staged(repository: &Repository) -> Result<Self, GitError> {
        let commit = match repository.head()? {
            Some(commit) => commit,
            None => repository.empty_tree()?.to_owned(),
        };
        let mut changes = Self::none(repository);
        changes.index_against(repository, &commit)?;
        Ok(changes)
    }

    /// The changes since the commit that `revision` and HEAD have in common: committed, staged, not
    /// staged and not known to git at all. A file that was touched and is the same as before has not changed.
    ///
    /// # Errors
    /// When the revision is unknown or has nothing in common with HEAD, or git fails.
    pub fn since(repository: &Repository, revision: &str) -> Result<Self, GitError> {
        let mut changes = Self::none(repository);
        changes.index_against(repository, &repository.merge_base(revision)?)?;
        let words = ["diff-files", "--raw", "-z", "--no-abbrev", "--no-renames", "--ignore-submodules=all"];
        for change in raw(&repository.ask(&words)?) {
            let path = repository.path(change.from);
            match (path, change.status) {
                (Some(path), b'D') => changes.lose(path, change.old),
                (Some(path), _) => changes.alter(path, change.old),
                (None, _) => {}
            }
        }
        let words = ["ls-files", "--others", "--exclude-standard", "--full-name", "-z"];
        for path in records(&repository.ask(&words)?).filter_map(|path| std::str::from_utf8(path).ok()) {
            // One that was taken out of the index and lies there still is as it was, or other.
            let path = repository.top.join(path);
            let was = changes.gone.remove(&path);
            changes.now.insert(path, was);
        }
        let touched: Vec<Utf8PathBuf> = changes
            .now
            .iter()
            .filter(|(path, was)| changes.is_as_before(path, was.as_ref()))
            .map(|(path, _)| path.clone())
            .collect();
        touched.iter().for_each(|path| {
            changes.now.remove(path);
        });
        Ok(changes)
    }

    fn none(repository: &Repository) -> Self {
        Self { now: BTreeMap::new(), gone: BTreeMap::new(), blobs: Blobs::new(repository.clone()) }
    }

    fn index_against(&mut self, repository: &Repository, commit: &str) -> Result<(), GitError> {
        let words = ["diff-index", "--cached", "--raw", "-z", "--no-abbrev", "-M", "--ignore-submodules=all", commit];
        let listing = repository.ask(&words)?;
        for change in raw(&listing) {
            let (from, to) = (repository.path(change.from), repository.path(change.to));
            let is_file = change.is_file;
            match (change.status, from, to) {
                (b'A', _, Some(to)) if is_file => {
                    self.now.insert(to, None);
                }
                (b'D', Some(from), _) => self.lose(from, change.old),
                (b'R', Some(from), Some(to)) if is_file => {
                    let was = FileBefore { path: from.clone(), name: change.old.to_owned() };
                    self.gone.insert(from, was.clone());
                    self.now.insert(to, Some(was));
                }
                (_, Some(from), Some(to)) if is_file => {
                    self.now.insert(to, Some(FileBefore { path: from, name: change.old.to_owned() }));
                }
                // A file that has become a link or a submodule.
                (_, Some(from), _) => self.lose(from, change.old),
                _ => {}
            }
        }
        Ok(())
    }

    /// A file is not there any more; `name`: its content before, as far as no earlier change knows better.
    fn lose(&mut self, path: Utf8PathBuf, name: &str) {
        match self.now.remove(&path) {
            Some(Some(was)) => {
                self.gone.insert(was.path.clone(), was);
            }
            Some(None) => {}
            None => {
                self.gone.insert(path.clone(), FileBefore { path, name: name.to_owned() });
            }
        }
    }

    fn alter(&mut self, path: Utf8PathBuf, name: &str) {
        self.now.entry(path.clone()).or_insert_with(|| Some(FileBefore { path, name: name.to_owned() }));
    }

    fn is_as_before(&self, path: &Utf8Path, was: Option<&FileBefore>) -> bool {
        let Some(was) = was.filter(|was| was.path == path) else { return false };
        let before = self.blobs.read(&was.name);
        before.is_ok_and(|before| std::fs::read(path).is_ok_and(|now| now == before))
    }

    /// The files that are new or other than before, by absolute path; `None`: it was not there.
    pub const fn files(&self) -> &BTreeMap<Utf8PathBuf, Option<FileBefore>> {
        &self.now
    }

    /// The content of a file before the change.
    ///
    /// # Errors
    /// In words, when git does not have it.
    pub fn content(&self, was: &FileBefore) -> Result<Vec<u8>, String> {
        self.blobs.read(&was.name)
    }

    /// The bytes that a path held before, where that is another content than now; `None` where nothing is known to have
    /// been there.
    pub(super) fn content_before(&self, path: &Utf8Path) -> Option<Result<Vec<u8>, String>> {
        let changed = self.now.get(path).and_then(Option::as_ref).filter(|was| was.path == path);
        let was = changed.or_else(|| self.gone.get(path))?;
        Some(self.content(was))
    }

    /// Tells whether a path was a file that is now another one or gone.
    pub(super) fn was_file(&self, path: &Utf8Path) -> bool {
        self.gone.contains_key(path) || self.now.get(path).and_then(Option::as_ref).is_some_and(|was| was.path == path)
    }

    /// The paths of all files that are now other ones or gone.
    pub(super) fn before(&self) -> impl Iterator<Item = &Utf8Path> {
        let changed = self.now.iter().filter(|(path, was)| was.as_ref().is_some_and(|was| was.path == **path));
        changed.map(|(path, _)| path.as_path()).chain(self.gone.keys().map(Utf8PathBuf::as_path))
    }
}

/// A record of `--raw -z`.
struct RawChange<'a> {
    status: u8,
    /// The content before.
    old: &'a str,
    /// True if what is there now is a file, and no link or submodule.
    is_file: bool,
    from: &'a [u8],
    to: &'a [u8],
}

/// The records of `--raw -z`: `:MODE MODE NAME NAME STATUS`, then one path, or two where a file was renamed.
fn raw(listing: &[u8]) -> impl Iterator<Item = RawChange<'_>> {
    let mut fields = records(listing);
    std::iter::from_fn(move || {
        loop {
            let head = std::str::from_utf8(fields.next()?.strip_prefix(b":")?).ok()?;
            let from = fields.next()?;
            let [old_mode, mode, old, _, status] = head.split(' ').collect::<Vec<_>>()[..] else { return None };
            let status = *status.as_bytes().first()?;
            let to = if matches!(status, b'R' | b'C') { fields.next()? } else { from };
            let is_file = mode.starts_with("100");
            // A link or submodule that was and is none of ours.
            if old_mode.starts_with("100") || is_file {
                return Some(RawChange {
                    status: if old_mode.starts_with("100") { status } else { b'A' },
                    old,
                    is_file,
                    from,
                    to,
                });
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_changes() {
        let zero = "0".repeat(40);
        let name = "1".repeat(40);
        let listing = format!(
            ":100644 100644 {name} {name} M\0a b\n.txt\0\
             :100644 100644 {name} {name} R087\0old.txt\0ใหม่.txt\0\
             :160000 160000 {name} {name} M\0module\0\
             :000000 100644 {zero} {name} A\0new.txt\0\
             :100644 120000 {name} {name} T\0link\0\
             :120000 100644 {name} {name} T\0file\0\
             :100644 000000 {name} {zero} D\0gone\0"
        );
        let all: Vec<(char, String, String, bool)> = raw(listing.as_bytes())
            .map(|raw| {
                let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
                (char::from(raw.status), text(raw.from), text(raw.to), raw.is_file)
            })
            .collect();
        let row = |status, from: &str, to: &str, file| (status, from.to_owned(), to.to_owned(), file);
        assert_eq!(
            all,
            [
                row('M', "a b\n.txt", "a b\n.txt", true),
                row('R', "old.txt", "ใหม่.txt", true),
                row('A', "new.txt", "new.txt", true),
                row('T', "link", "link", false),
                row('A', "file", "file", true),
                row('D', "gone", "gone", false),
            ]
        );
    }
}
