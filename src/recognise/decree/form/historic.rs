//! Symbols from before 1997, when there was no uniform way: `91-HĐBT`, `12/CP`, `12-TT/LB`, `1141-TC/QĐ/CĐKT`.
//!
//! They keep their own separators. Source: Law on Promulgation of Legal Documents of 12 November 1996, in force on
//! 1 January 1997; usage in the official codification (Bộ Pháp điển).

use compact_str::{CompactString, format_compact};

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

    /// `02/BYT-TT`: issuer before type. The order was free before 1997, and a word in front confirms the type.
    pub(super) fn historic_order(&mut self, at: usize, agency: &KnownLetters) -> Option<SymbolLetters> {
        let part = self.part(at + 1)?;
        if self.year_text.is_some() || !part.join.is_bar() || part.join.spaced() || part.join.doubled {
            return None;
        }
        let kind = letters::kind(&part.text, self.table)?;
        let is_said = self.lead.names_type(&kind.canonical);
        let was_free = is_said && !self.is_exchanged(&kind.canonical, &agency.canonical, &self.parts[at + 1].text);
        if agency.length < self.parts[at].text.chars().count()
            || !(was_free || (is_said || self.lead.number_word) && self.time.is_old())
        {
            return None;
        }
        self.spell(at, agency);
        self.spell(at + 1, &kind);
        self.wanted.retain(|(part, _)| *part != at);
        self.want(at, WantedSeparator::Any);
        self.want(at + 1, WantedSeparator::Any);
        let mut letters = SymbolLetters::new(DecreeForm::Historic);
        letters.certain = true;
        letters.verbatim = true;
        letters.issuers.push(agency.canonical.clone());
        letters.agency = Some(agency.canonical.clone());
        letters.kind = Some(kind.canonical);
        self.next = at + 2;
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
            letters.form = DecreeForm::Normative;
            self.lack_type(&mut letters);
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
        letters.form = DecreeForm::Administrative;
        self.lack_type(&mut letters);
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
    ("Thông tư liên bộ số 92/TT-LB về lệ phí", &["92/TT-LB"]),
    ("Thông tư số 02/BYT-TT ngày 25/02/1994", &["02/BYT-TT"]),
    ("Thông tư 14/BXD-TT hướng dẫn", &["14/BXD-TT"]),
    ("Quyết định 327/CT về phủ xanh đất trống", &["327/CT"]),
    ("Chỉ thị 202-CT về cho vay", &["202-CT"]),
    ("Lệnh số 31-L/CTN công bố Pháp lệnh", &["31-L/CTN"]),
    ("Pháp lệnh số 44-L/CTN", &["44-L/CTN"]),
    ("Thông tri số 297/TT-TW ngày 20 tháng 4 năm 1974", &["297/TT-TW"]),
    ("Quyết định số 15-QĐ/BTC ngày 3/4/1990", &["15-QĐ/BTC"]),
    ("Quyết định số 925-TC/QĐ/TCT năm 1995", &["925-TC/QĐ/TCT"]),
];
