//! The documents that are open in the editor, as the owner thread keeps them.
//!
//! The text of a corpus file lives in its corpus; registry files, configurations, annotations and files of no corpus
//! are kept here.

use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use super::ids::CorpusId;
use crate::text::{Encoding, LineIndex};

/// A document that is open.
#[derive(Clone, Debug)]
pub struct OpenDocument {
    /// The address, as the client writes it.
    pub uri: lsp::Uri,
    /// The version.
    pub version: i32,
    /// The text; empty while its corpus has it.
    pub text: String,
    /// To what it belongs.
    pub membership: Membership,
    /// True where looking at its text has failed: until it is another text nobody looks at it.
    pub failed: bool,
}

/// To what an open document belongs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Membership {
    /// No corpus governs it, or its corpus leaves it out.
    #[default]
    Nowhere,
    /// A text of a corpus, which has its text.
    Text(CorpusId),
    /// A registry file, the configuration or an annotation file of a corpus.
    Source(CorpusId),
}

/// Names and versions of the open documents: what answers need to know of them.
pub type DocumentNames = FxHashMap<Utf8PathBuf, DocumentName>;

/// The name of an open document.
#[derive(Clone, Debug)]
pub struct DocumentName {
    /// The address.
    pub uri: lsp::Uri,
    /// The version.
    pub version: i32,
}

/// All documents that are open.
#[derive(Debug, Default)]
pub struct Documents {
    by_path: FxHashMap<Utf8PathBuf, OpenDocument>,
    names: Arc<DocumentNames>,
}

impl Documents {
    /// Takes in that one was opened.
    pub fn open(&mut self, path: Utf8PathBuf, document: OpenDocument) {
        let name = DocumentName { uri: document.uri.clone(), version: document.version };
        Arc::make_mut(&mut self.names).insert(path.clone(), name);
        self.by_path.insert(path, document);
    }

    /// Takes in that one was closed.
    pub fn close(&mut self, path: &Utf8Path) -> Option<OpenDocument> {
        Arc::make_mut(&mut self.names).remove(path);
        self.by_path.remove(path)
    }

    /// Takes in a new version.
    pub fn set_version(&mut self, path: &Utf8Path, version: i32) {
        if let Some(document) = self.by_path.get_mut(path) {
            document.version = version;
        }
        if let Some(name) = Arc::make_mut(&mut self.names).get_mut(path) {
            name.version = version;
        }
    }

    /// One of them.
    pub fn get(&self, path: &Utf8Path) -> Option<&OpenDocument> {
        self.by_path.get(path)
    }

    /// One of them.
    pub fn get_mut(&mut self, path: &Utf8Path) -> Option<&mut OpenDocument> {
        self.by_path.get_mut(path)
    }

    /// Each of them, in no particular order.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8PathBuf, &OpenDocument)> {
        self.by_path.iter()
    }

    /// Each of them, in no particular order.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&Utf8PathBuf, &mut OpenDocument)> {
        self.by_path.iter_mut()
    }

    /// Returns the names and versions of all of them.
    pub fn names(&self) -> Arc<DocumentNames> {
        self.names.clone()
    }
}

impl OpenDocument {
    /// Applies an edit to a text that is kept here. What lies outside the text is clamped.
    pub fn edit(&mut self, change: lsp::TextDocumentContentChangeEvent, encoding: Encoding) {
        let Some(range) = change.range else {
            self.text = change.text;
            return;
        };
        let lines = LineIndex::new(&self.text);
        let offset = |at: lsp::Position| lines.offset(&self.text, at.line, at.character, encoding) as usize;
        let (start, end) = (offset(range.start), offset(range.end));
        self.text.replace_range(start.min(end)..start.max(end), &change.text);
    }
}
