//! One sounding letter of Thai, and what it may be to a syllable.
//!
//! Deliberately absent: how letters are found in a text ([`thai_letters`](super::thai_letters)). The tables of
//! syllables that `build.rs` makes are made with this file, so that it uses nothing of the rest of the crate.

/// One sounding letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ThaiLetter {
    /// The letter, Thai.
    pub ch: char,
    /// The tone mark on it: 0 none, 1 to 4.
    pub mark: u8,
    /// True if a silenced ห follows it.
    pub breath: bool,
    /// True if a space or hyphen stands before it.
    pub gap: bool,
    /// True if something stands before it that no name runs across.
    pub wall: bool,
    /// The start, in bytes of the text.
    pub start: u32,
    /// The end of the letter with its marks and silenced letters, in bytes of the text.
    pub end: u32,
}

/// Returns true if the letter is a consonant.
pub(super) const fn is_consonant(ch: char) -> bool {
    matches!(ch, 'ก'..='ฮ')
}

/// Returns true if the letter is a vowel written before its consonant.
pub(super) const fn leads(ch: char) -> bool {
    matches!(ch, 'เ'..='ไ')
}
