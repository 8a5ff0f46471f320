//! The messages of the client, each handed to the owner thread.
//!
//! A handler starts on the `input` thread and tells the owner before it awaits anything: so the owner hears of all
//! messages in the order in which they were sent. The rest of it runs on the `main` thread.

mod execute;

use std::future::{Ready, ready};
use std::sync::{Arc, OnceLock};

use camino::Utf8PathBuf;
use serde::Serialize;
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::{self as lsp, request};
use tower_lsp::{LanguageServer, LspService};

use super::documents::{Membership, OpenDocument};
use super::owner::event::{About, Ask, Event, Need, OwnerHandle};
use super::requests::{
    actions, annotating, completion, diagnostics, edits, files, hierarchy, navigation, reading, renaming, symbols,
    tokens,
};
use super::rule_content::{ContentParams, DocumentContent};
use super::session::{ClientFeatures, ClientSession};
use super::shutdown::Shutdown;
use super::transport::dispatch::{ReplySlot, already_answered};
use super::transport::{Client, WorkProgress};
use super::view::{CorpusView, CorpusViews};
use super::{capabilities, convert, rule_content};
use crate::corpus::Snapshot;
use crate::ide::{self, FilePosition, Jump};
use crate::text::FileId;

/// The handlers of all messages.
pub struct Server {
    owner: OwnerHandle,
    client: Client,
    shutdown: Arc<Shutdown>,
    session: OnceLock<Arc<ClientSession>>,
    slot: ReplySlot,
}

impl Server {
    /// A router with these handlers, to which nobody has spoken yet.
    pub fn service(
        owner: OwnerHandle,
        client: Client,
        shutdown: Arc<Shutdown>,
        slot: ReplySlot,
    ) -> LspService<impl LanguageServer> {
        let server = Self { owner, client, shutdown, session: OnceLock::new(), slot };
        LspService::build(|_| server)
            .custom_method("$/setTrace", Self::set_trace)
            .custom_method("window/workDoneProgress/cancel", Self::cancel_progress)
            .custom_method("workspace/textDocumentContent", Self::text_document_content)
            .finish()
            .0
    }

    fn set_trace(&self, lsp::SetTraceParams { value }: lsp::SetTraceParams) -> Ready<()> {
        self.client.set_trace(value);
        ready(())
    }

    fn cancel_progress(&self, params: lsp::WorkDoneProgressCancelParams) -> Ready<()> {
        self.owner.send(Event::CancelProgress(params.token));
        ready(())
    }

    // The router asks for this shape.
    #[expect(clippy::unused_self, clippy::needless_pass_by_value)]
    fn text_document_content(&self, params: ContentParams) -> Ready<Result<DocumentContent>> {
        let none = || Error::invalid_params(format!("there is no document {}", params.uri));
        ready(rule_content::content(&params).ok_or_else(none))
    }

    /// Answers a request about a document. Where no corpus governs it, the answer is the empty one.
    async fn about<T: Default + Serialize + Send + 'static>(
        &self,
        uri: &lsp::Uri,
        need: Need,
        answer: impl FnOnce(&CorpusView, FileId) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Some(path) = convert::path(uri) else { return Ok(T::default()) };
        let answer = |views: CorpusViews| match views.document {
            Some((view, file)) => answer(&view.with_text_of(file), file),
            None => Ok(T::default()),
        };
        self.answer(About::Document(path), need, answer).await
    }

    /// As [`Server::about`], with the other corpora that share registry files with the document's.
    async fn about_shared<T: Default + Serialize + Send + 'static>(
        &self,
        uri: &lsp::Uri,
        need: Need,
        answer: impl FnOnce(&CorpusView, FileId, &[CorpusView]) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Some(path) = convert::path(uri) else { return Ok(T::default()) };
        let answer = |views: CorpusViews| match views.document {
            Some((view, file)) => answer(&view.with_text_of(file), file, &views.sharing),
            None => Ok(T::default()),
        };
        self.answer(About::Shared(path), need, answer).await
    }

    /// Finds out about a document what an answer needs.
    async fn find<T: Send + 'static>(
        &self,
        uri: &lsp::Uri,
        need: Need,
        find: impl FnOnce(&CorpusView, FileId) -> T + Send + 'static,
    ) -> Result<Option<T>> {
        let Some(path) = convert::path(uri) else { return Ok(None) };
        let find = |views: CorpusViews| Ok(views.document.map(|(view, file)| find(&view, file)));
        self.ask(About::Document(path), need, find).await
    }

    /// Does something about a document that writes files.
    async fn on_document<T: Send + 'static>(
        &self,
        uri: &lsp::Uri,
        act: impl FnOnce(&CorpusView, FileId) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let nowhere = || Error::invalid_params(format!("{} is no document of a corpus", uri.as_str()));
        let Some(path) = convert::path(uri) else { return Err(nowhere()) };
        let act = |views: CorpusViews| Ok(views.document.map(|(view, file)| act(&view, file)));
        self.ask(About::Document(path), Need::Nothing, act).await?.unwrap_or_else(|| Err(nowhere()))
    }

    /// Asks about the whole workspace.
    async fn everywhere<T: Send + 'static>(
        &self,
        need: Need,
        answer: impl FnOnce(Vec<CorpusView>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.ask(About::Everything, need, |views| answer(views.all)).await
    }

    /// Answers a request: where it is worked out it is said (see [`Reply`]), and what is returned nobody hears.
    async fn answer<T: Serialize + Send + 'static>(
        &self,
        about: About,
        need: Need,
        answer: impl FnOnce(CorpusViews) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let Some(reply) = self.slot.take() else { return self.ask(about, need, answer).await };
        self.ask(about, need, move |views| {
            reply.answer(answer(views));
            Err(already_answered())
        })
        .await
    }

    async fn ask<T: Send + 'static>(
        &self,
        about: About,
        need: Need,
        answer: impl FnOnce(CorpusViews) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        let answer = Box::new(move |views: CorpusViews| {
            // A request that was cancelled has nobody waiting for it.
            if !sender.is_closed() {
                let _ = sender.send(if views.stale { Err(Error::content_modified()) } else { answer(views) });
            }
        });
        self.owner.send(Event::Ask(Ask { about, need, answer }));
        // Without an answer the request has panicked on the workers.
        receiver.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }

    /// Answers where something is, for the family of `definition`.
    async fn goto(
        &self,
        at: lsp::TextDocumentPositionParams,
        question: fn(&Snapshot, FilePosition) -> Vec<Jump>,
        links: fn(&ClientFeatures) -> bool,
    ) -> Result<Option<lsp::GotoDefinitionResponse>> {
        let position = at.position;
        let uri = at.text_document.uri;
        self.about_shared(&uri, Need::Nothing, move |view, file, sharing| {
            Ok(navigation::goto(view, file, sharing, position, question, links))
        })
        .await
    }

    /// Shows how far a command is: with the token that the client gave, or one it is asked to show.
    fn progress(&self, title: &str, token: Option<lsp::ProgressToken>) -> Option<WorkProgress> {
        let shows = self.session.get().is_some_and(|session| session.features.progress);
        match token {
            Some(token) => Some(self.client.progress_of_request(token, title)),
            None => shows.then(|| self.client.progress(title, false)),
        }
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

impl LanguageServer for Server {
    async fn initialize(&self, params: lsp::InitializeParams) -> Result<lsp::InitializeResult> {
        let session = Arc::new(ClientSession::new(&params));
        // A second `initialize` never comes here.
        let session = self.session.get_or_init(|| session).clone();
        if let Some(parent) = params.process_id {
            self.shutdown.follow(parent);
        }
        self.client.set_trace(params.trace.unwrap_or_default());
        let capabilities = capabilities::offer(&session);
        self.owner.send(Event::Start(session, first_folders(&params)));
        let result = lsp::InitializeResult {
            capabilities,
            server_info: Some(lsp::ServerInfo {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
            ..lsp::InitializeResult::default()
        };
        if let Some(reply) = self.slot.take() {
            reply.answer(capabilities::complete(&result));
        }
        Ok(result)
    }

    async fn initialized(&self, _: lsp::InitializedParams) {
        self.owner.send(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.shutdown.ask();
        Ok(())
    }

    async fn did_open(&self, params: lsp::DidOpenTextDocumentParams) {
        let lsp::TextDocumentItem { uri, version, text, .. } = params.text_document;
        if let Some(path) = convert::path(&uri) {
            let document = OpenDocument { uri, version, text, membership: Membership::Nowhere, failed: false };
            self.owner.send(Event::Open(path, Box::new(document)));
        }
    }

    async fn did_change(&self, params: lsp::DidChangeTextDocumentParams) {
        if let Some(path) = convert::path(&params.text_document.uri) {
            self.owner.send(Event::Change(path, params.text_document.version, params.content_changes));
        }
    }

    async fn will_save(&self, params: lsp::WillSaveTextDocumentParams) {
        if let Some(path) = convert::path(&params.text_document.uri) {
            self.owner.send(Event::WillSave(path));
        }
    }

    /// Changes nothing: editors that keep back what was typed last (Neovim, for 150 ms) send it before they ask. So the
    /// annotations of what is saved are known at the save.
    async fn will_save_wait_until(
        &self,
        params: lsp::WillSaveTextDocumentParams,
    ) -> Result<Option<Vec<lsp::TextEdit>>> {
        if let Some(path) = convert::path(&params.text_document.uri) {
            self.owner.send(Event::WillSave(path));
        }
        Ok(None)
    }

    async fn did_save(&self, params: lsp::DidSaveTextDocumentParams) {
        if let Some(path) = convert::path(&params.text_document.uri) {
            self.owner.send(Event::Saved(path, self.shutdown.answering()));
        }
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

    async fn will_rename_files(&self, params: lsp::RenameFilesParams) -> Result<Option<lsp::WorkspaceEdit>> {
        self.everywhere(Need::Index, move |views| Ok(files::renamed(&views, &params.files))).await
    }

    async fn will_delete_files(&self, params: lsp::DeleteFilesParams) -> Result<Option<lsp::WorkspaceEdit>> {
        self.everywhere(Need::Index, move |views| Ok(files::deleted(&views, &params.files))).await
    }

    async fn diagnostic(&self, params: lsp::DocumentDiagnosticParams) -> Result<lsp::DocumentDiagnosticReportResult> {
        let uri = params.text_document.uri;
        let before = params.previous_result_id;
        let Some(path) = convert::path(&uri) else {
            return Ok(lsp::DocumentDiagnosticReportResult::Report(diagnostics::nothing()));
        };
        let Some(reply) = self.slot.take() else { return Err(Error::internal_error()) };
        self.ask(About::Document(path), Need::Nothing, move |views| {
            match views.document {
                Some((view, file)) => {
                    reply.answer_with_findings(&diagnostics::written(&view, file, before.as_deref()));
                }
                None => reply.answer(Ok(diagnostics::nothing())),
            }
            Err(already_answered())
        })
        .await
    }

    async fn workspace_diagnostic(
        &self,
        params: lsp::WorkspaceDiagnosticParams,
    ) -> Result<lsp::WorkspaceDiagnosticReportResult> {
        let client = self.client.clone();
        self.answer(About::Everything, Need::All, move |views| Ok(diagnostics::workspace(&views.all, params, &client)))
            .await
    }

    async fn hover(&self, params: lsp::HoverParams) -> Result<Option<lsp::Hover>> {
        let lsp::TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.about_shared(&text_document.uri, Need::Nothing, move |view, file, sharing| {
            Ok(reading::hover(view, file, sharing, position))
        })
        .await
    }

    async fn goto_definition(&self, params: lsp::GotoDefinitionParams) -> Result<Option<lsp::GotoDefinitionResponse>> {
        self.goto(params.text_document_position_params, ide::definition, |features| features.definition_links).await
    }

    async fn goto_declaration(
        &self,
        params: request::GotoDeclarationParams,
    ) -> Result<Option<request::GotoDeclarationResponse>> {
        self.goto(params.text_document_position_params, ide::declaration, |features| features.declaration_links).await
    }

    async fn goto_type_definition(
        &self,
        params: request::GotoTypeDefinitionParams,
    ) -> Result<Option<request::GotoTypeDefinitionResponse>> {
        self.goto(params.text_document_position_params, ide::type_definition, |features| features.type_definition_links)
            .await
    }

    async fn goto_implementation(
        &self,
        params: request::GotoImplementationParams,
    ) -> Result<Option<request::GotoImplementationResponse>> {
        self.goto(params.text_document_position_params, ide::implementation, |features| features.implementation_links)
            .await
    }

    async fn references(&self, params: lsp::ReferenceParams) -> Result<Option<Vec<lsp::Location>>> {
        let uri = params.text_document_position.text_document.uri.clone();
        let client = self.client.clone();
        self.about_shared(&uri, Need::Index, move |view, file, sharing| {
            Ok(navigation::references(view, file, sharing, &params, &client))
        })
        .await
    }

    async fn document_highlight(
        &self,
        params: lsp::DocumentHighlightParams,
    ) -> Result<Option<Vec<lsp::DocumentHighlight>>> {
        let lsp::TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.about(&text_document.uri, Need::Nothing, move |view, file| {
            Ok(navigation::highlights(view, file, position))
        })
        .await
    }

    async fn document_symbol(&self, params: lsp::DocumentSymbolParams) -> Result<Option<lsp::DocumentSymbolResponse>> {
        self.about(&params.text_document.uri, Need::Nothing, |view, file| Ok(symbols::document(view, file))).await
    }

    async fn symbol(&self, params: lsp::WorkspaceSymbolParams) -> Result<Option<lsp::WorkspaceSymbolResponse>> {
        let client = self.client.clone();
        self.answer(About::Everything, Need::Nothing, move |views| {
            Ok(Some(symbols::workspace(&views.all, &params, &client)))
        })
        .await
    }

    async fn code_action(&self, params: lsp::CodeActionParams) -> Result<Option<lsp::CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.about_shared(&uri, Need::Nothing, move |view, file, sharing| {
            Ok(actions::actions(view, file, sharing, &params))
        })
        .await
    }

    async fn code_action_resolve(&self, params: lsp::CodeAction) -> Result<lsp::CodeAction> {
        let unresolved = params.clone();
        let answer = match (actions::document(&params), annotating::document(&params)) {
            (Some(uri), _) => self.find(&uri, Need::All, |view, _| actions::resolve(view, params)).await?,
            (None, Some(uri)) => self.find(&uri, Need::All, |view, _| annotating::resolve(view, params)).await?,
            (None, None) => None,
        };
        Ok(answer.unwrap_or(unresolved))
    }

    async fn prepare_rename(
        &self,
        params: lsp::TextDocumentPositionParams,
    ) -> Result<Option<lsp::PrepareRenameResponse>> {
        let position = params.position;
        self.about(&params.text_document.uri, Need::Nothing, move |view, file| renaming::prepare(view, file, position))
            .await
    }

    async fn rename(&self, params: lsp::RenameParams) -> Result<Option<lsp::WorkspaceEdit>> {
        let lsp::TextDocumentPositionParams { text_document, position } = params.text_document_position;
        let new = params.new_name;
        self.about_shared(&text_document.uri, Need::All, move |view, file, sharing| {
            renaming::rename(view, file, sharing, position, &new)
        })
        .await
    }

    async fn linked_editing_range(
        &self,
        params: lsp::LinkedEditingRangeParams,
    ) -> Result<Option<lsp::LinkedEditingRanges>> {
        let lsp::TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.about(&text_document.uri, Need::Nothing, move |view, file| Ok(renaming::linked(view, file, position)))
            .await
    }

    async fn completion(&self, params: lsp::CompletionParams) -> Result<Option<lsp::CompletionResponse>> {
        let lsp::TextDocumentPositionParams { text_document, position } = params.text_document_position;
        self.about(&text_document.uri, Need::Nothing, move |view, file| Ok(completion::complete(view, file, position)))
            .await
    }

    async fn completion_resolve(&self, params: lsp::CompletionItem) -> Result<lsp::CompletionItem> {
        let Some(uri) = completion::document(&params) else { return Ok(params) };
        let unresolved = params.clone();
        let answer = self.find(&uri, Need::Nothing, |view, _| completion::resolve(view, params)).await?;
        Ok(answer.unwrap_or(unresolved))
    }

    async fn code_lens(&self, params: lsp::CodeLensParams) -> Result<Option<Vec<lsp::CodeLens>>> {
        self.about(&params.text_document.uri, Need::Nothing, |view, file| Ok(reading::lenses(view, file))).await
    }

    async fn code_lens_resolve(&self, params: lsp::CodeLens) -> Result<lsp::CodeLens> {
        let Some(uri) = reading::lens_document(&params) else { return Ok(params) };
        let Some(path) = convert::path(&uri) else { return Ok(params) };
        let answer = |CorpusViews { document, sharing, .. }: CorpusViews| match document {
            Some((view, file)) => Ok(reading::resolve_lens(&view, file, &sharing, params)),
            None => Ok(params),
        };
        self.ask(About::Shared(path), Need::Index, answer).await
    }

    async fn inlay_hint(&self, params: lsp::InlayHintParams) -> Result<Option<Vec<lsp::InlayHint>>> {
        let range = params.range;
        self.about(&params.text_document.uri, Need::Nothing, move |view, file| Ok(reading::hints(view, file, range)))
            .await
    }

    async fn document_link(&self, params: lsp::DocumentLinkParams) -> Result<Option<Vec<lsp::DocumentLink>>> {
        self.about(&params.text_document.uri, Need::Nothing, |view, file| Ok(reading::links(view, file))).await
    }

    async fn document_link_resolve(&self, params: lsp::DocumentLink) -> Result<lsp::DocumentLink> {
        let Some(uri) = reading::link_document(&params) else { return Ok(params) };
        let unresolved = params.clone();
        let answer = self.find(&uri, Need::Nothing, |view, _| reading::resolve_link(view, params)).await?;
        Ok(answer.unwrap_or(unresolved))
    }

    async fn formatting(&self, params: lsp::DocumentFormattingParams) -> Result<Option<Vec<lsp::TextEdit>>> {
        self.about(&params.text_document.uri, Need::Nothing, |view, file| Ok(edits::formatting(view, file))).await
    }

    async fn folding_range(&self, params: lsp::FoldingRangeParams) -> Result<Option<Vec<lsp::FoldingRange>>> {
        self.about(&params.text_document.uri, Need::Nothing, |view, file| Ok(Some(reading::folds(view, file)))).await
    }

    async fn selection_range(&self, params: lsp::SelectionRangeParams) -> Result<Option<Vec<lsp::SelectionRange>>> {
        let cursors = params.positions;
        let uri = params.text_document.uri;
        self.about(&uri, Need::Nothing, move |view, file| Ok(Some(reading::selections(view, file, &cursors)))).await
    }

    async fn semantic_tokens_full(
        &self,
        params: lsp::SemanticTokensParams,
    ) -> Result<Option<lsp::SemanticTokensResult>> {
        self.about(&params.text_document.uri, Need::Nothing, |view, file| Ok(tokens::full(view, file))).await
    }

    async fn semantic_tokens_full_delta(
        &self,
        params: lsp::SemanticTokensDeltaParams,
    ) -> Result<Option<lsp::SemanticTokensFullDeltaResult>> {
        let before = params.previous_result_id;
        self.about(&params.text_document.uri, Need::Nothing, move |view, file| Ok(tokens::delta(view, file, &before)))
            .await
    }

    async fn semantic_tokens_range(
        &self,
        params: lsp::SemanticTokensRangeParams,
    ) -> Result<Option<lsp::SemanticTokensRangeResult>> {
        let range = params.range;
        self.about(&params.text_document.uri, Need::Nothing, move |view, file| Ok(tokens::range(view, file, range)))
            .await
    }

    async fn prepare_type_hierarchy(
        &self,
        params: lsp::TypeHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        let lsp::TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.about(&text_document.uri, Need::Nothing, move |view, file| {
            Ok(hierarchy::prepare_types(view, file, position))
        })
        .await
    }

    async fn supertypes(
        &self,
        params: lsp::TypeHierarchySupertypesParams,
    ) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        let item = params.item;
        self.about_shared(&item.uri.clone(), Need::Index, move |view, file, sharing| {
            Ok(hierarchy::types(view, file, sharing, &item, ide::supertypes))
        })
        .await
    }

    async fn subtypes(&self, params: lsp::TypeHierarchySubtypesParams) -> Result<Option<Vec<lsp::TypeHierarchyItem>>> {
        let item = params.item;
        self.about_shared(&item.uri.clone(), Need::Index, move |view, file, sharing| {
            Ok(hierarchy::types(view, file, sharing, &item, ide::subtypes))
        })
        .await
    }

    async fn prepare_call_hierarchy(
        &self,
        params: lsp::CallHierarchyPrepareParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyItem>>> {
        let lsp::TextDocumentPositionParams { text_document, position } = params.text_document_position_params;
        self.about(&text_document.uri, Need::Nothing, move |view, file| {
            Ok(hierarchy::prepare_people(view, file, position))
        })
        .await
    }

    async fn incoming_calls(
        &self,
        params: lsp::CallHierarchyIncomingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyIncomingCall>>> {
        let item = params.item;
        self.about_shared(&item.uri.clone(), Need::Index, move |view, file, sharing| {
            Ok(hierarchy::incoming(view, file, sharing, &item))
        })
        .await
    }

    async fn outgoing_calls(
        &self,
        params: lsp::CallHierarchyOutgoingCallsParams,
    ) -> Result<Option<Vec<lsp::CallHierarchyOutgoingCall>>> {
        let item = params.item;
        self.about_shared(&item.uri.clone(), Need::Index, move |view, file, sharing| {
            Ok(hierarchy::outgoing(view, file, sharing, &item))
        })
        .await
    }

    async fn execute_command(&self, params: lsp::ExecuteCommandParams) -> Result<Option<lsp::LSPAny>> {
        self.execute(params).await
    }
}
