//! Symbols from before 1997, when there was no uniform way: `91-HĐBT`, `12/CP`, `12-TT/LB`, `1141-TC/QĐ/CĐKT`.
//!
//! They keep their own separators. Source: Law on Promulgation of Legal Documents of 12 November 1996, in force on
//! 1 January 1997; usage in the official codification (Bộ Pháp điển).

use compact_str::{CompactString, format_compact};

use crate::recognise::decree::fault::{DecreeFault, MissingPart};
use crate::recognise::decree::letters::{self, KnownLetters};
use crate::recognise::decree::lex::JoinKind;
use crate::recognise::decree::parse::{SymbolDraft, SymbolLetters, WantedSeparator};
use crate::recognise::decree::symbol::DecreeForm;

impl SymbolDraft<'_> {
    /// `1141-TC/QĐ/CĐKT`: issuer, type, unit, before 1997.
    pub(super) fn historic_triple(&mut self, at: usize, first: &KnownLetters) -> Option<SymbolLetters> {
        let unit = self.part(at + 2)?.clone();
        let kind = letters::kind(self.text(at + 1), self.table)?;
        let is_historic = self.year_text.is_none()
            && self.parts[at].join.is_bar()
            && self.parts[at + 1].join.kind == JoinKind::Slash
            && unit.join.is_bar()
            && !unit.join.spaced()
            && matches!(&*kind.canonical, "QĐ" | "TT" | "CT" | "NĐ" | "NQ" | "TTLB")
            && first.canonical != kind.canonical
            && unit.text.chars().all(char::is_uppercase);
        if !is_historic {
            return None;
        }
        let mut letters = SymbolLetters::new(DecreeForm::Historic);
        letters.agency = Some(format_compact!("{}-{}", self.parts[at].text, unit.text));
        letters.kind = Some(kind.canonical);
        letters.verbatim = true;
        for at in at..at + 3 {
            self.want(at, WantedSeparator::Any);
        }
        self.next = at + 3;
        Some(letters)
    }

    /// `91-HĐBT`, `12/CP`: right before 1997, later a symbol without its type.
    pub(super) fn issuer_only(&mut self, at: usize, agency: KnownLetters) -> Option<SymbolLetters> {
        let join = self.parts[at].join;
        if !join.is_bar() || join.spaced() && !self.lead.announces() {
            return None;
        }
        self.next = at + 1;
        self.spell(at, &agency);
        let mut letters = SymbolLetters::new(DecreeForm::Historic);
        letters.certain = true;
        letters.issuers.push(agency.canonical.clone());
        let canonical = agency.canonical;
        letters.agency = Some(canonical.clone());
        letters.verbatim = true;
        let typed = self.lead.type_word.is_some();
        if self.year_text.is_some() {
            if join.kind != JoinKind::Slash || self.parts[0].join.kind == JoinKind::Colon || self.number_parts > 1 {
                return None;
            }
            letters.verbatim = false;
            letters.mention = false;
            letters.decidable = false;
            self.fault(DecreeFault::MissingPart(MissingPart::Type));
            return Some(letters);
        }
        let historic = self.is_historic(&letters.issuers);
        if historic || (typed || self.lead.number_word) && self.time.is_old() {
            self.wanted.retain(|(part, _)| *part != at);
            self.want(at, WantedSeparator::Any);
            return (historic || typed || self.lead.number_word).then_some(letters);
        }
        if !typed {
            return None;
        }
        // `Nghị định 64/CP` is the common way to cite one of 1993, date or no date.
        if canonical == "CP" || !matches!(&*canonical, "TTg" | "TW" | "CTN") {
            self.wanted.retain(|(part, _)| *part != at);
            self.want(at, WantedSeparator::Any);
            return Some(letters);
        }
        letters.verbatim = false;
        letters.decidable = false;
        letters.mention = false;
        self.fault(DecreeFault::MissingPart(MissingPart::Type));
        Some(letters)
    }

    pub(super) fn is_historic(&self, issuers: &[CompactString]) -> bool {
        issuers.iter().any(|letters| {
            self.table.periods(letters).all(|entry| entry.until.is_some_and(|until| until.year < 2005))
                && self.table.agency(letters).is_some()
        })
    }
}

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("Nghị định 176-HĐBT", &["176-HĐBT"]),
    ("Nghị định số 43/CP ngày 22/6/1993", &["43/CP"]),
    ("Thông tư 09-TT/LB năm 1992", &["09-TT/LB"]),
    ("Quyết định số 925-TC/QĐ/TCT năm 1995", &["925-TC/QĐ/TCT"]),
];
