//! `scholiast mentions`: what was recognised.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write as _;

use camino::Utf8Path;

use super::args;
use super::exit_status::{CLEAN, FAILED};
use super::mention_counts::MentionCounts;
use super::mention_kinds::{ANNOTATION, KindChoice, kind_of};
use super::output::Output;
use super::read::{LoadedRun, read};
use crate::annotation::{AnnotationRemarks, Standoff, TextBound};
use crate::corpus::Snapshot;
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::{Mention, MentionKind, NameMention, mentions};
use crate::diagnostic::Severity;
use crate::disk::annotation_files::{AnnotationConfigurations, AnnotationContent, AnnotationFile};
use crate::disk::loaded::LoadedCorpus;
use crate::recognise::name::Via;
use crate::render::Sources as _;
use crate::render::mentions::{
    AnnotationColumns, MentionFormat, MentionLink, MentionRenderer, MentionRow, RelationColumn,
};
use crate::rules::annotation::covered::CoveredText;
use crate::text::{FileId, LineIndex};

/// Runs the command.
///
/// # Errors
/// When an argument is wrong, standard input cannot be read, or output cannot be written.
pub fn run(args: &args::MentionsArgs) -> anyhow::Result<u8> {
    let output = Output { quiet: args.paths.quiet };
    let default = if Output::on_terminal() { MentionFormat::Full } else { MentionFormat::Concise };
    let format = args.format.unwrap_or(default);
    let mut renderer = MentionRenderer::new(format, Output::default().options(false, Severity::Warning));
    let LoadedRun { loaded, texts } = read(&args.paths, output, &|_| {})?;
    let choice = KindChoice::new(&args.kind, &loaded)?;
    let mut files: Vec<(usize, FileId, String)> = Vec::new();
    for (number, corpus) in loaded.corpora.iter().enumerate() {
        files.extend(corpus.selected.iter().map(|(id, shown)| (number, *id, shown.clone())));
    }
    files.sort_by(|a, b| a.2.cmp(&b.2));
    let besides: Vec<BTreeMap<FileId, Vec<&AnnotationFile>>> = loaded.corpora.iter().map(by_text).collect();
    let mut problems = Vec::new();
    let mut out = Output::default().sink(None)?;
    let mut counts = MentionCounts::default();
    for (number, id, shown) in &files {
        let snapshot = loaded.corpora[*number].world.current();
        let Some(file) = snapshot.file(*id) else { continue };
        let Some(text) = texts.text(texts.number(*number, *id)) else { continue };
        let corpus = &loaded.corpora[*number];
        let mut marks: Vec<MarkedFile<'_>> = Vec::new();
        for beside in besides[*number].get(id).into_iter().flatten() {
            match corpus.annotation(beside, &AnnotationConfigurations::default()) {
                Ok(content) => marks.extend(MarkedFile::new(corpus, beside, content, shown)),
                Err(problem) => problems.push(problem),
            }
        }
        let file = &*file.unpacked();
        let profile = snapshot.profile(file);
        let links = LinkContext { registry: &snapshot.registry, day: profile.date, short: args.short_mentions };
        let mut found = mentions(file, &profile, links);
        found.retain(|mention| choice.wants(kind_of(snapshot, mention)));
        if args.unannotated {
            let standoffs: Vec<(FileId, &Standoff)> = marks.iter().map(|mark| (mark.id, &mark.standoff)).collect();
            let covered = CoveredText::new(&standoffs, &text);
            let is_name = |mention: &Mention<'_>| matches!(mention.what, MentionKind::Name(_)) || !choice.is_open();
            found.retain(|mention| is_name(mention) && !covered.touches(mention.place.span()));
            marks.clear();
        }
        if !choice.wants(ANNOTATION) {
            marks.clear();
        }
        for row in rows(snapshot, &found, &marks, shown, &text) {
            if args.statistics {
                counts.add(&row);
            } else {
                renderer.mention(&mut *out, &row)?;
            }
        }
    }
    if args.statistics {
        counts.write(&mut *out, format)?;
    }
    out.flush()?;
    problems.iter().for_each(|problem| output.problem(problem));
    Ok(if loaded.problems.is_empty() && problems.is_empty() { CLEAN } else { FAILED })
}

/// The annotation files of a corpus, by the text they stand beside.
fn by_text(corpus: &LoadedCorpus) -> BTreeMap<FileId, Vec<&AnnotationFile>> {
    let mut by_text: BTreeMap<FileId, Vec<&AnnotationFile>> = BTreeMap::new();
    for beside in &corpus.annotations {
        by_text.entry(beside.text).or_default().push(beside);
    }
    by_text
}

/// An annotation file beside a text.
struct MarkedFile<'a> {
    id: FileId,
    standoff: Standoff,
    /// The path as it is printed.
    shown: String,
    annotator: Option<&'a str>,
}

impl<'a> MarkedFile<'a> {
    /// A file; nothing where it is no text, which is a finding.
    fn new(corpus: &'a LoadedCorpus, file: &AnnotationFile, content: AnnotationContent, text: &str) -> Option<Self> {
        let standoff = content.standoff.ok()?;
        let ending = file.path.extension().unwrap_or_default();
        let beside = || Utf8Path::new(text).with_extension(ending).into_string();
        let shown = corpus.selected.get(&file.id).cloned().unwrap_or_else(beside);
        let annotator = corpus.world.current().config.annotator(file.path.as_str());
        Some(Self { id: file.id, standoff, shown, annotator })
    }
}

/// The recognised and the annotated mentions of a file, by start, outer first.
fn rows<'a>(
    snapshot: &'a Snapshot,
    found: &'a [Mention<'_>],
    annotations: &'a [MarkedFile<'a>],
    shown: &'a str,
    text: &'a str,
) -> Vec<MentionRow<'a>> {
    let mut rows: Vec<MentionRow<'a>> = found.iter().map(|mention| row(snapshot, mention, shown, text)).collect();
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
    // Stable: an annotation comes behind what was recognised at the same place.
    rows.sort_by_key(|row| (row.place.start.byte, std::cmp::Reverse(row.place.end.byte)));
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

fn row<'a>(snapshot: &'a Snapshot, mention: &'a Mention<'_>, shown: &'a str, text: &'a str) -> MentionRow<'a> {
    let mut row = MentionRow {
        path: shown.into(),
        text: mention.place.span().slice(text).into(),
        place: mention.place,
        extent: (mention.extent.start, mention.extent.end),
        via: "grammar",
        ..MentionRow::default()
    };
    match &mention.what {
        MentionKind::Name(name) => name_columns(snapshot, name, &mut row),
        MentionKind::Date { reading, resolved, .. } => {
            row.kind = "date".into();
            row.value = reading.value.as_ref().map(|value| Cow::Owned(value.to_string()));
            row.resolved = resolved.as_deref().map(Cow::Borrowed);
            row.era = reading.era.map(crate::recognise::profile::Era::code);
        }
        MentionKind::Decree { fact, entry } => {
            row.kind = "decree".into();
            if let Some(entry) = entry {
                row.link = MentionLink::Id(snapshot.registry.get(*entry).id.as_str().into());
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
