//! The distance between a misspelt word and a right one.
//!
//! The distance counts insertions, deletions, substitutions and swaps of neighbours, over characters. Words are short
//! and the work is bounded by their length, so nothing here depends on the length of a text.

use smallvec::SmallVec;

use super::letters::is_thai_mark;
use super::words::{ENGLISH_WORDS_NEAR_MONTHS, MONTHS, MonthNames};

/// The longest word that is compared, in characters.
const LONGEST: usize = 16;

type EditRow = [u8; LONGEST + 1];

/// The distances from `right` to every prefix of `text`, up to [`LONGEST`] characters; `limit + 1` and more may be
/// given as any number above `limit`.
fn distances(right: &str, text: &[char], limit: u8) -> Option<EditRow> {
    let len = text.len().min(LONGEST);
    let mut before: EditRow = [u8::MAX; LONGEST + 1];
    let mut above: EditRow = std::array::from_fn(|n| n as u8);
    let mut last_letter = None;
    for (n, letter) in right.chars().enumerate() {
        let mut row: EditRow = [u8::MAX; LONGEST + 1];
        row[0] = n as u8 + 1;
        for at in 1..=len {
            let substituted = above[at - 1] + u8::from(letter != text[at - 1]);
            let mut best = substituted.min(above[at] + 1).min(row[at - 1] + 1);
            if at > 1 && Some(text[at - 1]) == last_letter && text[at - 2] == letter {
                best = best.min(before[at - 2].saturating_add(1));
            }
            row[at] = best;
        }
        if row[..=len].iter().all(|distance| *distance > limit) {
            return None;
        }
        (before, above) = (above, row);
        last_letter = Some(letter);
    }
    Some(above)
}

/// The distance between two words where it is at most `limit`.
pub(super) fn distance(right: &str, text: &str, limit: u8) -> Option<u8> {
    let text: SmallVec<[char; LONGEST]> = text.chars().take(LONGEST + 1).collect();
    if text.len() > LONGEST {
        return None;
    }
    distances(right, &text, limit).map(|row| row[text.len()]).filter(|distance| *distance <= limit)
}

/// The Thai month that `text` starts with a misspelling of, and the misspelling's length in bytes.
///
/// A stem with another month's ending counts by the rule of endings; otherwise one edit, or two where the word is
/// long or keeps its stem.
pub(super) fn thai_month(text: &str) -> Option<(u8, usize)> {
    let first = text.chars().next()?;
    if !matches!(first, 'ม' | 'ก' | 'ส' | 'ต' | 'ธ' | 'พ' | 'เ') {
        return None;
    }
    let letters: SmallVec<[char; LONGEST]> =
        text.chars().take_while(|c| matches!(c, '\u{E01}'..='\u{E4E}')).take(LONGEST).collect();
    let mut best: Option<(u8, usize, u8, usize)> = None;
    let near_stem = |month: &&MonthNames| {
        let stem = month.thai.chars().take(3);
        month.thai.starts_with(first) && stem.filter(|letter| letters.iter().take(4).any(|c| c == letter)).count() >= 2
    };
    for month in MONTHS.iter().filter(near_stem) {
        let right = month.thai.chars().count();
        let Some(row) = distances(month.thai, &letters, 2) else { continue };
        let stem: SmallVec<[char; 4]> = month.thai.chars().take(3).collect();
        for len in right.saturating_sub(2)..=(right + 2).min(letters.len()) {
            let allowed = if right >= 8 || letters.starts_with(&stem) { 2 } else { 1 };
            let ends = !letters.get(len).is_some_and(|c| is_thai_mark(*c));
            // Where the text goes on, two edits are only believed when a month's ending is among what was read.
            let torn = row[len] > 1 && len < letters.len() && !ENDINGS.contains(&[letters[len - 2], letters[len - 1]]);
            if row[len] > allowed || !ends || torn {
                continue;
            }
            let off = if len == letters.len() { 0 } else { 1 + len.abs_diff(right) };
            if best.is_none_or(|(_, _, distance, its)| (row[len], off) < (distance, its)) {
                best = Some((month.number, len, row[len], off));
            }
        }
    }
    best.map(|(month, len, ..)| (month, letters[..len].iter().map(|c| c.len_utf8()).sum()))
}

/// The last two characters of months' names, right and mistaken.
const ENDINGS: [[char; 2]; 5] = [['ค', 'ม'], ['ย', 'น'], ['ธ', '์'], ['ค', 'น'], ['ย', 'ม']];

/// The English month that `word`, in lower case, is a misspelling of.
pub(super) fn english_month(word: &str) -> Option<u8> {
    if !word.is_ascii() || word.len() < 4 || ENGLISH_WORDS_NEAR_MONTHS.contains(&word) {
        return None;
    }
    MONTHS.iter().find_map(|month| {
        let right = month.english.to_ascii_lowercase();
        let allowed = if right.len() >= 7 { 2 } else { u8::from(right.len() >= 4) };
        let near =
            right.starts_with(&word[..1]) && allowed > 0 && right.len().abs_diff(word.len()) <= usize::from(allowed);
        (near && distance(&right, word, allowed).is_some()).then_some(month.number)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thai_months_are_recognised_through_their_misspellings() {
        for (text, month, len) in [
            ("กรกฏาคม 2566", 7, 7),
            ("กรกฏาคมที่ผ่านมา", 7, 7),
            ("เมษาคม 2566", 4, 6),
            ("กันยายมนี้", 9, 7),
            ("กุมภาพัน 2566", 2, 8),
            ("กุมภาพันธุ์ 2566", 2, 11),
            ("ธันวาคท 2566", 12, 7),
            ("พฤศจิกาย 2566", 11, 8),
            ("พฤกษภาคม", 5, 8),
            ("มกรคม", 1, 5),
        ] {
            assert_eq!(thai_month(text), Some((month, len * 3)), "{text}");
        }
        for text in ["คน", "กม.", "มีความ", "ตำบล", "เมตร", "พันบาท", "กิโลเมตร", "มหาคม"]
        {
            assert_eq!(thai_month(text), None, "{text}");
        }
    }

    #[test]
    fn english_months_are_recognised_through_their_misspellings() {
        for (word, month) in [("novemeber", 11), ("febuary", 2), ("agust", 8), ("septemer", 9), ("apirl", 4)] {
            assert_eq!(english_month(word), Some(month), "{word}");
        }
        for word in
            ["augusta", "member", "july", "marsh", "number", "remember", "septembre", "oktober", "januari", "jane"]
        {
            assert_eq!(english_month(word), None, "{word}");
        }
    }
}
