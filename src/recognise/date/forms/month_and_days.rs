//! Days behind the name of their month: `July 8th, 2024`, `May 30 - June 2, 2024`, `ธันวาคม 11, 2014`.

use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::joint::MOST_DAYS;
use crate::recognise::date::letters::is_dash;
use crate::recognise::date::lex::{Kind, Number};
use crate::recognise::date::months::{MonthMatch, month_distance_doubtful};
use crate::recognise::date::parts::{Below, DateParts, DateShape};
use crate::recognise::date::windows;
use crate::recognise::date::words::DateWord;
use crate::recognise::profile::Language;
use crate::text::Span;

/// The name of a month, the days behind it and their year.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "the name of a month and days",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Month], read: |parser, at| parser.led_by_month(at).into() },
    #[cfg(test)]
    examples: &[
        ("on July 8th, 2024 they met", &[("July 8th, 2024", "2024-07-08")]),
        ("the fair of May 30 - June 2, 2024", &[("May 30 - June 2, 2024", "2024-05-30/2024-06-02")]),
        ("เมื่อ ธันวาคม 11, 2014", &[("ธันวาคม 11, 2014", "2014-12-11")]),
    ],
    #[cfg(test)]
    others: &["May 90 people come?"],
};

impl DateParser<'_> {
    fn led_by_month(&mut self, at: usize) -> Option<DateDraft> {
        let month = self.leading_month(at)?;
        let thai = month.language == Language::Thai && self.day_and_year_follow(month.next);
        if month.language != Language::English && !thai {
            return None;
        }
        self.month_and_days(at, &month)
    }

    /// `ธันวาคม 11, 2014`: Thai text with the English order.
    fn day_and_year_follow(&self, next: usize) -> bool {
        let day = self.skip(next);
        self.number(day).is_some_and(|day| day.len <= 2 && (1..=31).contains(&day.value))
            && self.sign(day + 1) == Some(',')
            && self.number(self.skip(day + 2)).is_some_and(|year| year.len == 4 && windows::ANY.contains(&year.value))
    }

    fn month_and_days(&mut self, at: usize, month: &MonthMatch) -> Option<DateDraft> {
        let mut days: SmallVec<[(usize, Number); 3]> = SmallVec::new();
        let mut range = false;
        let mut cursor = self.skip(month.next);
        if self.word(cursor) == Some(DateWord::The) {
            cursor = self.skip(cursor + 1);
        }
        let mut end = cursor;
        while let Some(number) =
            self.number(cursor).filter(|number| number.len <= 2 && number.real > 0 && days.len() < MOST_DAYS)
        {
            if number.value > 39
                || self.clock_at(cursor)
                || self.sign(cursor + 1) == Some(',') && self.number(cursor + 2).is_some_and(|n| n.len == 3)
            {
                break;
            }
            days.push((cursor, number));
            end = self.ordinal(cursor + 1);
            let Some((next, joins_range)) = self.joiner(end) else { break };
            // A comma leads to the year, unless another day and `and` follow.
            let more = self
                .number(next)
                .is_some_and(|number| number.len <= 2 && !self.counts(next + 1) && !self.clock_at(next));
            if !more || joins_range && days.len() > 1 || self.month_after(self.ordinal(next + 1)).is_some() {
                break;
            }
            range |= joins_range;
            cursor = next;
        }
        if days.is_empty() || self.counts(end) || matches!(self.kind(end), Some(Kind::Latin | Kind::Sign('%'))) {
            return None;
        }
        let year = self
            .year_after(end, month, true)
            .filter(|hit| hit.number.len != 2 || matches!(self.before_digit(hit), '\'' | '’'));
        if month.misspelt && year.is_none() && month_distance_doubtful(self.slice(month.first)) {
            return None;
        }
        let next = year.as_ref().map_or(end, |hit| hit.next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let points: SmallVec<[DateParts; 3]> = days
            .iter()
            .map(|(_, number)| DateParts::new(stated, Below::Day(month.month, number.value as u8)))
            .collect();
        let shape = match points.as_slice() {
            [one] => DateShape::Point(*one),
            [start, end] if range => DateShape::Range(*start, *end),
            _ => DateShape::List(points),
        };
        let mut draft = DateDraft::new(self.cover(at, next), month.language, shape, next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        if range
            && let [(first_at, first), (second_at, second)] = days[..]
            && first.value > second.value
        {
            draft.note(DateFault::ReversedRange, true);
            draft.edit(self.span(first_at), self.slice(second_at));
            draft.edit(self.span(second_at), self.slice(first_at));
        }
        let mut numbers: SmallVec<[(Span, Number); 4]> =
            days.iter().map(|(at, number)| (self.span(*at), *number)).collect();
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
        }
        self.digit_notes(&mut draft, &numbers);
        let lead = self.lead(at);
        let draft = self.with_lead(draft, &lead);
        if days.len() > 1 {
            return Some(draft);
        }
        // `May 30 - June 2, 2024`
        let joint = self.skip(draft.next);
        let second = self.skip(joint + 1);
        if self.sign(joint).is_some_and(is_dash)
            && let Some(month) = self.month_at(second).filter(|month| month.language == Language::English)
            && let Some(other) = self.month_and_days(second, &month)
            && let (DateShape::Point(start), DateShape::Point(end)) = (&draft.shape, &other.shape)
        {
            let (start, end) = (*start, *end);
            return Some(self.join(draft, other, start, end));
        }
        Some(draft)
    }
}
