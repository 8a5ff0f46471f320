//! What looks like a date and is none: clock times, lunar days, and frames with an empty slot.

use super::DateFault;
use super::grammar::{DateDraft, DateParser, FormMatch};
use super::lex::Kind;
use super::parts::DateShape;
use super::windows;
use super::words::{self, DateWord, UnitWord};
use crate::recognise::profile::Language;
use crate::text::Span;

impl DateParser<'_> {
    // ---------------------------------------------------------------- clock times

    /// A clock time is stepped over, so that its numbers are no date; an impossible one is a fact.
    pub(super) fn clock(&mut self, at: usize) -> FormMatch {
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

    /// Returns whether a clock time starts at token `at`, so that its number is no year.
    pub(super) fn clock_at(&self, at: usize) -> bool {
        let colon = self.sign(at + 1) == Some(':') && self.number(at + 2).is_some();
        let hour = self.number(at).is_some_and(|number| number.value <= 24)
            && (self.word(self.skip(at + 1)) == Some(DateWord::Hour)
                || matches!(self.kind(at + 1), Some(Kind::Latin)) && self.slice(at + 1) == "h"
                || self.word(self.skip(at + 1)) == Some(DateWord::ClockMark));
        colon || hour || self.clock_numbers(at).is_some_and(|(.., marked)| marked)
    }

    /// `15.30 น.`, `09:17`, `25h30`: the token after it, hour, minute, and whether a mark says it is a time.
    fn clock_numbers(&self, at: usize) -> Option<(usize, u32, u32, bool)> {
        let hour = self.number(at).filter(|number| number.len <= 2)?;
        let hour_word = self.word(self.skip(at + 1)) == Some(DateWord::Hour);
        let middle = match self.kind(at + 1)? {
            Kind::Sign('.' | ':') => at + 2,
            Kind::Latin if self.slice(at + 1) == "h" || self.slice(at + 1) == "g" => at + 2,
            _ if hour_word => self.skip(self.skip(at + 1) + 1),
            _ => return None,
        };
        let minute = self.number(middle).filter(|number| number.len == 2)?;
        if matches!(at.checked_sub(1).and_then(|before| self.kind(before)), Some(Kind::Sign('.' | ':' | '/' | ','))) {
            return None;
        }
        let letter = matches!(self.kind(at + 1), Some(Kind::Latin));
        let mut next = middle + 1;
        if self.sign(next) == Some(':') && self.number(next + 1).is_some_and(|number| number.len == 2) {
            next += 2;
        }
        if matches!(self.kind(next), Some(Kind::Sign('.' | ':' | '/' | '-')))
            && self.number(next + 1).is_some()
            && self.sign(next) != Some('-')
        {
            return None;
        }
        // `29.01 วินาที` is a length of time.
        if words::THAI_LENGTHS.iter().any(|word| self.rest(self.skip(next)).starts_with(word)) {
            return None;
        }
        let mark = self.skip(next);
        let marked = self.word(mark) == Some(DateWord::ClockMark);
        let minutes_word = hour_word && self.lower(mark) == "phút";
        // `17 giờ 75 ngày 3/4`
        if hour_word && self.word(mark) == Some(DateWord::Day(Language::Vietnamese)) {
            return Some((next, hour.value, minute.value, true));
        }
        Some(if marked || minutes_word {
            (mark + 1, hour.value, minute.value, true)
        } else {
            (next, hour.value, minute.value, letter)
        })
    }

    // ---------------------------------------------------------------- lunar days

    /// `mùng 3 Tết`, `แรม 8 ค่ำ เดือน 8`, `rằm tháng 7`: matched so that nothing inside counts as a date.
    pub(super) fn lunar(&mut self, at: usize) -> FormMatch {
        let mut next = self.skip(at + 1);
        let day = self.number(next).is_some() || words::spoken_number(&self.lower(next)).is_some();
        if day {
            next += 1;
        }
        if self.is_thai(at) {
            if !day || self.slice(self.skip(next)) != "ค่ำ" {
                return FormMatch::Nothing;
            }
            next = self.skip(next) + 1;
            let month = self.skip(next);
            if self.word(month) == Some(DateWord::MonthUnit(Language::Thai)) {
                let number = self.skip(month + 1);
                next = if self.number(number).is_some() { number + 1 } else { month + 1 };
                // แปดสองแปด: 8/8
                if self.sign(next) == Some('/') && self.number(next + 1).is_some() {
                    next += 2;
                }
            }
        } else {
            if !day && self.lower(at) != "rằm" {
                return FormMatch::Nothing;
            }
            let month = self.skip(next);
            if self.sign(next) == Some('/') && self.number(next + 1).is_some() {
                next += 2;
            } else if self.word(month) == Some(DateWord::MonthUnit(Language::Vietnamese)) {
                next = self.vietnamese_month_at(month).map_or_else(|| self.lunar_month(month), |month| month.next);
            }
        }
        let draft = DateDraft::new(self.cover(at, next), Language::Unknown, DateShape::Nothing, next);
        Some(lunar_fact(draft)).into()
    }

    /// The token behind `tháng Giêng` and `tháng Chạp`, which only the lunar year has; of another word, behind `tháng`.
    fn lunar_month(&self, month: usize) -> usize {
        let name = self.skip(month + 1);
        if matches!(self.lower(name).as_str(), "giêng" | "chạp") { name + 1 } else { month + 1 }
    }

    /// Returns whether `âm lịch` follows token `next`.
    pub(super) fn lunar_after(&self, next: usize) -> bool {
        let at = self.skip(next);
        let at = if self.sign(at) == Some('(') { at + 1 } else { at };
        matches!(self.lower(at).as_str(), "âm" | "al")
            && (self.lower(at) == "al" || self.lower(self.skip(at + 1)) == "lịch")
            || self.rest(at).starts_with("ทางจันทรคติ")
    }

    // ---------------------------------------------------------------- empty slots

    /// `ngày   tháng 11 năm 2024`, `tháng 9 năm 1945` in words, `วันที่ 28 เดือน พ.ศ. 2567`.
    pub(super) fn frame(&mut self, at: usize) -> FormMatch {
        match self.word(at) {
            Some(DateWord::MonthUnit(Language::Vietnamese)) => self.spoken_month(at),
            Some(DateWord::Day(Language::Vietnamese)) => self.vietnamese_frame(at).into(),
            Some(DateWord::Day(Language::Thai)) => self.thai_frame(at).into(),
            _ => FormMatch::Nothing,
        }
    }

    /// `tháng Tám năm 1945`
    fn spoken_month(&mut self, at: usize) -> FormMatch {
        let Some(month) = self.vietnamese_month_at(at).filter(|month| month.number.is_none()) else {
            return FormMatch::Nothing;
        };
        self.vietnamese_month_and_year(at, &month).into()
    }

    /// The slots of `ngày D tháng M năm Y`, where at least one is empty and at least one is filled.
    fn vietnamese_frame(&mut self, at: usize) -> Option<DateDraft> {
        let (day, cursor) = self.slot(at + 1);
        // ngày /11/2024, ngày 28/ /2024
        if let Some(draft) = self.numeric_frame(at, at + 1) {
            return Some(draft);
        }
        let month_word = self.skip(cursor);
        if !matches!(
            self.word(month_word),
            Some(DateWord::MonthUnit(Language::Vietnamese) | DateWord::Misspelt(UnitWord::Month, _))
        ) {
            return None;
        }
        let (month, cursor) = self.slot(month_word + 1);
        let year_word = self.skip(cursor);
        let has_year_word = self.word(year_word) == Some(DateWord::YearUnit(Language::Vietnamese));
        let (year, cursor) = if has_year_word { self.slot(year_word + 1) } else { (FrameSlot::Filled, cursor) };
        let slots = [day, month, year];
        let filled = usize::from(day == FrameSlot::Filled)
            + usize::from(month == FrameSlot::Filled)
            + usize::from(has_year_word && year == FrameSlot::Filled);
        let empty = slots.contains(&FrameSlot::Empty);
        // `ngày tháng năm` with one number or none is a form to be filled in, and so are dots.
        if !empty || slots.contains(&FrameSlot::Other) || filled < 2 {
            return None;
        }
        let behind = self.rest(cursor).trim_start_matches(super::lex::is_space);
        let dotted = self.text[self.cover(at, cursor).range()].contains(['.', '…', '_'])
            || ["..", "…", "__"].iter().any(|blank| behind.starts_with(blank));
        if dotted || day == FrameSlot::Filled && !has_year_word {
            return None;
        }
        let mut next = cursor;
        while next > at + 1 && matches!(self.kind(next - 1), Some(Kind::Space(_))) {
            next -= 1;
        }
        Some(self.missing(at, next, Language::Vietnamese))
    }

    /// `วันที่ 28 เดือน พ.ศ. 2567`, `วันที่ 28 เดือน     2567`, `วันที่ /11/2567`.
    fn thai_frame(&mut self, at: usize) -> Option<DateDraft> {
        if let Some(draft) = self.numeric_frame(at, at + 1) {
            return Some(draft);
        }
        let (day, cursor) = self.slot(at + 1);
        let month_word = self.skip(cursor);
        // With the day open, too, it is a form to be filled in.
        if day != FrameSlot::Filled || self.word(month_word) != Some(DateWord::MonthUnit(Language::Thai)) {
            return None;
        }
        let mut year = self.skip(month_word + 1);
        let mut led = false;
        while let Some(DateWord::YearUnit(_) | DateWord::Era(..)) = self.word(year) {
            led = true;
            year = self.skip(year + 1);
        }
        let gap = matches!(self.kind(month_word + 1), Some(Kind::Space(2..)));
        let number = self.number(year).filter(|number| number.len == 4)?;
        if !(led || gap) || !windows::LIKELY.contains(&number.value) {
            return None;
        }
        Some(self.missing(at, year + 1, Language::Thai))
    }

    /// Numbers with an empty place between their separators: `/11/2024`, `28/ /2024`, `28//2024`.
    fn numeric_frame(&self, at: usize, from: usize) -> Option<DateDraft> {
        let mut cursor = self.skip(from);
        let mut numbers = 0;
        let mut slashes = 0;
        let mut empty = false;
        let mut last_was_number = false;
        for _ in 0..8 {
            match self.kind(cursor) {
                Some(Kind::Number(number)) if !last_was_number && number.len <= 4 => {
                    numbers += 1;
                    last_was_number = true;
                }
                Some(Kind::Sign('/')) => {
                    empty |= !last_was_number;
                    slashes += 1;
                    last_was_number = false;
                }
                Some(Kind::Space(_)) if slashes > 0 && !last_was_number => {}
                Some(Kind::Sign('.' | '…' | '_')) if !last_was_number && slashes > 0 => {}
                _ => break,
            }
            cursor += 1;
        }
        let whole_year = self.number(cursor.checked_sub(1)?).is_some_and(|number| number.len == 4);
        if slashes != 2 || !empty || numbers != 2 || !whole_year {
            return None;
        }
        Some(self.missing(at, cursor, Language::Unknown))
    }

    /// Numbers with a gap where no word leads: `28//2024`.
    pub(super) fn bare_numeric_frame(&self, at: usize) -> Option<DateDraft> {
        self.number(at).filter(|number| number.len <= 2)?;
        self.numeric_frame(at, at)
    }

    fn missing(&self, at: usize, next: usize, language: Language) -> DateDraft {
        let span: Span = self.cover(at, next);
        let mut draft = DateDraft::new(span, language, DateShape::Nothing, next);
        draft.mention = false;
        draft.note(DateFault::MissingPart, false);
        draft
    }

    /// What fills the place at `at`, and the token behind it.
    fn slot(&self, at: usize) -> (FrameSlot, usize) {
        let wide = matches!(self.kind(at), Some(Kind::Space(2..)));
        let mut cursor = self.skip(at);
        let mut dots = 0;
        while matches!(self.sign(cursor), Some('.' | '…' | '_')) && dots < 40 {
            dots += 1;
            cursor += 1;
        }
        cursor = self.skip(cursor);
        if self.number(cursor).is_some() && dots == 0 {
            return (FrameSlot::Filled, cursor + 1);
        }
        match self.word(cursor) {
            Some(DateWord::MonthUnit(_) | DateWord::YearUnit(_)) if self.slice(cursor) == self.slice(at - 1) => {
                (FrameSlot::Other, cursor)
            }
            Some(DateWord::MonthUnit(_) | DateWord::YearUnit(_))
                if wide || dots > 0 || matches!(self.kind(at), Some(Kind::Space(_))) =>
            {
                (FrameSlot::Empty, cursor)
            }
            None if wide && !self.ends_line(cursor) || dots > 1 || self.kind(cursor).is_none() => {
                (FrameSlot::Empty, at)
            }
            _ if self.empty_slot(at) => (FrameSlot::Empty, at),
            _ => (FrameSlot::Other, cursor),
        }
    }
}

impl DateParser<'_> {
    /// Returns whether the line ends at token `at`: what is missing may stand on the next one.
    fn ends_line(&self, at: usize) -> bool {
        matches!(self.sign(at), Some('\n' | '\r'))
    }
}

/// The state of a place in a frame.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum FrameSlot {
    Filled,
    Empty,
    /// A word that is not expected here.
    Other,
}

/// A draft made a lunar day: no mention, no fault.
pub(super) fn lunar_fact(mut draft: DateDraft) -> DateDraft {
    draft.mention = false;
    draft.shape = DateShape::Nothing;
    draft.notes.clear();
    draft.edits.clear();
    draft.years.clear();
    draft.weekday = None;
    draft
}
