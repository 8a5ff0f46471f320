//! Mentions of the user's own kinds as plain data, and the normal form of their texts.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};
use smallvec::SmallVec;
use unicode_normalization::UnicodeNormalization;

use crate::recognise::fault::Fault;
use crate::text::Span;

/// A condition that a mention does not meet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FailedCheck {
    /// The group is none of the texts it may be.
    NotAllowed {
        /// The name of the group.
        group: CompactString,
        /// The texts, in normal form.
        allowed: Box<[CompactString]>,
    },
    /// The group is a number outside the range.
    OutOfRange {
        /// The name of the group.
        group: CompactString,
        /// The number.
        number: i64,
        /// The least it may be.
        least: i64,
        /// The most it may be.
        most: i64,
    },
    /// The group has a range and is no number.
    NotANumber {
        /// The name of the group.
        group: CompactString,
    },
    /// The group is no date.
    NotADate {
        /// The name of the group.
        group: CompactString,
    },
    /// The pattern has a message and no conditions: it should not occur at all.
    Occurrence,
}

/// A mention of a kind of the user's. Offsets are bytes of the segment.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PatternFact {
    /// The place.
    pub span: Span,
    /// The kind: the number of the first pattern with its name.
    pub kind: u16,
    /// The value, in normal form; mentions of one kind and value are of one thing.
    pub value: CompactString,
    /// The text of its hover.
    pub hover: Option<CompactString>,
    /// The user's message when something is wrong; absent where nothing is.
    pub message: Option<CompactString>,
    /// The conditions it does not meet.
    pub faults: SmallVec<[Fault<FailedCheck>; 1]>,
}

/// A text in normal form: NFC, digits of every script as ASCII, one space for many.
pub(super) fn normal(text: &str) -> CompactString {
    spaced(&text.nfc().map(digit).collect::<CompactString>())
}

/// The ASCII digit of a digit of Thai, Lao, Khmer, Myanmar, Arabic, Indian or full-width writing.
fn digit(letter: char) -> char {
    const ZEROS: [char; 17] = [
        '\u{0660}', '\u{06F0}', '\u{0966}', '\u{09E6}', '\u{0A66}', '\u{0AE6}', '\u{0B66}', '\u{0BE6}', '\u{0C66}',
        '\u{0CE6}', '\u{0D66}', '\u{0E50}', '\u{0ED0}', '\u{1040}', '\u{17E0}', '\u{1810}', '\u{FF10}',
    ];
    if letter.is_ascii() {
        return letter;
    }
    let value = ZEROS.iter().find_map(|zero| (letter as u32).checked_sub(*zero as u32).filter(|value| *value < 10));
    value.and_then(|value| char::from_digit(value, 10)).unwrap_or(letter)
}

/// One space for many, none at the ends.
pub(super) fn spaced(text: &str) -> CompactString {
    let mut out = CompactString::default();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}
