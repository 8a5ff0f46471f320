//! Every Thai syllable that has a written vowel or a final, spelt out by classes of letters.
//!
//! This takes a hundredth of a second, so that `build.rs` does it and writes the result as the tables of
//! [`syllable_table`](super::syllable_table): nothing here is part of the program, and nothing of the rest of the crate
//! is used but what the build has too. Deliberately absent: which of the syllables a registry's names may begin with
//! ([`prefilter`](super::prefilter)).

use std::collections::HashSet;

use super::sounds::{Final, Initial, Sounds, Vowel};
use super::thai_letter::{ThaiLetter, is_consonant};
use super::thai_syllable::{self, SyllableShape};

/// Classes of letters, at most; a power of two.
pub(super) const CLASSES: usize = 64;

/// Syllables spelt out.
pub(super) struct SyllableShapes {
    /// The class of each Thai letter, by its place in the block; 0 for what is no letter.
    pub class: [u8; 96],
    /// The syllables, in order.
    pub syllables: Vec<SyllableShape>,
    /// The vowels behind an onset (see [`masks_of`]), by the vowel written before it and the classes of
    /// the two letters behind it.
    pub vowels: Vec<(u64, u64)>,
}

/// The vowels written before an onset, or none.
pub(super) const LEADS: [Option<char>; 5] = [None, Some('เ'), Some('แ'), Some('โ'), Some('ไ')];

/// The vowels around the onset (`-`) and the final (`.`), as [`thai_syllable::each_syllable`] knows them.
const RIMES: &str = "-. -อ -ว. -อ. -รร -รร. -ะ -า -า. -ัว -ัว. -ั. -ำ -ิ -ี -ีย -ีย. -ิย -ิย. -ิ. -ี. -ึ -ื -ือ -ือ. \
    -ึอ. -ึ. -ื. -ุ -ู -ูอ. -ุอ. -ุย. -ูย. -ุ. -ู. เ- เ-. เ-ะ เ-า เ-าะ เ-อ เ-ิ เ-อะ เ-อ. เ-ิ. เ-ย \
    เ-ีย เ-ีย. เ-ี. เ-ือ เ-ือ. เ-ื. เ-ึ. แ- แ-ะ แ-. โ- โ-ะ โ-. ไ- ไ-ย ไ-. เ-โอ แ-โอ -าโอ โ-อา โ-อา. \
    โ-อั. -ูอา -ูอา. -ูอั. -ูเย. -ุยเอ. -ีอา -ีเอ.";

impl SyllableShapes {
    /// Spells all syllables out.
    pub fn new() -> Self {
        let mut shapes = Self { class: classes(), syllables: Vec::new(), vowels: Vec::new() };
        let mut one_of_each: Vec<char> = Vec::new();
        for ch in 'ก'..='ฮ' {
            if !one_of_each.iter().any(|&other| shapes.of(other) == shapes.of(ch)) {
                one_of_each.push(ch);
            }
        }
        let onsets = onsets(&one_of_each);
        let finals = finals(&one_of_each);
        let mut syllables = HashSet::new();
        let mut spelt: Vec<ThaiLetter> = Vec::new();
        for rime in RIMES.split(' ') {
            let (open, closed) = rime.strip_suffix('.').map_or((rime, false), |open| (open, true));
            for onset in &onsets {
                spelt.clear();
                let mut first = 0;
                for part in open.chars() {
                    match part {
                        '-' => {
                            first = spelt.len();
                            spelt.extend_from_slice(&onset.letters);
                        }
                        vowel => spelt.push(letter(vowel)),
                    }
                }
                if !closed {
                    shapes.spell(&mut spelt, first, onset, &[], &mut syllables);
                    continue;
                }
                for alike in &finals {
                    // Behind the third letter only the sound matters.
                    let alike = if spelt.len() < 3 { &alike[..] } else { &alike[..1] };
                    spelt.push(alike[0]);
                    shapes.spell(&mut spelt, first, onset, alike, &mut syllables);
                    spelt.pop();
                }
            }
        }
        for onset in &onsets {
            let mut bare = HashSet::new();
            shapes.spell(&mut onset.letters.clone(), 0, onset, &[], &mut bare);
            syllables.extend(bare.into_iter().map(|shape| SyllableShape { bare: true, ..shape }));
        }
        shapes.syllables = syllables.into_iter().collect();
        shapes.syllables.sort_unstable_by_key(|shape| (shape.key, shape.len, shape.bare, shape.sounds.index()));
        shapes.vowels = vowels(&shapes.class);
        shapes
    }

    fn of(&self, ch: char) -> u8 {
        self.class.get((ch as usize).wrapping_sub(0xE00)).copied().unwrap_or(0)
    }

    /// Adds a syllable, and those that have another first letter of the onset, which begins at `first`, or another
    /// final which sounds alike in place of its own.
    fn spell(
        &self,
        letters: &mut [ThaiLetter],
        first: usize,
        onset: &OnsetSpelling,
        finals: &[ThaiLetter],
        syllables: &mut HashSet<SyllableShape>,
    ) {
        let len = letters.len();
        let mut heard_as: Vec<Sounds> = Vec::new();
        thai_syllable::each_syllable(letters, |heard| heard_as.extend((heard.len == len).then_some(heard.sounds)));
        if heard_as.is_empty() {
            return;
        }
        let mut add = |letters: &mut [ThaiLetter], initial: Option<Initial>| {
            for last in finals.iter().copied().chain(finals.is_empty().then_some(letters[len - 1])) {
                letters[len - 1] = last;
                let classes = letters.iter().take(3).map(|letter| u32::from(self.of(letter.ch)));
                let key = classes.fold(0, |key, class| key * CLASSES as u32 + class);
                syllables.extend(heard_as.iter().map(|&sounds| {
                    let sounds = Sounds { initial: initial.unwrap_or(sounds.initial), ..sounds };
                    SyllableShape { key, len: len as u8, sounds, bare: false }
                }));
            }
        };
        add(letters, None);
        for &other in &onset.others {
            letters[first] = letter(other);
            add(letters, Some(thai_syllable::initial(other)));
        }
        letters[first] = onset.letters[0];
    }
}

/// The consonants that a syllable may begin with.
struct OnsetSpelling {
    letters: Vec<ThaiLetter>,
    /// Letters that may stand in place of the first of them: the syllable then sounds the same but for its initial.
    others: Vec<char>,
}

/// All onsets, given one consonant of each class.
fn onsets(one_of_each: &[char]) -> Vec<OnsetSpelling> {
    let mut onsets: Vec<OnsetSpelling> = Vec::new();
    let mut add = |firsts: &[char], behind: &str| {
        if let [first, others @ ..] = firsts {
            let letters = [*first].into_iter().chain(behind.chars()).map(letter).collect();
            onsets.push(OnsetSpelling { letters, others: others.to_vec() });
        }
    };
    let (several, plain): (Vec<char>, Vec<char>) = one_of_each.iter().partition(|ch| SEVERAL_PARTS.contains(**ch));
    for behind in ["", "ว"] {
        add(&plain, behind);
        several.iter().for_each(|&first| add(&[first], behind));
    }
    // Other clusters are heard as no Vietnamese onset that a search would follow.
    let clustered =
        |ch: &char| matches!(thai_syllable::initial(*ch), Initial::T | Initial::Th | Initial::C | Initial::Ch);
    add(&plain.iter().copied().filter(clustered).collect::<Vec<char>>(), "ร");
    for second in ["ง", "ญ", "น", "ม", "ย", "ร", "ล", "ว"] {
        add(&['ห'], second);
        add(&['ห'], &format!("{second}ว"));
    }
    add(&['ฮ'], "หว");
    add(&['ง'], "หว");
    onsets
}

/// The finals, those together that sound alike and are nothing else to a syllable.
fn finals(one_of_each: &[char]) -> Vec<Vec<ThaiLetter>> {
    let silenced = ['น', 'ง'].map(|ch| ThaiLetter { breath: true, ..letter(ch) });
    let mut groups: Vec<Vec<ThaiLetter>> = Vec::new();
    for last in one_of_each.iter().map(|&ch| letter(ch)).chain(silenced) {
        let Some(sound) = thai_syllable::last(last) else { continue };
        let alone = SEVERAL_PARTS.contains(last.ch);
        let alike = groups.iter_mut().find(|group| {
            !alone && !SEVERAL_PARTS.contains(group[0].ch) && thai_syllable::last(group[0]) == Some(sound)
        });
        match alike {
            Some(group) => group.push(last),
            None => groups.push(vec![last]),
        }
    }
    groups
}

/// Letters that have more than one part in spelling: vowels, leading or silenced ones, the second of an onset.
const SEVERAL_PARTS: &str = "หรลวอยงญนม";

fn letter(ch: char) -> ThaiLetter {
    ThaiLetter { ch, mark: 0, breath: false, gap: false, wall: false, start: 0, end: 0 }
}

/// Letters of one sound at both ends of a syllable, and of one part in spelling, are one class.
fn classes() -> [u8; 96] {
    let mut class = [0; 96];
    let mut known = Vec::new();
    for ch in ('ก'..='ฮ').chain('ะ'..='ู').chain('เ'..='ไ') {
        let ch = if ch == 'ใ' { 'ไ' } else { ch };
        let part = if is_consonant(ch) && !SEVERAL_PARTS.contains(ch) {
            (Some((thai_syllable::initial(ch), thai_syllable::last(letter(ch)))), ' ')
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

/// The vowels behind an onset, worked out once for each pair of classes. The letter behind the two only matters where
/// it is a final, so one is put there.
fn vowels(class: &[u8; 96]) -> Vec<(u64, u64)> {
    let mut of_class = [None; CLASSES];
    for (place, &number) in class.iter().enumerate().filter(|(_, number)| **number > 0) {
        of_class[usize::from(number)] = char::from_u32(0xE00 + place as u32).map(letter);
    }
    let mut vowels = Vec::with_capacity(LEADS.len() * CLASSES * CLASSES);
    for lead in LEADS {
        for first in of_class {
            for second in of_class {
                let mut rest: Vec<ThaiLetter> = first.into_iter().chain(second).collect();
                let shorter = masks_of(lead, &rest);
                rest.push(letter('น'));
                let longer = if second.is_some() { masks_of(lead, &rest) } else { shorter };
                vowels.push((shorter.0 | longer.0, shorter.1 | longer.1));
            }
        }
    }
    vowels
}

/// The vowels of the rimes that may stand before these letters behind an onset, as [`Sounds::mask`] has them: of all,
/// and of those that a vowel spelt as two may begin with.
fn masks_of(before: Option<char>, rest: &[ThaiLetter]) -> (u64, u64) {
    let (mut any, mut open) = (0, 0);
    thai_syllable::rimes(before, rest, |rime| {
        any |= Sounds::vowel_mask(rime.vowel);
        if rime.last == Final::None || (rime.vowel == Vowel::U && rime.last == Final::Y) {
            open |= Sounds::vowel_mask(rime.vowel);
        }
    });
    (any, open)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::name::phonetic::syllable_table;

    #[test]
    fn the_tables_hold_what_is_spelt_out() {
        let SyllableShapes { class, syllables, vowels } = SyllableShapes::new();
        assert_eq!(syllable_table::shapes().count(), syllables.len());
        for (table, spelt) in syllable_table::shapes().zip(&syllables) {
            assert_eq!(
                (table.key, table.len, table.bare, table.sounds),
                (spelt.key, spelt.len, spelt.bare, spelt.sounds)
            );
        }
        for (letter, class) in ('\u{e00}'..'\u{e60}').zip(class) {
            assert_eq!(syllable_table::class(letter), usize::from(class), "{letter}");
        }
        let pairs = (0..LEADS.len()).flat_map(|lead| (0..CLASSES * CLASSES).map(move |pair| (lead, pair)));
        for ((lead, pair), masks) in pairs.zip(vowels) {
            assert_eq!(syllable_table::vowels_behind(lead, pair / CLASSES, pair % CLASSES), masks);
        }
    }

    fn heard(letters: &[ThaiLetter], initial: Option<Initial>) -> Vec<(usize, Sounds)> {
        let mut all = Vec::new();
        thai_syllable::each_syllable(letters, |heard| {
            let initial = initial.unwrap_or(heard.sounds.initial);
            all.push((heard.len, Sounds { initial, ..heard.sounds }));
        });
        all
    }

    #[test]
    fn consonants_that_stand_for_each_other_sound_alike_but_for_the_initial() {
        let consonants: Vec<char> = ('ก'..='ฮ').collect();
        for onset in onsets(&consonants).iter().filter(|onset| !onset.others.is_empty()) {
            for rime in RIMES.split(' ').map(|rime| rime.trim_end_matches('.')) {
                for last in ["", "ก", "น", "ร", "ว", "ย", "อ"] {
                    let (before, behind) = rime.split_once('-').expect("each has an onset");
                    let spelt = |first: char| -> Vec<ThaiLetter> {
                        let rest = onset.letters[1..].iter().map(|letter| letter.ch);
                        let all = before.chars().chain([first]).chain(rest).chain(behind.chars()).chain(last.chars());
                        all.map(letter).collect()
                    };
                    for &other in &onset.others {
                        let alike = heard(&spelt(onset.letters[0].ch), Some(thai_syllable::initial(other)));
                        assert_eq!(heard(&spelt(other), None), alike, "{rime} {last} with {other}");
                    }
                }
            }
        }
    }
}
