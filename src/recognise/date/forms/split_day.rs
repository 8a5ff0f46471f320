//! Days in two pieces before month and year in numbers: `ngày 2 8/11/2024`.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::lex::Kind;
use crate::recognise::date::parts::{Below, DateParts, DateShape};

/// A day in two pieces, where a word says that a day follows.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a day in two pieces",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Number], read: |parser, at| parser.split_day(at).into() },
    #[cfg(test)]
    examples: &[
        ("họp ngày 2 8/11/2024", &[("2 8/11/2024", "2024-11-28")]),
        ("ลงวันที่ 1 5/6/2566", &[("1 5/6/2566", "2023-06-15")]),
        ("ngày 3 0/4/2023", &[("3 0/4/2023", "2023-04-30")]),
    ],
    #[cfg(test)]
    others: &["phòng 2 8/11", "các ngày 1 5/11"],
};

impl DateParser<'_> {
    /// `ngày 2 8/11/2024`: the day in two pieces, where a word says that a day follows.
    fn split_day(&mut self, at: usize) -> Option<DateDraft> {
        let (first, second) = (self.number(at)?, self.number(at + 2)?);
        let pieces = first.len == 1
            && second.len == 1
            && self.kind(at + 1) == Some(Kind::Space(1))
            && (1..=3).contains(&first.value);
        if !pieces || !matches!(self.sign(at + 3), Some('/' | '-' | '.')) {
            return None;
        }
        let lead = self.lead(at);
        let run = self.run_of_numbers(at + 2);
        if !self.names_one_day(&lead) || run.numbers.len() != 3 {
            return None;
        }
        let mut draft = self.numeric_range(at + 2, &run, &lead).or_else(|| self.numeric_date(at + 2, &run, &lead))?;
        let day = (first.value * 10 + second.value) as u8;
        if let DateShape::Point(DateParts { below: Below::Numeric(first, _), .. }) = &mut draft.shape {
            *first = day;
        }
        draft.core = draft.core.cover(self.span(at));
        self.note_split_day(&mut draft, at + 2);
        draft.edit(self.span(at + 1), "");
        Some(self.with_lead(draft, &lead))
    }
}
