//! Names of the registry in running text.
//!
//! `alias` finds every listed spelling, exactly or folded; `sound` finds spellings nobody has listed, in another
//! script; `title` reads offices from a word of office and its organisation; `address` sees who is addressed in short;
//! `unlisted` finds people whom the registry does not have. The link of a shared spelling is decided later, from the
//! whole document: a fact keeps all candidates.

pub mod address;
pub mod alias;
pub mod cue;
pub mod given_name;
pub mod honorific;
mod lao;
mod longer_name;
mod misspelt;
mod misspelt_thai;
pub mod phonetic;
pub mod phonetic_match;
pub mod rank;
mod scan;
pub mod title;
mod title_word;
pub mod unlisted;
pub mod unlisted_title;
mod word_lists;

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::recognise::profile::Language;
use crate::registry::{EntityIx, EntityKind};
use crate::text::Span;

/// A mention of something in the registry.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct NameFact {
    /// The name alone, in bytes of the segment.
    pub span: Span,
    /// The name with its honorific.
    pub extent: Span,
    /// The kind of the thing named.
    pub kind: EntityKind,
    /// Everything it may name, sorted; one where the spelling decides. Empty for an office that the registry has not,
    /// and for somebody named in short.
    pub entities: SmallVec<[EntityIx; 2]>,
    /// The way in which the name was recognised.
    pub via: Via,
    /// The text of `span`.
    pub surface: CompactString,
    /// The language of the passage around the name, where its letters tell; of names in Latin letters.
    pub language: Language,
    /// The place where it is glued to a neighbouring word.
    pub glued: Option<GluedPlace>,
    /// Spaces inside that no listed spelling has.
    pub stray_spaces: SmallVec<[Span; 1]>,
    /// True if a spelling of the registry stands in an address, a file name or code, where no fix changes anything.
    pub is_verbatim: bool,
    /// Offices: what stands around the word of office, where anything does.
    pub office: Option<Box<OfficeFact>>,
}

/// The place where a name is glued to a neighbouring word, with no space between.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct GluedPlace {
    /// Empty, before or after the name, in bytes of the segment.
    pub at: Span,
    /// True if the name set apart is still this one: `Trần Văn LâmAnh` may be a name of four syllables.
    pub stands_alone: bool,
}

/// The surroundings of a word of office.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct OfficeFact {
    /// The organisation that the title names, all that it may be; empty where the registry's own name of the office was
    /// found.
    pub organizations: SmallVec<[EntityIx; 1]>,
    /// True if it follows somebody's name as what they are (`Trần Văn Lâm, Bộ trưởng Bộ Tài chính`).
    pub apposed: bool,
    /// True if a word before it says that it is no more (`อดีต`, `nguyên`, `former`).
    pub former: bool,
}

/// The way in which a name was recognised.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub enum Via {
    /// As it is listed.
    Exact,
    /// Up to case, diacritics and spacing.
    Folded,
    /// By its sound.
    SoundsLike {
        /// From 0 to 1.
        score: f32,
    },
    /// An office by its word and its organisation.
    Grammar,
    /// Somebody named in short, by what the document said before.
    Context,
}

/// The classes of names that compete for the same text: of overlapping names of one class only one stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum NameClass {
    /// People, officials or not.
    Person,
    /// Organisations.
    Organization,
    /// Offices.
    Office,
    /// Places.
    Place,
    /// Legal documents.
    Decree,
}

impl From<EntityKind> for NameClass {
    fn from(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Official | EntityKind::Person => Self::Person,
            EntityKind::Organization => Self::Organization,
            EntityKind::Office => Self::Office,
            EntityKind::Place => Self::Place,
            EntityKind::Decree => Self::Decree,
        }
    }
}

/// Keeps, of names that overlap, the leftmost and then longest within a class; of names of different classes that
/// cross, the longer. The result is sorted by start, outer first.
pub fn settle(names: &mut Vec<NameFact>) {
    names.sort_by_key(|name| (NameClass::from(name.kind), name.span.start, std::cmp::Reverse(name.span.end)));
    let mut last: Option<(NameClass, u32)> = None;
    names.retain(|name| {
        let class = NameClass::from(name.kind);
        let free = last.is_none_or(|(other, end)| other != class || name.span.start >= end);
        if free {
            last = Some((class, name.span.end));
        }
        free
    });
    names.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end), NameClass::from(name.kind)));
    drop_crossing(names);
}

fn drop_crossing(names: &mut Vec<NameFact>) {
    // Names of one class are disjoint by now, so at most a handful is open at any place.
    let mut dropped = vec![false; names.len()];
    let mut open: SmallVec<[usize; 8]> = SmallVec::new();
    for at in 0..names.len() {
        let span = names[at].span;
        open.retain(|other| names[*other].span.end > span.start && !dropped[*other]);
        for &other in &open {
            let outer = names[other].span;
            if outer.end < span.end && outer.start < span.start {
                dropped[if outer.len() >= span.len() { at } else { other }] = true;
            }
        }
        if !dropped[at] {
            open.push(at);
        }
    }
    let mut at = 0;
    names.retain(|_| {
        at += 1;
        !dropped[at - 1]
    });
}
