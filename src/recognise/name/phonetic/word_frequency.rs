//! Ordinary Thai words, as evidence against a name: what text says whether somebody is named in it or not.
//!
//! Thai puts no space between words, so a name may be heard across `ทะเลเวียดนาม` or begin in the middle of `ระหว่าง`.
//! The question is answered as a segmenter would: how likely is the text as a row of ordinary words and unknown
//! letters, and how much likelier does what stands left and right of a name become when the name is taken out? A name
//! taken out of ordinary text leaves halves of words behind and gains little; a name that really stands there was
//! unknown letters, and gains much.
//!
//! `data/name/thai_words.txt` holds the most frequent words, the most frequent first, by the frequencies of PyThaiNLP's
//! lists of the Thai National Corpus and the Thai Textbook Corpus (CC0). Deliberately absent: rare words and names,
//! which are unknown letters here, and grammar.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::recognise::name::word_lists::THAI_WORDS;

/// Ordinary words.
struct WordFrequencies {
    /// The cost of each word.
    costs: FxHashMap<&'static str, f32>,
    /// By the first two letters: how many letters words that begin so have, a bit each.
    lengths: Vec<u32>,
}

static WORDS: LazyLock<WordFrequencies> = LazyLock::new(|| {
    let costs = FxHashMap::with_capacity_and_hasher(THAI_WORDS.len(), rustc_hash::FxBuildHasher);
    let mut words = WordFrequencies { costs, lengths: vec![0; LETTERS * LETTERS] };
    for (rank, word) in THAI_WORDS.iter().enumerate() {
        words.costs.insert(word, rarity(rank));
        let mut letters = word.chars();
        if let (Some(first), Some(second)) = (letters.next(), letters.next()) {
            words.lengths[pair(first, second)] |= 1 << (letters.count() + 2);
        }
    }
    words
});

/// Code points of the Thai block.
const LETTERS: usize = 128;

/// The number of two letters; of what is not Thai that of none.
fn pair(first: char, second: char) -> usize {
    let place = |letter: char| (letter as usize).checked_sub(0xE00).filter(|place| *place < LETTERS).unwrap_or(0);
    place(first) * LETTERS + place(second)
}

/// Returns the cost of the word of a rank, in nats: frequencies fall with the rank (Zipf's law).
pub(super) fn rarity(rank: usize) -> f32 {
    (10.0 * (rank as f32 + 3.0)).ln()
}

/// Cost of beginning a stretch of letters that are no ordinary word, and of each letter of it.
const UNKNOWN: f32 = 4.0;
const LETTER: f32 = 3.2;
/// Bytes of text that are looked at on each side of a name.
const BESIDE: usize = 42;

/// The evidence of the words around a name for the name.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct LikelihoodRatio {
    /// The log-likelihood ratio: the cost that the text saves when the name is taken out, in nats.
    pub log_ratio: f32,
    /// The start of the unknown letters directly before the name, in bytes of the text; the name's start where
    /// there are none.
    pub left: usize,
    /// The end of the unknown letters directly behind the name; the name's end where there are none.
    pub right: usize,
}

/// Returns the evidence of the text around `start..end`, in bytes, for a name there.
pub fn likelihood_ratio(text: &str, start: usize, end: usize) -> LikelihoodRatio {
    let (from, to) = (start - run_before(&text[..start]), end + run_behind(&text[end..]));
    let (left, right) = (read(&text[from..start]), read(&text[end..to]));
    let whole = read(&text[from..to]);
    LikelihoodRatio {
        log_ratio: whole.cost - left.cost - right.cost,
        left: start - left.unknown_behind,
        right: end + right.unknown_before,
    }
}

/// Returns the cost of Thai letters, in nats.
pub(super) fn cost(text: &str) -> f32 {
    read(text).cost
}

/// Returns true if a text begins with an ordinary word, as it is read best.
pub fn begins(text: &str) -> bool {
    let to = run_behind(text);
    to > 0 && read(&text[..to]).unknown_before == 0
}

/// Counts the letters of a text, marks apart, that are no part of an ordinary word in its best reading.
pub(super) fn unknown_letters(text: &str) -> u32 {
    read(text).unknown
}

/// Returns true if a text is an ordinary word.
pub fn is_word(text: &str) -> bool {
    WORDS.costs.contains_key(text)
}

/// Returns the start of the unknown letters that a text ends with; the end of the text where there are none.
pub(super) fn unknown_before(text: &str) -> usize {
    text.len() - read(&text[text.len() - run_before(text)..]).unknown_behind
}

/// Bytes of the Thai letters that a text ends with, no more than are looked at.
fn run_before(text: &str) -> usize {
    let letters = text.char_indices().rev().take_while(|(at, ch)| text.len() - at <= BESIDE && is_thai(*ch));
    letters.last().map_or(0, |(at, _)| text.len() - at)
}

/// The same at the beginning.
pub fn run_behind(text: &str) -> usize {
    let letters = text.char_indices().map(|(at, ch)| (at + ch.len_utf8(), ch));
    letters.take_while(|(end, ch)| *end <= BESIDE && is_thai(*ch)).last().map_or(0, |(end, _)| end)
}

/// Letters as a row of ordinary words and unknown letters, at the least cost.
struct Segmentation {
    cost: f32,
    /// Bytes of the unknown letters at the beginning and at the end.
    unknown_before: usize,
    unknown_behind: usize,
    /// All unknown letters, marks apart.
    unknown: u32,
}

/// The best way to read up to a place.
#[derive(Clone, Copy)]
struct SegmentationStep {
    at: usize,
    cost: f32,
    /// Letters of it that are unknown.
    unknown: u32,
    /// The end of the unknown letters at the beginning.
    first: usize,
    /// The start of the unknown letters at the end; `at` where a word stands at the end.
    last: usize,
}

fn read(text: &str) -> Segmentation {
    let boundaries = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let mut places: SmallVec<[SegmentationStep; 64]> =
        boundaries.map(|at| SegmentationStep { at, cost: f32::MAX, unknown: 0, first: 0, last: at }).collect();
    places[0].cost = 0.0;
    let words = &*WORDS;
    for here in 0..places.len() - 1 {
        let SegmentationStep { at, cost, unknown, first, last } = places[here];
        let rest = &text[at..];
        // A mark is part of its letter, and costs what it does; a space costs nothing.
        let letter = if rest.starts_with(|ch| is_mark(ch) || !is_thai(ch)) { 0.0 } else { LETTER };
        let begun = if last == at && letter > 0.0 { UNKNOWN } else { 0.0 };
        let next = &mut places[here + 1];
        if cost + letter + begun < next.cost {
            let first = if first == at { next.at } else { first };
            let unknown = unknown + u32::from(letter > 0.0);
            *next = SegmentationStep { cost: cost + letter + begun, unknown, first, last, ..*next };
        }
        if rest.starts_with(is_dependent) || text[..at].ends_with(is_lead) {
            continue;
        }
        let mut letters = rest.chars();
        let (Some(one), Some(two)) = (letters.next(), letters.next()) else { continue };
        let mut lengths = words.lengths[pair(one, two)];
        while lengths != 0 {
            let length = lengths.trailing_zeros() as usize;
            lengths &= lengths - 1;
            let Some(place) = places.get_mut(here + length) else { break };
            let end = place.at;
            if let Some(&rarity) = words.costs.get(&text[at..end])
                && cost + rarity < place.cost
                && !text[end..].starts_with(is_dependent)
            {
                *place = SegmentationStep { cost: cost + rarity, unknown, first, last: end, at: end };
            }
        }
    }
    let whole = places[places.len() - 1];
    Segmentation {
        cost: whole.cost,
        unknown_before: whole.first,
        unknown_behind: text.len() - whole.last,
        unknown: whole.unknown,
    }
}

const fn is_thai(ch: char) -> bool {
    matches!(ch, '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}')
}

/// Returns true if a letter belongs to the consonant before it.
const fn is_dependent(ch: char) -> bool {
    matches!(ch, 'ะ'..='ู' | 'ๅ') || is_mark(ch)
}

const fn is_mark(ch: char) -> bool {
    matches!(ch, '\u{E3A}' | '\u{E47}'..='\u{E4E}')
}

const fn is_lead(ch: char) -> bool {
    matches!(ch, 'เ'..='ไ')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_come_the_most_frequent_first_and_once() {
        assert!(rarity(0) < rarity(7000));
        assert_eq!(WORDS.costs.len(), THAI_WORDS.len());
        // A bit of a mask for each length.
        assert!(WORDS.costs.keys().all(|word| word.chars().all(is_thai) && word.chars().count() < 32));
    }

    #[test]
    fn a_name_gains_and_half_a_word_does_not() {
        let likelihood_ratio = |text: &str| {
            let (before, rest) = text.split_once('«').expect("a mark");
            let (name, after) = rest.split_once('»').expect("a mark");
            let plain = [before, name, after].concat();
            likelihood_ratio(&plain, before.len(), before.len() + name.len())
        };
        let name = likelihood_ratio("หมู่บ้านของ«เจิ่นเซือง»อยู่ริมแม่น้ำ");
        assert!(name.log_ratio > 20.0 && name.left == "หมู่บ้านของ".len(), "{name:?}");
        let half = likelihood_ratio("ฝั่งทะ«เลเวียด»นามในวันนี้");
        assert!(half.log_ratio < 5.0, "{half:?}");
        let words = likelihood_ratio("เขา«ตั้ง ใจ»ทำงาน");
        assert!(words.log_ratio < 18.0, "{words:?}");
        let longer = likelihood_ratio("เพื่อนของ«เจิ่นเซือง»ฮึ้งเกวมาก");
        assert!(longer.right > "เพื่อนของเจิ่นเซือง".len(), "{longer:?}");
    }

    proptest! {
        #[test]
        fn every_text_is_read(text in "[ก-ฺเ-๎a ]{0,40}") {
            for (at, _) in text.char_indices() {
                let likelihood_ratio = likelihood_ratio(&text, 0, at);
                prop_assert!(likelihood_ratio.log_ratio.is_finite());
                prop_assert!(text.is_char_boundary(likelihood_ratio.right) && likelihood_ratio.right >= at && likelihood_ratio.left == 0);
                begins(&text[at..]);
                prop_assert!(text[..at].is_char_boundary(unknown_before(&text[..at])));
            }
        }
    }
}
