//! Proposals for the registry: a list of what it lacks, and the action that takes one up or refuses it.
//!
//! Deliberately absent: finding them (`corpus::suggest`), and the edits (`ide::proposals`).

use std::collections::BTreeMap;
use std::sync::Arc;

use camino::Utf8Path;
use compact_str::CompactString;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::actions::taken_elsewhere;
use super::commands::{StepCounter, value};
use super::edits;
use super::renaming::REQUEST_FAILED;
use crate::corpus::File;
use crate::corpus::proposal::{NewOffice, NewOrganization, NewPerson, NewSpelling, SeenSpelling, Suggestions};
use crate::corpus::suggest::suggest;
use crate::ide::{self, ProposalChange};
use crate::lsp::transport::WorkProgress;
use crate::lsp::view::{CorpusView, standoff};
use crate::registry::EntityKind;
use crate::registry::edit::NewEntity;
use crate::render::{RuleInfo, Sources, suggestions};
use crate::text::{FileId, LineIndex, Span};

/// A proposal as an editor lists it, and hands it back with an answer.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListedProposal {
    kind: ProposalKind,
    /// The id that a new entry would have, or of the entry that would have a new spelling.
    id: String,
    /// The spelling that comes first.
    name: CompactString,
    /// The name of the entry that would have a new spelling.
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    /// The id of the organisation of an office.
    #[serde(skip_serializing_if = "Option::is_none")]
    organization: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    abbreviation: Option<String>,
    /// The names of a new entry by language.
    names: BTreeMap<String, Vec<String>>,
    /// Mentions in all spellings.
    count: usize,
    spellings: Vec<ProposalSpelling>,
}

/// The kinds of proposals.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ProposalKind {
    Person,
    Spelling,
    Organization,
    Office,
}

/// A spelling in the texts, with its first places.
#[derive(Serialize, Deserialize)]
struct ProposalSpelling {
    text: CompactString,
    count: usize,
    places: Vec<lsp::Location>,
}

/// The ways to answer.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AnswerKind {
    /// It becomes an entry.
    Add,
    /// The spellings are those of an entry.
    Spellings,
    /// It is not proposed again.
    Refuse,
}

/// All that the registries of corpora lack, but for what was refused.
pub fn list(
    views: &[CorpusView],
    progress: Option<WorkProgress>,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> lsp::LSPAny {
    let steps = StepCounter::over(views, progress);
    let mut all = Vec::new();
    for view in views {
        let found = proposed(view, &steps, is_cancelled);
        let mut texts = ShownTexts { view, known: FxHashMap::default() };
        all.extend(found.people.iter().map(|person| texts.person(person)));
        all.extend(found.spellings.iter().map(|new| texts.new_spelling(new)));
        all.extend(found.organizations.iter().map(|organization| texts.organization(organization)));
        all.extend(found.offices.iter().map(|office| texts.office(office)));
    }
    value(&all)
}

/// Returns the output of `scholiast suggest` for corpora, in one of its formats.
///
/// # Errors
/// When there is no such format.
pub fn suggested(
    views: &[CorpusView],
    format: Option<&str>,
    progress: Option<WorkProgress>,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<lsp::LSPAny> {
    let show = match format {
        None | Some("text") => suggestions::text,
        Some("jsonl") => suggestions::jsonl,
        Some("toml") => suggestions::toml,
        Some(other) => return Err(Error::invalid_params(format!("`{other}` is none of text, jsonl, toml"))),
    };
    let steps = StepCounter::over(views, progress);
    let mut out = Vec::new();
    for view in views {
        let found = proposed(view, &steps, is_cancelled);
        show(&found, &view.snapshot.registry, &ShownFiles(view), &mut out).map_err(|_| Error::internal_error())?;
    }
    Ok(String::from_utf8_lossy(&out).into())
}

/// The files of a corpus by their paths below its root.
struct ShownFiles<'v>(&'v CorpusView);

impl Sources for ShownFiles<'_> {
    fn path(&self, file: FileId) -> &str {
        self.0.below(file).map_or("", Utf8Path::as_str)
    }

    fn text(&self, file: FileId) -> Option<Arc<str>> {
        standoff::document(self.0, file)
    }

    fn rule(&self, _: &str) -> Option<RuleInfo> {
        None
    }
}

/// The proposals for the registry of a corpus, but for what was refused.
pub(super) fn proposed(
    view: &CorpusView,
    steps: &StepCounter,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Suggestions {
    let unpacked: Vec<_> = view.snapshot.files_by_path().into_iter().map(|file| file.unpacked()).collect();
    let files: Vec<&File> = unpacked.iter().map(|file| &**file).collect();
    let text = |file: &File| if is_cancelled() { None } else { standoff::document(view, file.id) };
    let snapshot = &view.snapshot;
    let mut found = suggest(&snapshot.registry, snapshot.decrees(), &files, &text, &|_| steps.step());
    found.reject(&snapshot.config.rejected_proposals);
    found
}

/// The texts of a corpus in which examples are shown.
struct ShownTexts<'v> {
    view: &'v CorpusView,
    known: FxHashMap<FileId, (Arc<str>, LineIndex)>,
}

/// Texts that are kept at hand.
const KEPT: usize = 64;

impl ShownTexts<'_> {
    fn person(&mut self, person: &NewPerson) -> ListedProposal {
        self.listed(ProposalKind::Person, &person.id, person.entity(), person.count(), &person.spellings)
    }

    fn new_spelling(&mut self, new: &NewSpelling) -> ListedProposal {
        let entity = self.view.snapshot.registry.get(new.entity);
        let (id, name) = (entity.id.to_string(), entity.display_name().to_owned());
        let none = NewEntity::new(EntityKind::Person, id.as_str());
        let spellings = std::slice::from_ref(&new.spelling);
        let listed = self.listed(ProposalKind::Spelling, &id, none, new.spelling.count, spellings);
        ListedProposal { entry: Some(name), ..listed }
    }

    fn organization(&mut self, new: &NewOrganization) -> ListedProposal {
        self.listed(ProposalKind::Organization, &new.id, new.entity(), new.count(), &new.spellings)
    }

    fn office(&mut self, new: &NewOffice) -> ListedProposal {
        self.listed(ProposalKind::Office, &new.id, new.entity(), new.count(), &new.spellings)
    }

    fn listed(
        &mut self,
        kind: ProposalKind,
        id: &str,
        entity: NewEntity,
        count: usize,
        seen: &[SeenSpelling],
    ) -> ListedProposal {
        let spellings = seen.iter().map(|spelling| ProposalSpelling {
            text: spelling.text.clone(),
            count: spelling.count,
            places: spelling.examples.iter().filter_map(|(file, span)| self.location(*file, *span)).collect(),
        });
        ListedProposal {
            kind,
            id: id.to_owned(),
            name: seen.first().map(|spelling| spelling.text.clone()).unwrap_or_default(),
            entry: None,
            organization: entity.organization,
            abbreviation: entity.abbreviations.into_iter().next(),
            names: entity.names.into_iter().collect(),
            count,
            spellings: spellings.collect(),
        }
    }

    fn location(&mut self, file: FileId, span: Span) -> Option<lsp::Location> {
        if self.known.len() >= KEPT && !self.known.contains_key(&file) {
            self.known.clear();
        }
        if !self.known.contains_key(&file) {
            let text = standoff::document(self.view, file)?;
            let lines = LineIndex::new(&text);
            self.known.insert(file, (text, lines));
        }
        let (text, lines) = self.known.get(&file)?;
        text.get(span.range())?;
        self.view.location(file, lines.place(text, span))
    }
}

/// A document in which a proposal was found: its corpus is the one that lacks it.
///
/// # Errors
/// When it is no proposal.
pub fn document(proposal: &lsp::LSPAny) -> Result<lsp::Uri> {
    let listed = parse(proposal)?;
    let place = listed.spellings.into_iter().flat_map(|spelling| spelling.places).next();
    place.map(|place| place.uri).ok_or_else(|| Error::invalid_params("the proposal names no place".to_owned()))
}

fn parse(proposal: &lsp::LSPAny) -> Result<ListedProposal> {
    serde_json::from_value(proposal.clone()).map_err(|error| Error::invalid_params(format!("argument 1: {error}")))
}

/// The action that answers a proposal; `entry` is the id of the entry whose spellings it has.
///
/// # Errors
/// When it is no proposal, or the answer cannot be carried out.
pub fn answer(
    view: &CorpusView,
    sharing: &[CorpusView],
    proposal: &lsp::LSPAny,
    answer: AnswerKind,
    entry: Option<String>,
) -> Result<lsp::CodeAction> {
    let listed = parse(proposal)?;
    let failed = |message: String| Error { code: REQUEST_FAILED, message: message.into(), data: None };
    let is_taken = taken_elsewhere(view, sharing);
    let name = listed.name.clone();
    let (title, chosen) = match answer {
        AnswerKind::Refuse => (format!("never propose `{name}` again"), ProposalChange::Refuse(name)),
        AnswerKind::Add if listed.kind != ProposalKind::Spelling => {
            (format!("add `{name}` to the registry"), ProposalChange::Add(listed.entity()))
        }
        AnswerKind::Add | AnswerKind::Spellings => {
            let own = (listed.kind == ProposalKind::Spelling).then(|| listed.id.clone());
            let entry = entry.or(own).ok_or_else(|| failed("argument 3 is missing: the id of an entry".to_owned()))?;
            let names = listed.spellings.into_iter().map(|spelling| spelling.text).collect();
            (format!("add `{name}` as a spelling of `{entry}`"), ProposalChange::Spellings { entry, names })
        }
    };
    let all = ide::proposal_edits(&view.snapshot, chosen, &is_taken).map_err(failed)?;
    let edit = edits::workspace(view, &all).ok_or_else(Error::internal_error)?;
    Ok(lsp::CodeAction {
        title,
        kind: Some(lsp::CodeActionKind::QUICKFIX),
        edit: Some(edit),
        ..lsp::CodeAction::default()
    })
}

impl ListedProposal {
    fn entity(self) -> NewEntity {
        let kind = match self.kind {
            ProposalKind::Person | ProposalKind::Spelling => EntityKind::Person,
            ProposalKind::Organization => EntityKind::Organization,
            ProposalKind::Office => EntityKind::Office,
        };
        let mut entity = NewEntity::new(kind, self.id);
        entity.names = self.names.into_iter().collect();
        entity.abbreviations = self.abbreviation.into_iter().collect();
        entity.organization = self.organization;
        entity
    }
}
