//! Mentions as everybody outside sees them: names, dates, references and what patterns find of one file in one order,
//! with what they mean in this document.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::file::File;
use super::link::{link, link_segments};
use super::linked::{LinkContext, LinkReason, LinkedMention, PlacedFacts};
use super::short_references::FullReferences;
use crate::recognise::date::{DateFact, DateReading};
use crate::recognise::decree::DecreeFact;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::name::Via;
use crate::recognise::pattern::PatternFact;
use crate::recognise::profile::DocumentProfile;
use crate::registry::{EntityIx, EntityKind, Registry};
use crate::text::{Place, Position, Span};

/// A mention in a file.
#[derive(Clone, Debug)]
pub struct Mention<'a> {
    /// The place of its core.
    pub place: Place,
    /// The place of it with all that belongs to it, in bytes of the file.
    pub extent: Span,
    /// The kind, with what it means.
    pub what: MentionKind<'a>,
}

/// The kind of a mention, with what it means.
#[derive(Clone, Debug)]
pub enum MentionKind<'a> {
    /// Something in the registry.
    Name(NameMention<'a>),
    /// A date.
    Date {
        /// The fact that was seen.
        fact: &'a DateFact,
        /// The meaning in this document.
        reading: DateReading,
        /// `value` completed from the document's date, where that says more.
        resolved: Option<CompactString>,
    },
    /// A reference to a legal document.
    Decree {
        /// The fact that was seen; of a reference in short that of the full one.
        fact: &'a DecreeFact,
        /// The registry's entry for it.
        entry: Option<EntityIx>,
    },
    /// A mention of a kind of the user's.
    Pattern(&'a PatternFact),
}

/// A mention of something in the registry.
#[derive(Clone, Debug)]
pub struct NameMention<'a> {
    /// The kind of entity.
    pub kind: EntityKind,
    /// The candidates, sorted; one where it is decided.
    pub entities: SmallVec<[EntityIx; 2]>,
    /// The reason why just these.
    pub reason: LinkReason,
    /// The way in which it was recognised.
    pub via: Via,
    /// Offices: of whom it is said.
    pub holder: Option<EntityIx>,
    /// Offices: whether it is nobody's in particular.
    pub bare: bool,
    /// The text.
    pub surface: &'a str,
}

impl NameMention<'_> {
    /// The entity that is meant, where exactly one remains.
    pub fn one(&self) -> Option<EntityIx> {
        match self.entities[..] {
            [one] if !self.bare => Some(one),
            _ => None,
        }
    }
}

/// The mentions of a file, by start, outer first. They are made a segment at a time: all those of a large text take
/// more memory than the text.
pub fn mentions<'a>(
    file: &'a File,
    profile: &DocumentProfile,
    links: LinkContext<'a>,
) -> impl Iterator<Item = Mention<'a>> {
    let document: Vec<PlacedFacts<'a>> = file.facts().collect();
    let mut linked = link(&document, links).into_iter().peekable();
    let full = FullReferences::of(document.iter().copied(), &document);
    document.into_iter().flat_map(move |(start, facts)| {
        let mut mentions: Vec<Mention<'a>> = Vec::new();
        while let Some(linked) = linked.next_if(|linked| linked.start.byte == start.byte) {
            mentions.push(name(linked, links.registry));
        }
        others(start, facts, profile, links.registry, full.as_ref(), &mut mentions);
        in_order(&mut mentions);
        mentions
    })
}

fn in_order(mentions: &mut [Mention<'_>]) {
    mentions.sort_by_key(|mention| (mention.place.start.byte, std::cmp::Reverse(mention.place.end.byte)));
}

/// The mentions of entities of the registry in a file, by start, outer first.
pub fn names<'a>(file: &'a File, links: LinkContext<'_>) -> Vec<Mention<'a>> {
    let document: Vec<PlacedFacts<'a>> = file.facts().collect();
    let mut names: Vec<Mention<'a>> =
        link(&document, links).into_iter().map(|linked| name(linked, links.registry)).collect();
    in_order(&mut names);
    names
}

/// The mentions that a cursor at `byte` of the file touches, innermost first. Of two that meet at the cursor the one
/// that starts there comes first; of two of the same length the person that a title stands for.
///
/// The cost is that of one segment, but for names that several people share or that are short (see [`link_segments`]).
pub fn at<'a>(file: &'a File, profile: &DocumentProfile, links: LinkContext<'_>, byte: u32) -> Vec<Mention<'a>> {
    let mut mentions = in_segments(file, profile, links, file.facts_at(byte));
    mentions.retain(|mention| mention.place.span().touches(byte));
    let is_short = |mention: &Mention<'_>| matches!(&mention.what, MentionKind::Name(name) if name.via == Via::Context);
    mentions.sort_by_key(|mention| (mention.place.end.byte == byte, mention.place.span().len(), !is_short(mention)));
    mentions
}

/// The mentions of some segments of a file, by start, outer first.
pub fn in_segments<'a>(
    file: &'a File,
    profile: &DocumentProfile,
    links: LinkContext<'_>,
    segments: impl IntoIterator<Item = (Position, &'a SegmentFacts)>,
) -> Vec<Mention<'a>> {
    let segments: Vec<(Position, &'a SegmentFacts)> = segments.into_iter().collect();
    let linked = link_segments(|| file.facts().collect(), links, &segments);
    let mut mentions: Vec<Mention<'a>> = linked.into_iter().map(|linked| name(linked, links.registry)).collect();
    let full = FullReferences::of(file.facts(), &segments);
    for (start, facts) in segments {
        others(start, facts, profile, links.registry, full.as_ref(), &mut mentions);
    }
    in_order(&mut mentions);
    mentions
}

/// Dates, references and mentions of the user's kinds of a segment.
fn others<'a>(
    start: Position,
    facts: &'a SegmentFacts,
    profile: &DocumentProfile,
    registry: &Registry,
    full: Option<&FullReferences<'a>>,
    mentions: &mut Vec<Mention<'a>>,
) {
    let dates = facts.dates.iter().filter(|date| date.is_mention());
    mentions.extend(dates.map(|fact| date(start, facts, fact, profile)));
    let decrees = facts.decrees.iter().filter(|decree| decree.is_mention());
    mentions.extend(decrees.map(|fact| decree(start, facts, fact, registry)));
    let meant = facts.short_references.iter().filter_map(|short| Some((short, full?.meant(short)?)));
    mentions.extend(meant.map(|(short, fact)| Mention {
        place: facts.place(start, short.core),
        extent: short.extent.shift(start.byte),
        what: MentionKind::Decree { fact, entry: entry_of(fact, registry) },
    }));
    mentions.extend(facts.patterns.iter().map(|fact| Mention {
        place: facts.place(start, fact.span),
        extent: fact.span.shift(start.byte),
        what: MentionKind::Pattern(fact),
    }));
}

fn name<'a>(linked: LinkedMention<'a>, registry: &Registry) -> Mention<'a> {
    // Whether somebody is an official the registry knows, not the spelling.
    let kind = linked.one().map_or(linked.name.kind, |entity| registry.get(entity).kind);
    Mention {
        place: linked.facts.place(linked.start, linked.name.span),
        extent: linked.name.extent.shift(linked.start.byte),
        what: MentionKind::Name(NameMention {
            kind,
            entities: linked.entities,
            reason: linked.reason,
            via: linked.name.via,
            holder: linked.holder,
            bare: linked.bare,
            surface: &linked.name.surface,
        }),
    }
}

fn date<'a>(start: Position, facts: &'a SegmentFacts, fact: &'a DateFact, profile: &DocumentProfile) -> Mention<'a> {
    let reading = fact.reading(profile);
    let resolved = profile
        .date
        .zip(reading.value.as_ref())
        .and_then(|(date, value)| value.resolve(date).filter(|resolved| resolved != value));
    Mention {
        place: facts.place(start, fact.core),
        extent: fact.extent.shift(start.byte),
        what: MentionKind::Date { fact, resolved: resolved.map(|value| value.to_string().into()), reading },
    }
}

fn decree<'a>(start: Position, facts: &'a SegmentFacts, fact: &'a DecreeFact, registry: &Registry) -> Mention<'a> {
    Mention {
        place: facts.place(start, fact.core),
        extent: fact.extent.shift(start.byte),
        what: MentionKind::Decree { fact, entry: entry_of(fact, registry) },
    }
}

fn entry_of(fact: &DecreeFact, registry: &Registry) -> Option<EntityIx> {
    let entry = registry.by_id(&fact.symbol.reference).filter(|entity| entity.kind == EntityKind::Decree);
    entry.map(|entity| entity.ix)
}
