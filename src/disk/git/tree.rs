//! All files of the index or of a commit, as a run reads them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::blobs::Blobs;
use super::run::{GitError, Repository};
use crate::config::{self, Config};
use crate::disk::error::FileError;
use crate::disk::files::Files;
use crate::disk::path::real;
use crate::disk::walk::WalkedFiles;
use crate::disk::{read, shared_registries};

/// The files that git has, in the index or in a commit. There are no others: what is not known to git is not seen. A
/// registry file outside the repository that a corpus in it shares is as it is on disk.
#[derive(Debug)]
pub struct GitFiles {
    repository: Repository,
    /// The name of each file's content, by absolute path.
    files: BTreeMap<Utf8PathBuf, String>,
    folders: BTreeSet<Utf8PathBuf>,
    blobs: Blobs,
    problems: Vec<FileError>,
    what: &'static str,
}

impl GitFiles {
    /// The index. A file with conflicts is a problem and left out.
    ///
    /// # Errors
    /// When git fails.
    pub fn index(repository: &Repository) -> Result<Self, GitError> {
        let mut tree = Self::empty(repository, "in the git index");
        // MODE NAME STAGE\tPATH
        for record in records(&repository.ask(&["ls-files", "--stage", "--full-name", "-z"])?) {
            let Some((head, path)) = split(record, b'\t') else { continue };
            let head = String::from_utf8_lossy(head);
            if let [mode, name, stage] = head.split(' ').collect::<Vec<_>>()[..] {
                tree.add(mode, name, stage == "0", path);
            }
        }
        Ok(tree)
    }

    /// The files of a commit.
    ///
    /// # Errors
    /// When the revision is unknown or git fails.
    pub fn commit(repository: &Repository, revision: &str) -> Result<Self, GitError> {
        let commit = repository.revision(revision)?;
        let mut tree = Self::empty(repository, "in the commit");
        // MODE TYPE NAME\tPATH
        for record in records(&repository.ask(&["ls-tree", "-r", "-z", "--full-tree", &commit])?) {
            let Some((head, path)) = split(record, b'\t') else { continue };
            let head = String::from_utf8_lossy(head);
            if let [mode, _, name] = head.split(' ').collect::<Vec<_>>()[..] {
                tree.add(mode, name, true, path);
            }
        }
        Ok(tree)
    }

    fn empty(repository: &Repository, what: &'static str) -> Self {
        Self {
            repository: repository.clone(),
            files: BTreeMap::new(),
            folders: BTreeSet::from([repository.top.clone()]),
            blobs: Blobs::new(repository.clone()),
            problems: Vec::new(),
            what,
        }
    }

    fn add(&mut self, mode: &str, name: &str, merged: bool, path: &[u8]) {
        // Links are not followed, and a submodule (160000) is another repository.
        if !mode.starts_with("100") {
            return;
        }
        let shown = || String::from_utf8_lossy(path).into_owned();
        let Ok(below) = std::str::from_utf8(path) else {
            self.problems.push(FileError { path: shown(), message: "the file name is not UTF-8".to_owned() });
            return;
        };
        let path = self.repository.top.join(below);
        if !merged {
            if !self.problems.iter().any(|problem| problem.path == path) {
                let message = "it has conflicts and is not checked; resolve them and add it".to_owned();
                self.problems.push(FileError { path: path.into_string(), message });
            }
            return;
        }
        let above = path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.repository.top));
        for folder in above {
            if !self.folders.insert(folder.to_owned()) {
                break;
            }
        }
        self.files.insert(path, name.to_owned());
    }

    /// The rules of the ignore files among the files, the innermost first: a file that is ignored on disk is no part of
    /// the corpus, though somebody has added it.
    fn ignores(&self) -> Vec<Gitignore> {
        let named = self.files.keys().filter(|path| matches!(path.file_name(), Some(".gitignore" | ".ignore")));
        let mut named: Vec<&Utf8PathBuf> = named.collect();
        // Of one folder `.ignore` is the stronger, and its name the greater.
        named.sort_by_key(|path| std::cmp::Reverse((path.components().count(), path.as_str())));
        let build = |path: &Utf8PathBuf| {
            let mut builder = GitignoreBuilder::new(path.parent()?);
            let text = String::from_utf8(self.read(path).ok()?).ok()?;
            for line in text.lines() {
                // A line that is no glob excludes nothing, as on disk.
                let _ = builder.add_line(Some(path.as_std_path().to_owned()), line);
            }
            builder.build().ok()
        };
        named.into_iter().filter_map(build).collect()
    }

    /// The registry files outside a corpus, by their names in it: those in the repository as git has them, others as
    /// they are on disk.
    fn outside(&self, root: &Utf8Path, config: &Config, ignores: &[Gitignore]) -> BTreeSet<Utf8PathBuf> {
        let top = &self.repository.top;
        let mut found = BTreeSet::new();
        for reach in shared_registries::reaches(root, config) {
            if !reach.folder.starts_with(top) {
                let on_disk = reach.on_disk(root, config);
                found.extend(on_disk.into_iter().filter(|name| !shared_registries::place(root, name).starts_with(top)));
            }
            let below = self.files.range(reach.folder.clone()..).map(|(path, _)| path);
            let below = below.take_while(|path| path.starts_with(&reach.folder));
            let seen = below.filter(|path| !is_hidden(path, &reach.folder) && !is_ignored(ignores, path));
            found.extend(seen.filter_map(|path| shared_registries::name(root, path, config)));
        }
        found
    }

    /// The files below a folder that could not be listed.
    fn problems_below<'t>(&'t self, root: &'t Utf8Path) -> impl Iterator<Item = FileError> + 't {
        let top = &self.repository.top;
        self.problems.iter().filter(move |problem| top.join(&problem.path).starts_with(root)).cloned()
    }
}

impl Files for GitFiles {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        if !path.starts_with(&self.repository.top) {
            return read::read(path);
        }
        let name = self.files.get(path).ok_or_else(|| format!("it is not {}", self.what))?;
        self.blobs.read(name)
    }

    fn is_file(&self, path: &Utf8Path) -> bool {
        self.files.contains_key(path)
    }

    fn is_folder(&self, path: &Utf8Path) -> bool {
        self.folders.contains(path)
    }

    fn locate(&self, given: &Path, here: &Utf8Path) -> Result<Utf8PathBuf, String> {
        let given = Utf8Path::from_path(given).ok_or("the path is not UTF-8")?;
        let located = real(&here.join(given));
        if self.is_file(&located) || self.is_folder(&located) || located.is_dir() {
            return Ok(located);
        }
        Err(format!("it is not {}", self.what))
    }

    fn walk(&self, root: &Utf8Path, config: &Config) -> WalkedFiles {
        let mut found = WalkedFiles { problems: self.problems_below(root).collect(), ..WalkedFiles::default() };
        let below =
            || self.files.range(root.to_owned()..).map(|(path, _)| path).take_while(|path| path.starts_with(root));
        let roots = below().filter(|path| path.file_name() == Some(config::FILE_NAME)).filter_map(|path| path.parent());
        let roots: Vec<&Utf8Path> = roots.filter(|folder| *folder != root).collect();
        // A corpus within one within this is found when that is walked.
        let is_outermost = |folder: &Utf8Path| !roots.iter().any(|other| *other != folder && folder.starts_with(other));
        found.nested = roots.iter().filter(|folder| is_outermost(folder)).map(|folder| (*folder).to_owned()).collect();
        let ignores = self.ignores();
        for path in below() {
            let Ok(below) = path.strip_prefix(root) else { continue };
            // As on disk, hidden and ignored files are none of the corpus.
            let hidden = is_hidden(path, root) || is_ignored(&ignores, path);
            if !hidden && !found.nested.iter().any(|nested| path.starts_with(nested)) {
                found.add(below, config);
            }
        }
        found.registries.extend(self.outside(root, config, &ignores));
        found.nested.retain(|folder| {
            let below = folder.strip_prefix(root).unwrap_or(folder);
            !config.excludes(below.as_str()) && !below.components().any(|part| part.as_str().starts_with('.'))
        });
        found.sort();
        found
    }
}

/// Tells whether a file or a folder of it below another is hidden.
fn is_hidden(path: &Utf8Path, folder: &Utf8Path) -> bool {
    let below = path.strip_prefix(folder).unwrap_or(path);
    below.components().any(|part| part.as_str().starts_with('.'))
}

/// Tells whether the innermost of the ignore files that says something about a file ignores it.
fn is_ignored(ignores: &[Gitignore], path: &Utf8Path) -> bool {
    let above = ignores.iter().filter(|ignore| path.as_std_path().starts_with(ignore.path()));
    let mut said = above.map(|ignore| ignore.matched_path_or_any_parents(path, false));
    said.find(|said| !said.is_none()).is_some_and(|said| said.is_ignore())
}

/// The records of a listing that NUL ends.
pub(super) fn records(listing: &[u8]) -> impl Iterator<Item = &[u8]> {
    listing.split(|byte| *byte == 0).filter(|record| !record.is_empty())
}

/// The parts of a record before and behind the first such byte.
pub(super) fn split(record: &[u8], at: u8) -> Option<(&[u8], &[u8])> {
    let at = memchr::memchr(at, record)?;
    Some((&record[..at], &record[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_may_hold_anything() {
        let listing = b"100644 ab 0\ta b\n\tc\x00100644 cd 0\t\xff\x00";
        let paths: Vec<&[u8]> = records(listing).filter_map(|record| Some(split(record, b'\t')?.1)).collect();
        assert_eq!(paths, [&b"a b\n\tc"[..], b"\xff"]);
    }
}
