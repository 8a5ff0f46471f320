//! GitHub workflow commands: annotations on the lines of a pull request.
//!
//! The unit of `col` is documented nowhere and the web page shows lines only; written are code points from 1, as in
//! `concise`. The end column is inclusive and only allowed on the line of the start. What a consumer would take for
//! syntax is percent-encoded as the runner decodes it: `%`, CR and LF in messages, `:` and `,` also in properties; what
//! commands a terminal is written as an escape, since the log is shown in one.

use std::io::{self, Write};

use super::layout::{Layout, Sources};
use super::plain::one_line;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) struct Github;

impl Layout for Github {
    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Hint => "notice",
        };
        let (start, end) = (finding.place.start, finding.place.end);
        write!(out, "::{command} file={},line={}", property(&one_line(sources.path(finding.file))), start.line + 1)?;
        if start.line == end.line {
            let last = end.column_char.max(start.column_char + 1);
            write!(out, ",col={},endLine={},endColumn={last}", start.column_char + 1, end.line + 1)?;
        } else {
            write!(out, ",endLine={}", end.line + 1)?;
        }
        let code = property(&finding.code);
        let at = format!("{}:{}", start.line + 1, start.column_char + 1);
        // Logs show the message alone, so it says where and what, too.
        let message = format!("{}:{at}: {} ({})", sources.path(finding.file), finding.message, finding.code);
        writeln!(out, ",title=scholiast ({code})::{}", data(&one_line(&message)))
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
