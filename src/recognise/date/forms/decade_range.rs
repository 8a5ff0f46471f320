//! Ranges of decades: `thập niên 60 - 70`, `những năm 1960-1970`.

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Number;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::run::NumberRun;

/// Two decades behind words that say so.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a range of decades",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 2..=2,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.decade_range(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("những năm 1960-1970 là thời kỳ khó khăn", &[("1960-1970", "196/197")]),
        ("thập niên 60 - 70", &[("60 - 70", "196/197")]),
        ("vào thập kỷ 80-90 của thế kỷ trước", &[("80-90", "198/199")]),
    ],
    #[cfg(test)]
    others: &["giá 60-70 nghìn"],
};

impl DateParser<'_> {
    /// `thập niên 60 - 70`, `những năm 1960-1970`.
    fn decade_range(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        if !self.is_pair(at, run) {
            return None;
        }
        let tens = a.value.is_multiple_of(10) && b.value.is_multiple_of(10);
        let even = a.len == b.len && matches!(a.len, 2 | 4) && a.value < b.value;
        if !tens || !even || separator.sign != '-' || separator.odd || separator.left != separator.right {
            return None;
        }
        if !self.names_decades(at, lead) || self.counts(run.next) {
            return None;
        }
        let decade =
            |number: Number| DateParts::new(Some(WrittenYear::new(number.value, number.len, None)), Below::Decade);
        let language = self.language_at(at, run.next, lead);
        Some(DateDraft::new(self.cover(at, run.next), language, DateShape::Range(decade(a), decade(b)), run.next))
    }
}
