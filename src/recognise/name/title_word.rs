//! Words of office and address as they stand in a text: what [`title`](super::title) finds and
//! [`address`](super::address) goes on from.

use super::cue::Gender;
use super::rank::Rank;
use crate::registry::NameScript;
use crate::text::Span;

/// A word of office or address in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct TitleWord {
    /// The place of the word, in bytes of the text.
    pub span: Span,
    /// The rank, of an office that has one.
    pub rank: Option<Rank>,
    /// The gender that a word of address is for.
    pub gender: Option<Gender>,
    /// The language of the word.
    pub language: TitleLanguage,
}

/// The language of a word of office or address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TitleLanguage {
    Thai,
    Vietnamese,
    English,
}

/// Returns true if a name is in Latin letters.
pub(super) fn is_latin(text: &str) -> bool {
    NameScript::of(text) == NameScript::Latin
}
