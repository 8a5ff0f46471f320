//! Where things are mentioned: entity → files, legal document → files.
//!
//! Kept by difference: an edit takes away what its old segments held and adds what the new ones hold. Postings count
//! mentions a file; where in a file they are is read from its facts. Deliberately absent: dates, which nobody asks for
//! across files.

use std::sync::Arc;

use compact_str::CompactString;
use rpds::HashTrieMapSync;

use super::chunked::Chunked;
use crate::recognise::facts::SegmentFacts;
use crate::registry::EntityIx;
use crate::text::FileId;

/// Files with the number of mentions in each, sorted by file.
pub type Postings = Arc<Vec<(FileId, u32)>>;

/// Where things are mentioned. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entities: Chunked<Postings>,
    decrees: HashTrieMapSync<CompactString, Postings>,
}

impl Index {
    /// The files that may mention an entity: mentions that are ambiguous count for each candidate.
    pub fn entity(&self, entity: EntityIx) -> &[(FileId, u32)] {
        self.entities.get(entity.0 as usize).map_or(&[], |postings| postings.as_slice())
    }

    /// The files that cite a legal document by this canonical reference.
    pub fn decree(&self, reference: &str) -> &[(FileId, u32)] {
        self.decrees.get(reference).map_or(&[], |postings| postings.as_slice())
    }

    /// Every canonical reference that is cited, in no particular order, with the files that do.
    pub fn decrees(&self) -> impl Iterator<Item = (&CompactString, &[(FileId, u32)])> {
        self.decrees.iter().map(|(reference, postings)| (reference, postings.as_slice()))
    }

    /// Takes away what `facts` hold.
    pub fn remove(&mut self, file: FileId, facts: &SegmentFacts) {
        self.change(file, facts, -1);
    }

    /// Adds what `facts` hold.
    pub fn add(&mut self, file: FileId, facts: &SegmentFacts) {
        self.change(file, facts, 1);
    }

    fn change(&mut self, file: FileId, facts: &SegmentFacts, by: i64) {
        for entity in facts.names.iter().flat_map(|name| &name.entities) {
            while self.entities.len() <= entity.0 as usize {
                self.entities.push(Postings::default());
            }
            if let Some(postings) = self.entities.get_mut(entity.0 as usize) {
                count(Arc::make_mut(postings), file, by);
            }
        }
        for decree in facts.decrees.iter().filter(|decree| decree.is_mention()) {
            let reference = &decree.symbol.reference;
            let mut postings = self.decrees.get(reference).cloned().unwrap_or_default();
            count(Arc::make_mut(&mut postings), file, by);
            if postings.is_empty() {
                self.decrees.remove_mut(reference);
            } else {
                self.decrees.insert_mut(reference.clone(), postings);
            }
        }
    }
}

fn count(postings: &mut Vec<(FileId, u32)>, file: FileId, by: i64) {
    match postings.binary_search_by_key(&file, |(file, _)| *file) {
        Ok(at) => {
            let count = i64::from(postings[at].1) + by;
            if count <= 0 {
                postings.remove(at);
            } else {
                postings[at].1 = count as u32;
            }
        }
        Err(at) if by > 0 => postings.insert(at, (file, by as u32)),
        Err(_) => {}
    }
}
