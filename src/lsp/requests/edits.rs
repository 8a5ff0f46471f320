//! Edits as the client makes them. An edit of a text carries those of the annotations beside it, or is refused.

use std::borrow::Cow;
use std::collections::HashMap;

use tower_lsp::ls_types as lsp;

use crate::annotation::{AnchorRefusal, OnDeletion};
use crate::diagnostic::FileEdit;
use crate::ide;
use crate::lsp::view::CorpusView;
use crate::lsp::view::standoff;
use crate::text::edit::TextEdit;
use crate::text::{Encoding, FileId, LineIndex, Position, Span};

/// Edits, sorted by file and place, as one edit of the workspace. Documents that are open are named with their
/// version, so that an edit of another version is refused. `None` where annotations cannot follow.
pub fn workspace(view: &CorpusView, edits: &[FileEdit]) -> Option<lsp::WorkspaceEdit> {
    let edits = with_annotations(view, edits).map_err(|why| tracing::info!("an edit is refused: {why}")).ok()?;
    by_document(view, &edits)
}

/// Edits, sorted by file and place, as one edit of the workspace, and nothing else.
pub(super) fn by_document(view: &CorpusView, edits: &[FileEdit]) -> Option<lsp::WorkspaceEdit> {
    let by_file = edits.chunk_by(|a, b| a.file == b.file).map(|of_file| (of_file[0].file, of_file));
    if !view.session.features.document_changes {
        let mut changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> = HashMap::new();
        for (file, edits) in by_file {
            changes.entry(view.uri(file)?).or_default().extend(edits.iter().map(|edit| text_edit(view, edit)));
        }
        return Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() });
    }
    let mut asked = HashMap::new();
    let documents = by_file.map(|(file, edits)| {
        let edits = edits.iter().map(|edit| lsp::OneOf::Left(text_edit(view, edit))).collect();
        let mut document = lsp::TextDocumentEdit { text_document: document(view, file)?, edits };
        if view.session.features.change_annotations && view.is_outside(file) {
            annotate(&mut document, OUTSIDE);
            let label = "Outside of this workspace".to_owned();
            let description = view.path(file).map(Into::into);
            asked.insert(
                OUTSIDE.to_owned(),
                lsp::ChangeAnnotation { label, needs_confirmation: Some(true), description },
            );
        }
        Some(document)
    });
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(documents.collect::<Option<_>>()?)),
        change_annotations: if asked.is_empty() { None } else { Some(asked) },
        ..lsp::WorkspaceEdit::default()
    })
}

/// The change annotation of files outside the workspace.
const OUTSIDE: &str = "outside";

/// Gives the edits of a document that have no change annotation this one.
fn annotate(document: &mut lsp::TextDocumentEdit, id: &str) {
    for change in &mut document.edits {
        if let lsp::OneOf::Left(text_edit) = change {
            let annotated = lsp::AnnotatedTextEdit { text_edit: text_edit.clone(), annotation_id: id.to_owned() };
            *change = lsp::OneOf::Right(annotated);
        }
    }
}

/// Edits with those of the annotations beside the texts, or why these cannot follow.
fn with_annotations<'e>(view: &CorpusView, edits: &'e [FileEdit]) -> Result<Cow<'e, [FileEdit]>, String> {
    let of_file = edits.chunk_by(|a, b| a.file == b.file).map(|of_file| of_file[0].file);
    let mut beside: HashMap<FileId, Vec<FileId>> = of_file.map(|file| (file, Vec::new())).collect();
    for (file, annotations) in view.annotations.iter() {
        if let Some(of_text) = annotations.text.and_then(|text| beside.get_mut(&text)) {
            of_text.push(file);
        }
    }
    let mut moved = Vec::new();
    for of_file in edits.chunk_by(|a, b| a.file == b.file) {
        let Some(files) = beside.get_mut(&of_file[0].file) else { continue };
        files.sort_unstable();
        for file in files {
            moved.extend(follow(view, *file, of_file[0].file, of_file)?);
        }
    }
    Ok(if moved.is_empty() { edits.into() } else { [edits, &moved].concat().into() })
}

/// The edits of an annotation file that follow those of its text. Annotations whose recorded text is not at their
/// offsets cannot follow: nobody knows what they mean, and moving them would hide that.
fn follow(view: &CorpusView, file: FileId, text: FileId, edits: &[FileEdit]) -> Result<Vec<FileEdit>, String> {
    let name = |file| view.below(file).map(ToString::to_string).unwrap_or_default();
    let changed = |file| format!("{} cannot be read, or has changed on disk", name(file));
    let shown = standoff::document(view, text).ok_or_else(|| changed(text))?;
    let saved = standoff::saved_document(view, text).ok_or_else(|| changed(text))?;
    let annotations =
        view.annotations.get(file).and_then(|beside| beside.standoff(view)).ok_or_else(|| changed(file))?;
    let edits = in_saved(edits, &shown, &saved);
    let moved = annotations.reanchor(&saved, &edits, OnDeletion::Refuse).map_err(|refusal| match refusal {
        AnchorRefusal::Unfit => format!("the edits do not fit {}", name(text)),
        AnchorRefusal::Lost(losses) => {
            let ids: Vec<&str> = losses.iter().map(|loss| loss.id.as_str()).collect();
            format!("{} would lose {}", name(file), ids.join(", "))
        }
        AnchorRefusal::Mismatching(ids) => {
            let ids = ids.join(", ");
            format!("the words of {ids} in {} are not at their offsets: repair these first", name(file))
        }
    })?;
    // What already follows what was typed follows this too.
    let follows = view.annotations.get(file).is_some_and(|beside| beside.moved.is_some());
    if moved.is_empty() || follows {
        return Ok(Vec::new());
    }
    if view.findings(file).diagnostics.iter().any(|finding| finding.code == MISMATCH) {
        return Err(format!(
            "annotations in {} do not match their text, so that they could not follow; fix the findings of `{MISMATCH}` there first",
            name(file)
        ));
    }
    let source = annotations.source();
    let lines = LineIndex::new(source);
    let place = |edit: TextEdit| FileEdit { file, place: lines.place(source, edit.span), text: edit.text };
    Ok(moved.into_iter().map(place).collect())
}

/// The rule about annotations whose recorded text is not at their offsets.
const MISMATCH: &str = "annotation/text-mismatch";

/// Edits of a text as the client shows it, as edits of the file that it saves: lines and columns are the same in both.
pub(super) fn in_saved(edits: &[FileEdit], shown: &str, saved: &str) -> Vec<TextEdit> {
    if shown == saved {
        return edits.iter().map(|edit| TextEdit::replace(edit.place.span(), edit.text.clone())).collect();
    }
    let lines = LineIndex::new(saved);
    let has_unified = saved.contains('\r') && !shown.contains('\r');
    let byte = |at: Position| lines.offset(saved, at.line, at.column(Encoding::Utf8), Encoding::Utf8);
    let edit = |edit: &FileEdit| {
        let text = if has_unified { edit.text.replace('\n', "\r\n").into() } else { edit.text.clone() };
        TextEdit::replace(Span::new(byte(edit.place.start), byte(edit.place.end)), text)
    };
    edits.iter().map(edit).collect()
}

/// Edits of different files as one; `None` where there are none.
pub fn joined(edits: Vec<lsp::WorkspaceEdit>) -> Option<lsp::WorkspaceEdit> {
    edits.into_iter().reduce(|mut all, edit| {
        if let Some(changes) = edit.changes {
            all.changes.get_or_insert_default().extend(changes);
        }
        match (&mut all.document_changes, edit.document_changes) {
            (Some(lsp::DocumentChanges::Edits(all)), Some(lsp::DocumentChanges::Edits(more))) => all.extend(more),
            (before @ None, more) => *before = more,
            _ => {}
        }
        if let Some(annotations) = edit.change_annotations {
            all.change_annotations.get_or_insert_default().extend(annotations);
        }
        all
    })
}

/// Several edits as one, and then files that are renamed, in clients that do so.
pub fn with_renames(edits: Vec<lsp::WorkspaceEdit>, renames: Vec<lsp::RenameFile>) -> Option<lsp::WorkspaceEdit> {
    let mut all = joined(edits).unwrap_or_default();
    if !renames.is_empty() {
        let mut edits = match all.document_changes.take() {
            Some(lsp::DocumentChanges::Edits(edits)) => edits,
            _ => Vec::new(),
        };
        // A client that knows no versions knows this form nevertheless, and would pass over the other beside it.
        edits.extend(all.changes.take().into_iter().flatten().map(|(uri, edits)| lsp::TextDocumentEdit {
            text_document: lsp::OptionalVersionedTextDocumentIdentifier { uri, version: None },
            edits: edits.into_iter().map(lsp::OneOf::Left).collect(),
        }));
        let edits = edits.into_iter().map(lsp::DocumentChangeOperation::Edit);
        let renames =
            renames.into_iter().map(|rename| lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Rename(rename)));
        all.document_changes = Some(lsp::DocumentChanges::Operations(edits.chain(renames).collect()));
    }
    (all.changes.is_some() || all.document_changes.is_some()).then_some(all)
}

/// Edits as [`workspace`] has them, with a label for each sort of file, so that a person may see first and choose.
///
/// # Errors
/// The reason that annotations cannot follow.
pub fn annotated(view: &CorpusView, edits: &[FileEdit]) -> Result<Option<lsp::WorkspaceEdit>, String> {
    let edits = with_annotations(view, edits)?;
    let Some(mut edit) = by_document(view, &edits) else { return Ok(None) };
    let Some(lsp::DocumentChanges::Edits(documents)) = &mut edit.document_changes else { return Ok(Some(edit)) };
    if !view.session.features.change_annotations {
        return Ok(Some(edit));
    }
    let mut annotations = edit.change_annotations.take().unwrap_or_default();
    let files = edits.chunk_by(|a, b| a.file == b.file).map(|of_file| of_file[0].file);
    for (document, file) in documents.iter_mut().zip(files) {
        if document.edits.iter().all(|change| matches!(change, lsp::OneOf::Right(_))) {
            continue;
        }
        let (id, label) = match view.snapshot.file(file) {
            Some(_) => ("texts", "Texts"),
            None if view.annotations.get(file).is_some() => ("annotations", "Annotations"),
            None => ("registry", "Registry"),
        };
        let annotation =
            lsp::ChangeAnnotation { label: label.to_owned(), needs_confirmation: Some(false), description: None };
        annotations.insert(id.to_owned(), annotation);
        annotate(document, id);
    }
    edit.change_annotations = Some(annotations);
    Ok(Some(edit))
}

fn document(view: &CorpusView, file: FileId) -> Option<lsp::OptionalVersionedTextDocumentIdentifier> {
    Some(lsp::OptionalVersionedTextDocumentIdentifier { uri: view.uri(file)?, version: view.version(file) })
}

/// The edits that give a registry file or the configuration its layout; none for texts.
pub fn formatting(view: &CorpusView, file: FileId) -> Option<Vec<lsp::TextEdit>> {
    let edits = ide::formatting(&view.snapshot, file)?;
    Some(edits.iter().map(|edit| text_edit(view, edit)).collect())
}

/// One replacement.
pub fn text_edit(view: &CorpusView, edit: &FileEdit) -> lsp::TextEdit {
    lsp::TextEdit { range: view.range(edit.place), new_text: edit.text.to_string() }
}
