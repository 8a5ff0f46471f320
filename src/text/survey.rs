//! The letters of a text by script, and the signs that are rarely there: counted in one pass.
//!
//! Deliberately absent: folding.

use super::byte_map::{ByteClass, ByteMap};
use super::letters::{
    LAST, NIKHAHIT, THAI, ThaiClass, VIETNAMESE, is_hidden, is_invisible, is_settled, is_vietnamese, latin_base,
    vanishes,
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

/// The letters and odd signs of a text.
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
        Self::read(text, &ByteMap::of(text))
    }

    /// Counts the letters of a text of which `map` is the map.
    pub fn read(text: &str, map: &ByteMap) -> Self {
        let bytes = text.as_bytes();
        let mut survey = Self::default();
        survey.letters.latin = map.count(ByteClass::Letter);
        // Most texts are lines, each with one control character.
        let body = bytes.len() - bytes.iter().rev().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        survey.seen.controls = map.next(ByteClass::Control, 0).is_some_and(|first| {
            first < body
                && bytes[first..].iter().any(|byte| byte.is_ascii_control() && !matches!(byte, b'\t' | b'\n' | b'\r'))
        });
        let mut leads = map.places(ByteClass::Lead);
        while let Some(lead) = leads.next() {
            let len = match bytes[lead..] {
                // U+1EA0 to U+1EF9, and what Vietnamese has of U+00C0 to U+01BF: letters that are settled and seen.
                [0xe1, 0xba, 0xa0..=0xbf, ..] | [0xe1, 0xbb, 0x80..=0xb9, ..] => survey.vietnamese(3),
                [first @ 0xc3..=0xc6, second, ..]
                    if VIETNAMESE[usize::from(first - 0xc3)] >> (second & 0x3f) & 1 != 0 =>
                {
                    survey.vietnamese(2)
                }
                // Dashes, quotation marks, the ellipsis: U+2010 to U+2027.
                [0xe2, 0x80, 0x90..=0xa7, ..] => 3,
                [0xe0, ..] => survey.thai(map.thai().run(lead)),
                _ => 0,
            };
            if len == 0 {
                let Some(letter) = text[lead..].chars().next() else { break };
                note(letter, &mut survey.letters, &mut survey.seen);
            } else if len > 3 {
                leads.skip_to(lead + len);
            }
        }
        survey
    }

    /// Counts a letter that Vietnamese writes with a mark, of so many bytes.
    const fn vietnamese(&mut self, len: usize) -> usize {
        self.letters.latin += 1;
        self.letters.vietnamese += 1;
        len
    }

    /// Counts Thai characters that follow each other directly; returns how many bytes they are.
    fn thai(&mut self, run: impl Iterator<Item = usize>) -> usize {
        let (mut len, mut letters, mut odd, mut before) = (0, 0, 0, 0);
        for place in run {
            let sign = THAI_SIGNS[place];
            letters += u32::from(sign >> 7);
            let part = sign & PART;
            odd |= ODD_BEHIND[usize::from(before & PART)] >> part;
            before = part;
            len += 3;
        }
        self.letters.thai += letters;
        self.seen.odd_marks |= odd & 1 != 0;
        len
    }
}

/// The bits of [`THAI_SIGNS`] that tell marks apart; the highest bit is set for what counts as a letter.
const PART: u8 = 0x1f;

/// `เ` among the numbers of marks.
const SARA_E: u8 = 1;

/// By place in the block: the number of a mark, which is 0 for other signs, and whether it counts as a letter.
static THAI_SIGNS: [u8; 128] = {
    let mut table = [0; 128];
    let (mut at, mut number) = (0, SARA_E + 1);
    while at < 128 {
        table[at] = match THAI[at] {
            ThaiClass::Plain(letters) => letters << 7,
            ThaiClass::SaraE => SARA_E | 1 << 7,
            ThaiClass::Mark(_) => {
                number += 1;
                (number - 1) | (1 << 7)
            }
        };
        at += 1;
    }
    assert!(number <= PART, "each mark has a number of its own");
    table
};

/// By the number of a mark: a bit for each that is odd behind it. Two alike, those of a lower class and any NIKHAHIT
/// are; a vowel of the last class ends what belongs together.
static ODD_BEHIND: [u32; 32] = {
    let mut table = [0; 32];
    let mut at = 0;
    while at < 128 {
        let number = THAI_SIGNS[at] & PART;
        table[number as usize] |= match THAI[at] {
            ThaiClass::SaraE => 1 << SARA_E,
            _ => 0,
        };
        let mut behind = 0;
        while behind < 128 {
            let other = THAI_SIGNS[behind] & PART;
            let is_odd = match (THAI[at], THAI[behind]) {
                (_, ThaiClass::Mark(NIKHAHIT)) => true,
                (ThaiClass::Mark(class), ThaiClass::Mark(next)) => at == behind || next < class && class != LAST,
                _ => false,
            };
            if is_odd {
                table[number as usize] |= 1 << other;
            }
            behind += 1;
        }
        at += 1;
    }
    table
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::cluster::Script;

    #[test]
    fn letters_are_counted_by_script_and_odd_signs_seen() {
        let count = |text| {
            let LetterCounts { thai, lao, latin, vietnamese } = Survey::of(text).letters;
            (thai, lao, latin, vietnamese)
        };
        for (text, wanted) in [
            ("Bộ Tài chính", (0, 0, 10, 3)),
            ("né café Müller", (0, 0, 12, 2)),
            ("ที่ ๕ ฿ ลาว", (7, 0, 0, 0)),
            ("ลາว x 12-3", (2, 1, 1, 0)),
            ("e\u{301}", (0, 0, 1, 1)),
        ] {
            assert_eq!(count(text), wanted, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_survey_says_what_the_characters_say(
            text in "([กนงเแ้่ําำิี ัะ็์ฯ๕฿ๆaAzĂăĐệñ\u{301}\u{a0}\u{2003}\u{200b}\u{85}\u{2028}\u{1}\u{7f}\t\nລໝ\u{ecd}າ😀.’]|กเเเ้้|[a-z ]{30,70}){0,20}"
        ) {
            let Survey { letters, seen } = Survey::of(&text);
            let count = |is: &dyn Fn(char) -> bool| text.chars().filter(|letter| is(*letter)).count() as u32;
            let is_thai = |letter| Script::of(letter) == Script::Thai && letter != 'ๅ';
            prop_assert_eq!(letters.thai, count(&is_thai));
            prop_assert_eq!(letters.lao, count(&|letter| ('\u{e80}'..='\u{eff}').contains(&letter)));
            prop_assert_eq!(letters.latin, count(&|letter| letter.is_ascii_alphabetic() || latin_base(letter).is_some()));
            prop_assert_eq!(letters.vietnamese, count(&|letter| is_vietnamese(letter) || letter == '\u{301}'));
            prop_assert_eq!(seen.controls, text.chars().any(|letter| letter.is_ascii_control() && !matches!(letter, '\t' | '\n' | '\r')));
            prop_assert_eq!(seen.hidden, text.chars().any(is_hidden));
            prop_assert_eq!(seen.lao, letters.lao > 0);
            prop_assert_eq!(seen.unsettled, text.chars().any(|letter| !matches!(letter, '\u{e00}'..='\u{e7f}') && !is_settled(letter)));
        }
    }
}
