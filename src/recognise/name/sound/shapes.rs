//! A filter for running text: may a registered name begin with a syllable whose first three letters are these?
//!
//! Every Thai syllable that has a written vowel or a final is spelt out once, by classes of letters; an index keeps a
//! bit for each beginning that one of its first syllables can be heard in. Deliberately absent: exactness. What passes
//! is looked at in full.

use std::sync::LazyLock;

use super::tables::{Initial, Sounds};
use super::thai::{self, Letter};

/// Classes of letters, at most; a power of two.
const CLASSES: usize = 64;

/// Syllables spelt out.
struct Shapes {
    /// The class of each Thai letter, by its place in the block; 0 for what is no letter.
    class: [u8; 96],
    /// The first three letters' classes, how many of them there are, and what is heard.
    syllables: Vec<(u32, usize, Sounds)>,
}

static SHAPES: LazyLock<Shapes> = LazyLock::new(Shapes::new);

/// The vowels around the onset (`-`) and the final (`.`), as [`thai::each_syllable`] knows them.
const RIMES: &str = "-. -อ -ว. -อ. -รร -รร. -ะ -า -า. -ัว -ัว. -ั. -ำ -ิ -ี -ีย -ีย. -ิย -ิย. -ิ. -ี. -ึ -ื -ือ -ือ. \
    -ึอ. -ึ. -ื. -ุ -ู -ูอ. -ุอ. -ุย. -ูย. -ุ. -ู. เ- เ-. เ-ะ เ-า เ-าะ เ-อ เ-ิ เ-อะ เ-อ. เ-ิ. เ-ย \
    เ-ีย เ-ีย. เ-ี. เ-ือ เ-ือ. เ-ื. เ-ึ. แ- แ-ะ แ-. โ- โ-ะ โ-. ไ- ไ-ย ไ-. เ-โอ แ-โอ -าโอ โ-อา โ-อา. \
    โ-อั. -ูอา -ูอา. -ูอั. -ูเย. -ุยเอ. -ีอา -ีเอ.";

impl Shapes {
    fn new() -> Self {
        let mut shapes = Self { class: classes(), syllables: Vec::new() };
        let mut one_of_each: Vec<char> = Vec::new();
        for ch in 'ก'..='ฮ' {
            if !one_of_each.iter().any(|&other| shapes.of(other) == shapes.of(ch)) {
                one_of_each.push(ch);
            }
        }
        let mut onsets: Vec<String> = one_of_each.iter().map(char::to_string).collect();
        for &second in &['ง', 'ญ', 'น', 'ม', 'ย', 'ร', 'ล', 'ว'] {
            onsets.push(format!("ห{second}"));
            onsets.push(format!("ห{second}ว"));
        }
        for &first in &one_of_each {
            onsets.push(format!("{first}ว"));
            // Other clusters are heard as no Vietnamese onset that a search would follow.
            if matches!(thai::initial(first), Initial::T | Initial::Th | Initial::C | Initial::Ch) {
                onsets.push(format!("{first}ร"));
            }
        }
        onsets.push("ฮหว".to_owned());
        let mut finals: Vec<String> =
            one_of_each.iter().filter(|&&ch| thai::last(letter(ch)).is_some()).map(char::to_string).collect();
        finals.extend(["นห์".to_owned(), "งห์".to_owned()]);
        // Behind the third letter only the sound matters.
        let mut sounds: Vec<String> = Vec::new();
        for last in &finals {
            let heard = |spelt: &str| thai::letters(spelt).first().copied().and_then(thai::last);
            if !sounds.iter().any(|other| heard(other) == heard(last)) {
                sounds.push(last.clone());
            }
        }
        for rime in RIMES.split(' ') {
            for onset in &onsets {
                let spelt = rime.replace('-', onset);
                if let Some(open) = spelt.strip_suffix('.') {
                    let finals = if open.chars().count() < 3 { &finals } else { &sounds };
                    for last in finals {
                        shapes.add(&format!("{open}{last}"));
                    }
                } else {
                    shapes.add(&spelt);
                }
            }
        }
        shapes.syllables.sort_unstable_by_key(|&(key, len, sounds)| (key, len, sounds.index()));
        shapes.syllables.dedup();
        shapes
    }

    fn of(&self, ch: char) -> u8 {
        (ch as usize).checked_sub(0xE00).and_then(|at| self.class.get(at)).copied().unwrap_or(0)
    }

    fn add(&mut self, spelt: &str) {
        let letters = thai::letters(spelt);
        let len = letters.len().min(3);
        let mut key = 0;
        for letter in &letters[..len] {
            key = key * CLASSES as u32 + u32::from(self.of(letter.ch));
        }
        thai::each_syllable(&letters, |heard| {
            if heard.len == letters.len() {
                self.syllables.push((key, len, heard.sounds));
            }
        });
    }
}

fn letter(ch: char) -> Letter {
    Letter { ch, mark: 0, breath: false, gap: false, wall: false, start: 0, end: 0 }
}

/// Letters of one sound at both ends of a syllable, and of one part in spelling, are one class.
fn classes() -> [u8; 96] {
    let mut class = [0; 96];
    let mut known = Vec::new();
    for ch in ('ก'..='ฮ').chain('ะ'..='ู').chain('เ'..='ไ') {
        let ch = if ch == 'ใ' { 'ไ' } else { ch };
        let part = if thai::is_consonant(ch) && !"หรลวอยงญนม".contains(ch) {
            (Some((thai::initial(ch), thai::last(letter(ch)))), ' ')
        } else {
            (None, ch)
        };
        let number = known.iter().position(|&other| other == part).unwrap_or_else(|| {
            known.push(part);
            known.len() - 1
        });
        class[ch as usize - 0xE00] = (number + 1) as u8;
    }
    class['ใ' as usize - 0xE00] = class['ไ' as usize - 0xE00];
    class
}

/// Calls `each` with everything that can be heard as one Thai syllable, some of it more than once.
pub(super) fn each_syllable(mut each: impl FnMut(Sounds)) {
    for &(.., sounds) in &SHAPES.syllables {
        each(sounds);
    }
}

/// The beginnings that pass.
pub(super) struct Filter {
    bits: Vec<u64>,
}

impl Filter {
    /// A filter that passes the syllables of which `wanted` holds.
    pub fn new(mut wanted: impl FnMut(Sounds) -> bool) -> Self {
        let mut filter = Self { bits: vec![0; CLASSES * CLASSES * CLASSES / 64] };
        for &(key, len, sounds) in &SHAPES.syllables {
            // Shorter syllables may be followed by anything.
            let span = CLASSES.pow(3 - len as u32);
            let first = key as usize * span;
            if (filter.has(first) && filter.has(first + span - 1)) || !wanted(sounds) {
                continue;
            }
            for key in first..first + span {
                filter.bits[key / 64] |= 1 << (key % 64);
            }
        }
        filter
    }

    fn has(&self, key: usize) -> bool {
        self.bits[key / 64] & (1 << (key % 64)) != 0
    }

    /// Whether a wanted syllable may begin with these letters.
    pub fn passes(&self, letters: &[Letter]) -> bool {
        let shapes = &*SHAPES;
        let mut key = 0;
        for at in 0..3 {
            let class = letters.get(at).map_or(0, |letter| shapes.of(letter.ch));
            key = key * CLASSES + usize::from(class);
        }
        self.has(key)
    }
}
