//! Sounding letters cut into syllables, in every way in which they may be heard.
//!
//! [`each_syllable`] hears what they may begin with. Deliberately absent: any dictionary. Segmenters cut foreign names
//! apart. The tables of syllables that `build.rs` makes are made with this file, so that it uses nothing of the rest of
//! the crate.

use super::sounds::{Final, Initial, Pitch, Second, Sounds, Vowel};
use super::thai_letter::{ThaiLetter, is_consonant, leads};

/// One way to hear a stretch of letters as one syllable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct SyllableReading {
    /// The sounds of the syllable.
    pub sounds: Sounds,
    /// The tone of the syllable.
    pub pitch: Pitch,
    /// True if a mark or the class of its letter was chosen for the tone.
    pub marked: bool,
    /// True if it ends in a stop or a short vowel.
    pub stopped: bool,
    /// The cost of an unusual spelling.
    pub odd: f32,
}

/// Returns true if a syllable may begin at `index`: at a consonant or a vowel written before one.
pub(super) fn may_start(letters: &[ThaiLetter], index: usize) -> bool {
    letters.get(index).is_none_or(|letter| is_consonant(letter.ch) || leads(letter.ch))
        && (index == 0 || !leads(letters[index - 1].ch))
}

/// The initials that a syllable beginning with these letters may have, as [`Sounds::mask`] has them.
pub(super) fn initials_at(letters: &[ThaiLetter]) -> u64 {
    let body = match letters {
        [lead, body @ ..] if leads(lead.ch) => body,
        _ => letters,
    };
    let bit = |at: usize| body.get(at).map_or(0, |letter| 1 << initial(letter.ch) as u64);
    match body.first() {
        Some(first) if first.ch == 'ห' => bit(0) | bit(1),
        _ => bit(0),
    }
}

/// Returns true if the letter at `index` is led by a ห that only gives it its tone (หนอง): no name begins behind it.
pub(super) fn led(letters: &[ThaiLetter], index: usize) -> bool {
    index > 0
        && letters[index - 1].ch == 'ห'
        && !letters[index].gap
        && !letters[index].wall
        && is_sonorant(letters[index].ch)
}

/// A syllable spelt out: see [`syllable_table`](super::syllable_table).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SyllableShape {
    /// The classes of its letters, of the first three at most.
    pub key: u32,
    /// The number of letters.
    pub len: u8,
    /// The sounds of the syllable.
    pub sounds: Sounds,
    /// True if it is an onset alone, its vowel understood.
    pub bare: bool,
}

/// A syllable heard at the beginning of some letters, its tone not yet worked out.
#[derive(Clone, Copy, Debug)]
pub(super) struct ThaiSyllable {
    /// The number of letters that the syllable takes.
    pub len: usize,
    /// The sounds of the syllable.
    pub sounds: Sounds,
    class: ConsonantClass,
    short: bool,
    odd: f32,
}

impl ThaiSyllable {
    /// The reading, with the tone that the letters (those given to [`each_syllable`]) give it.
    pub fn reading(self, letters: &[ThaiLetter]) -> SyllableReading {
        let letters = &letters[..self.len];
        let mark = letters.iter().map(|letter| letter.mark).max().unwrap_or(0);
        let gaps = letters[1..].iter().filter(|letter| letter.gap || letter.wall).count();
        let last = self.sounds.last;
        let stopped = matches!(last, Final::K | Final::Ch | Final::T | Final::P) || (last == Final::None && self.short);
        SyllableReading {
            sounds: self.sounds,
            pitch: pitch(self.class, mark, stopped, self.short),
            marked: mark > 0,
            stopped,
            odd: self.odd + 0.1 * gaps as f32,
        }
    }
}

/// Calls `each` with every way to hear the beginning of these letters as one syllable that may end there, a vowel
/// spelt as two (`Đoàn` โดอาน, `Keo` เคโอ) included.
pub(super) fn each_syllable(letters: &[ThaiLetter], mut each: impl FnMut(ThaiSyllable)) {
    each_written(letters, |first| {
        each(first);
        let rest = &letters[first.len..];
        let carrier = rest.get(usize::from(rest.first().is_some_and(|letter| leads(letter.ch))));
        if carrier.is_some_and(|letter| matches!(letter.ch, 'อ' | 'ย')) && !rest[0].wall {
            each_written(rest, |second| {
                if let Some(sounds) = joined(first.sounds, second.sounds) {
                    let (len, odd) = (first.len + second.len, first.odd + second.odd + 0.15);
                    each(ThaiSyllable { len, sounds, class: first.class, short: second.short, odd });
                }
            });
        }
    });
}

/// Two syllables heard as one, where the second has no consonant of its own.
fn joined(first: Sounds, second: Sounds) -> Option<Sounds> {
    use Vowel as V;
    let open = first.last == Final::None || (first.vowel == V::U && first.last == Final::Y);
    if !open || second.glide || second.second != Second::None {
        return None;
    }
    let rounded = second.last == Final::None && matches!(second.vowel, V::O | V::U | V::Aw);
    match (second.initial, first.vowel, second.vowel) {
        (Initial::Y, V::U, V::E | V::Ia) if !first.glide => {
            Some(Sounds { glide: true, vowel: V::Ia, last: second.last, ..first })
        }
        (Initial::Bearer, V::O | V::U | V::Ua | V::Aw, V::I) if second.last == Final::None => {
            Some(Sounds { last: Final::Y, ..first })
        }
        (Initial::Bearer, V::O | V::U | V::Ua | V::Aw, vowel) if !first.glide => {
            Some(Sounds { glide: true, vowel, last: second.last, ..first })
        }
        (Initial::Bearer, V::E | V::Ae | V::A | V::Short | V::I, _) if rounded => {
            Some(Sounds { last: Final::W, ..first })
        }
        (Initial::Bearer, V::A | V::Short, V::I) if second.last == Final::None => {
            Some(Sounds { last: Final::Y, ..first })
        }
        (Initial::Bearer, V::I, V::A | V::Short | V::E | V::Ae) => {
            Some(Sounds { vowel: V::Ia, last: second.last, ..first })
        }
        _ => None,
    }
}

/// Calls `each` with every way to hear the beginning of these letters as one written syllable that may end there.
fn each_written(letters: &[ThaiLetter], mut each: impl FnMut(ThaiSyllable)) {
    let Some(&first) = letters.first() else { return };
    let (before, lead) = if leads(first.ch) { (Some(first.ch), 1) } else { (None, 0) };
    let body = &letters[lead..];
    let consonants = body.iter().take(3).take_while(|letter| is_consonant(letter.ch)).count();
    for taken in 1..=consonants {
        let Some(head) = head(&body[..taken]) else { continue };
        rimes(before, &body[taken..], |rime: RimeMatch| {
            let len = lead + taken + rime.len;
            if letters.get(len).is_some_and(|next| !is_consonant(next.ch) && !leads(next.ch)) {
                return;
            }
            let glide = head.glide || rime.glide;
            let sounds =
                Sounds { initial: head.initial, second: head.second, glide, vowel: rime.vowel, last: rime.last };
            each(ThaiSyllable { len, sounds, class: head.class, short: rime.short, odd: rime.odd });
        });
    }
}

/// Classes of consonants, which together with the mark give the tone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum ConsonantClass {
    Low,
    Mid,
    High,
}

const fn class(ch: char) -> ConsonantClass {
    match ch {
        'ข' | 'ฃ' | 'ฉ' | 'ฐ' | 'ถ' | 'ผ' | 'ฝ' | 'ศ' | 'ษ' | 'ส' | 'ห' => ConsonantClass::High,
        'ก' | 'จ' | 'ฎ' | 'ฏ' | 'ด' | 'ต' | 'บ' | 'ป' | 'อ' => ConsonantClass::Mid,
        _ => ConsonantClass::Low,
    }
}

fn pitch(class: ConsonantClass, mark: u8, stopped: bool, short: bool) -> Pitch {
    match (mark, class) {
        (1, ConsonantClass::Low) => Pitch::Falling,
        (1, _) => Pitch::Low,
        (2, ConsonantClass::Low) => Pitch::High,
        (2, _) => Pitch::Falling,
        (3, _) => Pitch::High,
        (4, _) => Pitch::Rising,
        (_, ConsonantClass::Low) if stopped && short => Pitch::High,
        (_, ConsonantClass::Low) if stopped => Pitch::Falling,
        _ if stopped => Pitch::Low,
        (_, ConsonantClass::High) => Pitch::Rising,
        _ => Pitch::Mid,
    }
}

/// The beginning of a syllable.
struct SyllableHead {
    initial: Initial,
    second: Second,
    glide: bool,
    class: ConsonantClass,
}

fn head(letters: &[ThaiLetter]) -> Option<SyllableHead> {
    let plain = |ch: char, class: ConsonantClass| {
        Some(SyllableHead { initial: initial(ch), second: Second::None, glide: false, class })
    };
    match *letters {
        [a] => plain(a.ch, class(a.ch)),
        [a, b] if a.ch == 'ห' && is_sonorant(b.ch) => plain(b.ch, ConsonantClass::High),
        [a, b] if b.ch == 'ว' => {
            Some(SyllableHead { initial: initial(a.ch), second: Second::None, glide: true, class: class(a.ch) })
        }
        [a, b] if b.ch == 'ร' && a.ch != 'อ' => {
            Some(SyllableHead { initial: initial(a.ch), second: Second::R, glide: false, class: class(a.ch) })
        }
        [a, b] if b.ch == 'ล' && a.ch != 'อ' => {
            Some(SyllableHead { initial: initial(a.ch), second: Second::L, glide: false, class: class(a.ch) })
        }
        [a, b, c] if a.ch == 'ห' && is_sonorant(b.ch) && c.ch == 'ว' => Some(SyllableHead {
            initial: initial(b.ch),
            second: Second::None,
            glide: true,
            class: ConsonantClass::High,
        }),
        [a, b, c] if b.ch == 'ห' && c.ch == 'ว' => Some(SyllableHead {
            initial: initial(a.ch),
            second: Second::None,
            glide: true,
            class: ConsonantClass::High,
        }),
        [a, b, c] if b.ch == 'ร' && c.ch == 'ว' => {
            Some(SyllableHead { initial: initial(a.ch), second: Second::R, glide: true, class: class(a.ch) })
        }
        _ => None,
    }
}

const fn is_sonorant(ch: char) -> bool {
    matches!(ch, 'ง' | 'ญ' | 'น' | 'ม' | 'ย' | 'ร' | 'ล' | 'ว')
}

/// Returns the sound of a consonant at the beginning of a syllable.
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

/// Returns the sound of a consonant at the end of a syllable.
pub(super) const fn last(letter: ThaiLetter) -> Option<Final> {
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
#[derive(Clone, Copy)]
pub(super) struct RimeMatch {
    /// The number of letters that the rime takes behind the onset.
    len: usize,
    glide: bool,
    pub vowel: Vowel,
    pub last: Final,
    short: bool,
    odd: f32,
}

impl RimeMatch {
    const fn of(len: usize, vowel: Vowel, last: Final) -> Self {
        Self { len, glide: false, vowel, last, short: false, odd: 0.0 }
    }

    const fn short(self) -> Self {
        Self { short: true, ..self }
    }

    const fn odd(self, odd: f32) -> Self {
        Self { odd, ..self }
    }
}

/// Calls `each` with every rime that the letters behind an onset may begin with, given the vowel written before it.
pub(super) fn rimes(before: Option<char>, rest: &[ThaiLetter], mut each: impl FnMut(RimeMatch)) {
    use Vowel as V;
    let letter = |at: usize| rest.get(at).map_or(' ', |letter| letter.ch);
    // The letter at a place as a final, with the rime of the given vowel up to it.
    let closed = |at: usize, vowel: Vowel| Some(RimeMatch::of(at + 1, vowel, last(*rest.get(at)?)?));
    let open = RimeMatch::of;
    let mut may = |rime: Option<RimeMatch>| {
        if let Some(rime) = rime {
            each(rime);
        }
    };
    match (before, letter(0), letter(1)) {
        (None, 'ะ', _) => may(Some(open(1, V::Short, Final::None).short())),
        (None, 'า', _) => {
            may(Some(open(1, V::A, Final::None)));
            may(closed(1, V::A));
        }
        (None, 'ั', 'ว') => {
            let len = if letter(2) == 'ะ' { 3 } else { 2 };
            may(Some(open(len, V::Ua, Final::None)));
            may(closed(2, V::Ua).map(|rime| rime.odd(0.1)));
        }
        (None, 'ั', _) => may(closed(1, V::Short).map(RimeMatch::short)),
        (None, 'ำ', _) => may(Some(open(1, V::Short, Final::M))),
        (None, 'ิ' | 'ี', 'ย') => {
            may(Some(open(1, V::I, Final::None)));
            may(Some(open(2, V::Ia, Final::None).odd(0.15)));
            may(closed(2, V::Ia).map(|rime| rime.odd(0.15)));
        }
        (None, 'ิ', _) => {
            may(Some(open(1, V::I, Final::None).short()));
            may(closed(1, V::I).map(RimeMatch::short));
        }
        (None, 'ี', _) => {
            may(Some(open(1, V::I, Final::None)));
            may(closed(1, V::I));
        }
        (None, 'ึ' | 'ื', 'อ') => {
            may(Some(open(1, V::Eu, Final::None).odd(0.02)));
            may(Some(open(2, V::Eu, Final::None)));
            may(closed(2, V::Eua).map(|rime| rime.odd(0.1)));
        }
        (None, 'ึ', _) => {
            may(Some(open(1, V::Eu, Final::None).short()));
            may(closed(1, V::Eu).map(RimeMatch::short));
        }
        (None, 'ื', _) => {
            may(Some(open(1, V::Eu, Final::None).odd(0.02)));
            may(closed(1, V::Eu));
        }
        (None, vowel @ ('ุ' | 'ู'), next) => {
            let length = |rime: RimeMatch| if vowel == 'ุ' { rime.short() } else { rime };
            may(Some(length(open(1, V::U, Final::None))));
            may(closed(1, V::U).map(length));
            match next {
                'อ' => may(closed(2, V::Ua).map(|rime| rime.odd(0.05))),
                // `uyên` letter by letter: ุยน.
                'ย' => may(closed(2, V::Ia).map(|rime| RimeMatch { glide: true, ..rime.odd(0.15) })),
                _ => {}
            }
        }
        (None, 'อ', _) => {
            may(Some(open(1, V::Aw, Final::None)));
            may(closed(1, V::Aw));
        }
        (None, 'ว', _) => may(closed(1, V::Ua)),
        (None, 'ร', 'ร') => {
            may(Some(open(1, V::Aw, Final::N)));
            may(Some(open(2, V::Short, Final::N).short()));
            may(closed(2, V::Short).map(RimeMatch::short));
        }
        (None, 'ร', _) => may(Some(open(1, V::Aw, Final::N))),
        (None, 'ย', _) => {}
        (None, ..) => may(closed(0, V::O).map(RimeMatch::short)),
        (Some('เ'), 'ะ', _) => may(Some(open(1, V::E, Final::None).short())),
        (Some('เ'), 'า', 'ะ') => may(Some(open(2, V::Aw, Final::None).short())),
        (Some('เ'), 'า', _) => may(Some(open(1, V::Short, Final::W))),
        (Some('เ'), 'อ', 'ะ') => may(Some(open(2, V::Oe, Final::None))),
        (Some('เ'), 'อ', _) => {
            may(Some(open(1, V::Oe, Final::None)));
            may(closed(1, V::Oe));
        }
        (Some('เ'), 'ิ', 'ย') => may(closed(2, V::Ia)),
        (Some('เ'), 'ิ', _) => {
            may(Some(open(1, V::Oe, Final::None)));
            may(closed(1, V::Oe));
        }
        (Some('เ'), 'ี', 'ย') => {
            let len = if letter(2) == 'ะ' { 3 } else { 2 };
            may(Some(open(len, V::Ia, Final::None)));
            may(closed(2, V::Ia));
        }
        (Some('เ'), 'ี', _) => may(closed(1, V::Ia).map(|rime| rime.odd(0.2))),
        (Some('เ'), 'ื' | 'ึ', 'อ') => {
            may(Some(open(2, V::Eua, Final::None)));
            may(closed(2, V::Eua));
        }
        (Some('เ'), 'ื' | 'ึ', _) => may(closed(1, V::Eua).map(|rime| rime.odd(0.1))),
        (Some('เ'), next, _) => {
            may(Some(open(0, V::E, Final::None)));
            if next == 'ย' {
                may(Some(open(1, V::Oe, Final::Y)));
            } else {
                may(closed(0, V::E));
            }
        }
        (Some(before @ ('แ' | 'โ')), next, _) => {
            let vowel = if before == 'แ' { V::Ae } else { V::O };
            may(Some(open(0, vowel, Final::None)));
            may(closed(0, vowel));
            if next == 'ะ' {
                may(Some(open(1, vowel, Final::None).short()));
            }
        }
        (Some(_), next, _) => {
            may(Some(open(0, V::Short, Final::Y)));
            if next == 'ย' {
                may(Some(open(1, V::Short, Final::Y)));
            } else {
                may(closed(0, V::Short).map(|rime| RimeMatch { last: Final::Y, ..rime.odd(0.3) }));
            }
        }
    }
    if before.is_none() {
        // A consonant by itself, its vowel understood.
        may(Some(open(0, V::Short, Final::None).short().odd(0.5)));
    }
}
