//! The commands that editors send (`workspace/executeCommand`), each handed to whoever does the work.
//!
//! Deliberately absent: what the commands do, and reading their arguments (`requests/commands`).

use camino::Utf8PathBuf;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use super::Server;
use crate::lsp::owner::event::{Event, Need};
use crate::lsp::requests::entity_list::{self, EntityListQuestion};
use crate::lsp::requests::proposals::{self, AnswerKind};
use crate::lsp::requests::{annotating, annotation_list, commands, settling, states, statistics};
use crate::lsp::view::CorpusView;
use crate::text::FileId;

impl Server {
    /// Runs a command; an unknown one is an error.
    pub(super) async fn execute(&self, params: lsp::ExecuteCommandParams) -> Result<Option<lsp::LSPAny>> {
        if cfg!(debug_assertions) && params.command == commands::FAIL {
            return self.everywhere(Need::Nothing, |_| panic!("asked to fail")).await;
        }
        let lsp::ExecuteCommandParams { command, arguments, work_done_progress_params } = params;
        let token = work_done_progress_params.work_done_token;
        match command.as_str() {
            commands::REINDEX => {
                self.owner.send(Event::Reindex);
                Ok(None)
            }
            commands::EXPLAIN => commands::explain(&arguments).map(Some),
            commands::SUGGESTIONS => {
                let uri: Option<lsp::Uri> = commands::argument(&arguments, 0)?;
                let format: Option<String> = commands::argument(&arguments, 1)?;
                let views = self.everywhere(Need::Index, move |views| commands::corpora(views, uri.as_ref())).await?;
                let progress = self.progress("scholiast: looking for people", token);
                commands::in_background(move |is_cancelled| {
                    proposals::suggested(&views, format.as_deref(), progress, is_cancelled)
                })
                .await
                .map(Some)
            }
            commands::PROPOSALS => {
                let uri: Option<lsp::Uri> = commands::argument(&arguments, 0)?;
                let views = self.everywhere(Need::Index, move |views| commands::corpora(views, uri.as_ref())).await?;
                let progress = self.progress("scholiast: looking for people", token);
                commands::in_background(move |is_cancelled| Ok(proposals::list(&views, progress, is_cancelled)))
                    .await
                    .map(Some)
            }
            commands::ANSWER_PROPOSAL => {
                let proposal: lsp::LSPAny = commands::needed(&arguments, 0)?;
                let kind: AnswerKind = commands::needed(&arguments, 1)?;
                let entry: Option<String> = commands::argument(&arguments, 2)?;
                let answer = move |view: &CorpusView, _, sharing: &[CorpusView]| {
                    Ok(commands::value(&proposals::answer(view, sharing, &proposal, kind, entry)?))
                };
                let uri = proposals::document(&arguments[0])?;
                self.about_shared(&uri, Need::Nothing, answer).await.map(Some)
            }
            commands::STATISTICS => {
                let uri: Option<lsp::Uri> = commands::argument(&arguments, 0)?;
                let format: Option<String> = commands::argument(&arguments, 1)?;
                let views = self.everywhere(Need::All, move |views| commands::corpora(views, uri.as_ref())).await?;
                let progress = self.progress("scholiast: counting", token);
                commands::in_background(move |is_cancelled| {
                    statistics::count(&views, format.as_deref(), progress, is_cancelled)
                })
                .await
                .map(Some)
            }
            commands::ENTITIES => {
                let question: Option<EntityListQuestion> = commands::argument(&arguments, 0)?;
                let uri: Option<lsp::Uri> = commands::argument(&arguments, 1)?;
                let views = self.everywhere(Need::Index, move |views| commands::corpora(views, uri.as_ref())).await?;
                commands::in_background(move |_| Ok(entity_list::list(&views, &question.unwrap_or_default())))
                    .await
                    .map(Some)
            }
            commands::ANNOTATIONS | commands::ENTRIES | commands::LINK => {
                self.about_annotations(&command, &arguments).await.map(Some)
            }
            commands::DIFFERENCES => {
                let uri: Option<lsp::Uri> = commands::argument(&arguments, 0)?;
                let only = uri.clone();
                let views = self.everywhere(Need::All, move |views| commands::corpora(views, uri.as_ref())).await?;
                commands::in_background(move |_| Ok(settling::list(&views, only.as_ref()))).await.map(Some)
            }
            commands::STATES => {
                let uri: Option<lsp::Uri> = commands::argument(&arguments, 0)?;
                let only: Option<bool> = commands::argument(&arguments, 1)?;
                let text = uri.clone().filter(|_| only == Some(true));
                let views = self.everywhere(Need::All, move |views| commands::corpora(views, uri.as_ref())).await?;
                commands::in_background(move |_| states::list(&views, text.as_ref())).await.map(Some)
            }
            commands::SETTLE => {
                let uri: lsp::Uri = commands::needed(&arguments, 0)?;
                let pair: lsp::LSPAny = commands::needed(&arguments, 1)?;
                let settle = move |view: &CorpusView, file: FileId| {
                    settling::settle(view, pair)?;
                    Ok(view.settled_in(file).and_then(|file| view.path(file)))
                };
                let settled: Option<Utf8PathBuf> = self.on_document(&uri, settle).await?;
                settled.into_iter().for_each(|path| self.owner.send(Event::Settled(path)));
                Ok(None)
            }
            commands::SET_STATE => {
                let uri: lsp::Uri = commands::needed(&arguments, 0)?;
                let state: String = commands::needed(&arguments, 1)?;
                let by: Option<String> = commands::argument(&arguments, 2)?;
                let set = move |view: &CorpusView, file: FileId| states::set(view, file, &state, by);
                self.on_document(&uri, set).await.map(Some)
            }
            other => Err(commands::unknown(other)),
        }
    }

    /// Answers a command about the annotations of a document.
    async fn about_annotations(&self, command: &str, arguments: &[lsp::LSPAny]) -> Result<lsp::LSPAny> {
        let uri: lsp::Uri = commands::needed(arguments, 0)?;
        match command {
            commands::ENTRIES => {
                let range = commands::needed(arguments, 1)?;
                let query: Option<String> = commands::argument(arguments, 2)?;
                let entries = move |view: &CorpusView, file| {
                    Ok(commands::value(&annotating::entries(view, file, range, query.as_deref().unwrap_or_default())))
                };
                self.about(&uri, Need::Nothing, entries).await
            }
            commands::LINK => {
                let range = commands::needed(arguments, 1)?;
                let entry: String = commands::needed(arguments, 2)?;
                let link =
                    move |view: &CorpusView, file| Ok(commands::value(&annotating::link(view, file, range, &entry)?));
                self.about(&uri, Need::Nothing, link).await
            }
            _ => {
                let list = |view: &CorpusView, file| Ok(commands::value(&annotation_list::list(view, file)));
                self.about(&uri, Need::Nothing, list).await
            }
        }
    }
}
