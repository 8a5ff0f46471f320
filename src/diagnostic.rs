//! What is a finding? One value that every renderer, the fixer and the server share.
//!
//! Deliberately absent: how it looks anywhere.

use serde::{Deserialize, Serialize};

/// How bad a finding is, from bad to mild.
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
