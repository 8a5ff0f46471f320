//! Differences from another annotator's set (`[compare] with`): a list of them, and actions that settle one.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::annotating::{EditedAnnotations, workspace};
use super::commands::{SETTLE, value};
use super::renaming::REQUEST_FAILED;
use crate::curation::{CurationFile, Difference, OpenDifference, SettledPair};
use crate::disk::compared_set;
use crate::ide::annotation::{CodePoints, SettledAnnotations, SettlingAction, SettlingChange};
use crate::lsp::view::CorpusView;
use crate::lsp::view::annotated_text::SavedText;
use crate::rules::annotation::difference::{self, DifferencePlaces};
use crate::text::{FileId, Span};

/// A difference for people who go from one to the next.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ListedDifference {
    /// The text.
    uri: lsp::Uri,
    range: lsp::Range,
    /// The annotation file in which it is a finding.
    annotations: Option<lsp::Uri>,
    /// `missing`, `extra`, `boundary`, `type`, `link`, `attribute`, `relation`.
    kind: &'static str,
    message: String,
}

/// The content of a settled difference, as an action hands it to its command.
#[derive(Serialize, Deserialize)]
struct PairData {
    path: String,
    place: String,
    kind: String,
    ours: String,
    theirs: String,
}

/// The data of an action, for editors that give it a key.
#[derive(Serialize)]
struct SettlingData {
    deed: &'static str,
}

/// The open differences of corpora, or of one text; by path and place.
pub fn list(views: &[CorpusView], only: Option<&lsp::Uri>) -> lsp::LSPAny {
    let mut all: Vec<ListedDifference> = Vec::new();
    let only = only.and_then(crate::lsp::convert::path);
    for view in views {
        if view.compared_set().is_none_or(|set| set.is_err()) {
            continue;
        }
        let files = view.snapshot.files_by_path();
        let wanted = |file: FileId| match &only {
            None => true,
            Some(path) => [Some(file), view.settled_in(file)]
                .into_iter()
                .flatten()
                .any(|file| view.path(file).as_ref() == Some(path)),
        };
        let of_file: Vec<Vec<ListedDifference>> =
            files.par_iter().filter(|file| wanted(file.id)).map(|file| of_document(view, file.id)).collect();
        all.extend(of_file.into_iter().flatten());
    }
    value(&all)
}

fn of_document(view: &CorpusView, document: FileId) -> Vec<ListedDifference> {
    let found = view.differences(document).filter(|found| !found.open.is_empty());
    let read = found.and_then(|found| Some((found, SavedText::read(view, document)?, view.uri(document)?)));
    let Some((found, saved, uri)) = read else { return Vec::new() };
    let with = view.snapshot.config.compare.as_ref().map_or("", |with| with.value.as_str());
    let annotations = view.settled_in(document).and_then(|file| view.uri(file));
    let points = CodePoints::new(&saved.text);
    let listed = found.open.iter().filter_map(|OpenDifference { difference, .. }| {
        Some(ListedDifference {
            uri: uri.clone(),
            range: view.range(saved.place(extent(difference, &points)?)),
            annotations: annotations.clone(),
            kind: difference.kind.as_str(),
            message: difference::message(difference, with),
        })
    });
    listed.collect()
}

/// The place of a difference in the text, in bytes: that of both sides.
fn extent(difference: &Difference, points: &CodePoints<'_>) -> Option<Span> {
    let sides = difference.a.iter().chain(&difference.b).flat_map(|side| &side.fragments);
    let spans = sides.filter_map(|&(start, end)| Some(Span::new(points.byte(start)?, points.byte(end)?)));
    spans.reduce(Span::cover)
}

/// The actions that settle the differences in a range of a text, or of its annotation file.
pub fn actions(view: &CorpusView, file: FileId, range: lsp::Range) -> Vec<lsp::CodeAction> {
    let document = view.annotations.get(file).map_or(Some(file), |beside| beside.text);
    let Some(document) = document.filter(|_| view.snapshot.config.compare.is_some()) else { return Vec::new() };
    let Some(found) = view.differences(document).filter(|found| !found.open.is_empty()) else { return Vec::new() };
    let Some(saved) = SavedText::read(view, document) else { return Vec::new() };
    let Some(edited) = EditedAnnotations::of(view, document, &saved) else { return Vec::new() };
    let points = CodePoints::new(&saved.text);
    let selection = saved.selection(range, view.session.encoding);
    let shown = view.annotations.get(file).and_then(|beside| beside.shown(view));
    let places = shown.as_ref().map(DifferencePlaces::new);
    let is_meant = |difference: &Difference| match &places {
        _ if file == document => {
            extent(difference, &points).is_some_and(|at| at.start <= selection.end && selection.start <= at.end)
        }
        Some(places) => {
            let at = places.of(difference);
            at.start.line <= range.end.line && range.start.line <= at.end.line
        }
        None => false,
    };
    let context =
        SettledAnnotations { standoff: edited.standoff(), given: edited.given(), points: &points, sides: &found };
    let letters: Vec<char> = saved.text.chars().collect();
    let mut actions = Vec::new();
    for open in found.open.iter().filter(|open| is_meant(&open.difference)) {
        for SettlingAction { settlement, title, change } in context.actions(&open.difference) {
            let mut action = lsp::CodeAction {
                title,
                kind: Some(lsp::CodeActionKind::QUICKFIX),
                data: serde_json::to_value(SettlingData { deed: settlement.as_str() }).ok(),
                ..lsp::CodeAction::default()
            };
            match change {
                Ok(SettlingChange { edits, remaining }) => {
                    let pair = remaining.map(|left| SettledPair::of(&open.pair.path, &letters, &left));
                    action.command = pair.and_then(|pair| settling_command(view, document, &action.title, pair));
                    action.edit = (!edits.is_empty()).then(|| workspace(view, vec![(&edited, edits)], None));
                }
                Err(reason) if view.session.features.disabled_actions => {
                    action.disabled = Some(lsp::CodeActionDisabled { reason });
                }
                Err(_) => continue,
            }
            actions.push(action);
        }
    }
    actions
}

/// The command behind an action that remembers what is settled.
fn settling_command(view: &CorpusView, document: FileId, title: &str, pair: SettledPair) -> Option<lsp::Command> {
    let SettledPair { path, place, kind, ours, theirs } = pair;
    let data = PairData { path, place, kind, ours, theirs };
    let arguments = Some(vec![value(&view.uri(document)?), value(&data)]);
    Some(lsp::Command { title: title.to_owned(), command: SETTLE.to_owned(), arguments })
}

/// Remembers that a difference is settled.
///
/// # Errors
/// When the argument is no difference, or the file that remembers cannot be written.
pub fn settle(view: &CorpusView, pair: lsp::LSPAny) -> Result<()> {
    let wrong = |error| Error::invalid_params(format!("argument 2: {error}"));
    let PairData { path, place, kind, ours, theirs } = serde_json::from_value(pair).map_err(wrong)?;
    let pair = SettledPair { path, place, kind, ours, theirs };
    if !view.is_saved(CurationFile::Settled) {
        let message = format!(
            "{}: it has changes in the editor that are not saved; save it first",
            CurationFile::Settled.file_name()
        );
        return Err(Error { code: REQUEST_FAILED, message: message.into(), data: None });
    }
    compared_set::settle(&view.root, &[pair]).map_err(|message| Error {
        code: REQUEST_FAILED,
        message: format!("{}: {message}", crate::curation::settled_file::FILE_NAME).into(),
        data: None,
    })
}
