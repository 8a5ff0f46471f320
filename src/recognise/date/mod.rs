//! Dates in Thai, Vietnamese and English: where they are, what they mean, what is wrong with them.
//!
//! [`find`] goes over one segment: a prefilter cuts out the surroundings of digits and months' names ([`scan`]), a
//! hand-written parser reads their tokens ([`lex`], [`grammar`] and its neighbours), and every find is judged
//! ([`judge`]). A fact carries the numbers as they are written; what depends on the document, such as the order of
//! `05/06/2024`, is selected by [`DateFact::reading`] and [`DateFact::faults`] from its [`DocumentProfile`].
//! Deliberately absent: relative expressions (`yesterday`), times of day, lunar calendars (matched, so that nothing
//! inside them counts), and anything that needs two segments.

mod context;
mod fault;
mod frames;
mod grammar;
mod judge;
mod lead;
mod lex;
mod month_first;
mod months;
mod numeric;
mod pairs;
mod parts;
mod periods;
mod scan;
mod spell;
mod technical;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_real_text;
mod two_numbers;
mod value;
mod windows;
mod worded;
pub mod words;
mod years;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

pub use self::fault::{DateFault, DateFaultClass, EraFault};
use self::lex::Digits;
pub use self::parts::{Below, DateParts, DateReading, DateShape, ReadingReason, WrittenYear};
pub use self::value::{DateValue, Grain, Point, days_in_month, is_leap};
use super::fault::{Correction, Fault};
use super::profile::{DocumentProfile, Era, Language, Tally};
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
    mention: bool,
    unmarked: Option<UnmarkedYears>,
}

/// Years without a mark, and the same in the other era.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
struct UnmarkedYears {
    era: Era,
    thai: bool,
    years: SmallVec<[(Span, u16, Digits); 1]>,
}

impl DateFact {
    /// Returns whether it belongs in a list of dates; lunar days, clock times and frames without numbers do not.
    pub const fn is_mention(&self) -> bool {
        self.mention
    }

    /// What it means in a document with these profile.
    pub fn reading(&self, profile: &DocumentProfile) -> DateReading {
        parts::read(&self.shape, profile.language_of(self.language), profile)
    }

    /// What is wrong with it in a document with these profile.
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
        let edits = marked.years.iter().map(|(span, year, digits)| (*span, judge::digits(u32::from(*year), *digits)));
        Some(Correction { edits: edits.collect(), safe: false })
    }
}

/// Every date in `text`, one segment, in order and without overlap. None is seen in the `taken` spans (sorted).
pub fn find(text: &str, taken: &[Span]) -> Vec<DateFact> {
    let mut facts: Vec<DateFact> = Vec::new();
    let mut tokens = Vec::new();
    let mut language = None;
    scan::windows(text, |window| {
        tokens.clear();
        lex::lex(text, window, taken, &mut tokens);
        let mut parser = grammar::DateParser {
            text,
            tokens: &tokens,
            segment_language: &mut language,
            last_year: None,
            last_day: None,
        };
        parser.run(|draft| {
            let fact = judge::judge(text, draft);
            if !technical::holds(text, fact.core) {
                facts.push(fact);
                pairs::judge(text, &mut facts);
            }
        });
    });
    facts
}

/// Adds to `tally` what the facts of a segment say about the profile of their document.
pub fn tally(facts: &[DateFact], tally: &mut Tally) {
    for fact in facts.iter().filter(|fact| fact.mention) {
        match fact.unmarked_era() {
            Some(Era::Buddhist) => tally.buddhist_years += 1,
            Some(Era::Common) => tally.common_years += 1,
            _ => {}
        }
        if let DateShape::Point(DateParts { below: Below::Numeric(first, second), year: Some(_) }) = fact.shape {
            if first > 12 && (1..=12).contains(&second) {
                tally.day_first += 1;
            } else if (1..=12).contains(&first) && (13..=31).contains(&second) {
                tally.month_first += 1;
            }
        }
    }
}
