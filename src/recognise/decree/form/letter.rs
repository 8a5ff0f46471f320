//! Official letters, which have no type: `NUMBER/ISSUER-UNIT`.
//!
//! Source: Decree 30/2020/NĐ-CP, Appendix I, item 3, and Appendix III.

use super::units::is_unit;
use crate::recognise::decree::letters::{self, KnownLetters};
use crate::recognise::decree::lex::JoinKind;
use crate::recognise::decree::parse::{SymbolDraft, SymbolLetters, WantedSeparator};
use crate::recognise::decree::symbol::DecreeForm;

impl SymbolDraft<'_> {
    /// `123/CT-TTHT`: the letter of an office whose letters are those of a type as well (Cục Thuế, Chi cục …). Only the
    /// word "Công văn" in front can tell.
    pub(super) fn letter_of_office(&mut self, at: usize, unit: usize, kind: &KnownLetters) -> Option<SymbolLetters> {
        let is_letter = self.lead.names_type("LETTER")
            && !self.lead.names_type(&kind.canonical)
            && self.year_text.is_none()
            && unit == at + 1
            && self.parts[at].join.kind == JoinKind::Slash
            && self.parts[unit].join.kind == JoinKind::Hyphen
            && letters::agency(&self.parts[unit].text, self.table).is_none()
            && is_unit(&self.parts[unit].text);
        if !is_letter {
            return None;
        }
        let mut letters = SymbolLetters::new(DecreeForm::Letter);
        letters.issuers.push(self.parts[at].text.clone());
        letters.agency = Some(self.parts[at].text.clone());
        self.next = self.units(at, &mut letters, false) + 1;
        Some(letters)
    }

    /// Symbols that begin with an issuer: letters, exchanged parts, historic and incomplete ones.
    pub(super) fn issuer_first(&mut self, at: usize, agency: KnownLetters) -> Option<SymbolLetters> {
        self.want(at, WantedSeparator::Slash);
        let following =
            self.part(at + 1).filter(|part| !part.join.doubled && part.join.kind != JoinKind::None).cloned();
        if let Some(letters) = self.historic_order(at, &agency) {
            return Some(letters);
        }
        if let Some(part) = &following {
            // Behind a word that is glued to the issuer nothing of the symbol follows.
            let is_whole = agency.length >= self.parts[at].text.chars().count();
            if is_whole
                && part.join.is_bar()
                && let Some(kind) = letters::kind(&part.text, self.table)
                && self.is_exchanged(&kind.canonical, &agency.canonical, &part.text)
            {
                return Some(self.exchanged(at, agency, kind));
            }
            let is_letter = part.join.kind == JoinKind::Hyphen
                && !part.join.spaced()
                && is_unit(&part.text)
                && self.year_text.is_none();
            let is_sure = agency.canonical.chars().count() >= 3 || self.lead.announces();
            let slash_first = self.parts[at].join.kind == JoinKind::Slash;
            if is_letter && is_sure && slash_first && !agency.digit_for_letter {
                self.spell(at, &agency);
                let mut letters = SymbolLetters::new(DecreeForm::Letter);
                letters.certain = true;
                letters.issuers.push(agency.canonical.clone());
                letters.agency = Some(agency.canonical);
                self.next = self.units(at, &mut letters, false) + 1;
                return Some(letters);
            }
        }
        self.issuer_only(at, agency)
    }
}

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("Công văn 5512/BGDĐT-GDTrH", &["5512/BGDĐT-GDTrH"]),
    ("Công văn số 3456/TTg-NN", &["3456/TTg-NN"]),
    ("công văn số 88/UBND-KGVX", &["88/UBND-KGVX"]),
    ("Công văn số 123/CT-TTHT của Cục Thuế", &["123/CT-TTHT"]),
];
