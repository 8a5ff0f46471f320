//! The joints between parts of dates: days in a row, and two dates as the ends of a range.

use smallvec::{SmallVec, smallvec};

use super::fault::{DateFault, DateFaultClass};
use super::grammar::{DateDraft, DateParser};
use super::lead::LeadWords;
use super::letters::is_dash;
use super::lex::{Kind, Number};
use super::months::MonthMatch;
use super::parts::{Below, DateParts, DateShape};
use super::windows;
use super::words::{self, DateWord};
use crate::recognise::profile::Language;
use crate::text::Span;

/// The most days that one list names.
pub(super) const MOST_DAYS: usize = 12;

/// Days that commas, dashes and conjunctions join: `21-23`, `5, 6 và 7`.
pub(super) struct JoinedDays {
    /// The tokens of the days and their numbers.
    pub days: SmallVec<[(usize, Number); 3]>,
    /// True if the last is the end of a range.
    pub range: bool,
    /// The token behind the last day and its ordinal ending.
    pub next: usize,
    /// True if something joins the last day to what is no day.
    pub open: bool,
    /// The place of the one day, where it is written in two pieces.
    pub split: Option<Span>,
    /// The month behind the last day.
    pub month: Option<MonthMatch>,
}

impl DateParser<'_> {
    /// The days that begin with the number at `at`, up to the month behind them or to what is no day.
    pub(super) fn joined_days(&self, at: usize) -> Option<JoinedDays> {
        let first = self.number(at).filter(|number| number.len <= 2)?;
        let mut joined = JoinedDays {
            days: smallvec![(at, first)],
            range: false,
            next: self.ordinal(at + 1),
            open: false,
            split: None,
            month: None,
        };
        // `2 8 พฤศจิกายน`: one number in two pieces, where a lead word says that a day follows.
        if let (1, Some(Kind::Space(1)), Some(second)) = (first.len, self.kind(at + 1), self.number(at + 2))
            && second.len == 1
            && (1..=3).contains(&first.value)
            && self.names_one_day(&self.lead(at))
            && self.month_after(at + 3).is_some()
        {
            joined.split = Some(self.cover(at, at + 3));
            joined.days[0].1 = Number { value: first.value * 10 + second.value, len: 2, ..first };
            joined.next = at + 3;
        }
        loop {
            joined.month = self.month_after(joined.next);
            if joined.month.is_some() {
                break;
            }
            let Some((next, joins_range)) = self.joiner(joined.next) else { break };
            let fits = joined.days.len() < MOST_DAYS && !(joins_range && joined.days.len() > 1);
            let Some(number) = self.number(next).filter(|number| fits && number.len <= 2) else {
                joined.open = true;
                break;
            };
            joined.range |= joins_range;
            joined.days.push((next, number));
            joined.next = self.ordinal(next + 1);
        }
        Some(joined)
    }

    /// Returns whether the words before a number say that one day follows: `ngày`, not `các ngày` or `ระหว่างวันที่`.
    pub(super) fn names_one_day(&self, lead: &LeadWords) -> bool {
        let before = self.back(lead.first);
        let is_plural = |at: usize| words::VIETNAMESE_PLURALS.contains(&self.lower(at).as_str());
        lead.day && !lead.from && !before.is_some_and(is_plural)
    }

    /// Notes that a day is written in two pieces. They may be two days whose joint got lost (`1-8`), unless the second
    /// is zero.
    pub(super) fn note_split_day(&self, draft: &mut DateDraft, second: usize) {
        draft.note(DateFault::InnerSpace, true);
        if self.number(second).is_none_or(|number| number.value > 0) {
            draft.doubt(DateFaultClass::InnerSpace);
        }
    }

    /// Two dates as the ends of one range.
    pub(super) fn join(&self, mut first: DateDraft, second: DateDraft, start: DateParts, end: DateParts) -> DateDraft {
        let reversed = match (start.year, end.year) {
            (Some(a), Some(b)) if a.digits == b.digits => order(start) > order(end),
            (None, _) => month_of(start) == month_of(end) && order_below(start) > order_below(end),
            _ => false,
        };
        let both = [start, end].map(|parts| parts.year.filter(|year| year.mark.is_none() && year.digits == 4));
        let mixed = matches!(both, [Some(a), Some(b)] if windows::are_of_two_eras(a.number, b.number));
        let (one, other) = (first.core, second.core);
        first.shape = DateShape::Range(start, end);
        first.core = one.cover(other);
        first.extent = first.extent.cover(first.core);
        first.next = second.next;
        first.years.extend(second.years);
        for note in second.notes {
            if !first.has(note.fault.class()) {
                first.notes.push(note);
            }
        }
        first.edits.extend(second.edits);
        if mixed {
            first.note(DateFault::MixedEraRange, false);
        } else if reversed && first.edits.is_empty() {
            first.note(DateFault::ReversedRange, true);
            first.edit(one, other.slice(self.text));
            first.edit(other, one.slice(self.text));
        } else if reversed {
            first.note(DateFault::ReversedRange, false);
        }
        first
    }

    /// The token after `st`, `nd`, `rd`, `th` where one stands at `at`, else `at`.
    pub(super) fn ordinal(&self, at: usize) -> usize {
        at + usize::from(
            matches!(self.kind(at), Some(Kind::Latin)) && matches!(self.slice(at), "st" | "nd" | "rd" | "th"),
        )
    }

    /// A dash, comma or conjunction between two days: the token behind it, and whether it makes a range.
    pub(super) fn joiner(&self, at: usize) -> Option<(usize, bool)> {
        let at = self.skip(at);
        match self.kind(at)? {
            Kind::Sign(sign) if is_dash(sign) => Some((self.skip(at + 1), true)),
            Kind::Sign(',') => {
                let next = self.skip(at + 1);
                // `5, 6, và 7`
                Some((
                    if matches!(self.word(next), Some(DateWord::And(_))) { self.skip(next + 1) } else { next },
                    false,
                ))
            }
            Kind::Word(DateWord::And(_)) => Some((self.past_day_word(at + 1), false)),
            Kind::Word(DateWord::To(_)) => Some((self.past_day_word(at + 1), true)),
            _ => None,
        }
    }

    fn past_day_word(&self, at: usize) -> usize {
        let at = self.skip(at);
        match self.word(at) {
            Some(DateWord::Day(_)) => self.skip(at + 1),
            Some(DateWord::Weekday(_, Language::Thai)) if self.word(self.skip(at + 1)) == Some(DateWord::Ordinal) => {
                self.skip(self.skip(at + 1) + 1)
            }
            _ => at,
        }
    }
}

fn month_of(parts: DateParts) -> u8 {
    match parts.below {
        Below::Day(month, _) | Below::Month(month) => month,
        Below::Numeric(_, month) => month,
        _ => 0,
    }
}

fn order_below(parts: DateParts) -> (u8, u8) {
    match parts.below {
        Below::Day(month, day) => (month, day),
        Below::Numeric(day, month) => (month, day),
        Below::Month(n) | Below::Half(n) | Below::Quarter(n) => (n, 0),
        Below::Year | Below::Decade => (0, 0),
    }
}

fn order(parts: DateParts) -> (u32, (u8, u8)) {
    (parts.year.map_or(0, |year| year.number), order_below(parts))
}
