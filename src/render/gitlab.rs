//! GitLab's code quality report (a subset of the Code Climate format): an array of findings, placed by line.
//!
//! Lines count from 1; there are no columns. The fingerprint survives moved lines, so a merge request shows what it
//! brought and what it fixed, not what it moved.

use std::io::{self, Write};

use serde_json::json;

use super::fingerprint::Fingerprints;
use super::layout::{Layout, Sources};
use crate::diagnostic::{Diagnostic, Severity};

#[derive(Default)]
pub(super) struct Gitlab {
    fingerprints: Fingerprints,
    any: bool,
}

impl Layout for Gitlab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        out.write_all(if std::mem::replace(&mut self.any, true) { b",\n" } else { b"\n" })?;
        let severity = match finding.severity {
            Severity::Error => "major",
            Severity::Warning => "minor",
            Severity::Info | Severity::Hint => "info",
        };
        let (start, end) = (finding.place.start, finding.place.end);
        let row = json!({
            "type": "issue",
            "check_name": finding.code,
            "description": finding.message,
            "severity": severity,
            "fingerprint": self.fingerprints.next(sources, finding),
            "location": {
                "path": sources.path(finding.file),
                "lines": { "begin": start.line + 1, "end": end.line + 1 },
            },
        });
        serde_json::to_writer(out, &row)?;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _sources: &dyn Sources) -> io::Result<()> {
        out.write_all(b"\n]\n")
    }
}
