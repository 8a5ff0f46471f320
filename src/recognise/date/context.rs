//! What stands around a number and makes another thing of it than a date: a count, a house, a document, a score.

use super::grammar::DateParser;
use super::lex::{self, Kind};
use super::words::{self, DateWord};

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
        let before = self.before(at).trim_end_matches(|c| lex::is_space(c) || c == ':');
        let Some(last) = before.chars().next_back() else { return false };
        if matches!(last, '\u{E01}'..='\u{E4E}' | '.') && words::THAI_NUMBERED.iter().any(|word| before.ends_with(word))
        {
            return true;
        }
        if !lex::is_latin(last) && last != '.' {
            return false;
        }
        let before = before.trim_end_matches('.');
        let start = before
            .char_indices()
            .rev()
            .take(16)
            .take_while(|(_, c)| lex::is_latin(*c))
            .last()
            .map_or(before.len(), |(at, _)| at);
        let word = lex::LowerWord::of(&before[start..]);
        words::LATIN_NUMBERED.contains(&word.as_str())
    }
}
