//! Highlights: the other places in a file of what the cursor is on.

use super::place::FilePosition;
use super::target::{CursorTarget, EntryWord, Subject, parts, word_place};
use crate::corpus::mention::{self, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::ide::place::links_of;
use crate::recognise::date::{DateFact, DateValue};
use crate::text::Place;

/// A place to highlight.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Highlight {
    /// The place.
    pub place: Place,
    /// True where an entry says its id; all else only uses it.
    pub defines: bool,
}

/// The mentions of the same thing in this file, of a date the dates of the same value; in a registry file the id and
/// the entries that refer to it.
pub fn document_highlight(snapshot: &Snapshot, at: FilePosition) -> Vec<Highlight> {
    let Some(target) = CursorTarget::at(snapshot, at) else { return Vec::new() };
    match &target {
        CursorTarget::Text(text) => match (&text.mention.what, target.subject(snapshot)) {
            (MentionKind::Date { reading, .. }, _) => {
                dates(snapshot, text.file, reading.value.as_ref(), text.mention.place)
            }
            (_, Some(subject)) => mentions(snapshot, text.file, &subject),
            (_, None) => Vec::new(),
        },
        CursorTarget::Registry(word) => {
            let Some(entity) = word.subject(snapshot) else { return Vec::new() };
            let entry = snapshot.registry.get(entity);
            let mut places = Vec::new();
            let mut add = |word, defines| {
                places.extend(word_place(snapshot, entry, word).map(|place| Highlight { place, defines }));
            };
            if snapshot.registry.file_of(entry) == at.file {
                add(entry.id_at, true);
            }
            if let EntryWord::Name(name) = word.part {
                let same = parts(entry)
                    .into_iter()
                    .filter(|(part, _)| matches!(part, EntryWord::Name(other) if other.text == name.text));
                same.for_each(|(_, origin)| add(origin, false));
            }
            let references = super::references::in_registry(snapshot, &Subject::of_entity(snapshot, entity));
            let here = references.into_iter().filter(|(file, _)| *file == at.file);
            places.extend(here.map(|(_, place)| Highlight { place, defines: false }));
            places.sort_by_key(|highlight| highlight.place);
            places
        }
    }
}

fn mentions(snapshot: &Snapshot, file: &File, subject: &Subject) -> Vec<Highlight> {
    let mentions = subject.mentions_in(snapshot, file);
    mentions.iter().map(|mention| Highlight { place: mention.place, defines: false }).collect()
}

fn dates(snapshot: &Snapshot, file: &File, value: Option<&DateValue>, own: Place) -> Vec<Highlight> {
    let highlight = |place| Highlight { place, defines: false };
    let Some(value) = value else { return vec![highlight(own)] };
    let profile = snapshot.profile(file);
    let same = |fact: &DateFact| fact.is_mention() && fact.reading(&profile).value.as_ref() == Some(value);
    let segments = file.facts().filter(|(_, facts)| facts.dates.iter().any(same));
    let mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), segments);
    let dates = mentions.iter().filter(
        |mention| matches!(&mention.what, MentionKind::Date { reading, .. } if reading.value.as_ref() == Some(value)),
    );
    dates.map(|mention| highlight(mention.place)).collect()
}
