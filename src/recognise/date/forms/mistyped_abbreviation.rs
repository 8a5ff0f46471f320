//! Days before a mistyped abbreviation of a Thai month: `28 ต.ต. 2567`. They are no mentions: nobody knows the month.

use super::form::{DateForm, FormGrammar, FormStart, Trigger};
use crate::recognise::date::fault::DateFault;
use crate::recognise::date::grammar::{DateDraft, DateParser};
use crate::recognise::date::lex::Number;
use crate::recognise::date::parts::DateShape;
use crate::recognise::date::windows;
use crate::recognise::date::words::{self, DateWord};
use crate::recognise::profile::Language;

/// A day and two Thai letters with full stops.
pub(super) const FORM: DateForm = DateForm {
    #[cfg(test)]
    name: "a day and a mistyped abbreviation",
    triggers: &[Trigger::Digit],
    grammar: FormGrammar::Tokens {
        begins: &[FormStart::Number],
        read: |parser, at| parser.mistyped_abbreviation(at).into(),
    },
    #[cfg(test)]
    examples: &[("ลงวันที่ 28 ต.ต. 2567", &[]), ("เมื่อวันที่ 3 ม.ต. 65 ที่ผ่านมา", &[]), ("วันที่ 9 ก.ต. ประชุม", &[])],
    #[cfg(test)]
    others: &["ฉบับที่ 3 พ.ศ. ใหม่", "มี 28 ส.ส. มา"],
};

impl DateParser<'_> {
    /// `28 ต.ต. 2567`: two letters with full stops where a month's abbreviation should be. Offices, ranks and
    /// measures are abbreviated so too: without a year a word must say that a day is meant.
    fn mistyped_abbreviation(&self, at: usize) -> Option<DateDraft> {
        let name = self.skip(self.ordinal(at + 1));
        let rest = self.rest(name);
        let len = two_letters(rest)?;
        // A day that a month or another day follows is read by other forms.
        let joined = self.joined_days(at)?;
        if joined.month.is_some() || joined.open || joined.days.len() > 1 {
            return None;
        }
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
