//! Help for readers: hover, hints, lenses, links, folds, selections.

use serde::{Deserialize, Serialize};
use tower_lsp::ls_types as lsp;

use super::annotated_texts::AnnotatedText;
use super::annotation_files::AnnotationQuestion;
use super::sharing::counterpart;
use crate::ide::{self, FileRange, HintKinds};
use crate::lsp::convert;
use crate::lsp::view::CorpusView;
use crate::text::{FileId, Place, Span};

/// Returns the facts about what is under the cursor, and how often other corpora mention it that share its entry.
pub fn hover(view: &CorpusView, file: FileId, sharing: &[CorpusView], at: lsp::Position) -> Option<lsp::Hover> {
    let position = at;
    if let Some(question) = AnnotationQuestion::new(view, file) {
        return Some(shown(view, &question.hover(question.byte(position))?));
    }
    let at = view.at(file, at)?;
    let hover = ide::hover(&view.snapshot, at);
    let mut hover = match AnnotatedText::new(view, file) {
        Some(annotated) => annotated.hover(position, hover)?,
        None => hover?,
    };
    if !sharing.is_empty()
        && let [entry] = &ide::entries_at(&view.snapshot, at)[..]
    {
        let elsewhere = sharing.iter().filter_map(|other| {
            let entry = counterpart(view, entry, other)?;
            ide::entry_count(&other.snapshot, &entry)
        });
        if let Some(count) = elsewhere.reduce(ide::EntityCount::and) {
            hover.add_elsewhere(&count);
        }
    }
    Some(shown(view, &hover))
}

fn shown(view: &CorpusView, hover: &ide::Hover) -> lsp::Hover {
    let contents = if view.session.features.markdown {
        lsp::MarkupContent { kind: lsp::MarkupKind::Markdown, value: hover.markdown() }
    } else {
        lsp::MarkupContent { kind: lsp::MarkupKind::PlainText, value: hover.plain() }
    };
    lsp::Hover { contents: lsp::HoverContents::Markup(contents), range: Some(view.range(hover.place)) }
}

/// The hints of a part of a text, of the sorts that the configuration leaves on.
pub fn hints(view: &CorpusView, file: FileId, range: lsp::Range) -> Option<Vec<lsp::InlayHint>> {
    let wanted = &view.settings.inlay_hints;
    if !wanted.enable || !view.switch("inlay-hints") {
        return None;
    }
    let kinds = HintKinds { spelling: wanted.spelling, year: wanted.year, decree: wanted.decree };
    let hints = ide::inlay_hints(&view.snapshot, view.selection(file, range)?, kinds);
    let hint = |at, label: String| lsp::InlayHint {
        position: view.position(at),
        label: lsp::InlayHintLabel::String(label),
        kind: None,
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    };
    let mut hints: Vec<lsp::InlayHint> = hints.into_iter().map(|shown| hint(shown.position, shown.label)).collect();
    if wanted.link
        && let Some(annotated) = AnnotatedText::new(view, file)
    {
        hints.extend(annotated.links(range).into_iter().map(|link| hint(link.place.end, format!("→ {}", link.entry))));
        hints.sort_by_key(|hint| hint.position);
    }
    Some(hints)
}

/// The data of a lens until somebody looks at it.
#[derive(Serialize, Deserialize)]
struct LensData {
    uri: lsp::Uri,
    id: String,
}

/// The document a lens is of.
pub fn lens_document(lens: &lsp::CodeLens) -> Option<lsp::Uri> {
    Some(serde_json::from_value::<LensData>(lens.data.clone()?).ok()?.uri)
}

/// A lens for each entry of a registry file; what it says comes later.
pub fn lenses(view: &CorpusView, file: FileId) -> Option<Vec<lsp::CodeLens>> {
    let uri = view.uri(file)?;
    if !view.settings.code_lens.enable || !view.switch("code-lens") {
        return None;
    }
    let lens = |lens: ide::EntryLens| lsp::CodeLens {
        range: view.range(lens.place),
        command: None,
        data: serde_json::to_value(LensData { uri: uri.clone(), id: lens.id.to_string() }).ok(),
    };
    Some(ide::code_lens(&view.snapshot, file).into_iter().map(lens).collect())
}

/// Completes a lens: its text, of the corpora that share its file too. Clicked on, it shows the mentions, in editors
/// that know the command.
pub fn resolve_lens(view: &CorpusView, file: FileId, sharing: &[CorpusView], mut lens: lsp::CodeLens) -> lsp::CodeLens {
    let data = lens.data.clone().and_then(|data| serde_json::from_value::<LensData>(data).ok());
    let at = view.offset(file, lens.range.start);
    if let (Some(LensData { uri, id }), Some(at)) = (data, at) {
        let place = view.snapshot.source(file).map_or_else(Place::default, |source| source.place(Span::new(at, at)));
        let entry = ide::lens_entry(&view.snapshot, file, &ide::EntryLens { place, id: id.into() });
        let standing = entry.and_then(|entry| {
            let theirs = sharing.iter().filter_map(|other| {
                let entry = counterpart(view, &entry, other)?;
                ide::standing(&other.snapshot, &entry)
            });
            ide::standing(&view.snapshot, &entry).into_iter().chain(theirs).reduce(ide::EntryStanding::and)
        });
        let shows = view.session.options.commands.iter().any(|command| command == super::commands::SHOW_REFERENCES);
        lens.command = standing.map(|standing| match shows {
            true => lsp::Command {
                title: standing.to_string(),
                command: super::commands::SHOW_REFERENCES.to_owned(),
                arguments: Some(vec![serde_json::json!(uri), serde_json::json!(lens.range.start)]),
            },
            // A client without the command shows the count; a click on it would be an error.
            false => lsp::Command { title: standing.to_string(), command: String::new(), arguments: None },
        });
    }
    lens
}

/// The data of a link until somebody looks at it.
#[derive(Serialize, Deserialize)]
struct LinkData {
    uri: lsp::Uri,
    decree: String,
}

/// The document a link is in.
pub fn link_document(link: &lsp::DocumentLink) -> Option<lsp::Uri> {
    Some(serde_json::from_value::<LinkData>(link.data.clone()?).ok()?.uri)
}

/// Links out of a file; what they lead to comes later.
pub fn links(view: &CorpusView, file: FileId) -> Option<Vec<lsp::DocumentLink>> {
    let uri = view.uri(file)?;
    let data = |decree: compact_str::CompactString| {
        serde_json::to_value(LinkData { uri: uri.clone(), decree: decree.into() }).ok()
    };
    let link = |link: ide::DocumentLink| lsp::DocumentLink {
        range: view.range(link.place),
        target: convert::link(&link.url),
        tooltip: None,
        data: link.decree.and_then(data),
    };
    Some(ide::document_links(&view.snapshot, file).into_iter().map(link).collect())
}

/// Completes a link: the title of what it leads to.
pub fn resolve_link(view: &CorpusView, mut link: lsp::DocumentLink) -> lsp::DocumentLink {
    let data = link.data.clone().and_then(|data| serde_json::from_value::<LinkData>(data).ok());
    if let Some(data) = data.filter(|_| view.session.features.link_tooltips) {
        link.tooltip = ide::resolve_document_link(&view.snapshot, &data.decree);
    }
    link
}

/// Returns the folds.
pub fn folds(view: &CorpusView, file: FileId) -> Vec<lsp::FoldingRange> {
    let fold = |fold: ide::FoldedLines| lsp::FoldingRange {
        start_line: fold.start,
        end_line: fold.end,
        kind: fold.comment.then_some(lsp::FoldingRangeKind::Comment),
        ..lsp::FoldingRange::default()
    };
    let folds = match AnnotationQuestion::new(view, file) {
        Some(question) => question.folds(),
        None => ide::folding_ranges(&view.snapshot, file),
    };
    folds.into_iter().map(fold).collect()
}

/// The places around each cursor, from inside out.
pub fn selections(view: &CorpusView, file: FileId, cursors: &[lsp::Position]) -> Vec<lsp::SelectionRange> {
    let question = AnnotationQuestion::new(view, file);
    let around = |cursor: &lsp::Position| {
        let empty = lsp::SelectionRange { range: lsp::Range { start: *cursor, end: *cursor }, parent: None };
        let places = match (&question, view.at(file, *cursor)) {
            (Some(question), _) => question.selections(question.byte(*cursor)),
            (None, Some(at)) => ide::selection_ranges(&view.snapshot, at),
            (None, None) => return empty,
        };
        let outside_in = places.into_iter().rev();
        let nested = outside_in.fold(None, |parent, place| {
            Some(lsp::SelectionRange { range: view.range(place), parent: parent.map(Box::new) })
        });
        nested.unwrap_or(empty)
    };
    cursors.iter().map(around).collect()
}

impl CorpusView {
    /// Selected bytes; an inverted selection is turned round.
    pub fn selection(&self, file: FileId, range: lsp::Range) -> Option<FileRange> {
        let (start, end) = (self.offset(file, range.start)?, self.offset(file, range.end)?);
        Some(FileRange { file, span: Span::new(start.min(end), start.max(end)) })
    }

    /// A switch of `[editor]` in the configuration; all are on unless turned off.
    pub fn switch(&self, name: &str) -> bool {
        self.snapshot.config.editor_switch(name).unwrap_or(true)
    }
}
