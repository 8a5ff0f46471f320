//! Things around a number that make something else of it than a date: a count, a house, a document, a score, a clock
//! time.

use super::grammar::DateParser;
use super::lead::LeadWords;
use super::letters::{is_latin, is_space};
use super::lex::{Kind, LowerWord};
use super::words::{self, DateWord};
use crate::recognise::profile::{Era, Language};

impl DateParser<'_> {
    /// Returns whether a letter, a digit or a sign that makes another thing of it touches the number at `at` from the
    /// left.
    pub(super) fn glued_left(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        match self.tokens[before].kind {
            Kind::Latin | Kind::Foreign | Kind::Number(_) => true,
            Kind::Word(word) => {
                !matches!(word, DateWord::MonthUnit(_) | DateWord::YearUnit(_) | DateWord::Day(_))
                    && !self.is_thai(before)
            }
            Kind::Sign(sign) => match sign {
                '$' | '€' | '£' | '฿' | '#' | '₫' | '@' | '=' | '&' | '_' | '+' => true,
                '/' | '-' | '.' | ',' | ':' | '\\' => {
                    if sign == ','
                        && before.checked_sub(1).and_then(|at| self.number(at)).is_some_and(|number| number.len == 4)
                    {
                        return false;
                    }
                    matches!(
                        before.checked_sub(1).and_then(|at| self.kind(at)),
                        Some(Kind::Number(_) | Kind::Latin | Kind::Sign('/'))
                    ) || sign == '/'
                        && matches!(
                            before.checked_sub(1).and_then(|at| self.kind(at)),
                            Some(Kind::Word(_) | Kind::Thai)
                        )
                }
                _ => false,
            },
            _ => false,
        }
    }

    pub(super) fn is_thai(&self, at: usize) -> bool {
        self.slice(at).starts_with(|c| matches!(c, '\u{E01}'..='\u{E4E}'))
    }

    /// Returns whether what follows token `next` makes the number before it a part of another thing: `/NĐ-CP`, `%`,
    /// `.5`.
    pub(super) fn goes_on(&self, next: usize) -> bool {
        match self.kind(next) {
            Some(Kind::Sign('%' | '°' | '€' | '$' | '_' | '@')) => true,
            Some(Kind::Sign('/' | '-' | '.' | ':' | ',' | '\\')) => match self.kind(next + 1) {
                // `2565,2566` are two years.
                Some(Kind::Number(number)) => self.sign(next) != Some(',') || number.len != 4,
                Some(Kind::Latin | Kind::Word(_)) => {
                    self.sign(next) == Some('/') && !self.is_thai(next + 1) || self.symbol_at(next + 1)
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// Returns whether lower-case letters go on behind a hyphen, as in the name of a file or a page:
    /// `60-2024-nd-cp.pdf`.
    pub(super) fn slug_follows(&self, next: usize) -> bool {
        self.sign(next) == Some('-')
            && matches!(self.kind(next + 1), Some(Kind::Latin | Kind::Word(_)))
            && !self.is_thai(next + 1)
            && !matches!(self.lower(next + 1).as_str(), "nay" | "present" | "now" | "today")
    }

    /// Returns whether the word at `at` looks like a part of a document's symbol: `NQ`, `TTg`.
    fn symbol_at(&self, at: usize) -> bool {
        let word = self.slice(at);
        word.chars().count() >= 2
            && word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().nth(1).is_some_and(char::is_uppercase)
    }

    /// Returns whether a number before token `next` counts what follows: `2567 คน`, `2000 people`.
    pub(super) fn counts(&self, next: usize) -> bool {
        let at = self.skip(next);
        let rest = self.rest(at);
        if self.is_thai(at) {
            return words::thai_counted(rest);
        }
        matches!(self.kind(at), Some(Kind::Latin | Kind::Word(_)))
            && words::LATIN_COUNTED.contains(&self.lower(at).as_str())
    }

    /// Returns whether the words before token `at` say that a number of another kind follows: a house, a document, a
    /// score.
    pub(super) fn numbered(&self, at: usize) -> bool {
        let before = self.before(at).trim_end_matches(|c| is_space(c) || c == ':');
        let Some(last) = before.chars().next_back() else { return false };
        if matches!(last, '\u{E01}'..='\u{E4E}' | '.') && words::THAI_NUMBERED.iter().any(|word| before.ends_with(word))
        {
            return true;
        }
        if !is_latin(last) && last != '.' {
            return false;
        }
        let before = before.trim_end_matches('.');
        // `อ.31/4/2566`: one Thai letter and a full stop name the register that a number is of; `น.` ends a time.
        if self.before(at).ends_with('.')
            && let mut letters = before.chars().rev()
            && letters.next().is_some_and(|c| matches!(c, 'ก'..='ฮ') && c != 'น')
            && letters.next().is_none_or(|c| c.is_whitespace() || c == '(')
        {
            return true;
        }
        let start = before
            .char_indices()
            .rev()
            .take(16)
            .take_while(|(_, c)| is_latin(*c))
            .last()
            .map_or(before.len(), |(at, _)| at);
        let word = LowerWord::of(&before[start..]);
        words::LATIN_NUMBERED.contains(&word.as_str())
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
    pub(super) fn clock_numbers(&self, at: usize) -> Option<(usize, u32, u32, bool)> {
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

    /// Returns whether `âm lịch` follows token `next`.
    pub(super) fn lunar_after(&self, next: usize) -> bool {
        let at = self.skip(next);
        let at = if self.sign(at) == Some('(') { at + 1 } else { at };
        matches!(self.lower(at).as_str(), "âm" | "al")
            && (self.lower(at) == "al" || self.lower(self.skip(at + 1)) == "lịch")
            || self.rest(at).starts_with("ทางจันทรคติ")
    }

    /// The era that a mark in Latin capitals names: `BE`, `A.D.`.
    pub(super) fn latin_era(&self, at: usize) -> Option<Era> {
        let capital = |c: char| c.is_uppercase() || matches!(c, '.' | ' ');
        match self.word(at) {
            Some(DateWord::LatinEra(era)) if self.slice(at).chars().all(capital) => Some(era),
            _ => None,
        }
    }

    /// A word before which a day is named without `ngày`: `nay (9/7)`, `trước 30/6`, `วันนี้ (9/7)`.
    pub(super) fn time_word_before(&self, at: usize) -> bool {
        let Some(mut before) = self.back(at) else { return false };
        if self.sign(before) == Some('(') {
            let Some(word) = self.back(before) else { return false };
            if self.is_thai(word) {
                let text = self.before(before).trim_end_matches(is_space);
                return ["นี้", "วาน", "หน้า", "ก่อน"].iter().any(|end| text.ends_with(end));
            }
            let mut lead = LeadWords::default();
            if self.vietnamese_weekday(word, &mut lead).is_some() {
                return true;
            }
            before = word;
        }
        words::VIETNAMESE_BEFORE_DAYS.contains(&self.lower(before).as_str())
    }

    /// Returns whether a bare `5/2024` may be a month where it stands: behind a sign or a word of time, not behind a
    /// noun that it numbers (`phụ lục 5/2024`).
    pub(super) fn month_may_follow(&self, at: usize) -> bool {
        let Some(before) = self.back(at) else { return true };
        match self.kind(before) {
            Some(Kind::Latin) => words::VIETNAMESE_BEFORE_MONTHS.contains(&self.lower(before).as_str()),
            Some(Kind::Number(_)) => false,
            _ => true,
        }
    }
}
