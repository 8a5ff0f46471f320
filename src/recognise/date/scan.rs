//! The prefilter: one pass over the bytes finds the triggers of the forms (digits, months' names) and cuts their
//! surroundings out.
//!
//! Everything else is never looked at again, so that text without dates costs what reading it costs.

use super::forms::form::Trigger;
use super::forms::is_sought;
use super::letters::{ceil, floor};
use super::words::{self, DateWord};
use crate::text::Span;
use crate::text::cluster::thai_run;

/// The bytes around a trigger in which words may belong to its date: `วันพฤหัสบดีที่ ` is 43.
const REACH: usize = 96;

/// Calls `found` with the stretches of `text` in which dates may be, in order and apart from each other.
pub(super) fn windows(text: &str, mut found: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(trigger) = next_trigger(text, at) {
        let (start, end) = (trigger.saturating_sub(REACH), (trigger + REACH).min(bytes.len()));
        open = match open {
            Some((first, last)) if start <= last => Some((first, end)),
            Some((first, last)) => {
                found(snap(text, first, last));
                Some((start, end))
            }
            None => Some((start, end)),
        };
        // Nothing that lies within half of the reach can move the window's end out of sight of its last trigger.
        at = trigger + 1;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
    }
    if let Some((first, last)) = open {
        found(snap(text, first, last));
    }
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
const STARTS: [u8; 256] = {
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

/// The place of the first trigger from `from` on.
fn next_trigger(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        let starts = STARTS[usize::from(bytes[at])];
        if starts == 0 {
            at += 1;
            continue;
        }
        if bytes[at] == 0xE0 {
            at += idle(&bytes[at..]);
            // What is no Thai letter is looked at like any other character.
            if bytes.get(at) != Some(&0xE0) {
                continue;
            }
        }
        if (0..Trigger::ALL.len()).any(|bit| starts & 1 << bit != 0 && stands(Trigger::ALL[bit], text, at)) {
            return Some(at);
        }
        at += if bytes[at] < 0x80 { 1 } else { 3 };
    }
    None
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

/// Returns the number of bytes of Thai letters `bytes` begin with before a digit, or two letters with which a month may
/// start.
fn idle(bytes: &[u8]) -> usize {
    let (mut len, mut may) = (0, DIGIT);
    for place in thai_run(bytes) {
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

    #[test]
    fn every_thai_month_is_a_trigger() {
        for month in &words::MONTHS {
            assert_eq!(next_trigger(&format!("ใน{}", month.thai), 0), Some("ใน".len()), "{}", month.thai);
        }
        for other in ["กก", "มา", "สอง", "ตาม", "ธง", "พบ", "ม", "กุ"] {
            assert_eq!(next_trigger(other, 0), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn the_first_trigger_is_found(text in "([มกรีุเษสตธพ ]{0,4}(มกราคม|เมษายน|พฤษภาคม|สิงหาคม|๕|5|ລ|é)?){0,6}") {
            let begins = |rest: &str| {
                rest.starts_with(|letter: char| matches!(letter, '0'..='9' | '๐'..='๙')) || words::thai_month(rest).is_some()
            };
            let wanted = text.char_indices().map(|(at, _)| at).find(|at| begins(&text[*at..]));
            prop_assert_eq!(next_trigger(&text, 0), wanted);
        }
    }
}
