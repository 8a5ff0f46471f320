//! Renaming, and places that change together.

use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;

use super::edits;
use crate::ide;
use crate::lsp::view::View;
use crate::text::FileId;

/// What the protocol calls `RequestFailed`: all was well with the question, and the answer is no.
pub const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

fn refused(error: &ide::RenameError) -> Error {
    Error { code: REQUEST_FAILED, message: error.to_string().into(), data: None }
}

/// Whether and what can be renamed.
pub fn prepare(view: &View, file: FileId, at: lsp::Position) -> Result<Option<lsp::PrepareRenameResponse>> {
    let Some(at) = view.at(file, at) else { return Ok(None) };
    match ide::prepare_rename(&view.snapshot, at) {
        Ok(found) => {
            let range = view.range(found.place);
            Ok(Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: found.text }))
        }
        Err(ide::RenameError::Nothing) => Ok(None),
        Err(error) => Err(refused(&error)),
    }
}

/// The edits of a rename.
pub fn rename(view: &View, file: FileId, at: lsp::Position, new: &str) -> Result<Option<lsp::WorkspaceEdit>> {
    let Some(at) = view.at(file, at) else { return Ok(None) };
    let all = ide::rename(&view.snapshot, at, new).map_err(|error| refused(&error))?;
    edits::annotated(view, &all).map_err(|message| Error { code: REQUEST_FAILED, message: message.into(), data: None })
}

/// The places that change with the word under the cursor while somebody types.
pub fn linked(view: &View, file: FileId, at: lsp::Position) -> Option<lsp::LinkedEditingRanges> {
    let source = view.snapshot.source(file)?;
    let ranges = ide::linked_editing(&view.snapshot, view.at(file, at)?);
    let ranges: Vec<lsp::Range> = ranges.iter().map(|range| view.range(source.place(range.span))).collect();
    (!ranges.is_empty()).then(|| lsp::LinkedEditingRanges { ranges, word_pattern: Some(r"[^\s\x22\x27]+".to_owned()) })
}
