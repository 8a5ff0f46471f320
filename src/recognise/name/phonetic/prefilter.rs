//! A filter for running text: may a registered name begin with a syllable whose first three letters are these?
//!
//! Every Thai syllable that has a written vowel or a final is spelt out once, by classes of letters; an index keeps a
//! bit for each beginning that one of its first syllables can be heard in, and knows what must be heard behind it.
//! Deliberately absent: exactness. What passes is looked at in full.

use std::sync::LazyLock;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use smallvec::SmallVec;

use super::sounds::{Initial, Sounds, Vowel};
use super::thai_letters::{self, ThaiLetter};
use super::thai_syllable;

/// Classes of letters, at most; a power of two.
const CLASSES: usize = 64;

/// Syllables spelt out.
struct SyllableShapes {
    /// The class of each Thai letter, by its place in the block; 0 for what is no letter.
    class: [u8; 96],
    syllables: Vec<SyllableShape>,
    /// The vowels behind an onset (see [`thai_syllable::vowels`]), by the vowel written before it and the classes of
    /// the two letters behind it.
    vowels: Vec<(u64, u64)>,
}

/// A syllable spelt out.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct SyllableShape {
    /// The classes of its letters, of the first three at most.
    key: u32,
    /// The number of letters.
    len: u8,
    /// The sounds of the syllable.
    sounds: Sounds,
    /// True if it is an onset alone, its vowel understood.
    bare: bool,
}

/// The vowels written before an onset, or none.
const LEADS: [Option<char>; 5] = [None, Some('เ'), Some('แ'), Some('โ'), Some('ไ')];

/// Most letters of a syllable and of the beginning of what may be heard as one with it.
const LONGEST: usize = 10;

static SHAPES: LazyLock<SyllableShapes> = LazyLock::new(SyllableShapes::new);

/// The vowels around the onset (`-`) and the final (`.`), as [`thai_syllable::each_syllable`] knows them.
const RIMES: &str = "-. -อ -ว. -อ. -รร -รร. -ะ -า -า. -ัว -ัว. -ั. -ำ -ิ -ี -ีย -ีย. -ิย -ิย. -ิ. -ี. -ึ -ื -ือ -ือ. \
    -ึอ. -ึ. -ื. -ุ -ู -ูอ. -ุอ. -ุย. -ูย. -ุ. -ู. เ- เ-. เ-ะ เ-า เ-าะ เ-อ เ-ิ เ-อะ เ-อ. เ-ิ. เ-ย \
    เ-ีย เ-ีย. เ-ี. เ-ือ เ-ือ. เ-ื. เ-ึ. แ- แ-ะ แ-. โ- โ-ะ โ-. ไ- ไ-ย ไ-. เ-โอ แ-โอ -าโอ โ-อา โ-อา. \
    โ-อั. -ูอา -ูอา. -ูอั. -ูเย. -ุยเอ. -ีอา -ีเอ.";

impl SyllableShapes {
    fn new() -> Self {
        let mut shapes = Self { class: classes(), syllables: Vec::new(), vowels: Vec::new() };
        let mut one_of_each: Vec<char> = Vec::new();
        for ch in 'ก'..='ฮ' {
            if !one_of_each.iter().any(|&other| shapes.of(other) == shapes.of(ch)) {
                one_of_each.push(ch);
            }
        }
        let onsets = onsets(&one_of_each);
        let finals = finals(&one_of_each);
        let mut syllables = FxHashSet::with_capacity_and_hasher(1 << 16, FxBuildHasher);
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
            let mut bare = FxHashSet::default();
            shapes.spell(&mut onset.letters.clone(), 0, onset, &[], &mut bare);
            syllables.extend(bare.into_iter().map(|shape| SyllableShape { bare: true, ..shape }));
        }
        shapes.syllables = syllables.into_iter().collect();
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
        syllables: &mut FxHashSet<SyllableShape>,
    ) {
        let len = letters.len();
        let mut heard_as: SmallVec<[Sounds; 2]> = SmallVec::new();
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
fn finals(one_of_each: &[char]) -> Vec<SmallVec<[ThaiLetter; 4]>> {
    let silenced = ['น', 'ง'].map(|ch| ThaiLetter { breath: true, ..letter(ch) });
    let mut groups: Vec<SmallVec<[ThaiLetter; 4]>> = Vec::new();
    for last in one_of_each.iter().map(|&ch| letter(ch)).chain(silenced) {
        let Some(sound) = thai_syllable::last(last) else { continue };
        let alone = SEVERAL_PARTS.contains(last.ch);
        let alike = groups.iter_mut().find(|group| {
            !alone && !SEVERAL_PARTS.contains(group[0].ch) && thai_syllable::last(group[0]) == Some(sound)
        });
        match alike {
            Some(group) => group.push(last),
            None => groups.push(SmallVec::from_slice(&[last])),
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
        let part = if thai_letters::is_consonant(ch) && !SEVERAL_PARTS.contains(ch) {
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
                let mut rest: SmallVec<[ThaiLetter; 3]> = first.into_iter().chain(second).collect();
                let shorter = thai_syllable::vowels(lead, &rest);
                rest.push(letter('น'));
                let longer = if second.is_some() { thai_syllable::vowels(lead, &rest) } else { shorter };
                vowels.push((shorter.0 | longer.0, shorter.1 | longer.1));
            }
        }
    }
    vowels
}

/// Calls `each` with everything that can be heard as one Thai syllable, some of it more than once.
pub(super) fn each_syllable(mut each: impl FnMut(Sounds)) {
    for shape in &SHAPES.syllables {
        each(shape.sounds);
    }
}

/// The keys of the letters in order: each letter's class with those of the two behind it.
pub(super) fn keys(letters: &[ThaiLetter]) -> impl Iterator<Item = usize> + '_ {
    let shapes = &*SHAPES;
    let class = |letter: Option<&ThaiLetter>| letter.map_or(0, |letter| usize::from(shapes.of(letter.ch)));
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
    let shapes = &*SHAPES;
    let Some(first) = letters.first() else { return 0 };
    let class = |at: usize| letters.get(at).map_or(0, |letter| usize::from(shapes.of(letter.ch)));
    let lead =
        LEADS.iter().position(|&lead| lead == Some(first.ch) || lead == Some('ไ') && first.ch == 'ใ').unwrap_or(0);
    let onset = usize::from(lead > 0);
    let (mut any, mut open) = (0, 0);
    for at in onset..onset + 3 {
        if !letters.get(at).is_some_and(|letter| thai_letters::is_consonant(letter.ch)) {
            break;
        }
        let vowels = shapes.vowels[(lead * CLASSES + class(at + 1)) * CLASSES + class(at + 2)];
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
        for &SyllableShape { key, len, sounds, bare } in &SHAPES.syllables {
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
    use super::*;
    use proptest::prelude::*;

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
