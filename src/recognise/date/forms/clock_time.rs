//! Clock times: `15.30 น.`, `17h30`. They are stepped over, so that the numbers in them are no dates; an impossible one
//! is a fact.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser, FormMatch};
use crate::recognise::date::parts::DateShape;
use crate::recognise::date::words::DateWord;
use crate::recognise::profile::Language;

/// A clock time.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a clock time",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens { begins: &[FormStart::Number], read: |parser, at| parser.clock_time(at) },
    #[cfg(test)]
    examples: &[
        ("ประชุมเวลา 15.30 น. ที่ห้องใหญ่", &[]),
        ("bắt đầu lúc 17h30 ngày 3/4/2024", &[("3/4/2024", "2024-04-03")]),
        ("the train leaves at 09:17 in 2024", &[("2024", "2024")]),
    ],
    #[cfg(test)]
    others: &[],
};

impl DateParser<'_> {
    /// A clock time is stepped over, so that its numbers are no date; an impossible one is a fact.
    fn clock_time(&mut self, at: usize) -> FormMatch {
        let Some((next, hour, minute, marked)) = self.clock_numbers(at) else { return FormMatch::Nothing };
        let led = self.back(at).is_some_and(|before| self.word(before) == Some(DateWord::Clock));
        if !marked && !led {
            return FormMatch::Nothing;
        }
        if hour <= 24 && minute <= 59 {
            return FormMatch::Skip(next);
        }
        let colon = self.sign(at + 1) == Some(':');
        let english = led && self.slice(self.back(at).unwrap_or(at)).eq_ignore_ascii_case("at");
        if english && !marked && !colon || hour > 99 {
            return FormMatch::Nothing;
        }
        let mut draft = DateDraft::new(self.cover(at, next), Language::Unknown, DateShape::Nothing, next);
        draft.mention = false;
        draft.note(DateFault::ImpossibleTime, false);
        Some(draft).into()
    }
}
