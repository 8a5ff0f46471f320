//! One text under an analyser: its mentions, its findings, what it says to others.

use std::sync::{Arc, OnceLock};

use camino::{Utf8Path, Utf8PathBuf};

use super::mention_rows::{MarkedFile, rows};
use super::statement::Statement;
use super::testimony::{OtherDocuments, Testimony, annotated_words, of_annotations, of_citations, of_spellings};
use crate::annotation::{Configuration, Standoff};
use crate::corpus::annotated::AnnotationCounts;
use crate::corpus::counts::{CountedSpelling, FileCounts};
use crate::corpus::linked::LinkContext;
use crate::corpus::mention::mentions;
use crate::corpus::{LoadedFile, Snapshot, World};
use crate::disk::annotation_files::AnnotationContent;
use crate::render::mentions::MentionRow;
use crate::render::{RuleInfo, Sources};
use crate::rules::{FileReport, check_annotations, check_file, check_unannotated};
use crate::text::FileId;
use crate::text::encoding::decode;

/// The input of an analysis.
#[derive(Clone, Copy, Debug)]
pub struct GivenDocument<'a> {
    /// The path below the corpus root; it decides which settings hold and may say the day of the document.
    pub path: &'a Utf8Path,
    /// The text as it is in its file, with a byte-order mark where there is one.
    pub bytes: &'a [u8],
    /// The annotations beside it: the content of its `.ann` file.
    pub annotations: Option<&'a [u8]>,
}

/// A text that was analysed.
#[derive(Debug)]
pub struct AnalysedDocument<'a> {
    world: World,
    /// The world as it is, with the annotated words.
    snapshot: Snapshot,
    id: FileId,
    bytes: &'a [u8],
    text: Option<&'a str>,
    shown: OnceLock<Option<Arc<str>>>,
    spellings: Vec<CountedSpelling>,
    annotations: Option<AnnotationsBeside<'a>>,
}

/// The annotations beside a document.
#[derive(Debug)]
struct AnnotationsBeside<'a> {
    id: FileId,
    path: Utf8PathBuf,
    bytes: &'a [u8],
    content: AnnotationContent,
    counts: AnnotationCounts,
}

impl AnnotationsBeside<'_> {
    fn standoff(&self) -> Option<(FileId, &Standoff)> {
        Some((self.id, self.content.standoff.as_ref().ok()?))
    }
}

impl<'a> AnalysedDocument<'a> {
    pub(super) fn new(
        mut world: World,
        source: GivenDocument<'a>,
        configuration: Option<Arc<Configuration>>,
        said: &[Statement],
    ) -> Self {
        let GivenDocument { path, bytes, annotations } = source;
        let ctx = world.current().ctx().clone();
        let mut loaded = LoadedFile::new(&ctx.for_path(path.as_str()), bytes);
        let spellings = std::mem::take(&mut loaded.counts.spellings);
        // Rules ask the index for legal documents alone, and an index of all entities costs more than a short text.
        loaded.counts = FileCounts { decrees: std::mem::take(&mut loaded.counts.decrees), ..FileCounts::default() };
        let counts = loaded.counts.clone();
        OtherDocuments::of(said, path.as_str(), &counts).load(&mut world, path, loaded);
        let id = world.id(path);
        let text = decode(bytes).ok();
        let annotations = annotations.map(|bytes| {
            let path = path.with_extension("ann");
            let content = AnnotationContent::new(bytes, text.map(Arc::from), None, configuration);
            let counts = match &content.standoff {
                Ok(standoff) => AnnotationCounts::of(standoff),
                Err(_) => AnnotationCounts::default(),
            };
            AnnotationsBeside { id: world.id(&path), path, bytes, content, counts }
        });
        let mut snapshot = world.snapshot();
        if let Some(beside) = &annotations {
            snapshot.annotations = annotated_words(beside.id, beside.counts.clone(), said);
        }
        Self { world, snapshot, id, bytes, text, shown: OnceLock::new(), spellings, annotations }
    }

    /// The number of the text, in its findings.
    pub const fn id(&self) -> FileId {
        self.id
    }

    /// The text; `None` where it is not UTF-8.
    pub const fn text(&self) -> Option<&'a str> {
        self.text
    }

    /// Lists the mentions, by start, outer first; with `short`, also people named in short.
    pub fn mentions(&self, short: bool, each: &mut dyn FnMut(&MentionRow<'_>)) {
        let snapshot = &self.snapshot;
        let (Some(file), Some(text)) = (snapshot.file(self.id), self.text) else { return };
        let profile = snapshot.profile(file);
        let links = LinkContext { registry: &snapshot.registry, day: profile.date, short };
        let marked = self.annotations.iter().filter_map(|beside| {
            let path = beside.path.as_str();
            let (_, standoff) = beside.standoff()?;
            Some(MarkedFile { standoff, shown: path.to_owned(), annotator: snapshot.config.annotator(path) })
        });
        let marked: Vec<MarkedFile<'_>> = marked.collect();
        let found = mentions(file, &profile, links);
        rows(snapshot, found, &marked, file.path.as_str(), text).for_each(|row| each(&row));
    }

    /// The findings in the text and the annotations beside it, in the order of output.
    pub fn check(&self) -> FileReport {
        let snapshot = &self.snapshot;
        let Some(file) = snapshot.file(self.id) else { return FileReport::default() };
        let mut report = check_file(snapshot, file);
        if let Some(beside) = &self.annotations {
            if let (Some(standoff), Some(text)) = (beside.standoff(), self.text) {
                let missed = check_unannotated(snapshot, self.id, &[standoff], text);
                report.diagnostics.extend(missed.diagnostics);
                report.diagnostics.sort_by(|one, other| one.order().cmp(&other.order()));
                report.used.extend(missed.used);
            }
            let of = (beside.id, Some(self.id));
            let check = |content| check_annotations(snapshot, of, beside.path.as_str(), content);
            let of_annotations = beside.content.annotations().map(check).unwrap_or_default();
            // By path, as the output is.
            let first = if beside.path.as_str() < file.path.as_str() { 0 } else { report.diagnostics.len() };
            report.diagnostics.splice(first..first, of_annotations.diagnostics);
            report.used.extend(of_annotations.used);
            report.decided.extend(of_annotations.decided);
        }
        report
    }

    /// The statements by which this document may change how others are judged, or is judged otherwise itself.
    pub fn testimonies(&self) -> Vec<Testimony> {
        let Some(file) = self.snapshot.file(self.id) else { return Vec::new() };
        let mut testimonies = of_citations(file);
        testimonies.extend(of_spellings(&self.snapshot, file, &self.spellings));
        if let Some(beside) = &self.annotations {
            testimonies.extend(of_annotations(&self.snapshot, file, &beside.counts, beside.standoff(), self.text));
        }
        testimonies
    }

    /// The text that findings show. Bytes that look like UTF-16 are no text, and still some of them may be shown.
    fn shown(&self) -> Option<Arc<str>> {
        self.shown.get_or_init(|| std::str::from_utf8(self.bytes).ok().map(Arc::from)).clone()
    }
}

impl Sources for AnalysedDocument<'_> {
    fn path(&self, file: FileId) -> &str {
        self.world.named(file).map_or("", |path| path.as_str())
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        if file == self.id {
            return self.shown();
        }
        match &self.annotations {
            Some(beside) if beside.id == file => std::str::from_utf8(beside.bytes).ok().map(Arc::from),
            _ => self.snapshot.source(file).map(|source| source.text.clone()),
        }
    }

    fn rule(&self, _: &str) -> Option<RuleInfo> {
        None
    }
}
