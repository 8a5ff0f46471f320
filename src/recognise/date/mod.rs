//! Dates in Thai, Vietnamese and English: where they are, what they mean, what is wrong with them.
//!
//! [`find`] goes over one segment: a prefilter cuts out the surroundings of digits and months' names ([`scan`]), a
//! hand-written parser reads their tokens ([`lex`], [`read`], one file for each form in [`forms`]), and every find is
//! judged ([`judge`]). A fact carries the numbers as they are written; what depends on the document, such as the order
//! of `05/06/2024`, is selected by [`DateFact::reading`] and [`DateFact::faults`] from its profile.
//! Deliberately absent: relative expressions (`yesterday`), times of day, lunar calendars (matched, so that nothing
//! inside them counts), and anything that needs two segments.

mod alone;
mod context;
mod fact;
mod fault;
mod forms;
mod grammar;
mod joint;
mod judge;
mod language;
mod lead;
mod letters;
mod lex;
mod months;
mod pairs;
mod parts;
mod read;
mod run;
mod scan;
mod spell;
mod technical;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_real_text;
mod value;
mod windows;
pub mod words;

pub use self::fact::DateFact;
pub use self::fault::{DateFault, DateFaultClass, EraFault};
pub use self::parts::{Below, DateParts, DateReading, DateShape, ReadingReason, WrittenYear};
pub use self::value::{DateValue, Grain, Point, days_in_month, is_leap};
use super::profile::{Era, Tally};
use crate::text::Span;
use crate::text::byte_map::ByteMap;

/// Every date in `text`, one segment, in order and without overlap. None is seen in the `taken` spans (sorted).
pub fn find(text: &str, taken: &[Span]) -> Vec<DateFact> {
    find_mapped(text, &ByteMap::of(text), taken)
}

/// The same for a text of which `map` is the map.
pub fn find_mapped(text: &str, map: &ByteMap, taken: &[Span]) -> Vec<DateFact> {
    find_where(text, map, taken, true)
}

/// Returns whether anything stands in `text` with which a date may begin.
pub fn may_begin(text: &str, map: &ByteMap) -> bool {
    scan::next_trigger(text, map, 0).is_some()
}

/// Every date in `text`; numbers between ordinary words are passed over or not, which makes no difference.
fn find_where(text: &str, map: &ByteMap, taken: &[Span], passes: bool) -> Vec<DateFact> {
    let mut facts: Vec<DateFact> = Vec::new();
    let mut tokens = Vec::new();
    let mut language = None;
    scan::windows(text, map, taken, passes, |window| {
        tokens.clear();
        lex::lex(text, window, taken, &mut tokens);
        grammar::DateParser::new(text, &tokens, &mut language).run(|draft| {
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
        for point in fact.shape.points() {
            let Some(year) = point.year.filter(|year| year.digits > 2) else { continue };
            match year.read(fact.language).0 {
                Some(1800..1900) if matches!(point.below, Below::Day(..) | Below::Numeric(..)) => {
                    tally.days_of_1800s += 1;
                }
                Some(1900..) => tally.years_from_1900 += 1,
                _ => {}
            }
        }
    }
}
