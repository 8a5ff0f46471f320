//! Faults between the entries of a registry: ids defined twice, references to nobody, shared spellings.
//!
//! Time is linear in ids and spellings, whatever is duplicated: each further bearer is compared with the first alone.

use std::hash::Hasher as _;

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxHashMap, FxHasher};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::entity::{Alias, Entity, EntityKind, IdReference, NameScript};
use super::fault::{RegistryFault, RegistryFaultKind, Slightness};
use super::{Registry, RegistryEntry};
use crate::text::FileId;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;
use crate::toml_tree::quoted;

impl Registry {
    /// Returns the faults, by file in the order of loading, then by place.
    pub fn faults(&self) -> &[RegistryFault] {
        self.faults.get_or_init(|| faults(self))
    }
}

/// All that is wrong, by file in the order of loading, then by place.
fn faults(registry: &Registry) -> Vec<RegistryFault> {
    let mut faults: Vec<RegistryFault> = registry.files.iter().flat_map(|reading| reading.faults()).collect();
    duplicates(registry, &mut faults);
    references(registry, &mut faults);
    shared_spellings(registry, &mut faults);
    slight_names(registry, &mut faults);
    let rank: FxHashMap<FileId, usize> =
        registry.files.iter().enumerate().map(|(rank, reading)| (reading.file, rank)).collect();
    faults.sort_by(|a, b| {
        let order = |fault: &RegistryFault| (rank.get(&fault.at.file).copied(), fault.at.span, fault.kind.class());
        order(a).cmp(&order(b)).then_with(|| a.kind.cmp(&b.kind))
    });
    faults
}

/// Reports entries whose id another one has.
fn duplicates(registry: &Registry, faults: &mut Vec<RegistryFault>) {
    for entry in registry.entries() {
        let Some(first) = entry.taken_by else { continue };
        faults.push(RegistryFault {
            kind: RegistryFaultKind::DuplicateId { id: entry.entity.id.clone() },
            at: entry.origin(entry.entity.id_at),
            related: Some((registry.origin(first, first.id_at), "first defined here".into())),
            correction: None,
        });
    }
}

/// Reports ids that nobody of the right kind has, also in entries that are not in force.
fn references(registry: &Registry, faults: &mut Vec<RegistryFault>) {
    let mut linker = ReferenceCheck { registry, budget: COMPARISONS, faults };
    for entry in registry.entries() {
        for (reference, wanted) in entry.entity.references() {
            if registry.target(reference, wanted).is_none() {
                linker.report(&entry, reference, wanted);
            }
        }
    }
}

/// The number of ids compared in all for suggestions: beyond that an unknown reference gets none.
const COMPARISONS: usize = 50_000;

/// The longest id, in bytes, that gets a suggestion: comparing costs the product of the lengths.
const LONGEST: usize = 64;

struct ReferenceCheck<'a> {
    registry: &'a Registry,
    budget: usize,
    faults: &'a mut Vec<RegistryFault>,
}

impl ReferenceCheck<'_> {
    fn report(&mut self, entry: &RegistryEntry<'_>, reference: &IdReference, wanted: EntityKind) {
        let found = self.registry.find(reference.to);
        let at = entry.origin(reference.at);
        let meant = if found.is_none() { self.nearest(&reference.id, wanted) } else { None };
        self.faults.push(RegistryFault {
            kind: RegistryFaultKind::UnknownReference {
                id: reference.id.clone(),
                wanted,
                found: found.map(|found| found.kind),
            },
            at,
            related: None,
            correction: meant.map(|id| TextEdit::replace(at.span, quoted(&id))),
        });
    }

    fn nearest(&mut self, id: &str, wanted: EntityKind) -> Option<CompactString> {
        if id.len() > LONGEST {
            return None;
        }
        self.budget = self.budget.checked_sub(self.registry.len())?;
        let candidates = self.registry.of_kind(wanted).filter(|entity| entity.id.len() <= LONGEST);
        nearest(id, candidates.map(|entity| entity.id.as_str())).map(CompactString::from)
    }
}

/// A spelling in the registry.
struct Spelt<'r> {
    /// Of what it compares by.
    hash: u64,
    entity: &'r Entity,
    /// The number of the list of the entity that it is in.
    list: u32,
    name: &'r Alias,
}

/// The entities with one spelling.
struct Bearer<'r> {
    /// The first entity with it.
    first: &'r Spelt<'r>,
    /// The first person with it.
    person: Option<&'r Spelt<'r>>,
    /// The last one seen.
    last: &'r Spelt<'r>,
}

/// Reports spellings of two entities, and spellings listed twice. Those of entries that are not in force are nobody's.
///
/// Spellings compare in NFC and without case; diacritics decide.
fn shared_spellings(registry: &Registry, faults: &mut Vec<RegistryFault>) {
    let mut all: Vec<Spelt<'_>> = Vec::new();
    let mut spelt = String::new();
    for entity in registry.entities() {
        let lists = entity.names.iter().map(|list| &list.names).chain([&entity.abbreviations]);
        for (list, names) in lists.enumerate() {
            for name in names {
                comparable(&name.text, &mut spelt);
                let mut hasher = FxHasher::default();
                hasher.write(spelt.as_bytes());
                all.push(Spelt { hash: hasher.finish(), entity, list: list as u32, name });
            }
        }
    }
    // Most are of one alone: only among the others is each looked up. The sort keeps their order.
    all.sort_by_key(|spelt| spelt.hash);
    for alike in all.chunk_by(|one, other| one.hash == other.hash).filter(|alike| alike.len() > 1) {
        let mut bearers: FxHashMap<CompactString, Bearer<'_>> = FxHashMap::default();
        for here in alike {
            let person = here.entity.kind.is_person().then_some(here);
            comparable(&here.name.text, &mut spelt);
            let Some(bearer) = bearers.get_mut(spelt.as_str()) else {
                bearers.insert(spelt.as_str().into(), Bearer { first: here, person, last: here });
                continue;
            };
            let last = std::mem::replace(&mut bearer.last, here);
            if last.entity.ix != here.entity.ix {
                faults.push(shared(registry, here, bearer));
            } else if last.list == here.list {
                faults.push(repeated(registry, here, last));
            }
            bearer.person = bearer.person.or(person);
        }
    }
}

fn shared(registry: &Registry, here: &Spelt<'_>, bearer: &Bearer<'_>) -> RegistryFault {
    let between_persons = bearer.person.filter(|_| here.entity.kind.is_person());
    let other = between_persons.unwrap_or(bearer.first);
    let id = &other.entity.id;
    RegistryFault {
        kind: RegistryFaultKind::SharedSpelling {
            spelling: here.name.text.clone(),
            other: id.clone(),
            namesakes: between_persons.is_some(),
        },
        at: registry.origin(here.entity, here.name.at),
        related: Some((registry.origin(other.entity, other.name.at), format_compact!("the same spelling of {id}"))),
        correction: None,
    }
}

fn repeated(registry: &Registry, here: &Spelt<'_>, first: &Spelt<'_>) -> RegistryFault {
    RegistryFault {
        kind: RegistryFaultKind::RepeatedSpelling { spelling: here.name.text.clone() },
        at: registry.origin(here.entity, here.name.at),
        related: Some((registry.origin(first.entity, first.name.at), "listed here already".into())),
        correction: None,
    }
}

/// Reports names of people that are other words as well, or that nobody will find, also in entries that are not in
/// force.
fn slight_names(registry: &Registry, faults: &mut Vec<RegistryFault>) {
    for person in registry.entries().filter(|entry| entry.entity.kind.is_person()) {
        for name in person.entity.names.iter().flat_map(|list| &list.names) {
            if let Some(slightness) = slight(name) {
                faults.push(RegistryFault {
                    kind: RegistryFaultKind::SlightName { name: name.text.clone(), slightness },
                    at: person.origin(name.at),
                    related: None,
                    correction: None,
                });
            }
        }
    }
}

/// The reason that a name is too slight to find somebody by.
fn slight(name: &Alias) -> Option<Slightness> {
    /// Letters of a short word, with their marks: code points.
    const LATIN: usize = 7;
    const THAI: usize = 5;
    if !name.has_letters() {
        return Some(Slightness::NoLetters);
    }
    if name.text.trim().contains([' ', '-']) {
        return None;
    }
    let letters = name.text.trim().chars().take(LATIN + 1).count();
    if letters < 2 {
        return Some(Slightness::OneLetter);
    }
    let is_short = match name.script() {
        NameScript::Latin => letters <= LATIN,
        NameScript::Thai | NameScript::Lao => letters <= THAI,
        NameScript::Other => false,
    };
    is_short.then_some(Slightness::ShortWord)
}

/// Puts the spelling in NFC and lower case into `out`.
fn comparable(text: &str, out: &mut String) {
    out.clear();
    let mut push = |letter: char| match letter {
        // Thai and Lao have no case.
        '\u{e00}'..='\u{eff}' => out.push(letter),
        _ if letter.is_ascii() => out.push(letter.to_ascii_lowercase()),
        _ => out.extend(letter.to_lowercase()),
    };
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().for_each(&mut push);
    } else {
        text.nfc().for_each(&mut push);
    }
}
