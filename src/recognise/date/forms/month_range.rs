//! Ranges of months in numbers: `tháng 8-9`.

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Number;
use crate::recognise::date::parts::{Below, DateParts, DateShape};
use crate::recognise::date::run::{NumberRun, small};
use crate::recognise::profile::Language;

/// Two months behind `tháng`.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a range of months in numbers",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 2..=2,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.month_range(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("mưa nhiều vào tháng 8-9", &[("8-9", "XXXX-08/XXXX-09")]),
        ("tháng 1-3 rét đậm", &[("1-3", "XXXX-01/XXXX-03")]),
        ("trong tháng 10-12", &[("10-12", "XXXX-10/XXXX-12")]),
    ],
    #[cfg(test)]
    others: &["mất nửa tháng 18-19 ngày"],
};

impl DateParser<'_> {
    /// `tháng 8-9`: months of the year that the text is about.
    fn month_range(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        if !self.is_pair(at, run) || a.len > 2 || separator.odd {
            return None;
        }
        let led = lead.month == Some(Language::Vietnamese) && !lead.day && lead.misspelt.is_empty();
        let rising = a.value < b.value && (1..=12).contains(&a.value) && (1..=12).contains(&b.value) && b.len <= 2;
        // A number before `tháng` makes it a length of time.
        let length = self.back(lead.first).is_some_and(|before| self.number(before).is_some());
        if !led || !rising || length || separator.sign != '-' || !separator.tight() || self.counts(run.next) {
            return None;
        }
        let month = |number: Number| Some(DateParts::new(None, Below::Month(small(number)?)));
        let shape = DateShape::Range(month(a)?, month(b)?);
        Some(DateDraft::new(self.cover(at, run.next), Language::Vietnamese, shape, run.next))
    }
}
