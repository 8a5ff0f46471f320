//! The findings of `check` and `baseline`: all corpora of a run, judged in parallel, in the order of output.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::read::LoadedRun;
use super::rule_selection::RuleSelection;
use crate::annotation::Standoff;
use crate::corpus::{File, Snapshot};
use crate::diagnostic::Diagnostic;
use crate::disk::FileError;
use crate::disk::annotation_files::{AnnotationConfigurations, AnnotationContent, AnnotationFile};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::run_texts::RunTexts;
use crate::render::Sources as _;
use crate::rules::{self, sources};
use crate::text::FileId;

/// The findings of a run.
#[derive(Debug, Default)]
pub struct RunFindings {
    /// The findings that are wanted, in the order of output, their files numbered as [`RunTexts`] does.
    pub found: Vec<Diagnostic>,
    /// The files that could not be judged.
    pub problems: Vec<FileError>,
}

/// Judges what was read.
pub fn find(read: &LoadedRun, choice: &RuleSelection) -> RunFindings {
    let LoadedRun { loaded, texts } = read;
    let mut findings = RunFindings::default();
    for (number, corpus) in loaded.corpora.iter().enumerate() {
        let is_wanted = |found: &Diagnostic| corpus.selected.contains_key(&found.file) && choice.wants(&found.code);
        let wanted = |mut found: Vec<Diagnostic>| {
            found.retain(is_wanted);
            found.iter_mut().for_each(|diagnostic| renumber(diagnostic, number, texts));
            found
        };
        // Rules that compare annotation files with each other need what all of them say.
        let of_annotations =
            ["annotation/inconsistent", "annotation/missed"].into_iter().any(|code| choice.wants(code));
        check(corpus, of_annotations, &wanted, &mut findings);
    }
    sort(&mut findings.found, texts);
    findings
}

/// Puts findings in the order of output. Files are compared with each other, not their findings: paths are long.
fn sort(found: &mut [Diagnostic], texts: &RunTexts) {
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

/// Adds the findings of a corpus of which `wanted` leaves something, in no particular order.
fn check(
    corpus: &LoadedCorpus,
    of_annotations: bool,
    wanted: &(dyn Fn(Vec<Diagnostic>) -> Vec<Diagnostic> + Sync),
    findings: &mut RunFindings,
) {
    let mut snapshot = corpus.world.snapshot();
    if of_annotations {
        snapshot.annotations = corpus.annotation_index();
    }
    let config = snapshot.config_source.as_ref().map(|(id, _)| *id).filter(|id| corpus.selected.contains_key(id));
    // Whether a suppression is used is known when every file has been checked.
    let files: Vec<_> =
        snapshot.files().filter(|file| config.is_some() || corpus.selected.contains_key(&file.id)).collect();
    let judge = |file: &&Arc<File>| {
        let rules::FileReport { diagnostics, used } = rules::check_file(&snapshot, file);
        (wanted(diagnostics), used)
    };
    let reports: Vec<(Vec<Diagnostic>, Vec<usize>)> = files.par_iter().map(judge).collect();
    let mut used = vec![false; snapshot.config.suppress.len()];
    for (found, silenced) in reports {
        silenced.iter().for_each(|number| used[*number] = true);
        findings.found.extend(found);
    }
    let mut others = check_annotations(corpus, &snapshot, config.is_some(), &mut used, &mut findings.problems);
    others.extend(sources::check(&snapshot));
    if config.is_some() {
        others.extend(sources::unused_suppressions(&snapshot, &used));
    }
    findings.found.extend(wanted(others));
}

/// The findings in annotation files and in the configurations beside them, and those in texts that their annotations
/// bring; `all`: also in files that are not selected.
fn check_annotations(
    corpus: &LoadedCorpus,
    snapshot: &Snapshot,
    all: bool,
    used: &mut [bool],
    problems: &mut Vec<FileError>,
) -> Vec<Diagnostic> {
    let configurations = corpus.annotation_configurations();
    let is_wanted = |id: FileId| all || corpus.selected.contains_key(&id);
    let mut documents: BTreeMap<FileId, Vec<&AnnotationFile>> = BTreeMap::new();
    for file in &corpus.annotations {
        documents.entry(file.text).or_default().push(file);
    }
    documents.retain(|text, files| is_wanted(*text) || files.iter().any(|file| is_wanted(file.id)));
    let documents: Vec<(FileId, Vec<&AnnotationFile>)> = documents.into_iter().collect();
    let check = |(text, files): &(FileId, Vec<&AnnotationFile>)| {
        let read = CheckedDocument::read(corpus, *text, files, &configurations);
        read.check(snapshot, &is_wanted)
    };
    let mut reports: Vec<Result<rules::FileReport, FileError>> = documents.par_iter().flat_map_iter(check).collect();
    reports.extend(corpus.project_files.iter().filter(|file| is_wanted(file.id)).map(|file| {
        let bytes = corpus.project_bytes(file)?;
        let source = String::from_utf8_lossy(&bytes);
        let types = corpus.annotation_configuration(&file.path, &mut AnnotationConfigurations::default());
        let of = (file.which, &*source);
        Ok(rules::check_configuration(snapshot, file.id, file.path.as_str(), of, types.as_deref()))
    }));
    let mut found = Vec::new();
    for report in reports {
        match report {
            Ok(report) => {
                report.used.iter().for_each(|number| used[*number] = true);
                found.extend(report.diagnostics);
            }
            Err(problem) => problems.push(problem),
        }
    }
    found
}

/// The annotation files beside one text.
struct CheckedDocument<'a> {
    text: FileId,
    files: Vec<(&'a AnnotationFile, Result<AnnotationContent, FileError>)>,
}

impl<'a> CheckedDocument<'a> {
    fn read(
        corpus: &LoadedCorpus,
        text: FileId,
        files: &[&'a AnnotationFile],
        configurations: &AnnotationConfigurations,
    ) -> Self {
        let files = files.iter().map(|file| (*file, corpus.annotation(file, configurations)));
        Self { text, files: files.collect() }
    }

    fn check(
        self,
        snapshot: &Snapshot,
        is_wanted: &dyn Fn(FileId) -> bool,
    ) -> Vec<Result<rules::FileReport, FileError>> {
        let mut reports = Vec::new();
        let mut read: Vec<(FileId, AnnotationContent)> = Vec::new();
        let mut all_read = true;
        for (file, content) in self.files {
            match content {
                Ok(content) => {
                    if is_wanted(file.id) {
                        let check =
                            |of| rules::check_annotations(snapshot, (file.id, Some(self.text)), file.path.as_str(), of);
                        reports.push(Ok(content.annotations().map(check).unwrap_or_default()));
                    }
                    read.push((file.id, content));
                }
                Err(problem) => {
                    all_read = false;
                    if is_wanted(file.id) {
                        reports.push(Err(problem));
                    }
                }
            }
        }
        let standoffs: Vec<(FileId, &Standoff)> =
            read.iter().filter_map(|(id, content)| Some((*id, content.standoff.as_ref().ok()?))).collect();
        let is_whole = all_read && standoffs.len() == read.len() && is_wanted(self.text);
        if let Some((_, AnnotationContent { text: Some(text), .. })) = read.first().filter(|_| is_whole) {
            reports.push(Ok(rules::check_unannotated(snapshot, self.text, &standoffs, text)));
        }
        reports
    }
}

/// Numbers the files of a finding as [`RunTexts`] does.
fn renumber(diagnostic: &mut Diagnostic, corpus: usize, texts: &RunTexts) {
    let number = |file: &mut FileId| *file = texts.number(corpus, *file);
    number(&mut diagnostic.file);
    diagnostic.related.iter_mut().for_each(|related| number(&mut related.file));
    diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| number(&mut edit.file));
}
