//! The door to a tree of files: on disk, or in what git has of them.
//!
//! A run reads a corpus through [`Files`] and never asks where it comes from, so that `check --staged` sees the index
//! exactly as `check` sees the disk. Deliberately absent: writing, which is done to the disk alone.

use std::fmt::Debug;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};

use super::error::io_message;
use super::read;
use super::walk::{WalkedFiles, walk};
use crate::config::Config;

/// A tree of files. Paths are absolute.
pub trait Files: Debug + Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    /// In words, when it cannot be read or is 4 GiB or larger.
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String>;

    /// Tells whether a path is a file.
    fn is_file(&self, path: &Utf8Path) -> bool;

    /// The names of all that lies in a folder on disk, read or not; empty where nothing can be told.
    fn listed(&self, folder: &Utf8Path) -> Vec<String> {
        let _ = folder;
        Vec::new()
    }

    /// Tells whether a path is a folder.
    fn is_folder(&self, path: &Utf8Path) -> bool;

    /// The place that a path of the command line leads to from the working directory.
    ///
    /// # Errors
    /// In words, when there is nothing, or its name is not UTF-8.
    fn locate(&self, given: &Path, here: &Utf8Path) -> Result<Utf8PathBuf, String>;

    /// The files of the corpus whose root is `root`.
    fn walk(&self, root: &Utf8Path, config: &Config) -> WalkedFiles;
}

/// The files on disk.
#[derive(Debug)]
pub struct OnDisk;

impl Files for OnDisk {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, String> {
        if read::is_pipe(path) {
            let pipe = std::fs::File::open(path).map_err(|error| io_message(&error))?;
            return read::read_pipe(pipe);
        }
        read::read(path)
    }

    fn is_file(&self, path: &Utf8Path) -> bool {
        path.is_file()
    }

    fn listed(&self, folder: &Utf8Path) -> Vec<String> {
        let listing = folder.read_dir_utf8().into_iter().flatten().flatten();
        let mut names: Vec<String> = listing.map(|entry| entry.file_name().to_owned()).collect();
        names.sort_unstable();
        names
    }

    fn is_folder(&self, path: &Utf8Path) -> bool {
        path.is_dir()
    }

    fn locate(&self, given: &Path, here: &Utf8Path) -> Result<Utf8PathBuf, String> {
        let path = match here.as_std_path().join(given).canonicalize() {
            Ok(path) => path,
            // A pipe (`/dev/fd/63`) is there under the name that was given and no other.
            Err(_) if given.metadata().is_ok() => here.as_std_path().join(given),
            Err(error) => return Err(io_message(&error)),
        };
        Utf8PathBuf::from_path_buf(path).map_err(|_| "the path is not UTF-8".to_owned())
    }

    fn walk(&self, root: &Utf8Path, config: &Config) -> WalkedFiles {
        walk(root, config)
    }
}
