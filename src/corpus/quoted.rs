//! All that another run tells of files that are not at hand.
//!
//! A corpus that is judged in parts holds the files of one part. What files of others say of legal documents is in its
//! index and what they annotate in its annotated words; places that findings refer to, and how people are spelt, are
//! here. Deliberately absent: facts.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::recognise::profile::Language;
use crate::registry::{EntityIx, NameScript};
use crate::text::{FileId, Place};

/// All that is told of files that are not at hand.
#[derive(Clone, Debug, Default)]
pub struct QuotedFiles {
    citations: FxHashMap<FileId, Vec<QuotedCitation>>,
    spellings: Vec<QuotedSpellings>,
}

/// The first place at which a file cites a legal document with a day.
#[derive(Clone, Debug)]
pub struct QuotedCitation {
    /// The canonical reference.
    pub reference: CompactString,
    /// The day.
    pub day: Date,
    /// The place of the day.
    pub place: Place,
}

/// The spellings of a person in passages of one script and language.
#[derive(Clone, Debug)]
pub struct QuotedSpellings {
    /// The person.
    pub person: EntityIx,
    /// The script.
    pub script: NameScript,
    /// The language.
    pub language: Language,
    /// The number of texts.
    pub texts: u32,
    /// The spellings.
    pub variants: Vec<QuotedVariant>,
}

/// One spelling.
#[derive(Clone, Debug)]
pub struct QuotedVariant {
    /// As written.
    pub surface: CompactString,
    /// The mentions.
    pub mentions: u32,
    /// The number of texts with it.
    pub texts: u32,
    /// The first of these texts, and the place in it where this spelling first stands.
    pub first: Option<(FileId, Place)>,
}

impl QuotedFiles {
    /// The first place at which a file cites a legal document with this day.
    pub fn cited(&self, file: FileId, reference: &str, day: Date) -> Option<Place> {
        let mut quoted = self.citations.get(&file)?.iter();
        quoted.find(|cited| cited.reference == reference && cited.day == day).map(|cited| cited.place)
    }

    /// The spellings of people, by person.
    pub fn spellings(&self) -> &[QuotedSpellings] {
        &self.spellings
    }

    pub(super) fn cite(&mut self, file: FileId, places: Vec<QuotedCitation>) {
        self.citations.entry(file).or_default().extend(places);
    }

    pub(super) fn spell(&mut self, spellings: Vec<QuotedSpellings>) {
        self.spellings.extend(spellings);
    }
}
