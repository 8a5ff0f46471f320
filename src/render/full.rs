//! Findings with excerpts of the source, related places and the fix: what people see first.
//!
//! The part of a line that is seen is decided in [`excerpt`](super::excerpt), how it is drawn in
//! [`paint`](super::paint). Positions are `path:line:column`, from 1, the column in code points.

use std::io::{self, Write};

use anstyle::Style;
use rustc_hash::FxHashSet;

use super::concise::{style, write_label};
use super::excerpt::{Excerpt, excerpt, fits, visibly, whole_clusters};
use super::layout::{Layout, RenderOptions, Sources, count};
use super::paint::{Label, Painter, Styles};
use super::plain::one_line;
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related};
use crate::text::{FileId, Place, Span};

/// Related places that are shown; a name has hundreds of spellings, a screen has not.
const MAX_RELATED: usize = 5;
/// Lines of a fix that are shown.
const MAX_FIX_LINES: usize = 3;
/// Columns of context that must remain when several places share an excerpt.
const MARGIN: usize = 10;

pub(super) struct Full {
    options: RenderOptions,
    styles: Styles,
    /// Codes met so far: where to read more is said once for each.
    met: FxHashSet<String>,
}

impl Full {
    pub(super) fn new(options: RenderOptions) -> Self {
        let styles = if options.color { Styles::COLOR } else { Styles::default() };
        Self { options, styles, met: FxHashSet::default() }
    }
}

impl Layout for Full {
    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        let Styles { strong, note, .. } = self.styles;
        write_label(out, sources, self.options, finding)?;
        writeln!(out, "{strong}: {}{strong:#}", one_line(&finding.message))?;

        let digits = digits(finding);
        let view = ExcerptView { sources, width: self.options.width.saturating_sub(digits + 3) };
        let mut painter = Painter { out, styles: self.styles, digits };
        view.problem(&mut painter, finding, if self.options.color { style(finding.severity) } else { Style::new() })?;
        if let Some(fix) = &finding.fix {
            view.fix(&mut painter, finding.file, fix)?;
        }
        if !self.met.contains(finding.code.as_str()) && sources.rule(&finding.code).is_some() {
            self.met.insert(finding.code.to_string());
            writeln!(out, "{note}note{note:#}: why it matters: scholiast explain {}", finding.code)?;
        }
        writeln!(out)
    }
}

/// The excerpts of the corpus that a finding shows.
struct ExcerptView<'s> {
    sources: &'s dyn Sources,
    /// Columns for the source, right of the gutter.
    width: usize,
}

impl ExcerptView<'_> {
    /// The place of the finding and the related places.
    fn problem(&self, painter: &mut Painter<'_>, finding: &Diagnostic, style: Style) -> io::Result<()> {
        let text = self.sources.text(finding.file);
        let text = text.as_deref();
        let (beside, elsewhere): (Vec<_>, Vec<_>) =
            finding.related.iter().partition(|related| text.is_some_and(|text| self.beside(text, finding, related)));

        painter.origin("-->", &self.location(finding.file, finding.place))?;
        let places: Vec<Place> =
            std::iter::once(finding.place).chain(beside.iter().map(|related| related.place)).collect();
        if let Some(excerpt) = text.and_then(|text| self.excerpt(text, &places)) {
            let messages: Vec<_> = beside.iter().map(|related| one_line(&related.message)).collect();
            let mut labels = vec![Label { letter: '^', style, text: "" }];
            labels.extend(messages.iter().map(|text| Label { letter: '-', style: painter.styles.related, text }));
            painter.blank()?;
            painter.excerpt(finding.place.start.line + 1, &excerpt, &labels)?;
        }
        for related in elsewhere.iter().take(MAX_RELATED) {
            self.elsewhere(painter, related)?;
        }
        match elsewhere.len().saturating_sub(MAX_RELATED) {
            0 => Ok(()),
            more => painter.remark(&format!("… and {}", count(more, "more place"))),
        }
    }

    /// A related place that has an excerpt of its own.
    fn elsewhere(&self, painter: &mut Painter<'_>, related: &Related) -> io::Result<()> {
        let message = one_line(&related.message);
        painter.origin(":::", &self.location(related.file, related.place))?;
        match self.sources.text(related.file).and_then(|text| self.excerpt(&text, &[related.place])) {
            Some(excerpt) => {
                let label = Label { letter: '-', style: painter.styles.related, text: &message };
                painter.excerpt(related.place.start.line + 1, &excerpt, &[label])
            }
            None => painter.remark(&message),
        }
    }

    /// The effect of the fix: its title, then the lines before and after, where they can be shown.
    fn fix(&self, painter: &mut Painter<'_>, file: FileId, fix: &Fix) -> io::Result<()> {
        let help = painter.styles.help;
        let warning = if fix.safe { "" } else { " (unsafe: may change what the text says)" };
        writeln!(painter.out, "{help}help{help:#}: {}{warning}", one_line(&fix.title))?;
        let mut rest = &fix.edits[..];
        for _ in 0..MAX_FIX_LINES {
            let Some(first) = rest.first() else { break };
            let Some(text) = self.sources.text(first.file) else { break };
            let (edits, tail) = rest.split_at(self.run(&text, rest));
            let spans: Vec<Span> = edits.iter().map(|edit| edit.place.span()).collect();
            let Some(excerpt) = self.window(&text, first.place, &spans) else { break };
            if first.file != file {
                painter.origin(":::", &self.location(first.file, first.place))?;
            }
            let new: Vec<String> = edits.iter().map(|edit| visibly(&edit.text)).collect();
            painter.replacement(first.place.start.line + 1, &excerpt, &new)?;
            rest = tail;
        }
        if !rest.is_empty() && rest.len() < fix.edits.len() {
            painter.remark(&format!("… and {}", count(rest.len(), "more edit")))?;
        }
        Ok(())
    }

    /// The number of `edits`, from the first on, that one excerpt can show.
    fn run(&self, text: &str, edits: &[FileEdit]) -> usize {
        let first = &edits[0];
        let (mut spans, mut run) = (Vec::new(), 0);
        for edit in edits {
            spans.push(edit.place.span());
            let same_line = edit.file == first.file && edit.place.start.line == first.place.start.line;
            if !same_line || !fits(text, &spans, self.width.saturating_sub(MARGIN)) {
                break;
            }
            run += 1;
        }
        run.max(1)
    }

    /// Tells whether the related place can be shown in the excerpt of the finding's own place.
    fn beside(&self, text: &str, finding: &Diagnostic, related: &Related) -> bool {
        let spans = [finding.place.span(), related.place.span()];
        related.file == finding.file
            && related.place.start.line == finding.place.start.line
            && fits(text, &spans, self.width.saturating_sub(MARGIN))
    }

    fn excerpt(&self, text: &str, places: &[Place]) -> Option<Excerpt> {
        let spans: Vec<Span> = places.iter().map(|place| whole_clusters(text, place.span())).collect();
        self.window(text, *places.first()?, &spans)
    }

    fn window(&self, text: &str, first: Place, spans: &[Span]) -> Option<Excerpt> {
        let first = first.start;
        excerpt(text, first.byte - first.column_byte, spans, self.width)
    }

    fn location(&self, file: FileId, place: Place) -> String {
        format!("{}:{}:{}", one_line(self.sources.path(file)), place.start.line + 1, place.start.column_char + 1)
    }
}

/// Digits of the largest line number that the finding shows.
fn digits(finding: &Diagnostic) -> usize {
    let related = finding.related.iter().take(MAX_RELATED).map(|related| related.place);
    let edits = finding.fix.iter().flat_map(|fix| &fix.edits).map(|edit| edit.place);
    let lines = related.chain(edits).map(|place| place.start.line).chain([finding.place.start.line]);
    (lines.max().unwrap_or(0) + 1).ilog10() as usize + 1
}

#[cfg(test)]
mod tests {
    use super::super::testing::corpus;
    use super::super::{Format, RenderOptions};

    #[test]
    fn sample_in_colour() {
        let corpus = corpus();
        let options = RenderOptions { color: true, hyperlinks: true, width: 60, ..RenderOptions::default() };
        insta::assert_snapshot!(corpus.rendered(Format::Full, options, &corpus.findings()));
    }

    #[test]
    fn without_its_text_a_finding_still_says_where() {
        let mut corpus = corpus();
        let findings = corpus.findings();
        corpus.files[0].1 = None;
        insta::assert_snapshot!(corpus.rendered(Format::Full, RenderOptions::default(), &findings[1..2]));
    }
}
