//! One JSON object for the whole run: a version, the findings, the counts. Described by `schemas/findings.schema.json`.
//!
//! The elements of `findings` are the rows of `jsonl`. A reader that knows version 1 can rely on the fields the schema
//! requires; fields are added within a version, never changed or taken away.

use std::io::{self, Write};

use serde::Serialize;

use super::jsonl::FindingRow;
use super::layout::{Layout, Sources};
use crate::diagnostic::{Diagnostic, Severity};

/// The version of the object's form.
const VERSION: u32 = 1;

#[derive(Default)]
pub(super) struct Json {
    counts: SeverityCounts,
    any: bool,
}

#[derive(Default, Serialize)]
struct SeverityCounts {
    error: usize,
    warning: usize,
    info: usize,
    hint: usize,
}

impl Layout for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let tool = env!("CARGO_PKG_VERSION");
        write!(out, r#"{{"version":{VERSION},"tool":{{"name":"scholiast","version":"{tool}"}},"findings":["#)
    }

    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        out.write_all(if std::mem::replace(&mut self.any, true) { b",\n" } else { b"\n" })?;
        match finding.severity {
            Severity::Error => self.counts.error += 1,
            Severity::Warning => self.counts.warning += 1,
            Severity::Info => self.counts.info += 1,
            Severity::Hint => self.counts.hint += 1,
        }
        let text = sources.text(finding.file);
        serde_json::to_writer(out, &FindingRow::new(sources, finding, text.as_deref()))?;
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, _sources: &dyn Sources) -> io::Result<()> {
        write!(out, "\n],\"counts\":")?;
        serde_json::to_writer(&mut *out, &self.counts)?;
        writeln!(out, "}}")
    }
}
