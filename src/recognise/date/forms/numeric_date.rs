//! Full dates in numbers: `25/05/2024`, `2024-11-28`, `6-2-66`.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use super::numeric_range::is_range_of_three;
use crate::recognise::date::fault::{DateFault, DateFaultClass};
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Kind;
use crate::recognise::date::parts::{Below, DateParts, DateShape, WrittenYear};
use crate::recognise::date::run::{NumberRun, Separator};
use crate::recognise::date::windows;

/// A day, a month and a year in numbers, day first or year first.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a full date in numbers",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 3..=3,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.numeric_date(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("ลงวันที่ 25/05/2567", &[("25/05/2567", "2024-05-25")]),
        ("released on 2024-11-28 at noon", &[("2024-11-28", "2024-11-28")]),
        ("วันที่ 6-2-66", &[("6-2-66", "2023-02-06")]),
    ],
    #[cfg(test)]
    others: &["version 2022.1-1", "gọi 1900.12.34"],
};

impl DateParser<'_> {
    pub(super) fn numeric_date(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b), (year_at, c)] = run.numbers[..] else { return None };
        let [first, second] = run.separators[..] else { return None };
        let mut next = run.next;
        let split = self.split_end(year_at, c);
        let c = split.unwrap_or(c);
        if split.is_some() {
            next = year_at + 3;
        }
        let led = lead.names_day() || lead.from;
        if self.number_before(at) || self.goes_on(run.next) || is_range_of_three((first, second), c, lead) {
            return None;
        }
        let year_first = a.len == 4;
        let (day, month, year) = if year_first { (c, b, a) } else { (a, b, c) };
        if day.len > 2 || month.len > 2 || year.len < 2 {
            return None;
        }
        let glued = self.glued_left(at);
        if glued && (year.len != 4 || self.symbolic_before(at)) {
            return None;
        }
        let (day_number, month_number) = (day.value as u8, month.value as u8);
        let in_calendar = (1..=31).contains(&day_number) && (1..=12).contains(&month_number);
        let swapped = !year_first && (13..=31).contains(&month_number) && (1..=12).contains(&day_number);
        let faulty_separators = first.sign != second.sign || first.odd || second.odd;
        let spaced = !first.tight() || !second.tight();
        let plausible_year = year.len == 4 && windows::ANY.contains(&year.value);
        let enough = match (first.sign, year.len) {
            _ if self.numbered(at) => false,
            (',', _) => (led || in_calendar) && year.len == 4 && plausible_year,
            (_, 4) if !plausible_year => {
                led && in_calendar && !year_first
                    || in_calendar && first.sign == '/' && !year_first && windows::MISTYPED.contains(&year.value)
            }
            // `2022.1-1`, `1.2-2024`: versions
            (_, 4) if first.sign != second.sign && (year_first || ![first.sign, second.sign].contains(&'/')) => {
                led && in_calendar
            }
            (_, 4) if faulty_separators => in_calendar || swapped && led || led && (day_number <= 31),
            (_, 4) if spaced && first.sign != '/' => in_calendar,
            ('/', 4) => true,
            ('-', 4) => in_calendar || swapped || led || year_first && (month_number <= 19 && day_number <= 39),
            ('.', 4) => in_calendar && !year_first || led,
            ('/', 2) => (in_calendar || swapped) && (led || !faulty_separators && !spaced),
            (_, 2) => led && in_calendar && !faulty_separators && !spaced,
            ('/', 3 | 5) => in_calendar && (led || first.tight()) && windows::begins_like_a_year(year.value),
            (_, 3 | 5) => in_calendar && led && windows::begins_like_a_year(year.value),
            _ => false,
        };
        // `học kỳ 1-2/2023`: two numbers of a year, terms or months, where nothing says that the first is a day.
        let pair = (first.sign, second.sign) == ('-', '/') && a.value < b.value && b.value <= 12;
        if !enough || pair && !led {
            return None;
        }
        let stated = WrittenYear::new(year.value, year.len, None);
        let below =
            if year_first { Below::Day(month_number, day_number) } else { Below::Numeric(day_number, month_number) };
        let core = self.cover(at, next);
        let language = self.language_at(at, next, lead);
        let mut draft = DateDraft::new(core, language, DateShape::Point(DateParts::new(Some(stated), below)), next);
        if split.is_some() {
            draft.note(DateFault::InnerSpace, true);
            draft.edit(self.span(year_at + 1), "");
        }
        let year_token = if year_first { at } else { year_at };
        draft.years.push(YearPlace { year: stated, span: self.span(year_token), mark: None, digits: year.digits });
        if !plausible_year && year.len > 2 {
            draft.note(DateFault::ImplausibleYear, false);
        }
        self.separator_notes(&mut draft, &run.separators);
        self.digit_notes(
            &mut draft,
            &run.numbers.iter().map(|(at, number)| (self.span(*at), *number)).collect::<SmallVec<[_; 3]>>(),
        );
        if swapped && first.sign != ',' {
            draft.note(DateFault::MonthDaySwapped, true);
        }
        Some(draft)
    }

    /// Returns whether a symbol touches the number from the left (`QD12/3/2024`), not a name's last word.
    fn symbolic_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        if !matches!(self.kind(before), Some(Kind::Latin | Kind::Word(_))) {
            return matches!(self.kind(before), Some(Kind::Sign(_) | Kind::Number(_)));
        }
        let word = self.slice(before);
        word.is_ascii()
            && word.len() <= 3
            && word.chars().any(char::is_uppercase)
            && word.chars().skip(1).all(char::is_uppercase)
    }

    fn separator_notes(&self, draft: &mut DateDraft, separators: &[Separator]) {
        let [first, second] = separators else { return };
        let wrong = first.odd || second.odd || first.sign != second.sign;
        let spaced = [first, second].iter().any(|separator| separator.left != separator.right)
            || first.tight() != second.tight();
        if wrong {
            draft.note(DateFault::WrongSeparator, true);
            // Of two kinds of separators either may be the right one.
            if first.sign != second.sign {
                draft.doubt(DateFaultClass::WrongSeparator);
            }
        }
        if spaced {
            draft.note(DateFault::InnerSpace, true);
        }
        if !wrong && !spaced {
            return;
        }
        let signs = [first.sign, second.sign];
        let right = if signs.contains(&'/') || signs == [',', ','] {
            "/"
        } else if signs.contains(&'-') {
            "-"
        } else {
            "."
        };
        let right = if first.odd && second.odd && first.sign != second.sign { "/" } else { right };
        for separator in [first, second] {
            let span = self.around(separator);
            if span.slice(self.text) != right {
                draft.edit(span, CompactString::from(right));
            }
        }
    }
}
