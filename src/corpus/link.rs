//! Who is meant: the mentions of one document together.
//!
//! A fact keeps every entity that its spelling may name. Here the document decides where it can: somebody named
//! unmistakably elsewhere in it, the office beside the name, the country an organisation is said to be of. Where
//! nothing decides, all candidates stay: nothing is ever guessed.
//! Deliberately absent: text; all evidence is in the facts.

use rustc_hash::FxHashSet;
use smallvec::SmallVec;

use super::file::File;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::name::{Class, NameFact};
use crate::registry::{EntityIx, Kind, Registry};
use crate::text::Position;

/// A mention of something in the registry, with what the document says of it.
#[derive(Clone, Debug)]
pub struct Linked<'a> {
    /// Where its segment starts.
    pub start: Position,
    /// The facts of its segment.
    pub facts: &'a SegmentFacts,
    /// The mention.
    pub name: &'a NameFact,
    /// Who may be meant, sorted; never empty.
    pub entities: SmallVec<[EntityIx; 2]>,
    /// What decided.
    pub reason: Reason,
    /// Offices: of whom it is said.
    pub holder: Option<EntityIx>,
    /// Offices: whether no organisation is named with it, so that it is nobody's in particular.
    pub bare: bool,
}

impl<'a> Linked<'a> {
    fn new(start: Position, facts: &'a SegmentFacts, name: &'a NameFact) -> Self {
        Self {
            start,
            facts,
            name,
            entities: name.entities.clone(),
            reason: Reason::Spelling,
            holder: None,
            bare: false,
        }
    }

    /// Who is meant, where exactly one remains.
    pub fn one(&self) -> Option<EntityIx> {
        match self.entities[..] {
            [one] if !self.bare => Some(one),
            _ => None,
        }
    }
}

/// What decided who is meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The spelling is of one entity alone, or nothing decided.
    Spelling,
    /// Of those who share the spelling, one is named unmistakably in the document.
    NamedElsewhere,
    /// Of those who share the spelling, one holds the office beside the name.
    Office,
    /// Of those who share the spelling, one belongs to the person or country beside it.
    Neighbour,
}

/// Links the mentions of one document, in order, outer first.
pub fn link<'a>(file: &'a File, registry: &Registry) -> Vec<Linked<'a>> {
    let mut linked: Vec<Linked<'a>> = Vec::new();
    for (start, facts) in file.facts() {
        linked.extend(facts.names.iter().map(|name| Linked::new(start, facts, name)));
    }
    pair_offices(&mut linked, registry);
    decide_elsewhere(&mut linked);
    decide_organizations(&mut linked, registry);
    linked
}

/// Links the mentions of some segments of a document as [`link`] does, for less: the rest of the document is looked at
/// only where somebody in them may be one of several people, and there only what may be one of these.
pub fn link_segments<'a>(
    file: &File,
    registry: &Registry,
    segments: impl IntoIterator<Item = (Position, &'a SegmentFacts)>,
) -> Vec<Linked<'a>> {
    let mut linked: Vec<Linked<'a>> = Vec::new();
    for (start, facts) in segments {
        linked.append(&mut in_segment(registry, start, facts));
    }
    let open: FxHashSet<EntityIx> = linked
        .iter()
        .filter(|mention| is_person(mention) && mention.entities.len() > 1)
        .flat_map(|mention| mention.entities.iter().copied())
        .collect();
    if !open.is_empty() {
        let mut certain = FxHashSet::default();
        for (start, facts) in file.facts() {
            if facts.names.iter().any(|name| name.entities.iter().any(|entity| open.contains(entity))) {
                let there = in_segment(registry, start, facts);
                certain.extend(there.iter().filter(|mention| is_person(mention)).filter_map(Linked::one));
            }
        }
        decide_by(&mut linked, &certain);
    }
    linked
}

/// What one segment alone decides about its mentions.
pub(super) fn in_segment<'a>(registry: &Registry, start: Position, facts: &'a SegmentFacts) -> Vec<Linked<'a>> {
    let mut linked: Vec<Linked<'a>> = facts.names.iter().map(|name| Linked::new(start, facts, name)).collect();
    pair_offices(&mut linked, registry);
    decide_organizations(&mut linked, registry);
    linked
}

/// Joins an office with the person beside it, and lets each decide about the other.
fn pair_offices(linked: &mut [Linked<'_>], registry: &Registry) {
    for at in 0..linked.len() {
        if linked[at].name.kind != Kind::Office {
            continue;
        }
        linked[at].bare = linked[at].entities.len() > 1 && !has_organization(linked, at);
        let Some(person) = person_beside(linked, at) else { continue };
        let offices = linked[at].entities.clone();
        let holds = |person: &EntityIx| {
            registry
                .get(*person)
                .tenures()
                .iter()
                .any(|tenure| tenure.office.target.is_some_and(|o| offices.contains(&o)))
        };
        let holders: SmallVec<[EntityIx; 2]> = linked[person].entities.iter().copied().filter(holds).collect();
        if linked[person].entities.len() > 1 && holders.len() == 1 {
            linked[person].entities.clone_from(&holders);
            linked[person].reason = Reason::Office;
        }
        let Some(holder) = linked[person].one() else { continue };
        linked[at].holder = Some(holder);
        let held: SmallVec<[EntityIx; 2]> = offices
            .iter()
            .copied()
            .filter(|office| registry.get(holder).tenures().iter().any(|tenure| tenure.office.target == Some(*office)))
            .collect();
        if offices.len() > 1 && held.len() == 1 {
            linked[at].entities = held;
            linked[at].reason = Reason::Office;
            linked[at].bare = false;
        }
    }
}

/// Whether an organisation lies inside the mention at `at`.
fn has_organization(linked: &[Linked<'_>], at: usize) -> bool {
    let outer = &linked[at];
    linked[at + 1..]
        .iter()
        .take_while(|inner| inner.start.byte == outer.start.byte && inner.name.span.start < outer.name.span.end)
        .any(|inner| inner.name.kind == Kind::Organization)
}

/// The person directly after the office at `at`, else directly before it: nothing but a space or an honorific between.
fn person_beside(linked: &[Linked<'_>], at: usize) -> Option<usize> {
    let office = &linked[at];
    let same = |other: &Linked<'_>| other.start.byte == office.start.byte;
    let after = (at + 1..linked.len())
        .take_while(|other| same(&linked[*other]) && linked[*other].name.extent.start <= office.name.span.end + 1)
        .find(|other| is_person(&linked[*other]) && linked[*other].name.span.start >= office.name.span.end);
    after.or_else(|| {
        (0..at)
            .rev()
            .take_while(|other| same(&linked[*other]) && linked[*other].name.span.end + 1 >= office.name.span.start)
            .find(|other| is_person(&linked[*other]))
    })
}

fn is_person(linked: &Linked<'_>) -> bool {
    Class::from(linked.name.kind) == Class::Person
}

/// Of people who share a spelling, takes the one whom the document names unmistakably.
fn decide_elsewhere(linked: &mut [Linked<'_>]) {
    let certain: FxHashSet<EntityIx> =
        linked.iter().filter(|mention| is_person(mention)).filter_map(Linked::one).collect();
    decide_by(linked, &certain);
}

fn decide_by(linked: &mut [Linked<'_>], certain: &FxHashSet<EntityIx>) {
    for mention in linked.iter_mut().filter(|mention| is_person(mention) && mention.entities.len() > 1) {
        let named: SmallVec<[EntityIx; 2]> =
            mention.entities.iter().copied().filter(|entity| certain.contains(entity)).collect();
        if named.len() == 1 {
            mention.entities = named;
            mention.reason = Reason::NamedElsewhere;
        }
    }
}

/// Of organisations that share a spelling, takes that of the office around it, else that of the country beside it.
fn decide_organizations(linked: &mut [Linked<'_>], registry: &Registry) {
    /// A country said within so many bytes behind an organisation is its country (`ของ`, `แห่งสาธารณรัฐ…`).
    const NEAR: u32 = 12;
    for at in 0..linked.len() {
        if linked[at].name.kind != Kind::Organization || linked[at].entities.len() < 2 {
            continue;
        }
        let (start, span) = (linked[at].start.byte, linked[at].name.span);
        let around =
            linked[..at].iter().rev().take_while(|other| other.start.byte == start).find(|other| {
                other.name.kind == Kind::Office && other.name.span.contains(span) && other.one().is_some()
            });
        let by_office = around.and_then(Linked::one).and_then(|office| registry.get(office).organization());
        let decided = by_office.filter(|organization| linked[at].entities.contains(organization)).or_else(|| {
            let beside = linked[at + 1..]
                .iter()
                .take_while(|other| other.start.byte == start && other.name.span.start <= span.end + NEAR)
                .find(|other| other.name.kind == Kind::Place && other.name.span.start >= span.end)?;
            let country = registry.get(beside.one()?).country.as_deref()?;
            let mut of_country = linked[at]
                .entities
                .iter()
                .copied()
                .filter(|entity| registry.get(*entity).country.as_deref() == Some(country));
            of_country.next().filter(|_| of_country.next().is_none())
        });
        if let Some(decided) = decided {
            linked[at].entities = smallvec::smallvec![decided];
            linked[at].reason = Reason::Neighbour;
        }
    }
}
