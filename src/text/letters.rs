//! Letters and signs by what they are to folding: Vietnamese letters and the letter under a mark, classes of the Thai
//! block, what nobody sees.
//!
//! Deliberately absent: texts, which `survey` counts and `fold` folds.

use std::sync::LazyLock;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use super::cluster::Script;

/// A bit for each letter of U+00C0 to U+01BF that Vietnamese writes with a mark, by the last byte: one number for each
/// first byte, C3 to C6.
pub(super) const VIETNAMESE: [u64; 4] = {
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

/// Returns whether nobody sees a character outside ASCII, or only by the end of a line.
pub(super) const fn is_hidden(letter: char) -> bool {
    matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}') || is_invisible(letter)
}

/// Returns whether normalisation form C leaves a character as it is wherever it stands: the letters of Latin alphabets
/// and the usual signs. Of others this is not known here.
pub(super) const fn is_settled(letter: char) -> bool {
    matches!(
        letter,
        '\0'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{20a0}'..='\u{20c0}'
    )
}

/// The class of a code point of the Thai block in folding.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ThaiClass {
    /// A consonant, leading vowel, repetition mark or digit, which counts as one letter, or a sign that counts as none.
    Plain(u8),
    /// `เ`, of which two in a row are `แ`.
    SaraE,
    /// A mark or a vowel behind its consonant, with its [`mark_class`].
    Mark(u8),
}

/// By place in the block.
pub(super) const THAI: [ThaiClass; 128] = {
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
pub(super) const NIKHAHIT: u8 = mark_class('\u{e4d}');

/// The class of vowels that end a run of marks.
pub(super) const LAST: u8 = mark_class('า');

/// A letter that Vietnamese writes with a mark, where a text begins with one: the bytes it has, and the letter of ASCII
/// under its mark, in the same case.
#[inline]
pub(super) fn vietnamese_letter(bytes: &[u8]) -> Option<(usize, u8)> {
    let (len, base) = match *bytes {
        [first @ 0xc3..=0xc6, second, ..] => {
            (2, VIETNAMESE_BASES[0][usize::from(first - 0xc3) << 6 | usize::from(second & 0x3f)])
        }
        [0xe1, second @ 0xb8..=0xbb, third, ..] => {
            (3, VIETNAMESE_BASES[1][usize::from(second & 3) << 6 | usize::from(third & 0x3f)])
        }
        _ => return None,
    };
    (base != 0).then_some((len, base))
}

/// The letter under the marks of each letter that Vietnamese writes with some, of U+00C0 to U+01BF and of U+1E00 to
/// U+1EFF; 0 for other characters.
static VIETNAMESE_BASES: [[u8; 256]; 2] = {
    let mut bases = [[0; 256]; 2];
    let mut at = 0;
    while at < LETTERS.len() {
        let (small, letters) = LETTERS[at];
        let bytes = letters.as_bytes();
        let mut place = 0;
        while place < bytes.len() {
            // The capitals stand behind the small letters, and are as many.
            let base = if place < bytes.len() / 2 { small } else { small.to_ascii_uppercase() };
            if bytes[place] == 0xe1 {
                bases[1][((bytes[place + 1] & 3) as usize) << 6 | (bytes[place + 2] & 0x3f) as usize] = base;
                place += 3;
            } else {
                bases[0][((bytes[place] - 0xc3) as usize) << 6 | (bytes[place + 1] & 0x3f) as usize] = base;
                place += 2;
            }
        }
        at += 1;
    }
    bases
};

/// The letters that Vietnamese writes with marks, by the letter under these.
const LETTERS: [(u8, &str); 7] = [
    (b'a', "àáảãạăằắẳẵặâầấẩẫậÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ"),
    (b'd', "đĐ"),
    (b'e', "èéẻẽẹêềếểễệÈÉẺẼẸÊỀẾỂỄỆ"),
    (b'i', "ìíỉĩịÌÍỈĨỊ"),
    (b'o', "òóỏõọôồốổỗộơờớởỡợÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ"),
    (b'u', "ùúủũụưừứửữựÙÚỦŨỤƯỪỨỬỮỰ"),
    (b'y', "ỳýỷỹỵỲÝỶỸỴ"),
];

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
pub(super) const fn vanishes(letter: char) -> bool {
    is_invisible(letter) || matches!(letter, '\u{300}'..='\u{36f}')
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

pub(super) fn base_of(letter: char) -> Option<char> {
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

/// Most marks that are put in order together. More on one letter are no word.
pub(super) const RUN: u32 = 6;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_letters_of_vietnamese_are_known_with_the_letter_under_their_marks() {
        for letter in ('\0'..=char::MAX).filter(|letter| !letter.is_ascii()) {
            let known = vietnamese_letter(letter.to_string().as_bytes()).map(|(len, base)| (len, char::from(base)));
            let wanted = latin_base(letter)
                .filter(|_| is_vietnamese(letter))
                .map(|base| (letter.len_utf8(), if letter.is_uppercase() { base.to_ascii_uppercase() } else { base }));
            assert_eq!(known, wanted, "{letter}");
        }
    }
}
