//! Symbols that begin with a type: what normative, administrative, joint and Party symbols and orders have in common.
//!
//! Deliberately absent: what tells these forms apart, which each of them says in its own file.

use compact_str::{CompactString, format_compact};

use super::units::{cut_glued, is_unit};
use super::{joint, normative, order};
use crate::recognise::decree::check::{self, UnknownIssuer};
use crate::recognise::decree::fault::{DecreeFault, MissingPart};
use crate::recognise::decree::fold;
use crate::recognise::decree::letters::{self, KnownLetters};
use crate::recognise::decree::lex::JoinKind;
use crate::recognise::decree::parse::{ChainPart, SymbolDraft, SymbolLetters, WantedSeparator};
use crate::recognise::decree::symbol::DecreeForm;
use crate::recognise::decree::table::{DecreeTable, builtin};

impl SymbolDraft<'_> {
    /// Symbols that begin with a type.
    pub(super) fn typed(&mut self, at: usize, kind: KnownLetters) -> Option<SymbolLetters> {
        self.want(at, WantedSeparator::Slash);
        self.spell(at, &kind);
        let mut next = at + 1;
        if self.part(next).is_some_and(|part| part.join.is_bar() && same_type(&part.text, &kind.canonical, self.table))
            && self.part(next + 1).is_some()
        {
            self.fault(DecreeFault::DuplicatePart { part: Some(kind.canonical.clone()) });
            self.want(next, WantedSeparator::Any);
            next += 1;
        }
        let is_issuer = |part: &&ChainPart| !part.join.spaced() || letters::agency(&part.text, self.table).is_some();
        let issuer = self.part(next).filter(is_issuer).cloned();
        let Some(issuer) = issuer else { return self.type_only(at, kind) };
        if let Some(letters) = self.letter_of_office(at, next, &kind) {
            return Some(letters);
        }
        if matches!(&*kind.canonical, "NQ" | "PL" | "L" | "NQLT" | "LCT")
            && let Some(found) = letters::chamber(&issuer.text)
        {
            return self.assembly(next, &found, Some(&kind));
        }
        // `L-CTN` is a type of its own name in the table; the parts are read apart.
        let mut letters = match letters::agency(&issuer.text, self.table) {
            Some(agency) => {
                self.spell(next, &agency);
                let mut letters = SymbolLetters::new(DecreeForm::Administrative);
                letters.certain = true;
                letters.issuers.push(agency.canonical.clone());
                letters.agency = Some(agency.canonical);
                letters
            }
            None => self.unknown_issuer(next, &kind)?,
        };
        let issuer_letters = letters.agency.clone().unwrap_or_default();
        let joint = joint::is_type(&kind.canonical);
        let last = self.units(next, &mut letters, joint);
        let (slash_first, party) = self.order(at, next, &issuer_letters);
        letters.form = if joint {
            DecreeForm::Joint
        } else if party {
            DecreeForm::Party
        } else if order::is_type(&kind.canonical) {
            DecreeForm::Order
        } else if normative::fits(self.year_text.is_some()) {
            DecreeForm::Normative
        } else {
            DecreeForm::Administrative
        };
        self.wanted.retain(|(part, _)| *part != at);
        self.hold_order(at, next, slash_first, party, &mut letters);
        self.next = last + 1;
        letters.kind = Some(kind.canonical);
        Some(letters)
    }

    /// A type and nothing behind it.
    pub(super) fn type_only(&mut self, at: usize, kind: KnownLetters) -> Option<SymbolLetters> {
        let join = self.parts[at].join;
        if !(self.lead.announces() || self.year_text.is_some()) || !join.is_bar() || join.spaced() || join.doubled {
            return None;
        }
        // A word of the line, not letters of a symbol.
        if self.parts[at].text.chars().all(char::is_lowercase) || kind.digit_for_letter {
            return None;
        }
        self.wanted.retain(|(part, _)| *part != at);
        self.want(at, WantedSeparator::Any);
        self.next = at + 1;
        let mut letters = SymbolLetters::new(DecreeForm::Administrative);
        // `327-CT`, of the Chairman of the Council of Ministers from 1981 to 1992; `47/SL`, of the President before
        // 1960. The Party's directives (`45-CT/TW`) have numbers below a hundred in the term of a congress.
        let of_chairman = kind.canonical == "CT"
            && (self.lead.names_type("QĐ") || self.lead.names_type("CT") && self.number.len() >= 3);
        let historic = self.year_text.is_none() && (kind.canonical == "SL" || of_chairman || self.time.is_old());
        if historic {
            if self.lead.type_word.is_none() || kind.length < 2 {
                return None;
            }
            letters.form = DecreeForm::Historic;
            letters.verbatim = true;
            letters.kind = Some(kind.canonical);
            return Some(letters);
        }
        // `5-HD`, `12/TC`: too little to go by without the word for it.
        let named = self.lead.type_word.as_ref().is_some_and(|word| word.types.contains(&kind.canonical));
        if !named && (join.kind == JoinKind::Hyphen || self.number.len() < 2 && self.year_text.is_none()) {
            return None;
        }
        // Decrees have one issuer only.
        letters.agency = (kind.canonical == "NĐ" && self.year_text.is_some()).then(|| "CP".into());
        letters.decidable = letters.agency.is_some();
        letters.kind = Some(kind.canonical);
        letters.mention = false;
        self.fault(DecreeFault::MissingPart(MissingPart::Issuer));
        Some(letters)
    }

    /// An issuer nobody knows behind a known type: most issuers of administrative documents are not in any table.
    pub(super) fn unknown_issuer(&mut self, at: usize, kind: &KnownLetters) -> Option<SymbolLetters> {
        let part = self.parts[at].clone();
        let plausible = part.join.is_bar() && !part.join.spaced() && is_unit(&part.text) && !is_case_code(&part.text);
        let sure = self.lead.announces()
            || self.year_text.is_some()
            || (self.number.len() >= 2 && part.text.chars().count() >= 3);
        if !plausible || !sure || kind.digit_for_letter {
            return None;
        }
        let mut letters = SymbolLetters::new(DecreeForm::Administrative);
        // `BGD-ĐT`: a hyphen inside the letters of one issuer. The parts by themselves are near to nobody.
        let is_half = self.part(at + 1).is_some_and(|next| {
            let whole = format_compact!("{}{}", part.text, next.text);
            next.join.kind == JoinKind::Hyphen && self.table.agency(&whole).is_some()
        });
        let verdict = if self.time.is_old() || is_half {
            UnknownIssuer::LetPass
        } else {
            check::unknown_agency(&part.text, &kind.canonical, self.year_number(), self.table)
        };
        let agency = match verdict {
            UnknownIssuer::LetPass => cut_glued(&part.text).map_or_else(
                || part.text.clone(),
                |length| {
                    let front: CompactString = part.text.chars().take(length).collect();
                    self.cut(at, length);
                    front
                },
            ),
            UnknownIssuer::Meant(right) => {
                let meant = Some(right.clone());
                self.fault(DecreeFault::UnknownAgency { written: part.text.clone(), meant });
                right
            }
            UnknownIssuer::Wrong => {
                self.fault(DecreeFault::UnknownAgency { written: part.text.clone(), meant: None });
                letters.decidable = false;
                part.text.clone()
            }
        };
        letters.issuers.push(agency.clone());
        letters.agency = Some(agency);
        Some(letters)
    }
}

fn same_type(word: &str, canonical: &str, table: &DecreeTable) -> bool {
    table.kind(word).is_some_and(|(other, _)| other == canonical)
}

/// The border between type and issuer in letters without a hyphen: `QĐTTg`.
pub(super) fn fused(word: &str, table: &DecreeTable) -> Option<usize> {
    let mut found = None;
    for (length, (cut, _)) in word.char_indices().enumerate().skip(2) {
        let (front, back) = word.split_at(cut);
        let exact = |known: Option<&str>, written: &str| {
            known.is_some_and(|known| fold::unmarked(known) == fold::unmarked(written))
        };
        if exact(table.kind(front).map(|(letters, _)| letters), front)
            && exact(table.agency(back).map(|(letters, _)| letters), back)
        {
            if found.is_some() {
                return None;
            }
            found = Some(length);
        }
    }
    found
}

/// Returns whether the letters belong to the number of a judgment: first instance, appeal, review.
fn is_case_code(word: &str) -> bool {
    builtin::CASE_CODES.contains(&word)
}
