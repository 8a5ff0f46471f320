//! Mentions that were recognised at a selection, for whoever annotates it.

use super::actions::RecognisedMention;
use crate::corpus::Snapshot;
use crate::corpus::mention::{self, MentionKind};
use crate::ide::place::{FileRange, links_of};
use crate::ide::workspace::entities_like;
use crate::registry::EntityIx;
use crate::text::{Place, Span};

/// Entries that look like some words.
const MOST_ENTRIES: usize = 6;

/// The mentions that a selection touches, innermost first. `saved` gives the bytes of a place in the text as its file
/// will hold it.
pub fn recognised_mentions(
    snapshot: &Snapshot,
    at: FileRange,
    saved: &dyn Fn(Place) -> Span,
) -> Vec<RecognisedMention> {
    let Some(file) = snapshot.file(at.file) else { return Vec::new() };
    let profile = snapshot.profile(file);
    let mut mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), file.facts_in(at.span));
    mentions.retain(|mention| {
        let span = mention.place.span();
        if at.span.is_empty() { span.touches(at.span.start) } else { span.overlaps(at.span) }
    });
    mentions.sort_by_key(|mention| mention.place.span().len());
    let entry = |entity: &EntityIx| {
        let entity = snapshot.registry.get(*entity);
        (entity.id.to_string(), entity.display_name().to_owned())
    };
    let recognised = mentions.iter().filter_map(|mention| {
        let (kind, entries) = match &mention.what {
            MentionKind::Name(name) => (name.kind.as_str(), name.entities.iter().map(entry).collect()),
            MentionKind::Date { .. } => ("date", Vec::new()),
            MentionKind::Decree { entry: known, .. } => ("decree", known.iter().map(entry).collect()),
            MentionKind::Pattern(_) => return None,
        };
        Some(RecognisedMention { span: saved(mention.place), kind, entries })
    });
    recognised.collect()
}

/// The entries of the registry that look like some words, by id and name, the likeliest first.
pub fn entries_like(snapshot: &Snapshot, words: &str) -> Vec<(String, String)> {
    let found = entities_like(snapshot, words, MOST_ENTRIES);
    let entry = |entity: EntityIx| {
        let entity = snapshot.registry.get(entity);
        (entity.id.to_string(), entity.display_name().to_owned())
    };
    found.into_iter().map(entry).collect()
}
