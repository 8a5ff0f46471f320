//! The letters of a text by script, and the signs that are rarely there: counted in one pass.
//!
//! Deliberately absent: folding, which counts the same in passing.

use super::cluster::thai_run;
use super::letters::{
    ASCII, AsciiClass, CHUNK, LAST, NIKHAHIT, RUN, THAI, ThaiClass, VIETNAMESE, is_hidden, is_invisible, is_settled,
    is_vietnamese, latin_base, vanishes,
};

/// Letters of a text by script, in code points.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct LetterCounts {
    /// Thai letters and marks.
    pub thai: u32,
    /// Lao letters and marks.
    pub lao: u32,
    /// Latin letters.
    pub latin: u32,
    /// Latin letters with marks that Vietnamese uses.
    pub vietnamese: u32,
}

/// Signs of a text that are rarely there, noticed in passing: whoever looks for such things need not look where there
/// are none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct OddSigns {
    /// Thai marks out of order or typed twice, `เเ`, SARA AM in parts.
    pub odd_marks: bool,
    /// Characters outside ASCII that nobody sees or that end a line.
    pub hidden: bool,
    /// Characters outside ASCII and Thai that normalisation form C may write otherwise.
    pub unsettled: bool,
    /// Lao letters or marks.
    pub lao: bool,
    /// Control characters of ASCII other than tabs and line ends.
    pub controls: bool,
}

/// The letters and odd signs of a text, as folding counts them: for whoever needs no more of the fold.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Survey {
    /// Letters by script.
    pub letters: LetterCounts,
    /// The odd signs.
    pub seen: OddSigns,
}

impl Survey {
    /// Counts the letters of a text.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut survey = Self::default();
        let mut at = 0;
        while at < bytes.len() {
            match bytes[at..].first_chunk::<CHUNK>() {
                Some(chunk) if chunk.is_ascii() => {
                    survey.ascii(chunk);
                    at += CHUNK;
                }
                _ => at = survey.mixed(text, at, (at + CHUNK).min(bytes.len())),
            }
        }
        survey
    }

    /// Counts a piece that is all ASCII; loops without branches over bytes, so that they are vectorised.
    fn ascii(&mut self, bytes: &[u8; CHUNK]) {
        let letters =
            bytes.iter().fold(0_u8, |letters, byte| letters + u8::from((byte | 0x20).wrapping_sub(b'a') < 26));
        let low = bytes.iter().fold(0_u8, |low, byte| low | u8::from(*byte < b' ') | u8::from(*byte == 0x7f));
        self.letters.latin += u32::from(letters);
        if low != 0 {
            let is_control = |byte: &u8| matches!(ASCII.get(usize::from(*byte)), Some(AsciiClass::Control));
            self.seen.controls |= bytes.iter().any(is_control);
        }
    }

    /// Counts characters from `at` on, up to the first at or behind `end`, Thai ones in a row; returns where it is.
    fn mixed(&mut self, text: &str, mut at: usize, end: usize) -> usize {
        let bytes = text.as_bytes();
        while at < end {
            let (mut letters, mut flags) = (0, 0);
            while let Some(ascii) = bytes.get(at).and_then(|byte| ASCII_FLAGS.get(usize::from(*byte))) {
                letters += u32::from(ascii & LETTER);
                flags |= ascii;
                at += 1;
                if at >= end {
                    break;
                }
            }
            self.letters.latin += letters;
            self.seen.controls |= flags & CONTROL != 0;
            if at >= end {
                break;
            }
            let len = match bytes[at..] {
                // U+1EA0 to U+1EF9, and what Vietnamese has of U+00C0 to U+01BF: letters that are settled and seen.
                [0xe1, 0xba, 0xa0..=0xbf, ..] | [0xe1, 0xbb, 0x80..=0xb9, ..] => self.vietnamese(3),
                [first @ 0xc3..=0xc6, second, ..]
                    if VIETNAMESE[usize::from(first - 0xc3)] >> (second & 0x3f) & 1 != 0 =>
                {
                    self.vietnamese(2)
                }
                // Dashes, quotation marks, the ellipsis: U+2010 to U+2027.
                [0xe2, 0x80, 0x90..=0xa7, ..] => 3,
                [0xe0, ..] => self.thai(&bytes[at..]),
                _ => 0,
            };
            at += len;
            if len == 0 {
                let Some(letter) = text[at..].chars().next() else { break };
                note(letter, &mut self.letters, &mut self.seen);
                at += letter.len_utf8();
            }
        }
        at
    }

    /// Counts a letter that Vietnamese writes with a mark, of so many bytes.
    const fn vietnamese(&mut self, len: usize) -> usize {
        self.letters.latin += 1;
        self.letters.vietnamese += 1;
        len
    }

    /// Counts the Thai characters that `bytes` begin with; returns how many bytes they are.
    fn thai(&mut self, bytes: &[u8]) -> usize {
        let (mut at, mut count) = (0, 0);
        // The marks on the last consonant, the class and place of the last of them, and where it ends.
        let (mut marks, mut class, mut last, mut end) = (0, 0, 0, 0);
        let mut places = thai_run(bytes);
        while let Some(place) = places.next() {
            at += 3;
            match THAI[place] {
                ThaiClass::Plain(letters) => count += u32::from(letters),
                ThaiClass::SaraE => {
                    count += 1;
                    if bytes[at..].starts_with("เ".as_bytes()) {
                        self.seen.odd_marks = true;
                        at += 3;
                        places.next();
                    }
                }
                ThaiClass::Mark(next) => {
                    if end + 3 != at {
                        (marks, last) = (0, 0);
                    }
                    if marks == 0 {
                        class = 0;
                    }
                    self.seen.odd_marks |= place == last || next < class || next == NIKHAHIT;
                    (class, last, end) = (next, place, at);
                    marks = if next == LAST || marks + 1 == RUN { 0 } else { marks + 1 };
                    count += 1;
                }
            }
        }
        self.letters.thai += count;
        at
    }
}

/// Notes a character that is neither ASCII nor Thai.
pub(super) fn note(letter: char, letters: &mut LetterCounts, seen: &mut OddSigns) {
    seen.hidden |= is_hidden(letter);
    seen.unsettled |= !is_settled(letter);
    if vanishes(letter) {
        letters.vietnamese += u32::from(!is_invisible(letter));
    } else if latin_base(letter).is_some() {
        letters.latin += 1;
        letters.vietnamese += u32::from(is_vietnamese(letter));
    } else if ('\u{e80}'..='\u{eff}').contains(&letter) {
        letters.lao += 1;
        seen.lao = true;
    }
}

/// Bits of [`ASCII_FLAGS`].
const LETTER: u8 = 1;

const CONTROL: u8 = 2;

/// For each byte of ASCII the bits of what it counts as.
static ASCII_FLAGS: [u8; 128] = {
    let mut table = [0; 128];
    let mut at = 0;
    while at < 128 {
        table[at] = match ASCII[at] {
            AsciiClass::Lower | AsciiClass::Upper => LETTER,
            AsciiClass::Control => CONTROL,
            AsciiClass::Space | AsciiClass::Other => 0,
        };
        at += 1;
    }
    table
};
