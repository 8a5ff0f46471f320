//! The reason why a file is not of its format, with the line.

/// The reason that a file cannot be read.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct ExchangeError {
    /// The line, from 1.
    pub line: usize,
    /// The reason, and what would be right.
    pub message: String,
}

impl ExchangeError {
    pub(crate) fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}
