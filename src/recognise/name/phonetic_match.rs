//! Names found by their sound, as facts beside the listed ones.
//!
//! Listed names, dates and references are taken: sound is asked only about the rest of a segment. Deliberately absent:
//! how names sound (`sound`).

use smallvec::SmallVec;

use super::longer_name;
use super::phonetic::PhoneticIndex;
use super::{NameClass, NameFact, Via, honorific, settle};
use crate::recognise::date::DateFact;
use crate::recognise::decree::DecreeFact;
use crate::registry::{EntityIx, EntityKind};
use crate::text::Span;

/// Adds the people who are heard in `text` to `names`, which are sorted and stay so.
pub fn add(sounds: &PhoneticIndex, text: &str, decrees: &[DecreeFact], dates: &[DateFact], names: &mut Vec<NameFact>) {
    let people = names.iter().filter(|name| NameClass::from(name.kind) == NameClass::Person).map(|name| name.span);
    let mut taken: Vec<Span> = people.collect();
    taken.extend(decrees.iter().map(|decree| decree.core));
    taken.extend(dates.iter().map(|date| date.core));
    taken.sort_unstable();
    let before = names.len();
    for hit in sounds.find(text, &taken) {
        if longer_name::names_thing(text, hit.span) {
            continue;
        }
        let score = hit.candidates.first().map_or(0.0, |(_, score)| *score);
        let mut entities: SmallVec<[EntityIx; 2]> =
            hit.candidates.iter().map(|(entity, _)| EntityIx(*entity)).collect();
        entities.sort_unstable();
        entities.dedup();
        names.push(NameFact {
            span: hit.span,
            extent: Span::new(honorific::start_before(text, hit.span.start as usize) as u32, hit.span.end),
            kind: EntityKind::Official,
            entities,
            via: Via::SoundsLike { score },
            surface: hit.span.slice(text).into(),
            glued: None,
            stray_spaces: SmallVec::new(),
            office: None,
        });
    }
    if names.len() > before {
        settle(names);
    }
}
