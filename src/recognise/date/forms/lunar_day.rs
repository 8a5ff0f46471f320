//! Days of the lunar year: `mùng 3 Tết`, `แรม 8 ค่ำ เดือน 8`. They are matched so that nothing in them counts as a date.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser, FormMatch};
use crate::recognise::date::parts::DateShape;
use crate::recognise::date::words::{self, DateWord};
use crate::recognise::profile::Language;

/// A day of the lunar year.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a lunar day",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Lunar], read: |parser, at| parser.lunar_day(at) },
    #[cfg(test)]
    examples: &[("chiều mùng 3 Tết trời ấm", &[]), ("วันแรม 8 ค่ำ เดือน 8", &[]), ("rằm tháng 7 âm lịch", &[])],
    #[cfg(test)]
    others: &[],
};

impl DateParser<'_> {
    /// `mùng 3 Tết`, `แรม 8 ค่ำ เดือน 8`, `rằm tháng 7`: matched so that nothing inside counts as a date.
    fn lunar_day(&mut self, at: usize) -> FormMatch {
        let mut next = self.skip(at + 1);
        let day = self.number(next).is_some() || words::spoken_number(&self.lower(next)).is_some();
        if day {
            next += 1;
        }
        if self.is_thai(at) {
            if !day || self.slice(self.skip(next)) != "ค่ำ" {
                return FormMatch::Nothing;
            }
            next = self.skip(next) + 1;
            let month = self.skip(next);
            if self.word(month) == Some(DateWord::MonthUnit(Language::Thai)) {
                let number = self.skip(month + 1);
                next = if self.number(number).is_some() { number + 1 } else { month + 1 };
                // แปดสองแปด: 8/8
                if self.sign(next) == Some('/') && self.number(next + 1).is_some() {
                    next += 2;
                }
            }
        } else {
            if !day && self.lower(at) != "rằm" {
                return FormMatch::Nothing;
            }
            let month = self.skip(next);
            if self.sign(next) == Some('/') && self.number(next + 1).is_some() {
                next += 2;
            } else if self.word(month) == Some(DateWord::MonthUnit(Language::Vietnamese)) {
                next = self.vietnamese_month_at(month).map_or_else(|| self.lunar_month(month), |month| month.next);
            }
        }
        let draft = DateDraft::new(self.cover(at, next), Language::Unknown, DateShape::Nothing, next);
        Some(draft.into_lunar()).into()
    }

    /// The token behind `tháng Giêng` and `tháng Chạp`, which only the lunar year has; of another word, behind `tháng`.
    fn lunar_month(&self, month: usize) -> usize {
        let name = self.skip(month + 1);
        if matches!(self.lower(name).as_str(), "giêng" | "chạp") { name + 1 } else { month + 1 }
    }
}
