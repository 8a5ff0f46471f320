//! States of documents: a list of them, a command that sets one, and actions for it.

use std::collections::BTreeMap;

use serde::Serialize;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::commands::{SET_STATE, value};
use super::renaming::REQUEST_FAILED;
use crate::curation::state_file::FILE_NAME;
use crate::curation::{CurationFile, DocumentState, StateCounts, StateFile, StateRecord};
use crate::disk::document_states::{self, StateChange, now, person};
use crate::lsp::view::CorpusView;
use crate::text::FileId;

/// The kind of actions that set the state of a document. It is none of those that editors offer at every word.
pub const STATE: lsp::CodeActionKind = lsp::CodeActionKind::new("source.state.scholiast");

/// The states of the documents of all corpora that were asked about.
#[derive(Serialize)]
struct ListedStates {
    /// The number of documents in each state.
    counts: BTreeMap<&'static str, usize>,
    documents: Vec<ListedState>,
}

#[derive(Serialize)]
struct ListedState {
    uri: lsp::Uri,
    /// The path below the folder of the configuration.
    path: String,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<String>,
}

/// The states of all documents, or of those of one text.
///
/// # Errors
/// When the file that keeps them cannot be read.
pub fn list(views: &[CorpusView], only: Option<&lsp::Uri>) -> Result<lsp::LSPAny> {
    let mut counts = StateCounts::default();
    let mut documents = Vec::new();
    for view in views {
        let states = states(view).map_err(failed)?;
        for file in view.snapshot.files_by_path() {
            let Some(uri) = view.uri(file.id).filter(|uri| only.is_none_or(|only| only == uri)) else { continue };
            let listed = listed(&states, uri, file.path.as_str());
            counts.add(states.state(file.path.as_str()));
            documents.push(listed);
        }
    }
    let counts = counts.iter().map(|(state, count)| (state.as_str(), count)).collect();
    Ok(value(&ListedStates { counts, documents }))
}

/// The states of the documents of a corpus, as the editor or the disk has them.
fn states(view: &CorpusView) -> std::result::Result<StateFile, String> {
    let content = view.curation_content(CurationFile::States)?;
    content.map_or_else(|| Ok(StateFile::default()), document_states::parse)
}

fn listed(states: &StateFile, uri: lsp::Uri, path: &str) -> ListedState {
    let record = states.get(path);
    ListedState {
        uri,
        path: path.to_owned(),
        state: states.state(path).as_str(),
        by: record.map(|record| record.by.clone()),
        when: record.map(|record| record.when.to_string()),
    }
}

/// Sets the state of a document, and returns it as the list has it.
///
/// # Errors
/// When there is no such state, the person who sets it is unknown, or the file cannot be written.
pub fn set(view: &CorpusView, file: FileId, state: &str, by: Option<String>) -> Result<lsp::LSPAny> {
    let state = DocumentState::named(state).map_err(|unknown| Error::invalid_params(unknown.to_string()))?;
    let file = view.annotations.get(file).map_or(Some(file), |beside| beside.text);
    let document = file.and_then(|file| Some((file, view.snapshot.file(file)?.path.to_string())));
    let Some((file, path)) = document else {
        return Err(Error::invalid_params("the first argument is no text of a corpus".to_owned()));
    };
    // What is open in an editor is edited through the editor; what it has not saved would be lost.
    if !view.is_saved(CurationFile::States) {
        return Err(failed("it has changes in the editor that are not saved; save it first"));
    }
    let by = by.filter(|by| !by.trim().is_empty()).or_else(|| person(&view.root));
    let by = by.ok_or_else(|| failed("the person who sets the state is unknown; set `user.name` in git"))?;
    let record = StateRecord { when: now(), state, by };
    let changes = BTreeMap::from([(path.clone(), record)]);
    let change = StateChange::new(&view.root, &changes).map_err(failed)?;
    change.write(&view.root).map_err(failed)?;
    let uri = view.uri(file).ok_or_else(Error::internal_error)?;
    Ok(value(&listed(&StateFile::parse(change.after), uri, &path)))
}

fn failed(message: impl AsRef<str>) -> Error {
    Error { code: REQUEST_FAILED, message: format!("{FILE_NAME}: {}", message.as_ref()).into(), data: None }
}

/// The actions that give a text another state.
pub fn actions(view: &CorpusView, file: FileId) -> Vec<lsp::CodeAction> {
    let Some((text, uri)) = view.snapshot.file(file).zip(view.uri(file)) else { return Vec::new() };
    if view.snapshot.config_source.is_none() {
        return Vec::new();
    }
    let states = states(view).unwrap_or_default();
    let now = states.state(text.path.as_str());
    let others = DocumentState::ALL.into_iter().filter(|state| *state != now);
    others
        .map(|state| {
            let title = format!("Mark this document as {} (now {})", state.label(), now.label());
            let arguments = Some(vec![value(&uri), state.as_str().into()]);
            let command = lsp::Command { title: title.clone(), command: SET_STATE.to_owned(), arguments };
            lsp::CodeAction { title, kind: Some(STATE), command: Some(command), ..lsp::CodeAction::default() }
        })
        .collect()
}
