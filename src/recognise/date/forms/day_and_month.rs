//! Days and months in numbers: `ngày 13/9`, `sáng nay (21.8)`.

use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Kind;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::run::{NumberRun, small};
use crate::recognise::date::windows;
use crate::recognise::date::words::DateWord;
use crate::recognise::profile::Language;

/// A day and its month.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a day and a month in numbers",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 2..=2,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.day_and_month(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("họp ngày 13/9 ở Huế", &[("13/9", "XXXX-09-13")]),
        ("sáng nay (21.8) trời mưa", &[("21.8", "XXXX-08-21")]),
        ("วันนี้ (9/7) ฝนตก", &[("9/7", "XXXX-07-09")]),
    ],
    #[cfg(test)]
    others: &["thắng 3/4 trận", "tỷ lệ 1/2"],
};

impl DateParser<'_> {
    fn day_and_month(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        if !self.is_pair(at, run) || a.len > 2 || b.len > 2 || separator.odd {
            return None;
        }
        // `ngày 25 - 11`
        let spaced = separator.sign == '-'
            && separator.left
            && separator.right
            && lead.names_day()
            && lead.language == Language::Vietnamese;
        if !separator.divides() && !spaced || self.glued_left(at) && !self.is_month_abbreviated(at) {
            return None;
        }
        self.day_and_month_of(at, run, lead)
    }

    /// `13/9`; with a dash or a full stop only behind a word that says a day follows.
    fn day_and_month_of(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        let (day, month) = (small(a)?, small(b)?);
        let language = self.language_at(at, run.next, lead);
        let in_calendar = (1..=31).contains(&day) && (1..=12).contains(&month);
        let led = lead.names_day();
        let closed = self.back(at).is_some_and(|open| self.sign(open) == Some('(')) && self.sign(run.next) == Some(')');
        // `(18/4)`: a ratio would not have a day of two digits and a month before it, nor stand alone in brackets.
        let bracketed = closed && day > 12 && language == Language::Vietnamese;
        // `từ 20-9`: from more to less is no range of amounts.
        let falling = lead.from && day > 12 && separator.tight() && language == Language::Vietnamese;
        let near = in_calendar
            && (bracketed || lead.from || self.time_word_before(at) || self.day_list_before(at))
            && !(day == 1 && month <= 10 && a.len == 1)
            && language != Language::English;
        let enough = match separator.sign {
            '/' => led && (in_calendar || day <= 31 && month <= 31) || near,
            '-' | '.' => {
                let even = separator.sign == '-' && separator.left == separator.right;
                let time = closed && separator.tight() && self.time_word_before(at);
                let led = led || time || bracketed || falling && separator.sign == '-';
                led && in_calendar && (separator.tight() || even) && language == Language::Vietnamese
            }
            _ => false,
        };
        if !enough || self.numbered(at) || self.counts(run.next) || matches!(self.kind(run.next), Some(Kind::Latin)) {
            return None;
        }
        let mut draft = DateDraft::new(
            self.cover(at, run.next),
            language,
            DateShape::Point(DateParts::new(None, Below::Numeric(day, month))),
            run.next,
        );
        let with_year = self.skip(run.next);
        if matches!(self.word(with_year), Some(DateWord::YearUnit(Language::Vietnamese)))
            && let Some(number) = self
                .number(self.skip(with_year + 1))
                .filter(|number| number.len == 4 && windows::ANY.contains(&number.value))
        {
            // 19/5 năm 1890
            let year_at = self.skip(with_year + 1);
            let year = WrittenYear::new(number.value, 4, None);
            draft.core = self.cover(at, year_at + 1);
            draft.next = year_at + 1;
            draft.shape = DateShape::Point(DateParts::new(Some(year), Below::Numeric(day, month)));
            draft.years.push(YearPlace { year, span: self.span(year_at), mark: None, digits: number.digits });
        }
        if month > 12 && day <= 12 {
            draft.note(DateFault::MonthDaySwapped, true);
        }
        if separator.left != separator.right {
            draft.note(DateFault::InnerSpace, true);
            draft.edit(self.around(&separator), separator.span.slice(self.text));
        }
        self.digit_notes(
            &mut draft,
            &run.numbers.iter().map(|(at, number)| (self.span(*at), *number)).collect::<SmallVec<[_; 2]>>(),
        );
        Some(draft)
    }

    /// Returns whether a day in numbers stands before, joined by a comma or `và`: `2/9 và 30/4`.
    fn day_list_before(&self, at: usize) -> bool {
        let Some(joint) = self.back(at) else { return false };
        let joins = self.sign(joint) == Some(',') || matches!(self.word(joint), Some(DateWord::And(_)));
        joins && self.back(joint).is_some_and(|last| self.last_day == Some(last + 1))
    }
}
