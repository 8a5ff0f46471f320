//! A text with the annotation files beside it, read for one question.

use std::sync::Arc;

use camino::Utf8Path;

use super::annotations::AnnotationView;
use super::corpus_view::CorpusView;
use super::standoff::saved_document;
use crate::annotation::{Configuration, Standoff};
use crate::ide::annotation::{AnnotationPair, CodePoints, MovedAnnotations};
use crate::text::{Encoding, FileId, LineIndex, Place, Position, Span};

/// An annotation file that was read.
pub struct ReadAnnotations {
    /// The number of the file.
    pub file: FileId,
    /// The annotations as they stand in the editor or on the disk.
    pub shown: Arc<Standoff>,
    /// The places of the annotations, where the text was edited since.
    pub moved: Option<Arc<MovedAnnotations>>,
    /// Of an `.a2` the `.a1`.
    pub given: Option<Standoff>,
    /// The configuration of its folder.
    pub configuration: Option<Arc<Configuration>>,
}

impl ReadAnnotations {
    /// Reads one; `None` where it cannot be read.
    pub fn read(view: &CorpusView, file: FileId, beside: &AnnotationView) -> Option<Self> {
        let shown = match &beside.moved {
            Some(moved) => moved.standoff().clone(),
            None => Arc::new(beside.shown(view)?),
        };
        let given = beside.given.and_then(|given| view.annotations.get(given)).and_then(|given| given.standoff(view));
        let folder = beside.path.parent().unwrap_or(Utf8Path::new(""));
        let configuration = view.annotations.configuration(&view.root, folder);
        Some(Self { file, shown, moved: beside.moved.clone(), given, configuration })
    }

    /// The annotations beside their text.
    pub fn pair<'a>(&'a self, points: &'a CodePoints<'a>) -> AnnotationPair<'a> {
        AnnotationPair { standoff: &self.shown, points, moved: self.moved.as_deref(), given: self.given.as_ref() }
    }
}

/// A text, as its file will hold it, with its lines.
pub struct SavedText {
    /// The text.
    pub text: Arc<str>,
    lines: LineIndex,
}

impl SavedText {
    /// Reads a document; `None` where it is no text, or has changed on disk.
    pub fn read(view: &CorpusView, file: FileId) -> Option<Self> {
        let text = saved_document(view, file)?;
        let lines = LineIndex::new(&text);
        Some(Self { text, lines })
    }

    /// The place of a span. Its lines and columns are those of the editor, whatever it hides.
    pub fn place(&self, span: Span) -> Place {
        self.lines.place(&self.text, span)
    }

    /// The byte at a position of the client's.
    pub fn byte(&self, at: tower_lsp::ls_types::Position, encoding: Encoding) -> u32 {
        self.lines.offset(&self.text, at.line, at.character, encoding)
    }

    /// The bytes of a place in the document as the editor shows it.
    pub fn span(&self, place: Place) -> Span {
        let byte = |at: Position| self.lines.offset(&self.text, at.line, at.column_byte, Encoding::Utf8);
        Span::new(byte(place.start), byte(place.end))
    }

    /// Selected bytes; an inverted selection is turned round.
    pub fn selection(&self, range: tower_lsp::ls_types::Range, encoding: Encoding) -> Span {
        let (start, end) = (self.byte(range.start, encoding), self.byte(range.end, encoding));
        Span::new(start.min(end), start.max(end))
    }
}

impl CorpusView {
    /// The annotation files beside a text, in the order of their names.
    pub fn annotations_beside(&self, text: FileId) -> Vec<(FileId, &AnnotationView)> {
        let mut beside: Vec<(FileId, &AnnotationView)> =
            self.annotations.iter().filter(|(_, beside)| beside.text == Some(text)).collect();
        beside.sort_by(|(_, one), (_, other)| one.path.cmp(&other.path));
        beside
    }

    /// The annotation files beside a text, read; those that cannot be read are findings.
    pub fn read_annotations(&self, text: FileId) -> Vec<ReadAnnotations> {
        let beside = self.annotations_beside(text);
        beside.into_iter().filter_map(|(file, beside)| ReadAnnotations::read(self, file, beside)).collect()
    }
}
