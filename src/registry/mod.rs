//! Who exists?
//!
//! People, organisations, offices, places and legal documents, read from the registry files of a corpus. All files
//! form one registry with unique ids; every piece knows the place that says it, so that an editor can go there.
//! Loading never fails: what is wrong is a [`Fault`], what is intact is in force. Entities keep their numbers from one
//! load to the next, so that what was said of them stays true.
//! Deliberately absent: files (texts are handed in), folding and matching (`recognise/`), and the last good state of
//! a file that no longer parses (whoever holds the files keeps it).

pub mod edit;
pub mod entity;
pub mod fault;
pub mod keys;
mod link;
mod load;
pub mod search;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub use entity::{
    Basis, Dated, Detail, Entity, EntityIx, Kind, Name, Names, Origin, Reference, Script, Successor, Tenure,
};
pub use fault::{Fault, FaultKind};

use crate::text::FileId;

/// One registry file.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    /// Its number.
    pub file: FileId,
    /// Its text.
    pub text: &'t str,
}

/// All that the registry files of a corpus say.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    entities: Vec<Entity>,
    /// Where the entity of each number stands in `entities`; `NOWHERE` for numbers of entities that are gone.
    places: Vec<u32>,
    by_id: FxHashMap<CompactString, EntityIx>,
    /// Office → persons who hold it, with the number of the tenure.
    holders: FxHashMap<EntityIx, Vec<(EntityIx, u32)>>,
    /// Organisation → its offices.
    offices: FxHashMap<EntityIx, Vec<EntityIx>>,
    /// Files with the entities that each defines: they stand together, whatever numbers the files have.
    files: Vec<(FileId, Range<usize>)>,
    faults: Vec<Fault>,
    spellings: OnceLock<search::Spellings>,
    beginnings: OnceLock<search::Beginnings>,
}

/// The place of an entity that is gone.
const NOWHERE: u32 = u32::MAX;

/// What one registry file says, not yet joined with the others.
#[derive(Clone, Debug)]
pub struct Reading {
    file: FileId,
    entities: Vec<Entity>,
    faults: Vec<Fault>,
}

impl Reading {
    /// Reads a file.
    pub fn new(source: &Source<'_>) -> Self {
        let mut faults = Vec::new();
        let entities = load::load(source, &mut faults);
        Self { file: source.file, entities, faults }
    }

    /// Why the file is not TOML, where it is not; it defines nobody then.
    pub fn syntax(&self) -> Option<&Fault> {
        self.faults.first().filter(|fault| fault.kind == FaultKind::Syntax)
    }
}

impl Registry {
    /// Reads the files, which come in the order of their paths: of a duplicate id the first wins.
    pub fn load(files: &[Source<'_>]) -> Self {
        Self::join(&files.iter().map(|file| Arc::new(Reading::new(file))).collect::<Vec<_>>(), &Self::default())
    }

    /// Joins what the files say, in the order of their paths: of a duplicate id the first wins. Who was in the registry
    /// `before` keeps the number he had there; numbers of others are new.
    pub fn join(files: &[Arc<Reading>], before: &Self) -> Self {
        let order: Vec<FileId> = files.iter().map(|reading| reading.file).collect();
        let mut faults: Vec<Fault> = files.iter().flat_map(|reading| &reading.faults).cloned().collect();
        let read = files.iter().flat_map(|reading| &reading.entities).cloned();
        let (mut entities, mut by_id) = link::unique(read, &mut faults);
        link::resolve(&mut entities, &by_id, &mut faults);
        link::shared_spellings(&entities, &mut faults);
        link::slight_names(&entities, &mut faults);
        sort(&mut faults, &order);
        let places = link::renumber(&mut entities, &mut by_id, before);

        let mut registry = Self { entities, places, by_id, faults, ..Self::default() };
        let mut start = 0;
        for of_file in registry.entities.chunk_by(|a, b| a.whole.file == b.whole.file) {
            registry.files.push((of_file[0].whole.file, start..start + of_file.len()));
            start += of_file.len();
        }
        for entity in &registry.entities {
            if let Some(organization) = entity.organization() {
                registry.offices.entry(organization).or_default().push(entity.ix);
            }
            for (number, tenure) in entity.tenures().iter().enumerate() {
                if let Some(office) = tenure.office.target {
                    registry.holders.entry(office).or_default().push((entity.ix, number as u32));
                }
            }
        }
        registry
    }

    /// All entities: files in order, then by position.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Whether it knows nobody.
    pub fn is_empty(&self) -> bool {
        self.entities.is_empty()
    }

    /// The entity of a number that this registry gave.
    ///
    /// # Panics
    /// When another registry gave it, or when the entity is gone.
    pub fn get(&self, ix: EntityIx) -> &Entity {
        &self.entities[self.places[ix.0 as usize] as usize]
    }

    /// The entity of a number that this registry or an earlier one gave, if it is still there.
    pub fn find(&self, ix: EntityIx) -> Option<&Entity> {
        self.entities.get(*self.places.get(ix.0 as usize)? as usize)
    }

    /// How many numbers were ever given.
    pub fn numbers(&self) -> usize {
        self.places.len()
    }

    /// The entity with this id.
    pub fn by_id(&self, id: &str) -> Option<&Entity> {
        self.by_id.get(id).map(|&ix| self.get(ix))
    }

    /// The entities of one kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Entity> {
        self.entities.iter().filter(move |entity| entity.kind == kind)
    }

    /// Who holds or held an office, in the order of the registry.
    pub fn holders(&self, office: EntityIx) -> impl Iterator<Item = (&Entity, &Tenure)> {
        self.holders.get(&office).into_iter().flatten().map(|&(person, tenure)| {
            let person = self.get(person);
            (person, &person.tenures()[tenure as usize])
        })
    }

    /// Who may have held an office on `day`.
    pub fn holders_at(&self, office: EntityIx, day: Date) -> impl Iterator<Item = (&Entity, &Tenure)> {
        self.holders(office).filter(move |(_, tenure)| tenure.covers(day))
    }

    /// The offices of an organisation.
    pub fn offices_of(&self, organization: EntityIx) -> impl Iterator<Item = &Entity> {
        self.offices.get(&organization).into_iter().flatten().map(|&office| self.get(office))
    }

    /// The entities of one file, by position.
    pub fn of_file(&self, file: FileId) -> &[Entity] {
        let of_file = self.files.iter().find(|(known, _)| *known == file);
        of_file.map_or(&[], |(_, entities)| &self.entities[entities.clone()])
    }

    /// The entity whose table holds byte `at` of `file`.
    pub fn at(&self, file: FileId, at: u32) -> Option<&Entity> {
        let entities = self.of_file(file);
        let behind = entities.partition_point(|entity| entity.whole.span.start <= at);
        // Where two tables meet, the cursor is at the end of the earlier one.
        let first = entities[..behind].iter().rposition(|entity| !entity.whole.span.touches(at)).map_or(0, |at| at + 1);
        entities[first..behind].first()
    }

    /// Every spelling folded, for searches over all of them.
    pub fn folded_spellings(&self) -> &search::Spellings {
        self.spellings.get_or_init(|| search::Spellings::new(&self.entities))
    }

    /// How names begin, for completion.
    pub fn beginnings(&self) -> &search::Beginnings {
        self.beginnings.get_or_init(|| search::Beginnings::new(&self.entities))
    }

    /// What is wrong, by file in the order of loading, then by place.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }
}

fn sort(faults: &mut [Fault], files: &[FileId]) {
    let rank: FxHashMap<FileId, usize> = files.iter().enumerate().map(|(rank, file)| (*file, rank)).collect();
    faults.sort_by(|a, b| {
        let order = |fault: &Fault| (rank.get(&fault.at.file).copied(), fault.at.span, fault.kind);
        order(a).cmp(&order(b)).then_with(|| a.detail.cmp(&b.detail))
    });
}

#[cfg(test)]
mod tests;
