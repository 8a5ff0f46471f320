//! The language of a segment, as the letters and the most frequent words in it tell.

use super::letters::{is_lao, is_latin, is_thai, is_vietnamese};
use super::words;
use crate::recognise::profile::Language;

/// The language of a segment by its letters and its most frequent words; unknown for Latin letters that could be
/// either.
///
/// A Vietnamese name in an English sentence does not make it Vietnamese: `In 2024, Minister Nguyễn Văn An said`.
pub(super) fn language(text: &str) -> Language {
    let SegmentLetters { thai, lao, latin, vietnamese } = SegmentLetters::of(text);
    match () {
        () if lao > thai && lao * 2 >= latin => Language::Lao,
        () if thai > 0 && thai * 2 >= latin => Language::Thai,
        () if latin > 0 && is_english(text, vietnamese > 0) => Language::English,
        () if vietnamese > 0 => Language::Vietnamese,
        () if thai > 0 => Language::Thai,
        () => Language::Unknown,
    }
}

/// Letters of a segment by what they tell.
#[derive(Default)]
struct SegmentLetters {
    thai: usize,
    lao: usize,
    /// Latin letters, those of Vietnamese among them.
    latin: usize,
    vietnamese: usize,
}

impl SegmentLetters {
    /// Bytes that are counted together where all are ASCII.
    const CHUNK: usize = 32;

    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut letters = Self::default();
        let mut at = 0;
        while at < bytes.len() {
            if let Some(chunk) = bytes[at..].first_chunk::<{ Self::CHUNK }>().filter(|chunk| chunk.is_ascii()) {
                letters.latin += chunk.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
                at += Self::CHUNK;
                continue;
            }
            let end = (at + Self::CHUNK).min(bytes.len());
            for c in text[at..].chars() {
                letters.add(c);
                at += c.len_utf8();
                if at >= end {
                    break;
                }
            }
        }
        letters
    }

    fn add(&mut self, c: char) {
        if c.is_ascii() {
            self.latin += usize::from(c.is_ascii_alphabetic());
        } else if is_thai(c) {
            self.thai += 1;
        } else if is_lao(c) {
            self.lao += 1;
        } else if is_vietnamese(c) {
            self.vietnamese += 1;
            self.latin += 1;
        } else if is_latin(c) {
            self.latin += 1;
        }
    }
}

/// Returns whether the words of a segment in Latin letters are English: some of the most frequent ones, and, where
/// Vietnamese letters occur (`marked`), these only in a smaller part of the words.
fn is_english(text: &str, marked: bool) -> bool {
    let is_frequent = |word: &&str| word.len() <= LONGEST_FREQUENT && FREQUENT.contains(&packed(word.as_bytes()));
    if !marked {
        return latin_words(text).any(|word| is_frequent(&word));
    }
    let (mut words, mut vietnamese) = (0_usize, 0_usize);
    for word in latin_words(text) {
        words += 1;
        vietnamese += usize::from(!word.is_ascii());
    }
    // Frequent words are counted last: Vietnamese text, in which nobody would find them, is told by its letters.
    vietnamese * 2 <= words && {
        let english = latin_words(text).filter(is_frequent).count();
        english > 0 && english * 8 >= words
    }
}

/// The words of Latin letters in a text.
fn latin_words(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let mut start = None;
        loop {
            let (is_letter, len) = match bytes.get(at) {
                Some(byte) if byte.is_ascii() => (byte.is_ascii_alphabetic(), 1),
                Some(_) => text[at..].chars().next().map_or((false, 1), |c| (is_latin(c), c.len_utf8())),
                None => (false, 0),
            };
            match start {
                Some(start) if !is_letter => return Some(&text[start..at]),
                None if is_letter => start = Some(at),
                None if len == 0 => return None,
                _ => {}
            }
            at += len;
        }
    })
}

/// The bytes of the longest frequent word that counts.
const LONGEST_FREQUENT: usize = 5;

/// The frequent words of English as numbers, in which they are found sooner than among texts.
const FREQUENT: [u64; words::ENGLISH_FREQUENT.len()] = {
    let mut all = [0; words::ENGLISH_FREQUENT.len()];
    let mut at = 0;
    while at < all.len() {
        let word = words::ENGLISH_FREQUENT[at].as_bytes();
        assert!(word.len() <= LONGEST_FREQUENT, "frequent words are short");
        all[at] = packed(word);
        at += 1;
    }
    all
};

/// The letters of a word of at most eight ASCII letters, in lower case, as one number; for others it means nothing.
const fn packed(word: &[u8]) -> u64 {
    let (mut number, mut at) = (0, 0);
    while at < word.len() {
        number = number << 8 | (word[at] | 0x20) as u64;
        at += 1;
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn words_and_not_single_letters_decide() {
        for (text, wanted) in [
            ("In 2024, Minister Nguyễn Văn An said", Language::English),
            ("Năm 2024 Bộ trưởng Nguyễn Văn An nói", Language::Vietnamese),
            ("Bộ trưởng said là đã in ở Huế năm nay rồi nhé", Language::Vietnamese),
            ("OF THE PEOPLE", Language::English),
            ("Paris 2024", Language::Unknown),
            ("ปีนี้ 2567 in", Language::Thai),
            ("ວັນທີ 28 ພະຈິກ", Language::Lao),
        ] {
            assert_eq!(language(text), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn words_are_what_lies_between_other_characters(text in "[aZéạ\u{301} .5กລ]{0,80}") {
            let split: Vec<&str> = text.split(|c: char| !is_latin(c)).filter(|word| !word.is_empty()).collect();
            prop_assert_eq!(latin_words(&text).collect::<Vec<_>>(), split);
        }

        #[test]
        fn letters_in_a_row_count_like_single_ones(text in "([a-z ]{20,70}|[aéạกລ5]{0,6}){0,8}") {
            let mut single = SegmentLetters::default();
            text.chars().for_each(|c| single.add(c));
            let all = SegmentLetters::of(&text);
            prop_assert_eq!((all.thai, all.lao, all.latin, all.vietnamese), (single.thai, single.lao, single.latin, single.vietnamese));
        }
    }
}
