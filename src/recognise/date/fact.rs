//! Dates as facts: what recognition found, and how a document selects among readings.

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use super::fault::DateFault;
use super::letters::{Digits, written};
use super::parts::{self, DateReading, DateShape};
use crate::recognise::fault::{Correction, Fault};
use crate::recognise::profile::{DocumentProfile, Era, Language};
use crate::text::Span;

/// A date, or something of its kind, in a segment. Offsets are bytes of the segment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct DateFact {
    /// From the first digit, month name or quarter word to the last.
    pub core: Span,
    /// With weekday, `วันที่`, `ปี`, `ngày` and other leading words.
    pub extent: Span,
    /// The language of its words or of the letters around it.
    pub language: Language,
    /// The numbers as written.
    pub shape: DateShape,
    /// Everything wrong with it, whatever the document.
    pub faults: Vec<Fault<DateFault>>,
    pub(super) mention: bool,
    pub(super) unmarked: Option<UnmarkedYears>,
}

/// Years without a mark, and the same in the other era.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) struct UnmarkedYears {
    pub era: Era,
    pub thai: bool,
    pub years: SmallVec<[(Span, u16, Digits); 1]>,
}

impl DateFact {
    /// Returns whether it belongs in a list of dates; lunar days, clock times and frames without numbers do not.
    pub const fn is_mention(&self) -> bool {
        self.mention
    }

    /// Returns the meaning in a document with this profile.
    pub fn reading(&self, profile: &DocumentProfile) -> DateReading {
        parts::read(&self.shape, profile.language_of(self.language), profile)
    }

    /// Returns the faults that count in a document with this profile.
    pub fn faults<'a>(&'a self, profile: &'a DocumentProfile) -> impl Iterator<Item = &'a Fault<DateFault>> {
        self.faults.iter().filter(|fault| fault.when.holds(profile))
    }

    /// The era of its years where they have four digits, no mark and no explanation in parentheses, in Thai text.
    pub fn unmarked_era(&self) -> Option<Era> {
        self.unmarked.as_ref().filter(|marked| marked.thai).map(|marked| marked.era)
    }

    /// The unmarked years written in the other era, Buddhist or Common.
    pub fn in_other_era(&self) -> Option<Correction> {
        let marked = self.unmarked.as_ref()?;
        let edits = marked.years.iter().map(|(span, year, digits)| (*span, written(u32::from(*year), *digits)));
        Some(Correction { edits: edits.collect(), safe: false })
    }
}
