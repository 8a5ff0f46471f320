//! Errors of reading and writing, in words for standard error.

/// A file or folder that could not be used, and why. The other files go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// The file or folder, as it was named or found.
    pub path: String,
    /// The error, in words.
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
