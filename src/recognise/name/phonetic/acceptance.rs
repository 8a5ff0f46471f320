//! The decision whether a phonetic match in running Thai text is a mention.
//!
//! Three things are weighed: how near the letters sound, what the ordinary words around them say (see
//! [`word_frequency`](super::word_frequency)), and what stands directly beside them, a title before all. A name that
//! goes on with another Vietnamese syllable is somebody else's, whoever has the beginning of it. Deliberately absent:
//! which of several names that are heard in the same letters is meant.

use super::boundary::{self, Boundary};
use super::word_frequency::{self, LikelihoodRatio};
use super::{common_syllables, thai_letters, thai_syllable};
use crate::text::Span;

/// Score from which a match may stand at all. Below it half of all matches on news were other words; every spelling of
/// the evaluation sample (`examples/phonetic_eval.rs`) scores above it.
pub(super) const ACCEPT: f32 = 0.62;
/// Nats that a name loses for each power of e by which its score falls: a score of 0.8 costs 6.7 nats, about as much as
/// one frequent word.
const BY_SOUND: f32 = 30.0;

/// The most that a name of two syllables, or of more, may cost beyond the nearest name that anybody might have. Half of
/// what a wrong vowel costs: from there on the letters are those of another name.
const BEYOND: [f32; 2] = [0.3, 0.4];

/// The phonetic evidence for a name.
pub(super) struct PhoneticEvidence {
    /// The number of syllables, two or more.
    pub syllables: usize,
    /// The letters and tone marks that it is written with, counted.
    pub marks: usize,
    /// The likeness in sound, from 0 to 1.
    pub score: f32,
    /// The cost of the syllables, their tones apart, beyond that of the nearest name that anybody might have.
    pub beyond: f32,
}

/// The evidence for a name at a place of a text.
pub(super) struct Surroundings {
    /// True if the place is always spelt so.
    settled: bool,
    ratio: LikelihoodRatio,
    /// The boundaries before and behind the name.
    left: Boundary,
    right: Boundary,
    /// True if the name goes on before or behind it.
    goes_on: bool,
    /// True if a space is inside.
    parted: bool,
    /// True if a word before or behind the space is an ordinary one.
    parted_word: bool,
    /// True if a word that is no ordinary one follows behind a space, as a Thai family name does.
    surname_behind: bool,
}

impl Surroundings {
    /// Looks at what surrounds a span.
    pub fn of(text: &str, span: Span) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let ratio = word_frequency::likelihood_ratio(text, start, end);
        let left = match boundary::before(&text[..start]) {
            Boundary::Title => Boundary::Title,
            Boundary::Space => Boundary::Space,
            _ if ratio.left == start => Boundary::Word,
            _ => Boundary::Bare,
        };
        let right = match boundary::after(&text[end..]) {
            Boundary::Space => Boundary::Space,
            _ if ratio.right == end => Boundary::Word,
            _ => Boundary::Bare,
        };
        let parted = span.slice(text).contains(' ');
        let goes_on = goes_on_behind(&text[end..], parted) || goes_on_before(&text[..start]);
        let parted_word = parted && span.slice(text).split(' ').all(word_frequency::is_word);
        let surname_behind = !parted && is_surname_behind(&text[end..]);
        let settled = boundary::is_settled(span.slice(text));
        Self { settled, ratio, left, right, goes_on, parted, parted_word, surname_behind }
    }

    /// Returns true if a name stands there that was heard so.
    pub fn stands(&self, heard: &PhoneticEvidence) -> bool {
        let PhoneticEvidence { syllables, marks, score, beyond } = *heard;
        if self.settled {
            return score >= ACCEPT;
        }
        // Cheap and certain exclusions come before weights: whatever the words around say, this is somebody else.
        if self.goes_on || beyond >= BEYOND[syllables.min(3) - 2] {
            return false;
        }
        // The bar falls with the length of the name (two syllables occur by chance in every paragraph) and with the
        // boundaries (a title calls for a name; bare letters on a side may be the rest of a word).
        // `นายวรรณพงษ์ คชรักษ์` is a Thai name, and `จังหวัดตรัง ลงพื้นที่` is none.
        if syllables == 2 && (self.surname_behind || self.parted_word && self.left != Boundary::Title) {
            return false;
        }
        let held = self.left.min(self.right) > Boundary::Bare;
        let needed = match (syllables, self.left) {
            (2, Boundary::Title) if held => 2.0,
            (2, _) if !held => return false,
            (2, Boundary::Space) if self.right == Boundary::Space => 8.0,
            (2, _) => 11.0,
            (_, Boundary::Title) if held => 0.0,
            _ if held => 5.0,
            _ => 15.0,
        };
        // Names are written with spaces, and two words of a sentence may have one between them.
        let spaces = match self.left.max(self.right) {
            _ if !self.parted => 0.0,
            Boundary::Space | Boundary::Title => 7.0,
            Boundary::Bare | Boundary::Word => 4.0,
        };
        // Each letter is a chance of its own to be heard as one likes.
        self.ratio.log_ratio + spaces + BY_SOUND * score.ln() - marks as f32 >= needed
    }
}

/// The least that a syllable which is no ordinary word must save to be taken for one of a name, in nats: a beginning
/// and two letters that nothing else accounts for.
const OF_NAME: f32 = 10.0;
/// The most that such a syllable may cost as one of a name; the spellings of one sound are within it.
const NEAR: f32 = 0.3;
/// So many of the most frequent words stand alone between spaces, and are never a name.
const FUNCTION_WORDS: usize = 100;

/// Returns true if a name that ends before this text goes on in it, joined or behind a space, with a syllable that is
/// no ordinary word; or, of a name with spaces inside, with any that stands alone.
fn goes_on_behind(text: &str, parted: bool) -> bool {
    let spaced = text.strip_prefix(' ');
    let rest = spaced.unwrap_or(text);
    let rest = &rest[..word_frequency::run_behind(rest)];
    let letters = thai_letters::letters(rest);
    // A letter that nothing else accounts for ends the syllable before.
    if letters.len() == 1 {
        return spaced.is_none();
    }
    let whole = word_frequency::cost(rest);
    let (mut goes_on, mut begins) = (false, false);
    thai_syllable::each_syllable(&letters, |heard| {
        let end = letters[heard.len - 1].end as usize;
        let odd = heard.reading(&letters).odd;
        if common_syllables::least(heard.sounds) + odd > NEAR {
            return;
        }
        let alone = spaced.is_some() && parted && end == rest.len() && whole >= word_frequency::rarity(FUNCTION_WORDS);
        let of_name = !word_frequency::is_word(&rest[..end]) && whole - word_frequency::cost(&rest[end..]) >= OF_NAME;
        goes_on |= alone || of_name;
        // Another name may begin there.
        begins |= of_name && common_syllables::least_family(heard.sounds) + odd <= NEAR;
    });
    goes_on && !begins
}

/// Letters of a word that are part of no ordinary one and make a family name of it, at least.
const SURNAME: u32 = 2;

/// Returns true if a space and a word that is no ordinary one follow.
fn is_surname_behind(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(' ') else { return false };
    let run = word_frequency::run_behind(rest);
    !word_frequency::begins(rest) && word_frequency::unknown_letters(&rest[..run]) >= SURNAME
}

/// Returns true if a name that begins behind this text began in it: with a family name and a space.
fn goes_on_before(text: &str) -> bool {
    let Some(before) = text.strip_suffix(' ') else { return false };
    let unknown = word_frequency::unknown_before(before);
    let letters = thai_letters::letters(&before[unknown..]);
    let mut family = false;
    thai_syllable::each_syllable(&letters, |heard| {
        family |= heard.len == letters.len()
            && common_syllables::least_family(heard.sounds) + heard.reading(&letters).odd <= NEAR;
    });
    family
}
