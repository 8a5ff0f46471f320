//! Decades: `1990s`, `the '90s`, `ทศวรรษที่ 1960`, `ยุค 90`, `những năm 1990`, `thập niên 70`.

use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Kind;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::windows;
use crate::recognise::date::words::DateWord;
use crate::recognise::profile::Language;

/// A decade, or several behind one word.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a decade",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Number], read: |parser, at| parser.decade(at).into() },
    #[cfg(test)]
    examples: &[
        ("music of the 1990s", &[("1990s", "199")]),
        ("ในทศวรรษที่ 1960", &[("1960", "196")]),
        ("những năm 1990", &[("1990", "199")]),
        ("thập niên 70, 80", &[("70, 80", "197;198")]),
    ],
    #[cfg(test)]
    others: &["the 90 people"],
};

impl DateParser<'_> {
    /// `1990s`, `the '90s`, `ทศวรรษที่ 1960`, `ยุค 90`, `những năm 1990`, `thập niên 70`.
    fn decade(&mut self, at: usize) -> Option<DateDraft> {
        let number = self.number(at)?;
        if !matches!(number.len, 2 | 4) || !number.value.is_multiple_of(10) || number.letters || self.goes_on(at + 1) {
            return None;
        }
        let apostrophe = usize::from(matches!(self.sign(at + 1), Some('\'' | '’')));
        let suffix = matches!(self.slice(at + 1 + apostrophe), "s" | "S");
        let next = if suffix { at + 2 + apostrophe } else { at + 1 };
        let lead = self.lead(at);
        let plausible =
            number.len == 2 || windows::COMMON.contains(&number.value) || windows::BUDDHIST.contains(&number.value);
        let before = self.back(at);
        let led = self.names_decades(at, &lead);
        let short = matches!(before.and_then(|before| self.sign(before)), Some('\'' | '’'))
            || matches!(before.and_then(|before| self.word(before)), Some(DateWord::The | DateWord::In))
                && before.is_none_or(|before| self.word(before) != Some(DateWord::In) || self.lower(before) != "in");
        let glued = self.glued_left(at) && self.sign(at.wrapping_sub(1)) != Some('-');
        if !plausible || glued {
            return None;
        }
        if suffix {
            let enough = number.len == 4 || led || short;
            if !enough || matches!(self.kind(next), Some(Kind::Number(_))) {
                return None;
            }
        } else if !led || self.counts(next) || matches!(self.kind(next), Some(Kind::Latin)) {
            return None;
        }
        let mark = lead.era.map(|(at, era, _)| (era, self.span(at)));
        let year = WrittenYear::new(number.value, number.len, mark.map(|(era, _)| era));
        let language = if lead.language == Language::Unknown { self.language() } else { lead.language };
        let whole = |year| DateParts::new(Some(year), Below::Decade);
        let mut draft = DateDraft::new(self.cover(at, next), language, DateShape::Point(whole(year)), next);
        if led && !suffix && language == Language::Vietnamese {
            let mut all: SmallVec<[DateParts; 3]> = smallvec::smallvec![whole(year)];
            while let Some((next, decade)) = self.another_decade(draft.next, year) {
                all.push(whole(decade));
                draft.next = next;
            }
            if all.len() > 1 {
                draft.core = self.cover(at, draft.next);
                draft.shape = DateShape::List(all);
            }
        }
        Some(self.with_lead(draft, &lead))
    }

    /// Returns whether the words before the number at `at` say that it is a decade.
    pub(super) fn names_decades(&self, at: usize, lead: &LeadWords) -> bool {
        lead.decade.is_some()
            || lead.year == Some(Language::Vietnamese) && self.plural_year_before(lead)
            || self.back(at).is_some_and(|before| self.decade_words(before))
    }

    /// The decade that a comma or `và` joins to the one before token `next`: `những năm 60, 70`.
    fn another_decade(&self, next: usize, first: WrittenYear) -> Option<(usize, WrittenYear)> {
        let joint = self.skip(next);
        if self.sign(joint) != Some(',') && !matches!(self.word(joint), Some(DateWord::And(_))) {
            return None;
        }
        let at = self.skip(joint + 1);
        let number = self.number(at).filter(|number| number.len == first.digits && number.value.is_multiple_of(10))?;
        let ends = !self.goes_on(at + 1) || self.sign(at + 1) == Some(',');
        let fits = at > joint + 1 && number.value > first.number && ends && !self.counts(at + 1);
        fits.then_some((at + 1, WrittenYear { number: number.value, ..first }))
    }

    /// Returns whether `những` stands before the word for year.
    fn plural_year_before(&self, lead: &LeadWords) -> bool {
        self.back(lead.first).is_some_and(|before| self.lower(before) == "những") || self.lower(lead.first) == "những"
    }

    /// `thập niên`, `thập kỷ` ending with token `at`.
    fn decade_words(&self, at: usize) -> bool {
        matches!(self.lower(at).as_str(), "niên" | "kỷ" | "kỉ")
            && self.back(at).is_some_and(|before| self.lower(before) == "thập")
    }
}
