//! Thai letters (and Lao ones, which pair with them) as a string of sounds to be cut into syllables.
//!
//! What the eye sees and the ear does not is dropped here: tone marks (kept aside as evidence), maitaikhu, phinthu,
//! silenced consonants, spaces. [`readings`] takes a stretch of letters for exactly one syllable.
//! Deliberately absent: any dictionary. Segmenters cut foreign names apart.

use smallvec::SmallVec;

use super::tables::{Final, Initial, Pitch, Second, Sounds, Vowel};

/// One sounding letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Letter {
    /// The letter, Thai.
    pub ch: char,
    /// The tone mark on it: 0 none, 1 to 4.
    pub mark: u8,
    /// Whether a silenced ห follows it.
    pub breath: bool,
    /// Whether a space or hyphen stands before it.
    pub gap: bool,
    /// Whether something stands before it that no name runs across.
    pub wall: bool,
    /// Where it begins, in bytes of the text.
    pub start: u32,
    /// Where what belongs to it (marks, silenced letters) ends, in bytes of the text.
    pub end: u32,
}

/// Whether the letter is a consonant.
pub(super) const fn is_consonant(ch: char) -> bool {
    matches!(ch, 'ก'..='ฮ')
}

/// Whether the letter is a vowel written before its consonant.
pub(super) const fn leads(ch: char) -> bool {
    matches!(ch, 'เ'..='ไ')
}

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
pub(super) fn letters(text: &str) -> Vec<Letter> {
    let mut out: Vec<Letter> = Vec::with_capacity(text.len() / 3);
    let (mut gap, mut wall) = (false, true);
    for (start, raw) in text.char_indices() {
        let (start, end) = (start as u32, (start + raw.len_utf8()) as u32);
        let ch = thai_of(raw);
        match ch {
            // Order of the first arms: what belongs to the letter before.
            '\u{E48}'..='\u{E4B}' => {
                if let Some(last) = out.last_mut() {
                    last.mark = (ch as u32 - 0xE47) as u8;
                    last.end = end;
                }
            }
            '\u{E4C}' => silence(&mut out, end),
            '\u{E47}' | '\u{E3A}' | '\u{E3B}' | '\u{E4D}' | '\u{E4E}' => {
                if let Some(last) = out.last_mut() {
                    last.end = end;
                }
            }
            '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}' => {}
            ' ' | '\u{A0}' | '-' | '\u{2010}' | '\u{2011}' => gap = true,
            'ก'..='ฮ' | 'ะ'..='ู' | 'เ'..='ๅ' => {
                let ch = match ch {
                    'ๅ' => 'า',
                    _ => ch,
                };
                // The two halves of แ, typed as two.
                if ch == 'เ'
                    && !gap
                    && !wall
                    && let Some(last) = out.last_mut().filter(|last| last.ch == 'เ')
                {
                    last.ch = 'แ';
                    last.end = end;
                    continue;
                }
                out.push(Letter { ch, mark: 0, breath: false, gap, wall, start, end });
                // Lao ligatures and vowels of two Thai letters.
                if raw == '\u{EBD}' {
                    out.push(Letter { ch: 'ย', mark: 0, breath: false, gap: false, wall: false, start, end });
                }
                (gap, wall) = (false, false);
            }
            _ => {
                if let Some(second) = ligature(raw) {
                    out.push(Letter { ch: 'ห', mark: 0, breath: false, gap, wall, start, end });
                    out.push(Letter { ch: second, mark: 0, breath: false, gap: false, wall: false, start, end });
                    (gap, wall) = (false, false);
                } else {
                    (gap, wall) = (false, true);
                }
            }
        }
    }
    out
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
fn silence(out: &mut Vec<Letter>, end: u32) {
    if out.last().is_some_and(|last| matches!(last.ch, 'ิ' | 'ุ')) && out.len() > 1 {
        out.pop();
    }
    let Some(dropped) = out.pop_if(|last| is_consonant(last.ch)) else { return };
    if let Some(before) = out.last_mut().filter(|_| !dropped.wall) {
        before.breath |= dropped.ch == 'ห';
        before.end = end;
    }
}

/// One way to hear a stretch of letters as one syllable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reading {
    /// What is heard.
    pub sounds: Sounds,
    /// Its tone.
    pub pitch: Pitch,
    /// Whether a mark or the class of its letter was chosen for the tone.
    pub marked: bool,
    /// Whether it ends in a stop or a short vowel.
    pub stopped: bool,
    /// What the spelling is off by.
    pub odd: f32,
}

pub(super) type Readings = SmallVec<[Reading; 4]>;

/// The longest syllable, in letters: เหงวียน with its vowel before and around it.
pub(super) const LONGEST: usize = 8;

/// Whether a syllable may begin at `index`: at a consonant or a vowel written before one.
pub(super) fn may_start(letters: &[Letter], index: usize) -> bool {
    letters.get(index).is_none_or(|letter| is_consonant(letter.ch) || leads(letter.ch))
        && (index == 0 || !leads(letters[index - 1].ch))
}

/// Whether the letter at `index` is led by a ห that only gives it its tone (หนอง): no name begins behind it.
pub(super) fn led(letters: &[Letter], index: usize) -> bool {
    index > 0
        && letters[index - 1].ch == 'ห'
        && !letters[index].gap
        && !letters[index].wall
        && is_sonorant(letters[index].ch)
}

/// The ways to hear all these letters as one syllable.
pub(super) fn readings(letters: &[Letter]) -> Readings {
    let mut out = Readings::new();
    let Some(&first) = letters.first() else { return out };
    let (before, body) = if leads(first.ch) { (Some(first.ch), &letters[1..]) } else { (None, letters) };
    let consonants = body.iter().take(4).take_while(|letter| is_consonant(letter.ch)).count();
    let gaps = letters[1..].iter().filter(|letter| letter.gap || letter.wall).count() as f32 * 0.1;
    let mark = letters.iter().map(|letter| letter.mark).max().unwrap_or(0);
    for taken in 1..=consonants {
        let Some(head) = head(&body[..taken]) else { continue };
        rimes(before, &body[taken..], &mut |rime: RimeHeard| {
            let glide = head.glide || rime.glide;
            let sounds =
                Sounds { initial: head.initial, second: head.second, glide, vowel: rime.vowel, last: rime.last };
            let stopped = matches!(rime.last, Final::K | Final::Ch | Final::T | Final::P)
                || (rime.last == Final::None && rime.short);
            let (pitch, marked) = pitch(head.class, mark, stopped, rime.short);
            out.push(Reading { sounds, pitch, marked, stopped, odd: rime.odd + gaps });
        });
    }
    out
}

/// Classes of consonants, which together with the mark give the tone.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Low,
    Mid,
    High,
}

const fn class(ch: char) -> Class {
    match ch {
        'ข' | 'ฃ' | 'ฉ' | 'ฐ' | 'ถ' | 'ผ' | 'ฝ' | 'ศ' | 'ษ' | 'ส' | 'ห' => Class::High,
        'ก' | 'จ' | 'ฎ' | 'ฏ' | 'ด' | 'ต' | 'บ' | 'ป' | 'อ' => Class::Mid,
        _ => Class::Low,
    }
}

fn pitch(class: Class, mark: u8, stopped: bool, short: bool) -> (Pitch, bool) {
    let pitch = match (mark, class) {
        (1, Class::Low) => Pitch::Falling,
        (1, _) => Pitch::Low,
        (2, Class::Low) => Pitch::High,
        (2, _) => Pitch::Falling,
        (3, _) => Pitch::High,
        (4, _) => Pitch::Rising,
        (_, Class::Low) if stopped && short => Pitch::High,
        (_, Class::Low) if stopped => Pitch::Falling,
        _ if stopped => Pitch::Low,
        (_, Class::High) => Pitch::Rising,
        _ => Pitch::Mid,
    };
    (pitch, mark > 0)
}

/// The beginning of a syllable.
struct Head {
    initial: Initial,
    second: Second,
    glide: bool,
    class: Class,
}

fn head(letters: &[Letter]) -> Option<Head> {
    let plain = |ch: char, class: Class| Some(Head { initial: initial(ch), second: Second::None, glide: false, class });
    match *letters {
        [a] => plain(a.ch, class(a.ch)),
        [a, b] if a.ch == 'ห' && is_sonorant(b.ch) => plain(b.ch, Class::High),
        [a, b] if b.ch == 'ว' => {
            Some(Head { initial: initial(a.ch), second: Second::None, glide: true, class: class(a.ch) })
        }
        [a, b] if b.ch == 'ร' && a.ch != 'อ' => {
            Some(Head { initial: initial(a.ch), second: Second::R, glide: false, class: class(a.ch) })
        }
        [a, b] if b.ch == 'ล' && a.ch != 'อ' => {
            Some(Head { initial: initial(a.ch), second: Second::L, glide: false, class: class(a.ch) })
        }
        [a, b, c] if a.ch == 'ห' && is_sonorant(b.ch) && c.ch == 'ว' => {
            Some(Head { initial: initial(b.ch), second: Second::None, glide: true, class: Class::High })
        }
        [a, b, c] if b.ch == 'ห' && c.ch == 'ว' => {
            Some(Head { initial: initial(a.ch), second: Second::None, glide: true, class: Class::High })
        }
        [a, b, c] if b.ch == 'ร' && c.ch == 'ว' => {
            Some(Head { initial: initial(a.ch), second: Second::R, glide: true, class: class(a.ch) })
        }
        _ => None,
    }
}

const fn is_sonorant(ch: char) -> bool {
    matches!(ch, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว')
}

/// What a consonant sounds like at the beginning of a syllable.
pub(super) const fn initial(ch: char) -> Initial {
    match ch {
        'ก' => Initial::K,
        'ข'..='ฆ' => Initial::Kh,
        'ง' => Initial::Ng,
        'จ' => Initial::C,
        'ฉ' | 'ช' | 'ฌ' => Initial::Ch,
        'ซ' | 'ศ' | 'ษ' | 'ส' => Initial::S,
        'ญ' => Initial::Ny,
        'ย' => Initial::Y,
        'ฎ' | 'ด' => Initial::D,
        'ฏ' | 'ต' => Initial::T,
        'ฐ' | 'ฑ' | 'ฒ' | 'ถ' | 'ท' | 'ธ' => Initial::Th,
        'ณ' | 'น' => Initial::N,
        'บ' => Initial::B,
        'ป' => Initial::P,
        'ผ' | 'พ' | 'ภ' => Initial::Ph,
        'ฝ' | 'ฟ' => Initial::F,
        'ม' => Initial::M,
        'ร' | 'ฤ' => Initial::R,
        'ล' | 'ฦ' | 'ฬ' => Initial::L,
        'ว' => Initial::W,
        'ห' | 'ฮ' => Initial::H,
        _ => Initial::Bearer,
    }
}

/// What a consonant sounds like at the end of a syllable.
pub(super) const fn last(letter: Letter) -> Option<Final> {
    Some(match letter.ch {
        'ก'..='ฆ' => Final::K,
        'ง' if letter.breath => Final::NgH,
        'ง' => Final::Ng,
        'จ' | 'ฉ' | 'ช' | 'ฌ' => Final::Ch,
        'ซ' | 'ศ' | 'ษ' | 'ส' | 'ฎ'..='ฒ' | 'ด'..='ธ' => Final::T,
        'ญ' => Final::Ny,
        'น' | 'ณ' if letter.breath => Final::NyH,
        'ณ' | 'น' | 'ร' | 'ล' | 'ฬ' => Final::N,
        'บ'..='ภ' => Final::P,
        'ม' => Final::M,
        'ย' => Final::Y,
        'ว' => Final::W,
        _ => return None,
    })
}

/// A rime as heard.
struct RimeHeard {
    glide: bool,
    vowel: Vowel,
    last: Final,
    short: bool,
    odd: f32,
}

/// Calls `each` with every way to hear the letters after the onset, with the vowel that stands before it.
fn rimes(before: Option<char>, rest: &[Letter], each: &mut dyn FnMut(RimeHeard)) {
    use Vowel as V;
    let mut heard = |glide: bool, vowel: V, end: Option<Final>, short: bool, odd: f32| {
        if let Some(last) = end {
            each(RimeHeard { glide, vowel, last, short, odd });
        }
    };
    let none = Some(Final::None);
    let chars: SmallVec<[char; 8]> = rest.iter().map(|letter| letter.ch).collect();
    let end = rest.last().and_then(|&letter| last(letter));
    match (before, chars.as_slice()) {
        (None, []) => heard(false, V::Short, none, true, 0.5),
        (None, ['อ']) => heard(false, V::Aw, none, false, 0.0),
        (None, ['ร']) => heard(false, V::Aw, Some(Final::N), false, 0.0),
        (None, ['ว' | 'ย']) => {}
        (None, [_]) if end.is_some() => heard(false, V::O, end, true, 0.0),
        (None, ['ว', _]) => heard(false, V::Ua, end, false, 0.0),
        (None, ['อ', _]) => heard(false, V::Aw, end, false, 0.0),
        (None, ['ร', 'ร']) => heard(false, V::Short, Some(Final::N), true, 0.0),
        (None, ['ร', 'ร', _]) => heard(false, V::Short, end, true, 0.0),
        (None, ['ะ']) => heard(false, V::Short, none, true, 0.0),
        (None, ['า']) => heard(false, V::A, none, false, 0.0),
        (None, ['า', _]) => heard(false, V::A, end, false, 0.0),
        (None, ['ั', 'ว'] | ['ั', 'ว', 'ะ']) => heard(false, V::Ua, none, false, 0.0),
        (None, ['ั', 'ว', _]) => heard(false, V::Ua, end, false, 0.1),
        (None, ['ั', _]) => heard(false, V::Short, end, true, 0.0),
        (None, ['ำ']) => heard(false, V::Short, Some(Final::M), false, 0.0),
        (None, ['ิ']) => heard(false, V::I, none, true, 0.0),
        (None, ['ี']) => heard(false, V::I, none, false, 0.0),
        (None, ['ี' | 'ิ', 'ย']) => heard(false, V::Ia, none, false, 0.15),
        (None, ['ี' | 'ิ', 'ย', _]) => heard(false, V::Ia, end, false, 0.15),
        (None, ['ิ', _]) => heard(false, V::I, end, true, 0.0),
        (None, ['ี', _]) => heard(false, V::I, end, false, 0.0),
        (None, ['ึ']) => heard(false, V::Eu, none, true, 0.0),
        (None, ['ื'] | ['ื', 'อ']) => heard(false, V::Eu, none, false, 0.0),
        (None, ['ื' | 'ึ', 'อ', _]) => heard(false, V::Eua, end, false, 0.1),
        (None, ['ึ', _]) => heard(false, V::Eu, end, true, 0.0),
        (None, ['ื', _]) => heard(false, V::Eu, end, false, 0.0),
        (None, ['ุ']) => heard(false, V::U, none, true, 0.0),
        (None, ['ู']) => heard(false, V::U, none, false, 0.0),
        (None, ['ู' | 'ุ', 'อ', _]) => heard(false, V::Ua, end, false, 0.05),
        // `uyên` letter by letter: ุยน.
        (None, ['ุ' | 'ู', 'ย', _]) => heard(true, V::Ia, end, false, 0.15),
        (None, ['ุ', _]) => heard(false, V::U, end, true, 0.0),
        (None, ['ู', _]) => heard(false, V::U, end, false, 0.0),
        (Some('เ'), []) => heard(false, V::E, none, false, 0.0),
        (Some('เ'), ['ะ']) => heard(false, V::E, none, true, 0.0),
        (Some('เ'), ['า']) => heard(false, V::Short, Some(Final::W), false, 0.0),
        (Some('เ'), ['า', 'ะ']) => heard(false, V::Aw, none, true, 0.0),
        (Some('เ'), ['อ' | 'ิ'] | ['อ', 'ะ']) => heard(false, V::Oe, none, false, 0.0),
        (Some('เ'), ['อ' | 'ิ', _]) => heard(false, V::Oe, end, false, 0.0),
        (Some('เ'), ['ย']) => heard(false, V::Oe, Some(Final::Y), false, 0.0),
        (Some('เ'), ['ี', 'ย'] | ['ี', 'ย', 'ะ']) => heard(false, V::Ia, none, false, 0.0),
        (Some('เ'), ['ี' | 'ิ', 'ย', _]) => heard(false, V::Ia, end, false, 0.0),
        (Some('เ'), ['ี', _]) => heard(false, V::Ia, end, false, 0.2),
        (Some('เ'), ['ื' | 'ึ', 'อ']) => heard(false, V::Eua, none, false, 0.0),
        (Some('เ'), ['ื' | 'ึ', 'อ', _]) => heard(false, V::Eua, end, false, 0.0),
        (Some('เ'), ['ื' | 'ึ', _]) => heard(false, V::Eua, end, false, 0.1),
        (Some('เ'), [_]) if end.is_some() => heard(false, V::E, end, false, 0.0),
        (Some('แ'), []) => heard(false, V::Ae, none, false, 0.0),
        (Some('แ'), ['ะ']) => heard(false, V::Ae, none, true, 0.0),
        (Some('แ'), [_]) if end.is_some() => heard(false, V::Ae, end, false, 0.0),
        (Some('โ'), []) => heard(false, V::O, none, false, 0.0),
        (Some('โ'), ['ะ']) => heard(false, V::O, none, true, 0.0),
        (Some('โ'), [_]) if end.is_some() => heard(false, V::O, end, false, 0.0),
        (Some('ไ' | 'ใ'), [] | ['ย']) => heard(false, V::Short, Some(Final::Y), false, 0.0),
        (Some('ไ' | 'ใ'), [_]) if end.is_some() => heard(false, V::Short, Some(Final::Y), false, 0.3),
        _ => {}
    }
}
