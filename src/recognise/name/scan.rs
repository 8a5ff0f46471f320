//! Many texts looked for in one, all at once.
//!
//! An automaton reads the text letter by letter, but only where something may have begun: prose mostly holds nothing
//! that is looked for, and a bit for the next three letters tells so faster than the automaton does. Deliberately
//! absent: what is found ([`alias`](super::alias)).

use daachorse::CharwiseDoubleArrayAhoCorasick;
use daachorse::charwise::iter::{FindOverlappingStepper, FindOverlappingStepperIterator};

use crate::text::cluster::{thai_place, thai_run};

/// Texts to be found, each with a value.
#[derive(Default)]
pub(super) struct Scanner {
    automaton: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    begins: BeginningBits,
}

/// The place of a text that was found, in bytes, with its value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct ScanMatch {
    pub start: usize,
    pub end: usize,
    pub value: u32,
}

impl Scanner {
    /// Takes texts of two letters or more, all different.
    pub fn new<T: AsRef<str>>(texts: Vec<(T, u32)>) -> Self {
        let mut begins = BeginningBits::default();
        for (text, _) in &texts {
            begins.add(text.as_ref().as_bytes());
        }
        // The builder refuses only empty and duplicate patterns, and there are none; without patterns there is nothing
        // to find. Depths are refused only of automata that were read from somewhere.
        let automaton = CharwiseDoubleArrayAhoCorasick::with_values(texts).ok();
        let automaton = automaton.and_then(|mut automaton| automaton.cache_depths().is_ok().then_some(automaton));
        Self { automaton, begins }
    }

    /// Everything that is found, by its end, the longest first.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = ScanMatch> + 'a {
        self.automaton.iter().flat_map(|automaton| {
            let root = automaton.find_overlapping_stepper();
            ScanWalk { begins: &self.begins, text, at: 0, last: 0, found: root.matches(), stepper: root.clone(), root }
        })
    }
}

/// The way through a text.
struct ScanWalk<'a> {
    begins: &'a BeginningBits,
    text: &'a str,
    /// The end of what was read, in bytes, and the start of the letter that was read last.
    at: usize,
    last: usize,
    stepper: FindOverlappingStepper<'a, u32>,
    root: FindOverlappingStepper<'a, u32>,
    /// The matches that end at `at`.
    found: FindOverlappingStepperIterator<'a, u32>,
}

impl Iterator for ScanWalk<'_> {
    type Item = ScanMatch;

    fn next(&mut self) -> Option<ScanMatch> {
        loop {
            if let Some(found) = self.found.next() {
                let start = self.at - (found.end() - found.start());
                return Some(ScanMatch { start, end: self.at, value: found.value() });
            }
            // Where nothing has begun, or only with the last letter: on to where something may.
            let from = match self.stepper.depth() {
                Some(0) => Some(self.at),
                Some(1) => Some(self.last),
                _ => None,
            };
            if let Some(from) = from {
                let begin = self.begins.next(self.text.as_bytes(), from)?;
                if begin >= self.at {
                    (self.at, self.stepper) = (begin, self.root.clone());
                }
            }
            let letter = self.text[self.at..].chars().next()?;
            self.stepper.consume(letter);
            self.last = self.at;
            self.at += letter.len_utf8();
            self.found = self.stepper.matches();
        }
    }
}

/// A bit for each three letters that some text begins with, hashed.
struct BeginningBits(Vec<u64>);

impl Default for BeginningBits {
    fn default() -> Self {
        Self(vec![0; Self::BITS / 64])
    }
}

impl BeginningBits {
    const BITS: usize = 1 << 17;

    /// Seven bits of the letter that `bytes` begin with, and how many bytes it has; 0 and 0 where there is none. Thai
    /// letters and those of ASCII are told apart.
    fn letter(bytes: &[u8]) -> (usize, usize) {
        if let Some(place) = thai_place(bytes) {
            return (place, 3);
        }
        match *bytes {
            [] => (0, 0),
            [ascii @ 0..=0x7f, ..] => (ascii.into(), 1),
            [0..=0xdf, low, ..] => ((low & 0x3f).into(), 2),
            [0..=0xef, _, low, ..] => ((low & 0x3f).into(), 3),
            [_, _, _, low, ..] => ((low & 0x3f).into(), 4),
            [..] => (0, bytes.len()),
        }
    }

    const fn key(first: usize, second: usize, third: usize) -> usize {
        first << 10 ^ second << 5 ^ third
    }

    fn set(&mut self, key: usize) {
        self.0[key / 64] |= 1 << (key % 64);
    }

    fn add(&mut self, text: &[u8]) {
        let (first, one) = Self::letter(text);
        let (second, two) = Self::letter(&text[one..]);
        match Self::letter(&text[one + two..]) {
            // Two letters may be followed by any.
            (_, 0) => (0..128).for_each(|third| self.set(Self::key(first, second, third))),
            (third, _) => self.set(Self::key(first, second, third)),
        }
    }

    fn has(&self, key: usize) -> bool {
        self.0[key / 64] & 1 << (key % 64) != 0
    }

    /// The first place from `at` on where some text may begin; both are character boundaries of the text.
    fn next(&self, text: &[u8], mut at: usize) -> Option<usize> {
        let (mut first, one) = Self::letter(&text[at..]);
        let mut next = at + one;
        let (mut second, two) = Self::letter(&text[next..]);
        let mut behind = next + two;
        while at < text.len() {
            // Letters of ASCII go by ones, Thai letters by threes.
            if (next, behind) == (at + 1, at + 2) {
                for third in text[behind..].iter().take_while(|byte| byte.is_ascii()) {
                    let third = usize::from(*third);
                    if self.has(Self::key(first, second, third)) {
                        return Some(at);
                    }
                    (first, second) = (second, third);
                    at += 1;
                }
                (next, behind) = (at + 1, at + 2);
            } else if (next, behind) == (at + 3, at + 6) {
                for third in thai_run(&text[behind..]) {
                    if self.has(Self::key(first, second, third)) {
                        return Some(at);
                    }
                    (first, second) = (second, third);
                    at += 3;
                }
                (next, behind) = (at + 3, at + 6);
            }
            let (third, three) = Self::letter(&text[behind..]);
            if self.has(Self::key(first, second, third)) {
                return Some(at);
            }
            (first, second) = (second, third);
            (at, next, behind) = (next, behind, behind + three);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(texts: &[&str], text: &str) -> Vec<(usize, usize, u32)> {
        let scanner = Scanner::new(texts.iter().zip(0..).map(|(text, number)| (*text, number)).collect());
        scanner.find(text).map(|found| (found.start, found.end, found.value)).collect()
    }

    #[test]
    fn what_overlaps_is_found() {
        assert_eq!(found(&["กขค", "ขค", "คง"], "กกขคงข"), [(3, 12, 0), (6, 12, 1), (9, 15, 2)]);
        assert_eq!(found(&["ab"], "aab"), [(1, 3, 0)]);
        assert_eq!(found(&["😀😀", "éa"], "é😀😀éa"), [(2, 10, 0), (10, 13, 1)]);
        assert_eq!(found(&["ab"], ""), []);
        assert_eq!(found(&[], "ab"), []);
    }

    proptest! {
        #[test]
        fn nothing_is_passed_over(
            texts in prop::collection::btree_set("[กขaéລ😀]{2,4}", 0..6),
            text in "[กขคabéລ😀]{0,24}",
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let mut wanted: Vec<(usize, usize, u32)> = Vec::new();
            for (number, wanted_text) in (0..).zip(&texts) {
                for (start, _) in text.char_indices().filter(|(at, _)| text[*at..].starts_with(wanted_text)) {
                    wanted.push((start, start + wanted_text.len(), number));
                }
            }
            wanted.sort_by_key(|(start, end, _)| (*end, *start));
            prop_assert_eq!(found(&texts, &text), wanted);
        }
    }
}
