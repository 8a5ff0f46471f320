//! Names found by their sound, as facts beside the listed ones.
//!
//! Listed names, dates and references are taken: sound is asked only about the rest of a segment. Deliberately absent:
//! how names sound (`sound`).

use smallvec::SmallVec;

use super::longer_name;
use super::phonetic::PhoneticIndex;
use super::word_lists::{LAO_LATIN_BEGINNINGS, LAO_LATIN_ENDS};
use super::{NameClass, NameFact, Via, honorific, settle};
use crate::recognise::date::DateFact;
use crate::recognise::decree::DecreeFact;
use crate::recognise::profile::Language;
use crate::registry::{AliasList, Entity, EntityIx, EntityKind};
use crate::text::byte_map::ThaiPlaces;
use crate::text::{Span, fold};

/// Returns true if a name of a person is looked for by its sound in Thai text: a Vietnamese or a Lao one, for which
/// there are tables. English, Chinese or Japanese names would be matched by accident.
pub fn is_found_by_sound(entity: &Entity, list: &AliasList, name: &str) -> bool {
    let is = |language: &str| {
        list.tag.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(language))
            && !list.tag.as_bytes().get(2).is_some_and(u8::is_ascii_alphabetic)
    };
    match entity.country.as_deref() {
        Some("VN" | "LA") => true,
        Some(_) => false,
        None => {
            is("vi")
                || is("lo")
                || entity.names_for("vi").is_some()
                || entity.names_for("lo").is_some()
                || is_local(name)
        }
    }
}

/// Returns true if a person is found by the sound of one of their names in Thai text.
pub fn is_heard(entity: &Entity) -> bool {
    let mut lists = entity.names.iter().flat_map(|list| list.names.iter().map(move |name| (list, name)));
    lists.any(|(list, name)| is_found_by_sound(entity, list, &name.text))
}

/// Returns true if a name in Latin letters is Vietnamese or Lao by its form: a Vietnamese family name with Vietnamese
/// syllables, or words that begin and end as Lao names do.
pub fn is_local(name: &str) -> bool {
    let mut words = name.split_whitespace();
    let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or_default());
    let family = |word: &str| longer_name::is_family(word) || longer_name::is_rare_family(word);
    if longer_name::is_vietnamese(name) && (family(first) || family(last) || !fold::is_unmarked(name)) {
        return true;
    }
    let is_lao = |word: &str| {
        let word = fold::fold(word);
        LAO_LATIN_BEGINNINGS.iter().any(|part| word.len() > part.len() && word.starts_with(part))
            || LAO_LATIN_ENDS.iter().any(|part| word.len() > part.len() && word.ends_with(part))
    };
    name.split_whitespace().all(is_lao)
}

/// Adds the people who are heard in `text`, of which `thai` are the Thai characters, to `names`, which are sorted and
/// stay so.
pub fn add(
    sounds: &PhoneticIndex,
    text: &str,
    thai: &ThaiPlaces,
    decrees: &[DecreeFact],
    dates: &[DateFact],
    names: &mut Vec<NameFact>,
) {
    let people = names.iter().filter(|name| NameClass::from(name.kind) == NameClass::Person).map(|name| name.span);
    let mut taken: Vec<Span> = people.collect();
    taken.extend(decrees.iter().map(|decree| decree.core));
    taken.extend(dates.iter().map(|date| date.core));
    taken.sort_unstable();
    let before = names.len();
    for hit in sounds.find(text, thai, &taken) {
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
            language: Language::Unknown,
            glued: None,
            stray_spaces: SmallVec::new(),
            is_verbatim: false,
            office: None,
        });
    }
    if names.len() > before {
        settle(names);
    }
}
