//! The files of a corpus on disk.
//!
//! `.gitignore`, `.ignore` and hidden files are respected, links are not followed (so that no loop can arise), folders
//! that the configuration excludes are not entered. A folder with a `scholiast.toml` of its own is another corpus.
//! Registry files that it shares with others may lie outside ([`shared_registries`]).

use std::sync::{Arc, Mutex, PoisonError};

use camino::{Utf8Path, Utf8PathBuf};
use ignore::WalkBuilder;

use super::error::{FileError, io_message};
use super::{annotation_files, shared_registries};
use crate::config::{self, Config};

/// The files that a walk has found, each list sorted by path.
#[derive(Debug, Default)]
pub struct WalkedFiles {
    /// Text files, below the root.
    pub texts: Vec<Utf8PathBuf>,
    /// Annotation files, below the root, whether or not a text is beside them.
    pub annotations: Vec<Utf8PathBuf>,
    /// Registry files, below the root or, with leading `../`, outside.
    pub registries: Vec<Utf8PathBuf>,
    /// Folders with a configuration of their own, absolute.
    pub nested: Vec<Utf8PathBuf>,
    /// Folders and files that could not be entered or read.
    pub problems: Vec<FileError>,
}

/// Returns whether a file decides which files a walk finds.
pub fn walk_depends_on(path: &Utf8Path) -> bool {
    matches!(path.file_name(), Some(".gitignore" | ".ignore"))
}

/// Walks a corpus root.
pub fn walk(root: &Utf8Path, config: &Config) -> WalkedFiles {
    let mut found = WalkedFiles::default();
    let excluded = config.clone();
    let top = root.to_owned();
    let mut builder = WalkBuilder::new(root);
    let strange = Arc::new(Mutex::new(Vec::new()));
    if root.ancestors().skip(1).any(|folder| strange_ignore_file(folder).is_some()) {
        builder.parents(false);
    }
    if let Some(file) = strange_ignore_file(root) {
        found.problems.push(strange_problem(file));
        return found;
    }
    let met = strange.clone();
    builder.require_git(false).filter_entry(move |entry| {
        let folder =
            entry.file_type().filter(std::fs::FileType::is_dir).and_then(|_| Utf8Path::from_path(entry.path()));
        if let Some(file) = folder.and_then(strange_ignore_file) {
            met.lock().unwrap_or_else(PoisonError::into_inner).push(file);
            return false;
        }
        let below = Utf8Path::from_path(entry.path()).and_then(|path| path.strip_prefix(&top).ok());
        below.is_none_or(|below| below.as_str().is_empty() || !excluded.excludes(below.as_str()))
    });
    let mut skipped: Vec<Utf8PathBuf> = Vec::new();
    for entry in builder.build() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                found.problems.push(walk_problem(&error, root));
                continue;
            }
        };
        let Some(path) = Utf8Path::from_path(entry.path()) else {
            let path = entry.path().to_string_lossy().into_owned();
            found.problems.push(FileError { path, message: "the file name is not UTF-8".to_owned() });
            continue;
        };
        if skipped.iter().any(|folder| path.starts_with(folder)) {
            continue;
        }
        let Ok(below) = path.strip_prefix(root) else { continue };
        let kind = entry.file_type();
        if kind.is_some_and(|kind| kind.is_dir()) {
            if !below.as_str().is_empty() && path.join(config::FILE_NAME).is_file() {
                found.nested.push(path.to_owned());
                skipped.push(path.to_owned());
            }
        } else if kind.is_some_and(|kind| kind.is_file()) {
            found.add(below, config);
        }
    }
    let strange = std::mem::take(&mut *strange.lock().unwrap_or_else(PoisonError::into_inner));
    found.problems.extend(strange.into_iter().map(strange_problem));
    found.registries.extend(shared_registries::on_disk(root, config));
    found.sort();
    found
}

/// A file of a folder that says what git ignores and is no regular file: reading a pipe or a device may never end.
fn strange_ignore_file(folder: &Utf8Path) -> Option<Utf8PathBuf> {
    let files = [".gitignore", ".ignore", ".git/info/exclude"].into_iter().map(|name| folder.join(name));
    let mut strange =
        files.filter(|file| file.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir()));
    strange.next()
}

fn strange_problem(file: Utf8PathBuf) -> FileError {
    let message = "it is not a regular file, so its folder is not read".to_owned();
    FileError { path: file.into_string(), message }
}

impl WalkedFiles {
    /// Puts a file below the root into the list of its kind.
    pub(super) fn add(&mut self, below: &Utf8Path, config: &Config) {
        if config.is_registry(below.as_str()) {
            self.registries.push(below.to_owned());
        } else if annotation_files::is_annotation(below) {
            if !config.excludes(below.as_str()) {
                self.annotations.push(below.to_owned());
            }
        } else if config.is_text(below.as_str()) {
            self.texts.push(below.to_owned());
        }
    }

    /// Forgets files below the root.
    pub(super) fn remove(&mut self, gone: impl Fn(&Utf8Path) -> bool) {
        for list in [&mut self.texts, &mut self.annotations, &mut self.registries] {
            list.retain(|below| !gone(below));
        }
    }

    /// Sorts each list by path.
    pub(super) fn sort(&mut self) {
        for list in [&mut self.texts, &mut self.annotations, &mut self.registries, &mut self.nested] {
            list.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
        }
    }
}

fn walk_problem(error: &ignore::Error, root: &Utf8Path) -> FileError {
    fn path(error: &ignore::Error) -> Option<String> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path.to_string_lossy().into_owned()),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path(err),
            _ => None,
        }
    }
    let message = error.io_error().map_or_else(|| error.to_string(), io_message);
    FileError { path: path(error).unwrap_or_else(|| root.to_string()), message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn registries_of_a_neighbour() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let top = Utf8Path::from_path(folder.path()).expect("UTF-8").canonicalize_utf8().expect("it is there");
        for file in [
            "a/scholiast.toml",
            "a/own.toml",
            "shared/one.toml",
            "shared/two.toml",
            "shared/scholiast.toml",
            "shared/deep/three.toml",
            "shared/.hidden/four.toml",
            "shared/ignored.toml",
            "shared/.gitignore",
        ] {
            let path = top.join(file);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, if file.ends_with("ignore") { "ignored.toml\n" } else { "" }).expect("written");
        }
        #[cfg(unix)]
        for (to, link) in [("..", "shared/up"), ("shared", "linked")] {
            std::os::unix::fs::symlink(to, top.join(link)).expect("linked");
        }
        for (patterns, wanted) in [
            ("\"../shared/*.toml\"", vec!["../shared/one.toml", "../shared/two.toml"]),
            ("\"../shared/one.toml\", \"*.toml\"", vec!["../shared/one.toml", "own.toml"]),
            ("\"../**/t*.toml\"", vec!["../shared/deep/three.toml", "../shared/two.toml"]),
            ("\"../a/own.toml\"", vec![]),
            ("\"../linked/one.toml\"", vec![]),
            ("\"../shared/none.toml\"", vec![]),
            ("\"../shared/up/a/*.toml\"", vec![]),
            ("\"**/*.toml\"", vec!["own.toml"]),
        ] {
            let (config, _) = Config::parse(&format!("[corpus]\nregistry = [{patterns}]\n")).expect("TOML");
            let found = walk(&top.join("a"), &config);
            assert_eq!(found.registries, wanted, "{patterns}");
        }
        let (config, _) =
            Config::parse("[corpus]\nregistry = [\"../shared/*.toml\"]\nexclude = [\"../shared/t*\"]\n").expect("TOML");
        assert_eq!(walk(&top.join("a"), &config).registries, ["../shared/one.toml"]);
    }
}
