//! Months by their names: `November 2024`, `เดือนมิถุนายน 2555`, `April`.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::letters::is_dash;
use crate::recognise::date::lex::Kind;
use crate::recognise::date::months::MonthMatch;
use crate::recognise::date::parts::{Below, DateParts, DateShape};
use crate::recognise::date::words::{DateWord, MonthForm};
use crate::recognise::profile::Language;

/// The name of a month, its year, and the other end of a range of months.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "the name of a month",
    triggers: &[
        Trigger::Digit,
        Trigger::ThaiMonth,
        Trigger::ThaiMonthUnit,
        Trigger::LaoMonthUnit,
        Trigger::EnglishMonth,
    ],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Month], read: |parser, at| parser.named_month(at).into() },
    #[cfg(test)]
    examples: &[
        ("elections in November 2024", &[("November 2024", "2024-11")]),
        ("ในเดือนมิถุนายน 2555", &[("มิถุนายน 2555", "2012-06")]),
        ("since April it rains", &[("April", "XXXX-04")]),
        ("ໃນເດືອນມັງກອນ 2025", &[("ມັງກອນ 2025", "2025-01")]),
    ],
    #[cfg(test)]
    others: &["they may come in march"],
};

impl DateParser<'_> {
    fn named_month(&mut self, at: usize) -> Option<DateDraft> {
        let month = self.leading_month(at)?;
        self.month_alone(at, &month)
    }

    fn month_alone(&mut self, at: usize, month: &MonthMatch) -> Option<DateDraft> {
        let lead = self.lead(at);
        let mut year = self.year_after(month.next, month, false);
        if month.form == MonthForm::Short && year.is_none() && lead.month.is_none() {
            return None;
        }
        let capital = self.slice(at).starts_with(char::is_uppercase);
        if month.language == Language::English {
            if year.as_ref().is_some_and(|hit| hit.number.len == 2 && !matches!(self.before_digit(hit), '\'' | '’')) {
                year = None;
            }
            if year.is_none() && !self.english_month_stands(at, month, &lead, capital) {
                return None;
            }
        }
        if (month.misspelt || month.form.is_abbreviation())
            && year.is_none()
            && lead.month.is_none()
            && !self.month_range_follows(month)
        {
            return None;
        }
        if month.form == MonthForm::Dotless && lead.month.is_none() {
            return None;
        }
        // ຕຸລາ may begin another word.
        if month.language == Language::Lao && year.is_none() && lead.month.is_none() {
            return None;
        }
        let next = year.as_ref().map_or(month.next, |hit| hit.next);
        let parts = DateParts::new(year.as_ref().map(|hit| hit.at.year), Below::Month(month.month));
        let mut draft = DateDraft::new(self.cover(at, next), month.language, DateShape::Point(parts), next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                self.digit_notes(&mut draft, &[(hit.at.span, hit.number)]);
            }
        }
        self.open_year(&mut draft, month, year.is_some());
        let draft = self.with_lead(draft, &lead);
        let mut draft = self.missing_day(draft, at, &lead);
        // `มกราคม - มีนาคม 2567`
        let joint = self.skip(draft.next);
        let joins = self.sign(joint).is_some_and(is_dash)
            || self.word(joint) == Some(DateWord::To(Language::Thai)) && month.language == Language::Thai;
        let mut second = self.skip(joint + 1);
        if self.word(second) == Some(DateWord::MonthUnit(Language::Thai)) {
            second = self.skip(second + 1);
        }
        if joins && let Some(other) = self.month_at(second).filter(|other| other.language == month.language) {
            let hit = self.year_after(other.next, &other, false);
            let next = hit.as_ref().map_or(other.next, |hit| hit.next);
            let parts = DateParts::new(hit.as_ref().map(|hit| hit.at.year), Below::Month(other.month));
            let mut end = DateDraft::new(self.cover(second, next), month.language, DateShape::Point(parts), next);
            self.month_notes(&mut end, &other, second, hit.as_ref());
            if let Some(hit) = &hit {
                self.year_notes(&mut end, hit);
            }
            if let DateShape::Point(start) = draft.shape {
                draft = self.join(draft, end, start, parts);
            }
        }
        Some(draft)
    }

    fn month_range_follows(&self, month: &MonthMatch) -> bool {
        let joint = self.skip(month.next);
        self.sign(joint).is_some_and(is_dash)
            && self.month_at(self.skip(joint + 1)).is_some_and(|other| other.form == month.form)
    }

    /// Returns whether an English month's name without a number is the month and not a verb, a name or a word.
    fn english_month_stands(&self, at: usize, month: &MonthMatch, lead: &LeadWords, capital: bool) -> bool {
        let led = lead.year.is_some()
            || lead.from
            || matches!(self.back(at).and_then(|before| self.word(before)), Some(DateWord::Of | DateWord::And(_)));
        let after = self.skip(month.next);
        let name_follows = after > month.next
            && matches!(self.kind(after), Some(Kind::Latin))
            && self.slice(after).starts_with(char::is_uppercase);
        capital
            && month.form == MonthForm::Full
            && !self.slice(at).chars().nth(1).is_some_and(char::is_uppercase)
            && (led || !matches!(month.month, 3 | 5) && !name_follows)
    }

    /// `วันที่   พฤศจิกายน 2567`: the lead of a day and no day.
    fn missing_day(&self, mut draft: DateDraft, at: usize, lead: &LeadWords) -> DateDraft {
        let before = self.back(at);
        let thai = before.is_some_and(|before| self.word(before) == Some(DateWord::Day(Language::Thai)));
        let after_unit = before
            .filter(|before| matches!(self.word(*before), Some(DateWord::MonthUnit(Language::Thai))))
            .and_then(|before| self.back(before))
            .is_some_and(|before| self.word(before) == Some(DateWord::Day(Language::Thai)));
        let gap = matches!(at.checked_sub(1).and_then(|space| self.kind(space)), Some(Kind::Space(2..)));
        let english = before.is_some_and(|before| self.word(before) == Some(DateWord::On)) && gap
            || draft.core.slice(self.text).contains(" ,");
        if english && draft.language == Language::English && !draft.years.is_empty() {
            let span = draft.extent;
            draft.note_at(DateFault::MissingPart, Some(span), false);
        }
        if (thai || after_unit) && draft.language == Language::Thai && lead.day {
            let span = draft.extent;
            draft.note_at(DateFault::MissingPart, Some(span), false);
        }
        draft
    }
}
