//! Folding: one form for all the ways a name is typed, with a map back to the source.
//!
//! The loose fold finds: case, Latin diacritics and `Đ` are dropped, Thai and Lao marks are put in order (`น้ำ` has
//! three encodings, `เเ` is not `แ`), invisible characters vanish, a single space beside a Thai or Lao letter vanishes.
//! [`same_word`] judges what was found: diacritics decide, unless there are none at all. NFKC is never used: it splits
//! SARA AM. Deliberately absent: sound (see `recognise/name/sound`).

use std::sync::LazyLock;

use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::cluster::{Script, is_dependent, thai_run};

/// A folded text with the way back. Reused between texts, so that folding allocates nothing once warm.
#[derive(Default, Debug, Clone)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// The places where the distance between folded and source offsets changes: (folded, source), both bytes.
    steps: Vec<(u32, u32)>,
    /// Letters by script, in code points of the source.
    pub letters: LetterCounts,
    /// The odd signs in it.
    pub seen: OddSigns,
}

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

/// A bit for each letter of U+00C0 to U+01BF that Vietnamese writes with a mark, by the last byte: one number for each
/// first byte, C3 to C6.
const VIETNAMESE: [u64; 4] = {
    let mut bits = [0; 4];
    let mut code = 0xc0;
    while code < 0x1c0 {
        if let Some(letter) = char::from_u32(code)
            && is_vietnamese(letter)
        {
            bits[(code as usize >> 6) - 3] |= 1 << (code & 0x3f);
        }
        code += 1;
    }
    bits
};

/// Notes a character that is neither ASCII nor Thai.
fn note(letter: char, letters: &mut LetterCounts, seen: &mut OddSigns) {
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

/// Returns whether nobody sees a character outside ASCII, or only by the end of a line.
const fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}') || is_invisible(letter)
}

/// Returns whether normalisation form C leaves a character as it is wherever it stands: the letters of Latin alphabets
/// and the usual signs. Of others this is not known here.
const fn is_settled(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20c0}'
    )
}

/// The class of a byte of ASCII in folding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum AsciiClass {
    /// Stays as it is.
    Other,
    /// Stays as it is.
    Lower,
    Upper,
    /// A space or a tab.
    Space,
    /// Stays as it is.
    Control,
}

const ASCII: [AsciiClass; 128] = {
    let mut table = [AsciiClass::Other; 128];
    let mut at = 0;
    while at < 128 {
        table[at] = match at as u8 {
            b' ' | b'\t' => AsciiClass::Space,
            b'a'..=b'z' => AsciiClass::Lower,
            b'A'..=b'Z' => AsciiClass::Upper,
            b'\n' | b'\r' => AsciiClass::Other,
            0..=31 | 127 => AsciiClass::Control,
            _ => AsciiClass::Other,
        };
        at += 1;
    }
    table
};

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

/// The class of a code point of the Thai block in folding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ThaiClass {
    /// A consonant, leading vowel, repetition mark or digit, which counts as one letter, or a sign that counts as none.
    Plain(u8),
    /// `เ`, of which two in a row are `แ`.
    SaraE,
    /// A mark or a vowel behind its consonant, with its [`mark_class`].
    Mark(u8),
}

/// By place in the block.
const THAI: [ThaiClass; 128] = {
    let mut table = [ThaiClass::Plain(0); 128];
    let mut at = 0;
    while at < 128 {
        table[at] = match at {
            0x01..=0x2f | 0x41..=0x44 | 0x46 | 0x50..=0x59 => ThaiClass::Plain(1),
            0x40 => ThaiClass::SaraE,
            0x30..=0x3a | 0x47..=0x4e => match char::from_u32(0xe00 + at as u32) {
                Some(mark) => ThaiClass::Mark(mark_class(mark)),
                None => ThaiClass::Plain(0),
            },
            _ => ThaiClass::Plain(0),
        };
        at += 1;
    }
    table
};

/// The class of U+0E4D, of which and `า` `ำ` is made.
const NIKHAHIT: u8 = mark_class('\u{e4d}');
/// The class of vowels that end a run of marks.
const LAST: u8 = mark_class('า');

/// Bytes that are looked at together where all are ASCII.
const CHUNK: usize = 32;

/// The letters among the next bytes, where they are printable ASCII in which each space is single and stands beside no
/// letter of another script. Loops without branches over bytes, so that they are vectorised.
fn plain_chunk(bytes: &[u8], at: usize) -> Option<u32> {
    let chunk = bytes.get(at..)?.first_chunk::<CHUNK>()?;
    // Most that is not plain has marks in every word: that is seen first.
    if !chunk.is_ascii() {
        return None;
    }
    let odd = chunk.iter().fold(0_u8, |odd, byte| odd | u8::from(*byte < b' ') | u8::from(*byte == 0x7f));
    let behind = &chunk[1..];
    let spaces = chunk.iter().zip(behind).fold(0_u8, |two, (one, other)| two | u8::from((one | other) == b' '));
    let is_plain = odd == 0
        && spaces == 0
        && (chunk[0] != b' ' || is_plain_space(bytes, at))
        && (chunk[CHUNK - 1] != b' ' || is_plain_space(bytes, at + CHUNK - 1));
    let letters = || chunk.iter().fold(0_u8, |sum, byte| sum + u8::from((byte | 0x20).wrapping_sub(b'a') < 26));
    is_plain.then(|| u32::from(letters()))
}

/// Returns whether a space or tab is a single space with ASCII or nothing on its sides, so that it folds to itself.
fn is_plain_space(bytes: &[u8], at: usize) -> bool {
    let is_plain = |byte: Option<&u8>| {
        byte.is_none_or(|byte| ASCII.get(usize::from(*byte)).is_some_and(|class| *class != AsciiClass::Space))
    };
    bytes[at] == b' ' && is_plain(bytes.get(at + 1)) && is_plain(at.checked_sub(1).and_then(|before| bytes.get(before)))
}

/// The lower-case letter under the marks of a letter that Vietnamese writes with marks.
fn vietnamese_base(letter: char) -> Option<char> {
    let is_vietnamese = match letter {
        '\u{c0}'..='\u{1bf}' => VIETNAMESE[(letter as usize >> 6) - 3] >> (letter as u32 & 0x3f) & 1 != 0,
        '\u{1ea0}'..='\u{1ef9}' => true,
        _ => false,
    };
    if is_vietnamese { latin_base(letter) } else { None }
}

/// Most marks that are put in order together. More on one letter are no word.
const RUN: u32 = 6;

impl Folded {
    /// Folds `source` into `self`.
    pub fn fold(&mut self, source: &str) {
        self.text.clear();
        self.steps.clear();
        self.letters = LetterCounts::default();
        self.seen = OddSigns::default();
        self.text.reserve(source.len());
        self.steps.push((0, 0));
        let mut at = 0;
        while at < source.len() {
            let end = self.same(source.as_bytes(), at);
            if end > at {
                let from = self.text.len();
                self.text.push_str(&source[at..end]);
                self.text[from..].make_ascii_lowercase();
                at = end;
            }
            let Some(letter) = source[at..].chars().next() else { break };
            let end = at + letter.len_utf8();
            if let Some(base) = vietnamese_base(letter) {
                self.letters.latin += 1;
                self.letters.vietnamese += 1;
                self.text.push(base);
                self.step(end);
                at = end;
                continue;
            }
            at = match letter {
                '\u{e30}'..='\u{e4e}' => self.marks(source, at),
                ' ' | '\u{a0}' | '\t' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => {
                    self.space(source, at, end)
                }
                _ => {
                    self.rare(letter, source, at, end);
                    end
                }
            };
        }
    }

    /// The end of what folds to as many bytes as it has, from `at` on: ASCII, whose capitals become small, with single
    /// spaces in it, and Thai with its marks in order. Ends on a character boundary, before the run of marks that holds
    /// the odd one.
    fn same(&mut self, bytes: &[u8], mut at: usize) -> usize {
        let (mut latin, mut thai) = (0, 0);
        // The run of marks that `at` stands in: where it began, how many there are, the class of the last.
        let (mut run, mut marks, mut class) = (0, 0, 0);
        'same: while at < bytes.len() {
            for place in thai_run(&bytes[at..]) {
                match THAI[place] {
                    ThaiClass::Plain(count) => {
                        thai += u32::from(count);
                        marks = 0;
                    }
                    ThaiClass::SaraE if bytes[at + 3..].starts_with("เ".as_bytes()) => break 'same,
                    ThaiClass::SaraE => {
                        thai += 1;
                        marks = 0;
                    }
                    ThaiClass::Mark(next) => {
                        if marks == 0 {
                            (run, class) = (at, 0);
                        }
                        // The same mark twice may be in order, and is odd nonetheless.
                        if at >= 3 && bytes[at - 2..at] == bytes[at + 1..at + 3] {
                            self.seen.odd_marks = true;
                        }
                        if next < class || next == NIKHAHIT {
                            thai -= marks;
                            at = run;
                            break 'same;
                        }
                        class = next;
                        marks = if next == LAST || marks + 1 == RUN { 0 } else { marks + 1 };
                        thai += 1;
                    }
                }
                at += 3;
            }
            let before = at;
            while let Some(letters) = plain_chunk(bytes, at) {
                latin += letters;
                at += CHUNK;
            }
            while let Some(ascii) = bytes.get(at).and_then(|byte| ASCII.get(usize::from(*byte))) {
                match ascii {
                    AsciiClass::Lower | AsciiClass::Upper => latin += 1,
                    AsciiClass::Space if !is_plain_space(bytes, at) => break 'same,
                    AsciiClass::Space => {
                        at += 1;
                        // Prose is plain again soon behind what was not.
                        while let Some(letters) = plain_chunk(bytes, at) {
                            latin += letters;
                            at += CHUNK;
                        }
                        continue;
                    }
                    AsciiClass::Control => self.seen.controls = true,
                    AsciiClass::Other => {}
                }
                at += 1;
            }
            if at == before {
                break;
            }
            marks = 0;
        }
        self.letters.latin += latin;
        self.letters.thai += thai;
        at
    }

    /// Spaces that start at `at`, the first of which ends at `end`; returns where they end.
    fn space(&mut self, source: &str, at: usize, end: usize) -> usize {
        let run = end + spaces(&source[end..]);
        for space in source[at..run].chars().filter(|space| !space.is_ascii()) {
            note(space, &mut self.letters, &mut self.seen);
        }
        // What vanishes stands beside nothing.
        let before = source[..at].trim_end_matches(vanishes);
        let behind = source[run..].trim_start_matches(vanishes);
        let joined = before.ends_with(is_joined_script) || behind.starts_with(is_joined_script);
        // More than one space separates whatever stands beside it; two are kept, so that folding what is folded
        // changes nothing.
        self.text.push_str(match (joined, run == end) {
            (true, true) => "",
            (true, false) => "  ",
            (false, _) => " ",
        });
        self.step(run);
        run
    }

    /// A run of Thai vowels and marks that starts at `at` and is not in order, put in order; returns where it ends.
    fn marks(&mut self, source: &str, at: usize) -> usize {
        self.seen.odd_marks = true;
        if source[at..].starts_with("เเ") {
            self.letters.thai += 1;
            self.text.push('แ');
            self.step(at + "เเ".len());
            return at + "เเ".len();
        }
        let mut run: SmallVec<[char; RUN as usize]> = SmallVec::new();
        let mut end = at;
        for mark in source[at..].chars().take(RUN as usize) {
            if !matches!(mark, '\u{e30}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}') {
                break;
            }
            run.push(mark);
            end += mark.len_utf8();
            if matches!(mark, 'ะ' | 'า' | 'ำ') {
                break;
            }
        }
        self.letters.thai += run.len() as u32;
        let am = run.contains(&'\u{e4d}') && run.last() == Some(&'า');
        run.sort_by_key(|mark| mark_class(*mark));
        for mark in run {
            match mark {
                '\u{e4d}' if am => {}
                'า' if am => {
                    // The sign ends where its last part does.
                    self.step(end - 'า'.len_utf8());
                    self.text.push('ำ');
                }
                mark => {
                    self.step(at);
                    self.text.push(mark);
                }
            }
        }
        self.step(end);
        end
    }

    /// Letters outside ASCII and Thai.
    fn rare(&mut self, letter: char, source: &str, at: usize, end: usize) {
        note(letter, &mut self.letters, &mut self.seen);
        if vanishes(letter) {
            self.step(end);
            return;
        }
        if let Some(base) = latin_base(letter) {
            self.text.push(base);
            self.step(end);
            return;
        }
        if ('\u{e80}'..='\u{eff}').contains(&letter) {
            match letter {
                'ໜ' => self.text.push_str("ຫນ"),
                'ໝ' => self.text.push_str("ຫມ"),
                '\u{ecd}' if source[end..].starts_with('າ') => {} // NIGGAHITA + AA = AM, written below
                'າ' if source[..at].ends_with('\u{ecd}') => self.text.push('ຳ'),
                _ => self.text.push(letter),
            }
            self.step(end);
            return;
        }
        for lower in letter.to_lowercase() {
            self.text.push(lower);
        }
        self.step(end);
    }

    /// Notes that what is folded next comes from byte `source`.
    fn step(&mut self, source: usize) {
        let folded = self.text.len() as u32;
        let source = source as u32;
        match self.steps.last_mut() {
            Some(last) if last.0 == folded => last.1 = source,
            Some(last) if source.wrapping_sub(last.1) == folded - last.0 => {}
            _ => self.steps.push((folded, source)),
        }
    }

    /// The byte range of `source` that the folded range stands for; marks that were folded away stay with their letter.
    pub fn source_range(&self, source: &str, start: usize, end: usize) -> (usize, usize) {
        let first = self.source_of(source, start);
        let last = self.source_of(source, end - 1);
        let mut stop = last + char_at(source, last).len_utf8();
        while let Some(mark) = source[stop..].chars().next().filter(|mark| is_dependent(*mark)) {
            if !self.is_folded_away(stop) {
                break;
            }
            stop += mark.len_utf8();
        }
        (first, stop)
    }

    /// Returns whether the source byte has no image of its own: what is folded there comes from elsewhere.
    fn is_folded_away(&self, source: usize) -> bool {
        let at = self.steps.partition_point(|step| (step.1 as usize) <= source);
        let Some(step) = at.checked_sub(1).and_then(|at| self.steps.get(at)) else { return false };
        let next = self.steps.get(at).map_or(self.text.len(), |next| next.0 as usize);
        step.0 as usize + (source - step.1 as usize) >= next
    }

    /// The start of the source letter that the folded byte comes from. One letter may fold to several: all of them come
    /// from its start.
    fn source_of(&self, source: &str, folded: usize) -> usize {
        let at = self.steps.partition_point(|step| step.0 as usize <= folded) - 1;
        let (from, to) = self.steps[at];
        let mut start = to as usize + (folded - from as usize);
        if let Some(next) = self.steps.get(at + 1) {
            start = start.min((next.1 as usize).saturating_sub(1).max(to as usize));
        }
        while !source.is_char_boundary(start) {
            start -= 1;
        }
        start
    }
}

/// The loose fold of a short text, without the map.
pub fn fold(text: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(text);
    folded.text
}

/// Returns whether `found` is a way of writing the name `listed`, given that their loose folds agree: with the same
/// diacritics, wherever the tone mark is put (`Hòa`, `Hoà`), or with none at all.
pub fn same_word(found: &str, listed: &str) -> bool {
    found == listed || is_unmarked(found) || tight(found) == tight(listed)
}

/// Returns whether a text has Latin letters and none of them carries a mark.
pub fn is_unmarked(text: &str) -> bool {
    text.chars().all(|letter| !('\u{300}'..='\u{36f}').contains(&letter) && latin_base(letter).is_none())
}

/// Case and invisible characters dropped, diacritics kept; the tone of each word stands at its end, since profile of
/// where to put it differ.
pub fn tight(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut tone = None;
    for letter in text.nfd().filter(|letter| !is_invisible(*letter)) {
        match letter {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => tone = Some(letter),
            ' ' | '-' => {
                out.extend(tone.take());
                out.push(' ');
            }
            _ => out.extend(letter.to_lowercase()),
        }
    }
    out.extend(tone);
    out
}

/// NFC of a text, borrowed where it is already.
pub fn nfc(text: &str) -> std::borrow::Cow<'_, str> {
    if unicode_normalization::is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() }
}

/// The order of Thai marks in one cluster: vowel below or above, NIKHAHIT, tone mark, other signs, following vowel.
pub const fn mark_class(mark: char) -> u8 {
    match mark {
        '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}' => 1,
        '\u{e4d}' => 2,
        '\u{e48}'..='\u{e4b}' => 3,
        '\u{e4c}' | '\u{e4e}' => 4,
        _ => 5,
    }
}

/// Characters without a look of their own that are not part of any word: zero-width spaces and joiners, soft hyphen,
/// byte-order mark, directional marks.
pub const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Returns whether folding leaves nothing of a character: it is invisible, or a mark over a Latin letter.
const fn vanishes(letter: char) -> bool {
    is_invisible(letter) || matches!(letter, '\u{300}'..='\u{36f}')
}

fn is_joined_script(letter: char) -> bool {
    !letter.is_ascii() && matches!(Script::of(letter), Script::Thai | Script::Lao)
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

fn spaces(text: &str) -> usize {
    // Mostly there is one, and a byte tells.
    if !matches!(text.as_bytes().first(), Some(b' ' | b'\t' | 0xc2 | 0xe2 | 0xe3)) {
        return 0;
    }
    text.len() - text.trim_start_matches([' ', '\u{a0}', '\t', '\u{202f}', '\u{3000}']).len()
}

/// Returns whether a Latin letter is one that Vietnamese writes with a mark.
pub const fn is_vietnamese(letter: char) -> bool {
    matches!(letter,
        '\u{1ea0}'..='\u{1ef9}' | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư'
        | 'À'..='Ã' | 'È'..='Ê' | 'Ì' | 'Í' | 'Ò'..='Õ' | 'Ù' | 'Ú' | 'Ý'
        | 'à'..='ã' | 'è'..='ê' | 'ì' | 'í' | 'ò'..='õ' | 'ù' | 'ú' | 'ý')
}

/// The lower-case letter under a Latin letter's marks; none for letters without marks.
pub fn latin_base(letter: char) -> Option<char> {
    static TABLE: LazyLock<Vec<Option<char>>> =
        LazyLock::new(|| ('\u{c0}'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}').map(base_of).collect());
    let at = match letter {
        '\u{c0}'..='\u{24f}' => letter as usize - 0xc0,
        '\u{1e00}'..='\u{1eff}' => letter as usize - 0x1e00 + (0x250 - 0xc0),
        _ => return None,
    };
    TABLE.get(at).copied().flatten()
}

fn base_of(letter: char) -> Option<char> {
    if matches!(letter, 'Đ' | 'đ' | 'Ð' | 'ð' | 'Ɖ') {
        return Some('d');
    }
    let mut base = None;
    decompose_canonical(letter, |part| {
        if !is_combining_mark(part) && base.is_none() {
            base = Some(part);
        }
    });
    let base = base.filter(|base| *base != letter || letter.is_alphabetic())?;
    Script::of(base).eq(&Script::Latin).then(|| base.to_lowercase().next().unwrap_or(base))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ways_of_typing_fold_together() {
        for (one, other) in [
            ("Nguyễn Mạnh Hùng", "NGUYEN MANH HUNG"),
            ("Đỗ Hùng Việt", "do hung viet"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("เหงียน มานห์ หุ่ง", "เหงียนมานห์หุ่ง"),
            ("น้ำ", "นํ้า"),
            ("น้ำ", "น้ํา"),
            ("เเก้ว", "แก้ว"),
            ("ที่", "ท\u{e48}\u{e35}"),
            ("โด\u{200b}หุ่ง", "โดหุ่ง"),
            ("ໜ້າ", "ຫນ້າ"),
            ("กระทรวง การ", "กระทรวงการ"),
            ("a  b", "a b"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
        assert_ne!(fold("Hà Nội"), fold("HàNội"), "Latin words keep their spaces");
        assert_ne!(fold("ก  ข"), fold("กข"), "two spaces separate");
    }

    #[test]
    fn ranges_lead_back() {
        for (source, folded, back) in [
            ("x Nguye\u{302}\u{303}n T", "nguyen", "Nguye\u{302}\u{303}n"),
            ("นาย เหงียน มานห์ กล่าว", "เหงียนมานห์", "เหงียน มานห์"),
            ("กนํ้าข", "น้ำ", "นํ้า"),
            ("กน้ํา ข", "น้ำ", "น้ํา"),
            ("กท\u{e48}\u{e35}ข", "ที่", "ท\u{e48}\u{e35}"),
            ("ก เเก้ว ข", "แก้ว", "เเก้ว"),
            ("Đỗ\u{200b} Hùng", "do hung", "Đỗ\u{200b} Hùng"),
        ] {
            let mut map = Folded::default();
            map.fold(source);
            let at = map.text.find(folded).unwrap_or_else(|| panic!("{folded} in {}", map.text));
            let (start, end) = map.source_range(source, at, at + folded.len());
            assert_eq!(&source[start..end], back, "{source}");
        }
    }

    #[test]
    fn settled_characters_are_in_normal_form_wherever_they_stand() {
        for letter in ('\0'..=char::MAX).filter(|letter| is_settled(*letter)) {
            for text in [format!("{letter}"), format!("a{letter}"), format!("{letter}{letter}")] {
                assert!(unicode_normalization::is_nfc(&text), "{letter:?}");
            }
            assert_eq!(unicode_normalization::char::canonical_combining_class(letter), 0, "{letter:?}");
        }
    }

    #[test]
    fn diacritics_decide() {
        assert!(same_word("Nguyen Thanh Lam", "Nguyễn Thanh Lâm"));
        assert!(same_word("NGUYỄN THANH LÂM", "Nguyễn Thanh Lâm"));
        assert!(same_word("Hoà", "Hòa"));
        assert!(!same_word("Nguyễn Thành Lâm", "Nguyễn Thanh Lâm"));
        assert!(!same_word("Nguyễn Thanh Lam", "Nguyễn Thanh Lâm"));
    }

    #[test]
    fn what_vanishes_does_not_part_a_space_from_its_letter() {
        assert_eq!(fold("ก\u{200b} a"), fold("ก a"));
        assert_eq!(fold("a \u{301}ก"), fold("a ก"));
        let folded = fold(&fold("\u{e48}\u{200b} \u{301}\u{e4d}"));
        assert_eq!(fold(&folded), folded);
    }

    /// The fold of a text of ASCII, Thai consonants and Vietnamese letters, letter by letter.
    fn letter_by_letter(source: &str) -> String {
        let letters: Vec<char> = source.chars().collect();
        let is_thai = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|letter| *letter == 'ก');
        let (mut out, mut at) = (String::new(), 0);
        while let Some(letter) = letters.get(at) {
            let run = letters[at..].iter().take_while(|letter| matches!(letter, ' ' | '\t')).count();
            if run == 0 {
                out.push(latin_base(*letter).unwrap_or(letter.to_ascii_lowercase()));
                at += 1;
                continue;
            }
            let is_joined = is_thai(at.checked_sub(1)) || is_thai(Some(at + run));
            out.push_str(match (is_joined, run) {
                (true, 1) => "",
                (true, _) => "  ",
                (false, _) => " ",
            });
            at += run;
        }
        out
    }

    proptest! {
        #[test]
        fn pieces_that_are_folded_at_once_fold_as_letters_do(
            source in "([a-zA-Z ,.]{20,70}|[a-z]{1,8} |[A-Z\t\n ]|ก|ก |đ|Ế){0,12}"
        ) {
            let mut map = Folded::default();
            map.fold(&source);
            prop_assert_eq!(&map.text, &letter_by_letter(&source));
            prop_assert_eq!(Survey::of(&source), Survey { letters: map.letters, seen: map.seen });
        }

        #[test]
        fn a_survey_counts_what_folding_counts(
            source in "([กนงเแ้่ําำิี ัะ็์ฯ๕฿ๆaAzĂăĐệñ\u{301}\u{a0}\u{2003}\u{200b}\u{85}\u{2028}\u{1}\u{7f}\t\nລໝ\u{ecd}າ😀.’]|กเเเ้้|[a-z ]{30,70}){0,20}"
        ) {
            let mut map = Folded::default();
            map.fold(&source);
            prop_assert_eq!(Survey::of(&source), Survey { letters: map.letters, seen: map.seen });
        }

        #[test]
        fn folding_is_idempotent_and_ranges_are_characters(source in "[กนงเแ้่ําำิี ันaAăĐệ\u{301}\u{200b}ລໝ\u{ecd}າ😀.]{0,30}") {
            let mut map = Folded::default();
            map.fold(&source);
            prop_assert_eq!(fold(&map.text), fold(&fold(&map.text)));
            let text = map.text.clone();
            for (start, _) in text.char_indices() {
                for (at, letter) in text[start..].char_indices() {
                    let (from, to) = map.source_range(&source, start, start + at + letter.len_utf8());
                    prop_assert!(source.is_char_boundary(from) && source.is_char_boundary(to), "{source:?} {from} {to}");
                }
            }
        }

        #[test]
        fn normal_forms_fold_alike(source in "[a-zA-ZàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹĂĐƠƯẠ ]{0,20}") {
            let nfd: String = source.nfd().collect();
            prop_assert_eq!(fold(&source), fold(&nfd));
            prop_assert_eq!(tight(&source), tight(&nfd));
        }
    }
}
