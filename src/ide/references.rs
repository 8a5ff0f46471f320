//! References: all mentions of one thing, in every file, in every script.
//!
//! Files are handed out one by one, so that an editor may show the first while the others are looked through. Only
//! files that the index names are looked at.

use std::ops::ControlFlow;
use std::sync::Arc;

use rayon::prelude::*;

use super::entry::{EntryAt, entities};
#[cfg(test)]
use super::place::FilePlace;
use super::place::FilePosition;
use super::target::{CursorTarget, Subject, word_place};
use crate::corpus::{File, Snapshot};
use crate::registry::{Entity, EntityKind};
use crate::text::Span;
use crate::text::{FileId, Place};

/// Files that are looked at together: closed ones are unpacked for it.
const LOT: usize = 64;

/// The mentions of what is under the cursor: registry files first, then texts by path. `each` takes the places of one
/// file, in order, and may stop the search. With `declaration` the line of the entry that names it counts too.
pub fn references(
    snapshot: &Snapshot,
    at: FilePosition,
    declaration: bool,
    each: &mut dyn FnMut(FileId, &[Place]) -> ControlFlow<()>,
) {
    let Some(subject) = CursorTarget::at(snapshot, at).and_then(|target| target.subject(snapshot)) else { return };
    let _ = of_subject(snapshot, &subject, declaration, each);
}

/// Returns whether anything under the cursor may have references.
pub fn has_references(snapshot: &Snapshot, at: FilePosition) -> bool {
    CursorTarget::at(snapshot, at).is_some_and(|target| target.subject(snapshot).is_some())
}

/// As [`references`], the mentions of what entries tell of: how another corpus is asked that has them too.
pub fn references_to(
    snapshot: &Snapshot,
    entries: &[EntryAt],
    declaration: bool,
    each: &mut dyn FnMut(FileId, &[Place]) -> ControlFlow<()>,
) {
    let Some(subject) = Subject::of_entities(snapshot, &entities(snapshot, entries)) else { return };
    let _ = of_subject(snapshot, &subject, declaration, each);
}

/// All of [`references`] at once.
#[cfg(test)]
pub fn all_references(snapshot: &Snapshot, at: FilePosition, declaration: bool) -> Vec<FilePlace> {
    let mut all = Vec::new();
    references(snapshot, at, declaration, &mut |file, places| {
        all.extend(places.iter().map(|place| FilePlace { file, place: *place }));
        ControlFlow::Continue(())
    });
    all
}

fn of_subject(
    snapshot: &Snapshot,
    subject: &Subject,
    declaration: bool,
    each: &mut dyn FnMut(FileId, &[Place]) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut registry = in_registry(snapshot, subject);
    if declaration {
        let entries = subject.entries(snapshot);
        registry.extend(entries.iter().filter_map(|entity| place(snapshot, entity, named_at(entity))));
    }
    registry.sort_unstable_by_key(|(file, place)| (snapshot.path(*file), *file, *place));
    for of_file in registry.chunk_by(|a, b| a.0 == b.0) {
        let places: Vec<Place> = of_file.iter().map(|(_, place)| *place).collect();
        each(of_file[0].0, &places)?;
    }
    let files: Vec<&Arc<File>> = subject.files(snapshot).iter().filter_map(|file| snapshot.file(*file)).collect();
    for lot in files.chunks(LOT) {
        let places = |file: &&Arc<File>| -> Vec<Place> {
            let file = file.unpacked();
            subject.mentions_in(snapshot, &file).iter().map(|mention| mention.place).collect()
        };
        let found: Vec<Vec<Place>> = lot.par_iter().map(places).collect();
        for (file, places) in lot.iter().zip(found) {
            if !places.is_empty() {
                each(file.id, &places)?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// Returns the places where registry entries refer to it by its id.
pub(super) fn in_registry(snapshot: &Snapshot, subject: &Subject) -> Vec<(FileId, Place)> {
    let mut places = Vec::new();
    for entity in subject.entries(snapshot) {
        let mut add = |by: &Entity| {
            let references = by.references().filter(|(reference, _)| reference.to == entity.ix);
            places.extend(references.filter_map(|(reference, _)| place(snapshot, by, reference.at)));
        };
        match entity.kind {
            EntityKind::Office => {
                let mut holders: Vec<_> = snapshot.registry.holders(entity.ix).map(|(holder, _)| holder).collect();
                holders.dedup_by_key(|holder| holder.ix);
                holders.into_iter().for_each(add);
            }
            EntityKind::Organization => {
                snapshot.registry.offices_of(entity.ix).for_each(&mut add);
                snapshot.registry.of_kind(EntityKind::Organization).for_each(add);
            }
            EntityKind::Official | EntityKind::Person | EntityKind::Place | EntityKind::Decree => {}
        }
    }
    places
}

/// Returns the span of an entry's first name.
fn named_at(entity: &Entity) -> Span {
    entity.spellings().next().map_or(entity.id_at, |name| name.at)
}

fn place(snapshot: &Snapshot, entity: &Entity, at: Span) -> Option<(FileId, Place)> {
    Some((snapshot.registry.file_of(entity), word_place(snapshot, entity, at)?))
}
