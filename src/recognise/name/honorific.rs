//! Honorifics: the words of address in front of a name, which belong to its extent and not to the name.
//!
//! Thai ones are written without a space before the name, with or without one after; Vietnamese and English ones are
//! words of their own. Deliberately absent: offices (`รัฐมนตรี`), which are mentions themselves.

use super::word_lists::{LATIN_ADDRESSES, THAI_ADDRESSES};

/// Returns the start of the honorific before byte `start` of `text`; `start` where there is none.
pub fn start_before(text: &str, start: usize) -> usize {
    let before = &text[..start];
    let bare = before.strip_suffix(' ').unwrap_or(before);
    for word in THAI_ADDRESSES {
        if bare.ends_with(word) {
            return bare.len() - word.len();
        }
    }
    if bare.len() == before.len() {
        return start;
    }
    // The longest words of address have two parts; look no further back.
    let mut from = bare.len().saturating_sub(24);
    while !bare.is_char_boundary(from) {
        from += 1;
    }
    let tail = &bare[from..];
    let lower = tail.to_lowercase();
    if lower.len() != tail.len() {
        return start;
    }
    LATIN_ADDRESSES
        .iter()
        .filter(|word| lower.ends_with(**word))
        .map(|word| bare.len() - word.len())
        .filter(|at| !bare[..*at].chars().next_back().is_some_and(char::is_alphanumeric))
        .min()
        .unwrap_or(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn honorifics_belong_to_the_extent() {
        for (before, honorific) in [
            ("กับนาย", "นาย"),
            ("กับ นาย ", "นาย "),
            ("และนางสาว", "นางสาว"),
            ("โดย ดร. ", "ดร. "),
            ("gặp ông ", "ông "),
            ("met Mr. ", "Mr. "),
            ("met Sumr. ", ""),
            ("của đồng chí ", "đồng chí "),
            ("กล่าว ", ""),
            ("", ""),
        ] {
            assert_eq!(&before[start_before(before, before.len())..], honorific, "{before}");
        }
    }
}
