//! Checkstyle XML, which many CI servers and reviewdog read.
//!
//! Lines and columns count from 1; the column is in code points, as Checkstyle itself counts.

use std::io::{self, Write};

use super::layout::Sources;
use super::per_file::FileFormat;
use super::xml::Xml;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) struct Checkstyle;

impl FileFormat for Checkstyle {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
    }

    fn file(&mut self, out: &mut dyn Write, sources: &dyn Sources, findings: &[Diagnostic]) -> io::Result<()> {
        writeln!(out, r#"  <file name="{}">"#, Xml(sources.path(findings[0].file)))?;
        for finding in findings {
            let severity = match finding.severity {
                Severity::Hint => Severity::Info,
                other => other,
            };
            let (line, column) = (finding.place.start.line + 1, finding.place.start.column_char + 1);
            let (message, code) = (Xml(&finding.message), Xml(&finding.code));
            writeln!(
                out,
                r#"    <error line="{line}" column="{column}" severity="{severity}" message="{message}" source="{code}"/>"#
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}
