//! A text that was edited in the editor, with the annotation files that follow it.

use camino::{Utf8Path, Utf8PathBuf};

use crate::annotation::Standoff;
use crate::corpus::document::Document;
use crate::corpus::{DiskFacts, DocumentEdit};
use crate::ide::annotation::{FollowedAnnotations, saved_offset};
use crate::lsp::view::standoff::{as_saved, shown_document};
use crate::text::{Encoding, Span};

/// A text that was edited, with its annotations.
#[derive(Debug)]
pub struct FollowedText {
    /// The annotation files, by path below the root.
    pub files: Vec<(Utf8PathBuf, FollowedAnnotations)>,
    /// The text as it was saved last.
    pub saved: String,
    /// The text as it was saved before that.
    pub saved_before: Option<String>,
    /// All that the bytes on disk tell of it.
    facts: DiskFacts,
    /// True where the file has a byte-order mark that the editor hides.
    hidden_mark: bool,
    /// True where the file has carriage returns that the editor hides.
    hidden_returns: bool,
}

impl FollowedText {
    /// The annotations of a document; `saved` is its text on disk, which their offsets count.
    pub fn new(saved: String, document: &Document, files: Vec<(Utf8PathBuf, Standoff)>) -> Self {
        let facts = DiskFacts::of(saved.as_bytes());
        let mut followed = Self {
            files: Vec::with_capacity(files.len()),
            saved,
            saved_before: None,
            facts,
            hidden_mark: false,
            hidden_returns: false,
        };
        followed.look_at(document);
        for (path, standoff) in files {
            followed.add(path, standoff, document);
        }
        followed
    }

    /// Adds a file: each of its lines counts the text as it is now or, where its words stand there alone, as it was
    /// saved last or the time before.
    pub fn add(&mut self, path: Utf8PathBuf, standoff: Standoff, document: &Document) {
        let now = self.now(document);
        let before = self.saved_before.as_deref();
        let mut annotations = FollowedAnnotations::new(standoff, &now);
        if !annotations.are_right() && (self.saved != now || before.is_some()) {
            let standoff = annotations.standoff().clone();
            annotations = FollowedAnnotations::new(Standoff::parse(""), before.unwrap_or(&self.saved));
            if let Some(before) = before {
                annotations.rewrite(before, &self.saved);
                annotations.save(&self.saved);
            }
            annotations.rewrite(&self.saved, &now);
            annotations.take_in(standoff, &now, [Some(&self.saved), before]);
        }
        self.files.push((path, annotations));
    }

    /// The annotations of one file.
    pub fn file(&self, below: &Utf8Path) -> Option<&FollowedAnnotations> {
        self.files.iter().find(|(path, _)| path == below).map(|(_, annotations)| annotations)
    }

    /// The annotations of one file.
    pub fn file_mut(&mut self, below: &Utf8Path) -> Option<&mut FollowedAnnotations> {
        self.files.iter_mut().find(|(path, _)| path == below).map(|(_, annotations)| annotations)
    }

    /// The document as its file will hold it.
    pub fn now(&self, document: &Document) -> String {
        as_saved(shown_document(document), &self.facts).as_ref().to_owned()
    }

    /// Notes what the editor hides of the file.
    fn look_at(&mut self, document: &Document) {
        let shown = shown_document(document);
        let saved = as_saved(shown.clone(), &self.facts);
        self.hidden_mark = saved.starts_with('\u{feff}') && !shown.starts_with('\u{feff}');
        self.hidden_returns = saved.contains('\r') && !shown.contains('\r');
    }

    /// Takes in an edit of the document, which is still as it was before.
    pub fn edit(&mut self, document: &Document, edit: &DocumentEdit, encoding: Encoding) {
        match edit {
            DocumentEdit::Whole(text) => {
                let (old, new) = (self.now(document), as_saved(text.as_str().into(), &self.facts));
                self.files.iter_mut().for_each(|(_, annotations)| annotations.rewrite(&old, &new));
                self.hidden_mark = new.starts_with('\u{feff}') && !text.starts_with('\u{feff}');
                self.hidden_returns = new.contains('\r') && !text.contains('\r');
            }
            DocumentEdit::Range { start, end, text } => {
                let (start, end) =
                    (document.offset(start.0, start.1, encoding), document.offset(end.0, end.1, encoding));
                let span = Span::new(start.min(end), start.max(end));
                let at = saved_offset(document.position(span.start), self.hidden_mark, self.hidden_returns);
                let shown = |text: &str| match self.hidden_returns {
                    true => text.replace('\n', "\r\n"),
                    false => text.to_owned(),
                };
                let (old, new) = (shown(&document.slice(span)), shown(text));
                self.files.iter_mut().for_each(|(_, annotations)| annotations.edit(at, &old, &new));
            }
        }
    }

    /// Takes in that the document was saved as it is now.
    pub fn note_saved(&mut self, now: &str) {
        self.saved_before = Some(std::mem::replace(&mut self.saved, now.to_owned()));
        self.facts = DiskFacts::of(now.as_bytes());
    }
}
