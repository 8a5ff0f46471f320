//! Findings about lines of the files in which people keep what they have decided.

use rustc_hash::FxHashSet;

use crate::corpus::Snapshot;
use crate::curation::LineRepair;
use crate::diagnostic::{FileEdit, Fix};
use crate::rules::finding::Finding;
use crate::text::{FileId, LineIndex, Span};

/// The paths of the documents of a corpus.
pub fn documents(snapshot: &Snapshot) -> FxHashSet<&str> {
    snapshot.files().map(|file| file.path.as_str()).collect()
}

/// The message about a line whose document the corpus does not have.
pub fn gone(path: &str) -> String {
    format!("the corpus has no document `{}`; write the path that it has now, or delete the line", path.escape_debug())
}

/// A finding at a place of a file, whose text and lines are given, with the fix that removes it.
pub fn finding(
    file: FileId,
    (source, lines): (&str, &LineIndex),
    span: Span,
    message: String,
    repair: Option<&LineRepair>,
) -> Finding {
    let fix = repair.map(|repair| {
        let title = if repair.deletes { "delete the line".to_owned() } else { format!("write `{}`", repair.edit.text) };
        let edit = FileEdit { file, place: lines.place(source, repair.edit.span), text: repair.edit.text.clone() };
        Fix { title, safe: repair.safe, edits: vec![edit] }
    });
    Finding { place: lines.place(source, span), surface: span.slice(source).into(), message, related: Vec::new(), fix }
}
