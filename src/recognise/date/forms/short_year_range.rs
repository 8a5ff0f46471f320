//! Ranges of Thai years of two digits: `ปี 64/65`, `ปี 64-66`.

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Number;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::run::NumberRun;
use crate::recognise::date::windows;
use crate::recognise::profile::Language;

/// Two short years behind the Thai word for year.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a range of short years",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 2..=2,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.short_year_range(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("ผลผลิตปี 64/65 ลดลง", &[("64/65", "2021/2022")]),
        ("แผนปี 64-66", &[("64-66", "2021/2023")]),
        ("ข้าวนาปี 66/67", &[("66/67", "2023/2024")]),
    ],
    #[cfg(test)]
    others: &["บ้านเลขที่ 64/65"],
};

impl DateParser<'_> {
    /// `ปี 64/65`, `ปี 64-66`: Thai years of two digits.
    fn short_year_range(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b)] = run.numbers[..] else { return None };
        let separator = run.separators[0];
        if !self.is_pair(at, run) {
            return None;
        }
        let short = |number: Number| number.len == 2 && windows::SHORT_THAI.contains(&number.value);
        let led = lead.year == Some(Language::Thai) && !lead.day && lead.month.is_none();
        let joins = separator.tight() && !separator.odd && matches!(separator.sign, '/' | '-');
        if !led || !joins || !short(a) || !short(b) || b.value <= a.value || self.counts(run.next) {
            return None;
        }
        let whole = |number: Number| DateParts::new(Some(WrittenYear::new(number.value, 2, None)), Below::Year);
        let shape = DateShape::Range(whole(a), whole(b));
        Some(DateDraft::new(self.cover(at, run.next), Language::Thai, shape, run.next))
    }
}
