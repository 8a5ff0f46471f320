//! The letters of a symbol: which form it follows.
//!
//! A symbol may begin with a type, an issuer, a legislature or with letters nobody knows. One file holds one form (or
//! what several have in common) with examples that run as tests. Number and year are read before, separators are
//! held against the form afterwards, both in [`parse`](super::parse).

mod administrative;
mod assembly;
mod damaged;
mod historic;
mod joint;
mod letter;
mod normative;
mod order;
mod party;
mod spelling;
mod typed;
mod units;

use super::letters::{self, chamber};
use super::lex::JoinKind;
use super::parse::{SymbolDraft, SymbolLetters};

impl SymbolDraft<'_> {
    /// Reads the letters behind number and year.
    pub(super) fn letters(&mut self) -> Option<SymbolLetters> {
        let at = self.next;
        let first = self.part(at)?.clone();
        if first.join.kind == JoinKind::None && at > 0 && first.from == self.parts[at - 1].to {
            // Glued to the digits: only for letters that are certainly a type.
            self.table.kind(&first.text)?;
        }
        if first.join.kind == JoinKind::Pipe && !self.lead.announces() {
            return None;
        }
        if first.join.is_gap
            && let Some(agency) = letters::agency(&first.text, self.table)
        {
            return self.type_left_out(at, agency);
        }
        if let Some(found) = chamber(&first.text) {
            return self.assembly(at, &found, None);
        }
        let kind = letters::kind(&first.text, self.table);
        let agency = letters::agency(&first.text, self.table);
        if let Some(kind) = kind {
            if let Some(letters) = self.historic_triple(at, &kind) {
                return Some(letters);
            }
            return self.typed(at, kind);
        }
        if let Some(agency) = agency {
            return self.issuer_first(at, agency);
        }
        if let Some(length) = typed::fused(&first.text, self.table) {
            self.split(at, length);
            let kind = letters::kind(self.text(at), self.table)?;
            return self.typed(at, kind);
        }
        self.unknown_first(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognise::decree::{DecreeForm, DecreeTable, find};
    use crate::recognise::profile::{DocumentProfile, Language};

    /// A text, and the references in it.
    type FormExample = (&'static str, &'static [&'static str]);

    const FORMS: [(DecreeForm, &[FormExample]); 8] = [
        (DecreeForm::Normative, normative::EXAMPLES),
        (DecreeForm::Assembly, assembly::EXAMPLES),
        (DecreeForm::Administrative, administrative::EXAMPLES),
        (DecreeForm::Letter, letter::EXAMPLES),
        (DecreeForm::Joint, joint::EXAMPLES),
        (DecreeForm::Party, party::EXAMPLES),
        (DecreeForm::Order, order::EXAMPLES),
        (DecreeForm::Historic, historic::EXAMPLES),
    ];

    #[test]
    fn examples_of_every_form_are_read_as_that_form_and_without_a_fault() {
        let table = DecreeTable::builtin(2026);
        let thai = DocumentProfile { language: Language::Thai, ..DocumentProfile::default() };
        for (form, examples) in FORMS {
            for (text, references) in examples {
                let facts = find(text, &table);
                let read: Vec<_> = facts.iter().filter_map(|fact| Some((fact.value()?, fact.form))).collect();
                let expected: Vec<_> = references.iter().map(|reference| (*reference, form)).collect();
                assert_eq!(read, expected, "{text}");
                let faults = facts.iter().flat_map(|fact| &fact.faults).filter(|fault| fault.when.holds(&thai));
                assert_eq!(faults.count(), 0, "{text}: {facts:?}");
            }
        }
    }
}
