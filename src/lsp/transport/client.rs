//! Notifications and requests that the server sends to the client. Any thread may send.
//!
//! No thread waits for the client: messages go to the wire in order, and the answer to a request is given to a function
//! on the main thread. A client may never answer: then the function is told so after a while.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashMap;
use serde::Serialize;
use tokio::runtime::Handle as Runtime;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::Error;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::notification::{self, Notification};
use tower_lsp::ls_types::request::{self, Request};

use super::writer::WireWriter;

/// The time that a client may take for an answer.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// The client, as the server sends to it.
#[derive(Clone)]
pub struct Client {
    wire: WireWriter,
    runtime: Runtime,
    inner: Arc<ClientState>,
}

#[derive(Default)]
struct ClientState {
    next: AtomicI64,
    /// `$/setTrace` asked for more than `off`.
    traces: AtomicBool,
    asked: Mutex<FxHashMap<i64, oneshot::Sender<Result<serde_json::Value, Error>>>>,
    refreshing: [AtomicBool; 4],
}

impl ClientState {
    /// The questions are whole after a panic: each is put in and taken out at once.
    fn asked(&self) -> MutexGuard<'_, FxHashMap<i64, oneshot::Sender<Result<serde_json::Value, Error>>>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A notification or, with a number, a request.
#[derive(Serialize)]
struct OutgoingMessage<'a, P> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    method: &'static str,
    params: &'a P,
}

/// Answers that the client may be asked to request anew.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refresh {
    /// Diagnostics.
    Diagnostics,
    /// Code lenses.
    Lenses,
    /// Inlay hints.
    Hints,
    /// Semantic tokens.
    Tokens,
}

impl Refresh {
    const fn method(self) -> &'static str {
        match self {
            Self::Diagnostics => request::WorkspaceDiagnosticRefresh::METHOD,
            Self::Lenses => request::CodeLensRefresh::METHOD,
            Self::Hints => request::InlayHintRefreshRequest::METHOD,
            Self::Tokens => request::SemanticTokensRefresh::METHOD,
        }
    }
}

impl Client {
    /// A client at the other end of the wire; answers are waited for on the runtime.
    pub fn new(wire: WireWriter, runtime: Runtime) -> Self {
        Self { wire, runtime, inner: Arc::default() }
    }

    /// The runtime on which answers are waited for.
    pub(super) const fn runtime(&self) -> &Runtime {
        &self.runtime
    }

    /// A number that no other request or token of this session has.
    pub(super) fn next_id(&self) -> i64 {
        self.inner.next.fetch_add(1, Ordering::Relaxed)
    }

    fn tell<N: Notification>(&self, params: &impl Serialize) {
        self.wire.send(&OutgoingMessage { jsonrpc: "2.0", id: None, method: N::METHOD, params });
    }

    /// The findings of a file: `write` adds their list, and returns nothing where they are not to be sent after all.
    /// What it returns is held until they are on their way.
    pub fn publish<G>(&self, uri: &lsp::Uri, version: Option<i32>, write: impl FnOnce(&mut Vec<u8>) -> Option<G>) {
        self.wire.send_findings(|body| {
            let uri = serde_json::Value::from(uri.as_str());
            let method = notification::PublishDiagnostics::METHOD;
            let before = format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{{"uri":{uri},"diagnostics":"#);
            body.extend_from_slice(before.as_bytes());
            let held = write(body);
            if let Some(version) = version {
                body.extend_from_slice(format!(r#","version":{version}"#).as_bytes());
            }
            body.extend_from_slice(b"}}");
            held
        });
    }

    /// A file has no findings any more.
    pub fn withdraw(&self, uri: &lsp::Uri) {
        self.publish(uri, None, |list| {
            list.extend_from_slice(b"[]");
            Some(())
        });
    }

    /// Shows a person a message.
    pub fn show(&self, typ: lsp::MessageType, message: String) {
        self.tell::<notification::ShowMessage>(&lsp::ShowMessageParams { typ, message });
    }

    /// Notes what `$/setTrace` asks for.
    pub fn set_trace(&self, value: lsp::TraceValue) {
        self.inner.traces.store(value != lsp::TraceValue::Off, Ordering::Relaxed);
    }

    /// Returns whether the client wants to be told what the server does.
    pub fn traces(&self) -> bool {
        self.inner.traces.load(Ordering::Relaxed)
    }

    /// Tells the client what the server did.
    pub fn trace(&self, message: String) {
        self.tell::<notification::LogTrace>(&lsp::LogTraceParams { message, verbose: None });
    }

    /// Part of an answer, or a step of progress.
    pub fn part(&self, token: &lsp::ProgressToken, value: &impl Serialize) {
        #[derive(Serialize)]
        struct PartialResult<'a, V> {
            token: &'a lsp::ProgressToken,
            value: &'a V,
        }
        self.tell::<notification::Progress>(&PartialResult { token, value });
    }

    /// Does something when all that was sent before has been written.
    pub fn then(&self, work: impl FnOnce() + Send + 'static) {
        self.wire.then(work);
    }

    /// Offers more than `initialize` could.
    pub fn register(&self, registrations: Vec<lsp::Registration>) {
        if !registrations.is_empty() {
            self.ask(request::RegisterCapability::METHOD, &lsp::RegistrationParams { registrations }, |_| {});
        }
    }

    /// Asks for the settings under `scholiast`.
    pub fn settings(&self, take: impl FnOnce(serde_json::Value) + Send + 'static) {
        let item = lsp::ConfigurationItem { scope_uri: None, section: Some("scholiast".to_owned()) };
        let params = lsp::ConfigurationParams { items: vec![item] };
        self.ask(request::WorkspaceConfiguration::METHOD, &params, |answer| {
            if let Some(serde_json::Value::Array(mut settings)) = answer {
                take(if settings.is_empty() { serde_json::Value::Null } else { settings.swap_remove(0) });
            }
        });
    }

    /// Has the client make an edit.
    pub fn apply(&self, label: &str, edit: &lsp::WorkspaceEdit) {
        let params = serde_json::json!({ "label": label, "edit": edit });
        self.ask(request::ApplyWorkspaceEdit::METHOD, &params, |_| {});
    }

    /// Has the client ask for something anew, unless it has just been asked to.
    pub fn refresh(&self, what: Refresh) {
        let inner = self.inner.clone();
        if !inner.refreshing[what as usize].swap(true, Ordering::SeqCst) {
            self.ask(what.method(), &(), move |_| inner.refreshing[what as usize].store(false, Ordering::SeqCst));
        }
    }

    /// Asks; `take` is given the answer, or nothing where the client refuses or says nothing.
    pub(super) fn ask(
        &self,
        method: &'static str,
        params: &impl Serialize,
        take: impl FnOnce(Option<serde_json::Value>) + Send + 'static,
    ) {
        let id = self.next_id();
        let (sender, receiver) = oneshot::channel();
        self.inner.asked().insert(id, sender);
        self.wire.send(&OutgoingMessage { jsonrpc: "2.0", id: Some(id), method, params });
        let inner = self.inner.clone();
        self.runtime.spawn(async move {
            let answer = tokio::time::timeout(TIME_LIMIT, receiver).await;
            inner.asked().remove(&id);
            take(match answer {
                Ok(Ok(Ok(answer))) => Some(answer),
                Ok(Ok(Err(error))) => {
                    tracing::info!("{method}: {error}");
                    None
                }
                Ok(Err(_)) | Err(_) => {
                    tracing::info!("{method}: the client does not answer");
                    None
                }
            });
        });
    }

    /// Takes in an answer.
    pub fn answered(&self, id: i64, answer: Result<serde_json::Value, Error>) {
        let asked = self.inner.asked().remove(&id);
        if asked.is_none_or(|asked| asked.send(answer).is_err()) {
            tracing::info!("an answer to {id}, for which nobody waits");
        }
    }
}
