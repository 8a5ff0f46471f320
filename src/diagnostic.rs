//! A finding: one value that every renderer, the fixer and the server share.
//!
//! Deliberately absent: how it looks anywhere, and paths (whoever shows it maps [`FileId`] to a path).

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::text::{FileId, Place};

/// The severity of a finding, from bad to mild.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Certainly wrong.
    Error,
    /// Very probably wrong.
    Warning,
    /// Worth a look.
    Info,
    /// A suggestion.
    Hint,
}

impl Severity {
    /// The word in output and configuration.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
            Self::Hint => "hint",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// The code of the rule, `family/rule-in-kebab-case`.
    pub code: CompactString,
    /// The severity under the configuration in force.
    pub severity: Severity,
    /// The file it is in.
    pub file: FileId,
    /// The place in the file.
    pub place: Place,
    /// The message, one sentence without a full stop.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The fix, where there is exactly one way to correct it.
    pub fix: Option<Fix>,
    /// True if it is about something that does nothing, and may be shown faded.
    pub unnecessary: bool,
}

impl Diagnostic {
    /// The order of output within a file: start, end, code; then the message, so that equals never swap.
    pub fn order(&self) -> (u32, u32, &str, &str) {
        (self.place.start.byte, self.place.end.byte, &self.code, &self.message)
    }
}

/// Another place that belongs to a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Related {
    /// The file it is in.
    pub file: FileId,
    /// The place.
    pub place: Place,
    /// The relation to the finding.
    pub message: String,
}

/// Edits that remove a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    /// The title, in the imperative.
    pub title: String,
    /// True if values, linked entities and annotations are the same afterwards.
    pub safe: bool,
    /// The edits, sorted by file and place, not overlapping.
    pub edits: Vec<FileEdit>,
}

/// One replacement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FileEdit {
    /// The file it is in.
    pub file: FileId,
    /// The text to replace; empty for an insertion.
    pub place: Place,
    /// The new text.
    pub text: CompactString,
}
