//! Months and years in numbers: `tháng 9/2024`, `9-1967` behind the word for month, `T9/2024`.

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::run::NumberRun;
use crate::recognise::date::windows;
use crate::recognise::profile::Language;

/// A month and its year.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a month and a year in numbers",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 2..=2,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.month_and_year(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("trong tháng 9/2024", &[("9/2024", "2024-09")]),
        ("tháng 9-1967 ở Huế", &[("9-1967", "1967-09")]),
        ("doanh thu T9/2024 tăng", &[("9/2024", "2024-09")]),
    ],
    #[cfg(test)]
    others: &["phụ lục 5/2024"],
};

impl DateParser<'_> {
    fn month_and_year(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        if !self.is_pair(at, run) || a.len > 2 || b.len != 4 || !windows::LIKELY.contains(&b.value) {
            return None;
        }
        let abbreviated = self.is_month_abbreviated(at);
        if self.glued_left(at) && !abbreviated {
            return None;
        }
        if (1..=12).contains(&a.value) {
            return self.month_and_year_of(at, run, lead, abbreviated);
        }
        if lead.month.is_none() || a.value <= 12 {
            return None;
        }
        let mut draft = self.month_and_year_of(at, run, lead, false)?;
        draft.note(DateFault::ImpossibleMonth, false);
        Some(draft)
    }

    /// `9/2024`, `9-1967` behind the word for month, `T9/2024`.
    fn month_and_year_of(
        &mut self,
        at: usize,
        run: &NumberRun,
        lead: &LeadWords,
        abbreviated: bool,
    ) -> Option<DateDraft> {
        let [(_, a), (year_at, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        let language = self.language_at(at, run.next, lead);
        let bare = separator.sign == '/'
            && separator.tight()
            && language != Language::Thai
            && !lead.meeting
            && !self.numbered(at)
            && windows::MODERN.contains(&b.value)
            && self.month_may_follow(at);
        let led = lead.month.is_some() && !lead.day || abbreviated;
        if !(led || bare || lead.month.is_some()) || !separator.divides() && separator.left != separator.right {
            return None;
        }
        let year = WrittenYear::new(b.value, 4, None);
        let mut draft = DateDraft::new(
            self.cover(at, run.next),
            language,
            DateShape::Point(DateParts::new(Some(year), Below::Month(a.value as u8))),
            run.next,
        );
        draft.years.push(YearPlace { year, span: self.span(year_at), mark: None, digits: b.digits });
        if separator.odd {
            draft.note(DateFault::WrongSeparator, true);
            draft.edit(
                self.around(&separator),
                if separator.span.slice(self.text).starts_with('-') { "-" } else { "/" },
            );
        } else if separator.left != separator.right {
            draft.note(DateFault::InnerSpace, true);
            draft.edit(self.around(&separator), separator.span.slice(self.text));
        }
        self.digit_notes(&mut draft, &[(self.span(at), a), (self.span(year_at), b)]);
        Some(draft)
    }
}
