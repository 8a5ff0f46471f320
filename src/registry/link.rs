//! From the entities of all files to one registry: ids unique, references resolved, shared spellings found.
//!
//! Time is linear in ids and spellings, whatever is duplicated: each further bearer is compared with the first alone.

use compact_str::{CompactString, format_compact};
use rustc_hash::{FxBuildHasher, FxHashMap};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::entity::{Detail, Entity, EntityIx, Kind, Name, Origin, Reference, Script};
use super::fault::{Fault, FaultKind};
use super::{NOWHERE, Registry};
use crate::diagnostic::Severity;
use crate::text::edit::TextEdit;
use crate::text::nearest::nearest;
use crate::toml_tree::quoted;

/// Keeps the first entity of each id and numbers what stays.
pub(super) fn unique(
    entities: impl Iterator<Item = Entity>,
    faults: &mut Vec<Fault>,
) -> (Vec<Entity>, FxHashMap<CompactString, EntityIx>) {
    let mut kept: Vec<Entity> = Vec::new();
    let mut by_id: FxHashMap<CompactString, EntityIx> = FxHashMap::default();
    for mut entity in entities {
        let ix = EntityIx(kept.len() as u32);
        let first = *by_id.entry(entity.id.clone()).or_insert(ix);
        if first == ix {
            entity.ix = ix;
            kept.push(entity);
        } else {
            faults.push(Fault {
                kind: FaultKind::DuplicateId,
                at: entity.id_at,
                severity: None,
                subject: entity.id,
                detail: CompactString::default(),
                related: Some((kept[first.0 as usize].id_at, "first defined here".into())),
                correction: None,
            });
        }
    }
    (kept, by_id)
}

/// Points every reference at whom it means.
pub(super) fn resolve(entities: &mut [Entity], by_id: &FxHashMap<CompactString, EntityIx>, faults: &mut Vec<Fault>) {
    let ids: Vec<(Kind, CompactString)> = entities.iter().map(|entity| (entity.kind, entity.id.clone())).collect();
    let mut linker = Linker { by_id, ids: &ids, budget: COMPARISONS, faults };
    for entity in entities {
        match &mut entity.detail {
            Detail::Person { offices, .. } => {
                for tenure in offices {
                    linker.resolve(&mut tenure.office, Kind::Office);
                }
            }
            Detail::Office { organization: Some(organization) } => linker.resolve(organization, Kind::Organization),
            Detail::Organization { successor: Some(successor), .. } => {
                linker.resolve(&mut successor.organization, Kind::Organization);
            }
            _ => {}
        }
    }
}

/// Gives entities, numbered by their place so far, the numbers that they had in the registry `before`, and new numbers
/// to others. Returns where the entity of each number stands.
pub(super) fn renumber(
    entities: &mut [Entity],
    by_id: &mut FxHashMap<CompactString, EntityIx>,
    before: &Registry,
) -> Vec<u32> {
    let mut places = vec![NOWHERE; before.places.len()];
    let mut numbers = Vec::with_capacity(entities.len());
    for (place, entity) in entities.iter().enumerate() {
        let number = before.by_id.get(&entity.id).copied().unwrap_or(EntityIx(places.len() as u32));
        if number.0 as usize == places.len() {
            places.push(NOWHERE);
        }
        places[number.0 as usize] = place as u32;
        numbers.push(number);
    }
    let renumbered = |ix: &mut EntityIx| *ix = numbers[ix.0 as usize];
    by_id.values_mut().for_each(renumbered);
    for entity in entities {
        renumbered(&mut entity.ix);
        match &mut entity.detail {
            Detail::Person { offices, .. } => {
                offices.iter_mut().filter_map(|tenure| tenure.office.target.as_mut()).for_each(renumbered);
            }
            Detail::Office { organization } => {
                organization.iter_mut().filter_map(|organization| organization.target.as_mut()).for_each(renumbered);
            }
            Detail::Organization { successor, .. } => {
                successor
                    .iter_mut()
                    .filter_map(|successor| successor.organization.target.as_mut())
                    .for_each(renumbered);
            }
            Detail::Place | Detail::Decree { .. } => {}
        }
    }
    places
}

/// How many ids are compared in all for suggestions: beyond that an unknown reference gets none.
const COMPARISONS: usize = 50_000;

/// The longest id, in bytes, that gets a suggestion: comparing costs the product of the lengths.
const LONGEST: usize = 64;

struct Linker<'a> {
    by_id: &'a FxHashMap<CompactString, EntityIx>,
    /// Kind and id of each entity, by number.
    ids: &'a [(Kind, CompactString)],
    budget: usize,
    faults: &'a mut Vec<Fault>,
}

impl Linker<'_> {
    fn resolve(&mut self, reference: &mut Reference, wanted: Kind) {
        let found = self.by_id.get(&reference.id).map(|&ix| (ix, self.ids[ix.0 as usize].0));
        if let Some((ix, kind)) = found
            && kind == wanted
        {
            reference.target = Some(ix);
            return;
        }
        let detail = match found {
            Some((_, kind)) => format_compact!("{} {}", wanted.table(), kind.table()),
            None => wanted.table().into(),
        };
        let meant = if found.is_none() { self.nearest(&reference.id, wanted) } else { None };
        self.faults.push(Fault {
            kind: FaultKind::UnknownReference,
            at: reference.at,
            severity: None,
            subject: reference.id.clone(),
            detail,
            related: None,
            correction: meant.map(|id| TextEdit::replace(reference.at.span, quoted(&id))),
        });
    }

    fn nearest(&mut self, id: &str, wanted: Kind) -> Option<CompactString> {
        if id.len() > LONGEST {
            return None;
        }
        self.budget = self.budget.checked_sub(self.ids.len())?;
        let candidates = self.ids.iter().filter(|(kind, id)| *kind == wanted && id.len() <= LONGEST);
        nearest(id, candidates.map(|(_, id)| id.as_str())).map(CompactString::from)
    }
}

/// Who bears a spelling.
struct Bearer {
    /// The first entity with it.
    first: (EntityIx, Origin),
    /// The first person with it.
    person: Option<(EntityIx, Origin)>,
    /// The last list it was seen in: entity, number of the list, place.
    last: (EntityIx, usize, Origin),
}

/// Reports spellings of two entities, and spellings listed twice.
///
/// Spellings compare in NFC and without case; diacritics decide.
pub(super) fn shared_spellings(entities: &[Entity], faults: &mut Vec<Fault>) {
    let count = entities.iter().map(|entity| entity.spellings().count()).sum();
    let mut bearers: FxHashMap<CompactString, Bearer> = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let mut spelt = String::new();
    for entity in entities {
        let lists = entity.names.iter().map(|list| &list.names).chain([&entity.abbreviations]);
        for (list, names) in lists.enumerate() {
            for name in names {
                let here = (entity.ix, name.at);
                let person = entity.kind.is_person().then_some(here);
                let seen = (entity.ix, list, name.at);
                comparable(&name.text, &mut spelt);
                let Some(bearer) = bearers.get_mut(spelt.as_str()) else {
                    bearers.insert(spelt.as_str().into(), Bearer { first: here, person, last: seen });
                    continue;
                };
                let (last_entity, last_list, last_at) = std::mem::replace(&mut bearer.last, seen);
                if last_entity != entity.ix {
                    faults.push(shared(entities, entity, name, bearer));
                } else if last_list == list {
                    faults.push(repeated(name, last_at));
                }
                bearer.person = bearer.person.or(person);
            }
        }
    }
}

fn shared(entities: &[Entity], entity: &Entity, name: &Name, bearer: &Bearer) -> Fault {
    let between_persons = bearer.person.filter(|_| entity.kind.is_person());
    let (other, at) = between_persons.unwrap_or(bearer.first);
    let other = &entities[other.0 as usize];
    Fault {
        kind: FaultKind::SharedSpelling,
        at: name.at,
        severity: if between_persons.is_some() { None } else { Some(Severity::Info) },
        subject: name.text.clone(),
        detail: other.id.clone(),
        related: Some((at, format_compact!("the same spelling of {}", other.id))),
        correction: None,
    }
}

fn repeated(name: &Name, first: Origin) -> Fault {
    Fault {
        kind: FaultKind::RepeatedSpelling,
        at: name.at,
        severity: None,
        subject: name.text.clone(),
        detail: CompactString::default(),
        related: Some((first, "listed here already".into())),
        correction: None,
    }
}

/// Reports names of people that are other words as well, or that nobody will find.
pub(super) fn slight_names(entities: &[Entity], faults: &mut Vec<Fault>) {
    for person in entities.iter().filter(|entity| entity.kind.is_person()) {
        for name in person.names.iter().flat_map(|list| &list.names) {
            if let Some(why) = slight(&name.text) {
                faults.push(Fault {
                    kind: FaultKind::SlightName,
                    at: name.at,
                    severity: None,
                    subject: name.text.clone(),
                    detail: why.into(),
                    related: None,
                    correction: None,
                });
            }
        }
    }
}

/// Why a name is too slight to find somebody by.
fn slight(name: &str) -> Option<&'static str> {
    /// Letters of a short word, with their marks: code points.
    const LATIN: usize = 7;
    const THAI: usize = 5;
    if name.trim().contains([' ', '-']) {
        return None;
    }
    let letters = name.trim().chars().take(LATIN + 1).count();
    match Script::of(name) {
        Script::Other if !name.contains(char::is_alphabetic) => Some("has no letters: it is no name"),
        _ if letters < 2 => Some("is one letter: it is never searched for"),
        Script::Latin if letters <= LATIN => Some("is one short word: wherever it stands this person is linked"),
        Script::Thai | Script::Lao if letters <= THAI => {
            Some("is one short word: wherever it stands this person is linked")
        }
        Script::Latin | Script::Thai | Script::Lao | Script::Other => None,
    }
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
