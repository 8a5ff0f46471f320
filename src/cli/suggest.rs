//! `scholiast suggest`: who is missing from the registry.
//!
//! Proposals go to standard output, what `--write` did to standard error. Deliberately absent: finding people
//! (`corpus::suggest`), how they are shown (`render::suggestions`) and editing registry files (`registry::edit`).

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::Write;

use super::args::{self, SuggestFormat};
use super::exit_status::{CLEAN, FAILED};
use super::output::Output;
use super::progress::RunProgress;
use super::read::{LoadedRun, read};
use super::suggest_questions::{ProposalQuestions, is_confirmed};
use crate::config::edit::add_rejections;
use crate::corpus::Snapshot;
use crate::corpus::proposal::{NewOffice, NewOrganization, NewPerson, NewSpelling, Suggestions};
use crate::disk::loaded::LoadedCorpus;
use crate::disk::path::{repository_top, working_directory};
use crate::disk::run_texts::RunTexts;
use crate::disk::{FileError, io_message, read, shared_registries, write};
use crate::embed::proposals::CorpusProposals;
use crate::registry::EntityKind;
use crate::registry::edit::{EditRefusal, add_spelling, append_entity};
use crate::render::suggestions;
use crate::text::FileId;
use crate::text::edit::{TextEdit, apply};
use anyhow::{Context as _, bail};
use camino::Utf8Path;
use compact_str::CompactString;

/// Runs the command.
///
/// # Errors
/// When standard input cannot be read or output cannot be written.
pub fn run(args: &args::SuggestArgs) -> anyhow::Result<u8> {
    let output = Output { quiet: args.paths.quiet };
    if args.interactive && !Output::can_ask() {
        bail!("--interactive asks questions and needs a terminal; --format toml shows the proposals without one");
    }
    let LoadedRun { loaded, texts } = read(&args.paths, output, &|_| {})?;
    let mut done = loaded.problems.is_empty();
    if !args.reject.is_empty() {
        for corpus in &loaded.corpora {
            if let Err(problem) = reject(corpus, &args.reject) {
                output.problem(&problem);
                done = false;
            }
        }
        return Ok(if done { CLEAN } else { FAILED });
    }
    let mut out = Output::default().sink(None)?;
    let mut nothing = true;
    for (number, corpus) in loaded.corpora.iter().enumerate() {
        let shower = CorpusProposals::new(number, corpus, &texts);
        let proposed = suggest(&shower, output);
        nothing &= proposed.is_empty();
        if args.interactive {
            done &= ask(&shower, &proposed, output)?;
            continue;
        }
        match args.format {
            SuggestFormat::Text => suggestions::text(&proposed, shower.registry(), &shower, &mut *out)?,
            SuggestFormat::Jsonl => suggestions::jsonl(&proposed, shower.registry(), &shower, &mut *out)?,
            SuggestFormat::Toml => suggestions::toml(&proposed, shower.registry(), &shower, &mut *out)?,
        }
        if args.write {
            out.flush()?;
            match write_into(corpus, &proposed) {
                Ok(notes) => notes.iter().for_each(|note| output.note(note)),
                Err(problem) => {
                    output.problem(&problem);
                    done = false;
                }
            }
        }
    }
    out.flush()?;
    if nothing {
        output.note("nothing to propose");
    }
    Ok(if done { CLEAN } else { FAILED })
}

/// People whom the texts of a corpus name and its registry lacks.
pub(super) fn of_corpus(number: usize, corpus: &LoadedCorpus, texts: &RunTexts) -> Suggestions {
    CorpusProposals::new(number, corpus, texts).suggest(&|_| ())
}

/// Asks about each proposal, then writes what was accepted and what was refused. Returns whether all could be written.
fn ask(shower: &CorpusProposals<'_>, proposed: &Suggestions, output: Output) -> anyhow::Result<bool> {
    let mut questions = ProposalQuestions::new(std::io::stdin().lock(), std::io::stdout().lock());
    let show = |one: &Suggestions, out: &mut dyn Write| suggestions::text(one, shower.registry(), shower, out);
    let answered = questions.ask(proposed, &show).context("--interactive")?;
    let mut done = true;
    if !answered.accepted.is_empty() {
        match write_into(shower.corpus(), &answered.accepted) {
            Ok(notes) => notes.iter().for_each(|note| output.note(note)),
            Err(problem) => {
                output.problem(&problem);
                done = false;
            }
        }
    }
    if !answered.refused.is_empty()
        && let Err(problem) = reject(shower.corpus(), &answered.refused)
    {
        output.problem(&problem);
        done = false;
    }
    Ok(done)
}

/// A new registry with these people, organisations and offices; only names that can stand in one.
pub(super) fn registry_text(suggestions: &Suggestions) -> String {
    let mut text = "version = 1\n".to_owned();
    let people = suggestions.people.iter().map(NewPerson::entity);
    let organizations = suggestions.organizations.iter().map(NewOrganization::entity);
    let offices = suggestions.offices.iter().map(NewOffice::entity);
    for entity in people.chain(organizations).chain(offices) {
        if let Ok(edits) = append_entity(&text, &entity) {
            text = apply(&text, &edits);
        }
    }
    text
}

/// Writes names into `[suggest] reject` of a corpus's configuration.
fn reject(corpus: &LoadedCorpus, names: &[CompactString]) -> Result<(), FileError> {
    let snapshot = corpus.world.current();
    let Some((_, source)) = &snapshot.config_source else {
        let message = "there is no scholiast.toml to write into; `scholiast init` makes one".to_owned();
        return Err(FileError { path: corpus.root.to_string(), message });
    };
    let path = corpus.root.join(&source.path);
    let problem = |message: String| FileError { path: path.to_string(), message };
    let before = read::read(&path).map_err(problem)?;
    let text = String::from_utf8(before.clone()).map_err(|_| problem("the file is not UTF-8".to_owned()))?;
    let edits = add_rejections(&text, names).map_err(|refusal| problem(refusal.to_string()))?;
    write::finish_before_interrupts();
    write::replace(&path, &before, apply(&text, &edits).as_bytes()).map_err(problem)?;
    Output::default().note(&format!("{}: {} rejected", path, names.join(", ")));
    Ok(())
}

/// Looks for what the registry of a corpus lacks, and shows how far that is.
fn suggest(shower: &CorpusProposals<'_>, output: Output) -> Suggestions {
    let progress = RunProgress::new(output.quiet);
    // Each text is looked at twice.
    progress.expect(2 * shower.text_count() as u64);
    let proposed = shower.suggest(&|bytes| progress.done(bytes));
    progress.finish();
    proposed
}

/// Puts proposals into the registry files: new spellings where their person stands, new people into the file that has
/// most of them. Returns what was done.
fn write_into(corpus: &LoadedCorpus, suggestions: &Suggestions) -> Result<Vec<String>, FileError> {
    let snapshot = corpus.world.current();
    let registry = &snapshot.registry;
    let mut edits: BTreeMap<FileId, Vec<Proposal<'_>>> = BTreeMap::new();
    for new in &suggestions.spellings {
        edits.entry(registry.file_of(registry.get(new.entity))).or_default().push(Proposal::Spelling(new));
    }
    let new = [
        suggestions.people.iter().map(Proposal::Person).collect::<Vec<_>>(),
        suggestions.organizations.iter().map(Proposal::Organization).collect(),
        suggestions.offices.iter().map(Proposal::Office).collect(),
    ];
    for proposals in new.into_iter().filter(|proposals| !proposals.is_empty()) {
        let Some(file) = proposals.first().and_then(|first| file_for(snapshot, first.kind())) else {
            let message = "there is no registry file to write into; `scholiast init` makes one".to_owned();
            return Err(FileError { path: corpus.root.to_string(), message });
        };
        edits.entry(file).or_default().extend(proposals);
    }
    let place = |file: FileId| {
        let source = snapshot.source(file)?;
        Some(shared_registries::place(&corpus.root, &source.path))
    };
    for path in edits.keys().filter_map(|file| place(*file)) {
        confirm_outside(&corpus.root, &path)?;
    }
    let mut notes = Vec::new();
    write::finish_before_interrupts();
    for (file, proposals) in edits {
        let Some(path) = place(file) else { continue };
        let problem = |message: String| FileError { path: path.to_string(), message };
        let before = read::read(&path).map_err(problem)?;
        let mut text = String::from_utf8(before.clone()).map_err(|_| problem("the file is not UTF-8".to_owned()))?;
        let mut done = 0;
        for proposal in &proposals {
            match proposal.edits(&text, snapshot) {
                Ok(edits) if edits.is_empty() => {}
                Ok(edits) => {
                    text = apply(&text, &edits);
                    done += 1;
                }
                Err(refusal) => notes.push(format!("{path}: {}: {refusal}", proposal.id(snapshot))),
            }
        }
        if done > 0 {
            write::replace(&path, &before, text.as_bytes()).map_err(problem)?;
            notes.push(format!("{path}: wrote {done} of {} proposals", proposals.len()));
        }
    }
    Ok(notes)
}

/// Asks before a file is written that lies outside the corpus and its git repository (without one, outside the working
/// directory). Where nobody is there to be asked, it is not written.
fn confirm_outside(root: &Utf8Path, path: &Utf8Path) -> Result<(), FileError> {
    let problem = |message: String| FileError { path: path.to_string(), message };
    let here = working_directory().map_err(problem)?;
    let home = repository_top(root).unwrap_or(&here);
    if path.starts_with(root) || path.starts_with(home) {
        return Ok(());
    }
    if !Output::can_ask() {
        let message = format!(
            "this registry lies outside {home}: run `scholiast suggest --write` on a terminal, which asks first"
        );
        return Err(problem(message));
    }
    let question = format!("{path} lies outside {home}. Write to it? [y,N] ");
    match is_confirmed(&question, &mut std::io::stdin().lock(), &mut std::io::stdout().lock()) {
        Ok(true) => Ok(()),
        Ok(false) => Err(problem("not written, as you answered".to_owned())),
        Err(error) => Err(problem(io_message(&error))),
    }
}

/// The registry file that has most entries of a kind, else most people.
fn file_for(snapshot: &Snapshot, kind: EntityKind) -> Option<FileId> {
    let registry = &snapshot.registry;
    let count = |file: FileId, table: &str| {
        let entries = registry.entities().filter(|entity| entity.kind.table() == table);
        entries.filter(|entity| registry.file_of(entity) == file).count()
    };
    let files = snapshot.registry_files.iter().map(|(id, source)| (&*source.path, *id));
    let rank = |(path, id): &(&Utf8Path, FileId)| {
        let of_people = count(*id, EntityKind::Person.table());
        (Reverse(count(*id, kind.table())), Reverse(of_people), path.to_string())
    };
    files.min_by_key(rank).map(|(_, id)| id)
}

/// One change of a registry file.
enum Proposal<'a> {
    Person(&'a NewPerson),
    Spelling(&'a NewSpelling),
    Organization(&'a NewOrganization),
    Office(&'a NewOffice),
}

impl Proposal<'_> {
    fn edits(&self, text: &str, snapshot: &Snapshot) -> Result<Vec<TextEdit>, EditRefusal> {
        match self {
            Self::Person(person) => append_entity(text, &person.entity()),
            Self::Organization(organization) => append_entity(text, &organization.entity()),
            Self::Office(office) => append_entity(text, &office.entity()),
            Self::Spelling(new) => add_spelling(text, self.id(snapshot), new.spelling.tag, &new.spelling.text),
        }
    }

    /// The kind of the entry that it adds or changes.
    const fn kind(&self) -> EntityKind {
        match self {
            Self::Person(_) | Self::Spelling(_) => EntityKind::Person,
            Self::Organization(_) => EntityKind::Organization,
            Self::Office(_) => EntityKind::Office,
        }
    }

    fn id<'i>(&'i self, snapshot: &'i Snapshot) -> &'i str {
        match self {
            Self::Person(person) => &person.id,
            Self::Organization(organization) => &organization.id,
            Self::Office(office) => &office.id,
            Self::Spelling(new) => &snapshot.registry.get(new.entity).id,
        }
    }
}
