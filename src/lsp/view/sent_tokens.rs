//! The semantic tokens that the client has, for the difference to the next ones.

use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;
use tower_lsp::ls_types as lsp;

use crate::text::FileId;

/// The tokens sent last for each open document, for the difference to the next ones.
#[derive(Debug, Default)]
pub struct SentTokens(Mutex<FxHashMap<FileId, SentDocument>>);

#[derive(Debug)]
pub struct SentDocument {
    /// The id of the result.
    pub id: String,
    /// The tokens.
    pub tokens: Vec<lsp::SemanticToken>,
}

impl SentTokens {
    /// Forgets a document.
    pub fn forget(&self, file: FileId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&file);
    }

    /// Notes the tokens that are sent and returns those before.
    pub fn replace(&self, file: FileId, id: &str, tokens: &[lsp::SemanticToken]) -> Option<SentDocument> {
        let sent = SentDocument { id: id.to_owned(), tokens: tokens.to_vec() };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(file, sent)
    }
}
