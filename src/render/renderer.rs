//! One format, ready to write.

use std::io::{self, Write};

use rayon::prelude::*;

use super::checkstyle::Checkstyle;
use super::concise::Concise;
use super::format::Format;
use super::full::Full;
use super::github::Github;
use super::gitlab::Gitlab;
use super::grouped::Grouped;
use super::json::Json;
use super::jsonl::Jsonl;
use super::junit::Junit;
use super::layout::{Layout, RenderOptions, Sources};
use super::markdown::Markdown;
use super::per_file::GroupedByFile;
use super::rdjsonl::Rdjsonl;
use super::sarif::Sarif;
use crate::diagnostic::Diagnostic;

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
pub(super) const LOT: usize = 256;
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
        Format::Full => Box::new(Full::new(options)),
        Format::Concise => Box::new(Concise::new(options)),
        Format::Grouped => Box::new(GroupedByFile::new(Grouped::new(options))),
        Format::Json => Box::new(Json::default()),
        Format::Jsonl => Box::new(Jsonl),
        Format::Sarif => Box::new(Sarif::default()),
        Format::Github => Box::new(Github),
        Format::Gitlab => Box::new(Gitlab::default()),
        Format::Junit => Box::new(GroupedByFile::new(Junit::new(options))),
        Format::Checkstyle => Box::new(GroupedByFile::new(Checkstyle)),
        Format::Rdjsonl => Box::new(Rdjsonl),
        Format::Markdown => Box::new(GroupedByFile::new(Markdown::default())),
    }
}
