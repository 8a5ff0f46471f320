//! The findings of the corpora of a run: judged in parallel, in the order of output.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;

use camino::Utf8Path;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::annotation::Standoff;
use crate::corpus::{File, Snapshot};
use crate::curation::{CurationFile, DocumentSide, SettledFile, open_differences};
use crate::diagnostic::Diagnostic;
use crate::disk::FileError;
use crate::disk::annotation_files::{self, AnnotationConfigurations, AnnotationContent, AnnotationFile, ProjectFile};
use crate::disk::compared_set::{self, ComparedSet};
use crate::disk::loaded::{LoadedCorpora, LoadedCorpus};
use crate::disk::run_texts::RunTexts;
use crate::render::Sources as _;
use crate::rules::used_settings::UsedSettings;
use crate::rules::{self, FileReport, sources};
use crate::text::FileId;
use crate::text::encoding::decode;

/// The findings of a run.
#[derive(Debug, Default)]
pub struct RunFindings {
    /// The findings that are wanted, in the order of output, their files numbered as [`RunTexts`] does.
    pub found: Vec<Diagnostic>,
    /// The files that could not be judged.
    pub problems: Vec<FileError>,
}

/// Tells by the code of a rule whether its findings are wanted.
pub type IsWanted<'w> = &'w (dyn Fn(&str) -> bool + Sync);

/// Judges what was read.
pub fn find(loaded: &LoadedCorpora, texts: &RunTexts, wants: IsWanted<'_>) -> RunFindings {
    let mut found = Vec::new();
    let taken = each_lot::<Infallible>(loaded, texts, wants, &mut |lot| {
        found.extend(lot);
        Ok(())
    });
    let problems = match taken {
        Ok(problems) => problems,
        Err(never) => match never {},
    };
    RunFindings { found, problems }
}

/// The rule that names mentions in a text which nobody annotated.
const MISSED: &str = "annotation/missed";

/// The rule that compares annotations with another annotator's.
const DIFFERENCE: &str = "annotation/difference";

/// Files that are judged at once.
const LOT: usize = 1024;

/// A file to be judged.
struct FileToJudge<'r> {
    /// The path under which it is shown.
    path: &'r str,
    corpus: usize,
    content: ContentToJudge<'r>,
}

enum ContentToJudge<'r> {
    Text(&'r Arc<File>),
    Annotations(&'r AnnotationFile),
    /// A file of the configuration of annotations.
    Project(&'r ProjectFile),
    /// A file in which people keep what they have decided.
    Curation(FileId, CurationFile),
    /// An annotation file without a text: its number, and its path below the corpus root.
    Orphan(FileId, &'r Utf8Path),
    /// The registry and the configuration are judged as a whole: the findings of one file of them.
    Judged(Vec<Diagnostic>),
}

/// Judges what was read, and hands on the findings that are wanted in the order of output, lot by lot: all findings of
/// a large corpus take more memory than the corpus. Returns the files that could not be judged.
///
/// # Errors
/// When `take` fails.
pub fn each_lot<E>(
    loaded: &LoadedCorpora,
    texts: &RunTexts,
    wants: IsWanted<'_>,
    take: &mut dyn FnMut(Vec<Diagnostic>) -> Result<(), E>,
) -> Result<Vec<FileError>, E> {
    let corpora: Vec<JudgedCorpus<'_>> = loaded
        .corpora
        .iter()
        .zip(0..)
        .map(|(corpus, number)| JudgedCorpus::new(corpus, number, wants, texts))
        .collect();
    let mut problems = Vec::new();
    if corpora.iter().any(JudgedCorpus::looks_for_unused) {
        take(all_at_once(&corpora, texts, &mut problems))?;
        return Ok(problems);
    }
    let mut files: Vec<FileToJudge<'_>> = corpora.iter().flat_map(|corpus| corpus.files(false)).collect();
    files.sort_by_key(|file| file.path);
    let mut rest = &files[..];
    while !rest.is_empty() {
        // Files of two corpora that are shown alike are judged together, so that their findings can be put in order.
        let last = rest[rest.len().min(LOT) - 1].path;
        let count = rest.partition_point(|file| file.path <= last);
        let judged: Vec<Result<FileReport, FileError>> =
            rest[..count].par_iter().map(|file| corpora[file.corpus].judge(file)).collect();
        rest = &rest[count..];
        let mut found = Vec::new();
        for judged in judged {
            match judged {
                Ok(report) => found.extend(report.diagnostics),
                Err(problem) => problems.push(problem),
            }
        }
        sort(&mut found, texts);
        take(found)?;
    }
    Ok(problems)
}

/// All findings that are wanted, where one file has findings about all others: suppressions and decisions without
/// effect.
fn all_at_once(corpora: &[JudgedCorpus<'_>], texts: &RunTexts, problems: &mut Vec<FileError>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for corpus in corpora {
        let files = corpus.files(corpus.looks_for_unused());
        let judged: Vec<Result<FileReport, FileError>> = files.par_iter().map(|file| corpus.judge(file)).collect();
        let mut used = UsedSettings::none_of(&corpus.snapshot);
        used.take(&corpus.sources.used, &[]);
        for judged in judged {
            match judged {
                Ok(report) => {
                    used.take(&report.used, &report.decided);
                    found.extend(report.diagnostics);
                }
                Err(problem) => problems.push(problem),
            }
        }
        if corpus.looks_for_unused() {
            found.extend(corpus.wanted(sources::unused_settings(&corpus.snapshot, &used)));
        }
    }
    sort(&mut found, texts);
    found
}

/// Puts findings in the order of output. Files are compared with each other, not their findings: paths are long.
pub fn sort(found: &mut [Diagnostic], texts: &RunTexts) {
    let files: FxHashSet<FileId> = found.iter().map(|diagnostic| diagnostic.file).collect();
    let mut files: Vec<(&str, FileId)> = files.into_iter().map(|file| (texts.path(file), file)).collect();
    files.sort_unstable();
    // Files of two corpora that are shown alike have one place.
    let alike = files.chunk_by(|one, other| one.0 == other.0).zip(0_u32..);
    let places: FxHashMap<FileId, u32> =
        alike.flat_map(|(alike, place)| alike.iter().map(move |(_, file)| (*file, place))).collect();
    let place = |diagnostic: &Diagnostic| places.get(&diagnostic.file);
    found.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| a.order().cmp(&b.order())));
}

/// A corpus that is being judged.
struct JudgedCorpus<'r> {
    corpus: &'r LoadedCorpus,
    number: usize,
    snapshot: Snapshot,
    configurations: AnnotationConfigurations,
    /// The annotation files of each text.
    beside: FxHashMap<FileId, Vec<&'r AnnotationFile>>,
    wants: IsWanted<'r>,
    texts: &'r RunTexts,
    /// The findings in the registry and the configuration.
    sources: FileReport,
    /// The set that annotations are compared with, and what of it is settled.
    compared: Option<(ComparedSet, SettledFile)>,
}

impl<'r> JudgedCorpus<'r> {
    fn new(corpus: &'r LoadedCorpus, number: usize, wants: IsWanted<'r>, texts: &'r RunTexts) -> Self {
        let mut snapshot = corpus.world.snapshot();
        // Rules that compare annotation files with each other need what all of them say.
        let compares = ["annotation/inconsistent", MISSED].into_iter().any(wants);
        if compares {
            snapshot.annotations = corpus.annotation_index();
        }
        let configurations = corpus.annotation_configurations();
        let mut beside: FxHashMap<FileId, Vec<&AnnotationFile>> = FxHashMap::default();
        corpus.annotations.iter().for_each(|file| beside.entry(file.text).or_default().push(file));
        let mut sources = sources::check(&snapshot);
        let with = snapshot.config.compare.as_ref().filter(|_| snapshot.config_source.is_some());
        let compared = match with.map(|with| ComparedSet::open(&corpus.root, &with.value)) {
            None => None,
            Some(Ok(set)) if wants(DIFFERENCE) => Some((set, compared_set::settled(&*corpus.files, &corpus.root))),
            Some(Ok(_)) => None,
            Some(Err(reason)) => {
                sources.diagnostics.extend(sources::nothing_to_compare(&snapshot, &reason));
                None
            }
        };
        Self { corpus, number, snapshot, configurations, beside, wants, texts, sources, compared }
    }

    /// Tells whether suppressions and decisions that have no effect are to be found: that is known when every file has
    /// been judged, whatever is asked for.
    fn looks_for_unused(&self) -> bool {
        let config = self.snapshot.config_source.as_ref();
        (!self.snapshot.config.suppress.is_empty() || !self.snapshot.config.decisions.is_empty())
            && config.is_some_and(|(config, _)| self.corpus.selected.contains_key(config))
    }

    /// The files that are asked for, or all, in no particular order.
    fn files(&self, all: bool) -> Vec<FileToJudge<'_>> {
        let is_asked = |file: FileId| all || self.corpus.selected.contains_key(&file);
        let texts = self.snapshot.files().filter(|file| is_asked(file.id));
        let annotations = self.corpus.annotations.iter().filter(|beside| is_asked(beside.id));
        let mut judged: BTreeMap<FileId, Vec<Diagnostic>> = BTreeMap::new();
        for found in self.sources.diagnostics.iter().filter(|found| is_asked(found.file)) {
            judged.entry(found.file).or_default().push(found.clone());
        }
        let texts = texts.map(|file| (file.id, ContentToJudge::Text(file)));
        let annotations = annotations.map(|beside| (beside.id, ContentToJudge::Annotations(beside)));
        let judged = judged.into_iter().map(|(file, found)| (file, ContentToJudge::Judged(found)));
        let projects = self.corpus.project_files.iter().filter(|file| is_asked(file.id));
        let projects = projects.map(|file| (file.id, ContentToJudge::Project(file)));
        let orphans = self.corpus.orphans.iter().filter(|(id, _)| is_asked(*id));
        let orphans = orphans.map(|(id, path)| (*id, ContentToJudge::Orphan(*id, path)));
        let file = |(id, content)| {
            let path = self.texts.path(self.texts.number(self.number, id));
            FileToJudge { path, corpus: self.number, content }
        };
        let curation = self.corpus.curation_files.iter().filter(|(file, _)| is_asked(*file));
        let curation = curation.map(|(id, which)| (*id, ContentToJudge::Curation(*id, *which)));
        texts.chain(annotations).chain(projects).chain(orphans).chain(curation).chain(judged).map(file).collect()
    }

    /// The findings in a file that are wanted, and the suppressions that silence others.
    fn judge(&self, file: &FileToJudge<'_>) -> Result<FileReport, FileError> {
        let mut report = match &file.content {
            ContentToJudge::Text(text) => self.text(text),
            ContentToJudge::Annotations(beside) => self.annotations(beside)?,
            ContentToJudge::Project(file) => self.project(file)?,
            ContentToJudge::Curation(id, which) => self.curation(*id, *which)?,
            ContentToJudge::Orphan(id, path) => rules::check_orphan(&self.snapshot, *id, path),
            ContentToJudge::Judged(found) => FileReport { diagnostics: found.clone(), ..FileReport::default() },
        };
        report.diagnostics = self.wanted(report.diagnostics);
        Ok(report)
    }

    /// Those of some findings that are wanted, their files numbered as [`RunTexts`] does.
    fn wanted(&self, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        found.retain(|found| self.corpus.selected.contains_key(&found.file) && (self.wants)(&found.code));
        found.iter_mut().for_each(|found| renumber(found, self.number, self.texts));
        found
    }

    /// The findings in a text, those among them that its annotations bring.
    fn text(&self, text: &File) -> FileReport {
        let text = &*text.unpacked();
        let mut report = rules::check_file(&self.snapshot, text);
        // Where nobody is named, nobody is left out, and the annotation files need not be read once more.
        let names_somebody = || text.facts().any(|(_, facts)| !facts.names.is_empty());
        let files = self.beside.get(&text.id).filter(|_| (self.wants)(MISSED) && names_somebody());
        // What cannot be read is said of the annotation file.
        let read: Option<Vec<(FileId, AnnotationContent)>> = files.and_then(|files| {
            files.iter().map(|file| Some((file.id, self.corpus.annotation(file, &self.configurations).ok()?))).collect()
        });
        let Some(read) = read else { return report };
        let standoffs: Vec<(FileId, &Standoff)> =
            read.iter().filter_map(|(id, content)| Some((*id, content.standoff.as_ref().ok()?))).collect();
        if let Some((_, AnnotationContent { text: Some(content), .. })) = read.first()
            && standoffs.len() == read.len()
        {
            let missed = rules::check_unannotated(&self.snapshot, text.id, &standoffs, content);
            report.diagnostics.extend(missed.diagnostics);
            report.used.extend(missed.used);
        }
        report
    }

    /// The findings in an annotation file.
    fn annotations(&self, beside: &AnnotationFile) -> Result<FileReport, FileError> {
        let content = self.corpus.annotation(beside, &self.configurations)?;
        let of = (beside.id, Some(beside.text));
        let check = |content| rules::check_annotations(&self.snapshot, of, beside.path.as_str(), content);
        let mut report = content.annotations().map(check).unwrap_or_default();
        if let Some(differences) = self.differences(beside, &content) {
            report.diagnostics.extend(differences.diagnostics);
            report.used.extend(differences.used);
        }
        Ok(report)
    }

    /// The findings about differences from the set that the corpus is compared with. They are reported in one file of a
    /// document.
    fn differences(&self, beside: &AnnotationFile, content: &AnnotationContent) -> Option<FileReport> {
        let (set, settled) = self.compared.as_ref()?;
        let with = self.snapshot.config.compare.as_ref()?;
        let document = self.snapshot.path(beside.text)?;
        let all = self.beside.get(&beside.text)?;
        let is_first = all.iter().map(|file| annotation_files::rank(&file.path)).min()
            == Some(annotation_files::rank(&beside.path));
        if !is_first || set.holds(&self.corpus.root, document) {
            return None;
        }
        let theirs = set.document(document)?;
        let (standoff, text) = (content.standoff.as_ref().ok()?, content.text.as_deref()?);
        let others = all.iter().filter(|file| file.id != beside.id);
        let others = others.filter_map(|file| self.corpus.annotation(file, &self.configurations).ok()?.standoff.ok());
        let ours: Vec<Standoff> = others.chain([standoff.clone()]).collect();
        let found = open_differences(
            document.as_str(),
            DocumentSide { text, files: &ours },
            DocumentSide { text: theirs.text.as_deref().unwrap_or(text), files: &theirs.files },
            settled,
        );
        let file = (beside.id, beside.path.as_str(), standoff);
        Some(rules::check_differences(&self.snapshot, file, (beside.text, text), &with.value, &found.open))
    }

    /// The findings in a file in which people keep what they have decided.
    fn curation(&self, file: FileId, which: CurationFile) -> Result<FileReport, FileError> {
        let Some(bytes) = self.corpus.curation_bytes(which)? else { return Ok(FileReport::default()) };
        Ok(rules::check_curation_file(&self.snapshot, (file, which), decode(&bytes), true))
    }

    /// The findings in a file of the configuration of annotations.
    fn project(&self, file: &ProjectFile) -> Result<FileReport, FileError> {
        let bytes = self.corpus.project_bytes(file)?;
        let source = String::from_utf8_lossy(&bytes);
        let types = self.corpus.annotation_configuration(&file.path, &mut AnnotationConfigurations::default());
        let of = (file.which, &*source);
        Ok(rules::check_configuration(&self.snapshot, file.id, file.path.as_str(), of, types.as_deref()))
    }
}

/// Numbers the files of a finding as [`RunTexts`] does.
fn renumber(diagnostic: &mut Diagnostic, corpus: usize, texts: &RunTexts) {
    let number = |file: &mut FileId| *file = texts.number(corpus, *file);
    number(&mut diagnostic.file);
    diagnostic.related.iter_mut().for_each(|related| number(&mut related.file));
    diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| number(&mut edit.file));
}
