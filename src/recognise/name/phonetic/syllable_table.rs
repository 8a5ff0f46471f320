//! Every Thai syllable spelt out, as `build.rs` has written it down.
//!
//! Deliberately absent: how they are spelt out (`syllable_shapes`).

use super::sounds::Sounds;
use super::thai_syllable::SyllableShape;

include!(concat!(env!("OUT_DIR"), "/syllables.rs"));

/// All syllables, in the order of their keys.
pub(super) fn shapes() -> impl Iterator<Item = SyllableShape> {
    SHAPES.iter().map(|&(shape, sounds)| SyllableShape {
        key: shape >> 8,
        len: (shape >> 1 & 0x7f) as u8,
        sounds: Sounds::of_index(sounds.into()),
        bare: shape & 1 != 0,
    })
}

/// The class of a letter, below [`CLASSES`]; 0 for what is no Thai letter.
pub(super) fn class(letter: char) -> usize {
    LETTER_CLASSES.get((letter as usize).wrapping_sub(0xE00)).map_or(0, |class| usize::from(*class))
}

/// The number of the vowel that a syllable begins with; 0 where it begins with none.
pub(super) fn lead(first: char) -> usize {
    let first = if first == 'ใ' { 'ไ' } else { first };
    LEADS.iter().position(|lead| *lead == Some(first)).unwrap_or(0)
}

/// The vowels behind an onset, as [`Sounds::mask`] has them, all and those that may go on, by the vowel before it
/// ([`lead`]) and the classes of the two letters behind it.
pub(super) fn vowels_behind(lead: usize, first: usize, second: usize) -> (u64, u64) {
    VOWEL_MASKS[usize::from(VOWELS[(lead * CLASSES + first) * CLASSES + second])]
}
