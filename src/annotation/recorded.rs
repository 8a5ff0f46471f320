//! The recorded text of an annotation beside the words at its offsets: equal, or different in something that explains
//! itself.

use unicode_normalization::UnicodeNormalization;

/// The difference between a recorded text and the words of the document, where it is one of form alone.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum FormDifference {
    /// Normalisation.
    Normalization,
    /// No-break spaces.
    NoBreakSpace,
    /// Other white space: TABs, line ends.
    WhiteSpace,
    /// The span has white space around the recorded text.
    Padding,
}

/// Tells whether the recorded text is the one found, with white space behind it at most, as brat has it.
pub(super) fn agrees(found: &str, recorded: &str) -> bool {
    recorded.strip_prefix(found).is_some_and(|tail| tail.is_empty() || tail.starts_with(char::is_whitespace))
}

/// The difference of form between two texts that say the same; `None` where they say something else.
pub(super) fn difference(found: &str, recorded: &str) -> Option<FormDifference> {
    let is_no_break = |letter: char| matches!(letter, '\u{a0}' | '\u{202f}');
    let plain = |letter: char| if is_no_break(letter) { ' ' } else { letter };
    if found.nfc().eq(recorded.nfc()) {
        return Some(FormDifference::Normalization);
    }
    if found.chars().map(plain).eq(recorded.chars().map(plain)) {
        return Some(FormDifference::NoBreakSpace);
    }
    let recorded_words = recorded.trim();
    if !recorded_words.is_empty() && recorded_words.len() == recorded.len() && found.trim() == recorded {
        return Some(FormDifference::Padding);
    }
    (!recorded_words.is_empty() && spaced(found).eq(spaced(recorded))).then_some(FormDifference::WhiteSpace)
}

/// The letters in normal form with every white space as one space, a CRLF as one.
fn spaced(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = ' ';
    let letters = text.chars().filter(move |letter| {
        let second = *letter == '\n' && before == '\r';
        before = *letter;
        !second
    });
    letters.nfc().map(|letter| if letter.is_whitespace() { ' ' } else { letter })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_of_form() {
        for (found, recorded, expected) in [
            ("é", "e\u{301}", Some(FormDifference::Normalization)),
            ("a\u{a0}b", "a b", Some(FormDifference::NoBreakSpace)),
            ("a\tb", "a b", Some(FormDifference::WhiteSpace)),
            ("a\r\nb", "a b", Some(FormDifference::WhiteSpace)),
            (" ab ", "ab", Some(FormDifference::Padding)),
            ("\n\n", "", None),
            ("ab", "ac", None),
            ("a b", "ab", None),
        ] {
            assert_eq!(difference(found, recorded), expected, "{found:?} {recorded:?}");
        }
    }
}
