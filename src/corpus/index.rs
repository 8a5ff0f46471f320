//! Where things are mentioned: entity → files, legal document → files, value of a pattern → files.
//!
//! Kept by difference: an edit takes away what its old segments held and adds what the new ones hold. Postings count
//! mentions a file; where in a file they are is read from its facts. Deliberately absent: dates that stand alone, which
//! nobody asks for across files.

use std::sync::Arc;

use compact_str::CompactString;
use jiff::civil::Date;
use rpds::HashTrieMapSync;

use super::chunked::Chunked;
use crate::recognise::date::DateFact;
use crate::recognise::decree::Symbol;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::habits::Habits;
use crate::recognise::pattern::PatternFact;
use crate::registry::EntityIx;
use crate::text::FileId;

/// Files with the number of mentions in each, sorted by file.
pub type Postings = Arc<Vec<(FileId, u32)>>;

/// The citations of one legal document in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citations {
    /// The file.
    pub file: FileId,
    /// How many there are.
    pub count: u32,
    /// The full dates that are given with them, each with how often; sorted.
    pub dates: Vec<(Date, u32)>,
}

/// A reference that lacks nothing, with how often it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FullForm {
    /// Its parts.
    pub symbol: Symbol,
    /// How often the corpus cites it.
    pub count: u32,
}

/// Where things are mentioned. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Index {
    entities: Chunked<Postings>,
    /// How many mentions of each entity may be another's.
    shared: Chunked<u32>,
    decrees: HashTrieMapSync<CompactString, Arc<Vec<Citations>>>,
    /// Serial number → references that lack nothing.
    full_forms: HashTrieMapSync<CompactString, Arc<Vec<FullForm>>>,
    /// Serial number → files that cite anything with it.
    numbers: HashTrieMapSync<CompactString, Postings>,
    /// Kind and value of what the user's patterns find → files.
    patterns: HashTrieMapSync<(u16, CompactString), Postings>,
}

impl Index {
    /// The files that may mention an entity: mentions that are ambiguous count for each candidate.
    pub fn entity(&self, entity: EntityIx) -> &[(FileId, u32)] {
        self.entities.get(entity.0 as usize).map_or(&[], |postings| postings.as_slice())
    }

    /// Whether some of an entity's mentions may be another's by their spelling, so that only their documents can tell
    /// how many there are.
    pub fn is_shared(&self, entity: EntityIx) -> bool {
        self.shared.get(entity.0 as usize).is_some_and(|mentions| *mentions > 0)
    }

    /// The files that cite a legal document by this canonical reference, sorted by file.
    pub fn decree(&self, reference: &str) -> &[Citations] {
        self.decrees.get(reference).map_or(&[], |citations| citations.as_slice())
    }

    /// Every canonical reference that is cited, in no particular order, with the files that do.
    pub fn decrees(&self) -> impl Iterator<Item = (&CompactString, &[Citations])> {
        self.decrees.iter().map(|(reference, citations)| (reference, citations.as_slice()))
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

    /// Takes away what `facts` hold.
    pub fn remove(&mut self, file: FileId, facts: &SegmentFacts) {
        self.change(file, facts, -1);
    }

    /// Adds what `facts` hold.
    pub fn add(&mut self, file: FileId, facts: &SegmentFacts) {
        self.change(file, facts, 1);
    }

    fn change(&mut self, file: FileId, facts: &SegmentFacts, by: i64) {
        for name in &facts.names {
            for entity in &name.entities {
                self.change_entity(file, *entity, name.entities.len() > 1, by);
            }
        }
        for decree in facts.decrees.iter().filter(|decree| decree.is_mention()) {
            let date = decree.date.as_ref().and_then(|linked| cited_date(facts.dates.get(linked.index as usize)?));
            self.change_decree(file, &decree.symbol, date, by);
            self.change_number(file, &decree.symbol.number, by);
            if decree.incomplete.is_none() && decree.flaws.iter().all(|flaw| flaw.correction.is_some()) {
                self.change_full_form(&decree.symbol, by);
            }
        }
        for pattern in &facts.patterns {
            self.change_pattern(file, pattern, by);
        }
    }

    fn change_pattern(&mut self, file: FileId, pattern: &PatternFact, by: i64) {
        let key = (pattern.kind, pattern.value.clone());
        let mut postings = self.patterns.get(&key).cloned().unwrap_or_default();
        count(Arc::make_mut(&mut postings), file, by);
        if postings.is_empty() {
            self.patterns.remove_mut(&key);
        } else {
            self.patterns.insert_mut(key, postings);
        }
    }

    fn change_entity(&mut self, file: FileId, entity: EntityIx, shared: bool, by: i64) {
        while self.entities.len() <= entity.0 as usize {
            self.entities.push(Postings::default());
            self.shared.push(0);
        }
        if let Some(postings) = self.entities.get_mut(entity.0 as usize) {
            count(Arc::make_mut(postings), file, by);
        }
        if shared && let Some(mentions) = self.shared.get_mut(entity.0 as usize) {
            *mentions = (i64::from(*mentions) + by).max(0) as u32;
        }
    }

    fn change_decree(&mut self, file: FileId, symbol: &Symbol, date: Option<Date>, by: i64) {
        let reference = &symbol.reference;
        let mut all = self.decrees.get(reference).cloned().unwrap_or_default();
        let citations = Arc::make_mut(&mut all);
        let at = match citations.binary_search_by_key(&file, |citations| citations.file) {
            Ok(at) => at,
            Err(_) if by < 0 => return,
            Err(at) => {
                citations.insert(at, Citations { file, count: 0, dates: Vec::new() });
                at
            }
        };
        let here = &mut citations[at];
        here.count = (i64::from(here.count) + by).max(0) as u32;
        if let Some(date) = date {
            count(&mut here.dates, date, by);
        }
        if here.count == 0 {
            citations.remove(at);
        }
        if all.is_empty() {
            self.decrees.remove_mut(reference);
        } else {
            self.decrees.insert_mut(reference.clone(), all);
        }
    }

    fn change_number(&mut self, file: FileId, number: &CompactString, by: i64) {
        let mut postings = self.numbers.get(number).cloned().unwrap_or_default();
        count(Arc::make_mut(&mut postings), file, by);
        if postings.is_empty() {
            self.numbers.remove_mut(number);
        } else {
            self.numbers.insert_mut(number.clone(), postings);
        }
    }

    fn change_full_form(&mut self, symbol: &Symbol, by: i64) {
        let mut all = self.full_forms.get(&symbol.number).cloned().unwrap_or_default();
        let forms = Arc::make_mut(&mut all);
        match forms.iter_mut().position(|form| form.symbol.reference == symbol.reference) {
            Some(at) => {
                forms[at].count = (i64::from(forms[at].count) + by).max(0) as u32;
                if forms[at].count == 0 {
                    forms.remove(at);
                }
            }
            None if by > 0 => forms.push(FullForm { symbol: symbol.clone(), count: 1 }),
            None => return,
        }
        self.full_forms.insert_mut(symbol.number.clone(), all);
    }
}

/// What other files may judge by of the citations in `facts`: serial number, reference, date; sorted.
pub fn citations<'a>(
    facts: impl Iterator<Item = &'a SegmentFacts>,
) -> Vec<(CompactString, CompactString, Option<Date>)> {
    let mut citations = Vec::new();
    for facts in facts {
        for decree in facts.decrees.iter().filter(|decree| decree.is_mention()) {
            let date = decree.date.as_ref().and_then(|linked| cited_date(facts.dates.get(linked.index as usize)?));
            citations.push((decree.symbol.number.clone(), decree.symbol.reference.clone(), date));
        }
    }
    citations.sort_unstable();
    citations
}

/// The day that is written beside a citation: nearly always a full date that no habit of the document can change.
pub fn cited_date(date: &DateFact) -> Option<Date> {
    let value = date.reading(&Habits::default()).value?;
    value.is_full_day().then(|| value.first_day()).flatten()
}

/// Adds `by` to the count of a key in a sorted list; what is counted to nothing goes.
fn count<K: Ord>(counts: &mut Vec<(K, u32)>, key: K, by: i64) {
    match counts.binary_search_by(|(other, _)| other.cmp(&key)) {
        Ok(at) => {
            let left = i64::from(counts[at].1) + by;
            if left <= 0 {
                counts.remove(at);
            } else {
                counts[at].1 = left as u32;
            }
        }
        Err(at) if by > 0 => counts.insert(at, (key, by as u32)),
        Err(_) => {}
    }
}
