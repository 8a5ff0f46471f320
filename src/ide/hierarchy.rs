//! Hierarchies: organisations with their offices and holders, people with those who appear beside them.
//!
//! Types: an organisation is above its offices, an office above those who hold it. Calls: people mentioned in one
//! paragraph.

use compact_str::CompactString;

use super::place::{FilePlace, FilePosition};
use super::target::{CursorTarget, word_place};
use crate::corpus::mention::{self, Mention, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::ide::place::links_of;
use crate::registry::{Entity, EntityIx, EntityKind, Tenure};
use crate::text::{FileId, Place};

/// An entity as a node of a hierarchy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HierarchyNode {
    /// The id, by which its neighbours are asked for.
    pub id: CompactString,
    /// The name.
    pub name: String,
    /// Since when and until when, where that belongs to it here; else its id.
    pub detail: String,
    /// The kind.
    pub kind: EntityKind,
    /// The whole entry.
    pub whole: FilePlace,
    /// The id there.
    pub focus: Place,
}

/// Returns the node under the cursor, where it has a place in the hierarchy of organisations, offices and people.
pub fn prepare_type_hierarchy(snapshot: &Snapshot, at: FilePosition) -> Vec<HierarchyNode> {
    let subject = CursorTarget::at(snapshot, at).and_then(|target| target.subject(snapshot));
    let entries = subject.map(|subject| subject.entries(snapshot)).unwrap_or_default();
    let in_it = |entity: &&&Entity| {
        matches!(entity.kind, EntityKind::Official | EntityKind::Person | EntityKind::Office | EntityKind::Organization)
    };
    entries.iter().filter(in_it).filter_map(|entity| node(snapshot, entity, None)).collect()
}

/// Of a person the offices, of an office the organisation.
pub fn supertypes(snapshot: &Snapshot, id: &str) -> Vec<HierarchyNode> {
    let Some(entity) = snapshot.registry.by_id(id) else { return Vec::new() };
    let held =
        entity.tenures().iter().filter_map(|tenure| node(snapshot, snapshot.registry.office(tenure)?, Some(tenure)));
    let organization =
        snapshot.registry.organization(entity).and_then(|organization| node(snapshot, organization, None));
    held.chain(organization).collect()
}

/// Of an organisation the offices, of an office those who hold or held it.
pub fn subtypes(snapshot: &Snapshot, id: &str) -> Vec<HierarchyNode> {
    let Some(entity) = snapshot.registry.by_id(id) else { return Vec::new() };
    match entity.kind {
        EntityKind::Organization => {
            snapshot.registry.offices_of(entity.ix).filter_map(|office| node(snapshot, office, None)).collect()
        }
        EntityKind::Office => snapshot
            .registry
            .holders(entity.ix)
            .filter_map(|(person, tenure)| node(snapshot, person, Some(tenure)))
            .collect(),
        EntityKind::Official | EntityKind::Person | EntityKind::Place | EntityKind::Decree => Vec::new(),
    }
}

fn node(snapshot: &Snapshot, entity: &Entity, tenure: Option<&Tenure>) -> Option<HierarchyNode> {
    let day =
        |dated: Option<crate::registry::PlacedDate>| dated.map(|dated| dated.date.to_string()).unwrap_or_default();
    let detail = match tenure {
        Some(tenure) if tenure.since.is_some() || tenure.until.is_some() => {
            format!("{} – {}", day(tenure.since), day(tenure.until)).trim().to_owned()
        }
        _ => entity.id.to_string(),
    };
    let whole = snapshot.registry.whole(entity);
    Some(HierarchyNode {
        id: entity.id.clone(),
        name: entity.display_name().to_owned(),
        detail,
        kind: entity.kind,
        whole: FilePlace { file: whole.file, place: snapshot.origin_place(whole)? },
        focus: word_place(snapshot, entity, entity.id_at)?,
    })
}

/// A person in one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MentionedPerson {
    /// The id, by which companions are asked for.
    pub id: CompactString,
    /// The name.
    pub name: String,
    /// The first mention that is meant.
    pub at: FilePlace,
}

/// Somebody who is mentioned in the same paragraphs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Companion {
    /// The person, with the first place in this file.
    pub person: MentionedPerson,
    /// The places of the companion in these paragraphs of this file.
    pub places: Vec<Place>,
    /// The places of the one who was asked about in them.
    pub beside: Vec<Place>,
}

/// The person under the cursor.
pub fn prepare_call_hierarchy(snapshot: &Snapshot, at: FilePosition) -> Vec<MentionedPerson> {
    let Some(target) = CursorTarget::at(snapshot, at) else { return Vec::new() };
    let entries = target.subject(snapshot).map(|subject| subject.entries(snapshot)).unwrap_or_default();
    let people = entries.iter().filter(|entity| entity.kind.is_person());
    people.map(|entity| person(entity, FilePlace { file: at.file, place: target.place() })).collect()
}

/// Returns the people who are mentioned in one paragraph with a person, file by file, by path; in a file by the first
/// place.
pub fn mentioned_together(snapshot: &Snapshot, id: &str) -> Vec<Companion> {
    let Some(entity) = snapshot.registry.by_id(id).filter(|entity| entity.kind.is_person()) else { return Vec::new() };
    let mut files: Vec<FileId> = snapshot.index.entity(entity.ix).iter().map(|(file, _)| *file).collect();
    files.sort_unstable_by_key(|file| (snapshot.path(*file), *file));
    let files = files.into_iter().filter_map(|file| snapshot.file(file));
    files.flat_map(|file| in_file(snapshot, &file.unpacked(), entity.ix)).collect()
}

fn in_file(snapshot: &Snapshot, file: &File, asked: EntityIx) -> Vec<Companion> {
    let profile = snapshot.profile(file);
    let segments = file.facts().filter(|(_, facts)| facts.names.iter().any(|name| name.entities.contains(&asked)));
    let mentions = mention::in_segments(file, &profile, links_of(snapshot, &profile), segments);
    let mut companions: Vec<(EntityIx, Companion)> = Vec::new();
    for paragraph in mentions.chunk_by(|a, b| a.place.start.line == b.place.start.line) {
        let beside: Vec<Place> =
            paragraph.iter().filter(|mention| who(mention) == Some(asked)).map(|mention| mention.place).collect();
        if beside.is_empty() {
            continue;
        }
        let mut here: Vec<EntityIx> = Vec::new();
        for mention in paragraph {
            let Some(other) = who(mention).filter(|other| *other != asked) else { continue };
            let at = companions.iter().position(|(known, _)| *known == other).unwrap_or_else(|| {
                let first = FilePlace { file: file.id, place: mention.place };
                let person = person(snapshot.registry.get(other), first);
                companions.push((other, Companion { person, places: Vec::new(), beside: Vec::new() }));
                companions.len() - 1
            });
            let companion = &mut companions[at].1;
            companion.places.push(mention.place);
            if !here.contains(&other) {
                here.push(other);
                companion.beside.extend(&beside);
            }
        }
    }
    companions.into_iter().map(|(_, companion)| companion).collect()
}

/// The person a mention certainly is.
fn who(mention: &Mention<'_>) -> Option<EntityIx> {
    match &mention.what {
        MentionKind::Name(name) if name.kind.is_person() => name.one(),
        _ => None,
    }
}

fn person(entity: &Entity, at: FilePlace) -> MentionedPerson {
    MentionedPerson { id: entity.id.clone(), name: entity.display_name().to_owned(), at }
}
