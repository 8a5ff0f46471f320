//! Symbols whose parts are in the wrong order or whose type nobody knows.

use super::units::is_unit;
use crate::recognise::decree::check;
use crate::recognise::decree::fault::{DecreeFault, MissingPart};
use crate::recognise::decree::fold;
use crate::recognise::decree::letters::{self, KnownLetters};
use crate::recognise::decree::lex::JoinKind;
use crate::recognise::decree::parse::{SymbolDraft, SymbolLetters, WantedSeparator};
use crate::recognise::decree::symbol::DecreeForm;

impl SymbolDraft<'_> {
    /// Returns whether `KIND` behind `AGENCY` is the type in the wrong place and not a unit of that name.
    pub(super) fn is_exchanged(&self, kind: &str, agency: &str, written: &str) -> bool {
        if self.table.agency(written).is_some() && self.year_text.is_none() {
            return false;
        }
        let normative = matches!(kind, "NĐ" | "QĐ" | "NQ" | "TTLT" | "PL");
        self.year_text.is_some()
            || normative
            || (letters::is_party(agency, self.table) && matches!(kind, "CT" | "KL" | "HD" | "TB"))
    }

    /// `30/2020/-CP`, `57-/TW`: a slash and a hyphen with no type between.
    pub(super) fn type_left_out(&mut self, at: usize, agency: KnownLetters) -> Option<SymbolLetters> {
        // Nothing else than a reference of the Party ends in `-/TW`, be it the second of a list: `57-NQ/TW, 58-/TW`.
        let party = letters::is_party(&agency.canonical, self.table);
        if self.year_text.is_none() && !self.lead.announces() && !party {
            return None;
        }
        self.want(at, WantedSeparator::Any);
        self.spell(at, &agency);
        self.next = at + 1;
        let mut letters = SymbolLetters::new(match (party, self.year_text.is_some()) {
            (true, _) => DecreeForm::Party,
            (false, true) => DecreeForm::Normative,
            (false, false) => DecreeForm::Administrative,
        });
        letters.issuers.push(agency.canonical.clone());
        letters.agency = Some(agency.canonical);
        self.lack_type(&mut letters);
        Some(letters)
    }

    /// Notes that the type is missing; the word in front may say which.
    pub(super) fn lack_type(&mut self, letters: &mut SymbolLetters) {
        let issuer = letters.agency.clone().unwrap_or_default();
        letters.kind = check::type_by_word(self.lead, &issuer, self.year_number(), self.table);
        letters.decidable = letters.kind.is_some();
        letters.verbatim = false;
        letters.mention = false;
        self.fault(DecreeFault::MissingPart(MissingPart::Type));
    }

    pub(super) fn exchanged(&mut self, at: usize, agency: KnownLetters, kind: KnownLetters) -> SymbolLetters {
        self.spell(at, &agency);
        self.spell(at + 1, &kind);
        self.fault(DecreeFault::SwappedTypeAgency { kind: kind.canonical.clone(), issuer: agency.canonical.clone() });
        self.wanted.retain(|(part, _)| *part != at);
        self.want(at, WantedSeparator::Any);
        self.want(at + 1, WantedSeparator::Any);
        self.next = at + 2;
        let party = letters::is_party(&agency.canonical, self.table);
        let mut letters = SymbolLetters::new(match (party, self.year_text.is_some()) {
            (true, _) => DecreeForm::Party,
            (false, true) => DecreeForm::Normative,
            (false, false) => DecreeForm::Administrative,
        });
        letters.certain = true;
        letters.issuers.push(agency.canonical.clone());
        letters.agency = Some(agency.canonical);
        letters.kind = Some(kind.canonical);
        letters
    }

    /// SymbolLetters nobody knows in the place of the type.
    pub(super) fn unknown_first(&mut self, at: usize) -> Option<SymbolLetters> {
        let first = self.part(at)?.clone();
        let second = self.part(at + 1)?.clone();
        if !first.join.is_bar() || !second.join.is_bar() || second.join.spaced() || !is_unit(&first.text) {
            return None;
        }
        let agency = letters::agency(&second.text, self.table)
            .or_else(|| letters::chamber(&second.text).map(|found| found.known));
        let in_letter =
            self.lead.names_type("LETTER") || self.lead.type_word.as_ref().is_some_and(|word| word.types.is_empty());
        if let Some(agency) = agency
            && check::is_misspelt_type(&first.text, &agency.canonical, self.year_text.is_some(), self.table)
        {
            self.spell(at + 1, &agency);
            self.fault(DecreeFault::UnknownType { written: first.text.clone(), meant: None });
            let party = letters::is_party(&agency.canonical, self.table);
            let mut letters = SymbolLetters::new(if party { DecreeForm::Party } else { DecreeForm::Administrative });
            letters.issuers.push(agency.canonical.clone());
            letters.agency = Some(agency.canonical);
            match self.lead.type_word.as_ref().map(|word| &word.types[..]) {
                Some([only]) if letters::distance(&fold::key(only), &fold::key(&first.text), 1).is_some() => {
                    letters.kind = Some(only.clone());
                }
                _ => {
                    letters.kind = Some(first.text.clone());
                    letters.decidable = false;
                }
            }
            let (slash_first, _) = self.order(at, at + 1, letters.agency.as_deref().unwrap_or_default());
            self.hold_order(at, at + 1, slash_first, party, &mut letters);
            self.next = at + 2;
            return Some(letters);
        }
        let slash_then_hyphen = first.join.kind == JoinKind::Slash && second.join.kind == JoinKind::Hyphen;
        if in_letter
            && slash_then_hyphen
            && self.year_text.is_none()
            && is_unit(&second.text)
            && !letters::is_permit(&first.text)
        {
            self.want(at, WantedSeparator::Slash);
            let mut letters = SymbolLetters::new(DecreeForm::Letter);
            letters.issuers.push(first.text.clone());
            letters.agency = Some(first.text);
            self.next = self.units(at, &mut letters, false) + 1;
            return Some(letters);
        }
        None
    }
}
