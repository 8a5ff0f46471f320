//! Dates in which a part is missing: `ngày   tháng 11 năm 2024`, `วันที่ 28 เดือน พ.ศ. 2567`, `28//2024`.
//!
//! They are no mentions: nobody knows the day.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::letters::is_space;
use crate::recognise::date::lex::Kind;
use crate::recognise::date::parts::DateShape;
use crate::recognise::date::windows;
use crate::recognise::date::words::{DateWord, UnitWord};
use crate::recognise::profile::Language;
use crate::text::Span;

/// A frame of which a part is filled and another is not.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a date with a blank",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens {
        begins: &[FormStart::Number, FormStart::Day],
        read: |parser, at| parser.blank(at).into(),
    },
    #[cfg(test)]
    examples: &[("ký ngày   tháng 11 năm 2024", &[]), ("ลงวันที่ 28 เดือน พ.ศ. 2567", &[]), ("họp 28//2024", &[])],
    #[cfg(test)]
    others: &["ngày … tháng … năm …"],
};

impl DateParser<'_> {
    fn blank(&mut self, at: usize) -> Option<DateDraft> {
        match self.kind(at)? {
            Kind::Number(number) if number.len <= 2 => self.numeric_frame(at, at),
            Kind::Word(DateWord::Day(Language::Vietnamese)) => self.vietnamese_frame(at),
            Kind::Word(DateWord::Day(Language::Thai)) => self.thai_frame(at),
            _ => None,
        }
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
        let behind = self.rest(cursor).trim_start_matches(is_space);
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

    fn missing(&self, at: usize, next: usize, language: Language) -> DateDraft {
        let span: Span = self.cover(at, next);
        let mut draft = DateDraft::new(span, language, DateShape::Nothing, next);
        draft.mention = false;
        draft.note(DateFault::MissingPart, false);
        draft
    }

    /// The state of the place at `at`, and the token behind it.
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
