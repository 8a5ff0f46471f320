//! Where does it come from? All file IO: finding corpora, walking, reading (from the disk, or what git has), writing
//! atomically, watching.
//!
//! Deliberately absent: what a file means. The corpus is handed bytes and says nothing back to the disk.

pub mod beside;
pub mod cache;
pub mod clock;
pub mod files;
pub mod find;
pub mod git;
pub mod load;
pub mod outside;
pub mod pages;
pub mod process;
pub mod texts;
pub mod users;
pub mod walk;
pub mod watch;
pub mod write;

/// Something that could not be done, for standard error: the other files go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file or folder, as it was named or found.
    pub path: String,
    /// What went wrong.
    pub message: String,
}

impl std::fmt::Display for FileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.message)
    }
}

/// The message of an IO error without the number of the operating system.
pub fn io_message(error: &std::io::Error) -> String {
    let text = error.to_string();
    match text.rfind(" (os error ") {
        Some(at) => text[..at].to_lowercase(),
        None => text.to_lowercase(),
    }
}
