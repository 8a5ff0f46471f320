//! Dates whose month is a word: `21-23 พฤศจิกายน 2567`, `5 tháng 3 năm 2024`, `July 8th, 2024`.

use smallvec::{SmallVec, smallvec};

use super::DateFault;
use super::grammar::{DateDraft, DateParser, FormMatch, YearPlace};
use super::lex::{Kind, Number};
use super::months::MonthMatch;
use super::parts::{Below, DateParts, DateShape, WrittenYear};
use super::windows;
use super::words::{self, DateWord, MonthForm};
use crate::recognise::profile::Language;
use crate::text::Span;

/// The most days that one list names.
pub(super) const MOST_DAYS: usize = 12;

impl DateParser<'_> {
    /// Days before a month's name, alone, in a range or in a list.
    pub(super) fn worded(&mut self, at: usize) -> FormMatch {
        let Some(first) = self.number(at).filter(|number| number.len <= 2) else { return FormMatch::Nothing };
        let mut days: SmallVec<[(usize, Number); 3]> = smallvec![(at, first)];
        let mut range = false;
        let mut cursor = self.ordinal(at + 1);
        let mut split = None;
        // `2 8 พฤศจิกายน`: one number in two pieces, where a lead word says that a day follows.
        if let (1, Some(Kind::Space(1)), Some(second)) = (first.len, self.kind(at + 1), self.number(at + 2))
            && second.len == 1
            && (1..=3).contains(&first.value)
            && self.lead(at).day
            && self.month_after(at + 3).is_some()
        {
            split = Some(self.cover(at, at + 3));
            days[0].1 = Number { value: first.value * 10 + second.value, len: 2, ..first };
            cursor = at + 3;
        }
        let month = loop {
            if let Some(month) = self.month_after(cursor) {
                break month;
            }
            let Some((next, joins_range)) = self.joiner(cursor) else {
                return if days.len() > 1 {
                    self.days_of_number(&days, range)
                } else {
                    self.abbreviation_typo(at, cursor)
                }
                .into();
            };
            let number = self.number(next).filter(|number| number.len <= 2);
            let Some(number) = number.filter(|_| days.len() < MOST_DAYS && !(joins_range && days.len() > 1)) else {
                return if days.len() > 1 { self.days_of_number(&days, range).into() } else { FormMatch::Nothing };
            };
            range |= joins_range;
            days.push((next, number));
            cursor = self.ordinal(next + 1);
        };
        // `#31มีนาคม2567`
        let tag =
            month.language == Language::Thai && at.checked_sub(1).is_some_and(|sign| self.sign(sign) == Some('#'));
        if range && days.len() > 2 || self.glued_left(at) && days.len() == 1 && !self.glued_name(at) && !tag {
            return FormMatch::Nothing;
        }
        if !self.month_fits(&month, days[days.len() - 1].1) {
            return FormMatch::Nothing;
        }
        self.dated(at, &days, range, &month, split).into()
    }

    /// `5, 6 và 7/3/2024`, `từ 21 đến 23/11`: days whose month is a number behind the last of them.
    fn days_of_number(&mut self, days: &[(usize, Number)], range: bool) -> Option<DateDraft> {
        let ((first, _), (last, last_day)) = (days[0], days[days.len() - 1]);
        let lead = self.lead(first);
        if !(lead.day || lead.part || lead.from)
            || range && days.len() > 2
            || !matches!(self.sign(last + 1), Some('/' | '-' | '.'))
        {
            return None;
        }
        let slash = self.sign(last + 1) == Some('/');
        if !slash && !lead.day && lead.language != Language::Vietnamese {
            return None;
        }
        let month = self.number(last + 2).filter(|month| month.len <= 2 && (1..=12).contains(&month.value))?;
        let mut next = last + 3;
        let mut year = None;
        if self.sign(next) == self.sign(last + 1)
            && let Some(number) =
                self.number(next + 1).filter(|number| number.len == 4 && windows::ANY.contains(&number.value))
        {
            let stated = WrittenYear::new(number.value, 4, None);
            year = Some(YearPlace { year: stated, span: self.span(next + 1), mark: None, digits: number.digits });
            next += 2;
        }
        if self.goes_on(next) || !(1..=31).contains(&last_day.value) {
            return None;
        }
        let stated = year.map(|at| at.year);
        let mut points: SmallVec<[DateParts; 3]> = days
            .iter()
            .map(|(_, day)| DateParts::new(stated, Below::Day(month.value as u8, day.value as u8)))
            .collect();
        let shape = match points.as_slice() {
            [start, end] if range => DateShape::Range(*start, *end),
            _ => DateShape::List(std::mem::take(&mut points)),
        };
        let language = if lead.language == Language::Unknown { self.language() } else { lead.language };
        let mut draft = DateDraft::new(self.cover(first, next), language, shape, next);
        draft.years.extend(year);
        if range && days[0].1.value > last_day.value {
            draft.note(DateFault::ReversedRange, true);
            draft.edit(self.span(first), self.slice(last));
            draft.edit(self.span(last), self.slice(first));
        }
        Some(self.with_lead(draft, &lead))
    }

    /// `28 ต.ต. 2567`: two letters with full stops where a month's abbreviation should be. Offices, ranks and
    /// measures are abbreviated so too: without a year a word must say that a day is meant.
    fn abbreviation_typo(&self, at: usize, after_day: usize) -> Option<DateDraft> {
        let name = self.skip(after_day);
        let rest = self.rest(name);
        let len = two_letters(rest)?;
        // `ฉบับที่ 3 พ.ศ. 2562`: a number before the mark of a year.
        if matches!(self.word(name), Some(DateWord::Era(..) | DateWord::OtherEra)) {
            return None;
        }
        let known = words::THAI_ABBREVIATIONS_OF_NO_MONTH.iter().any(|word| rest.starts_with(word));
        let next = self.tokens.partition_point(|token| (token.start as usize) < self.span(name).start as usize + len);
        if self.tokens.get(next).is_some_and(|token| token.start as usize != self.span(name).start as usize + len) {
            return None;
        }
        let led = self.lead(at).day;
        // A rank or an office is no month, unless a word for day and a whole year stand around it.
        if known && !led {
            return None;
        }
        let year = self.skip(next);
        let stated = self.number(year).filter(|number| {
            !self.goes_on(year + 1) && !self.clock_at(year) && !self.counts(year + 1) && number.real > 0
        });
        let plausible =
            |number: Number| windows::MODERN.contains(&number.value) || windows::BUDDHIST.contains(&number.value);
        let next = match stated {
            Some(number) if number.len == 4 && plausible(number) => year + 1,
            Some(number) if number.len == 2 && !known && (led || windows::SHORT_THAI.contains(&number.value)) => {
                year + 1
            }
            _ if led && !known && rest[..len].ends_with('.') => next,
            _ => return None,
        };
        if ["ส.ส.", "ส.ว.", "ก.ม.", "พ.ร."].iter().any(|word| rest.starts_with(word))
            || self.number(at).is_none_or(|day| day.value > 31)
        {
            return None;
        }
        let mut draft = DateDraft::new(self.cover(at, next), Language::Thai, DateShape::Nothing, next);
        draft.mention = false;
        draft.note(DateFault::MonthAbbrevTypo, false);
        Some(draft)
    }

    /// A date that a name stands against without a space: `Nam16 tháng 4`.
    fn glued_name(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|before| {
            matches!(self.kind(before), Some(Kind::Latin)) && self.slice(before).chars().count() > 1
        })
    }

    /// Puts days, their month and what follows together.
    fn dated(
        &mut self,
        at: usize,
        days: &[(usize, Number)],
        range: bool,
        month: &MonthMatch,
        split: Option<Span>,
    ) -> Option<DateDraft> {
        let lead = self.lead(at);
        let (last_day_at, last_day) = days[days.len() - 1];
        let year = self.year_after(month.next, month, true);
        let spoken_fully = lead.day || lead.weekday.is_some() || year.is_some();
        if month.misspelt
            && !month_certain(month, last_day.value, month_distance_doubtful(self.slice(month.next - 1)))
            && !spoken_fully
        {
            return None;
        }
        let unit_misspelt =
            matches!(self.word(month.first), Some(DateWord::Misspelt(..))) && month.language == Language::Vietnamese;
        if unit_misspelt && year.is_none() && !lead.day {
            return None;
        }
        // `Directive 52 of June`, `7 กย 3389`
        let plate = month.form == MonthForm::Dotless
            && year.is_none()
            && self.number(self.skip(month.next)).is_some_and(|number| number.len > 2);
        if plate || last_day.value > 31 && month.language == Language::English && !lead.names_day() {
            return None;
        }
        if last_day.letters && !(year.is_some() || lead.day) || last_day.value > 99 {
            return None;
        }
        // 14 ตุลา and 6 ตุลา are names of what happened on them.
        if month.form == MonthForm::Short
            && year.is_none()
            && !lead.day
            && matches!((month.month, last_day.value), (10, 6 | 14))
        {
            return None;
        }
        if month.number.is_some() && year.is_none() && !self.month_number_stands(at, month, &lead) {
            return None;
        }
        let next = year.as_ref().map_or(month.next, |year| year.next);
        let core = self.cover(at, next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let point = |day: u32| DateParts::new(stated, Below::Day(month.month, day.min(99) as u8));
        let mut points: SmallVec<[DateParts; 3]> = days.iter().map(|(_, number)| point(number.value)).collect();
        let shape = match points.as_slice() {
            [one] => DateShape::Point(*one),
            [start, end] if range => DateShape::Range(*start, *end),
            _ => DateShape::List(std::mem::take(&mut points)),
        };
        let mut draft = DateDraft::new(core, month.language, shape, next);
        draft.language = if month.language == Language::English { Language::English } else { month.language };
        if let Some(span) = split {
            draft.note(DateFault::InnerSpace, true);
            draft.edit(span, format!("{}", last_day.value));
        }
        self.month_notes(&mut draft, month, last_day_at, year.as_ref());
        if range
            && let [(first_at, first), (second_at, second)] = days
            && first.value > second.value
        {
            draft.note(DateFault::ReversedRange, true);
            draft.edit(self.span(*first_at), self.slice(*second_at));
            draft.edit(self.span(*second_at), self.slice(*first_at));
        }
        let mut numbers: SmallVec<[(Span, Number); 4]> =
            days.iter().map(|(at, number)| (self.span(*at), *number)).collect();
        if split.is_some() {
            numbers.clear();
        }
        if let Some(number) = month.number {
            numbers.push((self.span(month.next - 1), number));
        }
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
        }
        self.digit_notes(&mut draft, &numbers);
        self.open_year(&mut draft, month, year.is_some());
        let draft = self.with_lead(draft, &lead);
        Some(if days.len() == 1 { self.with_second(draft, month.language) } else { draft })
    }

    /// A second date behind a dash or ถึง makes a range of two dates: `6 พ.ค.-5 มิ.ย. 68`.
    fn with_second(&mut self, first: DateDraft, language: Language) -> DateDraft {
        let DateShape::Point(start) = first.shape else { return first };
        let joint = self.skip(first.next);
        let thai_to = self.word(joint) == Some(DateWord::To(Language::Thai)) && language == Language::Thai;
        let dash = self.sign(joint).is_some_and(is_dash);
        if !thai_to && !dash {
            return first;
        }
        let day = self.skip(joint + 1);
        let Some(number) = self.number(day).filter(|number| number.len <= 2) else { return first };
        let Some(month) = self.month_after(self.ordinal(day + 1)) else { return first };
        if !self.month_fits(&month, number) || month.language != language {
            return first;
        }
        let second = self.dated_end(day, number, &month);
        let DateShape::Point(end) = second.shape else { return first };
        self.join(first, second, start, end)
    }

    /// The second end of a range, without a look at what stands before it.
    fn dated_end(&mut self, at: usize, day: Number, month: &MonthMatch) -> DateDraft {
        let year = self.year_after(month.next, month, true);
        let next = year.as_ref().map_or(month.next, |year| year.next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let parts = DateParts::new(stated, Below::Day(month.month, day.value.min(99) as u8));
        let mut draft = DateDraft::new(self.cover(at, next), month.language, DateShape::Point(parts), next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        let mut numbers: SmallVec<[(Span, Number); 4]> = smallvec![(self.span(at), day)];
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            numbers.push((hit.at.span, hit.number));
        }
        self.digit_notes(&mut draft, &numbers);
        draft
    }

    /// Two dates as the ends of one range.
    pub(super) fn join(&self, mut first: DateDraft, second: DateDraft, start: DateParts, end: DateParts) -> DateDraft {
        let reversed = match (start.year, end.year) {
            (Some(a), Some(b)) if a.digits == b.digits => order(start) > order(end),
            (None, _) => month_of(start) == month_of(end) && order_below(start) > order_below(end),
            _ => false,
        };
        let both = [start, end].map(|parts| parts.year.filter(|year| year.mark.is_none() && year.digits == 4));
        let mixed = matches!(both, [Some(a), Some(b)] if (a.number >= 2400) != (b.number >= 2400));
        let (one, other) = (first.core, second.core);
        first.shape = DateShape::Range(start, end);
        first.core = one.cover(other);
        first.extent = first.extent.cover(first.core);
        first.next = second.next;
        first.years.extend(second.years);
        for note in second.notes {
            if !first.has(note.fault.class()) {
                first.notes.push(note);
            }
        }
        first.edits.extend(second.edits);
        if mixed {
            first.note(DateFault::MixedEraRange, false);
        } else if reversed && first.edits.is_empty() {
            first.note(DateFault::ReversedRange, true);
            first.edit(one, other.slice(self.text));
            first.edit(other, one.slice(self.text));
        } else if reversed {
            first.note(DateFault::ReversedRange, false);
        }
        first
    }

    /// The token after `st`, `nd`, `rd`, `th` where one stands at `at`, else `at`.
    pub(super) fn ordinal(&self, at: usize) -> usize {
        at + usize::from(
            matches!(self.kind(at), Some(Kind::Latin)) && matches!(self.slice(at), "st" | "nd" | "rd" | "th"),
        )
    }

    /// A dash, comma or conjunction between two days: the token behind it, and whether it makes a range.
    pub(super) fn joiner(&self, at: usize) -> Option<(usize, bool)> {
        let at = self.skip(at);
        match self.kind(at)? {
            Kind::Sign(sign) if is_dash(sign) => Some((self.skip(at + 1), true)),
            Kind::Sign(',') => {
                let next = self.skip(at + 1);
                // `5, 6, và 7`
                Some((
                    if matches!(self.word(next), Some(DateWord::And(_))) { self.skip(next + 1) } else { next },
                    false,
                ))
            }
            Kind::Word(DateWord::And(_)) => Some((self.past_day_word(at + 1), false)),
            Kind::Word(DateWord::To(_)) => Some((self.past_day_word(at + 1), true)),
            _ => None,
        }
    }

    fn past_day_word(&self, at: usize) -> usize {
        let at = self.skip(at);
        match self.word(at) {
            Some(DateWord::Day(_)) => self.skip(at + 1),
            Some(DateWord::Weekday(_, Language::Thai)) if self.word(self.skip(at + 1)) == Some(DateWord::Ordinal) => {
                self.skip(self.skip(at + 1) + 1)
            }
            _ => at,
        }
    }
}

/// The length of two Thai letters that are abbreviated: `ต.ต.`, `มิ.ต`.
fn two_letters(text: &str) -> Option<usize> {
    let letter = |text: &str| {
        let vowel = usize::from(text.starts_with('เ')) * 3;
        let consonant = text[vowel..].chars().next().filter(|c| matches!(c, 'ก'..='ฮ'))?;
        let mark = text[vowel + consonant.len_utf8()..].chars().next().filter(|c| matches!(c, 'ิ' | 'ี' | 'ึ' | 'ื'));
        Some(vowel + consonant.len_utf8() + mark.map_or(0, char::len_utf8))
    };
    let first = letter(text)?;
    let dot = first + usize::from(text[first..].starts_with('.'));
    let second = dot + letter(&text[dot..])?;
    let end = second + usize::from(text[second..].starts_with('.'));
    let dots = usize::from(dot > first) + usize::from(end > second);
    (dot > first && dots >= 1 && !text[end..].starts_with(|c| matches!(c, '\u{E01}'..='\u{E4E}'))).then_some(end)
}

/// Returns whether a misspelt month behind a day needs no other evidence.
fn month_certain(month: &MonthMatch, day: u32, doubtful: bool) -> bool {
    (1..=31).contains(&day) && (month.language == Language::Thai || !doubtful)
}

pub(super) fn month_distance_doubtful(word: &str) -> bool {
    word.len() < 5
}

pub(super) const fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '–' | '—' | '‐' | '‑' | '−' | '~')
}

fn month_of(parts: DateParts) -> u8 {
    match parts.below {
        Below::Day(month, _) | Below::Month(month) => month,
        Below::Numeric(_, month) => month,
        _ => 0,
    }
}

fn order_below(parts: DateParts) -> (u8, u8) {
    match parts.below {
        Below::Day(month, day) => (month, day),
        Below::Numeric(day, month) => (month, day),
        Below::Month(n) | Below::Half(n) | Below::Quarter(n) => (n, 0),
        Below::Year | Below::Decade => (0, 0),
    }
}

fn order(parts: DateParts) -> (u32, (u8, u8)) {
    (parts.year.map_or(0, |year| year.number), order_below(parts))
}
