//! How often is it mentioned, where first and where last?

use jiff::civil::Date;

use super::target::Subject;
use crate::corpus::{File, Snapshot};
use crate::text::FileId;

/// Mentions of one thing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Counts {
    /// In the file that is asked from.
    pub here: Option<u32>,
    /// In the corpus.
    pub mentions: u32,
    /// Files with at least one.
    pub files: u32,
    /// Whether they are mentions of nothing else for certain; else mentions that may be another's count too.
    pub exact: bool,
    /// The earliest and the latest document by date, where any has one.
    pub span: Option<(Dated, Dated)>,
}

/// A document with its date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Dated {
    /// The day it is of.
    pub date: Date,
    /// The document.
    pub file: FileId,
}

/// Up to so many files each mention is looked at; beyond that the index, which knows no context, has to do.
const LOOKED_AT: usize = 64;

/// Counts the mentions of a subject.
pub(super) fn count(snapshot: &Snapshot, subject: &Subject, here: Option<&File>) -> Counts {
    let files = subject.files(snapshot);
    let mut counts = match subject {
        Subject::Entities(_) if files.len() <= LOOKED_AT => looked_at(snapshot, subject, &files, here),
        Subject::Entities(entities) => {
            let postings = entities.iter().flat_map(|entity| snapshot.index.entity(*entity).iter().copied());
            from_index(postings, files.len(), here, false)
        }
        Subject::Decree(reference) => {
            let cited = snapshot.index.decree(reference).iter().map(|cited| (cited.file, cited.count));
            from_index(cited, files.len(), here, true)
        }
    };
    if files.len() <= LOOKED_AT {
        let dated = files.iter().filter_map(|file| {
            let file = snapshot.file(*file)?;
            Some(Dated { date: snapshot.document_date(file)?, file: file.id })
        });
        let mut dated: Vec<Dated> = dated.collect();
        dated.sort_by_key(|dated| (dated.date, snapshot.path(dated.file)));
        counts.span = dated.first().copied().zip(dated.last().copied());
    }
    counts
}

fn looked_at(snapshot: &Snapshot, subject: &Subject, files: &[FileId], here: Option<&File>) -> Counts {
    let mut counts = Counts { here: here.map(|_| 0), mentions: 0, files: 0, exact: true, span: None };
    for file in files.iter().filter_map(|file| snapshot.file(*file)) {
        let found = subject.mentions_in(snapshot, file).len() as u32;
        counts.mentions += found;
        counts.files += u32::from(found > 0);
        if here.is_some_and(|here| here.id == file.id) {
            counts.here = Some(found);
        }
    }
    counts
}

fn from_index(postings: impl Iterator<Item = (FileId, u32)>, files: usize, here: Option<&File>, exact: bool) -> Counts {
    let mut counts = Counts { here: here.map(|_| 0), mentions: 0, files: files as u32, exact, span: None };
    for (file, found) in postings {
        counts.mentions += found;
        if here.is_some_and(|here| here.id == file) {
            counts.here = counts.here.map(|before| before + found);
        }
    }
    counts
}
