//! Cluster boundaries: where a match may start and end without cutting what readers see as one letter.
//!
//! Thai and Lao write a syllable's vowel before, above, below and behind its consonant. A cluster here is a consonant
//! with everything that hangs on it: it does not start with a dependent vowel, tone mark or sign, nor end with a
//! leading vowel. Elsewhere combining marks and joiners stay with their base.
//! Deliberately absent: word boundaries of Thai, which no rule of letters can find.

/// The writing a letter belongs to, as far as boundaries care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Script {
    /// Thai letters, marks and digits.
    Thai,
    /// Lao letters, marks and digits.
    Lao,
    /// Latin letters, with or without diacritics.
    Latin,
    /// Any other letter.
    Other,
    /// Digits of any script but Thai and Lao.
    Digit,
    /// Spaces, punctuation, signs.
    None,
}

impl Script {
    /// The script of one code point.
    pub fn of(letter: char) -> Self {
        match letter {
            'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' => Self::Latin,
            '0'..='9' => Self::Digit,
            '\0'..='\u{bf}' => Self::None,
            '\u{e3f}' | '\u{e4f}' | '\u{e5a}' | '\u{e5b}' => Self::None, // baht sign, paragraph marks
            '\u{e00}'..='\u{e7f}' => Self::Thai,
            '\u{e80}'..='\u{eff}' => Self::Lao,
            '\u{1e00}'..='\u{1eff}' => Self::Latin,
            _ if letter.is_numeric() => Self::Digit,
            _ if letter.is_alphabetic() => Self::Other,
            _ => Self::None,
        }
    }
}

/// The Thai characters that `bytes`, of a text from a character boundary on, begin with, each by its place in the block
/// (U+0E00 to U+0E7F): for loops over text that is mostly Thai.
#[inline]
pub fn thai_run(bytes: &[u8]) -> impl Iterator<Item = usize> {
    bytes.as_chunks::<3>().0.iter().map_while(|&[first, second, third]| {
        // The block is E0 B8 80 to E0 B9 BF.
        let head = u16::from_le_bytes([first, second]);
        (head & 0xfeff == 0xb8e0).then_some(usize::from(head >> 2 & 0x40) | usize::from(third & 0x3f))
    })
}

/// The first of [`thai_run`].
#[inline]
pub fn thai_place(bytes: &[u8]) -> Option<usize> {
    thai_run(bytes).next()
}

/// Returns whether the letter hangs on what stands before it: a dependent vowel, tone mark, sign, combining mark or
/// joiner.
pub fn is_dependent(letter: char) -> bool {
    match letter {
        '\0'..='\u{2ff}' => false,
        '\u{300}'..='\u{36f}' => true,
        '\u{e30}'..='\u{e3a}' | '\u{e45}' | '\u{e47}'..='\u{e4e}' => true,
        '\u{eb0}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' => true,
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' => true,
        '\u{1e00}'..='\u{1eff}' => false,
        _ => unicode_normalization::char::is_combining_mark(letter),
    }
}

/// Returns whether the letter is a Thai or Lao vowel that is written before its consonant.
pub const fn is_leading_vowel(letter: char) -> bool {
    matches!(letter, 'เ' | 'แ' | 'โ' | 'ใ' | 'ไ' | 'ເ' | 'ແ' | 'ໂ' | 'ໃ' | 'ໄ')
}

/// Returns whether a cluster boundary lies at byte `at`, which must be a character boundary of `text`.
pub fn is_boundary(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let (last, next) = (before.chars().next_back(), after.chars().next());
    let (Some(last), Some(next)) = (last, next) else {
        return true;
    };
    let joined = last == '\u{200d}' && Script::of(last) == Script::of(next);
    let led = is_leading_vowel(last) && matches!(Script::of(next), Script::Thai | Script::Lao);
    !is_dependent(next) && !joined && !led
}

/// The cluster that byte `at` lies in or starts, as byte offsets of `text`; `at` may lie inside a character.
pub fn around(text: &str, at: usize) -> (usize, usize) {
    let mut start = at.min(text.len());
    while !text.is_char_boundary(start) || start > 0 && !is_boundary(text, start) {
        start -= 1;
    }
    let mut end = (start + 1).min(text.len());
    while end < text.len() && (!text.is_char_boundary(end) || !is_boundary(text, end)) {
        end += 1;
    }
    (start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_ends_where_thai_does() {
        for (text, places) in
            [("กฮา\u{e7f}ลາ", &[0x01, 0x2e, 0x32, 0x7f, 0x25][..]), ("a", &[]), ("\u{e81}ก", &[]), ("\u{dff}", &[])]
        {
            assert!(thai_run(text.as_bytes()).eq(places.iter().copied()), "{text}");
        }
    }

    #[test]
    fn thai_clusters_hold_together() {
        for (text, clusters) in [
            ("เหงียน", vec!["เห", "งี", "ย", "น"]),
            ("น้ำ", vec!["น้ำ"]),
            ("ทันห์", vec!["ทั", "น", "ห์"]),
            ("ປະເທດ", vec!["ປະ", "ເທ", "ດ"]),
            ("e\u{302}\u{301}x", vec!["e\u{302}\u{301}", "x"]),
            ("👩\u{200d}🚀a", vec!["👩\u{200d}🚀", "a"]),
        ] {
            let mut found = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let (start, end) = around(text, at);
                assert_eq!(start, at, "{text}");
                found.push(&text[start..end]);
                at = end;
            }
            assert_eq!(found, clusters, "{text}");
        }
    }
}
