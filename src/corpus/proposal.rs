//! Proposals for a registry: people, spellings, organisations and offices that it lacks.
//!
//! Deliberately absent: finding them (`suggest.rs`, `suggest_titles.rs`).

use compact_str::CompactString;
use rustc_hash::FxHashSet;

use crate::recognise::name::unlisted::NameEvidence;
use crate::registry::edit::NewEntity;
use crate::registry::{EntityIx, EntityKind, NameScript};
use crate::text::{FileId, Span, fold};

/// Examples kept of each spelling.
const EXAMPLES: usize = 3;

/// The proposals of one run.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Suggestions {
    /// People who are not in the registry, most mentioned first.
    pub people: Vec<NewPerson>,
    /// New spellings of people who are in the registry, by person.
    pub spellings: Vec<NewSpelling>,
    /// Organisations that titles name and the registry lacks, most mentioned first.
    pub organizations: Vec<NewOrganization>,
    /// Offices that titles name and the registry lacks, most mentioned first.
    pub offices: Vec<NewOffice>,
}

impl Suggestions {
    /// Tells whether there is nothing to propose.
    pub const fn is_empty(&self) -> bool {
        self.people.is_empty() && self.spellings.is_empty() && self.organizations.is_empty() && self.offices.is_empty()
    }

    /// Each proposal alone, organisations before the offices that refer to them.
    pub fn each(&self) -> Vec<Self> {
        let people = self.people.iter().map(|one| Self { people: vec![one.clone()], ..Self::default() });
        let spellings = self.spellings.iter().map(|one| Self { spellings: vec![one.clone()], ..Self::default() });
        let organizations = self.organizations.iter();
        let organizations = organizations.map(|one| Self { organizations: vec![one.clone()], ..Self::default() });
        let offices = self.offices.iter().map(|one| Self { offices: vec![one.clone()], ..Self::default() });
        people.chain(spellings).chain(organizations).chain(offices).collect()
    }

    /// Adds other proposals behind these.
    pub fn take(&mut self, other: Self) {
        self.people.extend(other.people);
        self.spellings.extend(other.spellings);
        self.organizations.extend(other.organizations);
        self.offices.extend(other.offices);
    }

    /// The first spelling of the first proposal.
    pub fn first_spelling(&self) -> Option<CompactString> {
        let people = self.people.iter().flat_map(|person| &person.spellings);
        let known = self.spellings.iter().map(|new| &new.spelling);
        let organizations = self.organizations.iter().flat_map(|organization| &organization.spellings);
        let offices = self.offices.iter().flat_map(|office| &office.spellings);
        let mut all = people.chain(known).chain(organizations).chain(offices);
        all.next().map(|spelling| spelling.text.clone())
    }

    /// Takes out what was rejected: proposals with a spelling of this name, whatever its case and marks. An office goes
    /// with its organisation.
    pub fn reject(&mut self, names: &[CompactString]) {
        let rejected: FxHashSet<String> = names.iter().map(|name| fold::fold(name)).collect();
        let is_rejected = |spelling: &SeenSpelling| rejected.contains(&fold::fold(&spelling.text));
        self.people.retain(|person| !person.spellings.iter().any(is_rejected));
        self.spellings.retain(|new| !is_rejected(&new.spelling));
        let mut gone: FxHashSet<CompactString> = FxHashSet::default();
        self.organizations.retain(|organization| {
            let is_gone = organization.spellings.iter().any(is_rejected);
            gone.extend(is_gone.then(|| organization.id.clone()));
            !is_gone
        });
        self.offices.retain(|office| !gone.contains(&office.organization) && !office.spellings.iter().any(is_rejected));
    }
}

/// Somebody who is not in the registry.
#[derive(Clone, PartialEq, Debug)]
pub struct NewPerson {
    /// An id that the registry does not have.
    pub id: String,
    /// The spellings in the texts, Latin ones first, the most frequent first.
    pub spellings: Vec<SeenSpelling>,
    /// The strongest that says that it is somebody.
    pub evidence: NameEvidence,
}

impl NewPerson {
    /// Mentions in all spellings.
    pub fn count(&self) -> usize {
        self.spellings.iter().map(|spelling| spelling.count).sum()
    }

    /// The registry entry: one list a language, without what is found by folding anyway.
    pub fn entity(&self) -> NewEntity {
        let mut entity = NewEntity::new(EntityKind::Person, &self.id);
        add_names(&mut entity, self.spellings.iter().map(|spelling| (spelling.tag, &spelling.text)));
        entity
    }
}

/// A spelling of somebody who is in the registry.
#[derive(Clone, PartialEq, Debug)]
pub struct NewSpelling {
    /// The person.
    pub entity: EntityIx,
    /// The likeness to a listed spelling, from 0 to 1.
    pub score: f32,
    /// The spelling.
    pub spelling: SeenSpelling,
}

/// An organisation that is not in the registry.
#[derive(Clone, PartialEq, Debug)]
pub struct NewOrganization {
    /// An id that the registry does not have.
    pub id: CompactString,
    /// The spellings in the texts, the most frequent first.
    pub spellings: Vec<SeenSpelling>,
    /// The names that the table of legal documents has for it: tag and name.
    pub known: Vec<(&'static str, CompactString)>,
    /// The letters that stand for it in symbols of legal documents.
    pub abbreviation: Option<CompactString>,
}

/// An office that is not in the registry.
#[derive(Clone, PartialEq, Debug)]
pub struct NewOffice {
    /// An id that the registry does not have.
    pub id: CompactString,
    /// The id of its organisation, registered or proposed.
    pub organization: CompactString,
    /// The titles in the texts, the most frequent first.
    pub spellings: Vec<SeenSpelling>,
}

impl NewOrganization {
    /// Mentions in all spellings.
    pub fn count(&self) -> usize {
        self.spellings.iter().map(|spelling| spelling.count).sum()
    }

    /// The registry entry.
    pub fn entity(&self) -> NewEntity {
        let mut entity = NewEntity::new(EntityKind::Organization, self.id.as_str());
        add_names(&mut entity, self.known.iter().map(|(tag, name)| (*tag, name)));
        add_names(&mut entity, self.spellings.iter().map(|spelling| (spelling.tag, &spelling.text)));
        entity.abbreviations = self.abbreviation.iter().map(ToString::to_string).collect();
        entity
    }
}

impl NewOffice {
    /// Mentions in all spellings.
    pub fn count(&self) -> usize {
        self.spellings.iter().map(|spelling| spelling.count).sum()
    }

    /// The registry entry.
    pub fn entity(&self) -> NewEntity {
        let mut entity = NewEntity::new(EntityKind::Office, self.id.as_str());
        entity.organization = Some(self.organization.to_string());
        add_names(&mut entity, self.spellings.iter().map(|spelling| (spelling.tag, &spelling.text)));
        entity
    }
}

/// Adds names to an entry, one list a language, without what is found by folding anyway.
fn add_names<'n>(entity: &mut NewEntity, names: impl Iterator<Item = (&'static str, &'n CompactString)>) {
    for (tag, name) in names {
        let mut listed = entity.names.iter().flat_map(|(_, names)| names);
        if listed.any(|known| fold::fold(known) == fold::fold(name)) {
            continue;
        }
        match entity.names.iter_mut().find(|(known, _)| known == tag) {
            Some((_, names)) => names.push(name.to_string()),
            None => entity.names.push((tag.to_owned(), vec![name.to_string()])),
        }
    }
}

/// A spelling in the texts.
#[derive(Clone, PartialEq, Debug)]
pub struct SeenSpelling {
    /// As written at its first mention.
    pub text: CompactString,
    /// BCP 47 tag of the list it belongs in.
    pub tag: &'static str,
    /// Mentions.
    pub count: usize,
    /// The first mentions, in bytes of their files.
    pub examples: Vec<(FileId, Span)>,
}

impl SeenSpelling {
    /// One that has not been seen yet.
    pub fn new(text: &str) -> Self {
        Self { text: text.into(), tag: tag(text), count: 0, examples: Vec::new() }
    }

    /// Counts a mention.
    pub fn seen(&mut self, file: FileId, span: Span) {
        self.count += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push((file, span));
        }
    }
}

/// The language that a name's letters tell: unmarked Latin ones tell none, and stand with English.
fn tag(name: &str) -> &'static str {
    match NameScript::of(name) {
        NameScript::Thai => "th",
        NameScript::Lao => "lo",
        _ if fold::is_unmarked(name) => "en",
        _ => "vi",
    }
}
