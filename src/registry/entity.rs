//! Who exists: plain data, each piece with the place in a file that says it.
//!
//! Deliberately absent: how it is read ([`load`](super::load)) and found again ([`Registry`](super::Registry)).

use compact_str::CompactString;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::text::{FileId, Span};

/// The number of an entity: another load of the registry gives it to nobody else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub struct EntityIx(pub u32);

/// A place in a registry file, in bytes of the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Origin {
    /// The file.
    pub file: FileId,
    /// Where in it; strings with their quotes.
    pub span: Span,
}

/// What an entity is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash, Serialize, Deserialize)]
pub enum Kind {
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

impl Kind {
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

    /// Whether it is somebody.
    pub const fn is_person(self) -> bool {
        matches!(self, Self::Official | Self::Person)
    }
}

/// The script a name is written in, as its first letter tells.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Script {
    /// Latin letters, with or without diacritics.
    Latin,
    /// Thai.
    Thai,
    /// Lao.
    Lao,
    /// Any other, or no letter at all.
    Other,
}

impl Script {
    /// The script of the first letter of `name`.
    pub fn of(name: &str) -> Self {
        match name.chars().find(|letter| letter.is_alphabetic()) {
            Some('\u{e00}'..='\u{e7f}') => Self::Thai,
            Some('\u{e80}'..='\u{eff}') => Self::Lao,
            Some('a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}') => Self::Latin,
            _ => Self::Other,
        }
    }
}

/// One spelling.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// As the file has it, neither folded nor normalised; never empty, no control characters.
    pub text: CompactString,
    /// The string in the file, with its quotes.
    pub at: Origin,
}

impl Name {
    /// The script it is written in.
    pub fn script(&self) -> Script {
        Script::of(&self.text)
    }
}

/// The spellings of one language, preferred first. Never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Names {
    /// BCP 47 tag as the file has it.
    pub tag: CompactString,
    /// The tag in the file.
    pub tag_at: Origin,
    /// The spellings in the order of the file.
    pub names: Vec<Name>,
    /// The array in the file, with its brackets.
    pub at: Origin,
}

/// The id of another entity, as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reference {
    /// The id.
    pub id: CompactString,
    /// The string in the file, with its quotes.
    pub at: Origin,
    /// Who is meant; `None` where nobody of the right kind has the id, which is a fault.
    pub target: Option<EntityIx>,
}

/// An office held.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tenure {
    /// The office.
    pub office: Reference,
    /// First day; `None` where unknown.
    pub since: Option<Dated>,
    /// Last day; `None` where unknown or still held.
    pub until: Option<Dated>,
    /// What it rests on.
    pub basis: Basis,
    /// The whole entry in the file.
    pub whole: Origin,
}

impl Tenure {
    /// Whether it may have been held on `day`: the first and the last day count, an unknown end excludes nothing.
    pub fn covers(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since.date <= day) && self.until.is_none_or(|until| day <= until.date)
    }
}

/// A date with its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dated {
    /// The date, Gregorian.
    pub date: Date,
    /// Where it stands.
    pub at: Origin,
}

/// What a statement rests on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Basis {
    /// Where it was confirmed.
    pub source: Vec<CompactString>,
    /// What is not confirmed: empty for all of it.
    pub unverified: Option<CompactString>,
    /// A note for people.
    pub note: Option<CompactString>,
}

/// What only one kind of entity has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Detail {
    /// A person, official or not.
    Person {
        /// Offices held, in the order of the file.
        offices: Vec<Tenure>,
        /// What the person does.
        occupation: Option<CompactString>,
    },
    /// An organisation.
    Organization {
        /// What sort of organisation: `ministry`, `media` …
        sort: Option<CompactString>,
        /// What became of it.
        successor: Option<Successor>,
    },
    /// An office.
    Office {
        /// The organisation it belongs to.
        organization: Option<Reference>,
    },
    /// A place.
    Place,
    /// A legal document; its id is its reference.
    Decree {
        /// The day it was signed.
        date: Option<Dated>,
        /// Its title by BCP 47 tag, in the order of the file.
        titles: Vec<(CompactString, Name)>,
        /// Where its text can be read.
        url: Option<CompactString>,
    },
}

/// What became of an organisation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Successor {
    /// The organisation that took over.
    pub organization: Reference,
    /// From which day.
    pub since: Option<Dated>,
}

/// Somebody or something that texts mention.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entity {
    /// Its number.
    pub ix: EntityIx,
    /// Its id, unique in the corpus; never empty.
    pub id: CompactString,
    /// The id in the file, with its quotes.
    pub id_at: Origin,
    /// What it is.
    pub kind: Kind,
    /// Spellings by language, in the order of the file.
    pub names: Vec<Names>,
    /// Short forms of no particular language.
    pub abbreviations: Vec<Name>,
    /// ISO 3166-1 code.
    pub country: Option<CompactString>,
    /// Links by the name of the site: `wikidata`, `web` …
    pub links: Vec<(CompactString, CompactString)>,
    /// What the entry rests on.
    pub basis: Basis,
    /// What only its kind has.
    pub detail: Detail,
    /// The whole table in the file, header included.
    pub whole: Origin,
}

impl Entity {
    /// All spellings in the order of the file, abbreviations last.
    pub fn spellings(&self) -> impl Iterator<Item = &Name> {
        self.names.iter().flat_map(|list| &list.names).chain(&self.abbreviations)
    }

    /// The spellings in one script, in the order of the file, abbreviations last.
    pub fn names_in(&self, script: Script) -> impl Iterator<Item = &Name> {
        self.spellings().filter(move |name| name.script() == script)
    }

    /// What stands for it among people: the first list's first name, else the first abbreviation, else the id.
    pub fn display_name(&self) -> &str {
        self.spellings().next().map_or(self.id.as_str(), |name| name.text.as_str())
    }

    /// The list of one language; tags compare without case.
    pub fn names_for(&self, tag: &str) -> Option<&Names> {
        self.names.iter().find(|list| list.tag.eq_ignore_ascii_case(tag))
    }

    /// The preferred name of one language.
    pub fn preferred_name(&self, tag: &str) -> Option<&Name> {
        self.names_for(tag)?.names.first()
    }

    /// The preferred name in one script: the first registered one.
    pub fn preferred_in(&self, script: Script) -> Option<&Name> {
        self.names_in(script).next()
    }

    /// Offices held, in the order of the file; empty for all but officials.
    pub fn tenures(&self) -> &[Tenure] {
        match &self.detail {
            Detail::Person { offices, .. } => offices,
            _ => &[],
        }
    }

    /// Offices that may have been held on `day`.
    pub fn tenures_at(&self, day: Date) -> impl Iterator<Item = &Tenure> {
        self.tenures().iter().filter(move |tenure| tenure.covers(day))
    }

    /// The organisation of an office, where the registry names one that exists.
    pub fn organization(&self) -> Option<EntityIx> {
        match &self.detail {
            Detail::Office { organization } => organization.as_ref()?.target,
            _ => None,
        }
    }
}
