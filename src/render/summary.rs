//! The last line a person reads: how much was found, and how much of it fixes itself.

use std::fmt;

use super::layout::count;
use crate::diagnostic::{Diagnostic, Severity};
use crate::text::FileId;

/// Counts over the findings of a run. Shown on standard error, never among the findings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Summary {
    errors: usize,
    warnings: usize,
    infos: usize,
    hints: usize,
    safe: usize,
    not_safe: usize,
    files_with_findings: usize,
    last_file: Option<FileId>,
    /// Files that were checked.
    pub files: usize,
}

impl Summary {
    /// Counts one finding. Findings of one file must follow each other.
    pub fn add(&mut self, finding: &Diagnostic) {
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Info => self.infos += 1,
            Severity::Hint => self.hints += 1,
        }
        match &finding.fix {
            Some(fix) if fix.safe => self.safe += 1,
            Some(_) => self.not_safe += 1,
            None => {}
        }
        if self.last_file.replace(finding.file) != Some(finding.file) {
            self.files_with_findings += 1;
        }
    }
}

impl fmt::Display for Summary {
    /// `Found 3 errors and 2 warnings in 2 of 5 files (1 fixable with --fix)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info"), (self.hints, "hint")];
        let found: Vec<String> = kinds
            .into_iter()
            .filter(|&(number, _)| number > 0)
            // "infos" is no word.
            .map(|(number, kind)| if kind == "info" { format!("{number} info") } else { count(number, kind) })
            .collect();
        if found.is_empty() {
            return write!(f, "Found nothing in {}", count(self.files, "file"));
        }
        write!(f, "Found {} in {}", found.join(", "), self.files_with_findings)?;
        // The fault of a registry may stand in a file that is not among the texts checked.
        if self.files >= self.files_with_findings {
            write!(f, " of {}", count(self.files, "file"))?;
        } else {
            write!(f, " file{}", if self.files_with_findings == 1 { "" } else { "s" })?;
        }
        match (self.safe, self.not_safe) {
            (0, 0) => Ok(()),
            (safe, 0) => write!(f, " ({safe} fixable with --fix)"),
            (0, not_safe) => write!(f, " ({not_safe} fixable with --unsafe-fixes)"),
            (safe, not_safe) => write!(f, " ({safe} fixable with --fix, {not_safe} more with --unsafe-fixes)"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let base = Summary { files: 5, files_with_findings: 2, ..Summary::default() };
        let cases = [
            (Summary { files: 1, ..Summary::default() }, "Found nothing in 1 file"),
            (
                Summary { errors: 3, warnings: 2, safe: 1, ..base.clone() },
                "Found 3 errors, 2 warnings in 2 of 5 files (1 fixable with --fix)",
            ),
            (
                Summary { infos: 2, hints: 1, safe: 1, not_safe: 2, ..base.clone() },
                "Found 2 info, 1 hint in 2 of 5 files (1 fixable with --fix, 2 more with --unsafe-fixes)",
            ),
            (Summary { errors: 1, files: 0, files_with_findings: 1, ..base }, "Found 1 error in 1 file"),
        ];
        for (summary, line) in cases {
            assert_eq!(summary.to_string(), line);
        }
    }
}
