//! The language of a segment, as the letters and the most frequent words in it tell.

use super::letters::{is_lao, is_latin, is_thai, is_vietnamese};
use super::lex::LowerWord;
use super::words;
use crate::recognise::profile::Language;

/// The language of a segment by its letters and its most frequent words; unknown for Latin letters that could be
/// either.
///
/// A Vietnamese name in an English sentence does not make it Vietnamese: `In 2024, Minister Nguyễn Văn An said`.
pub(super) fn language(text: &str) -> Language {
    let (mut thai, mut lao, mut latin, mut vietnamese) = (0_usize, 0_usize, 0_usize, 0_usize);
    for c in text.chars() {
        if c.is_ascii() {
            latin += usize::from(c.is_ascii_alphabetic());
        } else if is_thai(c) {
            thai += 1;
        } else if is_lao(c) {
            lao += 1;
        } else if is_vietnamese(c) {
            vietnamese += 1;
            latin += 1;
        } else if is_latin(c) {
            latin += 1;
        }
    }
    match () {
        () if lao > thai && lao * 2 >= latin => Language::Lao,
        () if thai > 0 && thai * 2 >= latin => Language::Thai,
        () if latin > 0 && is_english(text, vietnamese > 0) => Language::English,
        () if vietnamese > 0 => Language::Vietnamese,
        () if thai > 0 => Language::Thai,
        () => Language::Unknown,
    }
}

/// Returns whether the words of a segment in Latin letters are English: some of the most frequent ones, and, where
/// Vietnamese letters occur (`marked`), these only in a smaller part of the words.
fn is_english(text: &str, marked: bool) -> bool {
    let (mut words, mut english, mut vietnamese) = (0_usize, 0_usize, 0_usize);
    for word in text.split(|c: char| !is_latin(c)).filter(|word| !word.is_empty()) {
        words += 1;
        if word.is_ascii() {
            english += usize::from(word.len() <= 5 && words::ENGLISH_FREQUENT.contains(&LowerWord::of(word).as_str()));
        } else {
            vietnamese += 1;
        }
    }
    english > 0 && (!marked || vietnamese * 2 <= words && english * 8 >= words)
}
