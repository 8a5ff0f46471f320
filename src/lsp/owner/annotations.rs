//! Annotations that follow the texts in the editor, on the owner thread: they are written when these are saved.

use std::collections::HashMap;

use camino::Utf8Path;
use tower_lsp::ls_types as lsp;

use super::Owner;
use crate::disk::pending_moves;
use crate::lsp::convert;
use crate::lsp::corpus::{AnnotationWrite, OpenCorpus, WriteOutcome};
use crate::lsp::documents::Membership;
use crate::lsp::ids::CorpusId;
use crate::lsp::shutdown::Answering;
use crate::text::LineIndex;

impl Owner {
    /// Takes in that a document is being saved: what its annotations become then is noted, for the case of a crash.
    pub(super) fn will_save(&mut self, path: &Utf8Path) {
        let Some(Membership::Text(id)) = self.documents.get(path).map(|document| document.membership) else { return };
        let (Some(corpus), Some(cache)) = (self.corpora.by_id(id), self.cache.folder()) else { return };
        let Some(below) = corpus.below(path).map(Utf8Path::to_owned) else { return };
        corpus.note_moves(&below, cache, &self.workers);
    }

    /// Takes in that a document was saved.
    pub(super) fn saved(&mut self, path: &Utf8Path, answering: Answering) {
        let Some(Membership::Text(id)) = self.documents.get(path).map(|document| document.membership) else { return };
        let Some(corpus) = self.corpora.by_id(id) else { return };
        let Some(below) = corpus.below(path).map(Utf8Path::to_owned) else { return };
        corpus.save_annotations(&below, answering, &self.workers, &self.reporter);
    }

    /// Takes in that annotations were written, or why they were not.
    pub(super) fn annotations_written(&mut self, id: CorpusId, write: &AnnotationWrite) {
        // The corpus may have been opened anew meanwhile.
        let Some(corpus) = self.corpora.each().find(|corpus| corpus.id() == id || corpus.succeeds(id)) else { return };
        let id = corpus.id();
        corpus.write_is_over(write, &self.workers, &self.reporter);
        let path = corpus.root().join(&write.below);
        if let (WriteOutcome::Written(_), Some(cache)) = (&write.outcome, self.cache.folder()) {
            let (cache, path) = (cache.to_owned(), path.clone());
            self.workers.run(move || pending_moves::forget(&cache, &path));
        }
        match &write.outcome {
            WriteOutcome::Written(content) => {
                corpus.annotations_written(&write.below, content, write.edits);
            }
            WriteOutcome::Unsaved => {
                if let Some(edit) = self.moves_in_editor(id, write) {
                    self.client.apply("move annotations with their text", &edit);
                    if !self.editor.session.options.saves_annotations {
                        let message =
                            format!("{path} has unsaved changes: its annotations follow their text there; save it too");
                        self.client.show(lsp::MessageType::INFO, message);
                    }
                }
            }
            WriteOutcome::Changed => {
                corpus.annotations_changed_meanwhile(&write.below);
                let message = format!(
                    "{path} was changed by another program and is left as it is; what does not match its text any \
                     more is a finding there"
                );
                self.client.show(lsp::MessageType::WARNING, message);
            }
            WriteOutcome::Failed(why) => {
                let message = format!(
                    "the annotations in {path} cannot be written: {why}; they are kept until the text is closed, and \
                     written when it is saved again"
                );
                self.client.show(lsp::MessageType::ERROR, message);
            }
        }
    }

    /// The edit that brings an annotation file in the editor to its text.
    fn moves_in_editor(&mut self, id: CorpusId, write: &AnnotationWrite) -> Option<lsp::WorkspaceEdit> {
        let corpus: &mut OpenCorpus = self.corpora.by_id(id)?;
        let (source, moves) = corpus.moves_in_editor(&write.below)?;
        let path = corpus.root().join(&write.below);
        let document = self.documents.get(&path)?;
        let lines = LineIndex::new(&source);
        let encoding = self.editor.session.encoding;
        let edits = moves.iter().map(|edit| {
            let place = lines.place(&source, edit.span);
            let at = |position| convert::position(position, encoding);
            lsp::TextEdit {
                range: lsp::Range { start: at(place.start), end: at(place.end) },
                new_text: edit.text.to_string(),
            }
        });
        if !self.editor.session.features.document_changes {
            let changes = HashMap::from([(document.uri.clone(), edits.collect())]);
            return Some(lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() });
        }
        let text_document =
            lsp::OptionalVersionedTextDocumentIdentifier { uri: document.uri.clone(), version: Some(document.version) };
        let edits = edits.map(lsp::OneOf::Left).collect();
        let changes = lsp::DocumentChanges::Edits(vec![lsp::TextDocumentEdit { text_document, edits }]);
        Some(lsp::WorkspaceEdit { document_changes: Some(changes), ..lsp::WorkspaceEdit::default() })
    }
}
