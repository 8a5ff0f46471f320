//! Symbols of the National Assembly and its Standing Committee: `NUMBER/YEAR/QHn`, `NUMBER/YEAR/UBTVQHn`, in older ones
//! with the type before the issuer (`PL-UBTVQH10`).
//!
//! Source: Law 80/2015/QH13, Art. 10(2) and (3)(a), (b).

use compact_str::{CompactString, format_compact};

use super::units::is_repeated;
use crate::recognise::decree::fault::{DecreeFault, MissingPart};
use crate::recognise::decree::letters::{KnownLetters, LegislatureLetters, digits};
use crate::recognise::decree::lex::JoinKind;
use crate::recognise::decree::parse::{SymbolDraft, SymbolLetters, WantedSeparator};
use crate::recognise::decree::symbol::DecreeForm;

impl SymbolDraft<'_> {
    /// Laws and resolutions of the National Assembly and its Standing Committee.
    pub(super) fn assembly(
        &mut self,
        at: usize,
        found: &LegislatureLetters,
        kind: Option<&KnownLetters>,
    ) -> Option<SymbolLetters> {
        let mut letters = SymbolLetters::new(DecreeForm::Assembly);
        letters.certain = true;
        let mut last = at;
        let mut number = found.number;
        if number.is_none() {
            // `QH 13` or `QH-13`.
            let ordinal = self.part(at + 1).filter(|part| part.join.kind == JoinKind::Hyphen && !part.join.doubled);
            if let Some((ordinal, _)) =
                ordinal.and_then(|part| digits(&part.text, false)).filter(|(text, _)| text.len() <= 2)
            {
                number = ordinal.parse().ok();
                self.fault(DecreeFault::WrongSeparator { written: "-".into() });
                last = at + 1;
            }
        }
        // Scanned pages are full of such letters: without a year or a word in front they prove nothing.
        if found.known.digit_for_letter && self.year_text.is_none() && !self.lead.announces() {
            return None;
        }
        self.spell(at, &found.known);
        match kind {
            Some(kind) => {
                self.want(at - 1, WantedSeparator::Slash);
                self.want(at, WantedSeparator::Hyphen);
                letters.kind = Some(kind.canonical.clone());
            }
            None => self.want(at, WantedSeparator::Slash),
        }
        if number.is_none() {
            if self.year_text.is_none() && !self.lead.announces() {
                return None;
            }
            self.fault(DecreeFault::MissingPart(MissingPart::Legislature));
            letters.mention = false;
        }
        if self.year_text.is_none()
            && !self.lead.announces()
            && kind.is_none()
            && number.is_none_or(|number| number > 30)
        {
            return None;
        }
        let agency: CompactString = match number {
            Some(number) => format_compact!("{}{number}", found.letters),
            None => found.letters.into(),
        };
        letters.issuers.push(found.letters.into());
        letters.agency = Some(agency);
        if kind.is_some_and(|kind| kind.canonical == "NQLT") {
            letters.form = DecreeForm::Joint;
            last = self.units(last, &mut letters, true);
        } else if self.part(last + 1).cloned().is_some_and(|part| is_repeated(&part, &letters)) {
            last += 1;
            self.fault(DecreeFault::DuplicatePart { part: Some(self.parts[last].text.clone()) });
            self.want(last, WantedSeparator::Any);
        }
        self.next = last + 1;
        Some(letters)
    }
}

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("Luật Thư viện số 46/2019/QH14", &["46/2019/QH14"]),
    ("Pháp lệnh 04/2007/PL-UBTVQH11", &["04/2007/PL-UBTVQH11"]),
    ("Nghị quyết số 326/2016/UBTVQH14", &["326/2016/UBTVQH14"]),
    ("Nghị quyết 60/NQ-UBTVQH15", &["60/NQ-UBTVQH15"]),
];
