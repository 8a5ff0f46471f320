//! Whether a name that was heard in running Thai text stands there.
//!
//! Three things are weighed: how near the letters sound, what the ordinary words around them say (see
//! [`ordinary`](super::ordinary)), and what stands directly beside them, a title before all. A name that goes on with
//! another Vietnamese syllable is somebody else's, whoever has the beginning of it. Deliberately absent: which of several
//! names that are heard in the same letters is meant.

use super::context::{self, Edge};
use super::ordinary::{self, Gain};
use super::{common, letters, thai};
use crate::text::Span;

/// Score from which a hit may stand at all.
pub(super) const ACCEPT: f32 = 0.62;
/// Nats that a name loses for each power of e by which its score falls.
const BY_SOUND: f32 = 30.0;

/// How far a name of two syllables, or of more, may be behind what anybody might be named.
const BEYOND: [f32; 2] = [0.3, 0.4];

/// How a name was heard.
pub(super) struct Heard {
    /// Its syllables, two or more.
    pub syllables: usize,
    /// The letters and tone marks that it is written with, counted.
    pub marks: usize,
    /// How near it sounds, from 0 to 1.
    pub score: f32,
    /// What its syllables cost more, their tones apart, than those of the nearest name that anybody might have.
    pub beyond: f32,
}

/// What speaks for a name at a place of a text.
pub(super) struct Place {
    /// Whether the place is always spelt so.
    settled: bool,
    gain: Gain,
    /// What stands before it and behind it.
    left: Edge,
    right: Edge,
    /// Whether the name goes on before or behind it.
    goes_on: bool,
    /// Whether a space is inside.
    parted: bool,
}

impl Place {
    /// Looks at what surrounds a span.
    pub fn of(text: &str, span: Span) -> Self {
        let (start, end) = (span.start as usize, span.end as usize);
        let gain = ordinary::gain(text, start, end);
        let left = match context::before(&text[..start]) {
            Edge::Title => Edge::Title,
            Edge::Space => Edge::Space,
            _ if gain.left == start => Edge::Word,
            _ => Edge::Bare,
        };
        let right = match context::after(&text[end..]) {
            Edge::Space => Edge::Space,
            _ if gain.right == end => Edge::Word,
            _ => Edge::Bare,
        };
        let parted = span.slice(text).contains(' ');
        let goes_on = goes_on_behind(&text[end..], parted) || goes_on_before(&text[..start]);
        Self { settled: context::is_settled(span.slice(text)), gain, left, right, goes_on, parted }
    }

    /// Whether a name stands there that was heard so.
    pub fn stands(&self, heard: &Heard) -> bool {
        let Heard { syllables, marks, score, beyond } = *heard;
        if self.settled {
            return score >= ACCEPT;
        }
        if self.goes_on || beyond >= BEYOND[syllables.min(3) - 2] {
            return false;
        }
        let held = self.left.min(self.right) > Edge::Bare;
        let needed = match (syllables, self.left) {
            (2, Edge::Title) if held => 2.0,
            (2, _) if !held => return false,
            (2, Edge::Space) if self.right == Edge::Space => 8.0,
            (2, _) => 11.0,
            (_, Edge::Title) if held => 0.0,
            _ if held => 5.0,
            _ => 15.0,
        };
        // Names are written with spaces, and two words of a sentence may have one between them.
        let spaces = match self.left.max(self.right) {
            _ if !self.parted => 0.0,
            Edge::Space | Edge::Title => 7.0,
            Edge::Bare | Edge::Word => 4.0,
        };
        // Each letter is a chance of its own to be heard as one likes.
        self.gain.nats + spaces + BY_SOUND * score.ln() - marks as f32 >= needed
    }
}

/// What a syllable that is no ordinary word must save to be taken for one of a name, in nats, and the most it may cost.
const OF_NAME: f32 = 10.0;
const NEAR: f32 = 0.3;
/// So many of the most frequent words stand alone between spaces, and are never a name.
const FUNCTION_WORDS: usize = 100;

/// Whether a name that ends before this text goes on in it, joined or behind a space, with a syllable that is no ordinary
/// word; or, of a name with spaces inside, with any that stands alone.
fn goes_on_behind(text: &str, parted: bool) -> bool {
    let spaced = text.strip_prefix(' ');
    let rest = spaced.unwrap_or(text);
    let rest = &rest[..ordinary::run_behind(rest)];
    let letters = letters::letters(rest);
    // A letter that nothing else accounts for ends the syllable before.
    if letters.len() == 1 {
        return spaced.is_none();
    }
    let whole = ordinary::cost(rest);
    let (mut goes_on, mut begins) = (false, false);
    thai::each_syllable(&letters, |heard| {
        let end = letters[heard.len - 1].end as usize;
        let odd = heard.reading(&letters).odd;
        if common::least(heard.sounds) + odd > NEAR {
            return;
        }
        let alone = spaced.is_some() && parted && end == rest.len() && whole >= ordinary::rarity(FUNCTION_WORDS);
        let of_name = !ordinary::is_word(&rest[..end]) && whole - ordinary::cost(&rest[end..]) >= OF_NAME;
        goes_on |= alone || of_name;
        // Another name may begin there.
        begins |= of_name && common::least_family(heard.sounds) + odd <= NEAR;
    });
    goes_on && !begins
}

/// Whether a name that begins behind this text began in it: with a family name and a space.
fn goes_on_before(text: &str) -> bool {
    let Some(before) = text.strip_suffix(' ') else { return false };
    let unknown = ordinary::unknown_before(before);
    let letters = letters::letters(&before[unknown..]);
    let mut family = false;
    thai::each_syllable(&letters, |heard| {
        family |=
            heard.len == letters.len() && common::least_family(heard.sounds) + heard.reading(&letters).odd <= NEAR;
    });
    family
}
