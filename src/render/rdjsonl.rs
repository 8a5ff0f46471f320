//! The Reviewdog Diagnostic Format, one JSON object a line, with suggestions a reviewer can accept.
//!
//! Columns are bytes of UTF-8 from 1; reviewdog reads lines as the file has them, so a byte-order mark counts. Ends are
//! exclusive. Several edits of one fix become one suggestion over all of them, because suggestions are accepted one by
//! one; a fix that reaches into another file has none. Source: `proto/rdf/reviewdog.proto` of reviewdog.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::layout::{Layout, Sources};
use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::text::{FileId, Place, Position};

pub(super) struct Rdjsonl;

impl Layout for Rdjsonl {
    fn finding(&mut self, out: &mut dyn Write, sources: &dyn Sources, finding: &Diagnostic) -> io::Result<()> {
        let severity = match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info | Severity::Hint => "INFO",
        };
        let mut row = json!({
            "message": finding.message,
            "location": { "path": sources.path(finding.file), "range": range(finding.place) },
            "severity": severity,
            "source": { "name": "scholiast" },
            "code": { "value": finding.code },
        });
        if let Some(url) = sources.rule(&finding.code).and_then(|rule| rule.url) {
            row["code"]["url"] = url.into();
        }
        if let Some(suggestion) = finding.fix.as_ref().and_then(|fix| suggestion(sources, finding.file, fix)) {
            row["suggestions"] = json!([suggestion]);
        }
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")
    }
}

fn suggestion(sources: &dyn Sources, file: FileId, fix: &Fix) -> Option<Value> {
    let (first, last) = (fix.edits.first()?, fix.edits.last()?);
    if fix.edits.iter().any(|edit| edit.file != file) {
        return None;
    }
    let mut new = first.text.to_string();
    if fix.edits.len() > 1 {
        let text = sources.text(file)?;
        for pair in fix.edits.windows(2) {
            new.push_str(text.get(pair[0].place.end.byte as usize..pair[1].place.start.byte as usize)?);
            new.push_str(&pair[1].text);
        }
    }
    Some(json!({ "range": range(Place { start: first.place.start, end: last.place.end }), "text": new }))
}

fn range(place: Place) -> Value {
    json!({ "start": position(place.start), "end": position(place.end) })
}

fn position(at: Position) -> Value {
    // On the first line the bytes of the file before it are those of the line, a byte-order mark among them.
    let column = if at.line == 0 { at.byte } else { at.column_byte };
    json!({ "line": at.line + 1, "column": column + 1 })
}
