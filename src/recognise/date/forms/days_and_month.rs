//! Days before the name of their month: `21-23 พฤศจิกายน 2567`, `5 tháng 3 năm 2024`, `8th July 2024`.

use smallvec::{SmallVec, smallvec};

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, FormMatch};
use crate::recognise::date::joint::JoinedDays;
use crate::recognise::date::letters::is_dash;
use crate::recognise::date::lex::{Kind, Number};
use crate::recognise::date::months::{MonthMatch, month_distance_doubtful};
use crate::recognise::date::parts::{Below, DateParts, DateShape};
use crate::recognise::date::words::{DateWord, MonthForm};
use crate::recognise::profile::Language;
use crate::text::Span;

/// Days, alone, in a range or in a list, and the name of their month.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "days and the name of a month",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Number], read: |parser, at| parser.days_and_month(at) },
    #[cfg(test)]
    examples: &[
        ("ประชุมวันที่ 21-23 พฤศจิกายน 2567", &[("21-23 พฤศจิกายน 2567", "2024-11-21/2024-11-23")]),
        ("họp ngày 5 tháng 3 năm 2024", &[("5 tháng 3 năm 2024", "2024-03-05")]),
        ("on the 8th July 2024 they met", &[("8th July 2024", "2024-07-08")]),
        ("ngày 5, 6 và 7 tháng 3 năm 2024", &[("5, 6 và 7 tháng 3 năm 2024", "2024-03-05;2024-03-06;2024-03-07")]),
    ],
    #[cfg(test)]
    others: &["nghỉ 10 tháng 5 ngày", "14 ตุลา เปลี่ยนเมือง"],
};

impl DateParser<'_> {
    /// Days before a month's name, alone, in a range or in a list.
    fn days_and_month(&mut self, at: usize) -> FormMatch {
        let Some(JoinedDays { days, range, split, month: Some(month), .. }) = self.joined_days(at) else {
            return FormMatch::Nothing;
        };
        // `#31มีนาคม2567`
        let tag =
            month.language == Language::Thai && at.checked_sub(1).is_some_and(|sign| self.sign(sign) == Some('#'));
        if range && days.len() > 2 || self.glued_left(at) && days.len() == 1 && !self.glued_name(at) && !tag {
            return FormMatch::Nothing;
        }
        if !self.month_fits(&month, days[days.len() - 1].1) {
            return FormMatch::Nothing;
        }
        self.dated(at, &days, range, &month, split).into()
    }

    /// A date that a name stands against without a space: `Nam16 tháng 4`.
    fn glued_name(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Some(Kind::Latin)) && self.slice(before).chars().count() > 1
        })
    }

    /// Puts days, their month and what follows together.
    fn dated(
        &mut self,
        at: usize,
        days: &[(usize, Number)],
        range: bool,
        month: &MonthMatch,
        split: Option<Span>,
    ) -> Option<DateDraft> {
        let lead = self.lead(at);
        let (last_day_at, last_day) = days[days.len() - 1];
        let year = self.year_after(month.next, month, true);
        let spoken_fully = lead.day || lead.weekday.is_some() || year.is_some();
        if month.misspelt
            && !month_certain(month, last_day.value, month_distance_doubtful(self.slice(month.next - 1)))
            && !spoken_fully
        {
            return None;
        }
        let unit_misspelt =
            matches!(self.word(month.first), Some(DateWord::Misspelt(..))) && month.language == Language::Vietnamese;
        if unit_misspelt && year.is_none() && !lead.day {
            return None;
        }
        // `Directive 52 of June`, `7 กย 3389`
        let plate = month.form == MonthForm::Dotless
            && year.is_none()
            && self.number(self.skip(month.next)).is_some_and(|number| number.len > 2);
        if plate || last_day.value > 31 && month.language == Language::English && !lead.names_day() {
            return None;
        }
        if last_day.letters && !(year.is_some() || lead.day) || last_day.value > 99 {
            return None;
        }
        // 14 ตุลา and 6 ตุลา are names of what happened on them.
        if month.form == MonthForm::Short
            && year.is_none()
            && !lead.day
            && matches!((month.month, last_day.value), (10, 6 | 14))
        {
            return None;
        }
        if month.number.is_some() && year.is_none() && !self.month_number_stands(at, month, &lead) {
            return None;
        }
        let next = year.as_ref().map_or(month.next, |year| year.next);
        let core = self.cover(at, next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let point = |day: u32| DateParts::new(stated, Below::Day(month.month, day.min(99) as u8));
        let mut points: SmallVec<[DateParts; 3]> = days.iter().map(|(_, number)| point(number.value)).collect();
        let shape = match points.as_slice() {
            [one] => DateShape::Point(*one),
            [start, end] if range => DateShape::Range(*start, *end),
            _ => DateShape::List(std::mem::take(&mut points)),
        };
        let mut draft = DateDraft::new(core, month.language, shape, next);
        draft.language = if month.language == Language::English { Language::English } else { month.language };
        if let Some(span) = split {
            self.note_split_day(&mut draft, last_day_at + 2);
            draft.edit(span, format!("{}", last_day.value));
        }
        self.month_notes(&mut draft, month, last_day_at, year.as_ref());
        if range
            && let [(first_at, first), (second_at, second)] = days
            && first.value > second.value
        {
            draft.note(DateFault::ReversedRange, true);
            draft.edit(self.span(*first_at), self.slice(*second_at));
            draft.edit(self.span(*second_at), self.slice(*first_at));
        }
        let mut numbers: SmallVec<[(Span, Number); 4]> =
            days.iter().map(|(at, number)| (self.span(*at), *number)).collect();
        if split.is_some() {
            numbers.clear();
        }
        if let Some(number) = month.number {
            numbers.push((self.span(month.next - 1), number));
        }
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
        }
        self.digit_notes(&mut draft, &numbers);
        self.open_year(&mut draft, month, year.is_some());
        let draft = self.with_lead(draft, &lead);
        Some(if days.len() == 1 { self.with_second(draft, month.language) } else { draft })
    }

    /// A second date behind a dash or ถึง makes a range of two dates: `6 พ.ค.-5 มิ.ย. 68`.
    fn with_second(&mut self, first: DateDraft, language: Language) -> DateDraft {
        let DateShape::Point(start) = first.shape else { return first };
        let joint = self.skip(first.next);
        let thai_to = self.word(joint) == Some(DateWord::To(Language::Thai)) && language == Language::Thai;
        let dash = self.sign(joint).is_some_and(is_dash);
        if !thai_to && !dash {
            return first;
        }
        let day = self.skip(joint + 1);
        let Some(number) = self.number(day).filter(|number| number.len <= 2) else { return first };
        let Some(month) = self.month_after(self.ordinal(day + 1)) else { return first };
        if !self.month_fits(&month, number) || month.language != language {
            return first;
        }
        let second = self.dated_end(day, number, &month);
        let DateShape::Point(end) = second.shape else { return first };
        self.join(first, second, start, end)
    }

    /// The second end of a range, without a look at what stands before it.
    fn dated_end(&mut self, at: usize, day: Number, month: &MonthMatch) -> DateDraft {
        let year = self.year_after(month.next, month, true);
        let next = year.as_ref().map_or(month.next, |year| year.next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let parts = DateParts::new(stated, Below::Day(month.month, day.value.min(99) as u8));
        let mut draft = DateDraft::new(self.cover(at, next), month.language, DateShape::Point(parts), next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        let mut numbers: SmallVec<[(Span, Number); 4]> = smallvec![(self.span(at), day)];
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            numbers.push((hit.at.span, hit.number));
        }
        self.digit_notes(&mut draft, &numbers);
        draft
    }
}

/// Returns whether a misspelt month behind a day needs no other evidence.
fn month_certain(month: &MonthMatch, day: u32, doubtful: bool) -> bool {
    (1..=31).contains(&day) && (month.language == Language::Thai || !doubtful)
}
