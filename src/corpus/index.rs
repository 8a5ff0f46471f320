//! The places of mentions: entity → files, legal document → files, value of a pattern → files.
//!
//! Kept by difference: an edit takes away what its old segments held and adds what the new ones hold. Postings count
//! mentions a file; where in a file they are is read from its facts. Deliberately absent: dates that stand alone, which
//! nobody asks for across files.

use std::hash::Hash;
use std::sync::Arc;

use compact_str::CompactString;
use jiff::civil::Date;
use rpds::HashTrieMapSync;

use super::chunked::Chunked;
use super::counts::{CountedEntity, CountedSpelling, DecreeCount, FileCounts, SpelledForm, count};
use crate::recognise::decree::DecreeSymbol;
use crate::registry::EntityIx;
use crate::text::FileId;

/// Files with the number of mentions in each, sorted by file.
pub type Postings = Arc<Vec<(FileId, u32)>>;

/// The citations of one legal document in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citations {
    /// The file.
    pub file: FileId,
    /// The number of citations.
    pub count: u32,
    /// The full dates that are given with them, each with how often; sorted.
    pub dates: Vec<(Date, u32)>,
}

/// A legal document that is cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CitedDecree {
    /// The citing files; sorted.
    pub files: Vec<Citations>,
    /// The full dates that are given with it in all files, each with how often; sorted.
    pub dates: Vec<(Date, u32)>,
}

/// A reference that lacks nothing, with how often it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullForm {
    /// The parts.
    pub symbol: DecreeSymbol,
    /// The number of its citations in the corpus.
    pub count: u32,
}

/// A spelling of somebody, with the files in which it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedSpelling {
    /// The spelling.
    pub form: SpelledForm,
    /// The files with the number of mentions in each, sorted by file.
    pub files: Vec<(FileId, u32)>,
}

/// The places of mentions. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct CorpusIndex {
    entities: Chunked<Postings>,
    /// The number of mentions of each entity that may be another's.
    shared: Chunked<u32>,
    /// The spellings of each person; sorted.
    spellings: Chunked<Arc<Vec<IndexedSpelling>>>,
    decrees: HashTrieMapSync<CompactString, Arc<CitedDecree>>,
    /// Serial number → references that lack nothing.
    full_forms: HashTrieMapSync<CompactString, Arc<Vec<FullForm>>>,
    /// Serial number → files that cite anything with it.
    numbers: HashTrieMapSync<CompactString, Postings>,
    /// EntityKind and value of what the user's patterns find → files.
    patterns: HashTrieMapSync<(u16, CompactString), Postings>,
}

impl CorpusIndex {
    /// The files that may mention an entity: mentions that are ambiguous count for each candidate.
    pub fn entity(&self, entity: EntityIx) -> &[(FileId, u32)] {
        self.entities.get(entity.0 as usize).map_or(&[], |postings| postings.as_slice())
    }

    /// Tells whether some of an entity's mentions may be another's by their spelling, so that only their documents can
    /// tell how many there are.
    pub fn is_shared(&self, entity: EntityIx) -> bool {
        self.shared.get(entity.0 as usize).is_some_and(|mentions| *mentions > 0)
    }

    /// The spellings of a person in mentions that can be nobody else's; sorted.
    pub fn spellings(&self, entity: EntityIx) -> &[IndexedSpelling] {
        self.spellings.get(entity.0 as usize).map_or(&[], |spellings| spellings.as_slice())
    }

    /// The people who are spelt in more than one way.
    pub fn spelt_variously(&self) -> impl Iterator<Item = (EntityIx, &[IndexedSpelling])> {
        let all = self.spellings.iter().enumerate().filter(|(_, spellings)| spellings.len() > 1);
        all.map(|(number, spellings)| (EntityIx(number as u32), spellings.as_slice()))
    }

    /// The citations of a legal document by this canonical reference, where there are any.
    pub fn decree(&self, reference: &str) -> Option<&CitedDecree> {
        self.decrees.get(reference).map(|cited| &**cited)
    }

    /// Every canonical reference that is cited, in no particular order, with its citations.
    pub fn decrees(&self) -> impl Iterator<Item = (&CompactString, &CitedDecree)> {
        self.decrees.iter().map(|(reference, cited)| (reference, &**cited))
    }

    /// The references with this serial number that lack nothing.
    pub fn full_forms(&self, number: &str) -> &[FullForm] {
        self.full_forms.get(number).map_or(&[], |forms| forms.as_slice())
    }

    /// The files that cite a legal document with this serial number, whatever else the reference says.
    pub fn number(&self, number: &str) -> &[(FileId, u32)] {
        self.numbers.get(number).map_or(&[], |postings| postings.as_slice())
    }

    /// The files with a mention of this kind of the user's and this value.
    pub fn pattern(&self, kind: u16, value: &CompactString) -> &[(FileId, u32)] {
        self.patterns.get(&(kind, value.clone())).map_or(&[], |postings| postings.as_slice())
    }

    /// Every kind and value that the user's patterns find, in no particular order, with the files that hold it.
    pub fn patterns(&self) -> impl Iterator<Item = (u16, &CompactString, &[(FileId, u32)])> {
        self.patterns.iter().map(|((kind, value), postings)| (*kind, value, postings.as_slice()))
    }

    /// Takes away what a file, or a part of it, holds.
    pub fn remove(&mut self, file: FileId, counts: &FileCounts) {
        self.change(file, counts, -1);
    }

    /// Adds what a file, or a part of it, holds.
    pub fn add(&mut self, file: FileId, counts: &FileCounts) {
        self.change(file, counts, 1);
    }

    fn change(&mut self, file: FileId, counts: &FileCounts, sign: i64) {
        for named in &counts.entities {
            self.change_entity(file, named, sign);
        }
        for spelt in &counts.spellings {
            self.change_spelling(file, spelt, sign);
        }
        for cited in &counts.decrees {
            self.change_decree(file, cited, sign);
            self.change_number(file, cited, sign);
            if cited.full > 0 {
                self.change_full_form(cited, sign);
            }
        }
        for (kind, value, times) in &counts.patterns {
            let key = (*kind, value.clone());
            let by = sign * i64::from(*times);
            change_in(&mut self.patterns, key, |postings| count(postings, file, by));
        }
    }

    fn change_entity(&mut self, file: FileId, named: &CountedEntity, sign: i64) {
        let at = named.entity.0 as usize;
        while self.entities.len() <= at {
            self.entities.push(Postings::default());
            self.shared.push(0);
        }
        if let Some(postings) = self.entities.get_mut(at) {
            count(Arc::make_mut(postings), file, sign * i64::from(named.mentions));
        }
        if named.shared > 0
            && let Some(mentions) = self.shared.get_mut(at)
        {
            *mentions = (i64::from(*mentions) + sign * i64::from(named.shared)).max(0) as u32;
        }
    }

    fn change_spelling(&mut self, file: FileId, spelt: &CountedSpelling, sign: i64) {
        let at = spelt.entity.0 as usize;
        while self.spellings.len() <= at {
            self.spellings.push(Arc::default());
        }
        let Some(spellings) = self.spellings.get_mut(at).map(Arc::make_mut) else { return };
        let by = sign * i64::from(spelt.mentions);
        match spellings.binary_search_by(|known| known.form.cmp(&spelt.form)) {
            Ok(at) => {
                count(&mut spellings[at].files, file, by);
                if spellings[at].files.is_empty() {
                    spellings.remove(at);
                }
            }
            Err(at) if by > 0 => {
                let files = vec![(file, spelt.mentions)];
                spellings.insert(at, IndexedSpelling { form: spelt.form.clone(), files });
            }
            Err(_) => {}
        }
    }

    fn change_decree(&mut self, file: FileId, cited: &DecreeCount, sign: i64) {
        change_in(&mut self.decrees, cited.symbol.reference.clone(), |all| all.change(file, cited, sign));
    }

    fn change_number(&mut self, file: FileId, cited: &DecreeCount, sign: i64) {
        let by = sign * i64::from(cited.citations);
        change_in(&mut self.numbers, cited.symbol.number.clone(), |postings| count(postings, file, by));
    }

    fn change_full_form(&mut self, cited: &DecreeCount, sign: i64) {
        let by = sign * i64::from(cited.full);
        change_in(&mut self.full_forms, cited.symbol.number.clone(), |forms| {
            match forms.iter_mut().position(|form| form.symbol.reference == cited.symbol.reference) {
                Some(at) => {
                    forms[at].count = (i64::from(forms[at].count) + by).max(0) as u32;
                    if forms[at].count == 0 {
                        forms.remove(at);
                    }
                }
                None if by > 0 => forms.push(FullForm { symbol: cited.symbol.clone(), count: by as u32 }),
                None => {}
            }
        });
    }
}

impl CitedDecree {
    fn change(&mut self, file: FileId, cited: &DecreeCount, sign: i64) {
        let at = match self.files.binary_search_by_key(&file, |citations| citations.file) {
            Ok(at) => at,
            Err(_) if sign < 0 => return,
            Err(at) => {
                self.files.insert(at, Citations { file, count: 0, dates: Vec::new() });
                at
            }
        };
        let here = &mut self.files[at];
        here.count = (i64::from(here.count) + sign * i64::from(cited.citations)).max(0) as u32;
        for (date, times) in &cited.dates {
            count(&mut here.dates, *date, sign * i64::from(*times));
            count(&mut self.dates, *date, sign * i64::from(*times));
        }
        if here.count == 0 {
            self.files.remove(at);
        }
    }
}

/// A value that is kept under a key as long as there is anything.
trait Emptiable: Clone + Default {
    fn is_empty(&self) -> bool;
}

impl<T: Clone> Emptiable for Vec<T> {
    fn is_empty(&self) -> bool {
        Self::is_empty(self)
    }
}

impl Emptiable for CitedDecree {
    fn is_empty(&self) -> bool {
        self.files.is_empty()
    }
}

/// Changes what is kept under a key. What no snapshot shares is changed where it is.
fn change_in<K: Clone + Eq + Hash, V: Emptiable>(
    map: &mut HashTrieMapSync<K, Arc<V>>,
    key: K,
    change: impl FnOnce(&mut V),
) {
    let Some(value) = map.get_mut(&key) else {
        let mut value = V::default();
        change(&mut value);
        if !value.is_empty() {
            map.insert_mut(key, Arc::new(value));
        }
        return;
    };
    let value = Arc::make_mut(value);
    change(value);
    if value.is_empty() {
        map.remove_mut(&key);
    }
}
