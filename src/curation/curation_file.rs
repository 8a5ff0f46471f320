//! The files beside `scholiast.toml` in which the people of a corpus keep what they have decided.

use super::{settled_file, state_file};

/// One of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum CurationFile {
    /// The states of documents.
    States,
    /// The differences that are settled.
    Settled,
}

impl CurationFile {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::States, Self::Settled];

    /// The name, which is the path below the folder of `scholiast.toml` too.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::States => state_file::FILE_NAME,
            Self::Settled => settled_file::FILE_NAME,
        }
    }

    /// The file at a path below the folder of `scholiast.toml`.
    pub fn at(below: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|file| file.file_name() == below)
    }
}
