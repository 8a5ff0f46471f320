//! The words beside a place in Thai text, as evidence that a name begins or ends there.
//!
//! Thai puts no space between words, so a short name may be heard inside ordinary ones. A title before it, a space,
//! or a word that often stands beside names says that it was not. Deliberately absent: the meaning of titles, which
//! is the business of other recognisers, and any dictionary of ordinary words.

use crate::recognise::name::word_lists::{AFTER_NAME, BEFORE_NAME, SETTLED_PLACES, THAI_NAME_LEADS};

/// The strength of the evidence that a name begins or ends at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::recognise::name) enum Boundary {
    /// Nothing does.
    Bare,
    /// A word that often stands there.
    Word,
    /// A space, punctuation, another script, or the end of the text.
    Space,
    /// A title, an honorific or the kind of a place.
    Title,
}

/// The ministry that machine translation puts for its head: a name often follows it.
const MINISTRY_FOR_HEAD: &str = "กระทรวงการต่างประเทศ";

/// Returns true if a place is always spelt so.
pub(super) fn is_settled(text: &str) -> bool {
    SETTLED_PLACES.contains(&text)
}

/// Returns the evidence of the text before a place.
pub(in crate::recognise::name) fn before(text: &str) -> Boundary {
    let Some(last) = text.chars().next_back() else { return Boundary::Space };
    let trimmed = text.trim_end();
    if THAI_NAME_LEADS.iter().any(|word| trimmed.ends_with(word)) || trimmed.ends_with(MINISTRY_FOR_HEAD) {
        Boundary::Title
    } else if !is_letter(last) {
        Boundary::Space
    } else if BEFORE_NAME.iter().any(|word| text.ends_with(word)) {
        Boundary::Word
    } else {
        Boundary::Bare
    }
}

/// Returns the evidence of the text after a place.
pub(in crate::recognise::name) fn after(text: &str) -> Boundary {
    match text.chars().next() {
        Some(first) if is_letter(first) => {
            if AFTER_NAME.iter().any(|word| text.starts_with(word)) {
                Boundary::Word
            } else {
                Boundary::Bare
            }
        }
        _ => Boundary::Space,
    }
}

/// Returns true if a text begins with a word that goes on the sentence and is no name.
pub(super) fn begins_other(text: &str) -> bool {
    BEFORE_NAME.iter().chain(AFTER_NAME).any(|word| text.starts_with(word))
}

/// Returns true if a Thai or Lao word may go on across this.
const fn is_letter(ch: char) -> bool {
    matches!(ch, '\u{E01}'..='\u{E3A}' | '\u{E40}'..='\u{E4E}' | '\u{E81}'..='\u{EDF}')
}
