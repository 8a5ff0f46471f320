//! The spelling of the letters of a part: marks, case, digits among them, a word glued behind.

use crate::recognise::decree::fault::{DecreeFault, Respelling};
use crate::recognise::decree::fold;
use crate::recognise::decree::letters::KnownLetters;
use crate::recognise::decree::parse::SymbolDraft;

impl SymbolDraft<'_> {
    /// Notes how part `at` differs from what it should be, and cuts off what is glued to it.
    pub(super) fn spell(&mut self, at: usize, known: &KnownLetters) {
        if known.length > 0 && known.length < self.parts[at].text.chars().count() {
            self.cut(at, known.length);
        }
        if known.digit_for_letter {
            self.fault(DecreeFault::DigitForLetter { written: self.parts[at].text.clone() });
            self.undecidable |= known.ambiguous;
            return;
        }
        if known.letter_for_digit {
            self.fault(DecreeFault::LetterForDigit { written: self.parts[at].text.clone() });
            return;
        }
        let written = self.parts[at].text.clone();
        if written == known.canonical {
            return;
        }
        let unmarked = fold::unmarked(&known.canonical);
        let written_unmarked = fold::unmarked(&written);
        let respelling = || Respelling { written: written.clone(), right: known.canonical.clone() };
        if written_unmarked != unmarked {
            self.fault(DecreeFault::LetterCase(respelling()));
        }
        if written.to_lowercase() == known.canonical.to_lowercase() {
            return;
        }
        let misplaced =
            written.chars().zip(known.canonical.chars()).any(|(is, should)| !is.is_ascii() && should.is_ascii());
        let is_type = self.table.kind(&known.canonical).is_some();
        let meant = Some(known.canonical.clone());
        self.fault(match (misplaced, is_type) {
            (false, _) => DecreeFault::MissingDiacritics(respelling()),
            (true, true) => DecreeFault::UnknownType { written: written.clone(), meant },
            (true, false) => DecreeFault::UnknownAgency { written: written.clone(), meant },
        });
    }
}
