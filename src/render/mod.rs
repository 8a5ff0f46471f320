//! How is a finding shown? One [`Layout`] per format; each wire format has structs of its own, derived from no domain type.
//!
//! A renderer is handed findings in the order of output and writes each as soon as it can, so memory does not grow with
//! their number. What it shows of a file (path, text, documentation of a rule) it asks of [`Sources`].
//! Deliberately absent: reading files, choosing what is shown, and printing: it writes to whatever it is handed.

mod checkstyle;
pub mod comparison;
mod concise;
pub mod diff;
mod excerpt;
mod fingerprint;
mod format;
mod full;
mod github;
mod gitlab;
mod grouped;
mod json;
mod jsonl;
mod junit;
mod markdown;
pub mod mentions;
mod paint;
mod per_file;
mod plain;
mod rdjsonl;
mod sarif;
pub mod suggestions;
mod summary;
mod xml;

pub use format::Format;
pub use mentions::{MentionLink, MentionRenderer, MentionRow};
pub use summary::Summary;

use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use self::per_file::PerFile;
use crate::diagnostic::Diagnostic;
use crate::text::FileId;

/// Where a renderer gets what a finding does not hold itself.
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

    /// What is known about a rule; `None` for a code nobody documents.
    fn rule(&self, code: &str) -> Option<RuleInfo>;
}

/// What a renderer tells about a rule.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RuleInfo {
    /// What it finds, in one line without a full stop.
    pub summary: String,
    /// The page on the web that explains it, where there is one.
    pub url: Option<String>,
    /// Its whole documentation, Markdown.
    pub documentation: String,
}

/// What a terminal can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RenderOptions {
    /// Whether to colour (ANSI escape codes).
    pub color: bool,
    /// Whether to link rule codes to their pages (OSC 8).
    pub hyperlinks: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { color: false, hyperlinks: false, width: 100 }
    }
}

/// How findings look in one format. [`Renderer`] calls `begin` once, `finding` for each, `finish` once.
trait Layout {
    /// What stands before the first finding.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One finding.
    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()>;

    /// What stands behind the last one.
    fn finish(&mut self, _out: &mut dyn Write, _sources: &dyn Sources) -> io::Result<()> {
        Ok(())
    }
}

/// Writes findings in one format.
///
/// Findings must come in the order of output: by path, then by [`Diagnostic::order`]. The formats that group by file
/// rely on it.
pub struct Renderer {
    format: Format,
    options: RenderOptions,
    layout: Box<dyn Layout + Send>,
}

/// Findings that one thread puts into words.
const LOT: usize = 256;
/// Lots that are held until they are written.
const LOTS: usize = 64;

impl Renderer {
    /// A renderer of `format`; the options matter to the formats for people.
    pub fn new(format: Format, options: RenderOptions) -> Self {
        Self { format, options, layout: layout(format, options) }
    }

    /// Writes what stands before the first finding.
    ///
    /// # Errors
    /// When writing to `out` fails, as do the others.
    pub fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.layout.begin(out)
    }

    /// Writes one finding, or keeps what of it cannot be written yet.
    pub fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        self.layout.finding(out, sources, finding)
    }

    /// The same for several, on all threads where each stands by itself.
    pub fn findings(
        &mut self,
        out: &mut dyn Write,
        sources: &(dyn Sources + Sync),
        findings: &[Diagnostic],
    ) -> io::Result<()> {
        if !self.format.has_findings_by_themselves() {
            return findings.iter().try_for_each(|finding| self.finding(out, sources, finding));
        }
        let Self { format, options, .. } = *self;
        for lots in findings.chunks(LOT * LOTS) {
            let in_words: io::Result<Vec<Vec<u8>>> =
                lots.par_chunks(LOT).map(|lot| in_words(format, options, sources, lot)).collect();
            in_words?.iter().try_for_each(|lot| out.write_all(lot))?;
        }
        Ok(())
    }

    /// Writes what stands behind the last finding.
    pub fn finish(&mut self, out: &mut dyn Write, sources: &dyn Sources) -> io::Result<()> {
        self.layout.finish(out, sources)
    }
}

/// Findings that stand by themselves, as they are written.
fn in_words(
    format: Format,
    options: RenderOptions,
    sources: &dyn Sources,
    findings: &[Diagnostic],
) -> io::Result<Vec<u8>> {
    let mut layout = layout(format, options);
    let mut out = Vec::new();
    findings.iter().try_for_each(|finding| layout.finding(&mut out, sources, finding))?;
    Ok(out)
}

fn layout(format: Format, options: RenderOptions) -> Box<dyn Layout + Send> {
    match format {
        Format::Full => Box::new(full::Full::new(options)),
        Format::Concise => Box::new(concise::Concise::new(options)),
        Format::Grouped => Box::new(PerFile::new(grouped::Grouped::new(options))),
        Format::Json => Box::new(json::Json::default()),
        Format::Jsonl => Box::new(jsonl::Jsonl),
        Format::Sarif => Box::new(sarif::Sarif::default()),
        Format::Github => Box::new(github::Github),
        Format::Gitlab => Box::new(gitlab::Gitlab::default()),
        Format::Junit => Box::new(PerFile::new(junit::Junit::default())),
        Format::Checkstyle => Box::new(PerFile::new(checkstyle::Checkstyle)),
        Format::Rdjsonl => Box::new(rdjsonl::Rdjsonl),
        Format::Markdown => Box::new(PerFile::new(markdown::Markdown::default())),
    }
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::testing::corpus;
    use super::{Format, RenderOptions};

    #[test]
    fn every_format_of_the_sample() {
        for &format in Format::ALL {
            insta::assert_snapshot!(format.as_str(), corpus().sample(format));
        }
    }

    #[test]
    fn many_findings_are_written_as_each_is() {
        let corpus = corpus();
        let sample = corpus.findings();
        let many: Vec<_> = sample.iter().cycle().take(super::LOT * 3 + 1).cloned().collect();
        for &format in Format::ALL {
            let mut together = Vec::new();
            let mut renderer = super::Renderer::new(format, RenderOptions::default());
            renderer.findings(&mut together, &corpus, &many).unwrap();
            let mut apart = Vec::new();
            let mut renderer = super::Renderer::new(format, RenderOptions::default());
            many.iter().try_for_each(|finding| renderer.finding(&mut apart, &corpus, finding)).unwrap();
            assert!(together == apart, "{format}");
        }
    }

    #[test]
    fn every_format_of_nothing() {
        let empty = |format| (Format::as_str(format), corpus().rendered(format, RenderOptions::default(), &[]));
        let all: Vec<String> =
            Format::ALL.iter().map(|&format| empty(format)).map(|(name, out)| format!("{name}:\n{out}")).collect();
        insta::assert_snapshot!("nothing", all.join("\n"));
    }
}
