//! The parts of every format: the source of what a finding does not hold, and the three moments of writing.

use std::io::{self, Write};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::FileId;

/// The source of what a finding does not hold itself.
pub trait Sources {
    /// The path of a file as it is printed.
    fn path(&self, file: FileId) -> &str;

    /// The text the findings of a file were made from; `None` when the file cannot be read or has changed since, and
    /// then no excerpt is shown.
    fn text(&self, file: FileId) -> Option<Arc<str>>;

    /// The address of the page of a rule, on the web or on this machine, for a terminal to open; `None` where there is
    /// none.
    fn page(&self, code: &str) -> Option<String> {
        self.rule(code).and_then(|rule| rule.url)
    }

    /// The description of a rule; `None` for a code nobody documents.
    fn rule(&self, code: &str) -> Option<RuleInfo>;
}

/// The description of a rule in output.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleInfo {
    /// A summary in one line, without a full stop.
    pub summary: String,
    /// The page on the web that explains it, where there is one.
    pub url: Option<String>,
    /// The whole documentation, Markdown.
    pub documentation: String,
}

/// The options of renderers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RenderOptions {
    /// True if to colour (ANSI escape codes).
    pub color: bool,
    /// True if to link rule codes to their pages (OSC 8).
    pub hyperlinks: bool,
    /// True if the output is a terminal: then nothing in it may command the terminal.
    pub terminal: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// The mildest severity that fails the run.
    pub fail_on: Severity,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { color: false, hyperlinks: false, terminal: false, width: 100, fail_on: Severity::Warning }
    }
}

/// The look of findings in one format. [`Renderer`](super::Renderer) calls `begin` once, `finding` for each, `finish`
/// once.
pub(super) trait Layout {
    /// Writes what stands before the first finding.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One finding.
    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()>;

    /// Writes what stands behind the last finding.
    fn finish(&mut self, _out: &mut dyn Write, _sources: &dyn Sources) -> io::Result<()> {
        Ok(())
    }
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}
