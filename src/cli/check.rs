//! `scholiast check`: what is wrong or inconsistent.

use std::io::Write;

use rayon::prelude::*;

use super::args;
use super::read::{Read, read};
use super::{CLEAN, FAILED, FOUND, output};
use crate::diagnostic::Diagnostic;
use crate::disk::Problem;
use crate::disk::beside::{Beside, Configurations};
use crate::disk::load::Corpus;
use crate::disk::texts::Texts;
use crate::render::{Format, Renderer, Sources as _, Summary};
use crate::rules::{self, sources};
use crate::text::FileId;

/// Runs the command.
///
/// # Errors
/// When standard input cannot be read or output cannot be written.
pub fn run(args: &args::Check) -> anyhow::Result<u8> {
    let Read { session, texts } = read(&args.paths)?;
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut problems = Vec::new();
    for (number, corpus) in session.corpora.iter().enumerate() {
        found.extend(check(corpus, &mut problems).into_iter().map(|diagnostic| renumber(diagnostic, number, &texts)));
    }
    problems.iter().for_each(output::problem);
    found.sort_by(|a, b| {
        let (one, other) = (texts.path(a.file), texts.path(b.file));
        one.cmp(other).then_with(|| a.order().cmp(&b.order()))
    });
    let to_file = args.output_file.is_some();
    let default = if output::on_terminal() && !to_file { Format::Full } else { Format::Concise };
    let format = args.format.unwrap_or(default);
    let mut out = output::sink(args.output_file.as_deref())?;
    let files = session.corpora.iter().map(|corpus| corpus.selected.len()).sum();
    let summary = show(&found, format, to_file, &texts, files, &mut *out)?;
    if matches!(format, Format::Full | Format::Grouped) {
        output::say(&summary.to_string());
    }
    if !session.problems.is_empty() || !problems.is_empty() {
        return Ok(FAILED);
    }
    let failing = found.iter().any(|diagnostic| diagnostic.severity <= args.fail_on);
    Ok(if failing { FOUND } else { CLEAN })
}

/// The findings in the selected files of a corpus, in no particular order.
fn check(corpus: &Corpus, problems: &mut Vec<Problem>) -> Vec<Diagnostic> {
    let snapshot = corpus.world.snapshot();
    let config = snapshot.config_source.as_ref().map(|(id, _)| *id).filter(|id| corpus.selected.contains_key(id));
    // Whether a suppression is used is known when every file has been checked.
    let files: Vec<_> =
        snapshot.files().filter(|file| config.is_some() || corpus.selected.contains_key(&file.id)).collect();
    let reports: Vec<rules::Report> = files.par_iter().map(|file| rules::check_file(&snapshot, file)).collect();
    let mut used = vec![false; snapshot.config.suppress.len()];
    let mut found: Vec<Diagnostic> = Vec::new();
    for report in reports {
        report.used.iter().for_each(|number| used[*number] = true);
        found.extend(report.diagnostics);
    }
    found.extend(check_annotations(corpus, config.is_some(), &mut used, problems));
    found.extend(sources::check(&snapshot));
    if config.is_some() {
        found.extend(sources::unused_suppressions(&snapshot, &used));
    }
    found.retain(|diagnostic| corpus.selected.contains_key(&diagnostic.file));
    found
}

/// The findings in annotation files; `all`: also in those that are not selected.
fn check_annotations(corpus: &Corpus, all: bool, used: &mut [bool], problems: &mut Vec<Problem>) -> Vec<Diagnostic> {
    let snapshot = corpus.world.current();
    let configurations = Configurations::read(corpus);
    let files: Vec<&Beside> =
        corpus.annotations.iter().filter(|beside| all || corpus.selected.contains_key(&beside.id)).collect();
    let reports: Vec<Result<rules::Report, Problem>> = files
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
                report.used.iter().for_each(|number| used[*number] = true);
                found.extend(report.diagnostics);
            }
            Err(problem) => problems.push(problem),
        }
    }
    found
}

/// Numbers the files of a finding as [`Texts`] does.
fn renumber(mut diagnostic: Diagnostic, corpus: usize, texts: &Texts) -> Diagnostic {
    let number = |file: &mut FileId| *file = texts.number(corpus, *file);
    number(&mut diagnostic.file);
    diagnostic.related.iter_mut().for_each(|related| number(&mut related.file));
    diagnostic.fix.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| number(&mut edit.file));
    diagnostic
}

fn show(
    found: &[Diagnostic],
    format: Format,
    to_file: bool,
    texts: &Texts,
    files: usize,
    out: &mut dyn Write,
) -> anyhow::Result<Summary> {
    let mut renderer = Renderer::new(format, output::options(to_file));
    let mut summary = Summary::default();
    summary.files = files;
    renderer.begin(out)?;
    for diagnostic in found {
        summary.add(diagnostic);
        renderer.finding(out, texts, diagnostic)?;
    }
    renderer.finish(out, texts)?;
    out.flush()?;
    Ok(summary)
}
