//! Names across scripts by sound: is `เหงียน มานห์ หุ่ง` the `Nguyễn Mạnh Hùng` of the registry?
//!
//! Vietnamese syllables, with or without their marks, and romanised Lao ones are onset, glide, vowel, coda and tone;
//! a Thai string is cut into syllables in whichever way is cheapest to hear as them. Costs come from tables of what
//! Thai writers do ([`sounds`]); they add up to a score between 0 and 1 that can be compared between queries.
//! In running text a name is taken out on trial: what stands beside it must read better without it ([`word_frequency`],
//! [`acceptance`]), and no other name may be meant.
//! Deliberately absent: any list of persons. What is known of people comes from the registry.

mod acceptance;
pub(in crate::recognise::name) mod boundary;
mod common_syllables;
mod compare;
mod costs;
mod given_syllable;
mod index;
mod latin_syllable;
mod prefilter;
mod score;
mod sounds;
mod spelling_distance;
#[cfg(test)]
mod syllable_shapes;
mod syllable_table;
mod thai_letter;
mod thai_letters;
mod thai_syllable;
mod trie;
pub(in crate::recognise::name) mod word_frequency;

pub use given_syllable::{GivenSyllables, MOST as MOST_GIVEN_SYLLABLES, ends_name};
pub use index::PhoneticIndex;
pub use trie::{PhoneticMatch, PhoneticTrie};

use compare::{CostGrid, ParsedName};

/// Returns the likeness of two names, from 0 to 1: symmetric, and comparable between queries. Case, spaces, hyphens and
/// the Unicode form do not matter.
///
/// Either may be Vietnamese with its marks or without, Thai, Lao, or Latin of another language. Marks that both
/// names have and that differ make another name (`Nguyễn Thanh Lâm`, `Nguyễn Thành Lâm`), which scores well below a
/// name without marks against one that has them.
pub fn similarity(a: &str, b: &str) -> f32 {
    compare::similarity(&ParsedName::of(a), &ParsedName::of(b))
}

/// Candidates taken apart once, to be ranked for many queries.
pub struct PreparedNames {
    names: Vec<ParsedName>,
}

impl PreparedNames {
    /// Takes the candidates apart.
    pub fn new(candidates: &[&str]) -> Self {
        Self { names: candidates.iter().map(|name| ParsedName::of(name)).collect() }
    }

    /// Takes another candidate, behind the others.
    pub fn push(&mut self, candidate: &str) {
        self.names.push(ParsedName::of(candidate));
    }

    /// The place of the candidate that is most like the query, with their [`similarity`]; the first of equals.
    pub fn best(&self, query: &str) -> Option<(usize, f32)> {
        self.rank(query).into_iter().next()
    }

    /// The candidates' places, with their [`similarity`] to the query, best first, ties by place.
    pub fn rank(&self, query: &str) -> Vec<(usize, f32)> {
        let query = ParsedName::of(query);
        let mut hearing = match &query {
            ParsedName::Thai(thai) => Some(CostGrid::of(thai)),
            ParsedName::Latin(_) => None,
        };
        let mut ranked: Vec<(usize, f32)> = self
            .names
            .iter()
            .map(|candidate| match (candidate, &mut hearing) {
                (ParsedName::Latin(latin), Some(hearing)) => compare::across(hearing, latin),
                _ => compare::similarity(&query, candidate),
            })
            .enumerate()
            .collect();
        ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        ranked
    }
}

/// The candidates' places, with their [`similarity`] to the query, best first, ties by place.
///
/// For many queries over the same candidates, [`PreparedNames`] takes them apart once.
pub fn rank(query: &str, candidates: &[&str]) -> Vec<(usize, f32)> {
    PreparedNames::new(candidates).rank(query)
}

/// Aligns the syllables of a Latin name (`a` or `b`) with a Thai one: pairs of the Latin syllable and the Thai
/// letters as written, in the order of the Latin name, each with how alike they are, 0 to 1. Empty where the two are
/// of one script; empty Thai letters where nothing answers to a syllable.
pub fn align(a: &str, b: &str) -> Vec<(String, String, f32)> {
    let (text, thai, latin) = match (ParsedName::of(a), ParsedName::of(b)) {
        (ParsedName::Thai(thai), ParsedName::Latin(latin)) => (a, thai, latin),
        (ParsedName::Latin(latin), ParsedName::Thai(thai)) => (b, thai, latin),
        _ => return Vec::new(),
    };
    let mut hearing = CostGrid::of(&thai);
    let Some(order) = hearing.best_order(&latin) else { return Vec::new() };
    hearing
        .path(order)
        .into_iter()
        .zip(order)
        .map(|((start, end, cost), heard)| {
            let letters = if start < end {
                let bytes = thai.letters[start].start as usize..thai.letters[end - 1].end as usize;
                text[bytes].to_owned()
            } else {
                String::new()
            };
            (heard.letters.clone(), letters, score::score(cost, 1))
        })
        .collect()
}

/// Counts the Thai letters of a text, marks apart, that are no part of an ordinary word.
pub fn unknown_letters(text: &str) -> u32 {
    word_frequency::unknown_letters(text)
}

/// Returns true if a word may be heard as one syllable: Thai letters in any way, Latin ones as Vietnamese has them.
pub fn is_syllable(word: &str) -> bool {
    let letters = thai_letters::letters(word);
    if letters.is_empty() {
        let mut heard = Vec::new();
        return latin_syllable::word_heard(word, latin_syllable::is_marked(word), &mut heard).is_some()
            && matches!(&heard[..], [one] if one.letters.chars().count() == word.chars().count());
    }
    let mut whole = false;
    thai_syllable::each_syllable(&letters, |heard| whole |= heard.len == letters.len());
    whole
}

/// Returns true if a word in Latin letters may be a Vietnamese syllable by the rules of spelling: `Chinh` may, `Ching`
/// may not. In text with its marks a syllable that ends in a stop has a tone mark.
pub fn is_well_formed(word: &str, marked: bool) -> bool {
    is_syllable(word) && latin_syllable::is_well_formed(word, marked)
}

#[cfg(test)]
mod tests;
