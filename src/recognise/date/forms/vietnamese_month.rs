//! Months behind `tháng`: `tháng 5`, `tháng 5, 6 và 7 năm 2024`, `tháng Tám năm 1945`.

use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, FormMatch};
use crate::recognise::date::letters::is_dash;
use crate::recognise::date::lex::{Kind, Number};
use crate::recognise::date::months::MonthMatch;
use crate::recognise::date::parts::{Below, DateParts, DateShape};
use crate::recognise::date::words::{DateWord, MonthForm, UnitWord};
use crate::recognise::profile::Language;
use crate::text::Span;

/// A month in digits or in words behind `tháng`, several of them, with their year.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a Vietnamese month",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens {
        begins: &[FormStart::Number, FormStart::MonthUnit],
        read: |parser, at| parser.vietnamese_month(at),
    },
    #[cfg(test)]
    examples: &[
        ("trong tháng 5 vừa qua", &[("5", "XXXX-05")]),
        ("các tháng 5, 6 và 7 năm 2024", &[("5, 6 và 7 năm 2024", "2024-05;2024-06;2024-07")]),
        ("mùa thu tháng Tám năm 1945", &[("Tám năm 1945", "1945-08")]),
    ],
    #[cfg(test)]
    others: &["đi 5 tháng 3 lần", "Cách mạng tháng 8"],
};

impl DateParser<'_> {
    fn vietnamese_month(&mut self, at: usize) -> FormMatch {
        match self.kind(at) {
            Some(Kind::Number(_)) => self.numbered_month(at),
            Some(Kind::Word(DateWord::MonthUnit(Language::Vietnamese))) => self.spoken_month(at),
            _ => FormMatch::Nothing,
        }
    }

    /// `tháng 5`, `tháng 5, 6 và 7 năm 2024`: the number of a month behind `tháng`.
    fn numbered_month(&mut self, at: usize) -> FormMatch {
        let Some(before) = self.back(at) else { return FormMatch::Nothing };
        if !matches!(
            self.word(before),
            Some(DateWord::MonthUnit(Language::Vietnamese) | DateWord::Misspelt(UnitWord::Month, _))
        ) || self.is_thai(before)
        {
            return FormMatch::Nothing;
        }
        let Some(number) = self.number(at).filter(|number| number.len <= 2 && number.real > 0) else {
            return FormMatch::Nothing;
        };
        let separated = self.sign(at + 1).is_some_and(|sign| matches!(sign, '/' | '-' | '.'));
        let doubled = self.sign(at + 2) == self.sign(at + 1) && self.number(at + 3).is_some();
        if self.goes_on(at + 1) || separated && (self.number(at + 2).is_some() || doubled) {
            return FormMatch::Nothing; // a run of numbers
        }
        let month = MonthMatch {
            month: number.value.min(99) as u8,
            form: MonthForm::Full,
            language: Language::Vietnamese,
            misspelt: false,
            first: before,
            next: at + 1,
            doubled: None,
            number: Some(number),
        };
        // The months of `tháng 1 - 3/2024` are a run of numbers.
        let dash = self.skip(at + 1);
        let behind = self.skip(dash + 1);
        if self.sign(dash).is_some_and(is_dash)
            && let Some(number) = self.number(behind)
            // So are month and year of `tháng 5 - 2024`.
            && (self.sign(behind + 1) == Some('/') || number.len == 4 && dash > at + 1 && behind > dash + 1)
        {
            return FormMatch::Nothing;
        }
        // The August Revolution is a name.
        if self.back(before).is_some_and(|word| self.lower(word) == "mạng") {
            return FormMatch::Nothing;
        }
        // A number before `tháng` makes it a length of time, unless it is a day that was no date.
        if self.back(before).is_some_and(|number| self.number(number).is_some()) {
            return FormMatch::Nothing;
        }
        if let Some(draft) = self.several_months(at, &month) {
            return Some(draft).into();
        }
        self.vietnamese_month_and_year(at, &month).into()
    }

    /// `tháng Tám năm 1945`
    fn spoken_month(&mut self, at: usize) -> FormMatch {
        let Some(month) = self.vietnamese_month_at(at).filter(|month| month.number.is_none()) else {
            return FormMatch::Nothing;
        };
        self.vietnamese_month_and_year(at, &month).into()
    }

    /// `tháng 5, 6 và 7 năm 2024`, `tháng 5-7 năm 2024`
    fn several_months(&mut self, at: usize, first: &MonthMatch) -> Option<DateDraft> {
        let mut months: SmallVec<[u8; 4]> = smallvec::smallvec![first.month];
        let mut range = false;
        let mut next = at + 1;
        while let Some((number_at, joins_range)) = self.joiner(next) {
            let Some(number) =
                self.number(number_at).filter(|number| number.len <= 2 && (1..=12).contains(&number.value))
            else {
                break;
            };
            if range || joins_range && months.len() > 1 || months.len() > 11 {
                return None;
            }
            range = joins_range;
            months.push(number.value as u8);
            next = number_at + 1;
        }
        if months.len() < 2 {
            return None;
        }
        let last = MonthMatch { next, ..first.clone() };
        let hit = self.year_after(next, &last, false).filter(|hit| hit.number.len == 4)?;
        let point = |month: &u8| DateParts::new(Some(hit.at.year), Below::Month(*month));
        let shape = match months.as_slice() {
            [start, end] if range => DateShape::Range(point(start), point(end)),
            _ => DateShape::List(months.iter().map(point).collect()),
        };
        let mut draft = DateDraft::new(self.cover(at, hit.next), Language::Vietnamese, shape, hit.next);
        self.year_notes(&mut draft, &hit);
        if range && months[0] > months[1] {
            draft.note(DateFault::ReversedRange, false);
        }
        let lead = self.lead(at);
        Some(self.with_lead(draft, &lead))
    }

    /// A Vietnamese month, in digits or words, with its year where one follows. `at` is the first token of the core.
    fn vietnamese_month_and_year(&mut self, at: usize, month: &MonthMatch) -> Option<DateDraft> {
        let spoken = month.form == MonthForm::Spoken;
        let year = self.year_after(month.next, month, false);
        let bare_word = matches!(self.word(month.first), Some(DateWord::Misspelt(..)));
        if spoken && year.is_none()
            || bare_word && year.is_none()
            || year.as_ref().is_some_and(|hit| hit.number.len != 4)
        {
            return None;
        }
        if year.is_none()
            && (self.counts(month.next) || self.lunar_after(month.next) || !(1..=12).contains(&month.month))
        {
            return None;
        }
        let core_at = if spoken { self.skip(month.first + 1) } else { at };
        let next = year.as_ref().map_or(month.next, |hit| hit.next);
        let parts = DateParts::new(year.as_ref().map(|hit| hit.at.year), Below::Month(month.month));
        let mut draft = DateDraft::new(self.cover(core_at, next), Language::Vietnamese, DateShape::Point(parts), next);
        if !(1..=12).contains(&month.month) {
            draft.note(DateFault::ImpossibleMonth, false);
        }
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            let mut numbers: SmallVec<[(Span, Number); 2]> = SmallVec::new();
            if let Some(number) = month.number {
                numbers.push((self.span(at), number));
            }
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
            self.digit_notes(&mut draft, &numbers);
        }
        let lead = self.lead(core_at);
        if month.number.is_some() {
            self.separate(&mut draft, at);
        }
        let draft = self.with_lead(draft, &lead);
        if self.lunar_after(draft.next) { Some(draft.into_lunar()) } else { Some(draft) }
    }
}
