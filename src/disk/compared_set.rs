//! The annotations with which `[compare] with` compares those of a corpus: a folder, or a commit of git. Documents are
//! read one by one, when somebody asks.

use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHasher;

use super::annotation_files;
use super::files::{Files, OnDisk};
use super::git::{GitFiles, Repository};
use super::path::{lexical, real};
use crate::annotation::Standoff;
use crate::curation::settled_file::{self, SettledFile};

/// Another annotator's set of a corpus.
#[derive(Debug)]
pub struct ComparedSet {
    files: Arc<dyn Files>,
    folder: Utf8PathBuf,
    /// The name of the commit; `None` for a folder on disk.
    commit: Option<String>,
}

/// One document of it.
#[derive(Debug)]
pub struct ComparedFiles {
    /// The text; `None` where the set has annotation files alone.
    pub text: Option<String>,
    /// The annotation files, at least one.
    pub files: Vec<Standoff>,
}

impl ComparedSet {
    /// Opens what `with` names for the corpus at `root`: a folder, `REV`, `REV:` or `REV:PATH`.
    ///
    /// # Errors
    /// In words that say what would be right.
    pub fn open(root: &Utf8Path, with: &str) -> Result<Self, String> {
        if with.trim().is_empty() {
            return Err("`with` names nothing; write a path such as `../ben`, or a git revision".to_owned());
        }
        let folder = lexical(&root.join(with));
        if folder.is_dir() {
            if real(&folder) == real(root) {
                return Err(format!("`{with}` is this corpus itself; name the folder of another annotator"));
            }
            return Ok(Self { files: Arc::new(OnDisk), folder, commit: None });
        }
        if folder.is_file() {
            return Err(format!("`{with}` is a file; name the folder in which the other annotator's texts stand"));
        }
        let (revision, path) = with.split_once(':').unwrap_or((with, ""));
        let nothing = |why: &str| {
            format!(
                "there is neither a folder nor a git revision `{with}`{why}; write a path such as `../ben`, or `REV:`"
            )
        };
        let repository = Repository::of([root]).map_err(|_| nothing(""))?;
        let commit = match repository.commit(revision) {
            Ok(Some(commit)) if !revision.is_empty() => commit,
            _ => return Err(nothing("")),
        };
        let files = GitFiles::commit(&repository, &commit).map_err(|error| nothing(&format!(" ({error})")))?;
        let folder = lexical(&real(root).join(path));
        if !files.is_folder(&folder) {
            return Err(format!("`{revision}` has no folder `{path}` below this one"));
        }
        Ok(Self { files: Arc::new(files), folder, commit: Some(commit) })
    }

    /// The commit, where it is one.
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// Tells whether a file of the corpus at `root` lies in this set, so that it is the other side of a comparison.
    pub fn holds(&self, root: &Utf8Path, below: &Utf8Path) -> bool {
        self.commit.is_none() && root.join(below).starts_with(&self.folder)
    }

    /// Reads the document that a text of the corpus is compared with, by the text's path below its root; `None` where
    /// the set has no annotations of it, or none that are UTF-8.
    pub fn document(&self, text: &Utf8Path) -> Option<ComparedFiles> {
        let read = |path: &Utf8Path| {
            self.files.is_file(path).then(|| String::from_utf8(self.files.read(path).ok()?).ok()).flatten()
        };
        let path = self.folder.join(text);
        let files: Vec<Standoff> =
            annotation_files::names(&path).filter_map(|name| read(&name)).map(Standoff::parse).collect();
        if files.is_empty() {
            return None;
        }
        Some(ComparedFiles { text: read(&path), files })
    }

    /// A number that changes whenever what [`ComparedSet::document`] returns may have.
    pub fn stamp(&self, text: &Utf8Path) -> u64 {
        let mut hasher = FxHasher::default();
        if let Some(commit) = &self.commit {
            commit.hash(&mut hasher);
            return hasher.finish();
        }
        let path = self.folder.join(text);
        for file in annotation_files::names(&path).chain([path.clone()]) {
            file_stamp(&file).hash(&mut hasher);
        }
        hasher.finish()
    }
}

/// The folders in which something happens when the other side of a comparison changes.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ComparedPlaces {
    /// The folder that is the other side.
    pub folder: Option<Utf8PathBuf>,
    /// The folders in which git keeps what a revision means, each with whether all below matters.
    pub references: Vec<(Utf8PathBuf, bool)>,
}

impl ComparedPlaces {
    /// Those of what `with` names for the corpus at `root`. A name that means nothing now may become a branch.
    pub fn of(root: &Utf8Path, with: &str) -> Self {
        if with.trim().is_empty() {
            return Self::default();
        }
        let folder = lexical(&root.join(with));
        if folder.is_dir() {
            return Self { folder: Some(folder), references: Vec::new() };
        }
        let references = Repository::of([root]).and_then(|repository| repository.reference_folders());
        Self { folder: None, references: references.unwrap_or_default() }
    }

    /// Tells whether something that happened to a path of git may have given a revision another meaning.
    pub fn may_move(&self, path: &Utf8Path) -> bool {
        let is_in = |(folder, deep): &(Utf8PathBuf, bool)| match path.strip_prefix(folder) {
            Ok(_) if *deep => true,
            Ok(below) => matches!(below.as_str(), "HEAD" | "packed-refs"),
            Err(_) => false,
        };
        path.extension() != Some("lock") && self.references.iter().any(is_in)
    }

    /// All folders, each with whether all below it matters.
    pub fn watched(&self) -> impl Iterator<Item = (Utf8PathBuf, bool)> + '_ {
        self.references.iter().cloned().chain(self.folder.iter().map(|folder| (folder.clone(), true)))
    }
}

/// The size and the time of a file; `None` where there is none.
fn file_stamp(path: &Utf8Path) -> Option<(u64, Option<std::time::SystemTime>)> {
    let known = std::fs::metadata(path).ok()?;
    Some((known.len(), known.modified().ok()))
}

/// A number that changes whenever the settled differences of a corpus may have.
pub fn settled_stamp(root: &Utf8Path) -> u64 {
    let mut hasher = FxHasher::default();
    file_stamp(&root.join(settled_file::FILE_NAME)).hash(&mut hasher);
    hasher.finish()
}

/// The settled differences of a corpus; none where the file is not there or cannot be read.
pub fn settled(files: &dyn Files, root: &Utf8Path) -> SettledFile {
    let path = root.join(settled_file::FILE_NAME);
    let bytes = if files.is_file(&path) { files.read(&path).ok() } else { None };
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map(SettledFile::parse).unwrap_or_default()
}

/// Adds settled differences to the file that remembers them.
///
/// # Errors
/// In words, when the file cannot be read or written, is not UTF-8, or has changed meanwhile.
pub fn settle(root: &Utf8Path, pairs: &[crate::curation::SettledPair]) -> Result<(), String> {
    let path = root.join(settled_file::FILE_NAME);
    if path.symlink_metadata().is_err() {
        return super::write::create(&path, &SettledFile::default().with(pairs));
    }
    let before = super::read::read(&path)?;
    let text = std::str::from_utf8(&before).map_err(|_| "the file is not UTF-8; nothing was written".to_owned())?;
    if !crate::text::conflict::regions(text).is_empty() {
        return Err("a conflict of a merge stands in the file: resolve it first; nothing was written".to_owned());
    }
    let after = SettledFile::parse(text).with(pairs);
    if after.as_bytes() == before { Ok(()) } else { super::write::replace(&path, &before, after.as_bytes()) }
}
