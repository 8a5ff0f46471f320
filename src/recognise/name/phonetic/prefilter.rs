//! A filter for running text: may a registered name begin with a syllable whose first three letters are these?
//!
//! Every Thai syllable that has a written vowel or a final is spelt out once, by classes of letters; an index keeps a
//! bit for each beginning that one of its first syllables can be heard in, and knows what must be heard behind it.
//! Deliberately absent: exactness. What passes is looked at in full.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::sounds::{Sounds, Vowel};
use super::syllable_table::{self, CLASSES, class, vowels_behind};
use super::thai_letter::{ThaiLetter, is_consonant};
use super::thai_syllable::SyllableShape;

/// Most letters of a syllable and of the beginning of what may be heard as one with it.
const LONGEST: usize = 10;

/// Calls `each` with everything that can be heard as one Thai syllable, some of it more than once.
pub(super) fn each_syllable(mut each: impl FnMut(Sounds)) {
    syllable_table::shapes().for_each(|shape| each(shape.sounds));
}

/// The keys of the letters in order: each letter's class with those of the two behind it.
pub(super) fn keys(letters: &[ThaiLetter]) -> impl Iterator<Item = usize> + '_ {
    let class = |letter: Option<&ThaiLetter>| letter.map_or(0, |letter| class(letter.ch));
    let mut key = class(letters.first()) * CLASSES + class(letters.get(1));
    let mut behind = letters.get(2..).unwrap_or_default().iter();
    letters.iter().map(move |_| {
        key = (key * CLASSES + class(behind.next())) % (CLASSES * CLASSES * CLASSES);
        key
    })
}

/// The vowels of everything that [`thai_syllable::each_syllable`] hears in the beginning of these letters, as
/// [`Sounds::mask`] has them, and perhaps more.
pub(super) fn vowels_ahead(letters: &[ThaiLetter]) -> u64 {
    let Some(first) = letters.first() else { return 0 };
    let class = |at: usize| letters.get(at).map_or(0, |letter| class(letter.ch));
    let lead = syllable_table::lead(first.ch);
    let onset = usize::from(lead > 0);
    let (mut any, mut open) = (0, 0);
    for at in onset..onset + 3 {
        if !letters.get(at).is_some_and(|letter| is_consonant(letter.ch)) {
            break;
        }
        let vowels = vowels_behind(lead, class(at + 1), class(at + 2));
        any |= vowels.0;
        open |= vowels.1;
    }
    // A vowel spelt as two takes its sound from both.
    const ROUNDED: u64 = Sounds::vowel_mask(Vowel::O)
        | Sounds::vowel_mask(Vowel::U)
        | Sounds::vowel_mask(Vowel::Ua)
        | Sounds::vowel_mask(Vowel::Aw);
    if open & (ROUNDED | Sounds::vowel_mask(Vowel::I)) != 0
        && any != Sounds::VOWELS
        && letters.iter().take(LONGEST).skip(onset + 1).any(|letter| matches!(letter.ch, 'อ' | 'ย'))
    {
        any |= if open & ROUNDED == 0 { Sounds::vowel_mask(Vowel::Ia) } else { Sounds::VOWELS };
    }
    any
}

/// The beginnings that pass.
pub(super) struct BeginningFilter {
    bits: Vec<u64>,
    /// The sounds that may follow wanted syllables of one letter and of two, by their classes, and longer ones,
    /// by key, each with how many letters the syllable has.
    by_one: Vec<u64>,
    by_two: Vec<u64>,
    longer: FxHashMap<u32, SmallVec<[(u8, u64); 3]>>,
}

impl BeginningFilter {
    /// A filter that passes the syllables of which `then` says that something may be heard behind them, and what.
    pub fn new(mut then: impl FnMut(Sounds) -> u64) -> Self {
        let mut filter = Self {
            bits: vec![0; CLASSES * CLASSES * CLASSES / 64],
            by_one: vec![0; CLASSES],
            by_two: vec![0; CLASSES * CLASSES],
            longer: FxHashMap::default(),
        };
        for SyllableShape { key, len, sounds, bare } in syllable_table::shapes() {
            let then = then(sounds);
            if then == 0 {
                continue;
            }
            match len {
                1 => filter.by_one[key as usize] |= then,
                2 => filter.by_two[key as usize] |= then,
                _ => {
                    let by_len = filter.longer.entry(key).or_default();
                    match by_len.iter_mut().find(|(other, _)| *other == len) {
                        Some((_, known)) => *known |= then,
                        None => by_len.push((len, then)),
                    }
                }
            }
            if bare {
                continue;
            }
            // Shorter syllables may be followed by anything.
            let span = CLASSES.pow(3 - u32::from(len.min(3)));
            let start = key as usize * span;
            for key in start..start + span {
                filter.bits[key / 64] |= 1 << (key % 64);
            }
        }
        filter
    }

    /// Returns true if a wanted syllable may begin with the letters of this key.
    pub fn passes(&self, key: usize) -> bool {
        self.bits[key / 64] & (1 << (key % 64)) != 0
    }

    /// Returns true if some wanted syllable may begin with letters of this key, and what must follow it is there:
    /// `follows` is asked with the number of its letters and what may be heard behind it, as [`Sounds::mask`] has it.
    pub fn goes_on(&self, key: usize, follows: impl Fn(usize, u64) -> bool) -> bool {
        let (one, two) = (self.by_one[key / CLASSES / CLASSES], self.by_two[key / CLASSES]);
        one != 0 && follows(1, one)
            || two != 0 && follows(2, two)
            || self
                .longer
                .get(&(key as u32))
                .is_some_and(|by_len| by_len.iter().any(|&(len, then)| follows(len.into(), then)))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::recognise::name::phonetic::{thai_letters, thai_syllable};

    proptest! {
        #[test]
        fn what_is_heard_lies_ahead(text in "[กขงจชญดตถทธนบปพมยรลวศสหอฮะัาำิีึืุูเแโใไๅ่์ ]{0,9}") {
            let letters = thai_letters::letters(&text);
            for at in 0..letters.len() {
                let bound = vowels_ahead(&letters[at..]) | thai_syllable::initials_at(&letters[at..]);
                thai_syllable::each_syllable(&letters[at..], |heard| {
                    let mask = 1 << heard.sounds.initial as u64 | Sounds::vowel_mask(heard.sounds.vowel);
                    assert_eq!(bound & mask, mask, "{:?} in {text}", heard.sounds);
                });
            }
        }
    }
}
