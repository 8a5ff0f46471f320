//! Counts of mentions, and the first and the last document with one.

use jiff::civil::Date;

use super::entry::EntryAt;
use super::target::Subject;
use crate::corpus::mention::{Mention, MentionKind};
use crate::corpus::{File, Snapshot};
use crate::recognise::name::Via;
use crate::registry::EntityIx;
use crate::text::FileId;

/// Mentions of one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct SubjectCounts {
    /// In the file that is asked from.
    pub here: Option<u32>,
    /// Besides, in the file that is asked from, by people named in short; of other files only their texts tell.
    pub short: u32,
    /// In the corpus.
    pub mentions: u32,
    /// Files with at least one.
    pub files: u32,
    /// True where they are mentions of nothing else for certain; else mentions that may be another's count too.
    pub exact: bool,
    /// The earliest and the latest document by date, where any has one.
    pub span: Option<(DatedDocument, DatedDocument)>,
}

/// A document with its date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct DatedDocument {
    /// The day it is of.
    pub date: Date,
    /// The document.
    pub file: FileId,
}

/// In a file of up to so many segments with facts people named in short are counted: to know who is meant all of it has
/// to be looked at.
const LOOKED_THROUGH: usize = 1000;

/// In up to so many files mentions that may be another's are looked at; beyond that the index, which knows no context,
/// has to do. Only so many documents are asked for their date.
const LOOKED_AT: usize = 64;

/// Counts the mentions of a subject.
pub(super) fn count(snapshot: &Snapshot, subject: &Subject, here: Option<&File>) -> SubjectCounts {
    let postings = subject.postings(snapshot);
    let is_shared = match subject {
        Subject::Entities(entities) => entities.len() > 1 || snapshot.index.is_shared(entities[0]),
        Subject::Decree(_) | Subject::Pattern(..) => false,
    };
    let context_decides = is_shared || !subject.holders(snapshot).is_empty();
    let looked = (context_decides && postings.len() <= LOOKED_AT).then(|| looked_at(snapshot, subject, &postings));
    let exact = looked.is_some() || !is_shared;
    let found = looked.unwrap_or(postings);
    let mut counts = from_index(&found, here, exact);
    counts.short = here.map_or(0, |file| in_short(snapshot, subject, file));
    if found.len() <= LOOKED_AT {
        let dated = found.iter().filter(|(_, mentions)| *mentions > 0).filter_map(|(file, _)| {
            let file = snapshot.file(*file)?;
            Some(DatedDocument { date: snapshot.document_date(file)?, file: file.id })
        });
        let mut dated: Vec<DatedDocument> = dated.collect();
        dated.sort_by_key(|dated| (dated.date, snapshot.path(dated.file)));
        counts.span = dated.first().copied().zip(dated.last().copied());
    }
    counts
}

/// Mentions of an entity, in one corpus or several.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EntityCount {
    /// Mentions.
    pub mentions: u32,
    /// Files with at least one.
    pub files: u32,
    /// True where they are mentions of nothing else; else those that may be another's count too.
    pub exact: bool,
}

impl EntityCount {
    /// Those of two corpora, which have no file in common.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            mentions: self.mentions + other.mentions,
            files: self.files + other.files,
            exact: self.exact && other.exact,
        }
    }
}

/// Counts the mentions of an entity in a corpus, quickly: from the index, which knows no context.
pub fn entity_count(snapshot: &Snapshot, entity: EntityIx) -> EntityCount {
    let subject = Subject::of_entity(snapshot, entity);
    let is_shared = matches!(subject, Subject::Entities(_)) && snapshot.index.is_shared(entity);
    let SubjectCounts { mentions, files, exact, .. } = from_index(&subject.postings(snapshot), None, !is_shared);
    EntityCount { mentions, files, exact }
}

/// The count of something that nothing else is mentioned like, from its mentions in each file.
pub(super) fn from_files(found: impl Iterator<Item = u32>) -> EntityCount {
    let mut count = EntityCount { mentions: 0, files: 0, exact: true };
    for found in found.filter(|found| *found > 0) {
        count.mentions += found;
        count.files += 1;
    }
    count
}

/// As [`entity_count`], of an entry; `None` where it is not in force.
pub fn entry_count(snapshot: &Snapshot, entry: &EntryAt) -> Option<EntityCount> {
    Some(entity_count(snapshot, entry.entity(snapshot)?.ix))
}

/// The files of these that do mention it, each with how often.
fn looked_at(snapshot: &Snapshot, subject: &Subject, postings: &[(FileId, u32)]) -> Vec<(FileId, u32)> {
    let looked = postings.iter().filter_map(|(file, _)| {
        let unpacked = snapshot.file(*file)?.unpacked();
        let mentions = subject.mentions_in(snapshot, &unpacked);
        let found = mentions.iter().filter(|mention| !is_short(mention)).count() as u32;
        (found > 0).then_some((*file, found))
    });
    looked.collect()
}

/// Returns how often somebody is named in short in a file, where that is soon known.
fn in_short(snapshot: &Snapshot, subject: &Subject, file: &File) -> u32 {
    let is_person = |entity: EntityIx| snapshot.registry.get(entity).kind.is_person();
    let of_people = matches!(subject, Subject::Entities(entities) if entities.iter().copied().all(is_person));
    if !of_people || file.facts().nth(LOOKED_THROUGH).is_some() {
        return 0;
    }
    subject.mentions_in(snapshot, file).iter().filter(|mention| is_short(mention)).count() as u32
}

fn is_short(mention: &Mention<'_>) -> bool {
    matches!(&mention.what, MentionKind::Name(name) if name.via == Via::Context)
}

fn from_index(postings: &[(FileId, u32)], here: Option<&File>, exact: bool) -> SubjectCounts {
    let found_in = |file: &File| postings.iter().find(|(other, _)| *other == file.id).map_or(0, |(_, found)| *found);
    SubjectCounts {
        here: here.map(found_in),
        mentions: postings.iter().map(|(_, found)| found).sum(),
        files: postings.iter().filter(|(_, found)| *found > 0).count() as u32,
        exact,
        short: 0,
        span: None,
    }
}
