//! The findings of `check` and `baseline`: all corpora of a run, judged in parallel, in the order of output.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::read::LoadedRun;
use super::rule_selection::RuleSelection;
use crate::corpus::File;
use crate::diagnostic::Diagnostic;
use crate::disk::FileError;
use crate::disk::annotation_files::AnnotationFile;
use crate::disk::loaded::LoadedCorpus;
use crate::disk::run_texts::RunTexts;
use crate::render::Sources as _;
use crate::rules::used_settings::UsedSettings;
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
        check(corpus, &wanted, &mut findings);
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
    wanted: &(dyn Fn(Vec<Diagnostic>) -> Vec<Diagnostic> + Sync),
    findings: &mut RunFindings,
) {
    let snapshot = corpus.world.snapshot();
    let config = snapshot.config_source.as_ref().map(|(id, _)| *id).filter(|id| corpus.selected.contains_key(id));
    // Whether a suppression is used is known when every file has been checked.
    let files: Vec<_> =
        snapshot.files().filter(|file| config.is_some() || corpus.selected.contains_key(&file.id)).collect();
    let judge = |file: &&Arc<File>| {
        let mut report = rules::check_file(&snapshot, file);
        report.diagnostics = wanted(report.diagnostics);
        report
    };
    let reports: Vec<rules::FileReport> = files.par_iter().map(judge).collect();
    let mut used = UsedSettings::none_of(&snapshot);
    for report in reports {
        used.take(&report.used, &report.decided);
        findings.found.extend(report.diagnostics);
    }
    let mut others = check_annotations(corpus, config.is_some(), &mut used, &mut findings.problems);
    others.extend(sources::check(&snapshot));
    if config.is_some() {
        others.extend(sources::unused_settings(&snapshot, &used));
    }
    findings.found.extend(wanted(others));
}

/// The findings in annotation files; `all`: also in those that are not selected.
fn check_annotations(
    corpus: &LoadedCorpus,
    all: bool,
    used: &mut UsedSettings,
    problems: &mut Vec<FileError>,
) -> Vec<Diagnostic> {
    let snapshot = corpus.world.current();
    let configurations = corpus.annotation_configurations();
    let files: Vec<&AnnotationFile> =
        corpus.annotations.iter().filter(|beside| all || corpus.selected.contains_key(&beside.id)).collect();
    let reports: Vec<Result<rules::FileReport, FileError>> = files
        .par_iter()
        .map(|beside| {
            let content = corpus.annotation(beside, &configurations)?;
            let check = |of| rules::check_annotations(snapshot, beside.id, beside.path.as_str(), of);
            Ok(content.annotations().map(check).unwrap_or_default())
        })
        .collect();
    let mut found = Vec::new();
    for report in reports {
        match report {
            Ok(report) => {
                used.take(&report.used, &report.decided);
                found.extend(report.diagnostics);
            }
            Err(problem) => problems.push(problem),
        }
    }
    found
}

/// Numbers the files of a finding as [`RunTexts`] does.
fn renumber(diagnostic: &mut Diagnostic, corpus: usize, texts: &RunTexts) {
    let number = |file: &mut FileId| *file = texts.number(corpus, *file);
    number(&mut diagnostic.file);
    diagnostic.related.iter_mut().for_each(|related| number(&mut related.file));
    diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| number(&mut edit.file));
}
