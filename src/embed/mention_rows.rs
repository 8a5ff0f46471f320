//! The rows of mentions: from what was recognised and annotated in a document to what is listed of it.
//!
//! Deliberately absent: how a row is written (`render::mentions`).

use std::borrow::Cow;
use std::collections::BTreeMap;

use camino::Utf8Path;

use crate::annotation::{AnnotationRemarks, Standoff, TextBound};
use crate::corpus::Snapshot;
use crate::corpus::mention::{Mention, MentionKind, NameMention};
use crate::disk::annotation_files::{AnnotationContent, AnnotationFile};
use crate::disk::loaded::LoadedCorpus;
use crate::recognise::name::Via;
use crate::render::mentions::{AnnotationColumns, MentionLink, MentionRow, RelationColumn};
use crate::text::{FileId, LineIndex};

/// The kind of annotations.
pub const ANNOTATION: &str = "annotation";

/// The annotation files of a corpus, by the text they stand beside.
pub fn by_text(corpus: &LoadedCorpus) -> BTreeMap<FileId, Vec<&AnnotationFile>> {
    let mut by_text: BTreeMap<FileId, Vec<&AnnotationFile>> = BTreeMap::new();
    for beside in &corpus.annotations {
        by_text.entry(beside.text).or_default().push(beside);
    }
    by_text
}

/// An annotation file beside a text.
pub struct MarkedFile<'a> {
    /// The annotations.
    pub standoff: &'a Standoff,
    /// The path as it is printed.
    pub shown: String,
    /// The annotator, where the configuration names one.
    pub annotator: Option<&'a str>,
}

impl<'a> MarkedFile<'a> {
    /// An annotation file of a corpus beside the text that is printed as `text`; nothing where it is no text, which is
    /// a finding.
    pub fn new(
        corpus: &'a LoadedCorpus,
        file: &AnnotationFile,
        content: &'a AnnotationContent,
        text: &str,
    ) -> Option<Self> {
        let standoff = content.standoff.as_ref().ok()?;
        let ending = file.path.extension().unwrap_or_default();
        let beside = || Utf8Path::new(text).with_extension(ending).into_string();
        let shown = corpus.selected.get(&file.id).cloned().unwrap_or_else(beside);
        let annotator = corpus.world.current().config.annotator(file.path.as_str());
        Some(Self { standoff, shown, annotator })
    }
}

/// The recognised and the annotated mentions of a file, by start, outer first. A row is made when its turn comes: all
/// rows of a large text take more memory than the text.
pub fn rows<'a>(
    snapshot: &'a Snapshot,
    found: impl Iterator<Item = Mention<'a>>,
    annotations: &'a [MarkedFile<'a>],
    shown: &'a str,
    text: &'a str,
) -> impl Iterator<Item = MentionRow<'a>> {
    let mut found = found.map(move |mention| row(snapshot, mention, shown, text)).peekable();
    let mut annotated = annotated(annotations, shown, text).into_iter().peekable();
    std::iter::from_fn(move || match (found.peek(), annotated.peek()) {
        (Some(one), Some(other)) if order(other) < order(one) => annotated.next(),
        (None, _) => annotated.next(),
        // An annotation comes behind what was recognised at the same place.
        (Some(_), _) => found.next(),
    })
}

fn order(row: &MentionRow<'_>) -> (u32, std::cmp::Reverse<u32>) {
    (row.place.start.byte, std::cmp::Reverse(row.place.end.byte))
}

/// The annotated mentions, in order.
fn annotated<'a>(annotations: &'a [MarkedFile<'a>], shown: &'a str, text: &'a str) -> Vec<MentionRow<'a>> {
    let mut rows = Vec::new();
    if !annotations.is_empty() {
        let lines = LineIndex::new(text);
        for file in annotations {
            let remarks = file.standoff.remarks();
            rows.extend(file.standoff.marked(text).iter().map(|marked| {
                let columns = AnnotationColumns {
                    id: marked.id.into(),
                    file: file.shown.as_str().into(),
                    annotator: file.annotator.map(Cow::Borrowed),
                    ..AnnotationColumns::default()
                };
                let columns = match remarks.of(marked.id) {
                    Some(said) => with_remarks(columns, said),
                    None => columns,
                };
                MentionRow { annotation: Some(columns), ..annotation_row(marked, &lines, shown, text) }
            }));
        }
    }
    rows.sort_by_key(order);
    rows
}

fn with_remarks<'a>(columns: AnnotationColumns<'a>, said: &AnnotationRemarks<'a>) -> AnnotationColumns<'a> {
    let attributes = said.attributes.iter().map(|(name, value)| ((*name).into(), value.map(Cow::Borrowed)));
    let relations = said.relations.iter().map(|relation| RelationColumn {
        id: relation.id.into(),
        kind: relation.kind.into(),
        role: relation.role.into(),
        target: relation.target.into(),
    });
    AnnotationColumns {
        attributes: attributes.collect(),
        relations: relations.collect(),
        notes: said.notes.iter().map(|(_, text)| (*text).into()).collect(),
        ..columns
    }
}

fn annotation_row<'a>(marked: &TextBound<'a>, lines: &LineIndex, shown: &'a str, text: &'a str) -> MentionRow<'a> {
    MentionRow {
        path: shown.into(),
        text: marked.core.slice(text).into(),
        place: lines.place(text, marked.core),
        extent: (marked.extent.start, marked.extent.end),
        kind: ANNOTATION.into(),
        label: Some(marked.label.into()),
        link: match marked.entries[..] {
            [] => MentionLink::None,
            [one] => MentionLink::Id(one.into()),
            ref several => MentionLink::Candidates(several.iter().map(|entry| Cow::Borrowed(*entry)).collect()),
        },
        via: "annotation",
        ..MentionRow::default()
    }
}

fn row<'a>(snapshot: &'a Snapshot, mention: Mention<'a>, shown: &'a str, text: &'a str) -> MentionRow<'a> {
    let mut row = MentionRow {
        path: shown.into(),
        text: mention.place.span().slice(text).into(),
        place: mention.place,
        extent: (mention.extent.start, mention.extent.end),
        via: "grammar",
        ..MentionRow::default()
    };
    match mention.what {
        MentionKind::Name(name) => name_columns(snapshot, &name, &mut row),
        MentionKind::Date { reading, resolved, .. } => {
            row.kind = "date".into();
            row.value = reading.value.as_ref().map(|value| Cow::Owned(value.to_string()));
            row.resolved = resolved.map(|resolved| Cow::Owned(resolved.into_string()));
            row.era = reading.era.map(crate::recognise::profile::Era::code);
        }
        MentionKind::Decree { fact, entry } => {
            row.kind = "decree".into();
            if let Some(entry) = entry {
                row.link = MentionLink::Id(snapshot.registry.get(entry).id.as_str().into());
            }
            let symbol = &fact.symbol;
            row.value = Some(symbol.reference.as_str().into());
            row.number = Some(symbol.number.as_str().into());
            row.year = symbol.year.and_then(|year| u16::try_from(year).ok());
            row.decree_type = symbol.kind.as_deref().map(Cow::Borrowed);
            row.agency = symbol.agency.as_deref().map(Cow::Borrowed);
        }
        MentionKind::Pattern(fact) => {
            row.kind = snapshot.patterns().name(fact.kind).into();
            row.value = Some(fact.value.as_str().into());
            row.via = "pattern";
        }
    }
    row
}

fn name_columns<'a>(snapshot: &'a Snapshot, name: &NameMention<'_>, row: &mut MentionRow<'a>) {
    let id = |entity| Cow::Borrowed(snapshot.registry.get(entity).id.as_str());
    row.kind = name.kind.as_str().into();
    row.via = match name.via {
        Via::Exact => "exact",
        Via::Folded => "folded",
        Via::SoundsLike { .. } => "sounds-like",
        Via::Grammar => "grammar",
        Via::Context => "context",
    };
    row.holder = name.holder.map(id);
    row.link = match (name.one(), name.bare) {
        (Some(one), _) => MentionLink::Id(id(one)),
        (None, true) => MentionLink::None,
        (None, false) if name.entities.is_empty() => MentionLink::None,
        (None, false) => {
            let mut ids: Vec<Cow<'a, str>> = name.entities.iter().copied().map(id).collect();
            ids.sort_unstable();
            MentionLink::Candidates(ids)
        }
    };
}
