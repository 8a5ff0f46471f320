//! Code actions that annotate: edits of the annotation file beside a text, which is made where there is none.

use std::collections::HashMap;

use camino::Utf8Path;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::renaming::REQUEST_FAILED;
use crate::annotation::{Configuration, Standoff};
use crate::ide::FileRange;
use crate::ide::annotation::{
    AnnotationAction, AnnotationContext, AnnotationDeed, CodePoints, DescribedEntry, annotate_all, composed,
    described_entry, entries_like, recognised_mentions,
};
use crate::lsp::convert;
use crate::lsp::view::CorpusView;
use crate::lsp::view::annotated_text::{ReadAnnotations, SavedText};
use crate::text::edit::TextEdit;
use crate::text::{FileId, LineIndex, Span};

/// The kind of actions that annotate.
pub const ANNOTATE: lsp::CodeActionKind = lsp::CodeActionKind::new("refactor.rewrite.annotation");

/// Occurrences that one action annotates in the whole corpus.
const MOST_FILES: usize = 2000;
/// Entries that are looked up for the actions of a range.
const MOST_ENTRIES: usize = 6;
/// Entries that are listed for a person who chooses one.
const MOST_CHOICES: usize = 50;

/// The data of an action: what it does, for editors that give it a key of its own.
#[derive(Serialize)]
struct DeedData {
    deed: &'static str,
    /// The type that an annotation gets.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    /// The entry that is linked to.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    /// The key that `kb_shortcuts.conf` gives the type that something gets.
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<char>,
    /// Of an action about the whole corpus all that its edit is made of.
    #[serde(flatten)]
    everywhere: Option<EverywhereData>,
}

/// The data of an action about the whole corpus until a person has chosen it.
#[derive(Serialize, Deserialize)]
struct EverywhereData {
    uri: lsp::Uri,
    #[serde(rename = "annotateAs")]
    kind: String,
    words: String,
}

/// The document an action is of.
pub fn document(action: &lsp::CodeAction) -> Option<lsp::Uri> {
    Some(serde_json::from_value::<EverywhereData>(action.data.clone()?).ok()?.uri)
}

/// An annotation file that is edited, or comes into being.
pub(super) struct EditedAnnotations {
    read: Option<ReadAnnotations>,
    uri: lsp::Uri,
    version: Option<i32>,
    /// The annotations where they stand now.
    standoff: Standoff,
    /// The edits that bring the file there.
    moves: Vec<TextEdit>,
}

impl EditedAnnotations {
    /// The file in which a text is annotated: its `.ann`, else its `.a2`, else a new one.
    pub(super) fn of(view: &CorpusView, text: FileId, saved: &SavedText) -> Option<Self> {
        let mut beside = view.annotations_beside(text);
        let rank = |ending: Option<&str>| ["ann", "a2"].iter().position(|known| ending == Some(*known)).unwrap_or(2);
        beside.sort_by_key(|(_, beside)| rank(beside.path.extension()));
        let Some((file, beside)) = beside.into_iter().find(|(_, beside)| rank(beside.path.extension()) < 2) else {
            let path = view.path(text)?.with_extension("ann");
            // One that cannot be read is not written over.
            if path.exists() {
                return None;
            }
            let uri = convert::uri(&path)?;
            return Some(Self { read: None, uri, version: None, standoff: Standoff::parse(""), moves: Vec::new() });
        };
        let read = ReadAnnotations::read(view, file, beside)?;
        let moves = read.moved.as_ref().map(|moved| moved.edits(&saved.text)).unwrap_or_default();
        let standoff = match moves.is_empty() {
            true => read.shown.as_ref().clone(),
            false => Standoff::parse(crate::text::edit::applied(read.shown.source(), &moves)?),
        };
        Some(Self { uri: view.uri(file)?, version: view.version(file), read: Some(read), standoff, moves })
    }

    /// The annotations where they stand now.
    pub(super) const fn standoff(&self) -> &Standoff {
        &self.standoff
    }

    /// Of an `.a2` the `.a1`.
    pub(super) fn given(&self) -> Option<&Standoff> {
        self.read.as_ref().and_then(|read| read.given.as_ref())
    }

    /// Edits of the annotations where they stand now, as edits of the file in the editor or on the disk.
    fn edits(&self, edits: &[TextEdit]) -> Vec<TextEdit> {
        match &self.read {
            Some(read) => composed(&read.shown, self.moves.clone(), &self.standoff, edits),
            None => edits.to_vec(),
        }
    }

    fn source(&self) -> &str {
        self.read.as_ref().map_or("", |read| read.shown.source())
    }
}

/// The actions for a range of a text.
pub fn actions(view: &CorpusView, file: FileId, range: lsp::Range) -> Vec<lsp::CodeActionOrCommand> {
    offered(view, file, range, None).into_iter().map(Into::into).collect()
}

/// The action that links what is annotated or mentioned in a range to an entry.
///
/// # Errors
/// When there is no such entry, or nothing there can be linked to it.
pub fn link(view: &CorpusView, file: FileId, range: lsp::Range, entry: &str) -> Result<lsp::CodeAction> {
    let failed = |message: String| Error { code: REQUEST_FAILED, message: message.into(), data: None };
    let Some(known) = view.snapshot.registry.by_id(entry) else {
        return Err(failed(format!("there is no entry `{entry}` in the registry")));
    };
    let only = (known.id.to_string(), known.display_name().to_owned());
    let links = |action: &lsp::CodeAction| {
        let of =
            |field: &str| action.data.as_ref().and_then(|data| data.get(field)).and_then(serde_json::Value::as_str);
        of("entry") == Some(entry) && matches!(of("deed"), Some("link" | "annotate-and-link"))
    };
    let nothing = || {
        failed(format!(
            "nothing here can be linked to `{entry}`; select words, or put the cursor on a mention or an annotation without that link"
        ))
    };
    offered(view, file, range, Some(&only)).into_iter().find(links).ok_or_else(nothing)
}

/// An entry that an annotation may be linked to.
#[derive(Serialize)]
pub struct LinkChoice {
    entry: String,
    /// The preferred name in each script.
    name: String,
    kind: &'static str,
    /// The id and the office.
    detail: String,
    /// The number of texts that mention it.
    texts: usize,
}

/// The entries that what is annotated or mentioned in a range may be linked to, the likeliest first; with a query those
/// that match it.
pub fn entries(view: &CorpusView, file: FileId, range: lsp::Range, query: &str) -> Vec<LinkChoice> {
    let mut found = Vec::new();
    if query.trim().is_empty() {
        let Some(saved) = SavedText::read(view, file) else { return Vec::new() };
        let selection = saved.selection(range, view.session.encoding);
        let shown = view.selection(file, range).unwrap_or(FileRange { file, span: Span::new(0, 0) });
        let mentions = recognised_mentions(&view.snapshot, shown, &|place| saved.span(place));
        found.extend(mentions.iter().flat_map(|mention| mention.entries.iter().map(|(id, _)| id.clone())));
        let mut words: Vec<String> = Vec::new();
        if selection.is_empty() {
            let points = CodePoints::new(&saved.text);
            for beside in &view.read_annotations(file) {
                let pair = beside.pair(&points);
                words.extend(pair.touched(selection).into_iter().filter_map(|number| pair.words(number)));
            }
            words.extend(mentions.iter().map(|mention| mention.span.slice(&saved.text).to_owned()));
        } else {
            words.push(selection.slice(&saved.text).to_owned());
        }
        for words in words {
            found.extend(entries_like(&view.snapshot, &words, MOST_CHOICES).into_iter().map(|(id, _)| id));
        }
    } else {
        found.extend(entries_like(&view.snapshot, query, MOST_CHOICES).into_iter().map(|(id, _)| id));
    }
    let mut seen = FxHashSet::default();
    found.retain(|id| seen.insert(id.clone()));
    let choices = found.iter().filter_map(|id| {
        let DescribedEntry { name, detail, kind, texts } = described_entry(&view.snapshot, id)?;
        Some(LinkChoice { entry: id.clone(), name, kind: kind.as_str(), detail, texts })
    });
    choices.take(MOST_CHOICES).collect()
}

/// The actions for a range of a text; where an entry is given, it alone is linked to.
fn offered(
    view: &CorpusView,
    file: FileId,
    range: lsp::Range,
    only: Option<&(String, String)>,
) -> Vec<lsp::CodeAction> {
    let Some(saved) = SavedText::read(view, file) else { return Vec::new() };
    let Some(edited) = EditedAnnotations::of(view, file, &saved) else { return Vec::new() };
    let points = CodePoints::new(&saved.text);
    let selection = saved.selection(range, view.session.encoding);
    let shown = view.selection(file, range).unwrap_or(FileRange { file, span: Span::new(0, 0) });
    let mut mentions = recognised_mentions(&view.snapshot, shown, &|place| saved.span(place));
    if only.is_some() {
        mentions.iter_mut().for_each(|mention| mention.entries.clear());
    }
    let below = view.below(file).unwrap_or(Utf8Path::new(""));
    let folder = below.parent().unwrap_or(Utf8Path::new(""));
    let configuration = view.annotations.configuration(&view.root, folder);
    let context = AnnotationContext {
        standoff: &edited.standoff,
        points: &points,
        given: edited.read.as_ref().and_then(|read| read.given.as_ref()),
        configuration: configuration.as_deref(),
        mentions: &mentions,
        annotate: &view.snapshot.config.annotate,
        entries: &|words| match only {
            Some(only) => vec![only.clone()],
            None => entries_like(&view.snapshot, words, MOST_ENTRIES),
        },
    };
    let actions = context.actions(selection).into_iter();
    actions.filter_map(|action| convert_action(view, file, &edited, configuration.as_deref(), action)).collect()
}

fn convert_action(
    view: &CorpusView,
    file: FileId,
    edited: &EditedAnnotations,
    configuration: Option<&Configuration>,
    action: AnnotationAction,
) -> Option<lsp::CodeAction> {
    let AnnotationDeed { name, kind, entry } = action.deed;
    let (edit, everywhere) = match action.everywhere {
        None => (Some(workspace(view, vec![(edited, action.edits)], None)), None),
        Some(_) if !view.session.features.resolve_edits => return None,
        Some((kind, words)) => (None, Some(EverywhereData { uri: view.uri(file)?, kind, words })),
    };
    let key = kind
        .as_ref()
        .filter(|_| matches!(name, "annotate" | "retype"))
        .and_then(|kind| configuration?.shortcuts().key(kind));
    let data = DeedData { deed: name, kind, entry, key, everywhere };
    Some(lsp::CodeAction {
        title: action.title,
        kind: Some(if name == AnnotationDeed::MEND { lsp::CodeActionKind::QUICKFIX } else { ANNOTATE }),
        edit,
        data: serde_json::to_value(data).ok(),
        ..lsp::CodeAction::default()
    })
}

/// Edits of annotation files as one edit of the workspace, with the files that come into being. With a label a person
/// sees them first.
pub(super) fn workspace(
    view: &CorpusView,
    files: Vec<(&EditedAnnotations, Vec<TextEdit>)>,
    label: Option<&str>,
) -> lsp::WorkspaceEdit {
    let features = &view.session.features;
    let label = label.filter(|_| features.change_annotations);
    let mut changes: HashMap<lsp::Uri, Vec<lsp::TextEdit>> = HashMap::new();
    let mut operations = Vec::new();
    let mut created = false;
    for (edited, edits) in files {
        let source = edited.source();
        let lines = LineIndex::new(source);
        let edits = edited.edits(&edits).into_iter().map(|edit| behind_last_line(source, edit));
        let edits = edits.map(|edit| lsp::TextEdit {
            range: view.range(lines.place(source, edit.span)),
            new_text: edit.text.to_string(),
        });
        let edits: Vec<lsp::TextEdit> = edits.collect();
        if !features.document_changes {
            changes.entry(edited.uri.clone()).or_default().extend(edits);
            continue;
        }
        if edited.read.is_none() && features.create_files {
            created = true;
            // What somebody has made meanwhile is not written over.
            let options = lsp::CreateFileOptions { overwrite: Some(false), ignore_if_exists: Some(true) };
            let create = lsp::CreateFile { uri: edited.uri.clone(), options: Some(options), annotation_id: None };
            operations.push(lsp::DocumentChangeOperation::Op(lsp::ResourceOp::Create(create)));
        }
        let text_document =
            lsp::OptionalVersionedTextDocumentIdentifier { uri: edited.uri.clone(), version: edited.version };
        let edits = edits.into_iter().map(|text_edit| match label {
            None => lsp::OneOf::Left(text_edit),
            Some(_) => lsp::OneOf::Right(lsp::AnnotatedTextEdit { text_edit, annotation_id: "annotations".to_owned() }),
        });
        let edit = lsp::TextDocumentEdit { text_document, edits: edits.collect() };
        operations.push(lsp::DocumentChangeOperation::Edit(edit));
    }
    if !features.document_changes {
        return lsp::WorkspaceEdit { changes: Some(changes), ..lsp::WorkspaceEdit::default() };
    }
    let document_changes = match created {
        true => lsp::DocumentChanges::Operations(operations),
        false => lsp::DocumentChanges::Edits(
            operations
                .into_iter()
                .filter_map(|operation| match operation {
                    lsp::DocumentChangeOperation::Edit(edit) => Some(edit),
                    lsp::DocumentChangeOperation::Op(_) => None,
                })
                .collect(),
        ),
    };
    let annotation = label.map(|label| {
        let annotation =
            lsp::ChangeAnnotation { label: label.to_owned(), needs_confirmation: Some(true), description: None };
        HashMap::from([("annotations".to_owned(), annotation)])
    });
    lsp::WorkspaceEdit {
        document_changes: Some(document_changes),
        change_annotations: annotation,
        ..lsp::WorkspaceEdit::default()
    }
}

/// Has lines that come to the end of a file stand behind its last line, before the break that ends it. What is put
/// where a file ends gets an empty line from some editors (Neovim), which show no line there.
fn behind_last_line(source: &str, edit: TextEdit) -> TextEdit {
    let kept = source.trim_end_matches(['\n', '\r']);
    let ending = &source[kept.len()..];
    let line_break = if ending.starts_with("\r\n") { "\r\n" } else { &ending[..ending.len().min(1)] };
    let at_end = edit.span.is_empty() && edit.span.start as usize == source.len();
    match edit.text.strip_suffix(line_break) {
        Some(lines) if at_end && !line_break.is_empty() && !kept.is_empty() => {
            TextEdit::replace(Span::of(kept.len(), kept.len()), format!("{line_break}{lines}"))
        }
        _ => edit,
    }
}

/// The edit of an action about the whole corpus that a person has chosen.
pub fn resolve(view: &CorpusView, mut action: lsp::CodeAction) -> lsp::CodeAction {
    let data = action.data.take().and_then(|data| serde_json::from_value::<EverywhereData>(data).ok());
    let Some(EverywhereData { kind, words, .. }) = data else { return action };
    let files: Vec<FileId> = view.snapshot.files_by_path().into_iter().map(|file| file.id).collect();
    let edited: Vec<(EditedAnnotations, Vec<TextEdit>)> =
        files.par_iter().filter_map(|file| everywhere_in(view, *file, &kind, &words)).collect();
    let files = edited.iter().take(MOST_FILES).map(|(edited, edits)| (edited, edits.clone())).collect();
    let label = format!("Annotate `{words}` as {kind}");
    action.edit = Some(workspace(view, files, Some(&label)));
    action
}

/// The edits that annotate words in one text; `None` where there is nothing to do.
fn everywhere_in(
    view: &CorpusView,
    file: FileId,
    kind: &str,
    words: &str,
) -> Option<(EditedAnnotations, Vec<TextEdit>)> {
    let saved = SavedText::read(view, file).filter(|saved| saved.text.contains(words))?;
    let edited = EditedAnnotations::of(view, file, &saved)?;
    let points = CodePoints::new(&saved.text);
    let given = edited.read.as_ref().and_then(|read| read.given.as_ref());
    let folder = view.below(file)?.parent().unwrap_or(Utf8Path::new(""));
    let configuration = view.annotations.configuration(&view.root, folder);
    let is_event = configuration.as_ref().is_some_and(|configuration| configuration.is_trigger_type(kind));
    if configuration.is_some_and(|configuration| !configuration.allows_text(kind)) {
        return None;
    }
    let edits = annotate_all(&edited.standoff, &points, given, (kind, is_event), words);
    (!edits.is_empty()).then_some((edited, edits))
}
