//! Many texts looked for in one, all at once.
//!
//! An automaton reads the text letter by letter, but only from where something may begin: Latin words are looked for
//! where words begin, and a bit for the next three letters tells that nothing begins there faster than the automaton
//! does. Deliberately absent: what is found ([`alias`](super::alias)).

use daachorse::CharwiseDoubleArrayAhoCorasick;
use daachorse::charwise::iter::{FindOverlappingStepper, FindOverlappingStepperIterator};

use crate::text::byte_map::{ThaiPlaces, next_bit};
use crate::text::cluster::thai_place;
use crate::text::fold::Folded;

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

    /// Everything that is found, by its end, the longest first; what begins inside a Latin word, but with a capital,
    /// may be left out.
    pub fn find<'a>(&'a self, folded: &'a Folded) -> impl Iterator<Item = ScanMatch> + 'a {
        let text = folded.text.as_str();
        self.automaton.iter().flat_map(move |automaton| {
            let root = automaton.find_overlapping_stepper();
            let (found, stepper) = (root.matches(), root.clone());
            ScanWalk { begins: &self.begins, text, folded, at: 0, last: 0, found, stepper, root }
        })
    }

    /// The value of a text that is looked for.
    pub fn value_of(&self, text: &str) -> Option<u32> {
        let mut stepper = self.automaton.as_ref()?.find_overlapping_stepper();
        text.chars().for_each(|letter| stepper.consume(letter));
        stepper.matches().find(|found| found.end() - found.start() == text.len()).map(|found| found.value())
    }
}

/// The way through a text.
struct ScanWalk<'a> {
    begins: &'a BeginningBits,
    text: &'a str,
    folded: &'a Folded,
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
                let begin = self.begins.next(self.folded, from)?;
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

    /// The first place from `at` on where some text may begin; both are character boundaries of the folded text.
    fn next(&self, folded: &Folded, mut at: usize) -> Option<usize> {
        let bytes = folded.text.as_bytes();
        loop {
            at = next_bit(folded.begins(), at)?;
            let rest = bytes.get(at..)?;
            match *rest {
                [first @ 0..=0x7f, second @ 0..=0x7f, third @ 0..=0x7f, ..] => {
                    if self.has(Self::key(first.into(), second.into(), third.into())) {
                        return Some(at);
                    }
                    at += 1;
                }
                [0..=0x7f, ..] => {
                    if self.may_begin(rest) {
                        return Some(at);
                    }
                    at += 1;
                }
                _ => {
                    let (end, is_found) = self.skip_wide(bytes, folded.thai(), at);
                    if is_found {
                        return Some(end);
                    }
                    at = end;
                }
            }
        }
    }

    /// Returns true if some text may begin where `bytes` do.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        let (first, one) = Self::letter(bytes);
        let (second, two) = Self::letter(&bytes[one..]);
        let (third, _) = Self::letter(&bytes[one + two..]);
        self.has(Self::key(first, second, third))
    }

    /// Looks at the characters outside ASCII from `at` on: the place of the first where some text may begin, or where
    /// they end, and whether there is one.
    fn skip_wide(&self, bytes: &[u8], thai: &ThaiPlaces, mut at: usize) -> (usize, bool) {
        // Thai letters, two ahead.
        let mut run = thai.run(at);
        if let (Some(mut first), Some(mut second)) = (run.next(), run.next()) {
            for third in run {
                if self.has(Self::key(first, second, third)) {
                    return (at, true);
                }
                (first, second) = (second, third);
                at += 3;
            }
        }
        while bytes.get(at).is_some_and(|byte| !byte.is_ascii()) {
            if self.may_begin(&bytes[at..]) {
                return (at, true);
            }
            at += Self::letter(&bytes[at..]).1;
        }
        (at, false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found(texts: &[&str], text: &str) -> Vec<(usize, usize, u32)> {
        let scanner = Scanner::new(texts.iter().zip(0..).map(|(text, number)| (*text, number)).collect());
        let mut folded = Folded::default();
        folded.fold(text);
        assert_eq!(folded.text, text, "the test is of folded texts");
        scanner.find(&folded).map(|found| (found.start, found.end, found.value)).collect()
    }

    #[test]
    fn what_overlaps_is_found() {
        assert_eq!(found(&["กขค", "ขค", "คง"], "กกขคงข"), [(3, 12, 0), (6, 12, 1), (9, 15, 2)]);
        assert_eq!(found(&["ab a", "a b"], "x ab a b"), [(2, 6, 0), (5, 8, 1)]);
        assert_eq!(found(&["😀😀", "ລa"], "ລ😀😀ລa"), [(3, 11, 0), (11, 15, 1)]);
        assert_eq!(found(&["ab"], ""), []);
        assert_eq!(found(&[], "ab"), []);
    }

    #[test]
    fn a_latin_word_is_found_where_a_word_begins_or_a_capital_stands() {
        let scanner = Scanner::new(vec![("bo", 0), ("do", 1)]);
        let starts = |text: &str| {
            let mut folded = Folded::default();
            folded.fold(text);
            scanner.find(&folded).map(|found| found.start).collect::<Vec<_>>()
        };
        assert_eq!(starts("bo abo 2bo -bo"), [0, 8, 12]);
        assert_eq!(starts("Bộ hộBộ hộĐỗ lamBo ẢBộ"), [0, 5, 10, 16, 20]);
    }

    proptest! {
        #[test]
        fn nothing_is_passed_over(
            texts in prop::collection::btree_set("[กขabລ😀]{2,4}", 0..6),
            text in "[กขคabລ😀-]{0,24}",
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let begins_inside = |at: usize, text: &str| {
                text[at..].starts_with(char::is_alphabetic) && text.as_bytes()[at].is_ascii()
                    && at > 0 && text.as_bytes()[at - 1].is_ascii_alphabetic()
            };
            let mut wanted: Vec<(usize, usize, u32)> = Vec::new();
            for (number, wanted_text) in (0..).zip(&texts) {
                for (start, _) in text.char_indices().filter(|(at, _)| text[*at..].starts_with(wanted_text)) {
                    wanted.push((start, start + wanted_text.len(), number));
                }
            }
            wanted.sort_by_key(|(start, end, _)| (*end, *start));
            let found = found(&texts, &text);
            for found in &found {
                prop_assert!(wanted.contains(found), "{found:?}");
            }
            wanted.retain(|(start, _, _)| !begins_inside(*start, &text));
            for wanted in wanted {
                prop_assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
            }
        }

        #[test]
        fn a_text_that_is_looked_for_has_its_value(texts in prop::collection::btree_set("[กขab ]{2,4}", 0..6), other in "[กขab ]{0,4}") {
            let scanner = Scanner::new(texts.iter().zip(0..).map(|(text, number)| (text.as_str(), number)).collect());
            for (text, number) in texts.iter().zip(0..) {
                prop_assert_eq!(scanner.value_of(text), Some(number));
            }
            prop_assert_eq!(scanner.value_of(&other).is_some(), texts.contains(&other));
        }
    }
}
