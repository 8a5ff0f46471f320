//! The letters in which words end: by them most words before a number are told from those that are looked for.
//!
//! Deliberately absent: the words.

use compact_str::CompactString;

/// The last three letters of some words, folded, as bits under their hash: the end of another word may seem to be
/// there, none of these is ever missing.
#[derive(Clone, Debug, Default)]
pub(super) struct WordEnds {
    ends: [u64; 16],
    /// The words of one letter or two.
    short: Vec<CompactString>,
}

impl WordEnds {
    /// The ends of some words.
    pub(super) fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut ends = Self::default();
        words.into_iter().for_each(|word| ends.add(word));
        ends
    }

    /// Adds that of one word more.
    pub(super) fn add(&mut self, word: &str) {
        let mut letters = word.chars().rev();
        if let (Some(last), Some(second), Some(third)) = (letters.next(), letters.next(), letters.next()) {
            let (at, bit) = place(last, second, third);
            self.ends[at] |= bit;
        } else if !word.is_empty() {
            self.short.push(word.into());
        }
    }

    /// Returns false where none of the words ends in the letter `last` with the letters of `before` before it, the
    /// nearest first.
    #[inline]
    pub(super) fn may_end(&self, last: char, mut before: impl Iterator<Item = char>) -> bool {
        let (second, third) = (before.next(), before.next());
        let is_end = second.zip(third).is_some_and(|(second, third)| {
            let (at, bit) = place(last, second, third);
            self.ends[at] & bit != 0
        });
        is_end
            || self.short.iter().any(|word| {
                let mut letters = word.chars().rev();
                letters.next() == Some(last) && letters.next().is_none_or(|letter| second == Some(letter))
            })
    }
}

/// The number and the bit of an end.
const fn place(last: char, second: char, third: char) -> (usize, u64) {
    let hash = (third as u32).wrapping_mul(421) ^ (second as u32).wrapping_mul(29) ^ last as u32;
    ((hash >> 6) as usize % 16, 1 << (hash % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_end_is_missing() {
        let ends = WordEnds::of(["nghi dinh", "so", "เลขที่", "ก"]);
        for text in ["nghi dinh", "x dinh", "so", "xso", "ที่", "ก", "xก"] {
            let mut letters = text.chars().rev();
            let last = letters.next().expect("a letter");
            assert!(ends.may_end(last, letters), "{text}");
        }
        for text in ["h", "nh", "anh", "o", "no", "van ban"] {
            let mut letters = text.chars().rev();
            let last = letters.next().expect("a letter");
            assert!(!ends.may_end(last, letters), "{text}");
        }
    }
}
