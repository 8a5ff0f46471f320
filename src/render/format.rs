//! The names of the formats.

use std::fmt;

macro_rules! formats {
    ($(#[doc = $doc:literal] $name:ident = $word:literal,)+) => {
        /// A format of findings.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        pub enum Format { $(#[doc = $doc] $name,)+ }

        impl Format {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// The name on the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The purpose and the readers of the format, in a line.
            pub const fn purpose(self) -> &'static str {
                match self { $(Self::$name => $doc.trim_ascii(),)+ }
            }
        }
    };
}

formats! {
    /// Excerpts of the source with underlines, related places and fixes; for people.
    Full = "full",
    /// One line a finding; for people and editors.
    Concise = "concise",
    /// The findings of each file under its path; for people.
    Grouped = "grouped",
    /// One JSON object, versioned, with a schema; for scripts.
    Json = "json",
    /// One JSON object a line; for scripts.
    Jsonl = "jsonl",
    /// SARIF 2.1.0; for code scanning.
    Sarif = "sarif",
    /// Workflow commands; for GitHub actions.
    Github = "github",
    /// Code quality report; for GitLab CI.
    Gitlab = "gitlab",
    /// JUnit XML; for CI servers.
    Junit = "junit",
    /// Checkstyle XML; for CI servers and reviewdog.
    Checkstyle = "checkstyle",
    /// Reviewdog Diagnostic Format, with suggestions.
    Rdjsonl = "rdjsonl",
    /// Tables; for comments on pull requests.
    Markdown = "markdown",
}

impl Format {
    /// Tells whether what is shown of a finding depends on no other.
    pub(super) const fn has_findings_by_themselves(self) -> bool {
        matches!(self, Self::Concise | Self::Jsonl | Self::Github | Self::Rdjsonl)
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
