//! The annotations of a text as data, for what editors show beside it and for their keys: views, colours, steps.
//!
//! Deliberately absent: edits, which are code actions.

use camino::Utf8Path;
use rustc_hash::FxHashSet;
use serde::Serialize;
use tower_lsp::ls_types as lsp;

use crate::annotation::{AnnotationBody, Configuration};
use crate::config::AnnotateConfig;
use crate::ide::annotation::{AnnotationPair, CodePoints, ReferenceIndex, is_registry, ties};
use crate::lsp::view::CorpusView;
use crate::lsp::view::annotated_text::{ReadAnnotations, SavedText};
use crate::text::FileId;

/// Kinds of mentions that registries have entries of.
const LINKED_KINDS: [&str; 6] = ["person", "official", "organization", "office", "place", "decree"];

/// The annotations of a text.
#[derive(Default, Serialize)]
pub struct AnnotationList {
    /// The types that they have.
    types: Vec<ListedType>,
    /// The annotations that mark text, by place.
    annotations: Vec<ListedAnnotation>,
}

#[derive(Serialize)]
struct ListedType {
    #[serde(rename = "type")]
    kind: String,
    /// The name for people.
    label: String,
    /// The colour of the ground, as `visual.conf` has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<String>,
    /// True where annotations of the type are linked to entries.
    linkable: bool,
}

#[derive(Serialize)]
struct ListedAnnotation {
    /// The annotation file.
    uri: lsp::Uri,
    id: String,
    #[serde(rename = "type")]
    kind: String,
    text: String,
    /// The places in the text.
    ranges: Vec<lsp::Range>,
    links: Vec<ListedLink>,
    relations: Vec<ListedRelation>,
    /// `Name` or `Name: value`.
    attributes: Vec<String>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ListedLink {
    /// The id of the entry; of another database with its name before it.
    entry: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

/// A relation to another annotation, or a role of an event that the other one fills.
#[derive(Serialize)]
struct ListedRelation {
    #[serde(rename = "type")]
    kind: String,
    target: String,
    text: String,
}

/// The annotations of a text, or of the text of an annotation file.
pub fn list(view: &CorpusView, file: FileId) -> AnnotationList {
    let text = view.annotations.get(file).map_or(Some(file), |beside| beside.text);
    let read = text.and_then(|text| Some((text, SavedText::read(view, text)?)));
    let Some((text, saved)) = read else { return AnnotationList::default() };
    let points = CodePoints::new(&saved.text);
    let mut annotations = Vec::new();
    for beside in &view.read_annotations(text) {
        let Some(uri) = view.uri(beside.file) else { continue };
        let pair = beside.pair(&points);
        annotations.extend(listed(view, &saved, beside, &pair, &uri));
    }
    annotations.sort_by_key(|listed| listed.ranges.first().map(|range| (range.start.line, range.start.character)));
    let folder = view.below(text).and_then(Utf8Path::parent).unwrap_or(Utf8Path::new(""));
    let configuration = view.annotations.configuration(&view.root, folder);
    let types = types(&annotations, configuration.as_deref(), &view.snapshot.config.annotate);
    AnnotationList { types, annotations }
}

fn listed(
    view: &CorpusView,
    saved: &SavedText,
    read: &ReadAnnotations,
    pair: &AnnotationPair<'_>,
    uri: &lsp::Uri,
) -> Vec<ListedAnnotation> {
    let index = ReferenceIndex::new(&read.shown);
    let placed = pair.placed().into_iter();
    let listed = placed.filter_map(|(number, spans)| {
        let id = pair.id(number);
        let links = index.links(id).map(|(_, _, database, entry)| ListedLink {
            entry: if is_registry(database) { entry.to_owned() } else { format!("{database}:{entry}") },
            name: view
                .snapshot
                .registry
                .by_id(entry)
                .filter(|_| is_registry(database))
                .map(|entry| entry.display_name().to_owned()),
        });
        let relations = ties(pair, &index, number, true).into_iter().map(|tie| ListedRelation {
            kind: tie.name,
            target: pair.id(tie.other).to_owned(),
            text: pair.words(tie.other).unwrap_or_default(),
        });
        let (attributes, notes) = said(read, &index, id);
        Some(ListedAnnotation {
            uri: uri.clone(),
            id: id.to_owned(),
            kind: pair.kind(number)?.to_owned(),
            text: pair.words(number)?,
            ranges: spans.into_iter().map(|span| view.range(saved.place(span))).collect(),
            links: links.collect(),
            relations: relations.collect(),
            attributes,
            notes,
        })
    });
    listed.collect()
}

/// The attributes and notes of an annotation and of the events that it triggers.
fn said(read: &ReadAnnotations, index: &ReferenceIndex<'_>, id: &str) -> (Vec<String>, Vec<String>) {
    let slice = |span| read.shown.slice(span);
    let (mut attributes, mut notes) = (Vec::new(), Vec::new());
    let events = index.events(id);
    for id in std::iter::once(id).chain(events) {
        for (_, line) in index.of(id) {
            match line.body {
                AnnotationBody::Attribute { name, value: None, .. } => attributes.push(slice(name).to_owned()),
                AnnotationBody::Attribute { name, value: Some(value), .. } => {
                    attributes.push(format!("{}: {}", slice(name), slice(value)));
                }
                AnnotationBody::Note { text: Some(text), .. } => notes.push(slice(text).to_owned()),
                _ => {}
            }
        }
    }
    (attributes, notes)
}

fn types(
    annotations: &[ListedAnnotation],
    configuration: Option<&Configuration>,
    annotate: &AnnotateConfig,
) -> Vec<ListedType> {
    let mut seen = FxHashSet::default();
    let mut linked: FxHashSet<&str> = LINKED_KINDS.iter().filter_map(|kind| annotate.type_of(kind)).collect();
    linked.extend(annotations.iter().filter(|of| !of.links.is_empty()).map(|of| of.kind.as_str()));
    let kinds = annotations.iter().map(|of| of.kind.as_str()).filter(|kind| seen.insert(*kind));
    let types = kinds.map(|kind| ListedType {
        kind: kind.to_owned(),
        label: configuration.map_or(kind, |known| known.label(kind)).to_owned(),
        color: configuration.and_then(|known| known.labels().span_drawing(kind).background),
        linkable: linked.contains(kind),
    });
    types.collect()
}
