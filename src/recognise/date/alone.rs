//! Numbers between ordinary words: counts, amounts, articles of a law. Most digits of a text stand so, and none of them
//! is looked at further.
//!
//! A number alone is no year, has no sign or digit beside it that could join it to another one, and its neighbours are
//! words that mean nothing in a date, right or misspelt, whatever stands around these. Deliberately absent: Thai and
//! Lao, where words stand against each other.

use super::letters::is_latin;
use super::{lex, words};
use crate::text::byte_map::{ByteClass, ByteMap};

/// Words that mean nothing in a date but behind or before a number: decades and ordinals.
const BESIDE_NUMBERS: [&str; 9] = ["niên", "kỷ", "kỉ", "st", "nd", "rd", "th", "Th", "TH"];

/// Returns whether numbers alone may be passed over in a text: it is in Latin letters, and no quarter of a year is
/// named in it that would be found beside a digit alone (`third quarter`, `quý  II`).
pub(super) fn may_be_passed(text: &str, map: &ByteMap) -> bool {
    let bytes = text.as_bytes();
    !map.has(ByteClass::ThaiOrFullWidth) && !map.places(ByteClass::Quarter).any(|at| is_quarter(&bytes[at + 1..]))
}

/// Returns whether a word for quarter goes on so behind its first letter, in any case and normal form.
fn is_quarter(bytes: &[u8]) -> bool {
    matches!(
        *bytes,
        [b'u' | b'U', 0xC3, 0xBD | 0x9D | 0xAD | 0x8D, ..] | [b'u' | b'U', b'y' | b'Y' | b'i' | b'I', 0xCC | 0xCD, ..]
    ) || bytes.get(..6).is_some_and(|rest| rest.eq_ignore_ascii_case(b"uarter"))
}

/// The end of the number alone that the digits `text[start..end]`, all there are in a row, begin: of themselves, of an
/// amount or of a code. The text may be passed ([`may_be_passed`]).
pub(super) fn end(text: &str, start: usize, end: usize) -> Option<usize> {
    if !is_closed_left(text, start) {
        return None;
    }
    let end = end_of_groups(&text.as_bytes()[start..]).map_or(end, |len| start + len);
    (end - start != 4 && is_closed_right(text, end)).then_some(end)
}

/// The bytes of an amount with its thousands apart (`6,800`), or of a code with letters (`20.5.NĐ.1.31`), that `bytes`
/// begin with: groups that are joined by commas or full stops.
fn end_of_groups(bytes: &[u8]) -> Option<usize> {
    const LONGEST: usize = 40;
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let count = |rest: &[u8], is: fn(&u8) -> bool| rest.iter().take_while(|byte| is(byte)).count();
    let mut at = count(bytes, u8::is_ascii_digit);
    let (mut thousands, mut letters) = ((1..=3).contains(&at), false);
    let mut groups = 1;
    while let [b'.' | b',', rest @ ..] = &bytes[at..] {
        let digits = count(rest, u8::is_ascii_digit);
        // Đ is C4 90.
        let capitals =
            if digits == 0 { count(rest, |byte| byte.is_ascii_uppercase() || matches!(byte, 0xC4 | 0x90)) } else { 0 };
        let len = digits + capitals;
        if len == 0 {
            break;
        }
        // Groups of four digits may be years, and what is longer is no group.
        let is_digit_like = || rest[..capitals].iter().all(|letter| b"OISB".contains(letter));
        if len > 3 + capitals.min(2) || capitals > 0 && (bytes[at] == b',' || is_digit_like()) {
            return None;
        }
        thousands &= digits == 3;
        letters |= capitals > 0;
        groups += 1;
        at += 1 + len;
    }
    (groups > 1 && (thousands || letters && groups > 2)).then_some(at)
}

/// Returns whether nothing before a number can belong to a date with it.
fn is_closed_left(text: &str, start: usize) -> bool {
    let bytes = &text.as_bytes()[..start];
    match *bytes {
        [] | [.., b'(' | b'[' | b'"' | b'$'] | [.., 0xE2, 0x80, 0x9C] => return true,
        [.., b' '] => {}
        _ => return false,
    }
    let before = before_spaces(bytes);
    match *before {
        [] | [.., b')' | b']' | b'"' | b'%'] | [.., 0xE2, 0x80, 0x9D] => true,
        [b'-'] => true,
        [.., b',' | b'.' | b':' | b';'] => ends_plainly(text, before.len() - 1),
        _ => ends_plainly(text, before.len()),
    }
}

/// Returns whether nothing behind a number can belong to a date with it.
fn is_closed_right(text: &str, end: usize) -> bool {
    let bytes = &text.as_bytes()[end..];
    let spaces = match *bytes {
        [] | [b'\n' | b'\r' | b')' | b']' | b'"' | b'%', ..] | [0xE2, 0x80, 0x9D, ..] => return true,
        [b' ', ..] => 0,
        [b'.' | b',' | b':' | b';', b' ' | b'\n' | b'\r', ..] | [b'.' | b',' | b':' | b';'] => 1,
        _ => return false,
    };
    let width = bytes[spaces..].iter().take_while(|byte| **byte == b' ').count();
    match bytes[spaces + width..] {
        [] | [b'\n' | b'\r' | b'(' | b'"' | b'$', ..] | [0xE2, 0x80, 0x9C, ..] => true,
        [byte, ..] if byte.is_ascii_alphabetic() || byte >= 0x80 => is_plain(text, end + spaces + width),
        _ => false,
    }
}

fn before_spaces(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1)]
}

/// Returns whether a word that means nothing ends at `end`.
fn ends_plainly(text: &str, end: usize) -> bool {
    let before = &text[..end];
    let letters = before.as_bytes().iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let len = match before.as_bytes().get(end.wrapping_sub(letters + 1)) {
        Some(byte) if !byte.is_ascii() => {
            let longest = before.char_indices().rev().take(lex::LONGEST_WORD + 1);
            longest.take_while(|(_, letter)| is_latin(*letter)).last().map_or(0, |(at, _)| end - at)
        }
        _ => letters,
    };
    len > 0 && (len > lex::LONGEST_WORD || is_plain(text, end - len) && !ends_month(&text[end - len..end]))
}

/// Returns whether a word may be the second half of an English month that a space cuts: `Feb ruary 4`.
fn ends_month(word: &str) -> bool {
    words::MONTHS.iter().any(|month| month.english.ends_with(word))
}

/// Returns whether a word begins at `at` that means nothing beside a number.
fn is_plain(text: &str, at: usize) -> bool {
    lex::plain_word(text, at).is_some_and(|word| !BESIDE_NUMBERS.contains(&word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::recognise::date::find_where;

    /// Returns whether the first number of a text stands alone.
    fn alone(text: &str) -> bool {
        let start = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or_default();
        let end = start + text[start..].bytes().take_while(u8::is_ascii_digit).count();
        may_be_passed(text, &ByteMap::of(text)) && super::end(text, start, end).is_some()
    }

    #[test]
    fn counts_and_articles_stand_alone() {
        for text in [
            "theo Điều 12 Luật này",
            "1. Tổ chức, cá nhân",
            "rose 12 percent",
            "khoản 3, Điều này",
            "(15) Điều này",
            "a total of $500 million",
            "hợp đồng 30 trang.",
            "phụ lục 12345\n",
            "có 6,800 người",
            "Điều 20.5.NĐ.1.31. Trách nhiệm",
        ] {
            assert!(alone(text), "{text}");
        }
    }

    #[test]
    fn what_may_belong_to_a_date_does_not() {
        for text in [
            "in 2024 he",
            "ngày 12 của",
            "12 tháng này",
            "12 May",
            "May 12, he",
            "thập niên 70 là",
            "the 70s",
            "12/5 là",
            "5 th",
            "mùng 3 là",
            "third quarter, 12 men",
            "quý  II có 12 người",
            "12-5",
            "ngay 12 thì",
            "12 ngày",
            "'90 a",
        ] {
            assert!(!alone(text), "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(
            text in "((ngày|ngay|tháng|thág|năm|nam|Điều|của|khoản|May|Januray|Jan uary|Sep tember|ber|percent|the|of|to|and|và|đến|từ|quý|quarter|third|\
                first half|nửa đầu|thập niên|những|rằm|mùng|thứ|Sunday|chủ nhật|at|giờ|phút|h|Q|H|II|I|l|O|st|th|niên|\
                word|thousands|Số|dương|U\u{301}|e\u{301}|2024|1975|68|12|3|5|31|112|12345|2O24|20 24|6,800|1.234.567|20.5.NĐ.1.31|5.3.TT.12|5.O.12|12.5.2024|3.8)\
                ( |  |, |\\. |\\.|,|/|-| - |–|: |\\(|\\) |\"|'|’|%|\\$|“|”|;|; |\n|)){0,16}"
        ) {
            // A day of the moon is stepped over; without a number it means nothing to anybody.
            let told = |passes| {
                let found = find_where(&text, &ByteMap::of(&text), &[], passes).into_iter();
                found.filter(|date| date.mention || !date.faults.is_empty()).collect::<Vec<_>>()
            };
            prop_assert_eq!(told(true), told(false), "{}", text);
        }
    }
}
