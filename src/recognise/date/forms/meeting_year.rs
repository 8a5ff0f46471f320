//! Years of meetings: `ครั้งที่ 14/2561`, `ครั้งที่ 7-3/2565`. The numbers before the year count meetings.

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::run::{MOST, NumberRun};
use crate::recognise::date::windows;
use crate::recognise::profile::Language;

/// The year behind the number of a meeting.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "the year of a meeting",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 2..=MOST,
        place: RunPlace::BehindMeeting,
        read: |parser, _, run, _| parser.meeting_year(run),
    },
    #[cfg(test)]
    examples: &[
        ("การประชุมครั้งที่ 14/2561", &[("2561", "2018")]),
        ("ประชุมครั้งที่ 7-3/2565", &[("2565", "2022")]),
        ("ในการประชุม ครั้งที่ 2/2567 มีมติ", &[("2567", "2024")]),
    ],
    #[cfg(test)]
    others: &["ครั้งที่ 7/12"],
};

impl DateParser<'_> {
    fn meeting_year(&self, run: &NumberRun) -> Option<DateDraft> {
        let ([_, .., (year_at, number)], [.., separator]) = (run.numbers.as_slice(), run.separators.as_slice()) else {
            return None;
        };
        let divided = separator.sign == '/' && separator.tight();
        if !divided || number.len != 4 || self.goes_on(run.next) || !windows::BUDDHIST.contains(&number.value) {
            return None;
        }
        let year = YearPlace {
            year: WrittenYear::new(number.value, 4, None),
            span: self.span(*year_at),
            mark: None,
            digits: number.digits,
        };
        let shape = DateShape::Point(DateParts::new(Some(year.year), Below::Year));
        let mut draft = DateDraft::new(year.span, Language::Thai, shape, run.next);
        draft.years.push(year);
        Some(draft)
    }
}
