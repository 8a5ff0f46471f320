//! The names of the formats.

use std::fmt;
use std::str::FromStr;

use crate::text::nearest;

macro_rules! formats {
    ($($(#[$doc:meta])+ $name:ident = $word:literal,)+) => {
        /// A format of findings.
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
        pub enum Format { $($(#[$doc])+ $name,)+ }

        impl Format {
            /// All of them, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name on the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
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

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that no format has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownFormat {
    name: String,
}

impl fmt::Display for UnknownFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = || Format::ALL.iter().map(|format| format.as_str());
        match nearest::nearest(&self.name, names()) {
            Some(name) => write!(f, "there is no format '{}'; did you mean '{name}'?", self.name),
            None => {
                write!(f, "there is no format '{}'; there are {}", self.name, names().collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl std::error::Error for UnknownFormat {}

impl FromStr for Format {
    type Err = UnknownFormat;

    fn from_str(name: &str) -> Result<Self, UnknownFormat> {
        let found = Self::ALL.iter().copied().find(|format| format.as_str() == name);
        found.ok_or_else(|| UnknownFormat { name: name.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back() {
        for &format in Format::ALL {
            assert_eq!(format.as_str().parse(), Ok(format));
        }
    }

    #[test]
    fn a_slip_gets_a_suggestion() {
        let error = "concice".parse::<Format>().unwrap_err().to_string();
        assert_eq!(error, "there is no format 'concice'; did you mean 'concise'?");
        let error = "powerpoint".parse::<Format>().unwrap_err().to_string();
        assert!(error.starts_with("there is no format 'powerpoint'; there are full, concise, "), "{error}");
    }
}
