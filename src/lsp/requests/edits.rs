//! Edits as the client makes them.

use std::collections::HashMap;

use tower_lsp::ls_types as lsp;

use crate::diagnostic::Edit;
use crate::ide;
use crate::lsp::view::View;
use crate::text::FileId;

/// Edits, sorted by file and place, as one edit of the workspace. Documents that are open are named with their
/// version, so that an edit of another version is refused.
pub fn workspace(view: &View, edits: &[Edit]) -> Option<lsp::WorkspaceEdit> {
    let by_file = edits.chunk_by(|a, b| a.file == b.file).map(|of_file| (of_file[0].file, of_file));
    if !view.session.client.document_changes {
        let mut changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> = HashMap::new();
        for (file, edits) in by_file {
            changes.entry(view.uri(file)?).or_default().extend(edits.iter().map(|edit| text_edit(view, edit)));
        }
        return Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() });
    }
    let documents = by_file.map(|(file, edits)| {
        let edits = edits.iter().map(|edit| lsp::OneOf::Left(text_edit(view, edit))).collect();
        Some(lsp::TextDocumentEdit { text_document: document(view, file)?, edits })
    });
    Some(lsp::WorkspaceEdit {
        document_changes: Some(lsp::DocumentChanges::Edits(documents.collect::<Option<_>>()?)),
        ..lsp::WorkspaceEdit::default()
    })
}

/// The same, with a label for each sort of file, so that a person may see first and choose.
pub fn annotated(view: &View, edits: &[Edit]) -> Option<lsp::WorkspaceEdit> {
    let mut edit = workspace(view, edits)?;
    let Some(lsp::DocumentChanges::Edits(documents)) = &mut edit.document_changes else { return Some(edit) };
    if !view.session.client.change_annotations {
        return Some(edit);
    }
    let mut annotations = HashMap::new();
    let files = edits.chunk_by(|a, b| a.file == b.file).map(|of_file| of_file[0].file);
    for (document, file) in documents.iter_mut().zip(files) {
        let (id, label) = match view.snapshot.file(file) {
            Some(_) => ("texts", "Texts"),
            None => ("registry", "Registry"),
        };
        let annotation =
            lsp::ChangeAnnotation { label: label.to_owned(), needs_confirmation: Some(false), description: None };
        annotations.insert(id.to_owned(), annotation);
        for change in &mut document.edits {
            if let lsp::OneOf::Left(text_edit) = change {
                let annotated = lsp::AnnotatedTextEdit { text_edit: text_edit.clone(), annotation_id: id.to_owned() };
                *change = lsp::OneOf::Right(annotated);
            }
        }
    }
    edit.change_annotations = Some(annotations);
    Some(edit)
}

fn document(view: &View, file: FileId) -> Option<lsp::OptionalVersionedTextDocumentIdentifier> {
    Some(lsp::OptionalVersionedTextDocumentIdentifier { uri: view.uri(file)?, version: view.version(file) })
}

/// The edits that give a registry file or the configuration its layout; none for texts.
pub fn formatting(view: &View, file: FileId) -> Option<Vec<lsp::TextEdit>> {
    let edits = ide::formatting(&view.snapshot, file)?;
    Some(edits.iter().map(|edit| text_edit(view, edit)).collect())
}

/// One replacement.
pub fn text_edit(view: &View, edit: &Edit) -> lsp::TextEdit {
    lsp::TextEdit { range: view.range(edit.place), new_text: edit.text.to_string() }
}
