//! Several days before the number of their month: `5, 6 và 7/3/2024`, `từ 21 đến 23/11`.

use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::joint::JoinedDays;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::windows;
use crate::recognise::profile::Language;

/// Several days and the number of their month.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "days and the number of a month",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Number], read: |parser, at| parser.days_and_number(at).into() },
    #[cfg(test)]
    examples: &[
        ("họp các ngày 5, 6 và 7/3/2024", &[("5, 6 và 7/3/2024", "2024-03-05;2024-03-06;2024-03-07")]),
        ("từ 21 đến 23/11 trời rét", &[("21 đến 23/11", "XXXX-11-21/XXXX-11-23")]),
        ("ngày 8 và 9/12/2023 nghỉ", &[("8 và 9/12/2023", "2023-12-08;2023-12-09")]),
    ],
    #[cfg(test)]
    others: &["bài 5, 6 và 7/3", "từ 30 đến 40/50 số dân"],
};

impl DateParser<'_> {
    /// `5, 6 và 7/3/2024`, `từ 21 đến 23/11`: days whose month is a number behind the last of them.
    fn days_and_number(&mut self, at: usize) -> Option<DateDraft> {
        // Few numbers have another joined to them.
        self.joiner(self.ordinal(at + 1))?;
        let JoinedDays { days, range, month: None, .. } = self.joined_days(at)? else { return None };
        if days.len() < 2 {
            return None;
        }
        let ((first, _), (last, last_day)) = (days[0], days[days.len() - 1]);
        let lead = self.lead(first);
        if !(lead.day || lead.part || lead.from)
            || range && days.len() > 2
            || !matches!(self.sign(last + 1), Some('/' | '-' | '.'))
        {
            return None;
        }
        let slash = self.sign(last + 1) == Some('/');
        if !slash && !lead.day && lead.language != Language::Vietnamese {
            return None;
        }
        let month = self.number(last + 2).filter(|month| month.len <= 2 && (1..=12).contains(&month.value))?;
        let mut next = last + 3;
        let mut year = None;
        if self.sign(next) == self.sign(last + 1)
            && let Some(number) =
                self.number(next + 1).filter(|number| number.len == 4 && windows::ANY.contains(&number.value))
        {
            let stated = WrittenYear::new(number.value, 4, None);
            year = Some(YearPlace { year: stated, span: self.span(next + 1), mark: None, digits: number.digits });
            next += 2;
        }
        if self.goes_on(next) || !(1..=31).contains(&last_day.value) {
            return None;
        }
        let stated = year.map(|at| at.year);
        let mut points: SmallVec<[DateParts; 3]> = days
            .iter()
            .map(|(_, day)| DateParts::new(stated, Below::Day(month.value as u8, day.value as u8)))
            .collect();
        let shape = match points.as_slice() {
            [start, end] if range => DateShape::Range(*start, *end),
            _ => DateShape::List(std::mem::take(&mut points)),
        };
        let language = if lead.language == Language::Unknown { self.language() } else { lead.language };
        let mut draft = DateDraft::new(self.cover(first, next), language, shape, next);
        draft.years.extend(year);
        if range && days[0].1.value > last_day.value {
            draft.note(DateFault::ReversedRange, true);
            draft.edit(self.span(first), self.slice(last));
            draft.edit(self.span(last), self.slice(first));
        }
        Some(self.with_lead(draft, &lead))
    }
}
