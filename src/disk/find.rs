//! Which configuration governs a path, and how paths are shown.

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

use super::FileError;
use super::files::{Files, OnDisk};
use crate::config;

/// A PATH of the command line: how it was given and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// As it was given, `/` as separator.
    pub shown: String,
    /// Where it is: absolute, links resolved.
    pub path: Utf8PathBuf,
    /// Whether it is a folder.
    pub folder: bool,
}

impl Given {
    /// Looks a path up.
    ///
    /// # Errors
    /// When there is no such file or folder, or its name is not UTF-8.
    pub fn new(given: &std::path::Path, files: &dyn Files) -> Result<Self, FileError> {
        let shown = given.to_string_lossy().replace('\\', "/");
        let path = files.locate(given).map_err(|message| FileError { path: shown.clone(), message })?;
        let folder = files.is_folder(&path);
        Ok(Self { shown, path, folder })
    }

    /// How a file is shown that this PATH selects; `None` where it does not.
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

/// The folder of the nearest `scholiast.toml` on disk at or above a folder, or above a file.
pub fn root_of(path: &Utf8Path, folder: bool) -> Option<Utf8PathBuf> {
    root_among(&OnDisk, path, folder)
}

/// The folder of the nearest `scholiast.toml` among `files` at or above a folder, or above a file.
pub fn root_among(files: &dyn Files, path: &Utf8Path, folder: bool) -> Option<Utf8PathBuf> {
    let start = if folder { Some(path) } else { path.parent() };
    start?.ancestors().find(|folder| files.is_file(&folder.join(config::FILE_NAME))).map(Utf8Path::to_owned)
}

/// Whether a folder has a configuration.
pub fn is_root(folder: &Utf8Path) -> bool {
    folder.join(config::FILE_NAME).is_file()
}

/// Where an absolute path leads that need not exist: links are resolved as far as it does.
pub fn real(path: &Utf8Path) -> Utf8PathBuf {
    let path = lexical(path);
    let exists = path.ancestors().find_map(|above| Some((above, above.canonicalize_utf8().ok()?)));
    let Some((above, real)) = exists else { return path };
    match path.strip_prefix(above) {
        Ok(rest) if !rest.as_str().is_empty() => real.join(rest),
        _ => real,
    }
}

/// A path without `.` and `..`, by its words alone.
pub(super) fn lexical(path: &Utf8Path) -> Utf8PathBuf {
    let mut plain = Utf8PathBuf::new();
    for part in path.components() {
        match part {
            Utf8Component::CurDir => {}
            Utf8Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// How a file is shown that no PATH selects: relative to the working directory, else absolute.
pub fn shown_elsewhere(file: &Utf8Path, working_directory: &Utf8Path) -> String {
    file.strip_prefix(working_directory).unwrap_or(file).as_str().to_owned()
}

/// How a registry file outside its corpus is shown that no PATH selects: relative to the working directory though it be
/// above it, as long as they have a folder in common.
pub fn shown_outside(file: &Utf8Path, working_directory: &Utf8Path) -> String {
    super::outside::seen_from(working_directory, file).unwrap_or_else(|| file.to_owned()).into_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_paths() {
        for (path, plain) in [("/a/./b", "/a/b"), ("/a/b/../c", "/a/c"), ("/../a", "/a"), ("/a b/ข่าว\n", "/a b/ข่าว\n")]
        {
            assert_eq!(lexical(Utf8Path::new(path)), plain);
        }
    }

    #[test]
    fn shared_files_are_shown_from_here() {
        for (file, here, shown) in [
            ("/w/s/x.toml", "/w/a", "../s/x.toml"),
            ("/w/s/x.toml", "/w", "s/x.toml"),
            ("/w/s/x.toml", "/w/a/b", "../../s/x.toml"),
            ("/v/s/x.toml", "/w/a", "/v/s/x.toml"),
        ] {
            assert_eq!(shown_outside(Utf8Path::new(file), Utf8Path::new(here)), shown);
        }
    }

    #[test]
    fn paths_are_shown_as_given() {
        let given = |shown: &str, path: &str| Given { shown: shown.into(), path: path.into(), folder: true };
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
