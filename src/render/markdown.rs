//! Markdown for comments on pull requests: a table for each file.
//!
//! `line:column` count from 1, the column in code points.

use std::io::{self, Write};

use super::layout::{Sources, count};
use super::per_file::FileFormat;
use super::plain::one_line;
use crate::diagnostic::Diagnostic;

#[derive(Default)]
pub(super) struct Markdown {
    findings: usize,
    files: usize,
}

impl FileFormat for Markdown {
    fn file(&mut self, out: &mut dyn Write, sources: &dyn Sources, findings: &[Diagnostic]) -> io::Result<()> {
        self.files += 1;
        self.findings += findings.len();
        writeln!(out, "### {}\n", cell(sources.path(findings[0].file)))?;
        writeln!(out, "| Place | Severity | Finding | Fix | Rule |\n| ---: | --- | --- | --- | --- |")?;
        for finding in findings {
            let (line, column) = (finding.place.start.line + 1, finding.place.start.column_char + 1);
            let fix = finding.fix.as_ref().map_or(String::new(), |fix| cell(&fix.title));
            let rule = match sources.rule(&finding.code).and_then(|rule| rule.url) {
                Some(url) => format!("[{}]({url})", cell(&finding.code)),
                None => cell(&finding.code),
            };
            let message = cell(&finding.message);
            writeln!(out, "| {line}:{column} | {} | {message} | {fix} | {rule} |", finding.severity)?;
        }
        writeln!(out)
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.findings {
            0 => writeln!(out, "Nothing found."),
            findings => writeln!(out, "{} in {}.", count(findings, "finding"), count(self.files, "file")),
        }
    }
}

/// A text as the content of a cell: on one line, with nothing in it that Markdown or HTML would act on.
fn cell(text: &str) -> String {
    let mut cell = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        match letter {
            '<' => cell.push_str("&lt;"),
            '&' => cell.push_str("&amp;"),
            '|' | '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '~' | '@' => {
                cell.push('\\');
                cell.push(letter);
            }
            _ => cell.push(letter),
        }
    }
    cell
}
