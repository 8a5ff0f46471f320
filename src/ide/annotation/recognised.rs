//! Mentions that were recognised at a selection, for whoever annotates it.

use super::actions::RecognisedMention;
use crate::corpus::Snapshot;
use crate::corpus::mention::{self, MentionKind};
use crate::ide::place::{FileRange, links_of};
use crate::ide::workspace::{container, entities_like, names};
use crate::registry::{EntityIx, EntityKind};
use crate::text::{Place, Span};

/// An entry of the registry as a person chooses one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DescribedEntry {
    /// The preferred name in each script.
    pub name: String,
    /// The id and the office.
    pub detail: String,
    /// The kind.
    pub kind: EntityKind,
    /// The number of texts that mention it.
    pub texts: usize,
}

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

/// Describes an entry; `None` where there is none of that id.
pub fn described_entry(snapshot: &Snapshot, id: &str) -> Option<DescribedEntry> {
    let entity = snapshot.registry.by_id(id)?;
    let (name, detail) = (names(entity), container(snapshot, entity));
    Some(DescribedEntry { name, detail, kind: entity.kind, texts: snapshot.index.entity(entity.ix).len() })
}

/// The entries of the registry that look like some words, by id and name, the likeliest first, at most `limit`.
pub fn entries_like(snapshot: &Snapshot, words: &str, limit: usize) -> Vec<(String, String)> {
    let found = entities_like(snapshot, words, limit);
    let entry = |entity: EntityIx| {
        let entity = snapshot.registry.get(entity);
        (entity.id.to_string(), entity.display_name().to_owned())
    };
    found.into_iter().map(entry).collect()
}
