//! `scholiast report`: one page, or tables, that show a corpus to people who open no terminal.
//!
//! Deliberately absent: working out the tables and writing the page (`report/`).

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::{anyhow, bail};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::args::{ReportArgs, ReportFormat};
use super::baseline::Baselines;
use super::exit_status::{CLEAN, FAILED};
use super::findings::find;
use super::output::Output;
use super::read::{LoadedRun, here, read};
use super::report_agreement::agreement;
use super::rule_selection::RuleSelection;
use crate::annotation::Standoff;
use crate::curation::StateFile;
use crate::disk::annotation_files::{AnnotationConfigurations, AnnotationFile};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::{FileError, write};
use crate::render::Sources as _;
use crate::report::gather::CountedFinding;
use crate::report::{DocumentSource, DocumentStatement, Report, ReportBuilder, document_facts, page, text};
use crate::rules;
use crate::text::FileId;

/// Documents that are looked at together: their lines are in memory at once.
const TOGETHER: usize = 256;

/// Runs the command.
///
/// # Errors
/// When standard input cannot be read, a baseline is none, or the output cannot be written.
pub fn run(args: &ReportArgs) -> anyhow::Result<u8> {
    let output = Output { quiet: args.paths.quiet };
    if args.format == ReportFormat::Html && args.output.is_none() && Output::on_terminal() {
        bail!("the page is long: name a file with -o report.html");
    }
    let rules = RuleSelection::default();
    let run = read(&args.paths, output, &|config| rules.configure(config))?;
    let full = args.full || args.format != ReportFormat::Html;
    let mut problems: Vec<FileError> = Vec::new();
    let mut builder = ReportBuilder::new(if full { usize::MAX } else { page::MOST_LINES });
    add_documents(&run, &mut builder, &mut problems);
    let findings = find(&run, &rules);
    problems.extend(findings.problems);
    let recorded = match &args.baseline {
        Some(file) => Baselines::read(file)?,
        None => Baselines::of(&run)?,
    };
    let recorded = recorded.recorded();
    let counted = findings.found.iter().map(|finding| CountedFinding {
        path: run.texts.path(finding.file),
        code: &finding.code,
        severity: finding.severity,
    });
    let summary = |code: &str| rules::by_code(code).map_or_else(String::new, |rule| rule.summary.to_owned());
    builder.add_findings(counted, &summary, recorded.as_ref());
    let mut report = builder.finish();
    report.agreement = run.loaded.corpora.iter().filter_map(agreement).collect();
    let (documents, title, lead) = (report.totals.documents, title(args)?, lead(&report));
    let written = match args.format {
        ReportFormat::Html => page::write(report, &title, &lead, full),
        ReportFormat::Markdown => text::markdown(&report, &title, &lead),
        ReportFormat::Csv => text::csv(&report),
        ReportFormat::Json => format!("{}\n", serde_json::to_string(&report)?),
    };
    problems.iter().for_each(|problem| output.problem(problem));
    match &args.output {
        Some(target) if target.as_os_str() != "-" => {
            let target = Utf8PathBuf::from_path_buf(target.clone())
                .map_err(|path| anyhow!("{}: the name is not UTF-8", path.display()))?;
            write::put(&here()?.join(&target), &written).map_err(|message| anyhow!("{target}: {message}"))?;
            let size = written.len().div_ceil(1024);
            output.say(&format!(
                "Wrote a report of {} to {target} ({size} KiB)",
                crate::render::count(documents, "document")
            ));
        }
        _ => {
            let mut out = Output::default().sink(None)?;
            out.write_all(written.as_bytes())?;
            out.flush()?;
        }
    }
    Ok(if problems.is_empty() && run.loaded.problems.is_empty() { CLEAN } else { FAILED })
}

/// Adds all selected texts, in the order of their paths.
fn add_documents(run: &LoadedRun, builder: &mut ReportBuilder, problems: &mut Vec<FileError>) {
    let LoadedRun { loaded, texts } = run;
    let mut files: Vec<(usize, FileId, &str)> = Vec::new();
    for (number, corpus) in loaded.corpora.iter().enumerate() {
        files.extend(corpus.selected.iter().map(|(id, shown)| (number, *id, shown.as_str())));
    }
    files.sort_by(|one, other| one.2.cmp(other.2));
    let annotations: Vec<BTreeMap<FileId, Vec<&AnnotationFile>>> = loaded
        .corpora
        .iter()
        .map(|corpus| {
            let mut by_text: BTreeMap<FileId, Vec<&AnnotationFile>> = BTreeMap::new();
            for file in &corpus.annotations {
                by_text.entry(file.text).or_default().push(file);
            }
            by_text
        })
        .collect();
    let states: Vec<Option<StateFile>> = loaded.corpora.iter().map(LoadedCorpus::document_states).collect();
    for together in files.chunks(TOGETHER) {
        let facts: Vec<_> = together
            .par_iter()
            .filter_map(|&(number, id, path)| {
                let corpus = &loaded.corpora[number];
                let snapshot = corpus.world.current();
                let file = snapshot.file(id)?;
                let text = texts.text(texts.number(number, id))?;
                let stated = states[number].as_ref();
                let stated = stated.map(|states| DocumentStatement(states.get(file.path.as_str()).cloned()));
                let mut failed: Vec<FileError> = Vec::new();
                let mut marked: Vec<(String, Standoff)> = Vec::new();
                for beside in annotations[number].get(&id).into_iter().flatten() {
                    let annotator = snapshot.config.annotator(beside.path.as_str()).unwrap_or_default();
                    match corpus.annotation(beside, &AnnotationConfigurations::default()) {
                        Ok(content) => {
                            marked.extend(content.standoff.ok().map(|standoff| (annotator.to_owned(), standoff)));
                        }
                        Err(problem) => failed.push(problem),
                    }
                }
                let source = DocumentSource { snapshot, file, text: &text, path, state: stated, annotations: marked };
                Some((document_facts(&source), failed))
            })
            .collect();
        for (facts, failed) in facts {
            builder.add(facts);
            problems.extend(failed);
        }
    }
}

/// The title: what was asked for, else the name of the folder.
fn title(args: &ReportArgs) -> anyhow::Result<String> {
    if let Some(title) = &args.title {
        return Ok(title.clone());
    }
    let here = here()?;
    let path = match &args.paths.paths[..] {
        [one] => Utf8Path::from_path(one).map(|path| here.join(path)),
        _ => None,
    };
    let path = path.map_or_else(|| here.clone(), |path| crate::disk::path::real(&path));
    Ok(path.file_name().unwrap_or("Corpus").to_owned())
}

/// The subject of the report, in a sentence.
fn lead(report: &Report) -> String {
    let documents = crate::render::count(report.totals.documents, "document");
    match (&report.first, &report.last) {
        (Some(first), Some(last)) if first != last => format!("{documents}, dated from {first} to {last}."),
        (Some(day), _) => format!("{documents}, dated {day}."),
        _ => format!("{documents}, none of which has a date."),
    }
}
