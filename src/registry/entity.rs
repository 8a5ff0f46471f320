//! Entities as plain data, each piece with the place in its entry that says it.
//!
//! Places count bytes from the start of the entry, so that an entry stays as it is wherever it moves in its file; where
//! that is now the [`Registry`](super::Registry) knows ([`origin`](super::Registry::origin)).
//! Deliberately absent: how it is read ([`load`](super::load)) and found again.

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{FileId, Span, cluster};

/// The number of an id: another state of the registry gives it to no other one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub struct EntityIx(pub u32);

impl EntityIx {
    /// The number of what has not been given one yet.
    pub(super) const UNNUMBERED: Self = Self(u32::MAX);
}

/// A place in a registry file, in bytes of the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// The place in it; strings with their quotes.
    pub span: Span,
}

/// The kind of an entity.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// A person with at least one office.
    Official,
    /// A person without offices.
    Person,
    /// An organisation.
    Organization,
    /// An office of an organisation, or of none in particular.
    Office,
    /// A country, city, region …
    Place,
    /// A legal document.
    Decree,
}

impl EntityKind {
    /// The word in output rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Office => "office",
            Self::Place => "place",
            Self::Decree => "decree",
        }
    }

    /// The header of its tables in a registry file: `person` for officials too.
    pub const fn table(self) -> &'static str {
        match self {
            Self::Official => "person",
            _ => self.as_str(),
        }
    }

    /// Returns whether it is somebody.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Official | Self::Person)
    }
}

/// The script a name is written in, as its first letter tells; of letters and other signs one by one
/// [`cluster::Script`] knows more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum NameScript {
    /// Latin letters, with or without diacritics.
    Latin,
    /// Thai.
    Thai,
    /// Lao.
    Lao,
    /// Any other, or no letter at all.
    Other,
}

impl NameScript {
    /// The script of the first letter of `name`.
    pub fn of(name: &str) -> Self {
        match name.chars().find(|letter| letter.is_alphabetic()).map(cluster::Script::of) {
            Some(cluster::Script::Thai) => Self::Thai,
            Some(cluster::Script::Lao) => Self::Lao,
            Some(cluster::Script::Latin) => Self::Latin,
            Some(cluster::Script::Other | cluster::Script::Digit | cluster::Script::None) | None => Self::Other,
        }
    }
}

/// One spelling.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alias {
    /// As the file has it, neither folded nor normalised; never empty, no control characters.
    pub text: CompactString,
    /// The string in the entry, with its quotes.
    pub at: Span,
}

impl Alias {
    /// The script it is written in.
    pub fn script(&self) -> NameScript {
        NameScript::of(&self.text)
    }

    /// Returns whether it has any letter; nobody is called `123`.
    pub fn has_letters(&self) -> bool {
        self.text.contains(char::is_alphabetic)
    }
}

/// The spellings of one language, preferred first. Never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AliasList {
    /// BCP 47 tag as the file has it.
    pub tag: CompactString,
    /// The spellings in the order of the file.
    pub names: Box<[Alias]>,
}

/// The id of another entity, as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct IdReference {
    /// The id.
    pub id: CompactString,
    /// The string in the entry, with its quotes.
    pub at: Span,
    /// The number of the id, whether or not anybody has it: [`Registry::target`](super::Registry::target) knows.
    pub to: EntityIx,
}

/// An office held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tenure {
    /// The office.
    pub office: IdReference,
    /// First day; `None` where unknown.
    pub since: Option<PlacedDate>,
    /// Last day; `None` where unknown or still held.
    pub until: Option<PlacedDate>,
    /// The evidence for it.
    pub basis: Provenance,
    /// The whole of it in the entry.
    pub whole: Span,
}

impl Tenure {
    /// Returns whether it may have been held on `day`: the first and the last day count, an unknown end excludes
    /// nothing.
    pub fn covers(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since.date <= day) && self.until.is_none_or(|until| day <= until.date)
    }
}

/// A date with its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PlacedDate {
    /// The date, Gregorian.
    pub date: Date,
    /// The place in the entry.
    pub at: Span,
}

/// The evidence for a statement.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Provenance {
    /// The sources that confirm it.
    pub source: Box<[CompactString]>,
    /// The unconfirmed part: empty for all of it.
    pub unverified: Option<CompactString>,
    /// A note for people.
    pub note: Option<CompactString>,
}

/// The fields that only one kind of entity has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum EntityDetail {
    /// A person, official or not.
    Person {
        /// Offices held, in the order of the file.
        offices: Box<[Tenure]>,
        /// The occupation of the person.
        occupation: Option<CompactString>,
    },
    /// An organisation.
    Organization {
        /// The sort of organisation: `ministry`, `media` …
        sort: Option<CompactString>,
        /// The successor.
        successor: Option<Successor>,
    },
    /// An office.
    Office {
        /// The organisation it belongs to.
        organization: Option<IdReference>,
    },
    /// A place.
    Place,
    /// A legal document; its id is its reference.
    Decree {
        /// The day it was signed.
        date: Option<PlacedDate>,
        /// The title by BCP 47 tag, in the order of the file.
        titles: Box<[(CompactString, Alias)]>,
        /// The address of its text.
        url: Option<CompactString>,
    },
}

/// The successor of an organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Successor {
    /// The organisation that took over.
    pub organization: IdReference,
    /// From which day.
    pub since: Option<PlacedDate>,
}

/// Somebody or something that texts mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    /// The number of its id.
    pub ix: EntityIx,
    /// The id, unique in the corpus; never empty.
    pub id: CompactString,
    /// The id in the entry, with its quotes.
    pub id_at: Span,
    /// The kind.
    pub kind: EntityKind,
    /// Spellings by language, in the order of the file.
    pub names: Box<[AliasList]>,
    /// Short forms of no particular language.
    pub abbreviations: Box<[Alias]>,
    /// ISO 3166-1 code.
    pub country: Option<CompactString>,
    /// Links by the name of the site: `wikidata`, `web` …
    pub links: Box<[(CompactString, CompactString)]>,
    /// The evidence for the entry.
    pub basis: Provenance,
    /// The fields of its kind.
    pub detail: EntityDetail,
    /// Bytes of the whole table, header included.
    pub len: u32,
    /// The start of the table in the piece of the file that it was read from.
    pub(super) start: u32,
}

impl Entity {
    /// All spellings in the order of the file, abbreviations last.
    pub fn spellings(&self) -> impl Iterator<Item = &Alias> {
        self.names.iter().flat_map(|list| &list.names).chain(&self.abbreviations)
    }

    /// The spellings in one script, in the order of the file, abbreviations last.
    pub fn names_in(&self, script: NameScript) -> impl Iterator<Item = &Alias> {
        self.spellings().filter(move |name| name.script() == script)
    }

    /// Returns the name for people: the first list's first name, else the first abbreviation, else the id.
    pub fn display_name(&self) -> &str {
        self.spellings().next().map_or(self.id.as_str(), |name| name.text.as_str())
    }

    /// The list of one language; tags compare without case.
    pub fn names_for(&self, tag: &str) -> Option<&AliasList> {
        self.names.iter().find(|list| list.tag.eq_ignore_ascii_case(tag))
    }

    /// The preferred name in one script: the first registered one.
    pub fn preferred_in(&self, script: NameScript) -> Option<&Alias> {
        self.names_in(script).next()
    }

    /// Offices held, in the order of the file; empty for all but officials.
    pub fn tenures(&self) -> &[Tenure] {
        match &self.detail {
            EntityDetail::Person { offices, .. } => offices,
            _ => &[],
        }
    }

    /// Offices that may have been held on `day`.
    pub fn tenures_at(&self, day: Date) -> impl Iterator<Item = &Tenure> {
        self.tenures().iter().filter(move |tenure| tenure.covers(day))
    }

    /// The number of the id that an office names as its organisation's, whether or not there is such an organisation:
    /// [`Registry::organization`](super::Registry::organization) knows.
    pub fn organization(&self) -> Option<EntityIx> {
        match &self.detail {
            EntityDetail::Office { organization } => Some(organization.as_ref()?.to),
            _ => None,
        }
    }

    /// The ids of other entries that it names, each with the kind that is wanted.
    pub fn references(&self) -> impl Iterator<Item = (&IdReference, EntityKind)> {
        let of_detail = match &self.detail {
            EntityDetail::Office { organization } => organization.as_ref(),
            EntityDetail::Organization { successor, .. } => successor.as_ref().map(|successor| &successor.organization),
            _ => None,
        };
        let offices = self.tenures().iter().map(|tenure| (&tenure.office, EntityKind::Office));
        offices.chain(of_detail.map(|organization| (organization, EntityKind::Organization)))
    }

    /// The same, to be numbered.
    pub(super) fn references_mut(&mut self) -> impl Iterator<Item = &mut IdReference> {
        let (offices, one): (&mut [Tenure], _) = match &mut self.detail {
            EntityDetail::Person { offices, .. } => (offices, None),
            EntityDetail::Office { organization } => (&mut [], organization.as_mut()),
            EntityDetail::Organization { successor, .. } => {
                (&mut [], successor.as_mut().map(|successor| &mut successor.organization))
            }
            EntityDetail::Place | EntityDetail::Decree { .. } => (&mut [], None),
        };
        offices.iter_mut().map(|tenure| &mut tenure.office).chain(one)
    }
}
