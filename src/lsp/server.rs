//! What the client sends, each message handed to the owner.
//!
//! A handler sends before it awaits anything: handlers are started in the order of their messages, so that is the
//! order in which the owner hears of them.

use std::sync::atomic::AtomicBool;
use std::sync::{Arc, OnceLock};

use camino::Utf8PathBuf;
use tokio::sync::oneshot;
use tower_lsp::LanguageServer;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::documents::{Document, Home};
use super::event::{About, Ask, Event, Need};
use super::owner::Handle;
use super::session::Session;
use super::transport::Door;
use super::view::{View, Views};
use super::{capabilities, convert, requests};
use crate::text::FileId;

/// The server as the transport sees it.
pub struct Backend {
    owner: Handle,
    door: Arc<Door>,
    session: OnceLock<Arc<Session>>,
    shut_down: Arc<AtomicBool>,
}

impl Backend {
    /// A server that nobody has spoken to.
    pub fn new(owner: Handle, door: Arc<Door>) -> Self {
        Self { owner, door, session: OnceLock::new(), shut_down: Arc::default() }
    }

    /// Whether `shutdown` has been asked for.
    pub fn shut_down(&self) -> Arc<AtomicBool> {
        self.shut_down.clone()
    }

    /// `$/setTrace`.
    pub async fn set_trace(&self, params: lsp::SetTraceParams) {
        if let Some(session) = self.session.get() {
            session.set_trace(params.value);
        }
    }

    /// `window/workDoneProgress/cancel`.
    pub async fn cancel_progress(&self, params: lsp::WorkDoneProgressCancelParams) {
        self.owner.send(Event::CancelProgress(params.token));
    }

    /// Asks about a document. Where no corpus governs it, the answer is the empty one.
    async fn about<T: Default + Send + 'static>(
        &self,
        uri: &lsp::Uri,
        need: Need,
        answer: impl FnOnce(&View, FileId) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Some(path) = convert::path(uri) else { return Ok(T::default()) };
        let answer = |views: Views| match views.document {
            Some((view, file)) => answer(&view, file),
            None => Ok(T::default()),
        };
        self.ask(About::Document(path), need, answer).await
    }

    /// Asks about the whole workspace.
    async fn everywhere<T: Send + 'static>(
        &self,
        need: Need,
        answer: impl FnOnce(Vec<View>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(About::Everything, need, |views| answer(views.all)).await
    }

    async fn ask<T: Send + 'static>(
        &self,
        about: About,
        need: Need,
        answer: impl FnOnce(Views) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        let answer = Box::new(move |views| {
            // A request that was cancelled has nobody waiting for it.
            if !sender.is_closed() {
                let _ = sender.send(answer(views));
            }
        });
        self.owner.send(Event::Ask(Ask { about, need, answer }));
        // Without an answer the request has panicked on the pool.
        receiver.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }

    fn on_disk<'u>(&self, uris: impl Iterator<Item = &'u str>) {
        let paths: Vec<Utf8PathBuf> = uris.filter_map(|uri| convert::path(&uri.parse().ok()?)).collect();
        if !paths.is_empty() {
            self.owner.send(Event::Disk(paths));
        }
    }
}

fn folders(folders: &[lsp::WorkspaceFolder]) -> Vec<Utf8PathBuf> {
    folders.iter().filter_map(|folder| convert::path(&folder.uri)).collect()
}

/// The folders of a client; before there were several there was one.
#[allow(deprecated, reason = "clients of the time before workspace folders say it so")]
fn first_folders(params: &lsp::InitializeParams) -> Vec<Utf8PathBuf> {
    match &params.workspace_folders {
        Some(several) => folders(several),
        None => params
            .root_uri
            .as_ref()
            .and_then(convert::path)
            .or_else(|| params.root_path.as_ref().map(Utf8PathBuf::from))
            .into_iter()
            .collect(),
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let session = Arc::new(Session::new(&params));
        // A second `initialize` never comes here.
        let session = self.session.get_or_init(|| session).clone();
        if let Some(parent) = params.process_id {
            self.door.follow(parent);
        }
        let capabilities = capabilities::offer(&session);
        self.owner.send(Event::Start(session, first_folders(&params)));
        Ok(lsp::InitializeResult {
            capabilities,
            server_info: Some(lsp::ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..lsp::InitializeResult::default()
        })
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        self.owner.send(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.shut_down.store(true, std::sync::atomic::Ordering::SeqCst);
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, version, text, .. } = params.text_document;
        if let Some(path) = convert::path(&uri) {
            let document = Document { uri, version, text, home: Home::Nowhere };
            self.owner.send(Event::Open(path, Box::new(document)));
        }
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        if let Some(path) = convert::path(&params.text_document.uri) {
            self.owner.send(Event::Change(path, params.text_document.version, params.content_changes));
        }
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        self.on_disk(std::iter::once(params.text_document.uri.as_str()));
    }

    async fn did_close(&self, params: lsp::DidCloseTextDocumentParams) {
        if let Some(path) = convert::path(&params.text_document.uri) {
            self.owner.send(Event::Close(path));
        }
    }

    async fn did_change_configuration(&self, params: lsp::DidChangeConfigurationParams) {
        // Clients that answer `workspace/configuration` send nothing here, or what is out of date.
        self.owner.send(match params.settings.get("scholiast") {
            Some(settings) => Event::Settings(settings.clone()),
            None => Event::SettingsChanged,
        });
    }

    async fn did_change_workspace_folders(&self, params: lsp::DidChangeWorkspaceFoldersParams) {
        let lsp::WorkspaceFoldersChangeEvent { added, removed } = params.event;
        self.owner.send(Event::Folders { added: folders(&added), removed: folders(&removed) });
    }

    async fn did_change_watched_files(&self, params: lsp::DidChangeWatchedFilesParams) {
        self.on_disk(params.changes.iter().map(|change| change.uri.as_str()));
    }

    async fn did_create_files(&self, params: lsp::CreateFilesParams) {
        self.on_disk(params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn did_rename_files(&self, params: lsp::RenameFilesParams) {
        self.on_disk(params.files.iter().flat_map(|file| [file.old_uri.as_str(), &file.new_uri]));
    }

    async fn did_delete_files(&self, params: lsp::DeleteFilesParams) {
        self.on_disk(params.files.iter().map(|file| file.uri.as_str()));
    }

    async fn diagnostic(&self, params: lsp::DocumentDiagnosticParams) -> Result<lsp::DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let before = params.previous_result_id;
        let report = self
            .about(&uri, Need::Nothing, |view, file| Ok(Some(requests::diagnostics::document(view, file, before))))
            .await?;
        Ok(lsp::DocumentDiagnosticReportResult::Report(report.unwrap_or_else(requests::diagnostics::nothing)))
    }

    async fn workspace_diagnostic(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        self.everywhere(Need::Index, |views| Ok(requests::diagnostics::workspace(&views, params))).await
    }
}
