//! Folding of the letters of symbols and of the words around them.
//!
//! Two folds: [`key`] for the letters of a symbol (capital, no marks), [`phrase`] for words (small, no marks). Both
//! leave Thai alone. Deliberately absent: a map back to the source; who needs one keeps offsets by character.

use std::sync::LazyLock;

use compact_str::CompactString;
use smallvec::SmallVec;
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
        FIRST_LATIN..=LAST_LATIN => Some(LATIN[(letter as u32 - FIRST_LATIN as u32) as usize]),
        '\u{1E00}'..='\u{1EFF}' => Some(decomposed(letter)),
        _ if is_combining_mark(letter) => None,
        _ => Some(letter),
    }
}

/// Returns whether a letter is a Latin vowel, with marks or without.
pub(super) fn is_vowel(letter: char) -> bool {
    bare(letter).is_some_and(|letter| matches!(letter.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y'))
}

const FIRST_LATIN: char = '\u{00C0}';
const LAST_LATIN: char = '\u{024F}';

/// The bare letters of the blocks from [`FIRST_LATIN`] to [`LAST_LATIN`].
static LATIN: LazyLock<Vec<char>> = LazyLock::new(|| (FIRST_LATIN..=LAST_LATIN).map(decomposed).collect());

/// The first character of the canonical decomposition.
fn decomposed(letter: char) -> char {
    let mut first = None;
    decompose_canonical(letter, |part| first = first.or(Some(part)));
    first.unwrap_or(letter)
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
    if letters.is_ascii() {
        let mut key = CompactString::from(letters);
        key.as_mut_str().make_ascii_uppercase();
        return key;
    }
    let mut key = FoldBuffer::new();
    letters.chars().filter_map(bare).for_each(|letter| push(&mut key, letter.to_ascii_uppercase()));
    compact(&key)
}

/// A word or phrase for comparing: `Nghị Định` gives `nghi dinh`.
pub(super) fn phrase(text: &str) -> CompactString {
    let mut phrase = FoldBuffer::new();
    text.chars().filter_map(bare).for_each(|letter| push(&mut phrase, letter.to_ascii_lowercase()));
    compact(&phrase)
}

/// Letters without their marks, case kept: `BGDĐT` gives `BGDDT`.
pub(super) fn unmarked(letters: &str) -> CompactString {
    if letters.is_ascii() {
        return letters.into();
    }
    let mut unmarked = FoldBuffer::new();
    letters.chars().filter_map(bare).for_each(|letter| push(&mut unmarked, letter));
    compact(&unmarked)
}

/// Bytes of a text that is put together; pushing to a compact string costs several times as much.
type FoldBuffer = SmallVec<[u8; 64]>;

fn push(buffer: &mut FoldBuffer, letter: char) {
    if letter.is_ascii() {
        buffer.push(letter as u8);
    } else {
        buffer.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
    }
}

/// The text that was put together: of whole characters, so it is one.
fn compact(bytes: &[u8]) -> CompactString {
    std::str::from_utf8(bytes).map(CompactString::from).unwrap_or_default()
}

/// Several texts, one behind the other.
pub(super) fn text_from<const N: usize>(parts: [&str; N]) -> CompactString {
    let mut bytes = [0; 64];
    let mut length = 0;
    for part in parts {
        let end = length + part.len();
        let Some(place) = bytes.get_mut(length..end) else { return CompactString::from(parts.concat()) };
        place.copy_from_slice(part.as_bytes());
        length = end;
    }
    compact(&bytes[..length])
}

/// The text of some characters.
pub(super) fn text_of(letters: impl Iterator<Item = char>) -> CompactString {
    let mut text = FoldBuffer::new();
    letters.for_each(|letter| push(&mut text, letter));
    compact(&text)
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
