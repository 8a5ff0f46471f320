//! Folding of the letters of symbols and of the words around them.
//!
//! Two folds: [`key`] for the letters of a symbol (capital, no marks), [`phrase`] for words (small, no marks). Both
//! leave Thai alone. Deliberately absent: a map back to the source; who needs one keeps offsets by character.

use compact_str::CompactString;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// `letter` without its marks, in its own case; `None` for a combining mark standing alone.
pub(super) fn bare(letter: char) -> Option<char> {
    if letter.is_ascii() {
        return Some(letter);
    }
    match letter {
        'Đ' | 'Ð' | 'Ɖ' => Some('D'),
        'đ' | 'ð' | 'ɖ' => Some('d'),
        // Thai and Lao vowel signs are marks too, and not ours to drop.
        '\u{0E00}'..='\u{0EFF}' => Some(letter),
        '\u{1EA0}'..='\u{1EF9}' => Some(vietnamese(letter)),
        '\u{00C0}'..='\u{024F}' | '\u{1E00}'..='\u{1EFF}' => {
            let mut first = None;
            decompose_canonical(letter, |part| first = first.or(Some(part)));
            first
        }
        _ if is_combining_mark(letter) => None,
        _ => Some(letter),
    }
}

/// The bare letter of one of the Vietnamese block, where capitals are even and the letters come in order.
fn vietnamese(letter: char) -> char {
    let capital = match letter {
        ..='\u{1EB7}' => 'A',
        ..='\u{1EC7}' => 'E',
        ..='\u{1ECB}' => 'I',
        ..='\u{1EE3}' => 'O',
        ..='\u{1EF1}' => 'U',
        _ => 'Y',
    };
    if u32::from(letter).is_multiple_of(2) { capital } else { capital.to_ascii_lowercase() }
}

/// The key letters are looked up by: `QĐ`, `QD` and `qđ` give `QD`.
pub(super) fn key(letters: &str) -> CompactString {
    letters.chars().filter_map(bare).map(|letter| letter.to_ascii_uppercase()).collect()
}

/// A word or phrase for comparing: `Nghị Định` gives `nghi dinh`.
pub(super) fn phrase(text: &str) -> CompactString {
    text.chars().filter_map(bare).map(|letter| letter.to_ascii_lowercase()).collect()
}

/// Letters without their marks, case kept: `BGDĐT` gives `BGDDT`.
pub(super) fn unmarked(letters: &str) -> CompactString {
    letters.chars().filter_map(bare).collect()
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::decompose_canonical;

    use super::{bare, key, phrase};

    #[test]
    fn the_short_cut_for_vietnamese_letters_is_their_decomposition() {
        for letter in '\u{1EA0}'..='\u{1EF9}' {
            let mut first = None;
            decompose_canonical(letter, |part| first = first.or(Some(part)));
            assert_eq!(bare(letter), first, "{letter}");
        }
    }

    #[test]
    fn folds() {
        assert_eq!(key("BGDĐT"), "BGDDT");
        assert_eq!(phrase("Nghi\u{323} QUYẾT"), "nghi quyet");
        assert_eq!(phrase("มติที่"), "มติที่");
    }
}
