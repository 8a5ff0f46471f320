//! What the client is told or asked without having asked.
//!
//! Nobody waits for the client: what is to be said is put here, and one task says it in order. Questions are asked by
//! tasks of their own, with a time limit, since a client may never answer.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tower_lsp::Client;
use tower_lsp::ls_types as lsp;

use super::corpus::CorpusId;
use super::event::Event;
use super::owner::Handle;

/// How long a client may take for an answer.
const TIME_LIMIT: Duration = Duration::from_secs(10);

/// Something to say.
pub enum Letter {
    /// The findings of a file.
    Publish(lsp::Uri, Vec<lsp::Diagnostic>, Option<i32>),
    /// Everything before this has been said.
    Receipt(CorpusId),
    /// What a person must know.
    Show(lsp::MessageType, String),
    /// What the server did, for whoever traces it.
    Trace(String),
    /// Part of an answer.
    Part(lsp::ProgressToken, serde_json::Value),
    /// Everything before this has been handed to the transport.
    Flush(oneshot::Sender<()>),
    /// What else the server can do.
    Register(Vec<lsp::Registration>),
    /// Ask for the settings.
    Settings,
    /// Ask for something anew.
    Refresh(Refresh),
    /// Show progress.
    Progress(lsp::ProgressToken, String, mpsc::UnboundedReceiver<Step>),
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

/// A step of progress.
pub struct Step {
    percentage: u32,
    message: String,
}

/// Takes what is to be said.
#[derive(Clone)]
pub struct Outbox {
    letters: mpsc::UnboundedSender<Letter>,
    tokens: Arc<AtomicU32>,
}

impl Outbox {
    /// An outbox and the task's end of it.
    pub fn new() -> (Self, Letters) {
        let (letters, receiver) = mpsc::unbounded_channel();
        (Self { letters, tokens: Arc::default() }, Letters(receiver))
    }

    /// Puts something in. After the client is gone nothing is said any more.
    pub fn put(&self, letter: Letter) {
        let _ = self.letters.send(letter);
    }

    /// Begins to show progress; it ends when it is dropped.
    pub fn progress(&self, title: &str) -> Progress {
        let number = self.tokens.fetch_add(1, Ordering::Relaxed);
        let token = lsp::ProgressToken::String(format!("scholiast/{number}"));
        let (steps, receiver) = mpsc::unbounded_channel();
        self.put(Letter::Progress(token.clone(), title.to_owned(), receiver));
        Progress { token, steps, shown: 0 }
    }
}

/// Progress that a person is shown.
pub struct Progress {
    token: lsp::ProgressToken,
    steps: mpsc::UnboundedSender<Step>,
    shown: u32,
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
            let _ = self.steps.send(Step { percentage, message: format!("{done}/{total} files") });
        }
    }
}

/// The task's end of the outbox.
pub struct Letters(mpsc::UnboundedReceiver<Letter>);

impl Letters {
    /// Says everything, until there is nobody left who could put something in.
    pub async fn deliver(mut self, client: Client, owner: Handle) {
        let refreshing: [Arc<AtomicBool>; 4] = Default::default();
        while let Some(letter) = self.0.recv().await {
            let client = client.clone();
            match letter {
                Letter::Publish(uri, diagnostics, version) => {
                    client.publish_diagnostics(uri, diagnostics, version).await
                }
                Letter::Flush(done) => {
                    // Nobody waits where the request was cancelled.
                    let _ = done.send(());
                }
                Letter::Receipt(id) => owner.send(Event::Sent(id)),
                Letter::Show(kind, message) => client.show_message(kind, message).await,
                Letter::Trace(message) => {
                    let params = lsp::LogTraceParams { message, verbose: None };
                    client.send_notification::<lsp::notification::LogTrace>(params).await;
                }
                Letter::Part(token, value) => {
                    client.send_notification::<AnyProgress>(ProgressValue { token, value }).await
                }
                Letter::Register(registrations) => {
                    tokio::spawn(limited(
                        async move { client.register_capability(registrations).await.map(|()| true) },
                    ));
                }
                Letter::Settings => {
                    let owner = owner.clone();
                    tokio::spawn(limited(async move {
                        let item = lsp::ConfigurationItem { scope_uri: None, section: Some("scholiast".to_owned()) };
                        let settings = client.configuration(vec![item]).await?.into_iter().next();
                        owner.send(Event::Settings(settings.unwrap_or_default()));
                        Ok(true)
                    }));
                }
                Letter::Refresh(what) => {
                    let busy = refreshing[what as usize].clone();
                    if !busy.swap(true, Ordering::SeqCst) {
                        tokio::spawn(async move {
                            limited(refresh(client, what)).await;
                            busy.store(false, Ordering::SeqCst);
                        });
                    }
                }
                Letter::Progress(token, title, steps) => {
                    tokio::spawn(show_progress(client, token, title, steps));
                }
            }
        }
    }
}

async fn limited(question: impl Future<Output = tower_lsp::jsonrpc::Result<bool>>) {
    match tokio::time::timeout(TIME_LIMIT, question).await {
        Ok(Ok(true)) => {}
        Ok(Ok(false)) => tracing::info!("the client has refused"),
        Ok(Err(error)) => tracing::info!("the client answers: {error}"),
        Err(_) => tracing::info!("the client does not answer"),
    }
}

async fn refresh(client: Client, what: Refresh) -> tower_lsp::jsonrpc::Result<bool> {
    match what {
        Refresh::Diagnostics => client.workspace_diagnostic_refresh().await,
        Refresh::Lenses => client.code_lens_refresh().await,
        Refresh::Hints => client.inlay_hint_refresh().await,
        Refresh::Tokens => client.semantic_tokens_refresh().await,
    }
    .map(|()| true)
}

async fn show_progress(
    client: Client,
    token: lsp::ProgressToken,
    title: String,
    mut steps: mpsc::UnboundedReceiver<Step>,
) {
    let create = tokio::time::timeout(TIME_LIMIT, client.create_work_done_progress(token.clone())).await;
    if !matches!(create, Ok(Ok(()))) {
        return;
    }
    let say = async |value: lsp::WorkDoneProgress| {
        let value = serde_json::to_value(value).unwrap_or_default();
        client.send_notification::<AnyProgress>(ProgressValue { token: token.clone(), value }).await;
    };
    let begin = lsp::WorkDoneProgressBegin { title, cancellable: Some(true), message: None, percentage: Some(0) };
    say(lsp::WorkDoneProgress::Begin(begin)).await;
    while let Some(mut step) = steps.recv().await {
        // Only the newest matters.
        while let Ok(newer) = steps.try_recv() {
            step = newer;
        }
        let (message, percentage) = (Some(step.message), Some(step.percentage));
        say(lsp::WorkDoneProgress::Report(lsp::WorkDoneProgressReport {
            cancellable: Some(true),
            message,
            percentage,
        }))
        .await;
    }
    say(lsp::WorkDoneProgress::End(lsp::WorkDoneProgressEnd { message: None })).await;
}

/// `$/progress` with any value: of parts of answers the protocol crate knows no types.
enum AnyProgress {}

#[derive(serde::Serialize, serde::Deserialize)]
struct ProgressValue {
    token: lsp::ProgressToken,
    value: serde_json::Value,
}

impl lsp::notification::Notification for AnyProgress {
    type Params = ProgressValue;
    const METHOD: &'static str = "$/progress";
}
