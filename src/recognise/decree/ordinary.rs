//! Hyphens, slashes and quotation marks of ordinary words, told from symbols at a glance.
//!
//! Most separators of a text join words (`long-term`, `kinh tế - xã hội`) or quote them. A chain without a digit, or a
//! letter that may stand for one, is a symbol only where its number is missing behind a word for "number"; here that is
//! seen without its glyphs. Deliberately absent: chains that may be symbols, however unlikely.

use super::lex::{GlyphMeaning, MOST_BLANKS, WIDEST_SPACE, fits_blank, is_bar, is_space, meaning};
use super::near;
use crate::text::Span;

/// A chain that is longer, in bytes, is read as any other: it may be cut.
const LONGEST: usize = 300;

/// The word that is looked at.
struct OrdinaryWord {
    start: usize,
    /// True while every letter may stand for a digit.
    is_digit_like: bool,
}

impl OrdinaryWord {
    /// Returns whether the word, which ends before `end`, can neither be a number nor announce one.
    fn is_plain(&self, text: &str, end: usize) -> bool {
        const LONGEST_NUMBER_WORD: usize = 12; // bytes: four letters, each with a mark
        !self.is_digit_like
            && (end - self.start > LONGEST_NUMBER_WORD
                || text.as_bytes()[self.start].is_ascii_alphabetic()
                    && !matches!(text.as_bytes()[self.start] | 0x20, b'n' | b's')
                || !near::is_number_word(&text[self.start..end]))
    }
}

/// The two ordinary words that the hyphen or dash at `at` joins and nothing else with them: `long-term`,
/// `ruled — and`. Most separators of prose stand so. `None` where that is not plain.
pub(super) fn pair(text: &str, at: usize) -> Option<Span> {
    let bytes = text.as_bytes();
    let bar = match bytes[at..] {
        [b'-', ..] => 1,
        [0xE2, 0x80, 0x93 | 0x94, ..] => 3,
        _ => return None,
    };
    let (before, behind) = (&bytes[..at], &bytes[at + bar..]);
    let (is_spaced_left, is_spaced_right) = (before.ends_with(b" "), behind.starts_with(b" "));
    // ` -word` may be a symbol without its number.
    if is_spaced_left && !is_spaced_right {
        return None;
    }
    let left_end = at - usize::from(is_spaced_left);
    let left = left_end - bytes[..left_end].iter().rev().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let right = at + bar + usize::from(is_spaced_right);
    let end = right + bytes[right..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let is_apart_left = match bytes[..left] {
        [] | [.., b'(' | b'"' | b'\t'] => true,
        [.., other, b' '] => may_part(other, bytes[left]),
        _ => false,
    };
    let is_apart_right = match bytes[end..] {
        [] | [b',' | b';' | b')' | b'"' | b'!' | b'?' | b'\n' | b'\r', ..] => true,
        [b'.'] | [b'.', b'\n' | b'\r', ..] => true,
        [b' ', other, ..] => may_part(other, *bytes.get(end.wrapping_sub(1))?),
        _ => false,
    };
    let is_pair = is_apart_left
        && is_apart_right
        && is_plain_ascii(&bytes[left..left_end])
        && is_plain_ascii(&bytes[right..end])
        && !near::is_numbered(text, left);
    is_pair.then(|| Span::of(left, end))
}

/// Returns whether a space between this byte and this letter of a word, in either order, ends a chain.
const fn may_part(other: u8, letter: u8) -> bool {
    match other {
        b'-' | b'/' | b'\\' | b' ' | b'\t' | 0x80.. => false,
        b'0'..=b'9' | b'A'..=b'Z' => !letter.is_ascii_uppercase(),
        _ => true,
    }
}

/// As [`OrdinaryWord::is_plain`], of letters of ASCII.
fn is_plain_ascii(word: &[u8]) -> bool {
    let is_digit_like = word.iter().all(|letter| matches!(letter, b'O' | b'o' | b'l' | b'I' | b'S'));
    let announces = || [&b"no"[..], b"nos", b"so"].iter().any(|number| number.eq_ignore_ascii_case(word));
    !(is_digit_like || word.len() <= 3 && announces())
}

/// The end of the chain that begins at `start`, where no reference can be in it; `None` where that is not plain.
pub(super) fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut word: Option<OrdinaryWord> = None;
    let (mut at, mut last, mut blanks, mut first_word) = (start, ' ', 0, None);
    loop {
        if at - start > LONGEST {
            return None;
        }
        let Some(letter) = (match bytes.get(at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            Some(_) => text[at..].chars().next(),
            None => None,
        }) else {
            break;
        };
        if letter.is_ascii_alphabetic() || is_latin(letter) {
            let is_digit_like = matches!(letter, 'O' | 'o' | 'l' | 'I' | 'S');
            let word = word.get_or_insert(OrdinaryWord { start: at, is_digit_like });
            word.is_digit_like &= is_digit_like;
            first_word.get_or_insert(word.start);
            (at, last) = (at + letter.len_utf8(), letter);
            continue;
        }
        if matches!(letter, '\u{300}'..='\u{36F}') && word.is_some() {
            at += letter.len_utf8();
            continue;
        }
        if let Some(word) = word.take()
            && !word.is_plain(text, at)
        {
            return None;
        }
        match letter {
            ' ' | '\t' => {
                let rest = text[at..].trim_start_matches([' ', '\t']);
                let width = text.len() - at - rest.len();
                let mut behind = rest.chars();
                let Some(right) = behind.next() else { break };
                if is_space(right) {
                    return None;
                }
                if is_bar(right) {
                    blanks = 0;
                }
                if is_bar(last) || is_bar(right) {
                    if width > WIDEST_SPACE || matches!(last, '.' | ':') {
                        break;
                    }
                    // ` -word` may be a symbol without its number.
                    if is_bar(right) && !behind.next().is_some_and(|next| matches!(next, ' ' | '\t')) {
                        return None;
                    }
                } else {
                    blanks += 1;
                    if width > 2 || blanks > MOST_BLANKS || !fits_blank(last) || !fits_blank(right) {
                        break;
                    }
                }
                at += width;
                last = ' ';
            }
            _ => match meaning(letter) {
                None if letter == '|' || is_space(letter) => return None,
                None => break,
                Some(GlyphMeaning::Is(sign @ ('/' | '-' | '\\' | '.' | ':' | '_' | '+'), _)) => {
                    // Of several signs before the first word the last one would count.
                    if first_word.is_none() && at > start {
                        return None;
                    }
                    if matches!(sign, '/' | '-') {
                        blanks = 0;
                    }
                    (at, last) = (at + letter.len_utf8(), sign);
                }
                Some(_) => return None,
            },
        }
    }
    if let Some(word) = word
        && !word.is_plain(text, at)
    {
        return None;
    }
    let is_numberless = first_word.is_some() && near::is_numbered(text, start);
    (!is_numberless).then_some(at)
}

/// Returns whether a letter is Latin and not of ASCII, as symbols know them.
fn is_latin(letter: char) -> bool {
    matches!(letter, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && letter.is_alphabetic()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::recognise::decree::{DecreeTable, find::find_where};
    use crate::text::byte_map::ByteMap;

    #[test]
    fn ordinary_words_are_passed_over_up_to_the_end_of_their_chain() {
        for (text, chain) in [
            ("a long-term plan", "long-term"),
            ("kinh tế - xã hội", "tế - xã"),
            ("the “word” said", "word"),
            ("and/or.", "and/or."),
            ("- Điều này", "- Điều"),
            ("(Việt Nam - Lào)", "Nam - Lào"),
        ] {
            let start = text.find(chain).expect(chain);
            assert_eq!(end(text, start), Some(start + chain.len()), "{text}");
        }
    }

    #[test]
    fn two_words_with_a_hyphen_or_a_dash_are_passed_over() {
        for (text, words) in [
            ("a long-term plan", Some("long-term")),
            ("He ruled—and went.", Some("ruled—and")),
            ("He ruled — and went.", Some("ruled — and")),
            ("the (half-baked).", Some("half-baked")),
            ("the US Senate-House", None),
            ("USA Senate-House", None),
            ("so-called", None),
            ("lo-fi", None),
            ("out-of-date", None),
            ("word -word", None),
            ("No. word-word", None),
            ("12-word", None),
            ("tế-xã", None),
            ("- word-word - word", None),
        ] {
            let at = text.find(['-', '—']).expect("a separator");
            assert_eq!(pair(text, at).map(|words| words.slice(text)), words, "{text}");
        }
    }

    #[test]
    fn what_may_be_a_symbol_is_not() {
        for (text, chain) in [
            ("12/NĐ-CP", "12/"),
            ("Số /QĐ-BCT", "/QĐ"),
            ("No-12", "No"),
            ("lO/NĐ-CP", "lO"),
            ("A&amp;B-C", "A&"),
            ("word -word", "word"),
            ("số: QĐ-BCT", "QĐ"),
            ("a-b|c", "a-"),
        ] {
            let start = text.find(chain).expect(chain);
            assert_eq!(end(text, start), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(
            text in "((Số|No|nos|số hiệu|Nghị định|ที่|A|B|I|lO|QĐ|NĐ|CP|TTg|BCT|QH|word|tế|xã|e\u{301}|NASA)?( |  |-|/|\\.|:|–|”|“|_|\\+|\\||;|12|2020|๕|\u{a0}|\u{200b}|\t|, |\n)){0,14}"
        ) {
            let table = DecreeTable::builtin(2026);
            let map = ByteMap::of(&text);
            let all = find_where(&text, &map, &table, |_, _| None, |_, _| None);
            prop_assert_eq!(&find_where(&text, &map, &table, |_, _| None, end), &all, "{}", text);
            prop_assert_eq!(&find_where(&text, &map, &table, pair, |_, _| None), &all, "{}", text);
            prop_assert_eq!(&find_where(&text, &map, &table, pair, end), &all, "{}", text);
        }
    }
}
