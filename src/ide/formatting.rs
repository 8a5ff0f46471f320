//! One layout for registry files and the configuration.
//!
//! Deliberately absent: texts, whose every space is somebody's, and the layout itself (`toml_tree::format`).

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::corpus::Snapshot;
use crate::diagnostic::FileEdit;
use crate::text::{FileId, Span};
use crate::toml_tree::format::format;

/// The edits, lines that change alone, in order; nothing for other files and for what is not TOML.
pub fn formatting(snapshot: &Snapshot, file: FileId) -> Option<Vec<FileEdit>> {
    let source = snapshot.source(file)?;
    let formatted = format(&source.text).ok()?;
    let lines = |text: &'_ str| -> Vec<Span> {
        let mut start = 0;
        let spans = text.split_inclusive('\n').map(|line| {
            let span = Span::new(start, start + line.len() as u32);
            start = span.end;
            span
        });
        spans.collect()
    };
    let (old, new) = (lines(&source.text), lines(&formatted));
    let texts =
        |spans: &[Span], of: &'_ str| -> Vec<String> { spans.iter().map(|span| span.slice(of).to_owned()).collect() };
    let changes = capture_diff_slices(Algorithm::Myers, &texts(&old, &source.text), &texts(&new, &formatted));
    let edits = changes.into_iter().filter(|change| !matches!(change, DiffOp::Equal { .. })).map(|change| {
        let place = |spans: &[Span], range: std::ops::Range<usize>, end: u32| {
            let at = |line: usize| spans.get(line).map_or(end, |span| span.start);
            Span::new(at(range.start), at(range.end))
        };
        let replaced = place(&old, change.old_range(), source.text.len() as u32);
        let by = place(&new, change.new_range(), formatted.len() as u32);
        FileEdit { file, place: source.place(replaced), text: by.slice(&formatted).into() }
    });
    Some(edits.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ide::fixture::Fixture;

    #[test]
    fn only_lines_that_change_are_edited() {
        let fixture = Fixture::new(
            "//- r.toml\n[[person]]\nid=\"a\" # A\nnames.vi = [\"Ân\"]\n[[person]]\nid = \"b\"\nnames.vi=[\"Bá\"]\n//- a.txt\n a  = 1\n",
        );
        let edits = formatting(&fixture.snapshot, fixture.file("r.toml")).expect("a registry");
        assert_eq!(edits.len(), 3);
        let changed = fixture.apply(&edits);
        let wanted =
            "[[person]]\nid = \"a\"  # A\nnames.vi = [\"Ân\"]\n\n[[person]]\nid = \"b\"\nnames.vi = [\"Bá\"]\n";
        assert_eq!(changed, [("r.toml".to_owned(), wanted.to_owned())]);
        assert!(formatting(&fixture.snapshot, fixture.file("a.txt")).is_none());
    }

    #[test]
    fn what_is_not_toml_stays() {
        let fixture = Fixture::new("//- r.toml\n[[person]\nid=\n");
        assert!(formatting(&fixture.snapshot, fixture.file("r.toml")).is_none());
    }
}
