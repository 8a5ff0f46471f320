//! `scholiast state`: how far each document is, who said so, and when.
//!
//! Deliberately absent: the form of the file that keeps it (`curation::state_file`).

use std::collections::BTreeMap;
use std::io::Write as _;

use anyhow::{anyhow, bail};
use camino::Utf8Path;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::args::{StateArgs, StateFormat};
use super::exit_status::{CLEAN, FAILED};
use super::output::Output;
use super::read::{LoadedRun, read};
use crate::curation::state_file::FILE_NAME;
use crate::curation::{DocumentState, StateCounts, StateFile, StateRecord};
use crate::diagnostic::Severity;
use crate::disk::document_states::{StateChange, now, person};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::path::shown_elsewhere;
use crate::disk::{FileError, document_states, write};
use crate::render::{count, diff};
use crate::text::FileId;

/// Runs the command.
///
/// # Errors
/// When an argument is wrong, nobody can be named who says so, or output cannot be written.
pub fn run(args: &StateArgs) -> anyhow::Result<u8> {
    let output = Output { quiet: args.paths.quiet };
    if args.paths.reads_stdin() {
        bail!("standard input has no state; name documents of the corpus");
    }
    if args.set.is_some() && !args.all && args.paths.paths.iter().all(|path| path.as_os_str() == ".") {
        bail!("--set without a PATH would concern every document here: name some, or add --all");
    }
    if args.set.is_some() && !args.diff {
        write::finish_before_interrupts();
    }
    let run = read(&args.paths, output, &|_| {})?;
    let mut failed = !run.loaded.problems.is_empty();
    let problems = match args.set {
        Some(state) => set(args, state, &run, output)?,
        None => list(args, &run, output)?,
    };
    failed |= !problems.is_empty();
    problems.iter().for_each(|problem| output.problem(problem));
    Ok(if failed { FAILED } else { CLEAN })
}

/// Sets a state for all documents that are asked for; writes nothing in a corpus whose file cannot be written whole.
fn set(args: &StateArgs, state: DocumentState, run: &LoadedRun, output: Output) -> anyhow::Result<Vec<FileError>> {
    let mut problems = Vec::new();
    let mut out = Output::default().sink(None)?;
    let (mut said, mut had) = (0, 0);
    for corpus in &run.loaded.corpora {
        let documents: Vec<String> = documents(corpus).into_keys().map(str::to_owned).collect();
        if documents.is_empty() {
            continue;
        }
        let file = corpus.root.join(FILE_NAME);
        let shown = shown_elsewhere(&file, corpus.here());
        if corpus.world.current().config_source.is_none() {
            let message = "states are kept beside a scholiast.toml, and there is none: run 'scholiast init'".to_owned();
            problems.push(FileError { path: corpus.root.to_string(), message });
            continue;
        }
        let by = args.by.clone().or_else(|| person(&corpus.root));
        let by = by.ok_or_else(|| anyhow!("the person who sets the state is unknown; name one with --by"))?;
        let record = StateRecord { when: now(), state, by };
        let number = documents.len();
        let changes: BTreeMap<String, StateRecord> = documents.into_iter().map(|path| (path, record.clone())).collect();
        let problem = |message| FileError { path: shown.clone(), message };
        let change = match StateChange::new(&corpus.root, &changes) {
            Ok(change) => change,
            Err(message) => {
                problems.push(problem(message));
                continue;
            }
        };
        if args.diff {
            let before = change.before.as_deref().unwrap_or_default();
            diff::unified(&mut *out, &shown, before, &change.after, output.options(false, Severity::Warning))?;
        } else if let Err(message) = change.write(&corpus.root) {
            problems.push(problem(message));
            continue;
        }
        said += change.changed.len();
        had += number - change.changed.len();
    }
    out.flush()?;
    let verb = if args.diff { "Would set" } else { "Set" };
    let others = if had > 0 { format!("; {had} had it already") } else { String::new() };
    output.say(&format!("{verb} {} to {}{others}", count(said, "document"), state.label()));
    Ok(problems)
}

/// Lists the states of all documents that are asked for.
fn list(args: &StateArgs, run: &LoadedRun, output: Output) -> anyhow::Result<Vec<FileError>> {
    let mut problems = Vec::new();
    let mut out = Output::default().sink(None)?;
    let mut counts = StateCounts::default();
    let mut rows: Vec<(String, DocumentState, Option<StateRecord>)> = Vec::new();
    for corpus in &run.loaded.corpora {
        let states = match document_states::read(&*corpus.files, &corpus.root) {
            Ok(states) => states.unwrap_or_default(),
            Err(message) => {
                let path = shown_elsewhere(&corpus.root.join(FILE_NAME), corpus.here());
                problems.push(FileError { path, message });
                StateFile::default()
            }
        };
        for (path, shown) in documents(corpus) {
            let state = states.state(path);
            counts.add(state);
            if args.only.is_empty() || args.only.contains(&state) {
                rows.push((shown, state, states.get(path).cloned()));
            }
        }
    }
    rows.sort_by(|one, other| one.0.cmp(&other.0));
    if args.format == StateFormat::Markdown && !rows.is_empty() {
        writeln!(out, "| document | state | by | when |\n| --- | --- | --- | --- |")?;
    }
    for (path, state, record) in &rows {
        let by = record.as_ref().map(|record| record.by.as_str());
        let when = record.as_ref().map(|record| record.when.to_string());
        match args.format {
            StateFormat::Jsonl => {
                serde_json::to_writer(&mut *out, &StateRow { path, state: state.as_str(), by, when: when.as_deref() })?;
                writeln!(out)?;
            }
            StateFormat::Markdown => {
                let cell = |text: &str| text.replace('|', "\\|").replace(['\n', '\r'], " ");
                let (by, when) = (by.map_or_else(String::new, cell), when.unwrap_or_default());
                writeln!(out, "| {} | {} | {by} | {when} |", cell(path), state.label())?;
            }
            StateFormat::Concise => match (by, when) {
                (Some(by), Some(when)) => writeln!(out, "{path}: {}, {}, {when}", state.label(), by.escape_debug())?,
                _ => writeln!(out, "{path}: {}", state.label())?,
            },
        }
    }
    out.flush()?;
    output.say(&counts.to_string());
    Ok(problems)
}

/// The documents of a corpus that are asked for, by path below its root, with how they are shown. An annotation file
/// stands for its text.
fn documents(corpus: &LoadedCorpus) -> BTreeMap<&str, String> {
    let snapshot = corpus.world.current();
    let texts: FxHashMap<FileId, FileId> = corpus.annotations.iter().map(|beside| (beside.id, beside.text)).collect();
    let mut documents = BTreeMap::new();
    for (id, shown) in &corpus.selected {
        if let Some(file) = snapshot.file(*id) {
            documents.insert(file.path.as_str(), shown.clone());
        } else if let Some(file) = texts.get(id).and_then(|text| snapshot.file(*text)) {
            let ending = file.path.extension().unwrap_or_default();
            let shown = || Utf8Path::new(shown).with_extension(ending).into_string();
            documents.entry(file.path.as_str()).or_insert_with(shown);
        }
    }
    documents
}

/// A row of `--format jsonl`.
#[derive(Serialize)]
struct StateRow<'a> {
    path: &'a str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    when: Option<&'a str>,
}
