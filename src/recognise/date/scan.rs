//! The prefilter: one pass over the bytes finds the triggers of the forms (digits, months' names) and cuts their
//! surroundings out.
//!
//! Everything else is never looked at again, so that text without dates costs what reading it costs.

use super::alone;
use super::forms::form::Trigger;
use super::forms::is_sought;
use super::letters::{LatinRun, ceil, floor, is_latin};
use super::lex;
use super::words::{self, DateWord};
use crate::text::Span;
use crate::text::byte_map::{ByteClass, ByteMap};

/// The bytes around a trigger in which words may belong to its date: `วันพฤหัสบดีที่ ` is 43.
const REACH: usize = 96;

/// Words that mean nothing in a date, of which so many lie between a trigger and the end of its window: forms look over
/// two of them at most (`thập niên 60`).
const WORDS_BETWEEN: usize = 3;

/// Triggers so near each other, in bytes, are in one window, whatever stands between them.
const NEAR: usize = 24;

/// Calls `found` with the stretches of `text`, of which `map` is the map, in which dates may be, in order and apart
/// from each other. What lies in a `taken` span (sorted) is not looked at, nor are numbers between ordinary words where
/// `passes`.
pub(super) fn windows(text: &str, map: &ByteMap, taken: &[Span], passes: bool, mut found: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut open: Option<OpenWindow> = None;
    let mut at = 0;
    let mut may_be_passed = if passes { None } else { Some(false) };
    while let Some(trigger) = next_trigger(text, map, at) {
        let digits = bytes[trigger..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let in_words = *may_be_passed.get_or_insert_with(|| alone::may_be_passed(text, map));
        // Nothing that lies within half of the reach can move the window's end out of sight of its last trigger.
        at = trigger + digits.max(1);
        if in_words && digits > 0 {
            let number = Span::of(trigger, trigger + digits);
            if taken.iter().any(|span| span.contains(number)) {
                continue;
            }
            if let Some(end) = alone::end(text, trigger, trigger + digits) {
                at = end;
                continue;
            }
        }
        open = match open {
            Some(window)
                if trigger <= window.last + NEAR || trigger.saturating_sub(REACH) <= window.end(text, in_words) =>
            {
                Some(OpenWindow { last: trigger, ..window })
            }
            old => {
                old.iter().for_each(|old| found(snap(text, old.start, old.end(text, in_words))));
                let start = trigger.saturating_sub(REACH);
                Some(OpenWindow {
                    start: if in_words { words_before(text, start, trigger) } else { start },
                    last: trigger,
                })
            }
        };
    }
    if let Some(window) = open {
        found(snap(text, window.start, window.end(text, may_be_passed == Some(true))));
    }
}

/// A window to which triggers may still be added.
#[derive(Clone, Copy)]
struct OpenWindow {
    start: usize,
    /// The last trigger in it.
    last: usize,
}

impl OpenWindow {
    /// The end of the window, if no trigger comes.
    fn end(self, text: &str, in_words: bool) -> usize {
        let end = (self.last + REACH).min(text.len());
        if in_words { words_behind(text, self.last, end) } else { end }
    }
}

/// The start of the last words before `trigger` that mean nothing, as many as it takes, but not before `from`.
fn words_before(text: &str, from: usize, trigger: usize) -> usize {
    let mut end = trigger;
    let mut left = WORDS_BETWEEN;
    while end > from {
        let start = word_start(text, end, from);
        if start < end {
            left -= usize::from(parts(&text[start..end], &text[end..]));
            if left == 0 {
                return start;
            }
            end = start;
        }
        // What stands between words.
        end -= text[..end].chars().next_back().map_or(end, char::len_utf8);
    }
    from
}

/// The end of the first words behind `trigger` that mean nothing, as many as it takes, but not behind `to`.
fn words_behind(text: &str, trigger: usize, to: usize) -> usize {
    let mut at = trigger;
    let mut left = WORDS_BETWEEN;
    while at < to {
        let end = word_end(text, at, to);
        if end > at {
            left -= usize::from(parts(&text[at..end], &text[end..]));
            if left == 0 {
                return end.min(to);
            }
            at = end;
        }
        at += text[at..].chars().next().map_or(1, char::len_utf8);
    }
    to
}

/// Returns whether a word is sure to part what stands on its sides: `lo` may be a number.
fn parts(word: &str, after: &str) -> bool {
    !word.starts_with(['l', 'o']) && lex::means_nothing(word, LatinRun::of(word), after)
}

/// The start of the Latin word that ends at `end`, looked for as far as `from`; `end` where none does.
fn word_start(text: &str, end: usize, from: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = end;
    while at > from {
        match bytes[at - 1] {
            byte if byte.is_ascii_alphabetic() => at -= 1,
            0x80.. => match text[..at].chars().next_back().filter(|letter| is_latin(*letter)) {
                Some(letter) => at -= letter.len_utf8(),
                None => break,
            },
            _ => break,
        }
    }
    at
}

/// The end of the Latin word that begins at `start`, looked for as far as `to`; `start` where none does.
fn word_end(text: &str, start: usize, to: usize) -> usize {
    if start >= to {
        return start;
    }
    start + LatinRun::of(&text[start..ceil(text, to)]).len
}

/// The stretch with its ends moved to character boundaries and, for Latin words, to word boundaries, as far as these
/// are near.
fn snap(text: &str, start: usize, end: usize) -> Span {
    let bytes = text.as_bytes();
    let (mut start, mut end) = (floor(text, start), ceil(text, end));
    for _ in 0..16 {
        if start > 0 && bytes[start].is_ascii_alphanumeric() && bytes[start - 1].is_ascii_alphanumeric() {
            start -= 1;
        }
        if end < bytes.len() && bytes[end].is_ascii_alphanumeric() && bytes[end - 1].is_ascii_alphanumeric() {
            end += 1;
        }
    }
    // Long runs of digits stay whole, so that their length is seen.
    while end < bytes.len() && bytes[end].is_ascii_digit() && bytes[end - 1].is_ascii_digit() {
        end += 1;
    }
    Span::of(start, end)
}

/// Returns whether a trigger may start with this byte.
const fn may_start(trigger: Trigger, byte: u8) -> bool {
    match trigger {
        Trigger::Digit => matches!(byte, b'0'..=b'9' | 0xE0 | 0xEF),
        Trigger::ThaiMonth | Trigger::ThaiMonthUnit | Trigger::LaoMonthUnit => byte == 0xE0,
        Trigger::EnglishMonth => matches!(byte, b'J' | b'F' | b'M' | b'A' | b'S' | b'O' | b'N' | b'D'),
        Trigger::RomanQuarter => matches!(byte, b'q' | b'Q'),
    }
}

/// For each byte the triggers that may start with it: a bit for each of [`Trigger::ALL`], if some form has it.
static STARTS: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut at = 0;
        while at < Trigger::ALL.len() {
            if is_sought(Trigger::ALL[at]) && may_start(Trigger::ALL[at], byte as u8) {
                table[byte] |= 1 << at;
            }
            at += 1;
        }
        byte += 1;
    }
    table
};

/// Returns whether a trigger stands at `at`, a character boundary.
pub(super) fn stands(trigger: Trigger, text: &str, at: usize) -> bool {
    let rest = &text[at..];
    match trigger {
        Trigger::Digit => digit_at(rest.as_bytes()),
        Trigger::ThaiMonth => thai_month_at(rest),
        Trigger::ThaiMonthUnit => abbreviated_month_at(rest),
        Trigger::LaoMonthUnit => lao_month_at(rest),
        Trigger::EnglishMonth => english_month_at(text.as_bytes(), at),
        Trigger::RomanQuarter => roman_quarter_at(rest),
    }
}

/// The classes of all bytes with which a trigger may start.
const CLASSES: [ByteClass; 4] = [ByteClass::Digit, ByteClass::Capital, ByteClass::Quarter, ByteClass::ThaiOrFullWidth];

/// The place of the first trigger from `from` on.
pub(super) fn next_trigger(text: &str, map: &ByteMap, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at = map.next_of(CLASSES, at)?;
        if bytes[at] == 0xE0 {
            at += idle(map, at);
            // What is no Thai letter is looked at like any other character.
            if bytes.get(at) != Some(&0xE0) {
                continue;
            }
        }
        let mut starts = STARTS[usize::from(bytes[at])];
        while starts != 0 {
            if stands(Trigger::ALL[starts.trailing_zeros() as usize], text, at) {
                return Some(at);
            }
            starts &= starts - 1;
        }
        at += if bytes[at] < 0x80 { 1 } else { 3 };
    }
}

/// Returns whether a digit of any script begins `bytes`: Arabic, Thai, Lao or full-width.
const fn digit_at(bytes: &[u8]) -> bool {
    matches!(*bytes, [b'0'..=b'9', ..] | [0xE0, 0xB9 | 0xBB, 0x90..=0x99, ..] | [0xEF, 0xBC, 0x90..=0x99, ..])
}

/// The full name of a month in Thai.
fn thai_month_at(text: &str) -> bool {
    words::may_be_month(text) && words::thai_month(text).is_some()
}

/// Returns whether a Thai month may start with these letters (the last bytes of two, both in the block U+0E00).
const fn starts_month(first: u8, second: u8) -> bool {
    match first {
        0xA1 => matches!(second, 0x81 | 0xB5 | 0xB4), // มก มี มิ
        0x81 => matches!(second, 0xB8 | 0xA3 | 0xB1), // กุ กร กั
        0xAA => second == 0xB4,                       // สิ
        0x95 => second == 0xB8,                       // ตุ
        0x98 => second == 0xB1,                       // ธั
        0x9E => second == 0xA4,                       // พฤ
        _ => false,
    }
}

/// The first letters of Thai months, by place in the block: a bit for each.
const FIRST: [u8; 128] = {
    let mut table = [0; 128];
    let mut at = 0;
    while at < FIRSTS.len() {
        table[FIRSTS[at]] = 1 << at;
        at += 1;
    }
    table
};
/// ม ก ส ต ธ พ เ
const FIRSTS: [usize; 7] = [0x21, 0x01, 0x2A, 0x15, 0x18, 0x1E, 0x40];
/// The bit that no first letter has, of digits.
const DIGIT: u8 = 0x80;

/// By place in the block: which first letters may be followed so at the beginning of a month's name; or a digit.
const SECOND: [u8; 128] = {
    let mut table = [0; 128];
    let mut place = 0;
    while place < 128 {
        if place >= 0x50 && place <= 0x59 {
            table[place] = DIGIT;
        }
        let mut at = 0;
        while at < FIRSTS.len() && place < 0x40 {
            let begins = match FIRSTS[at] {
                0x40 => place == 0x21 || place == 0x14, // เม, เด
                first => starts_month(0x80 | first as u8, 0x80 | place as u8),
            };
            table[place] |= (begins as u8) << at;
            at += 1;
        }
        place += 1;
    }
    table
};

/// Returns the number of bytes of Thai letters from `at` on before a digit, or two letters with which a month may
/// start.
fn idle(map: &ByteMap, at: usize) -> usize {
    let (mut len, mut may) = (0, DIGIT);
    for place in map.thai().run(at) {
        let begun = SECOND[place] & may;
        if begun != 0 {
            return if begun == DIGIT { len } else { len - 3 };
        }
        may = FIRST[place] | DIGIT;
        len += 3;
    }
    len
}

/// `เดือน ธ.ค.`: the word for month and an abbreviation, which alone would be looked for in vain.
fn abbreviated_month_at(text: &str) -> bool {
    text.strip_prefix("เดือน").is_some_and(|rest| {
        let name = rest.trim_start_matches(' ');
        matches!(words::thai_word(name), Some((DateWord::Month(_, form, _), len)) if form.is_abbreviation() && name[..len].contains('.'))
    })
}

/// `ເດືອນມັງກອນ`: the word for month and the name of one in Lao.
fn lao_month_at(text: &str) -> bool {
    text.strip_prefix("ເດືອນ")
        .is_some_and(|rest| matches!(words::lao_word(rest.trim_start_matches(' ')), Some((DateWord::Month(..), _))))
}

/// The full name of a month in English, as a word that begins at `at`.
fn english_month_at(bytes: &[u8], at: usize) -> bool {
    if at > 0 && bytes[at - 1].is_ascii_alphabetic() {
        return false;
    }
    let rest = &bytes[at..];
    let stem = rest.first_chunk::<3>().map(|stem| stem.map(|byte| byte | 0x20));
    if !stem.is_some_and(|stem| {
        matches!(
            &stem,
            b"jan" | b"feb" | b"mar" | b"apr" | b"may" | b"jun" | b"jul" | b"aug" | b"sep" | b"oct" | b"nov" | b"dec"
        )
    }) {
        return false;
    }
    let end = rest.iter().take(10).position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len().min(10));
    (3..=9).contains(&end)
        && words::MONTHS.iter().any(|month| rest[..end].eq_ignore_ascii_case(month.english.as_bytes()))
}

/// `quý III`: the word for quarter and a Roman number.
fn roman_quarter_at(text: &str) -> bool {
    let [b'q' | b'Q', rest @ ..] = text.as_bytes() else { return false };
    (rest.starts_with("uý ".as_bytes()) || rest.starts_with("uí ".as_bytes()) || rest.starts_with("UÝ ".as_bytes()))
        && rest.get(4).is_some_and(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn next(text: &str) -> Option<usize> {
        next_trigger(text, &ByteMap::of(text), 0)
    }

    #[test]
    fn all_bytes_that_start_a_trigger_are_of_the_classes() {
        for letter in ('\0'..='\u{ffff}').filter(|letter| STARTS[usize::from(letter.to_string().as_bytes()[0])] != 0) {
            assert_eq!(ByteMap::of(&letter.to_string()).next_of(CLASSES, 0), Some(0), "{letter:?}");
        }
    }

    #[test]
    fn every_thai_month_is_a_trigger() {
        for month in &words::MONTHS {
            assert_eq!(next(&format!("ใน{}", month.thai)), Some("ใน".len()), "{}", month.thai);
        }
        for other in ["กก", "มา", "สอง", "ตาม", "ธง", "พบ", "ม", "กุ"] {
            assert_eq!(next(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn the_first_trigger_is_found(text in "([มกรีุเษสตธพ ]{0,4}(มกราคม|เมษายน|พฤษภาคม|สิงหาคม|๕|5|ລ|é)?){0,6}") {
            let begins = |rest: &str| {
                rest.starts_with(|letter: char| matches!(letter, '0'..='9' | '๐'..='๙')) || words::thai_month(rest).is_some()
            };
            let wanted = text.char_indices().map(|(at, _)| at).find(|at| begins(&text[*at..]));
            prop_assert_eq!(next(&text), wanted);
        }
    }
}
