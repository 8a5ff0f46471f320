//! JUnit XML, for CI servers that know tests: a suite for each file that has findings, a case for each finding.
//!
//! A finding that fails the run (`--fail-on`) is a failed case; milder findings are passed ones with a note.
//! A run without findings holds one passed case, since servers take an empty report for a broken one.
//! There is no unit to get wrong: places stand in names and texts, as `line:column` from 1 in code points.

use std::io::{self, Write};

use super::layout::{RenderOptions, Sources};
use super::per_file::FileFormat;
use super::xml::Xml;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) struct Junit {
    any: bool,
    /// The mildest severity that fails a case.
    fail_on: Severity,
}

impl Junit {
    pub(super) fn new(options: RenderOptions) -> Self {
        Self { any: false, fail_on: options.fail_on }
    }

    fn fails(&self, finding: &Diagnostic) -> bool {
        finding.severity <= self.fail_on
    }
}

impl FileFormat for Junit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"scholiast\">\n")
    }

    fn file(&mut self, out: &mut dyn Write, sources: &dyn Sources, findings: &[Diagnostic]) -> io::Result<()> {
        self.any = true;
        let path = Xml(sources.path(findings[0].file));
        let failures = findings.iter().filter(|finding| self.fails(finding)).count();
        let tests = findings.len();
        writeln!(out, r#"  <testsuite name="{path}" tests="{tests}" failures="{failures}" errors="0">"#)?;
        for finding in findings {
            let (code, severity, message) = (Xml(&finding.code), finding.severity, Xml(&finding.message));
            let (line, column) = (finding.place.start.line + 1, finding.place.start.column_char + 1);
            writeln!(out, r#"    <testcase name="{code} at {line}:{column}" classname="{path}">"#)?;
            let text = format_args!("{path}:{line}:{column}: {severity}[{code}] {message}").to_string();
            if self.fails(finding) {
                writeln!(out, r#"      <failure type="{code}" message="{message}">{text}</failure>"#)?;
            } else {
                writeln!(out, "      <system-out>{text}</system-out>")?;
            }
            writeln!(out, "    </testcase>")?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if !self.any {
            writeln!(out, r#"  <testsuite name="scholiast" tests="1" failures="0" errors="0">"#)?;
            writeln!(out, r#"    <testcase name="nothing found" classname="scholiast"/>"#)?;
            writeln!(out, "  </testsuite>")?;
        }
        writeln!(out, "</testsuites>")
    }
}
