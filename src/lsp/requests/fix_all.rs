//! All safe fixes of a file as one edit, made as `check --fix` makes them.
//!
//! Annotations beside a text are repaired first, since edits of the text would take away what explains their offsets. A
//! fix that annotations do not bear is left out; the others go on. Deliberately absent: rounds. What a fix uncovers is
//! fixed when somebody asks again.

use tower_lsp::ls_types as lsp;

use super::edits;
use crate::annotation::{AnchoredText, OnDeletion, Standoff};
use crate::diagnostic::{Diagnostic, FileEdit, Fix};
use crate::fix::{Allowed, round};
use crate::lsp::view::CorpusView;
use crate::lsp::view::standoff;
use crate::text::edit::applied;
use crate::text::{FileId, LineIndex, Span};

/// The annotations of one file beside a text, as they are and after their own repairs.
struct RepairedAnnotations {
    file: FileId,
    source: String,
    repaired: Standoff,
}

/// The edit that makes the safe fixes of a file, which are `all` where no annotations are beside it; `None` where there
/// is none that the annotations bear.
pub fn edit(view: &CorpusView, file: FileId, findings: &[Diagnostic], all: &[FileEdit]) -> Option<lsp::WorkspaceEdit> {
    let beside: Vec<FileId> =
        view.annotations.iter().filter(|(_, beside)| beside.text == Some(file)).map(|(file, _)| file).collect();
    if beside.is_empty() {
        return edits::workspace(view, all);
    }
    let annotations: Vec<RepairedAnnotations> =
        beside.into_iter().map(|file| repaired(view, file)).collect::<Option<_>>()?;
    let (shown, saved) = (standoff::document(view, file)?, standoff::saved_document(view, file)?);
    let anchored: Vec<AnchoredText<'_>> =
        annotations.iter().map(|annotations| AnchoredText::new(&annotations.repaired, &saved)).collect();
    let is_borne = |fix: &Fix| {
        let mut of_text = fix.edits.clone();
        of_text.sort_by_key(|edit| edit.place);
        let in_saved = edits::in_saved(&of_text, &shown, &saved);
        anchored.iter().all(|anchored| anchored.bear(&in_saved).is_ok())
    };
    let fixes = findings.iter().filter(|finding| finding.file == file).filter_map(|finding| finding.fix.as_ref());
    let fixes = fixes.filter(|fix| fix.safe && fix.edits.iter().all(|edit| edit.file == file));
    let fixes: Vec<&Fix> = fixes.filter(|fix| is_borne(fix)).collect();
    let done = round(&fixes, Allowed::Safe, |other| (other == file).then_some(&*shown));
    let lines = LineIndex::new(&shown);
    let of_text = done.changes.get(&file).into_iter().flatten();
    let mut all: Vec<FileEdit> =
        of_text.map(|edit| FileEdit { file, place: lines.place(&shown, edit.span), text: edit.text.clone() }).collect();
    let in_saved = edits::in_saved(&all, &shown, &saved);
    for (annotations, anchored) in annotations.iter().zip(&anchored) {
        let moved = anchored.reanchor(&in_saved, OnDeletion::Refuse).ok()?;
        let after = applied(annotations.repaired.source(), &moved)?;
        all.extend(line_edits(annotations.file, &annotations.source, &after));
    }
    all.sort_by_key(|edit| (edit.file, edit.place));
    if all.is_empty() { None } else { edits::by_document(view, &all) }
}

/// An annotation file after its own safe repairs.
fn repaired(view: &CorpusView, file: FileId) -> Option<RepairedAnnotations> {
    let standoff = view.annotations.get(file)?.standoff(view)?;
    let source = standoff.source().to_owned();
    let findings = view.findings(file);
    let fixes: Vec<&Fix> = findings.diagnostics.iter().filter_map(|finding| finding.fix.as_ref()).collect();
    let mut done = round(&fixes, Allowed::Safe, |other| (other == file).then_some(source.as_str()));
    let repaired = done.texts.remove(&file).map_or(standoff, Standoff::parse);
    Some(RepairedAnnotations { file, source, repaired })
}

/// The edits that make one text of another, a line each where both have as many.
fn line_edits(file: FileId, before: &str, after: &str) -> Vec<FileEdit> {
    let lines = LineIndex::new(before);
    let edit = |start: usize, end: usize, text: &str| FileEdit {
        file,
        place: lines.place(before, Span::of(start, end)),
        text: text.into(),
    };
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    if old.len() != new.len() {
        return vec![edit(0, before.len(), after)];
    }
    let mut at = 0;
    let mut edits = Vec::new();
    for (old, new) in old.into_iter().zip(new) {
        if old != new {
            edits.push(edit(at, at + old.len(), new));
        }
        at += old.len();
    }
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_edited() {
        let edits = line_edits(FileId(1), "T1\ta\nT2\tb\nT3\tc", "T1\ta\nT2\tB\nT3\tc");
        assert_eq!(edits.len(), 1);
        assert_eq!((edits[0].place.start.line, &*edits[0].text), (1, "T2\tB\n"));
        assert!(line_edits(FileId(1), "a\n", "a\n").is_empty());
        assert_eq!(line_edits(FileId(1), "a\n", "a\nb\n").len(), 1);
    }
}
