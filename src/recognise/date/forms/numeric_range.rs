//! Ranges of days and months in numbers: `5-7/8`, `28.11-2.12.2024`, `5/2024-7/2024`.

use smallvec::SmallVec;

use super::form::{DateForm, FormGrammar, RunPlace, Trigger};
use crate::recognise::date::grammar::{DateDraft, DateParser, YearPlace};
use crate::recognise::date::lead::LeadWords;
use crate::recognise::date::lex::Number;
use crate::recognise::date::parts::{Below, DateParts, DateShape};
use crate::recognise::date::run::{MOST, NumberRun, Separator, divide, plain_year, small};
use crate::recognise::date::windows;

/// Two days or months in numbers as the ends of a range.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a range in numbers",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Numbers {
        counts: 3..=MOST,
        place: RunPlace::Anywhere,
        read: |parser, at, run, lead| parser.numeric_range(at, run, lead),
    },
    #[cfg(test)]
    examples: &[
        ("từ ngày 5-7/8 nghỉ", &[("5-7/8", "XXXX-08-05/XXXX-08-07")]),
        ("hội chợ 28.11-2.12.2024", &[("28.11-2.12.2024", "2024-11-28/2024-12-02")]),
        ("kỳ 5/2024-7/2024", &[("5/2024-7/2024", "2024-05/2024-07")]),
    ],
    #[cfg(test)]
    others: &["gọi 028-38-22-11"],
};

impl DateParser<'_> {
    pub(super) fn numeric_range(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        if run.numbers.len() == 3 {
            return self.range_of_three(at, run, lead);
        }
        if self.glued_left(at) || self.goes_on(run.next) {
            return None;
        }
        let values: SmallVec<[Number; MOST]> = run.numbers.iter().map(|(_, number)| *number).collect();
        let separators = &run.separators;
        match values.len() {
            // 5-7/8/2024, 5/8-7/8, 5/2024-7/2024
            4 if separators[0].joins() && divide(&separators[1..]) => {
                let end = day_month_year(&values[1..])?;
                let start = DateParts::new(end.year, Below::Numeric(small(values[0])?, month_of(end)?));
                Some(self.ranged(run, (start, 1), end))
            }
            4 if separators[1].joins() && divide(&separators[..1]) && divide(&separators[2..]) => {
                let (start, end) = (two(&values[..2])?, two(&values[2..])?);
                let months = matches!((start.below, end.below), (Below::Month(_), Below::Month(_)));
                let days = start.year.is_none() && end.year.is_none();
                (months || days && (lead.names_day() || lead.from || separators[1].left || self.time_word_before(at)))
                    .then_some(())?;
                Some(self.ranged(run, (start, 2), end))
            }
            5 if separators[1].joins() && divide(&separators[..1]) && divide(&separators[2..]) => {
                let (start, end) =
                    (two(&values[..2]).filter(|start| start.year.is_none())?, day_month_year(&values[2..])?);
                Some(self.ranged(run, (start, 2), end))
            }
            6 if separators[2].joins() && divide(&separators[..2]) && divide(&separators[3..]) => {
                let (start, end) = (full(&values[..3])?, full(&values[3..])?);
                Some(self.ranged(run, (start, 3), end))
            }
            _ => None,
        }
    }

    /// `5-7/8`: days of one month; `tháng 5-7/2024`: months of one year.
    fn range_of_three(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b), (year_at, c)] = run.numbers[..] else { return None };
        let [first, second] = run.separators[..] else { return None };
        let c = self.split_end(year_at, c).unwrap_or(c);
        if self.number_before(at) || self.goes_on(run.next) || !is_range_of_three((first, second), c, lead) {
            return None;
        }
        let (start, end) = (small(a)?, small(b)?);
        if c.len == 4 {
            let year = Some(plain_year(c));
            ((1..=12).contains(&start) && (1..=12).contains(&end)).then_some(())?;
            return Some(self.ranged(
                run,
                (DateParts::new(year, Below::Month(start)), 1),
                DateParts::new(year, Below::Month(end)),
            ));
        }
        let month = small(c)?;
        let days = (1..=31).contains(&start) && (1..=31).contains(&end) && (1..=12).contains(&month);
        if !days || !(lead.names_day() || lead.from) || start == end {
            return None;
        }
        let end = DateParts::new(None, Below::Numeric(end, month));
        Some(self.ranged(run, (DateParts::new(None, Below::Numeric(start, month)), 1), end))
    }

    /// A range whose first end is made of the first `count` numbers of the run.
    fn ranged(&mut self, run: &NumberRun, (start, count): (DateParts, usize), end: DateParts) -> DateDraft {
        let language = self.language();
        let spans = |range: &[(usize, Number)]| self.cover(range[0].0, range[range.len() - 1].0 + 1);
        let (one, other) = (spans(&run.numbers[..count]), spans(&run.numbers[count..]));
        let first = DateDraft::new(one, language, DateShape::Point(start), run.next);
        let mut second = DateDraft::new(other, language, DateShape::Point(end), run.next);
        self.year_of(&mut second, run, end);
        let mut draft = first;
        // Of `5-7/8` only the days change places.
        if count == 1 {
            second.core = self.span(run.numbers[1].0);
            let whole = one.cover(other);
            draft = self.join(draft, second, start, end);
            draft.core = whole;
        } else {
            self.year_of(&mut draft, run, start);
            draft = self.join(draft, second, start, end);
        }
        draft.extent = draft.core;
        self.digit_notes(
            &mut draft,
            &run.numbers.iter().map(|(at, number)| (self.span(*at), *number)).collect::<SmallVec<[_; MOST]>>(),
        );
        draft
    }

    /// Remembers where the year of an end is.
    fn year_of(&self, draft: &mut DateDraft, run: &NumberRun, parts: DateParts) {
        if let Some(year) = parts.year
            && let Some((at, number)) = run
                .numbers
                .iter()
                .find(|(at, number)| number.value == year.number && draft.core.contains(self.span(*at)))
        {
            draft.years.push(YearPlace { year, span: self.span(*at), mark: None, digits: number.digits });
        }
    }
}

/// Returns whether the first two of three numbers can only be the ends of a range: a dash joins them, and what follows
/// the slash is a month, or, behind the word for month, a year.
pub(super) fn is_range_of_three((first, second): (Separator, Separator), last: Number, lead: &LeadWords) -> bool {
    let days = !second.odd && last.len <= 2;
    let months = last.len == 4 && lead.month.is_some() && !lead.day;
    first.joins() && second.sign == '/' && (days || months)
}

fn month_of(parts: DateParts) -> Option<u8> {
    match parts.below {
        Below::Numeric(_, month) | Below::Month(month) | Below::Day(month, _) => Some(month),
        _ => None,
    }
}

/// A day and a month, or a month and a year.
fn two(numbers: &[Number]) -> Option<DateParts> {
    let [a, b] = numbers else { return None };
    let first = small(*a)?;
    if b.len == 4 && (1..=12).contains(&first) && windows::LIKELY.contains(&b.value) {
        return Some(DateParts::new(Some(plain_year(*b)), Below::Month(first)));
    }
    let month = small(*b)?;
    ((1..=31).contains(&first) && (1..=12).contains(&month))
        .then_some(DateParts::new(None, Below::Numeric(first, month)))
}

fn day_month_year(numbers: &[Number]) -> Option<DateParts> {
    let [day, month, year] = numbers else { return None };
    let parts = two(&[*day, *month]).filter(|parts| parts.year.is_none())?;
    let plausible = year.len == 4 && windows::ANY.contains(&year.value) || year.len == 2;
    plausible.then_some(DateParts { year: Some(plain_year(*year)), ..parts })
}

/// A full date, day first or year first.
fn full(numbers: &[Number]) -> Option<DateParts> {
    let [a, month, day] = numbers else { return None };
    if a.len != 4 {
        return day_month_year(numbers);
    }
    let (month, day) = (small(*month)?, small(*day)?);
    ((1..=12).contains(&month) && (1..=31).contains(&day) && windows::ANY.contains(&a.value))
        .then_some(DateParts::new(Some(plain_year(*a)), Below::Day(month, day)))
}
