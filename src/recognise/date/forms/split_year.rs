//! Years in two pieces: `ปี 25 67`.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::lex::Kind;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::windows;
use crate::recognise::profile::Language;

/// A year in two pieces, where a word says that a year follows.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a year in two pieces",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Number], read: |parser, at| parser.split_year(at).into() },
    #[cfg(test)]
    examples: &[
        ("ในปี 25 67 มีฝน", &[("25 67", "2024")]),
        ("năm 20 24", &[("20 24", "2024")]),
        ("พ.ศ. 2 565", &[("2 565", "2022")]),
    ],
    #[cfg(test)]
    others: &["ห้อง 25 67"],
};

impl DateParser<'_> {
    /// `ปี 25 67`
    fn split_year(&self, at: usize) -> Option<DateDraft> {
        let number = self.number(at)?;
        let second = self.number(at + 2)?;
        if number.len + second.len != 4
            || self.kind(at + 1) != Some(Kind::Space(1))
            || self.goes_on(at + 3)
            || self.counts(at + 3)
        {
            return None;
        }
        let lead = self.lead(at);
        if !(matches!(lead.year, Some(Language::Thai | Language::Vietnamese)) || lead.era.is_some()) {
            return None;
        }
        let value = number.value * 10_u32.pow(u32::from(second.len)) + second.value;
        if !windows::is_near(value) {
            return None;
        }
        let span = self.cover(at, at + 3);
        let mark = lead.era.map(|(at, era, _)| (era, self.span(at)));
        let year = WrittenYear::new(value, 4, mark.map(|(era, _)| era));
        let mut draft =
            DateDraft::new(span, lead.language, DateShape::Point(DateParts::new(Some(year), Below::Year)), at + 3);
        draft.years.push(YearPlace { year, span, mark: mark.map(|(_, span)| span), digits: number.digits });
        draft.note(DateFault::InnerSpace, true);
        draft.edit(span, format!("{}{}", self.slice(at), self.slice(at + 2)));
        Some(self.with_lead(draft, &lead))
    }
}
