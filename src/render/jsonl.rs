//! One JSON object a line, as the contract fixes it. The rows are also the elements of `json`.

use std::io::{self, Write};

use serde::Serialize;

use super::layout::{Layout, Sources};
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related};
use crate::text::{Place, Position};

pub(super) struct Jsonl;

impl Layout for Jsonl {
    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        let text = sources.text(finding.file);
        serde_json::to_writer(&mut *out, &FindingRow::new(sources, finding, text.as_deref()))?;
        out.write_all(b"\n")
    }
}

/// The fields that the rows of all commands begin with.
#[derive(Serialize)]
pub(super) struct CommonFields<'a> {
    path: &'a str,
    /// Absent when the file has changed or gone since it was analysed: a slice of another text would be false.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    bytes: [u32; 2],
    chars: [u32; 2],
    range: LspRange,
}

impl<'a> CommonFields<'a> {
    pub(super) fn new(path: &'a str, text: Option<&'a str>, place: Place) -> Self {
        let Place { start, end } = place;
        let range = LspRange { start: start.into(), end: end.into() };
        Self { path, text, bytes: bytes(place), chars: [start.char, end.char], range }
    }
}

#[derive(Serialize)]
struct LspRange {
    start: LspPosition,
    end: LspPosition,
}

#[derive(Serialize)]
struct LspPosition {
    line: u32,
    character: u32,
}

impl From<Position> for LspPosition {
    fn from(position: Position) -> Self {
        Self { line: position.line, character: position.column_utf16 }
    }
}

/// A finding.
#[derive(Serialize)]
pub(super) struct FindingRow<'a> {
    #[serde(flatten)]
    common: CommonFields<'a>,
    code: &'a str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixRow<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<RelatedRow<'a>>,
}

impl<'a> FindingRow<'a> {
    /// The row of `finding`; `text` is its file's, if that is still the one that was analysed.
    pub(super) fn new(sources: &'a dyn Sources, finding: &'a Diagnostic, text: Option<&'a str>) -> Self {
        let slice = text.and_then(|text| text.get(finding.place.span().range()));
        Self {
            common: CommonFields::new(sources.path(finding.file), slice, finding.place),
            code: &finding.code,
            severity: finding.severity.as_str(),
            message: &finding.message,
            fix: finding.fix.as_ref().map(|fix| FixRow::new(sources, fix)),
            related: finding.related.iter().map(|related| RelatedRow::new(sources, related)).collect(),
        }
    }
}

#[derive(Serialize)]
struct FixRow<'a> {
    title: &'a str,
    safe: bool,
    edits: Vec<EditRow<'a>>,
}

impl<'a> FixRow<'a> {
    fn new(sources: &'a dyn Sources, fix: &'a Fix) -> Self {
        let edits = fix.edits.iter().map(|edit| EditRow::new(sources, edit)).collect();
        Self { title: &fix.title, safe: fix.safe, edits }
    }
}

#[derive(Serialize)]
struct EditRow<'a> {
    path: &'a str,
    bytes: [u32; 2],
    text: &'a str,
}

impl<'a> EditRow<'a> {
    fn new(sources: &'a dyn Sources, edit: &'a FileEdit) -> Self {
        Self { path: sources.path(edit.file), bytes: bytes(edit.place), text: &edit.text }
    }
}

#[derive(Serialize)]
struct RelatedRow<'a> {
    path: &'a str,
    bytes: [u32; 2],
    message: &'a str,
}

impl<'a> RelatedRow<'a> {
    fn new(sources: &'a dyn Sources, related: &'a Related) -> Self {
        Self { path: sources.path(related.file), bytes: bytes(related.place), message: &related.message }
    }
}

fn bytes(place: Place) -> [u32; 2] {
    [place.start.byte, place.end.byte]
}
