//! The findings of each file under its path; for people who read file by file.
//!
//! `line:column` count from 1, the column in code points.

use std::io::{self, Write};

use super::concise::write_label;
use super::layout::{RenderOptions, Sources};
use super::per_file::FileFormat;
use super::plain::one_line;
use crate::diagnostic::Diagnostic;

pub(super) struct Grouped {
    options: RenderOptions,
    first: bool,
}

impl Grouped {
    pub(super) fn new(options: RenderOptions) -> Self {
        Self { options, first: true }
    }
}

impl FileFormat for Grouped {
    fn file(&mut self, out: &mut dyn Write, sources: &dyn Sources, findings: &[Diagnostic]) -> io::Result<()> {
        if !std::mem::take(&mut self.first) {
            writeln!(out)?;
        }
        let strong = if self.options.color { anstyle::Style::new().bold() } else { anstyle::Style::new() };
        writeln!(out, "{strong}{}{strong:#}", one_line(sources.path(findings[0].file)))?;
        let places: Vec<String> = findings.iter().map(place).collect();
        let width = places.iter().map(String::len).max().unwrap_or(0);
        for (finding, place) in findings.iter().zip(places) {
            write!(out, "  {place:>width$}  ")?;
            write_label(out, sources, self.options, finding)?;
            writeln!(out, " {}", one_line(&finding.message))?;
        }
        Ok(())
    }
}

fn place(finding: &Diagnostic) -> String {
    let at = finding.place.start;
    format!("{}:{}", at.line + 1, at.column_char + 1)
}
