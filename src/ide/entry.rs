//! Entries of the registry, told so that several corpora can be asked about the same one.
//!
//! Corpora that share a registry file number files and entities each in its own way. What they have in common is the
//! file, the byte at which the entry says its id, and the id.
//! Deliberately absent: which corpora there are and how each calls a file; whoever holds them knows.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::place::FilePosition;
use super::target::{CursorTarget, EntryWord, RegistryTarget};
use crate::corpus::Snapshot;
use crate::registry::{Entity, RegistryEntry};
use crate::text::FileId;

/// An entry of a registry file, in force or not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryAt {
    /// The place of its id.
    pub at: FilePosition,
    /// The id.
    pub id: CompactString,
}

/// The entries of what is under the cursor: several where nothing decides who is meant, none of what no entry tells.
pub fn entries_at(snapshot: &Snapshot, at: FilePosition) -> Vec<EntryAt> {
    match CursorTarget::at(snapshot, at) {
        Some(CursorTarget::Registry(RegistryTarget { entry, part: EntryWord::Id | EntryWord::Name(_), .. })) => {
            vec![EntryAt::of_entry(&entry)]
        }
        Some(target) => {
            let entries = target.subject(snapshot).map(|subject| subject.entries(snapshot));
            entries.unwrap_or_default().into_iter().map(|entity| EntryAt::of(snapshot, entity)).collect()
        }
        None => Vec::new(),
    }
}

/// The entry that is in force under an id.
pub fn entry_with_id(snapshot: &Snapshot, id: &str) -> Option<EntryAt> {
    Some(EntryAt::of(snapshot, snapshot.registry.by_id(id)?))
}

impl EntryAt {
    /// That of an entity of the registry.
    pub(super) fn of(snapshot: &Snapshot, entity: &Entity) -> Self {
        let at = snapshot.registry.origin(entity, entity.id_at);
        Self { at: FilePosition { file: at.file, byte: at.span.start }, id: entity.id.clone() }
    }

    pub(super) fn of_entry(entry: &RegistryEntry<'_>) -> Self {
        let at = entry.origin(entry.entity.id_at);
        Self { at: FilePosition { file: at.file, byte: at.span.start }, id: entry.entity.id.clone() }
    }

    /// The same entry in a corpus that numbers its file so; `None` where it reads something else there.
    pub fn within(&self, snapshot: &Snapshot, file: FileId) -> Option<Self> {
        let other = Self { at: FilePosition { file, ..self.at }, id: self.id.clone() };
        other.entry(snapshot).map(|_| other)
    }

    /// Returns the entry, if it stands there still.
    pub(super) fn entry<'s>(&self, snapshot: &'s Snapshot) -> Option<RegistryEntry<'s>> {
        let entry = snapshot.registry.at(self.at.file, self.at.byte)?;
        let is_same = entry.entity.id == self.id && entry.origin(entry.entity.id_at).span.start == self.at.byte;
        is_same.then_some(entry)
    }

    /// Returns the entity that it defines; none where it is not in force.
    pub(super) fn entity<'s>(&self, snapshot: &'s Snapshot) -> Option<&'s Entity> {
        self.entry(snapshot).filter(|entry| entry.taken_by.is_none()).map(|entry| entry.entity)
    }
}

/// Those of the entries that are in force.
pub(super) fn entities<'s>(snapshot: &'s Snapshot, entries: &[EntryAt]) -> SmallVec<[&'s Entity; 2]> {
    entries.iter().filter_map(|entry| entry.entity(snapshot)).collect()
}
