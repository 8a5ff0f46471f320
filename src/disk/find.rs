//! The configuration that governs a path, and what the PATHs of a command line name.

use camino::{Utf8Path, Utf8PathBuf};

use super::error::FileError;
use super::files::{Files, OnDisk};
use crate::config;

/// A PATH of the command line: how it was given and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPath {
    /// As it was given, `/` as separator.
    pub shown: String,
    /// The place: absolute, links resolved.
    pub path: Utf8PathBuf,
    /// True if it is a folder.
    pub folder: bool,
}

impl NamedPath {
    /// Looks a path up.
    ///
    /// # Errors
    /// When there is no such file or folder, or its name is not UTF-8.
    pub fn new(given: &std::path::Path, here: &Utf8Path, files: &dyn Files) -> Result<Self, FileError> {
        let shown = given.to_string_lossy().replace('\\', "/");
        let path = files.locate(given, here).map_err(|message| FileError { path: shown.clone(), message })?;
        let folder = files.is_folder(&path);
        Ok(Self { shown, path, folder })
    }

    /// Tells whether a file that is shown like this lies in the folder.
    pub(super) fn covers(&self, shown: &str) -> bool {
        let base = self.shown.trim_end_matches('/');
        match base.strip_prefix("./").unwrap_or(base) {
            "." => !shown.starts_with("../") && !shown.starts_with('/'),
            "" => shown.starts_with('/'),
            base => {
                shown.strip_prefix("./").unwrap_or(shown).strip_prefix(base).is_some_and(|rest| rest.starts_with('/'))
            }
        }
    }

    /// The path of a file as it is printed; `None` where this PATH does not select it.
    pub fn shown(&self, file: &Utf8Path) -> Option<String> {
        let below = file.strip_prefix(&self.path).ok()?;
        if below.as_str().is_empty() {
            return Some(self.shown.clone());
        }
        let base = self.shown.trim_end_matches('/');
        Some(match base {
            "." => below.as_str().to_owned(),
            "" if self.shown.starts_with('/') => format!("/{below}"),
            _ => format!("{base}/{below}"),
        })
    }
}

/// The configuration that a run uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigChoice {
    /// The nearest `scholiast.toml` at or above it.
    Nearest,
    /// This file in the place of every `scholiast.toml`.
    File(Utf8PathBuf),
    /// None.
    Isolated,
}

impl ConfigChoice {
    /// The root of the corpus that a file or folder belongs to; `None`: it belongs to none.
    pub(super) fn root(
        &self,
        files: &dyn Files,
        path: &Utf8Path,
        folder: bool,
        here: &Utf8Path,
    ) -> Option<Utf8PathBuf> {
        match self {
            Self::Nearest => root_among(files, path, folder),
            Self::File(_) => Some(root_among(files, path, folder).unwrap_or_else(|| {
                let folder = if folder { path } else { path.parent().unwrap_or(path) };
                if path.starts_with(here) { here } else { folder }.to_owned()
            })),
            Self::Isolated => None,
        }
    }
}

/// The folder of the nearest `scholiast.toml` on disk at or above a folder, or above a file.
pub fn root_of(path: &Utf8Path, folder: bool) -> Option<Utf8PathBuf> {
    root_among(&OnDisk, path, folder)
}

/// The folder of the nearest `scholiast.toml` among `files` at or above a folder, or above a file.
pub fn root_among(files: &dyn Files, path: &Utf8Path, folder: bool) -> Option<Utf8PathBuf> {
    let start = if folder { Some(path) } else { path.parent() };
    start?.ancestors().find(|folder| files.is_file(&folder.join(config::FILE_NAME))).map(Utf8Path::to_owned)
}

/// Tells whether a folder holds more than anybody wants to have searched for corpora: the whole disk or a person's
/// home, and lies in no corpus.
pub fn is_too_much(folder: &Utf8Path) -> bool {
    let home = std::env::var("HOME").or_else(|_| std::env::var("USERPROFILE")).ok().map(Utf8PathBuf::from);
    let holds_home = home.is_some_and(|home| !home.as_str().is_empty() && home.starts_with(folder));
    (holds_home || folder.parent().is_none()) && root_of(folder, true).is_none()
}

/// Tells whether a folder has a configuration.
pub fn is_root(folder: &Utf8Path) -> bool {
    folder.join(config::FILE_NAME).is_file()
}

/// The text that an annotation file belongs to which was named outright.
pub fn text_of(annotation: &Utf8Path, files: &dyn Files) -> Option<Utf8PathBuf> {
    Some(annotation.with_extension("txt")).filter(|text| files.is_file(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_shown_as_given() {
        let given = |shown: &str, path: &str| NamedPath { shown: shown.into(), path: path.into(), folder: true };
        for (shown, path, file, wanted) in [
            (".", "/c", "/c/a/b.txt", Some("a/b.txt")),
            ("./", "/c", "/c/b.txt", Some("b.txt")),
            ("texts", "/c/texts", "/c/texts/b.txt", Some("texts/b.txt")),
            ("../c/", "/c", "/c/b.txt", Some("../c/b.txt")),
            ("/c", "/c", "/c/b.txt", Some("/c/b.txt")),
            ("/", "/", "/c/b.txt", Some("/c/b.txt")),
            ("b.txt", "/c/b.txt", "/c/b.txt", Some("b.txt")),
            ("texts", "/c/texts", "/c/text.txt", None),
        ] {
            assert_eq!(given(shown, path).shown(Utf8Path::new(file)).as_deref(), wanted, "{shown} {file}");
        }
    }
}
