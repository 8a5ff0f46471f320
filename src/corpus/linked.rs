//! Mentions of registered things, linked: the data types of linking, and what both ways of linking ask of them.
//!
//! Deliberately absent: deciding who is meant (`link.rs` for full names, `short_names.rs` for short ones).

use jiff::civil::Date;
use smallvec::SmallVec;

use crate::recognise::facts::SegmentFacts;
use crate::recognise::name::{NameClass, NameFact};
use crate::registry::{Entity, EntityIx, Registry};
use crate::text::Position;

/// A segment's facts, and where in the file the segment starts.
pub type PlacedFacts<'a> = (Position, &'a SegmentFacts);

/// The registry and the settings that a document is linked by.
#[derive(Clone, Copy, Debug)]
pub struct LinkContext<'r> {
    /// The entities there are.
    pub registry: &'r Registry,
    /// The day of the document, where it is known.
    pub day: Option<Date>,
    /// True where people named in short are linked, too.
    pub short: bool,
}

/// A mention of something in the registry, with what the document says of it.
#[derive(Clone, Debug)]
pub struct LinkedMention<'a> {
    /// The start of its segment.
    pub start: Position,
    /// The facts of its segment.
    pub facts: &'a SegmentFacts,
    /// The mention.
    pub name: &'a NameFact,
    /// The candidates, sorted. Empty for an office that the registry has not.
    pub entities: SmallVec<[EntityIx; 2]>,
    /// The reason why just these.
    pub reason: LinkReason,
    /// Offices: the person it is said of.
    pub holder: Option<EntityIx>,
    /// Offices: true where no organisation is named with it, so that it is nobody's in particular.
    pub bare: bool,
}

impl<'a> LinkedMention<'a> {
    pub(super) fn new(start: Position, facts: &'a SegmentFacts, name: &'a NameFact) -> Self {
        Self {
            start,
            facts,
            name,
            entities: name.entities.clone(),
            reason: if facts.is_decided(name.span) { LinkReason::Decided } else { LinkReason::Spelling },
            holder: None,
            bare: false,
        }
    }

    /// The entity that is meant, where exactly one remains.
    pub fn one(&self) -> Option<EntityIx> {
        match self.entities[..] {
            [one] if !self.bare => Some(one),
            _ => None,
        }
    }
}

/// The evidence that decided who is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkReason {
    /// The spelling is of one entity alone, or nothing decided.
    Spelling,
    /// Of those who share the spelling, one is named unmistakably in the document.
    NamedElsewhere,
    /// Of those who share the spelling, one holds the office beside the name.
    Office,
    /// Of those who hold or held the office beside the name, one held it on the day of the document.
    Day,
    /// Of those who share the spelling, one belongs to the person or country beside it.
    Neighbour,
    /// A person decided so in `scholiast.toml`.
    Decided,
    /// Somebody who was named in full before, in this line of the document, counted from 0.
    NamedBefore(u32),
}

/// Tells whether a mention is of a person.
pub(super) fn is_person(linked: &LinkedMention<'_>) -> bool {
    NameClass::from(linked.name.kind) == NameClass::Person
}

/// The offices of somebody on the day of the document; all of them where none is known then.
pub(super) fn offices_then(person: &Entity, registry: &Registry, day: Option<Date>) -> SmallVec<[EntityIx; 2]> {
    let offices = |day: Option<Date>| {
        let tenures = person.tenures().iter().filter(|tenure| day.is_none_or(|day| tenure.covers(day)));
        let mut offices: SmallVec<[EntityIx; 2]> =
            tenures.filter_map(|tenure| Some(registry.office(tenure)?.ix)).collect();
        offices.sort_unstable();
        offices.dedup();
        offices
    };
    let then = offices(day);
    if then.is_empty() { offices(None) } else { then }
}
