//! Names across scripts by sound: is `เหงียน มานห์ หุ่ง` the `Nguyễn Mạnh Hùng` of the registry?
//!
//! Vietnamese syllables, with or without their marks, and romanised Lao ones are onset, glide, vowel, coda and tone;
//! a Thai string is cut into syllables in whichever way is cheapest to hear as them. Costs come from tables of what
//! Thai writers do ([`tables`]); they add up to a score between 0 and 1 that can be compared between queries.
//! In running text a name is taken out on trial: what stands beside it must read better without it ([`ordinary`],
//! [`stand`]), and no other name may be meant.
//! Deliberately absent: any list of persons. What is known of people comes from the registry.

mod common;
mod context;
mod costs;
mod givens;
mod index;
mod latin;
mod layers;
mod letters;
mod name;
pub(in crate::recognise::name) mod ordinary;
mod shapes;
mod stand;
mod tables;
mod thai;
mod written;

pub use givens::{Givens, MOST as MOST_GIVENS, ends_name};
pub use index::{Index, SoundHit};
pub use layers::Names;

use name::{Hearing, Name};

/// How alike two names are, from 0 to 1: symmetric, and comparable between queries. Case, spaces, hyphens and the
/// Unicode form do not matter.
///
/// Either may be Vietnamese with its marks or without, Thai, Lao, or Latin of another language. Marks that both
/// names have and that differ make another name (`Nguyễn Thanh Lâm`, `Nguyễn Thành Lâm`), which scores well below a
/// name without marks against one that has them.
pub fn similarity(a: &str, b: &str) -> f32 {
    name::similarity(&Name::of(a), &Name::of(b))
}

/// Candidates taken apart once, to be ranked for many queries.
pub struct Prepared {
    names: Vec<Name>,
}

impl Prepared {
    /// Takes the candidates apart.
    pub fn new(candidates: &[&str]) -> Self {
        Self { names: candidates.iter().map(|name| Name::of(name)).collect() }
    }

    /// The candidates' places, with their [`similarity`] to the query, best first, ties by place.
    pub fn rank(&self, query: &str) -> Vec<(usize, f32)> {
        let query = Name::of(query);
        let mut hearing = match &query {
            Name::Thai(thai) => Some(Hearing::of(thai)),
            Name::Latin(_) => None,
        };
        let mut ranked: Vec<(usize, f32)> = self
            .names
            .iter()
            .map(|candidate| match (candidate, &mut hearing) {
                (Name::Latin(latin), Some(hearing)) => name::across(hearing, latin),
                _ => name::similarity(&query, candidate),
            })
            .enumerate()
            .collect();
        ranked.sort_by(|(a, x), (b, y)| y.total_cmp(x).then(a.cmp(b)));
        ranked
    }
}

/// The candidates' places, with their [`similarity`] to the query, best first, ties by place.
///
/// Where the same candidates are ranked for many queries, [`Prepared`] takes them apart once.
pub fn rank(query: &str, candidates: &[&str]) -> Vec<(usize, f32)> {
    Prepared::new(candidates).rank(query)
}

/// How the syllables of a Latin name (`a` or `b`) are heard in a Thai one: pairs of the Latin syllable and the Thai
/// letters as written, in the order of the Latin name, each with how alike they are, 0 to 1. Empty where the two are
/// of one script; empty Thai letters where nothing answers to a syllable.
pub fn align(a: &str, b: &str) -> Vec<(String, String, f32)> {
    let (text, thai, latin) = match (Name::of(a), Name::of(b)) {
        (Name::Thai(thai), Name::Latin(latin)) => (a, thai, latin),
        (Name::Latin(latin), Name::Thai(thai)) => (b, thai, latin),
        _ => return Vec::new(),
    };
    let mut hearing = Hearing::of(&thai);
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
            (heard.letters.clone(), letters, name::score(cost, 1))
        })
        .collect()
}

/// How many Thai letters of a text, marks apart, are no part of an ordinary word.
pub fn unknown_letters(text: &str) -> u32 {
    ordinary::unknown_letters(text)
}

/// Whether a word may be heard as one syllable: Thai letters in any way, Latin ones as Vietnamese has them.
pub fn is_syllable(word: &str) -> bool {
    let letters = letters::letters(word);
    if letters.is_empty() {
        let mut heard = Vec::new();
        return latin::word_heard(word, latin::is_marked(word), &mut heard).is_some()
            && matches!(&heard[..], [one] if one.letters.chars().count() == word.chars().count());
    }
    let mut whole = false;
    thai::each_syllable(&letters, |heard| whole |= heard.len == letters.len());
    whole
}

#[cfg(test)]
mod tests;
