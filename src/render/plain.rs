//! Text that is safe on a terminal and stays on its line.

use std::borrow::Cow;

/// `text` with control characters (line ends, escape codes) and direction overrides written as escapes, so that a file
/// name or a quoted text can neither break a line of output nor command the terminal.
pub fn one_line(text: &str) -> Cow<'_, str> {
    // Among bytes most texts can be told to be harmless without looking at their letters.
    if !text.bytes().any(may_begin_unruly) || !text.contains(is_unruly) {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_unruly(letter) {
            plain.extend(letter.escape_default());
        } else {
            plain.push(letter);
        }
    }
    Cow::Owned(plain)
}

/// The first bytes of all that is unruly, and of some other letters.
const fn may_begin_unruly(byte: u8) -> bool {
    byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xd8 | 0xe2)
}

/// Tells whether a letter may command a terminal, break its line or turn the direction of what follows.
pub(super) fn is_unruly(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn only_the_unruly_is_escaped() {
        assert_eq!(one_line("ก้ 😀 a b"), "ก้ 😀 a b");
        assert_eq!(one_line("a\u{85}b\u{2028}\u{7f}é\u{2067}"), r"a\u{85}b\u{2028}\u{7f}é\u{2067}");
        assert_eq!(one_line("a\nb\u{1b}[31m\u{202e}"), r"a\nb\u{1b}[31m\u{202e}");
    }
}
