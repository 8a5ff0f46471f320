//! Completion.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::annotation_files::AnnotationQuestion;
use super::edits;
use crate::diagnostic::FileEdit;
use crate::ide::{self, Completion, CompletionKind, CompletionTopic};
use crate::lsp::view::CorpusView;
use crate::registry::EntityKind;
use crate::text::{FileId, Place, Position};

/// The data of an item until somebody looks at it.
#[derive(Serialize, Deserialize)]
struct ItemData {
    uri: lsp::Uri,
    sort: ItemSort,
    name: String,
}

#[derive(Serialize, Deserialize)]
enum ItemSort {
    Entity,
    Decree,
    Rule,
}

/// The document an item is of.
pub fn document(item: &lsp::CompletionItem) -> Option<lsp::Uri> {
    Some(serde_json::from_value::<ItemData>(item.data.clone()?).ok()?.uri)
}

/// Returns the completions, the best first.
pub fn complete(view: &CorpusView, file: FileId, at: lsp::Position) -> Option<lsp::CompletionResponse> {
    let uri = view.uri(file)?;
    let (found, rest) = match AnnotationQuestion::new(view, file) {
        Some(question) => (question.completions(question.byte(at)), None),
        None => {
            let at = view.at(file, at)?;
            let overwrites = view.session.features.completion_overwrites;
            let rest = overwrites.then(|| ide::end_of_word(&view.snapshot, at)).flatten();
            (ide::completions(&view.snapshot, at), rest)
        }
    };
    let items = found.into_iter().enumerate().map(|(number, found)| item(view, file, &uri, number, found, rest));
    let items: Vec<lsp::CompletionItem> = items.collect();
    // What fits is found without marks and by words inside, which no editor can: it has to ask again with each letter.
    // After an empty answer that says so VS Code never asks again, and offers its own guesses alone.
    Some(lsp::CompletionResponse::List(lsp::CompletionList { is_incomplete: !items.is_empty(), items }))
}

fn item(
    view: &CorpusView,
    file: FileId,
    uri: &lsp::Uri,
    number: usize,
    found: Completion,
    rest: Option<Position>,
) -> lsp::CompletionItem {
    let text_edit = text_edit(view, file, &found, rest);
    let data = found.more.map(|more| {
        let (sort, name) = match more {
            CompletionTopic::Entity(id) => (ItemSort::Entity, id),
            CompletionTopic::Decree(reference) => (ItemSort::Decree, reference),
            CompletionTopic::Rule(code) => (ItemSort::Rule, code),
        };
        ItemData { uri: uri.clone(), sort, name: name.into() }
    });
    lsp::CompletionItem {
        label: found.label,
        detail: (!found.detail.is_empty()).then_some(found.detail),
        kind: Some(kind(found.kind)),
        // The order is ours: clients sort by letters otherwise.
        sort_text: Some(format!("{number:04}")),
        // Where nothing has been typed yet, the label is as good.
        filter_text: (!found.filter.is_empty()).then_some(found.filter),
        text_edit: Some(text_edit),
        data: data.and_then(|data| serde_json::to_value(data).ok()),
        ..lsp::CompletionItem::default()
    }
}

/// Returns the edit of an item: in place of what was typed or, where a person wants that, of the rest of the word too.
fn text_edit(view: &CorpusView, file: FileId, found: &Completion, rest: Option<Position>) -> lsp::CompletionTextEdit {
    let edit = |place| edits::text_edit(view, &FileEdit { file, place, text: found.text.as_str().into() });
    let lsp::TextEdit { range: insert, new_text } = edit(found.place);
    match rest {
        Some(end) => {
            let replace = edit(Place { end, ..found.place }).range;
            lsp::CompletionTextEdit::InsertAndReplace(lsp::InsertReplaceEdit { new_text, insert, replace })
        }
        None => lsp::TextEdit::new(insert, new_text).into(),
    }
}

const fn kind(kind: CompletionKind) -> lsp::CompletionItemKind {
    match kind {
        CompletionKind::Name(EntityKind::Official) => lsp::CompletionItemKind::CLASS,
        CompletionKind::Name(EntityKind::Person) => lsp::CompletionItemKind::VARIABLE,
        CompletionKind::Name(EntityKind::Organization) => lsp::CompletionItemKind::MODULE,
        CompletionKind::Name(EntityKind::Office) => lsp::CompletionItemKind::INTERFACE,
        CompletionKind::Name(EntityKind::Place) => lsp::CompletionItemKind::CONSTANT,
        CompletionKind::Name(EntityKind::Decree) | CompletionKind::Decree => lsp::CompletionItemKind::FILE,
        CompletionKind::Pattern => lsp::CompletionItemKind::TEXT,
        CompletionKind::Year => lsp::CompletionItemKind::VALUE,
        CompletionKind::Id(_) => lsp::CompletionItemKind::REFERENCE,
        CompletionKind::Key => lsp::CompletionItemKind::PROPERTY,
        CompletionKind::Value => lsp::CompletionItemKind::ENUM_MEMBER,
    }
}

/// Completes an item with its documentation.
pub fn resolve(view: &CorpusView, mut item: lsp::CompletionItem) -> lsp::CompletionItem {
    let data = item.data.clone().and_then(|data| serde_json::from_value::<ItemData>(data).ok());
    if let Some(ItemData { sort, name, .. }) = data {
        let more = match sort {
            ItemSort::Entity => CompletionTopic::Entity(name.into()),
            ItemSort::Decree => CompletionTopic::Decree(name.into()),
            ItemSort::Rule => CompletionTopic::Rule(name.into()),
        };
        let markdown = view.session.features.completion_markdown;
        item.documentation = ide::resolve_completion(&view.snapshot, &more, markdown).map(|value| match markdown {
            true => {
                let kind = lsp::MarkupKind::Markdown;
                lsp::Documentation::MarkupContent(lsp::MarkupContent { kind, value })
            }
            false => lsp::Documentation::String(value),
        });
    }
    item
}
