//! What the client is told or asked without having asked.
//!
//! Nobody waits for the client: what is said goes to the wire in order, and what is asked is answered to a function,
//! or to nobody after a while, since a client may never answer.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rustc_hash::FxHashMap;
use serde::Serialize;
use tokio::runtime::Handle as Runtime;
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::Error;
use tower_lsp::ls_types as lsp;
use tower_lsp::ls_types::notification::{self, Notification};
use tower_lsp::ls_types::request::{self, Request};

use super::wire::Wire;

/// How long a client may take for an answer.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// Says and asks.
#[derive(Clone)]
pub struct Outbox {
    wire: Wire,
    runtime: Runtime,
    inner: Arc<Inner>,
}

#[derive(Default)]
struct Inner {
    next: AtomicI64,
    asked: Mutex<FxHashMap<i64, oneshot::Sender<Result<serde_json::Value, Error>>>>,
    refreshing: [AtomicBool; 4],
}

impl Inner {
    /// The questions are whole after a panic: each is put in and taken out at once.
    fn asked(&self) -> MutexGuard<'_, FxHashMap<i64, oneshot::Sender<Result<serde_json::Value, Error>>>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A notification or, with a number, a request.
#[derive(Serialize)]
struct Message<'a, P> {
    jsonrpc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    method: &'static str,
    params: &'a P,
}

/// What the client may be asked to ask for anew.
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

impl Outbox {
    /// An outbox onto the wire; what waits for answers waits on the runtime.
    pub fn new(wire: Wire, runtime: Runtime) -> Self {
        Self { wire, runtime, inner: Arc::default() }
    }

    fn tell<N: Notification>(&self, params: &impl Serialize) {
        self.wire.say(&Message { jsonrpc: "2.0", id: None, method: N::METHOD, params });
    }

    /// The findings of a file.
    pub fn publish(&self, findings: &lsp::PublishDiagnosticsParams) {
        self.tell::<notification::PublishDiagnostics>(findings);
    }

    /// What a person must know.
    pub fn show(&self, typ: lsp::MessageType, message: String) {
        self.tell::<notification::ShowMessage>(&lsp::ShowMessageParams { typ, message });
    }

    /// What the server did, for whoever traces it.
    pub fn trace(&self, message: String) {
        self.tell::<notification::LogTrace>(&lsp::LogTraceParams { message, verbose: None });
    }

    /// Part of an answer, or a step of progress.
    pub fn part(&self, token: &lsp::ProgressToken, value: &impl Serialize) {
        #[derive(Serialize)]
        struct Part<'a, V> {
            token: &'a lsp::ProgressToken,
            value: &'a V,
        }
        self.tell::<notification::Progress>(&Part { token, value });
    }

    /// Does something when all that was said before has been written.
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

    /// Has the client ask for something anew, unless it has just been asked to.
    pub fn refresh(&self, what: Refresh) {
        let inner = self.inner.clone();
        if !inner.refreshing[what as usize].swap(true, Ordering::SeqCst) {
            self.ask(what.method(), &(), move |_| inner.refreshing[what as usize].store(false, Ordering::SeqCst));
        }
    }

    /// Begins to show progress of a request that came with a token. All of it is said before the request is answered.
    pub fn progress_of_request(&self, token: lsp::ProgressToken, title: &str) -> Progress {
        self.part(&token, &begin(title.to_owned(), false));
        Progress { token, steps: Steps::Said(self.clone()), shown: 0 }
    }

    /// Begins to show progress, which a person may be let to cancel; it ends when what is returned is dropped.
    pub fn progress(&self, title: &str, cancellable: bool) -> Progress {
        let number = self.inner.next.fetch_add(1, Ordering::Relaxed);
        let token = lsp::ProgressToken::String(format!("scholiast/{number}"));
        let (steps, received) = mpsc::unbounded_channel();
        let (outbox, title, shown) = (self.clone(), title.to_owned(), token.clone());
        let params = lsp::WorkDoneProgressCreateParams { token: token.clone() };
        self.ask(request::WorkDoneProgressCreate::METHOD, &params, move |answer| {
            if answer.is_some() {
                outbox.runtime.clone().spawn(show(outbox, shown, begin(title, cancellable), received));
            }
        });
        Progress { token, steps: Steps::Asked(steps), shown: 0 }
    }

    /// Asks; `take` is given the answer, or nothing where the client refuses or says nothing.
    fn ask(
        &self,
        method: &'static str,
        params: &impl Serialize,
        take: impl FnOnce(Option<serde_json::Value>) + Send + 'static,
    ) {
        let id = self.inner.next.fetch_add(1, Ordering::Relaxed);
        let (sender, receiver) = oneshot::channel();
        self.inner.asked().insert(id, sender);
        self.wire.say(&Message { jsonrpc: "2.0", id: Some(id), method, params });
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

/// A step of progress.
struct Step {
    percentage: u32,
    message: String,
}

impl Step {
    fn report(self) -> lsp::WorkDoneProgress {
        let (message, percentage) = (Some(self.message), Some(self.percentage));
        lsp::WorkDoneProgress::Report(lsp::WorkDoneProgressReport { cancellable: None, message, percentage })
    }
}

/// Progress that a person is shown.
pub struct Progress {
    token: lsp::ProgressToken,
    steps: Steps,
    shown: u32,
}

/// Where steps go.
enum Steps {
    /// To whoever waits for the client to show them.
    Asked(mpsc::UnboundedSender<Step>),
    /// To the client, which has given the token.
    Said(Outbox),
}

impl Drop for Progress {
    fn drop(&mut self) {
        // The other kind ends with its sender.
        if let Steps::Said(outbox) = &self.steps {
            outbox.part(&self.token, &end());
        }
    }
}

impl Progress {
    /// What the client calls it.
    pub const fn token(&self) -> &lsp::ProgressToken {
        &self.token
    }

    /// Says how far it is: whole percents only.
    pub fn report(&mut self, done: usize, total: usize) {
        let percentage = (done * 100 / total.max(1)) as u32;
        if percentage > self.shown {
            self.shown = percentage;
            let step = Step { percentage, message: format!("{done}/{total} files") };
            match &self.steps {
                // Nobody hears it where the client shows no progress.
                Steps::Asked(steps) => drop(steps.send(step)),
                Steps::Said(outbox) => outbox.part(&self.token, &step.report()),
            }
        }
    }
}

fn begin(title: String, cancellable: bool) -> lsp::WorkDoneProgress {
    let (cancellable, percentage) = (Some(cancellable), Some(0));
    lsp::WorkDoneProgress::Begin(lsp::WorkDoneProgressBegin { title, cancellable, message: None, percentage })
}

const fn end() -> lsp::WorkDoneProgress {
    lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message: None })
}

async fn show(
    outbox: Outbox,
    token: lsp::ProgressToken,
    begin: lsp::WorkDoneProgress,
    mut steps: mpsc::UnboundedReceiver<Step>,
) {
    outbox.part(&token, &begin);
    while let Some(mut step) = steps.recv().await {
        // Only the newest matters.
        while let Ok(newer) = steps.try_recv() {
            step = newer;
        }
        outbox.part(&token, &step.report());
    }
    outbox.part(&token, &end());
}
