//! Jumps from a mention: to its entry, to its first mention, to what stands behind it.

use super::place::{FilePosition, Jump};
use super::target::{CursorTarget, EntryWord, RegistryTarget, Subject, decree_entry, spelling_of};
use crate::corpus::mention::{Mention, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::registry::{Entity, EntityIx, EntityKind, RegistryEntry};
use crate::text::{Place, Span};

/// Of a mention its registry entry, of a legal document without an entry and of a kind of the user's its first mention;
/// of an entry's id or name the first mention, of an id that refers to an entry that one, of an id that is taken the
/// entry that has it. Several where the mention may be several entities'.
pub fn definition(snapshot: &Snapshot, at: FilePosition) -> Vec<Jump> {
    let Some(target) = CursorTarget::at(snapshot, at) else { return Vec::new() };
    let origin = target.place();
    match &target {
        CursorTarget::Text(text) => match &text.mention.what {
            MentionKind::Name(name) => {
                let entries = name.entities.iter().map(|entity| snapshot.registry.get(*entity));
                entries.filter_map(|entity| entry_link(snapshot, origin, entity, name.surface)).collect()
            }
            MentionKind::Decree { fact, .. } => match decree_entry(snapshot, &fact.symbol.reference) {
                Some(entry) => entry_link(snapshot, origin, entry, "").into_iter().collect(),
                None => first_mention(snapshot, origin, &Subject::Decree(fact.symbol.reference.clone())),
            },
            MentionKind::Pattern(fact) => {
                first_mention(snapshot, origin, &Subject::Pattern(fact.kind, fact.value.clone()))
            }
            MentionKind::Date { .. } => Vec::new(),
        },
        CursorTarget::Registry(RegistryTarget {
            part: EntryWord::Id,
            entry: RegistryEntry { taken_by: Some(first), .. },
            ..
        }) => jump(snapshot, origin, first, first.id_at).into_iter().collect(),
        CursorTarget::Registry(word) => match (word.part, word.subject(snapshot)) {
            (EntryWord::Reference(..), Some(entity)) => link_to(snapshot, origin, entity),
            (_, Some(entity)) => first_mention(snapshot, origin, &Subject::of_entity(snapshot, entity)),
            (_, None) => Vec::new(),
        },
    }
}

/// The entry that has an id, from a place that names it in a file of another sort.
pub fn entry_of_id(snapshot: &Snapshot, origin: Place, id: &str) -> Option<Jump> {
    entry_link(snapshot, origin, snapshot.registry.by_id(id)?, "")
}

/// Of a mention the first one of the same thing in its document; in a registry file the entry that is meant, or that
/// has the id.
pub fn declaration(snapshot: &Snapshot, at: FilePosition) -> Vec<Jump> {
    let Some(target) = CursorTarget::at(snapshot, at) else { return Vec::new() };
    let origin = target.place();
    if let CursorTarget::Registry(RegistryTarget {
        part: EntryWord::Id,
        entry: RegistryEntry { taken_by: Some(first), .. },
        ..
    }) = &target
    {
        return jump(snapshot, origin, first, first.id_at).into_iter().collect();
    }
    let Some(subject) = target.subject(snapshot) else { return Vec::new() };
    match &target {
        CursorTarget::Text(text) => {
            let mentions = subject.mentions_in(snapshot, text.file);
            mentions.first().map(|first| mention_link(origin, text.file, first)).into_iter().collect()
        }
        CursorTarget::Registry(_) => {
            subject.entries(snapshot).iter().flat_map(|entity| link_to(snapshot, origin, entity.ix)).collect()
        }
    }
}

/// Of a person the organisations of the offices held at the document's date (today where it has none), of an office
/// its organisation.
pub fn type_definition(snapshot: &Snapshot, at: FilePosition) -> Vec<Jump> {
    let Some(target) = CursorTarget::at(snapshot, at) else { return Vec::new() };
    let origin = target.place();
    let day = match &target {
        CursorTarget::Text(text) => text.profile.date,
        CursorTarget::Registry(_) => None,
    };
    let day = day.unwrap_or(snapshot.today);
    let Some(subject) = target.subject(snapshot) else { return Vec::new() };
    let mut organizations: Vec<EntityIx> = Vec::new();
    for entity in subject.entries(snapshot) {
        let held = entity.tenures_at(day).filter_map(|tenure| snapshot.registry.office(tenure));
        let behind = held.chain([entity]).filter_map(|office| snapshot.registry.organization(office));
        organizations.extend(behind.map(|organization| organization.ix));
    }
    let mut seen = Vec::new();
    organizations.retain(|organization| {
        !seen.contains(organization) && {
            seen.push(*organization);
            true
        }
    });
    organizations.into_iter().flat_map(|organization| link_to(snapshot, origin, organization)).collect()
}

/// All mentions of the same thing in this document; in a registry file the entries that refer to it.
pub fn implementation(snapshot: &Snapshot, at: FilePosition) -> Vec<Jump> {
    let Some(target) = CursorTarget::at(snapshot, at) else { return Vec::new() };
    let origin = target.place();
    let Some(subject) = target.subject(snapshot) else { return Vec::new() };
    match &target {
        CursorTarget::Text(text) => {
            let mentions = subject.mentions_in(snapshot, text.file);
            mentions.iter().map(|mention| mention_link(origin, text.file, mention)).collect()
        }
        CursorTarget::Registry(_) => {
            let places = super::references::in_registry(snapshot, &subject);
            let links = places.into_iter().map(|(file, place)| Jump { origin, file, whole: place, focus: place });
            links.collect()
        }
    }
}

fn first_mention(snapshot: &Snapshot, origin: Place, subject: &Subject) -> Vec<Jump> {
    let files = subject.files(snapshot);
    let first = files
        .iter()
        .filter_map(|file| snapshot.file(*file))
        .map(|file| file.unpacked())
        .find_map(|file| Some(mention_link(origin, &file, subject.mentions_in(snapshot, &file).first()?)));
    first.into_iter().collect()
}

fn mention_link(origin: Place, file: &File, mention: &Mention<'_>) -> Jump {
    Jump { origin, file: file.id, whole: mention.place, focus: mention.place }
}

/// The jump to the line of an entry that names it.
pub(super) fn link_to(snapshot: &Snapshot, origin: Place, entity: EntityIx) -> Vec<Jump> {
    entry_link(snapshot, origin, snapshot.registry.get(entity), "").into_iter().collect()
}

/// The jump to the spelling of an entry that `surface` is; of a legal document, to its id.
fn entry_link(snapshot: &Snapshot, origin: Place, entity: &Entity, surface: &str) -> Option<Jump> {
    let name = if surface.is_empty() { entity.spellings().next() } else { spelling_of(entity, surface) };
    jump(
        snapshot,
        origin,
        entity,
        name.filter(|_| entity.kind != EntityKind::Decree).map_or(entity.id_at, |name| name.at),
    )
}

/// The jump to a string of an entry.
fn jump(snapshot: &Snapshot, origin: Place, entity: &Entity, at: Span) -> Option<Jump> {
    let (at, whole) = (snapshot.registry.origin(entity, at), snapshot.registry.whole(entity));
    Some(Jump { origin, file: at.file, whole: snapshot.origin_place(whole)?, focus: snapshot.origin_place(at)? })
}
