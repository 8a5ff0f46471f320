//! Thai letters (and Lao ones, which pair with them) as a string of sounds.
//!
//! Signs without a sound are dropped here: tone marks (kept aside as evidence), maitaikhu, phinthu, silenced
//! consonants, spaces. Deliberately absent: where syllables begin and end (see
//! [`thai_syllable`](super::thai_syllable)).

use super::thai_letter::{ThaiLetter, is_consonant};
use crate::text::byte_map::ThaiPlaces;

/// The Thai letter that a Lao one pairs with.
const fn thai_of(ch: char) -> char {
    match ch {
        'ຊ' => 'ซ',
        '\u{EBC}' => 'ล',
        '\u{E80}'..='\u{EFF}' => match char::from_u32(ch as u32 - 0x80) {
            Some(thai) => thai,
            None => ch,
        },
        _ => ch,
    }
}

/// The sounding letters of a text, in order.
pub(super) fn letters(text: &str) -> Vec<ThaiLetter> {
    let mut letters = Vec::with_capacity(text.len() / 3);
    letters_into(text, &ThaiPlaces::of(text), &mut letters);
    letters
}

/// Puts the sounding letters of a text, of which `thai` are the Thai characters, in place of what `out` holds.
pub(super) fn letters_into(text: &str, thai: &ThaiPlaces, out: &mut Vec<ThaiLetter>) {
    out.clear();
    // No more than there are code points, but for ligatures, which are rare.
    out.reserve(text.len() / 3 + 1);
    let mut gathered = LetterCollector { out, gap: false, wall: true, nikhahit: false, joined: None };
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(place) = thai.at(at) {
            let (start, end) = (at as u32, at as u32 + 3);
            at += 3;
            match THAI[place] {
                LetterKind::Plain(ch) => {
                    gathered.push(ch, start, end);
                    at = go_on(thai, at, gathered.out);
                }
                LetterKind::Tone(mark) => gathered.mark(mark, end),
                LetterKind::Silent => gathered.extend(end),
                LetterKind::SaraAa => gathered.sara_aa(start, end),
                LetterKind::SaraE => gathered.sara_e(start, end),
                LetterKind::Other(ch) => gathered.rare(ch, ch, start, end),
            }
            continue;
        }
        match bytes[at..] {
            [b' ' | b'-', ..] => {
                gathered.gap = true;
                at += 1;
            }
            [0..=0x7f, ..] => {
                gathered.wall();
                at += 1;
            }
            _ => {
                let Some(raw) = text[at..].chars().next() else { break };
                let start = at;
                at += raw.len_utf8();
                gathered.rare(raw, thai_of(raw), start as u32, at as u32);
            }
        }
    }
}

/// Gathers the letters that follow another directly, with their tone marks, as far as none but the last one decides how
/// they sound: most of a Thai text. Returns where they end.
fn go_on(thai: &ThaiPlaces, mut at: usize, out: &mut Vec<ThaiLetter>) -> usize {
    for place in thai.run(at) {
        let (start, end) = (at as u32, at as u32 + 3);
        at += 3;
        let ch = match THAI[place] {
            LetterKind::Plain(ch) => ch,
            LetterKind::SaraAa => 'า',
            LetterKind::SaraE if out.last().is_some_and(|last| last.ch != 'เ') => 'เ',
            LetterKind::Tone(mark) => {
                if let Some(last) = out.last_mut() {
                    (last.mark, last.end) = (mark, end);
                }
                continue;
            }
            _ => return at - 3,
        };
        out.push(ThaiLetter { ch, mark: 0, breath: false, gap: false, wall: false, start, end });
    }
    at
}

/// The sound of a code point of the Thai block, where nothing beside it changes that.
#[derive(Clone, Copy)]
enum LetterKind {
    /// A letter that sounds whatever stands beside it.
    Plain(char),
    /// A tone mark, 1 to 4.
    Tone(u8),
    /// A sign without a sound that belongs to the letter before.
    Silent,
    SaraAa,
    SaraE,
    /// Anything else: see [`LetterCollector::rare`].
    Other(char),
}

/// By place in the block.
const THAI: [LetterKind; 128] = {
    let mut table = [LetterKind::Silent; 128];
    let mut at = 0;
    while at < 128 {
        let Some(ch) = char::from_u32(0xE00 + at as u32) else { break };
        table[at] = match ch {
            'ก'..='ฮ' | 'ะ' | 'ั' | 'ำ'..='ู' | 'แ'..='ไ' => LetterKind::Plain(ch),
            '\u{E48}'..='\u{E4B}' => LetterKind::Tone((at - 0x47) as u8),
            '\u{E47}' => LetterKind::Silent,
            'า' => LetterKind::SaraAa,
            'เ' => LetterKind::SaraE,
            _ => LetterKind::Other(ch),
        };
        at += 1;
    }
    table
};

/// Letters as they are gathered, with what the next one needs to know.
struct LetterCollector<'a> {
    out: &'a mut Vec<ThaiLetter>,
    gap: bool,
    wall: bool,
    /// True if a nikhahit stands before, of which and `า` SARA AM is made.
    nikhahit: bool,
    /// The end of the last phinthu, which joins its consonant to the cluster behind a vowel.
    joined: Option<u32>,
}

impl LetterCollector<'_> {
    fn push(&mut self, ch: char, start: u32, end: u32) {
        self.out.push(ThaiLetter { ch, mark: 0, breath: false, gap: self.gap, wall: self.wall, start, end });
        (self.gap, self.wall, self.nikhahit) = (false, false, false);
    }

    fn mark(&mut self, mark: u8, end: u32) {
        if let Some(last) = self.out.last_mut() {
            last.mark = mark;
            last.end = end;
        }
    }

    fn extend(&mut self, end: u32) {
        self.nikhahit = false;
        if let Some(last) = self.out.last_mut() {
            last.end = end;
        }
    }

    fn wall(&mut self) {
        (self.gap, self.wall) = (false, true);
    }

    /// `า`, or SARA AM typed as two.
    fn sara_aa(&mut self, start: u32, end: u32) {
        self.push(if self.nikhahit { 'ำ' } else { 'า' }, start, end);
    }

    /// `เ`, or the second half of `แ` typed as two.
    fn sara_e(&mut self, start: u32, end: u32) {
        // งฺเหวียน is heard as it sounds: the consonant behind the vowel.
        if self.joined == Some(start)
            && !self.gap
            && !self.wall
            && let Some(last) = self.out.last_mut().filter(|last| is_consonant(last.ch))
        {
            let first = std::mem::replace(last, ThaiLetter { ch: 'เ', end, ..*last });
            self.out.push(ThaiLetter { gap: false, wall: false, ..first });
            return;
        }
        match self.out.last_mut().filter(|last| last.ch == 'เ' && !self.gap && !self.wall) {
            Some(last) => {
                last.ch = 'แ';
                last.end = end;
                self.nikhahit = false;
            }
            None => self.push('เ', start, end),
        }
    }

    /// `raw` as it stands, `ch` as the Thai letter it pairs with.
    fn rare(&mut self, raw: char, ch: char, start: u32, end: u32) {
        match ch {
            // Order of the first arms: what belongs to the letter before.
            '\u{E48}'..='\u{E4B}' => self.mark((ch as u32 - 0xE47) as u8, end),
            '\u{E4C}' => silence(self.out, end),
            '\u{E4D}' => {
                self.extend(end);
                self.nikhahit = true;
            }
            '\u{E3A}' => {
                self.extend(end);
                self.joined = Some(end);
            }
            '\u{E47}' | '\u{E3B}' | '\u{E4E}' => self.extend(end),
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {}
            ' ' | '\u{A0}' | '-' | '\u{2010}'..='\u{2013}' => self.gap = true,
            'ก'..='ฮ' | 'ะ'..='ู' | 'เ'..='ๅ' => {
                match raw {
                    // Lao ເ–ີ is Thai เ–ิ.
                    'ີ' if self.out.iter().rev().take(3).any(|letter| letter.ch == 'เ') => {
                        self.push('ิ', start, end);
                    }
                    _ if matches!(ch, 'า' | 'ๅ') => self.sara_aa(start, end),
                    _ if ch == 'เ' => self.sara_e(start, end),
                    _ => self.push(ch, start, end),
                }
                // Lao ligatures and vowels of two Thai letters.
                if raw == '\u{EBD}' {
                    self.push('ย', start, end);
                }
            }
            _ => match ligature(raw) {
                Some(second) => {
                    self.push('ห', start, end);
                    self.push(second, start, end);
                }
                None => self.wall(),
            },
        }
    }
}

/// The second letter of the Lao ligatures ໜ and ໝ.
const fn ligature(ch: char) -> Option<char> {
    match ch {
        '\u{EDC}' => Some('น'),
        '\u{EDD}' => Some('ม'),
        _ => None,
    }
}

/// Drops the consonant (with its short vowel) that U+0E4C silences.
fn silence(out: &mut Vec<ThaiLetter>, end: u32) {
    if out.last().is_some_and(|last| matches!(last.ch, 'ิ' | 'ุ')) && out.len() > 1 {
        out.pop();
    }
    let Some(dropped) = out.pop_if(|last| is_consonant(last.ch)) else { return };
    if let Some(before) = out.last_mut().filter(|_| !dropped.wall) {
        before.breath |= dropped.ch == 'ห';
        before.end = end;
    }
}
