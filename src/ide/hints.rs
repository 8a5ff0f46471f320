//! Inlay hints, a few letters behind a mention: who an unusual spelling is, the Common Era year of a Buddhist
//! one, what the letters of a legal reference mean.

use super::place::FileRange;
use crate::corpus::Snapshot;
use crate::corpus::mention::{self, Mention, MentionKind, NameMention};
use crate::ide::place::links_of;
use crate::recognise::date::{DateFact, DateReading, DateValue};
use crate::recognise::decree::{DecreeFact, describe};
use crate::recognise::profile::{Era, Language};
use crate::registry::{EntityKind, NameScript};
use crate::text::{Position, fold};

/// A hint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InlayHint {
    /// The position at which it is shown: behind the mention's core.
    pub position: Position,
    /// The text.
    pub label: String,
    /// The sort of hint.
    pub kind: HintKind,
}

/// The sort of hint.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HintKind {
    /// The preferred name, or the id, behind an unusual spelling.
    Spelling,
    /// The year of the Common Era behind one of the Buddhist Era.
    Year,
    /// The type of a legal document, spelt out.
    Decree,
}

/// The sorts of hints that are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HintKinds {
    /// [`HintKind::Spelling`]
    pub spelling: bool,
    /// [`HintKind::Year`]
    pub year: bool,
    /// [`HintKind::Decree`]
    pub decree: bool,
}

impl Default for HintKinds {
    fn default() -> Self {
        Self { spelling: true, year: true, decree: true }
    }
}

/// The hints of a range of a text, in order.
pub fn inlay_hints(snapshot: &Snapshot, at: FileRange, wanted: HintKinds) -> Vec<InlayHint> {
    let Some(file) = snapshot.file(at.file) else { return Vec::new() };
    let profile = snapshot.profile(file);
    let mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), file.facts_in(at.span));
    let inside = mentions.iter().filter(|mention| at.span.touches(mention.place.end.byte));
    let mut hints: Vec<InlayHint> = inside
        .filter_map(|mention| {
            let (kind, label) = match &mention.what {
                MentionKind::Name(name) if wanted.spelling => (HintKind::Spelling, who(snapshot, name)?),
                MentionKind::Date { fact, reading, .. } if wanted.year => (HintKind::Year, common_year(fact, reading)?),
                MentionKind::Decree { fact, .. } if wanted.decree => {
                    (HintKind::Decree, kind_of(snapshot, profile.language_of(fact.language), fact)?)
                }
                _ => return None,
            };
            Some(InlayHint { position: end_of(mention), label, kind })
        })
        .collect();
    hints.sort_by_key(|hint| hint.position);
    hints
}

const fn end_of(mention: &Mention<'_>) -> Position {
    mention.place.end
}

/// The preferred name in the script of an unusual spelling of a person or organisation, else the id.
fn who(snapshot: &Snapshot, name: &NameMention<'_>) -> Option<String> {
    if matches!(name.kind, EntityKind::Office | EntityKind::Place | EntityKind::Decree) {
        return None;
    }
    let entity = snapshot.registry.get(name.one()?);
    let is_short = entity.abbreviations.iter().any(|short| short.text == name.surface);
    match entity.preferred_in(NameScript::of(name.surface)) {
        _ if is_short => None,
        Some(preferred) if fold::tight(&preferred.text) == fold::tight(name.surface) => None,
        Some(preferred) => Some(preferred.text.to_string()),
        None => Some(entity.id.to_string()),
    }
}

/// The year or years of the Common Era of a date that is written in the Buddhist one.
fn common_year(_: &DateFact, reading: &DateReading) -> Option<String> {
    if reading.era != Some(Era::Buddhist) {
        return None;
    }
    let (first, last) = match reading.value.as_ref()? {
        DateValue::Point(point) => (point.year?, point.year?),
        DateValue::Range(start, end) => (start.year?, end.year?),
        DateValue::List(points) => (points.first()?.year?, points.last()?.year?),
    };
    Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
}

/// Returns the sort of document that the letters mean, in the language of the text; nothing where the text says it
/// itself.
fn kind_of(snapshot: &Snapshot, language: Language, fact: &DecreeFact) -> Option<String> {
    let letters = fact.symbol.kind.as_ref()?;
    if fact.type_word.as_ref().is_some_and(|word| word.types.contains(letters)) {
        return None;
    }
    let kind = describe(&fact.symbol, snapshot.decrees()).kind?;
    let names = match language {
        Language::Thai => kind.th,
        Language::English => kind.en,
        Language::Vietnamese | Language::Lao | Language::Unknown => kind.vi,
    };
    Some(names.split(" / ").next()?.to_owned()).filter(|name| !name.is_empty())
}
