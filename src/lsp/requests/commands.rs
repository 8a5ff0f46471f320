//! Commands: what a person may have the server do.
//!
//! What looks at many files runs on the threads that read, not on those that answer, and shows how far it is.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use serde_json::json;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::renaming::REQUEST_FAILED;
use crate::lsp::convert;
use crate::lsp::transport::WorkProgress;
use crate::lsp::view::CorpusView;
use crate::rules;

/// Reads everything anew.
pub const REINDEX: &str = "scholiast.reindex";
/// The page of a rule.
pub const EXPLAIN: &str = "scholiast.explain";
/// People whom the registry of a corpus lacks.
pub const SUGGESTIONS: &str = "scholiast.suggestions";
/// The same as a list for editors.
pub const PROPOSALS: &str = "scholiast.proposals";
/// The action that takes up or refuses one of them.
pub const ANSWER_PROPOSAL: &str = "scholiast.answerProposal";
/// The contents of a corpus, counted.
pub const STATISTICS: &str = "scholiast.statistics";
/// The annotations of a text.
pub const ANNOTATIONS: &str = "scholiast.annotations";
/// Everything that the corpora are about, with counts.
pub const ENTITIES: &str = "scholiast.entities";
/// The entries of the registry that an annotation may be linked to.
pub const ENTRIES: &str = "scholiast.entries";
/// The action that links to one of them.
pub const LINK: &str = "scholiast.link";
/// Open differences from another annotator's set.
pub const DIFFERENCES: &str = "scholiast.differences";
/// Remembers that a difference is settled.
pub const SETTLE: &str = "scholiast.settle";
/// The states of documents.
pub const STATES: &str = "scholiast.states";
/// Sets the state of a document.
pub const SET_STATE: &str = "scholiast.setState";
/// All of them.
pub const ALL: [&str; 14] = [
    ANNOTATIONS,
    ANSWER_PROPOSAL,
    DIFFERENCES,
    ENTITIES,
    ENTRIES,
    EXPLAIN,
    LINK,
    PROPOSALS,
    REINDEX,
    SET_STATE,
    SETTLE,
    STATES,
    STATISTICS,
    SUGGESTIONS,
];

/// Shows the mentions of an entry; a command of the editor's, not of the server's.
pub const SHOW_REFERENCES: &str = "scholiast.showReferences";

/// Fails inside, in builds for development: tests see that the server lives on.
pub const FAIL: &str = "scholiast.fail";

/// An answer as a value.
pub fn value<T: serde::Serialize>(answer: &T) -> lsp::LSPAny {
    serde_json::to_value(answer).unwrap_or_default()
}

/// There is no such command.
pub fn unknown(command: &str) -> Error {
    Error::invalid_params(format!("there is no command `{command}`"))
}

/// An argument that may be left out.
///
/// # Errors
/// When it is something else.
pub fn argument<T: serde::de::DeserializeOwned>(arguments: &[lsp::LSPAny], number: usize) -> Result<Option<T>> {
    let Some(value) = arguments.get(number) else { return Ok(None) };
    let wrong = |error| Error::invalid_params(format!("argument {}: {error}", number + 1));
    serde_json::from_value(value.clone()).map_err(wrong)
}

/// An argument that must be there.
///
/// # Errors
/// When it is missing, or something else.
pub fn needed<T: serde::de::DeserializeOwned>(arguments: &[lsp::LSPAny], number: usize) -> Result<T> {
    let missing = || Error::invalid_params(format!("argument {} is missing", number + 1));
    argument(arguments, number)?.ok_or_else(missing)
}

/// The page of a rule, Markdown; without a code all rules.
///
/// # Errors
/// When there is no such rule.
pub fn explain(arguments: &[lsp::LSPAny]) -> Result<lsp::LSPAny> {
    let Some(code) = argument::<String>(arguments, 0)? else {
        let row = |rule: &&rules::Rule| json!({ "code": rule.code, "severity": rule.severity.as_str(), "summary": rule.summary });
        return Ok(rules::RULES.iter().map(row).collect());
    };
    match rules::named(&code) {
        Ok(rule) => Ok(rule.page().into()),
        Err(Some(near)) => Err(Error::invalid_params(format!("there is no rule '{code}'; did you mean '{near}'?"))),
        Err(None) => Err(Error::invalid_params(format!("there is no rule '{code}'"))),
    }
}

/// The corpora a command is about: the one a document lies in, else those that use it as a registry file; or all of
/// them.
///
/// # Errors
/// When no corpus has the document.
pub fn corpora(mut views: Vec<CorpusView>, uri: Option<&lsp::Uri>) -> Result<Vec<CorpusView>> {
    let Some(uri) = uri else { return Ok(views) };
    let path = convert::path(uri).unwrap_or_default();
    let around = views.iter().filter(|view| path.starts_with(&*view.root));
    match around.map(|view| view.root.clone()).max_by_key(|root| root.as_str().len()) {
        Some(root) => views.retain(|view| view.root == root),
        None => views.retain(|view| view.registry_file(&path).is_some()),
    }
    if views.is_empty() {
        let message = format!("{} lies in no folder with a scholiast.toml, and no registry names it", uri.as_str());
        return Err(Error { code: REQUEST_FAILED, message: message.into(), data: None });
    }
    Ok(views)
}

/// Runs a command that looks at many files; it is told when nobody waits for its answer any more.
///
/// # Errors
/// When it fails inside.
pub async fn in_background<T: Send + 'static>(
    work: impl FnOnce(&(dyn Fn() -> bool + Sync)) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (sender, receiver) = oneshot::channel();
    rayon::spawn(move || {
        if let Ok(answer) = catch_unwind(AssertUnwindSafe(|| work(&|| sender.is_closed()))) {
            // Nobody waits for a command that was cancelled.
            let _ = sender.send(answer);
        } else {
            tracing::error!("a command has failed inside");
        }
    });
    receiver.await.unwrap_or_else(|_| Err(Error::internal_error()))
}

/// Counts what is done, where a person is shown it.
pub struct StepCounter {
    total: usize,
    done: Mutex<(usize, Option<WorkProgress>)>,
}

impl StepCounter {
    /// So many steps to go.
    pub const fn new(total: usize, progress: Option<WorkProgress>) -> Self {
        Self { total, done: Mutex::new((0, progress)) }
    }

    /// Steps for looking at each file of corpora twice.
    pub fn over(views: &[CorpusView], progress: Option<WorkProgress>) -> Self {
        Self::new(views.iter().map(|view| 2 * view.snapshot.files().count()).sum(), progress)
    }

    /// One more is done.
    pub fn step(&self) {
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.0 += 1;
        let number = done.0;
        if let Some(progress) = &mut done.1 {
            progress.report(number, self.total);
        }
    }
}
