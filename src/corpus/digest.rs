//! The sum of a stretch of a document, for whoever looks at the document as a whole.
//!
//! Rules that compare the mentions of a document with each other would have to walk over all of it after every
//! keystroke. A [`Digest`] sums up a chunk of the segment tree: which of its segments have faults that count, which
//! mentions are alike in everything that decides. It is kept with the chunk, so that an edit costs the digest of one
//! chunk; an [`Overview`](super::overview::Overview) puts those of a document together.
//! Deliberately absent: places (a chunk moves when something is typed before it), and judgements.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;

use super::counts::date_beside;
use super::link::in_segment;
use super::linked::{LinkContext, LinkedMention};
use crate::recognise::decree::{self, DecreeFact, DecreeSymbol, DecreeTable};
use crate::recognise::facts::SegmentFacts;
use crate::recognise::profile::{DocumentProfile, Era};
use crate::registry::{EntityIx, EntityKind, Registry};
use crate::text::Position;

/// All that a digest depends on beside the chunk.
#[derive(Clone, Copy, Debug)]
pub struct DigestBasis<'a> {
    /// The stamp of registry and configuration.
    pub stamp: u64,
    /// The profile of the document.
    pub profile: DocumentProfile,
    /// The entities there are.
    pub registry: &'a Registry,
    /// Types and agencies of legal documents.
    pub decrees: &'a DecreeTable,
}

/// The sum of a stretch of a document.
#[derive(Debug, Default)]
pub struct Digest {
    /// The segments with a fault that counts in this document, ascending.
    pub faulty: Box<[u32]>,
    /// True where unmarked years of an era occur: Buddhist, Common.
    unmarked: [bool; 2],
    /// The segments in which somebody is named in short, ascending.
    pub addressed: Box<[u32]>,
    /// The segments with references in short, ascending.
    pub short_references: Box<[u32]>,
    /// The keys of a person's decisions that decided something, ascending.
    pub decided: Box<[u64]>,
    /// Names, alike ones together, by their first mention.
    pub names: Box<[ChunkGroup<NameForm>]>,
    /// Citations of legal documents, alike ones together, by their first.
    pub citations: Box<[ChunkGroup<Citation>]>,
}

/// Mentions that are alike.
#[derive(Debug)]
pub struct ChunkGroup<K> {
    /// The hash of `key`, so that chunks are put together without hashing again.
    pub hash: u64,
    /// The form that they have in common.
    pub key: K,
    /// The places of them, ascending.
    pub spots: SmallVec<[FactAt; 1]>,
}

/// A fact of a chunk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct FactAt {
    /// The number of its segment.
    pub segment: u32,
    /// The number among its kind there.
    pub fact: u16,
}

/// All that decides about a name, as far as its segment tells.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct NameForm {
    /// The kind of entity.
    pub kind: EntityKind,
    /// The candidates, sorted; empty for an office that the registry has not.
    pub entities: SmallVec<[EntityIx; 2]>,
    /// The text.
    pub surface: CompactString,
    /// Offices: the organisations that its title names, where the title is none of the registry's.
    pub organizations: SmallVec<[EntityIx; 1]>,
    /// Offices: of whom it is said.
    pub holder: Option<EntityIx>,
    /// Offices: whether it is nobody's in particular.
    pub bare: bool,
    /// Offices: whether a word before it says that it is no more.
    pub former: bool,
    /// True where it is glued to its neighbour or has stray spaces inside.
    pub marred: bool,
}

/// A [`NameForm`] that is still where it was found: two mentions are alike where their keys are equal.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct NameKey<'a> {
    kind: EntityKind,
    entities: &'a [EntityIx],
    surface: &'a str,
    organizations: &'a [EntityIx],
    holder: Option<EntityIx>,
    bare: bool,
    former: bool,
    marred: bool,
}

impl<'a> NameKey<'a> {
    fn of(linked: &'a LinkedMention<'_>) -> Self {
        let LinkedMention { name, entities, holder, bare, .. } = linked;
        let office = name.office.as_ref();
        Self {
            kind: name.kind,
            entities,
            surface: &name.surface,
            organizations: office.map_or(&[], |office| &office.organizations),
            holder: *holder,
            bare: *bare,
            former: office.is_some_and(|office| office.former),
            marred: name.glued.is_some() || !name.stray_spaces.is_empty(),
        }
    }
}

impl NameForm {
    fn key(&self) -> NameKey<'_> {
        let Self { kind, entities, surface, organizations, holder, bare, former, marred } = self;
        NameKey {
            kind: *kind,
            entities,
            surface,
            organizations,
            holder: *holder,
            bare: *bare,
            former: *former,
            marred: *marred,
        }
    }

    /// The form of a mention.
    pub fn of(linked: &LinkedMention<'_>) -> Self {
        NameKey::of(linked).into()
    }

    /// The entity that is meant, where exactly one remains.
    pub fn one(&self) -> Option<EntityIx> {
        match self.entities[..] {
            [one] if !self.bare => Some(one),
            _ => None,
        }
    }
}

impl From<NameKey<'_>> for NameForm {
    fn from(key: NameKey<'_>) -> Self {
        Self {
            kind: key.kind,
            entities: key.entities.into(),
            surface: key.surface.into(),
            organizations: key.organizations.into(),
            holder: key.holder,
            bare: key.bare,
            former: key.former,
            marred: key.marred,
        }
    }
}

/// All that decides about a citation.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Citation {
    /// The parts.
    pub symbol: DecreeSymbol,
    /// The grammar.
    pub form: decree::DecreeForm,
    /// True where it lacks nothing.
    pub complete: bool,
    /// The full date written beside it.
    pub date: Option<Date>,
}

impl Digest {
    /// Sums up segments with facts, each under its number.
    pub fn new<'a>(basis: &DigestBasis<'_>, segments: impl Iterator<Item = (u32, &'a SegmentFacts)>) -> Self {
        let mut faulty = Vec::new();
        let mut unmarked = [false; 2];
        let mut names = ChunkGroups::default();
        let mut citations = ChunkGroups::default();
        let mut addressed = Vec::new();
        let mut decided = Vec::new();
        let mut short_references = Vec::new();
        let links = LinkContext { registry: basis.registry, day: basis.profile.date, short: false };
        for (number, facts) in segments {
            if has_fault(basis, facts) {
                faulty.push(number);
            }
            if !facts.short_references.is_empty() {
                short_references.push(number);
            }
            decided.extend(facts.decided.iter().map(|decided| decided.key));
            if facts.names_in_short() {
                addressed.push(number);
            }
            for era in facts.dates.iter().filter_map(crate::recognise::date::DateFact::unmarked_era) {
                unmarked[era_index(era)] = true;
            }
            if !facts.names.is_empty() {
                for (at, linked) in in_segment(links, Position::default(), facts).into_iter().enumerate() {
                    let spot = FactAt { segment: number, fact: at as u16 };
                    let key = NameKey::of(&linked);
                    names.add(spot, hash(&key), |form: &NameForm| form.key() == key, || key.into());
                }
            }
            for (at, decree) in facts.decrees.iter().enumerate().filter(|(_, decree)| decree.is_mention()) {
                let key = citation(facts, decree);
                let spot = FactAt { segment: number, fact: at as u16 };
                citations.add(spot, hash(&key), |other| *other == key, || key.clone());
            }
        }
        decided.sort_unstable();
        decided.dedup();
        Self {
            faulty: faulty.into(),
            unmarked,
            addressed: addressed.into(),
            short_references: short_references.into(),
            decided: decided.into(),
            names: names.finish(),
            citations: citations.finish(),
        }
    }

    /// Tells whether unmarked years of this era occur.
    pub const fn has_unmarked(&self, era: Era) -> bool {
        self.unmarked[era_index(era)]
    }
}

const fn era_index(era: Era) -> usize {
    matches!(era, Era::Common) as usize
}

/// Tells whether a segment has a fault that counts in a document with these profile.
fn has_fault(basis: &DigestBasis<'_>, facts: &SegmentFacts) -> bool {
    let DigestBasis { profile, .. } = basis;
    facts.dates.iter().any(|date| date.faults(profile).next().is_some())
        || facts.text_faults.iter().any(|fault| fault.when.holds(profile))
        || facts.patterns.iter().any(|pattern| !pattern.faults.is_empty())
        || facts.decrees.iter().any(|decree| {
            decree.faults.iter().any(|fault| fault.when.holds(profile))
                || !facts.faults_by_date(decree, profile, basis.decrees).is_empty()
        })
}

fn citation(facts: &SegmentFacts, decree: &DecreeFact) -> Citation {
    let date = date_beside(facts, decree);
    Citation { symbol: decree.symbol.clone(), form: decree.form, complete: decree.incomplete.is_none(), date }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Things that are alike, by hash, in the order of their first.
pub(super) struct ChunkGroups<K> {
    by_hash: FxHashMap<u64, SmallVec<[u32; 1]>>,
    all: Vec<ChunkGroup<K>>,
}

impl<K> Default for ChunkGroups<K> {
    fn default() -> Self {
        Self { by_hash: FxHashMap::default(), all: Vec::new() }
    }
}

impl<K> ChunkGroups<K> {
    fn add(&mut self, spot: FactAt, hash: u64, is: impl Fn(&K) -> bool, key: impl FnOnce() -> K) {
        let numbers = self.by_hash.entry(hash).or_default();
        let known = numbers.iter().copied().find(|number| is(&self.all[*number as usize].key));
        match known {
            Some(number) => self.all[number as usize].spots.push(spot),
            None => {
                numbers.push(self.all.len() as u32);
                self.all.push(ChunkGroup { hash, key: key(), spots: smallvec::smallvec![spot] });
            }
        }
    }

    fn finish(self) -> Box<[ChunkGroup<K>]> {
        self.all.into_boxed_slice()
    }
}

/// The digest that was made of a chunk last, with what it was made for.
#[derive(Debug, Default)]
pub struct DigestMemo(Mutex<Option<(u64, DocumentProfile, Arc<Digest>)>>);

impl DigestMemo {
    /// The digest for `basis`: the one kept where it was made for the same, else a new one, which is kept.
    pub fn get(&self, basis: &DigestBasis<'_>, make: impl FnOnce() -> Digest) -> Arc<Digest> {
        if let Some((stamp, profile, digest)) = &*self.lock()
            && *stamp == basis.stamp
            && *profile == basis.profile
        {
            return digest.clone();
        }
        let digest = Arc::new(make());
        *self.lock() = Some((basis.stamp, basis.profile, digest.clone()));
        digest
    }

    /// The memo is put in at once, so that it is whole after a panic.
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(u64, DocumentProfile, Arc<Digest>)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The memo of a chunk is no part of it.
impl PartialEq for DigestMemo {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A copy remembers nothing.
impl Clone for DigestMemo {
    fn clone(&self) -> Self {
        Self::default()
    }
}
