//! Two annotators differ: what `[compare] with` names says something else of this place.
//!
//! ## Why
//! `[compare] with` in `scholiast.toml` names another set of annotations of the same texts: another annotator's folder,
//! or a git revision. Each difference is shown until somebody settles it: in an editor, code actions take our side,
//! theirs, both or neither. What is settled is remembered in `scholiast-settled.tsv`.
//!
//! ## Example
//! ```text
//! Bà Lan về.
//! ```
//!
//! ```ann
//! T1    Person 3 6    Lan
//! ```
//!
//! The other annotator's `ben/a.ann`:
//!
//! ```ben
//! T1    Place 3 6    Lan
//! ```
//!
//! ```toml
//! [corpus]
//! exclude = ["ben/**"]
//! [compare]
//! with = "ben"
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Settle the difference in an editor, or change one side. `scholiast compare` gives the figures.

use super::quote::quoted;
use crate::annotation::{AnnotationBody, Standoff};
use crate::curation::{Difference, DifferenceKind, DifferenceSide, OpenDifference};
use crate::diagnostic::{Related, Severity};
use crate::rules::finding::{Finding, FindingSink};
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{FileId, LineIndex, Place, Span};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/difference",
    severity: Severity::Info,
    summary: "a place of which another annotator says something else",
    source: crate::rule_source!(),
    check: RuleCheck::AnyFile,
};

/// Reports open differences in an annotation file; `document` is its text with its number, `with` the name of the other
/// side.
pub fn check(
    standoff: &Standoff,
    (document, text): (FileId, &str),
    with: &str,
    open: &[OpenDifference],
    sink: &mut FindingSink<'_>,
) {
    let (places, text_lines) = (DifferencePlaces::new(standoff), LineIndex::new(text));
    let bytes: Vec<u32> = text.char_indices().map(|(byte, _)| byte as u32).chain([text.len() as u32]).collect();
    for OpenDifference { difference, .. } in open {
        let Some(side) = difference.a.as_ref().or(difference.b.as_ref()) else { continue };
        let byte = |at: u32| bytes.get(at as usize).or(bytes.last()).copied().unwrap_or_default();
        let related = side.fragments.iter().map(|&(start, end)| Related {
            file: document,
            place: text_lines.place(text, Span::new(byte(start), byte(end))),
            message: "these words".to_owned(),
        });
        sink.report(Finding {
            place: places.of(difference),
            surface: side.text.as_str().into(),
            message: message(difference, with),
            related: related.collect(),
            fix: None,
        });
    }
}

/// The places of differences in our annotation file.
pub struct DifferencePlaces<'s> {
    standoff: &'s Standoff,
    lines: LineIndex,
    /// The beginning of each annotation, in code points of the text, with its line; sorted.
    begins: Vec<(u32, Span)>,
}

impl<'s> DifferencePlaces<'s> {
    /// Those of an annotation file.
    pub fn new(standoff: &'s Standoff) -> Self {
        let begins = standoff.lines().iter().filter_map(|line| match &line.body {
            AnnotationBody::Text { fragments, .. } => Some((fragments.first()?.start, line.span)),
            _ => None,
        });
        let mut begins: Vec<(u32, Span)> = begins.collect();
        begins.sort_unstable_by_key(|(at, span)| (*at, span.start));
        Self { standoff, lines: LineIndex::new(standoff.source()), begins }
    }

    /// The line of our side; where we have none, the line of the annotation that stands before it in the text.
    pub fn of(&self, difference: &Difference) -> Place {
        let ours = difference.a.as_ref().and_then(|side| self.standoff.line(&side.id)).map(|line| line.span);
        let span = ours.unwrap_or_else(|| {
            let start = difference.b.as_ref().and_then(|side| side.fragments.first()).map_or(0, |fragment| fragment.0);
            let before = self.begins.partition_point(|(at, _)| *at <= start).checked_sub(1);
            before.map_or(Span::new(0, 0), |last| self.begins[last].1)
        });
        self.lines.place(self.standoff.source(), span)
    }
}

/// The message about a difference.
pub fn message(difference: &Difference, with: &str) -> String {
    let with = quoted(with);
    let said = |side: &DifferenceSide| {
        let value = if side.value.is_empty() { String::new() } else { format!(" {}", side.value) };
        format!("{} {}{value}", side.label, quoted(&side.text))
    };
    match (&difference.kind, &difference.a, &difference.b) {
        (_, Some(ours), Some(theirs)) => format!("here {}; in {with} {}", said(ours), said(theirs)),
        (DifferenceKind::Missing | DifferenceKind::Extra, Some(ours), None) => {
            format!("here {}; {with} has no such annotation", said(ours))
        }
        (DifferenceKind::Missing | DifferenceKind::Extra, None, Some(theirs)) => {
            format!("{with} has {}; here there is no such annotation", said(theirs))
        }
        (kind, Some(ours), None) => format!("here {}; {with} has no such {}", said(ours), kind.as_str()),
        (kind, None, Some(theirs)) => format!("{with} has {}; here there is no such {}", said(theirs), kind.as_str()),
        (_, None, None) => String::new(),
    }
}
