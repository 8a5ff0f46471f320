//! One line a finding: `path:line:column: severity[code] message`.
//!
//! Line and column count from 1, the column in code points: what Vim's quickfix list and most people count.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::layout::{Layout, RenderOptions, Sources};
use super::plain::one_line;
use crate::diagnostic::{Diagnostic, Severity};

pub(super) struct Concise {
    options: RenderOptions,
}

impl Concise {
    pub(super) fn new(options: RenderOptions) -> Self {
        Self { options }
    }
}

impl Layout for Concise {
    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        let path = one_line(sources.path(finding.file));
        let at = finding.place.start;
        write!(out, "{path}:{}:{}: ", at.line + 1, at.column_char + 1)?;
        write_label(out, sources, self.options, finding)?;
        writeln!(out, " {}", one_line(&finding.message))
    }
}

/// Writes `severity[code]`, coloured and linked as the options say.
pub(super) fn write_label(
    out: &mut dyn Write,
    sources: &dyn Sources,
    options: RenderOptions,
    finding: &Diagnostic,
) -> io::Result<()> {
    let style = if options.color { style(finding.severity) } else { Style::new() };
    write!(out, "{style}{}[", finding.severity)?;
    let page = || sources.page(&finding.code);
    match options.hyperlinks.then(page).flatten() {
        Some(page) => write!(out, "\x1b]8;;{page}\x1b\\{}\x1b]8;;\x1b\\", finding.code)?,
        None => write!(out, "{}", finding.code)?,
    }
    write!(out, "]{style:#}")
}

/// The colour of a severity; the same in all formats for people.
pub(super) fn style(severity: Severity) -> Style {
    let color = match severity {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
        Severity::Info => AnsiColor::BrightBlue,
        Severity::Hint => AnsiColor::BrightCyan,
    };
    color.on_default().bold()
}
