//! Dates that begin with the month's name: `July 8th, 2024`, `November 2024`, `เดือนมิถุนายน 2555`, `April`.

use smallvec::SmallVec;

use super::DateFault;
use super::grammar::{DateDraft, DateParser, FormMatch};
use super::lead::LeadWords;
use super::lex::{Kind, Number};
use super::months::{MonthMatch, YearMatch};
use super::parts::{Below, DateParts, DateShape};
use super::windows;
use super::worded::{MOST_DAYS, is_dash, month_distance_doubtful};
use super::words::{DateWord, MonthForm};
use crate::recognise::profile::Language;
use crate::text::Span;

impl DateParser<'_> {
    /// A month without a day before it: `July 8th, 2024`, `November 2024`, `เดือนมิถุนายน 2555`, `April`.
    pub(super) fn month_first(&mut self, at: usize) -> FormMatch {
        let Some(month) = self.month_at(at) else { return FormMatch::Nothing };
        if matches!(
            at.checked_sub(1).and_then(|before| self.kind(before)),
            Some(Kind::Latin | Kind::Number(_) | Kind::Sign('@' | '#' | '_'))
        ) || matches!(self.kind(month.next), Some(Kind::Latin | Kind::Sign('_' | '@')))
        {
            return FormMatch::Nothing;
        }
        let thai = month.language == Language::Thai && self.day_and_year_follow(month.next);
        if (month.language == Language::English || thai)
            && let Some(draft) = self.month_and_days(at, &month)
        {
            return Some(draft).into();
        }
        self.month_alone(at, &month).into()
    }

    /// `ธันวาคม 11, 2014`: Thai text with the English order.
    fn day_and_year_follow(&self, next: usize) -> bool {
        let day = self.skip(next);
        self.number(day).is_some_and(|day| day.len <= 2 && (1..=31).contains(&day.value))
            && self.sign(day + 1) == Some(',')
            && self.number(self.skip(day + 2)).is_some_and(|year| year.len == 4 && windows::ANY.contains(&year.value))
    }

    fn month_and_days(&mut self, at: usize, month: &MonthMatch) -> Option<DateDraft> {
        let mut days: SmallVec<[(usize, Number); 3]> = SmallVec::new();
        let mut range = false;
        let mut cursor = self.skip(month.next);
        if self.word(cursor) == Some(DateWord::The) {
            cursor = self.skip(cursor + 1);
        }
        let mut end = cursor;
        while let Some(number) =
            self.number(cursor).filter(|number| number.len <= 2 && number.real > 0 && days.len() < MOST_DAYS)
        {
            if number.value > 39
                || self.clock_at(cursor)
                || self.sign(cursor + 1) == Some(',') && self.number(cursor + 2).is_some_and(|n| n.len == 3)
            {
                break;
            }
            days.push((cursor, number));
            end = self.ordinal(cursor + 1);
            let Some((next, joins_range)) = self.joiner(end) else { break };
            // A comma leads to the year, unless another day and `and` follow.
            let more = self
                .number(next)
                .is_some_and(|number| number.len <= 2 && !self.counts(next + 1) && !self.clock_at(next));
            if !more || joins_range && days.len() > 1 || self.month_after(self.ordinal(next + 1)).is_some() {
                break;
            }
            range |= joins_range;
            cursor = next;
        }
        if days.is_empty() || self.counts(end) || matches!(self.kind(end), Some(Kind::Latin | Kind::Sign('%'))) {
            return None;
        }
        let year = self
            .year_after(end, month, true)
            .filter(|hit| hit.number.len != 2 || matches!(self.before_digit(hit), '\'' | '’'));
        if month.misspelt && year.is_none() && month_distance_doubtful(self.slice(month.first)) {
            return None;
        }
        let next = year.as_ref().map_or(end, |hit| hit.next);
        let stated = year.as_ref().map(|hit| hit.at.year);
        let points: SmallVec<[DateParts; 3]> = days
            .iter()
            .map(|(_, number)| DateParts::new(stated, Below::Day(month.month, number.value as u8)))
            .collect();
        let shape = match points.as_slice() {
            [one] => DateShape::Point(*one),
            [start, end] if range => DateShape::Range(*start, *end),
            _ => DateShape::List(points),
        };
        let mut draft = DateDraft::new(self.cover(at, next), month.language, shape, next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        if range
            && let [(first_at, first), (second_at, second)] = days[..]
            && first.value > second.value
        {
            draft.note(DateFault::ReversedRange, true);
            draft.edit(self.span(first_at), self.slice(second_at));
            draft.edit(self.span(second_at), self.slice(first_at));
        }
        let mut numbers: SmallVec<[(Span, Number); 4]> =
            days.iter().map(|(at, number)| (self.span(*at), *number)).collect();
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                numbers.push((hit.at.span, hit.number));
            }
        }
        self.digit_notes(&mut draft, &numbers);
        let lead = self.lead(at);
        let draft = self.with_lead(draft, &lead);
        if days.len() > 1 {
            return Some(draft);
        }
        // `May 30 - June 2, 2024`
        let joint = self.skip(draft.next);
        let second = self.skip(joint + 1);
        if self.sign(joint).is_some_and(is_dash)
            && let Some(month) = self.month_at(second).filter(|month| month.language == Language::English)
            && let Some(other) = self.month_and_days(second, &month)
            && let (DateShape::Point(start), DateShape::Point(end)) = (&draft.shape, &other.shape)
        {
            let (start, end) = (*start, *end);
            return Some(self.join(draft, other, start, end));
        }
        Some(draft)
    }

    fn before_digit(&self, hit: &YearMatch) -> char {
        self.text[..hit.at.span.start as usize].chars().next_back().unwrap_or(' ')
    }

    fn month_alone(&mut self, at: usize, month: &MonthMatch) -> Option<DateDraft> {
        let lead = self.lead(at);
        let mut year = self.year_after(month.next, month, false);
        if month.form == MonthForm::Short && year.is_none() && lead.month.is_none() {
            return None;
        }
        let capital = self.slice(at).starts_with(char::is_uppercase);
        if month.language == Language::English {
            if year.as_ref().is_some_and(|hit| hit.number.len == 2 && !matches!(self.before_digit(hit), '\'' | '’')) {
                year = None;
            }
            if year.is_none() && !self.english_month_stands(at, month, &lead, capital) {
                return None;
            }
        }
        if (month.misspelt || month.form.is_abbreviation())
            && year.is_none()
            && lead.month.is_none()
            && !self.month_range_follows(month)
        {
            return None;
        }
        if month.form == MonthForm::Dotless && lead.month.is_none() {
            return None;
        }
        // ຕຸລາ may begin another word.
        if month.language == Language::Lao && year.is_none() && lead.month.is_none() {
            return None;
        }
        let next = year.as_ref().map_or(month.next, |hit| hit.next);
        let parts = DateParts::new(year.as_ref().map(|hit| hit.at.year), Below::Month(month.month));
        let mut draft = DateDraft::new(self.cover(at, next), month.language, DateShape::Point(parts), next);
        self.month_notes(&mut draft, month, at, year.as_ref());
        if let Some(hit) = &year {
            self.year_notes(&mut draft, hit);
            if hit.split.is_none() {
                self.digit_notes(&mut draft, &[(hit.at.span, hit.number)]);
            }
        }
        self.open_year(&mut draft, month, year.is_some());
        let draft = self.with_lead(draft, &lead);
        let mut draft = self.missing_day(draft, at, &lead);
        // `มกราคม - มีนาคม 2567`
        let joint = self.skip(draft.next);
        let joins = self.sign(joint).is_some_and(is_dash)
            || self.word(joint) == Some(DateWord::To(Language::Thai)) && month.language == Language::Thai;
        let mut second = self.skip(joint + 1);
        if self.word(second) == Some(DateWord::MonthUnit(Language::Thai)) {
            second = self.skip(second + 1);
        }
        if joins && let Some(other) = self.month_at(second).filter(|other| other.language == month.language) {
            let hit = self.year_after(other.next, &other, false);
            let next = hit.as_ref().map_or(other.next, |hit| hit.next);
            let parts = DateParts::new(hit.as_ref().map(|hit| hit.at.year), Below::Month(other.month));
            let mut end = DateDraft::new(self.cover(second, next), month.language, DateShape::Point(parts), next);
            self.month_notes(&mut end, &other, second, hit.as_ref());
            if let Some(hit) = &hit {
                self.year_notes(&mut end, hit);
            }
            if let DateShape::Point(start) = draft.shape {
                draft = self.join(draft, end, start, parts);
            }
        }
        Some(draft)
    }

    fn month_range_follows(&self, month: &MonthMatch) -> bool {
        let joint = self.skip(month.next);
        self.sign(joint).is_some_and(is_dash)
            && self.month_at(self.skip(joint + 1)).is_some_and(|other| other.form == month.form)
    }

    /// Returns whether an English month's name without a number is the month and not a verb, a name or a word.
    fn english_month_stands(&self, at: usize, month: &MonthMatch, lead: &LeadWords, capital: bool) -> bool {
        let led = lead.year.is_some()
            || lead.from
            || matches!(self.back(at).and_then(|before| self.word(before)), Some(DateWord::Of | DateWord::And(_)));
        let after = self.skip(month.next);
        let name_follows = after > month.next
            && matches!(self.kind(after), Some(Kind::Latin))
            && self.slice(after).starts_with(char::is_uppercase);
        capital
            && month.form == MonthForm::Full
            && !self.slice(at).chars().nth(1).is_some_and(char::is_uppercase)
            && (led || !matches!(month.month, 3 | 5) && !name_follows)
    }

    /// `วันที่   พฤศจิกายน 2567`: the lead of a day and no day.
    fn missing_day(&self, mut draft: DateDraft, at: usize, lead: &LeadWords) -> DateDraft {
        let before = self.back(at);
        let thai = before.is_some_and(|before| self.word(before) == Some(DateWord::Day(Language::Thai)));
        let after_unit = before
            .filter(|before| matches!(self.word(*before), Some(DateWord::MonthUnit(Language::Thai))))
            .and_then(|before| self.back(before))
            .is_some_and(|before| self.word(before) == Some(DateWord::Day(Language::Thai)));
        let gap = matches!(at.checked_sub(1).and_then(|space| self.kind(space)), Some(Kind::Space(2..)));
        let english = before.is_some_and(|before| self.word(before) == Some(DateWord::On)) && gap
            || draft.core.slice(self.text).contains(" ,");
        if english && draft.language == Language::English && !draft.years.is_empty() {
            let span = draft.extent;
            draft.note_at(DateFault::MissingPart, Some(span), false);
        }
        if (thai || after_unit) && draft.language == Language::Thai && lead.day {
            let span = draft.extent;
            draft.note_at(DateFault::MissingPart, Some(span), false);
        }
        draft
    }
}
