//! The counts that a whole file adds to the index: everything once, with how often it is there.
//!
//! Counted on whatever thread reads the file, and kept beside its facts, so that taking a file in costs the one writer
//! of the corpus what is different in the file, not what is in it, and needs no facts at hand.
//! Deliberately absent: where in the file anything is, and dates that stand alone.

use std::hash::Hash;

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use crate::recognise::date::DateFact;
use crate::recognise::decree::{DecreeFact, DecreeSymbol};
use crate::recognise::facts::SegmentFacts;
use crate::recognise::name::{NameClass, NameFact};
use crate::recognise::profile::{DocumentProfile, Language};
use crate::registry::EntityIx;
use crate::text::Span;

/// The counts of what a file holds. By default nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct FileCounts {
    /// The entities that are mentioned, in the order of first mentions.
    pub entities: Vec<CountedEntity>,
    /// The spellings of people, in the order of first mentions.
    pub spellings: Vec<CountedSpelling>,
    /// Legal documents that are cited, in the order of first citations.
    pub decrees: Vec<DecreeCount>,
    /// The finds of the user's patterns, in the order of first finds: kind, value, how often.
    pub patterns: Vec<(u16, CompactString, u32)>,
}

/// An entity that a file mentions.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct CountedEntity {
    /// The entity or place.
    pub entity: EntityIx,
    /// The mentions; those that may be another's count for each candidate.
    pub mentions: u32,
    /// Those among them that may be another's.
    pub shared: u32,
}

/// A spelling of somebody in a file, of mentions that can be nobody else's.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct CountedSpelling {
    /// The person.
    pub entity: EntityIx,
    /// The spelling, and where it counts.
    pub form: SpelledForm,
    /// The mentions.
    pub mentions: u32,
}

/// A spelling with the language of the passages in which it stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct SpelledForm {
    /// As written.
    pub surface: CompactString,
    /// Of Latin letters the language of the passage, as far as its segment tells.
    pub language: Language,
}

/// A legal document that a file cites.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct DecreeCount {
    /// The parts: of the first citation that lacks nothing, where there is one.
    pub symbol: DecreeSymbol,
    /// The citations.
    pub citations: u32,
    /// Those among them that lack nothing.
    pub full: u32,
    /// The full dates that are given with them, each with how often; sorted.
    pub dates: Vec<(Date, u32)>,
}

impl FileCounts {
    /// Counts what is in the segments of a file.
    pub fn of<'a>(facts: impl Iterator<Item = &'a SegmentFacts>) -> Self {
        let mut counting = CountsSoFar::default();
        facts.for_each(|facts| counting.add(facts));
        counting.counted
    }

    /// Of what was there before and what is there now, leaves what differs.
    pub fn cancel(&mut self, now: &mut Self) {
        cancel(&mut self.entities, &mut now.entities);
        cancel(&mut self.spellings, &mut now.spellings);
        cancel(&mut self.decrees, &mut now.decrees);
        cancel(&mut self.patterns, &mut now.patterns);
    }

    /// The serial numbers of the legal documents that are cited; one that several share comes several times.
    pub fn numbers(&self) -> impl Iterator<Item = &CompactString> {
        self.decrees.iter().map(|cited| &cited.symbol.number)
    }
}

/// Takes out of two lists, each without repetitions, what is in both.
fn cancel<T: Eq + Hash>(before: &mut Vec<T>, now: &mut Vec<T>) {
    if before == now {
        before.clear();
        now.clear();
        return;
    }
    let old: FxHashSet<&T> = before.iter().collect();
    let added: Vec<bool> = now.iter().map(|one| !old.contains(one)).collect();
    let new: FxHashSet<&T> = now.iter().collect();
    let gone: Vec<bool> = before.iter().map(|one| !new.contains(one)).collect();
    keep(before, gone);
    keep(now, added);
}

/// Keeps what is marked.
fn keep<T>(list: &mut Vec<T>, marks: Vec<bool>) {
    let mut marks = marks.into_iter();
    list.retain(|_| marks.next().unwrap_or(false));
}

/// FileCounts that grow, with where in them everything is.
#[derive(Default)]
struct CountsSoFar<'a> {
    counted: FileCounts,
    entities: FxHashMap<EntityIx, usize>,
    spellings: FxHashMap<(EntityIx, &'a str, Language), usize>,
    decrees: FxHashMap<&'a str, usize>,
    patterns: FxHashMap<(u16, &'a str), usize>,
}

impl<'a> CountsSoFar<'a> {
    fn add(&mut self, facts: &'a SegmentFacts) {
        for name in &facts.names {
            let shared = u32::from(name.entities.len() > 1);
            name.entities.iter().for_each(|entity| self.mention(*entity, shared));
            // A person's decision links a mention that is spelt otherwise.
            if let [entity] = name.entities[..]
                && NameClass::from(name.kind) == NameClass::Person
                && !facts.is_decided(name.span)
            {
                self.spelling(entity, name);
            }
        }
        for decree in facts.decrees.iter().filter(|decree| decree.is_mention()) {
            let cited = self.cited(&decree.symbol);
            cited.citations += 1;
            if is_full(decree) {
                if cited.full == 0 {
                    cited.symbol = decree.symbol.clone();
                }
                cited.full += 1;
            }
            if let Some(date) = date_beside(facts, decree) {
                count(&mut cited.dates, date, 1);
            }
        }
        for pattern in &facts.patterns {
            let found = &mut self.counted.patterns;
            let at = *self.patterns.entry((pattern.kind, &pattern.value)).or_insert_with(|| {
                found.push((pattern.kind, pattern.value.clone(), 0));
                found.len() - 1
            });
            found[at].2 += 1;
        }
    }

    fn mention(&mut self, entity: EntityIx, shared: u32) {
        let named = &mut self.counted.entities;
        let at = *self.entities.entry(entity).or_insert_with(|| {
            named.push(CountedEntity { entity, mentions: 0, shared: 0 });
            named.len() - 1
        });
        named[at].mentions += 1;
        named[at].shared += shared;
    }

    fn spelling(&mut self, entity: EntityIx, name: &'a NameFact) {
        let spelt = &mut self.counted.spellings;
        let at = *self.spellings.entry((entity, &name.surface, name.language)).or_insert_with(|| {
            let form = SpelledForm { surface: name.surface.clone(), language: name.language };
            spelt.push(CountedSpelling { entity, form, mentions: 0 });
            spelt.len() - 1
        });
        spelt[at].mentions += 1;
    }

    fn cited(&mut self, symbol: &'a DecreeSymbol) -> &mut DecreeCount {
        let decrees = &mut self.counted.decrees;
        let at = *self.decrees.entry(&symbol.reference).or_insert_with(|| {
            decrees.push(DecreeCount { symbol: symbol.clone(), citations: 0, full: 0, dates: Vec::new() });
            decrees.len() - 1
        });
        &mut decrees[at]
    }
}

/// Tells whether a citation lacks nothing that others could complete, and is right but for what can be corrected.
pub fn is_full(decree: &DecreeFact) -> bool {
    decree.incomplete.is_none() && decree.faults.iter().all(|fault| fault.correction.is_some())
}

/// The full date that is written beside a citation of a segment.
pub(super) fn date_beside(facts: &SegmentFacts, decree: &DecreeFact) -> Option<Date> {
    cited_date(facts.dates.get(decree.date.as_ref()?.index as usize)?)
}

/// The day written beside a citation that is a mention, with the span of that date.
pub fn dated(facts: &SegmentFacts, decree: &DecreeFact) -> Option<(Date, Span)> {
    let link = decree.date.as_ref().filter(|_| decree.is_mention())?;
    Some((cited_date(facts.dates.get(link.index as usize)?)?, link.core))
}

/// The day that is written beside a citation: nearly always a full date that no habit of the document can change.
pub fn cited_date(date: &DateFact) -> Option<Date> {
    let value = date.reading(&DocumentProfile::default()).value?;
    value.is_full_day().then(|| value.first_day()).flatten()
}

/// Adds `by` to the count of a key in a sorted list; what is counted to nothing goes.
pub(super) fn count<K: Ord>(counts: &mut Vec<(K, u32)>, key: K, by: i64) {
    // Files are read in the order of their numbers.
    if by > 0 && counts.last().is_none_or(|(last, _)| *last < key) {
        return counts.push((key, by as u32));
    }
    match counts.binary_search_by(|(other, _)| other.cmp(&key)) {
        Ok(at) => {
            let left = i64::from(counts[at].1) + by;
            if left <= 0 {
                counts.remove(at);
            } else {
                counts[at].1 = left as u32;
            }
        }
        Err(at) if by > 0 => counts.insert(at, (key, by as u32)),
        Err(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::*;
    use crate::config::Config;
    use crate::corpus::{LoadedFile, World};

    /// The counts of a text: how often each person, and each reference with how often it lacks nothing and its dates.
    fn of(text: &str) -> FileCounts {
        let mut world = World::new(Arc::new(Config::default()), date(2026, 1, 1));
        let people = "version = 1\n[[person]]\nid = \"an\"\nnames.vi = [\"Vũ Hoài An\"]\n\
                      [[person]]\nid = \"an-2\"\nnames.vi = [\"Vũ Hoài An\"]\n\
                      [[person]]\nid = \"binh\"\nnames.vi = [\"Đỗ Thanh Bình\"]\n";
        world.set_registry([("people.toml".into(), Some(Arc::from(people)), false)]);
        LoadedFile::new(world.current().ctx(), text.as_bytes()).counts
    }

    fn decrees(counts: &FileCounts) -> Vec<(&str, u32, u32, usize)> {
        let cited = counts.decrees.iter();
        cited.map(|cited| (&*cited.symbol.reference, cited.citations, cited.full, cited.dates.len())).collect()
    }

    #[test]
    fn everything_is_counted_once() {
        let counts = of("Đỗ Thanh Bình\nVũ Hoài An và Đỗ Thanh Bình\nNghị định 15/2020/NĐ-CP ngày 3/2/2020\n\
                           Nghị định 15/2020/NĐ-CP ngày 3/2/2020, Nghị định 15/2020/NĐ-CP\n");
        let mentions: Vec<(u32, u32)> = counts.entities.iter().map(|named| (named.mentions, named.shared)).collect();
        assert_eq!(mentions, [(2, 0), (1, 1), (1, 1)], "Bình, and either An");
        assert_eq!(decrees(&counts), [("15/2020/NĐ-CP", 3, 3, 1)]);
        assert_eq!(counts.decrees[0].dates, [(date(2020, 2, 3), 2)]);
    }

    #[test]
    fn what_differs_is_left() {
        let cancelled = |before: &str, now: &str| {
            let (mut before, mut now) = (of(before), of(now));
            before.cancel(&mut now);
            (before, now)
        };
        let nothing = FileCounts::default();
        let line = "Đỗ Thanh Bình, Nghị định 15/2020/NĐ-CP\n";
        assert_eq!(cancelled(line, &format!("x {line}")), (nothing.clone(), nothing.clone()));
        let (before, now) = cancelled(line, "Đỗ Thanh Bình, Nghị định 16/2020/NĐ-CP\n");
        assert!(before.entities.is_empty() && now.entities.is_empty(), "he is there as before");
        assert_eq!(decrees(&before), [("15/2020/NĐ-CP", 1, 1, 0)]);
        assert_eq!(decrees(&now), [("16/2020/NĐ-CP", 1, 1, 0)]);
        assert_eq!(cancelled("", line).0, nothing);
        assert_eq!(cancelled(line, "").1, nothing);
        let (before, now) = cancelled("Đỗ Thanh Bình\n", "Đỗ Thanh Bình, Đỗ Thanh Bình\n");
        assert_eq!((before.entities[0].mentions, now.entities[0].mentions), (1, 2));
    }
}
