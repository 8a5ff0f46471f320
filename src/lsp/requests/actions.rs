//! Code actions.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::{annotating, edits, fix_all, settling, states};
use crate::diagnostic::Diagnostic;
use crate::ide::{self, Action, ActionChange, ActionKind, DeferredChange};
use crate::lsp::view::CorpusView;
use crate::lsp::view::diagnostics::FindingWriter;
use crate::text::{FileId, Span};

/// All safe fixes of a file. The last part is ours, so that a person may turn on the fixes of this server alone.
pub const FIX_ALL: lsp::CodeActionKind = lsp::CodeActionKind::new("source.fixAll.scholiast");

/// The data of an action until a person has chosen it.
#[derive(Serialize, Deserialize)]
struct ActionData {
    uri: lsp::Uri,
    id: String,
    surface: String,
}

/// The document an action is of.
pub fn document(action: &lsp::CodeAction) -> Option<lsp::Uri> {
    Some(serde_json::from_value::<ActionData>(action.data.clone()?).ok()?.uri)
}

/// Returns the actions for a range of a file.
pub fn actions(
    view: &CorpusView,
    file: FileId,
    sharing: &[CorpusView],
    params: &lsp::CodeActionParams,
) -> Option<lsp::CodeActionResponse> {
    if !view.session.features.code_action_literals {
        return None;
    }
    let report = view.findings(file);
    let findings = &report.diagnostics;
    let at = view.selection(file, params.range)?;
    let is_taken = taken_elsewhere(view, sharing);
    let mut actions = ide::code_actions(&view.snapshot, at, findings, &is_taken);
    if let Some(beside) = view.annotations.get(file) {
        let slice = |span: Span| beside.open.as_deref().and_then(|text| text.get(span.range())).map(str::to_owned);
        actions.extend(ide::silence(&view.snapshot, beside.path.as_str(), &slice, at, findings));
    }
    let wanted = |kind: &lsp::CodeActionKind| match &params.context.only {
        None => true,
        Some(only) => only.iter().any(|only| covers(only.as_str(), kind.as_str())),
    };
    let actions = actions.into_iter().filter(|action| wanted(&kind(action.kind)));
    let actions = actions.filter_map(|action| Some(convert_action(view, file, findings, action)?.into()));
    let mut actions: Vec<lsp::CodeActionOrCommand> = actions.collect();
    if wanted(&annotating::ANNOTATE) || wanted(&lsp::CodeActionKind::QUICKFIX) {
        let is_wanted = |action: &lsp::CodeActionOrCommand| match action {
            lsp::CodeActionOrCommand::CodeAction(action) => action.kind.as_ref().is_none_or(&wanted),
            lsp::CodeActionOrCommand::Command(_) => true,
        };
        actions.extend(annotating::actions(view, file, params.range).into_iter().filter(is_wanted));
    }
    if wanted(&lsp::CodeActionKind::QUICKFIX) {
        actions.extend(settling::actions(view, file, params.range).into_iter().map(Into::into));
    }
    // They concern the whole document: at its head, and where somebody asks for actions of the source.
    let asks = params.context.only.is_some() || params.range.end.line == 0;
    if asks && wanted(&states::STATE) {
        actions.extend(states::actions(view, file).into_iter().map(Into::into));
    }
    Some(actions)
}

/// Tells whether one of the corpora that share a registry file has an id.
pub(super) fn taken_elsewhere<'v>(
    view: &'v CorpusView,
    sharing: &'v [CorpusView],
) -> impl Fn(FileId, &str) -> bool + 'v {
    |registry, id| {
        let mut having = sharing.iter().filter(|other| other.snapshot.registry.by_id(id).is_some());
        having.any(|other| view.path(registry).is_some_and(|path| other.registry_file(&path).is_some()))
    }
}

/// Returns whether a kind is one of those that another names: `source` names `source.fixAll` too.
fn covers(named: &str, kind: &str) -> bool {
    kind.strip_prefix(named).is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || named.is_empty())
}

const fn kind(kind: ActionKind) -> lsp::CodeActionKind {
    match kind {
        ActionKind::QuickFix => lsp::CodeActionKind::QUICKFIX,
        ActionKind::Rewrite => lsp::CodeActionKind::REFACTOR_REWRITE,
        ActionKind::FixAll => FIX_ALL,
    }
}

fn convert_action(view: &CorpusView, file: FileId, findings: &[Diagnostic], action: Action) -> Option<lsp::CodeAction> {
    let mut writer = FindingWriter::new(view);
    let answered = action.findings.iter().filter_map(|number| Some(writer.diagnostic(findings.get(*number)?)));
    let answered: Vec<lsp::Diagnostic> = answered.collect();
    let (edit, data) = match action.change {
        ActionChange::Edits(all) if action.kind == ActionKind::FixAll => {
            (Some(fix_all::edit(view, file, findings, &all)?), None)
        }
        ActionChange::Edits(all) => (Some(edits::workspace(view, &all)?), None),
        ActionChange::Deferred(deferred) if !view.session.features.resolve_edits => {
            (Some(edits::workspace(view, &ide::resolve_action(&view.snapshot, &deferred))?), None)
        }
        ActionChange::Deferred(DeferredChange::PreferredEverywhere { id, surface }) => {
            let data = ActionData { uri: view.uri(file)?, id: id.to_string(), surface: surface.to_string() };
            (None, serde_json::to_value(data).ok())
        }
    };
    Some(lsp::CodeAction {
        title: action.title,
        kind: Some(kind(action.kind)),
        diagnostics: (!answered.is_empty()).then_some(answered),
        edit,
        command: None,
        is_preferred: action.preferred.then_some(true),
        disabled: None,
        data,
    })
}

/// The edit of an action that a person has chosen.
pub fn resolve(view: &CorpusView, mut action: lsp::CodeAction) -> lsp::CodeAction {
    let data = action.data.take().and_then(|data| serde_json::from_value::<ActionData>(data).ok());
    if let Some(ActionData { id, surface, .. }) = data {
        let deferred = DeferredChange::PreferredEverywhere { id: id.into(), surface: surface.into() };
        action.edit = edits::workspace(view, &ide::resolve_action(&view.snapshot, &deferred));
    }
    action
}
