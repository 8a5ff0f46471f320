//! Hovers: a few labelled facts about a mention, the innermost mention first, the mentions around it below.
//!
//! The answer is data; [`Hover::markdown`] and [`Hover::plain`] are its two looks.

mod date;
mod decree;
mod entity;
mod key;
mod numbers;
mod pattern;
mod section;
mod timeline;

use super::place::FilePosition;
pub use section::{Hover, HoverFact, HoverSection};

use super::target::{CursorTarget, TextTarget};
use crate::corpus::Snapshot;
use crate::corpus::mention::{Mention, MentionKind};
use crate::registry::Entity;
use crate::text::Place;

/// Returns the facts about the entry that has an id, from a place that names it in a file of another sort.
pub fn hover_on_id(snapshot: &Snapshot, place: Place, id: &str) -> Option<Hover> {
    let entity = snapshot.registry.by_id(id)?;
    Some(Hover { place, sections: vec![of_entity(snapshot, entity)] })
}

/// Returns the hover under the cursor.
pub fn hover(snapshot: &Snapshot, at: FilePosition) -> Option<Hover> {
    let Some(target) = CursorTarget::at(snapshot, at) else { return key::hover(snapshot, at) };
    let sections = match &target {
        CursorTarget::Text(text) => {
            let mut sections = of_mention(snapshot, text, &text.mention);
            sections.extend(text.outer.iter().flat_map(|outer| of_outer(snapshot, text, outer)));
            sections
        }
        CursorTarget::Registry(word) if word.is_idle() => vec![entity::of_idle_entry(snapshot, &word.entry)],
        CursorTarget::Registry(word) => {
            vec![entity::of_entry(snapshot, snapshot.registry.get(word.subject(snapshot)?))]
        }
    };
    Some(Hover { place: target.place(), sections })
}

/// Returns the facts about an entity, whoever asks.
pub(super) fn of_entity(snapshot: &Snapshot, entity: &Entity) -> HoverSection {
    entity::of_entry(snapshot, entity)
}

/// Returns the facts about a legal document, whoever asks.
pub(super) fn of_reference(snapshot: &Snapshot, reference: &str, entry: Option<&Entity>) -> HoverSection {
    decree::of_reference(snapshot, reference, entry)
}

fn of_mention(snapshot: &Snapshot, text: &TextTarget<'_>, mention: &Mention<'_>) -> Vec<HoverSection> {
    match &mention.what {
        MentionKind::Name(name) => entity::of_mention(snapshot, text, name),
        MentionKind::Date { fact, reading, resolved } => vec![date::section(text, fact, reading, resolved.as_deref())],
        MentionKind::Decree { fact, .. } => vec![decree::section(snapshot, text.file, fact)],
        MentionKind::Pattern(fact) => vec![pattern::section(snapshot, text.file, fact)],
    }
}

/// A mention around the one that is meant: its name and what is most wanted of it.
fn of_outer(snapshot: &Snapshot, text: &TextTarget<'_>, outer: &Mention<'_>) -> Vec<HoverSection> {
    const MOST_WANTED: usize = 3;
    let mut sections = of_mention(snapshot, text, outer);
    for section in &mut sections {
        section.facts.truncate(MOST_WANTED);
        section.picture = None;
    }
    sections
}
