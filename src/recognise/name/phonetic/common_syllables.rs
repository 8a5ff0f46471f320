//! The syllables that Vietnamese names are made of, whoever is registered.
//!
//! A text that sounds like a registered name may sound more like one that nobody registered: `เหงียน หาย` is some
//! `Nguyễn Hải` before it is the `Nguyễn Khải` of a registry. Deliberately absent: whole names, and how frequent a
//! syllable is.

use std::cell::RefCell;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::latin_syllable::LatinSyllable;
use super::sounds::Sounds;
use super::{costs, latin_syllable};
use crate::recognise::name::word_lists::{NAME_SYLLABLES, SURE_FAMILY_SYLLABLES};

static SYLLABLES: LazyLock<Vec<LatinSyllable>> = LazyLock::new(|| {
    let mut heard = Vec::new();
    for name in SURE_FAMILY_SYLLABLES.iter().chain(NAME_SYLLABLES) {
        latin_syllable::word_heard(name, true, &mut heard);
    }
    heard.into_iter().map(|heard| heard.syllable).collect()
});

thread_local! {
    /// Syllables come again and again: how near each comes to one of names.
    static KNOWN: RefCell<FxHashMap<usize, f32>> = RefCell::default();
}

/// The least cost of hearing a Thai syllable as one that names are made of, its tone apart.
pub(super) fn least(sounds: Sounds) -> f32 {
    let of = |syllable: &LatinSyllable| costs::cost(&syllable.onsets, &syllable.rimes, sounds);
    KNOWN.with_borrow_mut(|known| {
        *known.entry(sounds.index()).or_insert_with(|| SYLLABLES.iter().map(of).fold(f32::MAX, f32::min))
    })
}

/// The same for the family names that another name begins with.
pub(super) fn least_family(sounds: Sounds) -> f32 {
    let of = |syllable: &LatinSyllable| costs::cost(&syllable.onsets, &syllable.rimes, sounds);
    SYLLABLES[..SURE_FAMILY_SYLLABLES.len()].iter().map(of).fold(f32::MAX, f32::min)
}
