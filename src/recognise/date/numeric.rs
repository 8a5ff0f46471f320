//! Dates of numbers and separators: `25/05/2024`, `2024-11-28`, `28.11-2.12.2024`, `2016 – 2020`.
//!
//! A run of numbers and separators is read as a whole, so that no piece of a telephone number, a version or a
//! document's symbol is taken for a date, and each run is looked at once however long it is.

use compact_str::CompactString;
use smallvec::SmallVec;

use super::frames::lunar_fact;
use super::grammar::{DateDraft, DateParser, FormMatch, YearPlace};
use super::lead::LeadWords;
use super::lex::{Digits, Kind, Number};
use super::parts::{Below, DateParts, DateShape, WrittenYear};
use super::windows;
use super::worded::is_dash;
use super::{DateFault, DateFaultClass};
use crate::recognise::profile::Language;
use crate::text::Span;

/// The most numbers a date of numbers has: two full dates.
const MOST: usize = 6;

/// The text that stands between two numbers of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Separator {
    pub span: Span,
    /// `/`, `-`, `.`, or what it was in place of them.
    pub sign: char,
    /// Doubled, or of two kinds, or one that dates do not have.
    pub odd: bool,
    pub left: bool,
    pub right: bool,
}

impl Separator {
    pub(super) const fn tight(self) -> bool {
        !self.left && !self.right
    }

    /// Returns whether it may join the two ends of a range.
    fn joins(self) -> bool {
        self.sign == '-' && !self.odd && self.left == self.right
    }

    /// Returns whether it may stand inside a date.
    pub(super) fn divides(self) -> bool {
        self.sign != '-' || self.tight()
    }
}

/// A run of numbers and separators.
pub(super) struct NumberRun {
    pub numbers: SmallVec<[(usize, Number); MOST]>,
    pub separators: SmallVec<[Separator; MOST]>,
    pub next: usize,
    /// More than [`MOST`] numbers.
    endless: bool,
}

impl DateParser<'_> {
    /// Numbers with separators between them.
    pub(super) fn chain(&mut self, at: usize) -> FormMatch {
        if let Some(draft) = self.split_day(at) {
            return Some(draft).into();
        }
        let mut run = self.run_of_numbers(at);
        if run.endless {
            return FormMatch::Skip(run.next);
        }
        if run.numbers.len() < 2 {
            return FormMatch::Nothing;
        }
        if self.slug_follows(run.next) {
            return FormMatch::Skip(run.next);
        }
        let lead = self.lead(at);
        // The numbers behind ครั้งที่ are meetings and their year: 7-3/2565.
        if lead.meeting {
            return self.after_run(&run, &lead);
        }
        loop {
            if let Some(draft) = self.read_run(at, &run, &lead) {
                let draft = self.with_lead(draft, &lead);
                return if self.lunar_after(draft.next) { Some(lunar_fact(draft)).into() } else { Some(draft).into() };
            }
            // What a spaced dash joins may be two things of which the first is a date.
            let Some(cut) = run.separators.iter().rposition(|separator| !separator.tight()) else { break };
            run.numbers.truncate(cut + 1);
            run.separators.truncate(cut);
            run.next = run.numbers[cut].0 + 1;
            if run.numbers.len() < 2 {
                break;
            }
        }
        self.after_run(&run, &lead)
    }

    /// `ngày 2 8/11/2024`: the day in two pieces, where a word says that a day follows.
    fn split_day(&mut self, at: usize) -> Option<DateDraft> {
        let (first, second) = (self.number(at)?, self.number(at + 2)?);
        let pieces = first.len == 1
            && second.len == 1
            && self.kind(at + 1) == Some(Kind::Space(1))
            && (1..=3).contains(&first.value);
        if !pieces || !matches!(self.sign(at + 3), Some('/' | '-' | '.')) || !self.lead(at).day {
            return None;
        }
        let run = self.run_of_numbers(at + 2);
        let lead = self.lead(at);
        if run.numbers.len() != 3 {
            return None;
        }
        let mut draft = self.triple(at + 2, &run, &lead)?;
        let day = (first.value * 10 + second.value) as u8;
        if let DateShape::Point(DateParts { below: Below::Numeric(first, _), .. }) = &mut draft.shape {
            *first = day;
        }
        draft.core = draft.core.cover(self.span(at));
        draft.note(DateFault::InnerSpace, true);
        draft.edit(self.span(at + 1), "");
        Some(self.with_lead(draft, &lead))
    }

    /// A run that is no date may still hold the year of a meeting: `ครั้งที่ 14/2561`.
    fn after_run(&mut self, run: &NumberRun, lead: &LeadWords) -> FormMatch {
        if let ([_, .., (year_at, number)], [.., separator]) = (run.numbers.as_slice(), run.separators.as_slice())
            && lead.meeting
            && separator.sign == '/'
            && separator.tight()
            && number.len == 4
            && !self.goes_on(run.next)
            && windows::BUDDHIST.contains(&number.value)
        {
            let year = YearPlace {
                year: WrittenYear::new(number.value, 4, None),
                span: self.span(*year_at),
                mark: None,
                digits: number.digits,
            };
            let mut draft = DateDraft::new(
                year.span,
                Language::Thai,
                DateShape::Point(DateParts::new(Some(year.year), Below::Year)),
                run.next,
            );
            draft.years.push(year);
            return Some(draft).into();
        }
        FormMatch::Skip(run.next)
    }

    fn run_of_numbers(&self, at: usize) -> NumberRun {
        let mut run = NumberRun { numbers: SmallVec::new(), separators: SmallVec::new(), next: at + 1, endless: false };
        if let Some(number) = self.number(at) {
            run.numbers.push((at, number));
        }
        while let Some((separator, next)) = self.separator(run.next) {
            let Some(number) = self.number(next) else { break };
            // `31/12 - 02h45`
            if !separator.tight() && self.clock_at(next) {
                break;
            }
            if separator.sign == ',' && number.len == 4 && run.numbers.last().is_some_and(|(_, last)| last.len == 4) {
                break;
            }
            run.next = next + 1;
            if run.numbers.len() == MOST {
                run.endless = true;
                continue;
            }
            if run.endless {
                continue;
            }
            run.separators.push(separator);
            run.numbers.push((next, number));
        }
        run
    }

    /// The separator at `at`, and the token behind it.
    fn separator(&self, at: usize) -> Option<(Separator, usize)> {
        let left = matches!(self.kind(at), Some(Kind::Space(_)));
        let first = self.skip(at);
        let sign = self.sign(first)?;
        let mut odd = false;
        let sign = match sign {
            '/' | '.' => sign,
            '\\' | '／' | '⁄' | '∕' => {
                odd = true;
                '/'
            }
            ',' => {
                odd = true;
                ','
            }
            sign if is_dash(sign) => '-',
            _ => return None,
        };
        let mut next = first + 1;
        if self.sign(next).is_some_and(|second| matches!(second, '/' | '.' | '\\' | ',') || is_dash(second)) {
            if left {
                return None;
            }
            odd = true;
            next += 1;
        }
        let span = self.cover(first, next);
        let right = matches!(self.kind(next), Some(Kind::Space(_)));
        let separator = Separator { span, sign, odd, left, right };
        // A comma and a full stop with spaces end a clause.
        let ends = matches!(sign, ',' | '.') && !separator.tight() && !(sign == '.' && self.inner_stop(at, next));
        if ends { None } else { Some((separator, self.skip(next))) }
    }

    /// Returns whether a full stop with a space on one side stands inside a date: `9.7. 2025`.
    fn inner_stop(&self, at: usize, next: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.number(at));
        let after = self.number(self.skip(next));
        let two_before = at.checked_sub(3).and_then(|at| self.number(at));
        let (Some(before), Some(after)) = (before, after) else { return false };
        two_before.is_some()
            && at.checked_sub(2).and_then(|at| self.sign(at)) == Some('.')
            && before.len <= 2
            && after.len == 4
            && windows::LIKELY.contains(&after.value)
    }

    fn read_run(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let values: SmallVec<[Number; MOST]> = run.numbers.iter().map(|(_, number)| *number).collect();
        let separators = &run.separators;
        if values.iter().all(|number| number.real == 0) {
            return None;
        }
        match values.len() {
            2 => self.pair(at, run, lead),
            3 => self.triple(at, run, lead),
            _ if self.glued_left(at) || self.goes_on(run.next) => None,
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

    // ---------------------------------------------------------------- three numbers

    fn triple(&mut self, at: usize, run: &NumberRun, lead: &LeadWords) -> Option<DateDraft> {
        let [(_, a), (_, b), (year_at, c)] = run.numbers[..] else { return None };
        let [first, second] = run.separators[..] else { return None };
        let mut next = run.next;
        let split = self.split_end(year_at, c);
        let c = split.unwrap_or(c);
        if split.is_some() {
            next = year_at + 3;
        }
        let led = lead.names_day() || lead.from;
        if self.number_before(at) || self.goes_on(run.next) {
            return None;
        }
        if first.joins() && !second.odd && second.sign == '/' && c.len <= 2 {
            // 5-7/8: days of one month
            let (start, end, month) = (small(a)?, small(b)?, small(c)?);
            let days = (1..=31).contains(&start) && (1..=31).contains(&end) && (1..=12).contains(&month);
            let lead_enough = lead.names_day() || lead.from;
            if days && lead_enough && start != end {
                let end = DateParts::new(None, Below::Numeric(end, month));
                return Some(self.ranged(run, (DateParts::new(None, Below::Numeric(start, month)), 1), end));
            }
            return None;
        }
        if first.joins() && second.sign == '/' && c.len == 4 && lead.month.is_some() && !lead.day {
            // tháng 5-7/2024: months of one year
            let year = Some(plain_year(c));
            let (start, end) = (small(a)?, small(b)?);
            ((1..=12).contains(&start) && (1..=12).contains(&end)).then_some(())?;
            return Some(self.ranged(
                run,
                (DateParts::new(year, Below::Month(start)), 1),
                DateParts::new(year, Below::Month(end)),
            ));
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
            ('/', 3 | 5) => in_calendar && (led || first.tight()) && year_like(year),
            (_, 3 | 5) => in_calendar && led && year_like(year),
            _ => false,
        };
        if !enough {
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

    /// The year whose second half follows behind a space: `28/11/20 24`.
    fn split_end(&self, at: usize, first: Number) -> Option<Number> {
        let second = self
            .number(at + 2)
            .filter(|second| self.kind(at + 1) == Some(Kind::Space(1)) && first.len + second.len == 4)?;
        let value = first.value * 10_u32.pow(u32::from(second.len)) + second.value;
        let year = windows::is_near(value);
        (year && !self.goes_on(at + 3) && !self.counts(at + 3) && !self.clock_at(at + 2)).then_some(Number {
            value,
            len: 4,
            ..first
        })
    }

    /// Returns whether a number and a separator stand before, so that the run is the end of a longer one.
    pub(super) fn number_before(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        match self.kind(before) {
            Some(Kind::Sign('/' | '-' | '.' | ':' | '\\' | ',')) => {
                matches!(
                    before.checked_sub(1).and_then(|at| self.kind(at)),
                    Some(Kind::Number(_) | Kind::Latin | Kind::Word(_))
                ) && !(self.sign(before) == Some('-') && self.is_thai(before - 1))
            }
            Some(Kind::Sign('$' | '#' | '_' | '=' | '&' | '+' | '@')) => true,
            _ => false,
        }
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

    /// The language of a date of numbers: its lead's, else that of letters that touch it, else the segment's.
    pub(super) fn language_at(&mut self, at: usize, next: usize, lead: &LeadWords) -> Language {
        if lead.language != Language::Unknown {
            return lead.language;
        }
        if (at..next)
            .any(|at| self.number(at).is_some_and(|number| matches!(number.digits, Digits::Thai | Digits::Mixed)))
        {
            return Language::Thai;
        }
        if (at..next).any(|at| self.number(at).is_some_and(|number| number.digits == Digits::Lao)) {
            return Language::Lao;
        }
        let glued = at.checked_sub(1).filter(|before| matches!(self.kind(*before), Some(Kind::Latin | Kind::Word(_))));
        if glued.is_some_and(|before| self.slice(before).chars().any(super::lex::is_vietnamese)) {
            return Language::Vietnamese;
        }
        self.language()
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

    /// A separator and the spaces beside it.
    pub(super) fn around(&self, separator: &Separator) -> Span {
        let start = self.text[..separator.span.start as usize].trim_end_matches(super::lex::is_space).len();
        let rest = &self.text[separator.span.end as usize..];
        let end = separator.span.end as usize + rest.len() - rest.trim_start_matches(super::lex::is_space).len();
        Span::of(start, end)
    }
}

fn divide(separators: &[Separator]) -> bool {
    separators.windows(2).all(|pair| pair[0].sign == pair[1].sign)
        && separators.iter().all(|separator| separator.divides() && !separator.odd)
}

/// A number of at most two digits.
pub(super) fn small(number: Number) -> Option<u8> {
    (number.len <= 2).then_some(number.value as u8)
}

const fn plain_year(number: Number) -> WrittenYear {
    WrittenYear::new(number.value, number.len, None)
}

/// Returns whether a number of three or five digits looks like a year that lost or gained one.
fn year_like(number: Number) -> bool {
    let text = number.value.to_string();
    ["25", "24", "20", "19"].iter().any(|start| text.starts_with(start))
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
