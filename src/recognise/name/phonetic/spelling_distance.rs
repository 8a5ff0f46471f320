//! Names of one script compared by their letters.
//!
//! Vietnamese marks decide where both names have them; a name without marks is compatible with every one that folds
//! to it. Lao romanisations of one name differ in letters of one sound (`x s`, `y i`, final `th d`), which count as
//! equal. Deliberately absent: sounds of syllables across scripts ([`compare`](super::compare)).

use unicode_normalization::UnicodeNormalization;

use super::score::{TURNED, score};
use super::thai_letter::{self, ThaiLetter};
use super::thai_syllable;

/// Most words that are turned round.
const MOST_WORDS: usize = 6;
/// Scores below identity, from the most alike.
const COMPATIBLE: f32 = 0.97; // one without marks, the other with
const SAME_SOUND: f32 = 0.93; // letters of one sound
const OTHER_TONE: f32 = 0.7; // the letters are the same, the marks differ

/// A Latin name in its written forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LatinSpelling {
    /// Letters with their marks, lower case, decomposed in one order, nothing else.
    marked: String,
    /// The same without marks.
    bare: String,
    /// True if there are marks at all.
    has_marks: bool,
    /// The words' sounds, one letter a sound.
    words: Vec<Vec<u8>>,
}

impl LatinSpelling {
    pub fn of(name: &str) -> Self {
        let (mut marked, mut bare) = (String::new(), String::new());
        let mut words: Vec<String> = Vec::new();
        let mut inside = false;
        let name: String = name.nfc().collect();
        for word in
            name.split(|ch: char| ch.is_whitespace() || matches!(ch, '-' | '\u{2010}'..='\u{2013}' | '.' | '\''))
        {
            // The tone stands at the end of its word, so that `hoà` and `hòa` are one.
            let mut tones = String::new();
            for ch in word.nfd().flat_map(char::to_lowercase) {
                match ch {
                    '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tones.push(ch),
                    'đ' => {
                        marked.push('đ');
                        push(&mut bare, &mut words, &mut inside, 'd');
                    }
                    _ if ch.is_alphanumeric() => {
                        marked.push(ch);
                        push(&mut bare, &mut words, &mut inside, ch);
                    }
                    _ => marked.push(ch),
                }
            }
            marked.push_str(&tones);
            inside = false;
        }
        let has_marks = marked != bare;
        Self { marked, bare, has_marks, words: words.iter().map(|word| sounds(word)).collect() }
    }

    /// Returns the likeness of two Latin names, 0 to 1.
    pub fn similarity(&self, other: &Self) -> f32 {
        if self.bare.is_empty() || other.bare.is_empty() {
            return 0.0;
        }
        if self.marked == other.marked {
            return 1.0;
        }
        if self.bare == other.bare {
            return if self.has_marks && other.has_marks { OTHER_TONE } else { COMPATIBLE };
        }
        let least = self.turned_distance(other).min(other.turned_distance(self));
        let marks = if self.has_marks && other.has_marks { OTHER_TONE } else { SAME_SOUND };
        marks * score(least, self.words.len().max(other.words.len()).max(2))
    }
}

impl LatinSpelling {
    /// The least distance to the other name with its words as they are or turned round: the family name may stand
    /// first or last.
    fn turned_distance(&self, other: &Self) -> f32 {
        let mine = self.words.concat();
        let mut turned = other.words.clone();
        let mut least = distance(&mine, &turned.concat());
        for _ in 1..turned.len().min(MOST_WORDS) {
            turned.rotate_left(1);
            least = least.min(distance(&mine, &turned.concat()) + TURNED);
        }
        least
    }
}

fn push(bare: &mut String, words: &mut Vec<String>, inside: &mut bool, ch: char) {
    bare.push(ch);
    if !*inside {
        words.push(String::new());
        *inside = true;
    }
    if let Some(word) = words.last_mut() {
        word.push(ch);
    }
}

/// A word's sounds: letters and pairs of letters that Lao and Vietnamese romanisations exchange are one.
fn sounds(word: &str) -> Vec<u8> {
    let letters: Vec<u8> = word.chars().map(|ch| if ch.is_ascii() { ch as u8 } else { b'?' }).collect();
    let mut out: Vec<u8> = Vec::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        let next = letters.get(at + 1).copied().unwrap_or(b' ');
        let last = at + 1 == letters.len();
        let (sound, taken) = match (letters[at], next) {
            (b'o', b'u') => (b'u', 2),
            (b'p', b'h') => (b'f', 2),
            (b'k' | b'c', b'h') if letters[at] == b'k' => (b'k', 2),
            (b't', b'h') if at + 2 == letters.len() => (b't', 2),
            (b'd', _) if last => (b't', 1),
            (b'b', _) if last => (b'p', 1),
            (b'x', _) => (b's', 1),
            (b'y', _) => (b'i', 1),
            (b'q', _) => (b'k', 1),
            (b'c', other) if other != b'h' => (b'k', 1),
            (b'w', _) => (b'v', 1),
            (letter, _) => (letter, 1),
        };
        if out.last() != Some(&sound) {
            out.push(sound);
        }
        at += taken;
    }
    out
}

const fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

fn weight(sound: u8) -> f32 {
    if is_vowel(sound) { 0.6 } else { 1.5 }
}

fn exchange(a: u8, b: u8) -> f32 {
    if a == b {
        0.0
    } else if is_vowel(a) && is_vowel(b) {
        1.0
    } else {
        1.5
    }
}

/// The longest names compared sound by sound; what is longer is cut there.
const LONGEST: usize = 256;

/// Weighted edit distance, on the scale of the tables of sounds.
fn distance(a: &[u8], b: &[u8]) -> f32 {
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut row: Vec<f32> = Vec::with_capacity(b.len() + 1);
    row.push(0.0);
    for &sound in b {
        row.push(row[row.len() - 1] + weight(sound));
    }
    for &mine in a {
        let mut diagonal = row[0];
        row[0] += weight(mine);
        for (at, &theirs) in b.iter().enumerate() {
            let above = row[at + 1];
            let least = (diagonal + exchange(mine, theirs)).min(above + weight(mine)).min(row[at] + weight(theirs));
            diagonal = above;
            row[at + 1] = least;
        }
    }
    row[b.len()]
}

/// Returns the likeness of two Thai names, 0 to 1.
pub(super) fn thai(a: &[ThaiLetter], b: &[ThaiLetter]) -> f32 {
    let same = |tones: bool| {
        a.len() == b.len()
            && a.iter().zip(b).all(|(x, y)| x.ch == y.ch && (!tones || (x.mark == y.mark && x.breath == y.breath)))
    };
    if same(true) {
        return 1.0;
    }
    if same(false) {
        return COMPATIBLE;
    }
    let (a, b) = (heard(a), heard(b));
    SAME_SOUND * score(distance(&a, &b), (a.len().max(b.len()) / 3).max(2))
}

/// Thai letters, one byte a sound: consonants by their class, vowels by their quality.
fn heard(letters: &[ThaiLetter]) -> Vec<u8> {
    let mut out = Vec::with_capacity(letters.len());
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1).map_or(' ', |next| next.ch);
        let sound = match letter.ch {
            'ห' if matches!(next, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว') => continue,
            'า' | 'ะ' | 'ั' | 'ำ' => b'a',
            'ิ' | 'ี' => b'i',
            'ึ' | 'ื' | 'ุ' | 'ู' => b'u',
            'เ' | 'แ' => b'e',
            'โ' | 'อ' => b'o',
            'ใ' | 'ไ' => b'a',
            ch if thai_letter::is_consonant(ch) => b'A' + thai_syllable::initial(ch) as u8,
            _ => continue,
        };
        if out.last() != Some(&sound) {
            out.push(sound);
        }
    }
    out
}
