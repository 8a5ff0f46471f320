//! For the formats that show the findings of a file together: gathers them until the next file begins.

use std::io::{self, Write};

use super::layout::{Layout, Sources};
use crate::diagnostic::Diagnostic;

/// A format made of one piece for each file that has findings.
pub(super) trait FileFormat {
    /// Writes what stands before the first file.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// The findings of one file, at least one.
    fn file(&mut self, out: &mut dyn Write, sources: &dyn Sources, findings: &[Diagnostic]) -> io::Result<()>;

    /// Writes what stands behind the last file.
    fn finish(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}

/// A [`FileFormat`] as a [`Layout`]; holds the findings of one file, never more.
pub(super) struct GroupedByFile<F> {
    format: F,
    findings: Vec<Diagnostic>,
}

impl<F: FileFormat> GroupedByFile<F> {
    pub(super) fn new(format: F) -> Self {
        Self { format, findings: Vec::new() }
    }

    fn flush(&mut self, out: &mut dyn Write, sources: &dyn Sources) -> io::Result<()> {
        if !self.findings.is_empty() {
            self.format.file(out, sources, &self.findings)?;
            self.findings.clear();
        }
        Ok(())
    }
}

impl<F: FileFormat> Layout for GroupedByFile<F> {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.format.begin(out)
    }

    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        if self.findings.last().is_some_and(|last| last.file != finding.file) {
            self.flush(out, sources)?;
        }
        self.findings.push(finding.clone());
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write, sources: &dyn Sources) -> io::Result<()> {
        self.flush(out, sources)?;
        self.format.finish(out)
    }
}
