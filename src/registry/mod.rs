//! People, organisations, offices, places and legal documents, read from the registry files of a corpus.
//!
//! All files
//! form one registry with unique ids; every piece knows the place that says it, so that an editor can go there.
//! Loading never fails: what is wrong is a [`RegistryFault`], what is intact is in force. Ids keep their numbers from
//! one state to the next, so that what was said of entities stays true. States share what has not changed: a
//! [`Registry`] is little more than the files' [`RegistryFile`]s with the place of each number in them, and whatever
//! else follows from all of them together (faults, who holds an office) is worked out when somebody asks. So a change
//! costs what it touches, and there is nothing to keep in step. Deliberately absent: files (texts are handed in),
//! folding and matching (`recognise/`), and the last good state of a file that no longer parses (whoever holds the
//! files keeps it).

pub mod edit;
pub mod entity;
pub mod fault;
mod file;
pub mod keys;
mod link;
mod load;
pub mod search;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use entity::{
    Alias, AliasList, Entity, EntityDetail, EntityIx, EntityKind, IdReference, NameScript, Origin, PlacedDate,
    Provenance, Successor, Tenure,
};
pub use fault::{RegistryFault, RegistryFaultClass, RegistryFaultKind, Slightness};
pub use file::{Ids, RegistryFile, RegistrySource};
pub use load::is_foreign;

use crate::text::{FileId, Span};

/// All that the registry files of a corpus say.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    /// The files, in the order of their paths.
    files: Vec<Arc<RegistryFile>>,
    ids: Arc<Ids>,
    /// The location of the entity of each number; `NOWHERE` for numbers whose id nobody has.
    places: Vec<EntityLocation>,
    /// The number of entities.
    count: usize,
    /// Office → persons who hold it, with the number of the tenure.
    holders: OnceLock<FxHashMap<EntityIx, Vec<(EntityIx, u32)>>>,
    /// Organisation → its offices.
    offices: OnceLock<FxHashMap<EntityIx, Vec<EntityIx>>>,
    faults: OnceLock<Vec<RegistryFault>>,
    spellings: OnceLock<Arc<search::FoldedAliases>>,
    beginnings: OnceLock<search::WordBeginnings>,
}

/// The location of an entity: the number of the file in its order, of the piece in it, and of the entity in that.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct EntityLocation {
    file: u32,
    piece: u32,
    entity: u32,
}

/// An entry as it stands in a registry file, in force or not.
#[derive(Clone, Copy, Debug)]
pub struct RegistryEntry<'r> {
    /// The content.
    pub entity: &'r Entity,
    /// The file.
    pub file: FileId,
    /// The entity that has its id, where the entry is not in force: the first by path and position.
    pub taken_by: Option<&'r Entity>,
    /// The first byte in the file.
    start: u32,
}

impl RegistryEntry<'_> {
    /// The place of something that it says.
    pub fn origin(&self, at: Span) -> Origin {
        Origin { file: self.file, span: at.shift(self.start) }
    }

    /// All of it.
    pub fn whole(&self) -> Origin {
        self.origin(Span::new(0, self.entity.len))
    }
}

/// The place of an entity that is not there.
const NOWHERE: EntityLocation = EntityLocation { file: u32::MAX, piece: 0, entity: 0 };

impl Registry {
    /// Reads the files, which come in the order of their paths: of a duplicate id the first wins.
    pub fn load(files: &[RegistrySource<'_>]) -> Self {
        let mut readings: Vec<RegistryFile> = files.iter().map(RegistryFile::new).collect();
        let mut ids = Arc::default();
        Ids::number(&mut ids, &mut readings.iter_mut().collect::<Vec<_>>());
        Self::join(readings.into_iter().map(Arc::new).collect(), ids)
    }

    /// Joins what the files say, in the order of their paths: of a duplicate id the first wins. They were numbered with
    /// these ids.
    pub fn join(files: Vec<Arc<RegistryFile>>, ids: Arc<Ids>) -> Self {
        let mut registry = Self { places: vec![NOWHERE; ids.count()], files, ids, ..Self::default() };
        for (file, reading) in registry.files.iter().enumerate() {
            for (piece, placed) in reading.pieces.iter().enumerate() {
                for (at, entity) in placed.piece.entities.iter().enumerate() {
                    let place = registry.places.get_mut(entity.ix.0 as usize);
                    if let Some(place) = place.filter(|place| **place == NOWHERE) {
                        *place = EntityLocation { file: file as u32, piece: piece as u32, entity: at as u32 };
                        registry.count += 1;
                    }
                }
            }
        }
        registry
    }

    /// The numbers of all ids, for what is read next.
    pub const fn ids(&self) -> &Arc<Ids> {
        &self.ids
    }

    /// All entries, also those whose id is taken: files in order, then by position.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = RegistryEntry<'_>> {
        self.files.iter().enumerate().flat_map(|(at, reading)| self.in_pieces(at, 0..reading.pieces.len()))
    }

    /// All entities: files in order, then by position.
    pub fn entities(&self) -> impl DoubleEndedIterator<Item = &Entity> {
        self.entries().filter(|entry| entry.taken_by.is_none()).map(|entry| entry.entity)
    }

    /// The number of entities.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Returns whether it knows nobody.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The entity of a number that this registry gave.
    ///
    /// # Panics
    /// When another registry gave it, or when the entity is gone.
    pub fn get(&self, ix: EntityIx) -> &Entity {
        self.find(ix).expect("whoever asks has the number from this registry")
    }

    /// The entity of a number that this registry or an earlier one gave, if it is still there.
    pub fn find(&self, ix: EntityIx) -> Option<&Entity> {
        let at = self.place(ix)?;
        self.placed(at)?.piece.entities.get(at.entity as usize)
    }

    fn place(&self, ix: EntityIx) -> Option<EntityLocation> {
        self.places.get(ix.0 as usize).copied().filter(|at| *at != NOWHERE)
    }

    fn placed(&self, at: EntityLocation) -> Option<&file::PlacedPiece> {
        self.files.get(at.file as usize)?.pieces.get(at.piece as usize)
    }

    /// Returns whether this and another state certainly say the same of a number: they share what was read.
    pub fn shares(&self, other: &Self, ix: EntityIx) -> bool {
        let read = |registry: &Self| {
            let at = registry.place(ix)?;
            Some((Arc::as_ptr(&registry.placed(at)?.piece), at.entity))
        };
        read(self) == read(other)
    }

    /// Returns how many numbers were ever given.
    pub fn numbers(&self) -> usize {
        self.places.len()
    }

    /// The entity with this id.
    pub fn by_id(&self, id: &str) -> Option<&Entity> {
        self.find(self.ids.get(id)?)
    }

    /// The entities of one kind.
    pub fn of_kind(&self, kind: EntityKind) -> impl Iterator<Item = &Entity> {
        self.entities().filter(move |entity| entity.kind == kind)
    }

    /// Returns who has the id that an entry names, if that is of the kind that is wanted there.
    pub fn target(&self, reference: &IdReference, wanted: EntityKind) -> Option<&Entity> {
        self.find(reference.to).filter(|entity| entity.kind == wanted)
    }

    /// The office of a tenure, if there is one.
    pub fn office(&self, tenure: &Tenure) -> Option<&Entity> {
        self.target(&tenure.office, EntityKind::Office)
    }

    /// The organisation of an office, where the registry names one that exists.
    pub fn organization(&self, office: &Entity) -> Option<&Entity> {
        self.find(office.organization()?).filter(|entity| entity.kind == EntityKind::Organization)
    }

    /// Returns who holds or held an office, in the order of the registry.
    pub fn holders(&self, office: EntityIx) -> impl Iterator<Item = (&Entity, &Tenure)> {
        let holders = self.holders.get_or_init(|| {
            let mut holders: FxHashMap<EntityIx, Vec<(EntityIx, u32)>> = FxHashMap::default();
            for person in self.entities() {
                for (number, tenure) in person.tenures().iter().enumerate() {
                    holders.entry(tenure.office.to).or_default().push((person.ix, number as u32));
                }
            }
            holders
        });
        holders.get(&office).into_iter().flatten().map(|&(person, tenure)| {
            let person = self.get(person);
            (person, &person.tenures()[tenure as usize])
        })
    }

    /// Returns who may have held an office on `day`.
    pub fn holders_at(&self, office: EntityIx, day: Date) -> impl Iterator<Item = (&Entity, &Tenure)> {
        self.holders(office).filter(move |(_, tenure)| tenure.covers(day))
    }

    /// The offices of an organisation.
    pub fn offices_of(&self, organization: EntityIx) -> impl Iterator<Item = &Entity> {
        let offices = self.offices.get_or_init(|| {
            let mut offices: FxHashMap<EntityIx, Vec<EntityIx>> = FxHashMap::default();
            for office in self.of_kind(EntityKind::Office) {
                if let Some(organization) = office.organization() {
                    offices.entry(organization).or_default().push(office.ix);
                }
            }
            offices
        });
        offices.get(&organization).into_iter().flatten().map(|&office| self.get(office))
    }

    /// The place of something that the entry of an entity of this registry says.
    pub fn origin(&self, entity: &Entity, at: Span) -> Origin {
        let place = self.place(entity.ix).and_then(|place| Some((place, self.placed(place)?)));
        let (place, placed) = place.expect("the entity is of this registry");
        Origin { file: self.files[place.file as usize].file, span: at.shift(placed.start + entity.start) }
    }

    /// The whole entry of an entity of this registry.
    pub fn whole(&self, entity: &Entity) -> Origin {
        self.origin(entity, Span::new(0, entity.len))
    }

    /// The file that defines an entity of this registry.
    pub fn file_of(&self, entity: &Entity) -> FileId {
        self.whole(entity).file
    }

    /// The entries of one file, in force or not, by position.
    pub fn of_file(&self, file: FileId) -> impl Iterator<Item = RegistryEntry<'_>> {
        let reading = self.files.iter().position(|reading| reading.file == file);
        reading.into_iter().flat_map(|at| self.in_pieces(at, 0..self.files[at].pieces.len()))
    }

    /// The entries in some pieces of a file.
    fn in_pieces(&self, file: usize, pieces: Range<usize>) -> impl DoubleEndedIterator<Item = RegistryEntry<'_>> {
        let first = pieces.start;
        let reading = &self.files[file];
        reading.pieces[pieces].iter().enumerate().flat_map(move |(piece, placed)| {
            placed.piece.entities.iter().enumerate().map(move |(number, entity)| {
                let at = EntityLocation { file: file as u32, piece: (first + piece) as u32, entity: number as u32 };
                let is_in_force = self.place(entity.ix) == Some(at);
                RegistryEntry {
                    entity,
                    file: reading.file,
                    taken_by: if is_in_force { None } else { self.find(entity.ix) },
                    start: placed.start + entity.start,
                }
            })
        })
    }

    /// The entry whose table holds byte `at` of `file`, in force or not; where two tables meet, the earlier one.
    pub fn at(&self, file: FileId, at: u32) -> Option<RegistryEntry<'_>> {
        let file = self.files.iter().position(|reading| reading.file == file)?;
        let behind = self.files[file].pieces.partition_point(|placed| placed.start <= at);
        // A piece begins with a table of its own, so that at its first byte the one before may be meant.
        let mut near = self.in_pieces(file, behind.saturating_sub(2)..behind);
        near.find(|entry| entry.whole().span.touches(at))
    }

    /// Every spelling folded, for searches over all of them.
    pub fn folded_spellings(&self) -> &Arc<search::FoldedAliases> {
        self.spellings.get_or_init(|| Arc::new(search::FoldedAliases::new(self.entities())))
    }

    /// Returns the beginnings of names, for completion.
    pub fn beginnings(&self) -> &search::WordBeginnings {
        self.beginnings.get_or_init(|| search::WordBeginnings::new(self.folded_spellings().clone(), self.entities()))
    }
}

#[cfg(test)]
mod tests;
