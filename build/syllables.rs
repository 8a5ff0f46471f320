//! Every Thai syllable spelt out, as constants: it would take a hundredth of a second whenever the program starts.

use std::path::Path;
use std::{fs, io};

use syllable_shapes::{CLASSES, LEADS, SyllableShapes};

// Files of the crate, which uses more of them than is used here.
#[allow(dead_code)]
#[path = "../src/recognise/name/phonetic/sounds.rs"]
mod sounds;
#[path = "../src/recognise/name/phonetic/syllable_shapes.rs"]
mod syllable_shapes;
#[allow(dead_code)]
#[path = "../src/recognise/name/phonetic/thai_letter.rs"]
mod thai_letter;
#[allow(dead_code)]
#[path = "../src/recognise/name/phonetic/thai_syllable.rs"]
mod thai_syllable;

/// Writes `syllables.rs` into `out`.
pub fn generate(out: &Path) -> io::Result<()> {
    fs::write(out.join("syllables.rs"), code())
}

/// The tables, as source.
fn code() -> String {
    let SyllableShapes { class, syllables, vowels } = SyllableShapes::new();
    let mut masks: Vec<(u64, u64)> = Vec::new();
    let places: Vec<usize> = vowels
        .iter()
        .map(|pair| {
            masks.iter().position(|known| known == pair).unwrap_or_else(|| {
                masks.push(*pair);
                masks.len() - 1
            })
        })
        .collect();
    let shapes: Vec<(u32, usize)> = syllables
        .iter()
        .map(|shape| (shape.key << 8 | u32::from(shape.len) << 1 | u32::from(shape.bare), shape.sounds.index()))
        .collect();
    [
        format!("/// Classes of letters, at most; a power of two.\npub(super) const CLASSES: usize = {CLASSES};\n"),
        format!("/// The vowels written before an onset, or none.\nconst LEADS: [Option<char>; {}] = {LEADS:?};\n", LEADS.len()),
        format!("/// The class of each Thai letter, by its place in the block.\nstatic LETTER_CLASSES: [u8; {}] = {class:?};\n", class.len()),
        format!(
            "/// Each syllable: its key, the number of its letters (seven bits) and whether it is an onset alone (one bit); and \
             the number of its sounds.\nstatic SHAPES: [(u32, u16); {}] = {shapes:?};\n",
            shapes.len()
        ),
        format!("/// The masks of vowels.\nstatic VOWEL_MASKS: [(u64, u64); {}] = {masks:?};\n", masks.len()),
        format!("/// By lead and two classes, the place of the mask.\nstatic VOWELS: [u16; {}] = {places:?};\n", places.len()),
    ]
    .concat()
}
