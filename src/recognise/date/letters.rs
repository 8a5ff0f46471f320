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
