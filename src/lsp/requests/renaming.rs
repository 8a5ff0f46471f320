//! Renaming, and places that change together.
//!
//! Corpora that share a registry file rename together: each says what it would edit, and of a file that several use all
//! must say the same.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use camino::Utf8PathBuf;
use compact_str::CompactString;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types as lsp;

use super::annotation_files::AnnotationQuestion;
use super::edits;
use super::sharing::counterpart;
use crate::diagnostic::FileEdit;
use crate::ide::{self, Renaming};
use crate::lsp::view::CorpusView;
use crate::lsp::view::standoff;
use crate::text::{FileId, Span};

/// The protocol's `RequestFailed`: all was well with the question, and the answer is no.
pub const REQUEST_FAILED: ErrorCode = ErrorCode::ServerError(-32803);

fn refused(message: &impl ToString) -> Error {
    Error { code: REQUEST_FAILED, message: message.to_string().into(), data: None }
}

/// Returns whether and what can be renamed.
pub fn prepare(view: &CorpusView, file: FileId, at: lsp::Position) -> Result<Option<lsp::PrepareRenameResponse>> {
    let mut own_place = None;
    let at = match AnnotationQuestion::new(view, file) {
        Some(question) => {
            let byte = question.byte(at);
            if let Some((place, text)) = question.renamable(byte) {
                let range = view.range(place);
                return Ok(Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: text }));
            }
            let Some((place, id)) = question.entry_at(byte) else { return Ok(None) };
            own_place = Some(place);
            ide::entry_with_id(&view.snapshot, id).map(|entry| entry.at)
        }
        None => view.at(file, at),
    };
    let Some(at) = at else { return Ok(None) };
    match ide::prepare_rename(&view.snapshot, at) {
        Ok(found) => {
            let range = view.range(own_place.unwrap_or(found.place));
            Ok(Some(lsp::PrepareRenameResponse::RangeWithPlaceholder { range, placeholder: found.text }))
        }
        Err(ide::RenameError::Nothing) => Ok(None),
        Err(error) => Err(refused(&error)),
    }
}

/// The edits of a rename, in all corpora that share what is renamed.
///
/// # Errors
/// When any of them refuses it, or edits a file that others use in another way than they do.
pub fn rename(
    view: &CorpusView,
    file: FileId,
    sharing: &[CorpusView],
    at: lsp::Position,
    new: &str,
) -> Result<Option<lsp::WorkspaceEdit>> {
    let at = match AnnotationQuestion::new(view, file) {
        Some(question) => {
            let byte = question.byte(at);
            if let Some(edits) = question.rename(byte, new).map_err(|message| refused(&message))? {
                return edits::annotated(view, &edits).map_err(|message| refused(&message));
            }
            question.entry_at(byte).and_then(|(_, id)| ide::entry_with_id(&view.snapshot, id).map(|entry| entry.at))
        }
        None => view.at(file, at),
    };
    let Some(at) = at else { return Ok(None) };
    let renaming = ide::renaming(&view.snapshot, at, new).map_err(|error| refused(&error))?;
    let own = renaming.edits(&view.snapshot).map_err(|error| refused(&error))?;
    let parts = shares(view, own, sharing, &renaming).map_err(|message| refused(&message))?;
    let mut edits = Vec::with_capacity(parts.len());
    for (view, part) in &parts {
        edits.extend(edits::annotated(view, part).map_err(|message| refused(&message))?);
    }
    Ok(edits::joined(edits))
}

/// Returns the edits of each corpus, beginning with the one that was asked; a file that several use is with the first
/// of them.
fn shares<'v>(
    asked: &'v CorpusView,
    own: Vec<FileEdit>,
    sharing: &'v [CorpusView],
    renaming: &Renaming,
) -> std::result::Result<Vec<(&'v CorpusView, Vec<FileEdit>)>, String> {
    if sharing.is_empty() {
        return Ok(vec![(asked, with_links(asked, own, renaming)?)]);
    }
    let mut files = SharedFiles::default();
    let own = files.take(asked, own).ok_or_else(|| renaming.disagreement().to_string())?;
    let mut parts = vec![(asked, with_links(asked, own, renaming)?)];
    let mut bystanders = Vec::new();
    for view in sharing {
        let here = |error: ide::RenameError| format!("{}: {error}", view.root);
        let entry = renaming.entry().and_then(|entry| counterpart(asked, entry, view));
        let Some(entry) = entry else {
            bystanders.push((view, here));
            continue;
        };
        let renaming = renaming.elsewhere(entry);
        let edits = renaming.edits(&view.snapshot).map_err(here)?;
        let edits = files.take(view, edits).ok_or_else(|| here(renaming.disagreement()))?;
        parts.push((view, with_links(view, edits, &renaming)?));
    }
    for (view, here) in bystanders.into_iter().filter(|(view, _)| files.edit_any_of(view)) {
        renaming.bearable(&view.snapshot).map_err(here)?;
    }
    parts.retain(|(_, edits)| !edits.is_empty());
    Ok(parts)
}

/// The edits of a corpus with those of its annotations that are linked to an id.
fn with_links(
    view: &CorpusView,
    mut edits: Vec<FileEdit>,
    renaming: &Renaming,
) -> std::result::Result<Vec<FileEdit>, String> {
    if let Some((old, new)) = renaming.of_id(&view.snapshot) {
        edits.extend(standoff::relinked(view, old, new)?);
    }
    Ok(edits)
}

/// The edits of the registry files of the corpora that were asked, by absolute path.
#[derive(Default)]
struct SharedFiles(BTreeMap<Utf8PathBuf, Vec<(Span, CompactString)>>);

impl SharedFiles {
    /// Takes in the edits of another corpus and returns those in files that no corpus before it uses; `None` where it
    /// edits one of the others in another way.
    fn take(&mut self, view: &CorpusView, mut edits: Vec<FileEdit>) -> Option<Vec<FileEdit>> {
        for file in view.snapshot.registry_files.keys() {
            let of_file = edits.iter().filter(|edit| edit.file == *file);
            let of_file: Vec<_> = of_file.map(|edit| (edit.place.span(), edit.text.clone())).collect();
            match self.0.entry(view.path(*file)?) {
                Entry::Occupied(known) if *known.get() != of_file => return None,
                Entry::Occupied(_) => edits.retain(|edit| edit.file != *file),
                Entry::Vacant(new) => {
                    new.insert(of_file);
                }
            }
        }
        Some(edits)
    }

    /// Returns whether a file of the registry of this corpus is edited.
    fn edit_any_of(&self, view: &CorpusView) -> bool {
        let mut paths = view.snapshot.registry_files.keys().filter_map(|file| view.path(*file));
        paths.any(|path| self.0.get(&path).is_some_and(|edits| !edits.is_empty()))
    }
}

/// The places that change with the word under the cursor while somebody types.
pub fn linked(view: &CorpusView, file: FileId, at: lsp::Position) -> Option<lsp::LinkedEditingRanges> {
    let source = view.snapshot.source(file)?;
    let ranges = ide::linked_editing(&view.snapshot, view.at(file, at)?);
    let ranges: Vec<lsp::Range> = ranges.iter().map(|range| view.range(source.place(range.span))).collect();
    (!ranges.is_empty()).then(|| lsp::LinkedEditingRanges { ranges, word_pattern: Some(r"[^\s\x22\x27]+".to_owned()) })
}
