//! Letters, digits and spaces of the scripts in which dates are written.
//!
//! Deliberately absent: words.

use compact_str::{CompactString, format_compact};
use serde::{Deserialize, Serialize};

/// Returns whether a character is invisible or white space inside a line.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{A0}' | '\u{200B}'..='\u{200F}' | '\u{202F}' | '\u{2009}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}'
    )
}

pub(super) const fn is_thai(c: char) -> bool {
    matches!(c, '\u{E01}'..='\u{E4E}')
}

pub(super) const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic()
        || matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && c != '×' && c != '÷'
        || is_mark(c)
}

/// Latin letters and marks ([`is_latin`]) in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct LatinRun {
    /// Bytes.
    pub len: usize,
    /// True if all are letters of ASCII.
    pub is_ascii: bool,
    /// True if some are marks of their own.
    pub has_marks: bool,
}

impl LatinRun {
    /// The run that a text begins with; told by its bytes, since most of a text is looked at so.
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ascii = bytes.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(bytes.len());
        let mut run = Self { len: ascii, is_ascii: true, has_marks: false };
        loop {
            run.len += match bytes[run.len..] {
                [letter, ..] if letter.is_ascii_alphabetic() => 1,
                // × and ÷ are none.
                [0xC3, 0x97 | 0xB7, ..] => break,
                // U+00C0 to U+024F.
                [0xC3..=0xC8, _, ..] | [0xC9, 0x80..=0x8F, ..] => 2,
                // U+1E00 to U+1EFF.
                [0xE1, 0xB8..=0xBB, _, ..] => 3,
                // U+0300 to U+036F.
                [0xCC, _, ..] | [0xCD, 0x80..=0xAF, ..] => {
                    run.has_marks = true;
                    2
                }
                _ => break,
            };
        }
        run.is_ascii = run.len == ascii;
        run
    }
}

pub(super) fn digit(c: char) -> Option<(u32, Digits)> {
    match c {
        '0'..='9' => Some((c as u32 - '0' as u32, Digits::Arabic)),
        '๐'..='๙' => Some((c as u32 - '๐' as u32, Digits::Thai)),
        '໐'..='໙' => Some((c as u32 - '໐' as u32, Digits::Lao)),
        '０'..='９' => Some((c as u32 - '０' as u32, Digits::FullWidth)),
        _ => None,
    }
}

/// The digit that a letter is taken for.
pub(super) const fn digit_of_letter(c: char) -> Option<u32> {
    match c {
        'O' | 'o' => Some(0),
        'l' | 'I' => Some(1),
        'S' => Some(5),
        'B' => Some(8),
        _ => None,
    }
}

pub(super) const fn is_thai_mark(c: char) -> bool {
    matches!(c, '\u{E31}' | '\u{E34}'..='\u{E3A}' | '\u{E47}'..='\u{E4E}')
}

/// Returns whether a character is of the Lao script, its digits apart.
pub(super) const fn is_lao(c: char) -> bool {
    matches!(c, '\u{E81}'..='\u{ECD}' | '\u{EDC}'..='\u{EDF}')
}

/// Returns whether a letter is one that Vietnamese has and English has not.
pub(super) const fn is_vietnamese(c: char) -> bool {
    matches!(c, 'À'..='Ã' | 'È'..='Ê' | 'Ì' | 'Í' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý' | 'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ò'..='õ'
        | 'ù' | 'ú' | 'ý' | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư' | 'Ạ'..='ỹ' | '\u{300}'..='\u{303}'
        | '\u{309}' | '\u{31B}' | '\u{323}')
}

/// The digits that a number is written with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub(super) enum Digits {
    Arabic,
    Thai,
    Lao,
    FullWidth,
    Mixed,
}

/// A number in the digits of a script, Arabic unless Thai or Lao.
pub(super) fn written(number: u32, script: Digits) -> CompactString {
    let text = format_compact!("{number}");
    let zero = match script {
        Digits::Thai => '๐',
        Digits::Lao => '໐',
        _ => return text,
    };
    text.chars().map(|c| char::from_u32(zero as u32 + (c as u32 - '0' as u32)).unwrap_or(c)).collect()
}

/// The last character boundary at or before `at`.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first character boundary at or behind `at`; `at` is at most the length.
pub(super) fn ceil(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Returns whether a sign is a dash or stands for one.
pub(super) const fn is_dash(sign: char) -> bool {
    matches!(sign, '-' | '–' | '—' | '‐' | '‑' | '−' | '~')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_told_by_their_bytes() {
        for letter in '\u{0}'..='\u{ffff}' {
            let LatinRun { len, is_ascii, has_marks } = LatinRun::of(&format!("{letter}1"));
            assert_eq!(len, if is_latin(letter) { letter.len_utf8() } else { 0 }, "{letter:?}");
            assert_eq!((is_ascii, has_marks), (letter.is_ascii() || len == 0, is_mark(letter)), "{letter:?}");
        }
        assert_eq!(LatinRun::of("Nguyễn e\u{301}").len, "Nguyễn".len());
        assert_eq!(LatinRun::of("").len, 0);
    }
}
