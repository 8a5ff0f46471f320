//! Symbols of the Communist Party: `NUMBER-TYPE/ISSUER`, the separators of the State the other way round.
//!
//! Source: Regulation 66-QĐ/TW (2017) on kinds, authority and form of Party documents; Guidance 36-HD/VPTW (2018).

use super::order;
use crate::recognise::decree::fault::{DecreeFault, SeparatorOrder};
use crate::recognise::decree::lex::JoinKind;
use crate::recognise::decree::parse::{SymbolDraft, SymbolLetters, WantedSeparator};
use crate::recognise::decree::symbol::DecreeForm;
use crate::recognise::decree::table::AgencyKind;

impl SymbolDraft<'_> {
    /// Returns the order of the separators (whether the slash comes first, where that can be told), and whether the
    /// Party's way is wanted.
    pub(super) fn order(&self, at: usize, issuer: usize, letters: &str) -> (Option<bool>, bool) {
        let kind_at = |at: usize| self.parts[at].join.kind;
        let slash_first = match (kind_at(at), kind_at(issuer)) {
            (JoinKind::Slash, JoinKind::Hyphen) => Some(true),
            (JoinKind::Hyphen, JoinKind::Slash) => Some(false),
            _ => None,
        };
        let party = match self.table.agency(letters).map(|(_, entry)| entry.kind) {
            // Telegrams of the central steering committees on storms and floods are `05/CĐ-TW`.
            Some(AgencyKind::Party) => self.text(at) != "CĐ",
            // Committees and those nobody knows write either way.
            Some(AgencyKind::Committee | AgencyKind::Mass) | None => {
                slash_first == Some(false) && self.year_text.is_none()
            }
            Some(_) => false,
        };
        (slash_first, party)
    }

    /// Holds the two separators against the order the form wants.
    pub(super) fn hold_order(
        &mut self,
        at: usize,
        issuer: usize,
        slash_first: Option<bool>,
        party: bool,
        letters: &mut SymbolLetters,
    ) {
        let joint_slash = letters.form == DecreeForm::Joint && self.parts[issuer].join.kind == JoinKind::Slash;
        let both_slashes =
            self.parts[at].join.kind == JoinKind::Slash && self.parts[issuer].join.kind == JoinKind::Slash;
        let yearless = self.year_text.is_none();
        let odd = !party && yearless && (slash_first == Some(false) || both_slashes);
        // Orders of the President were `31-L/CTN` until 2000; a joint circular of old is `92/TT-LB`.
        let is_old_order = odd && order::is_type(self.text(at)) && !both_slashes;
        let old_party = party && yearless && slash_first == Some(true) && self.time.is_dated_old();
        let old_style = !party && yearless && self.is_historic(&letters.issuers)
            || odd && self.time.is_old()
            || is_old_order
            || old_party;
        // Offices that are in no table write `136/QĐ/KTTV` as well. Without a word in front the letters must be those
        // of a legal document; a contract is `136/HĐ/KTTV`.
        let own_way =
            odd && both_slashes && !letters.certain && (self.lead.announces() || matches!(self.text(at), "QĐ" | "NĐ"));
        if own_way {
            self.want(at, WantedSeparator::Any);
            self.want(issuer, WantedSeparator::Any);
            letters.verbatim = true;
            return;
        }
        if old_style || joint_slash {
            // `12-TT/LB`, `15/QĐ/BTC` of the time, `TTLT/BTC-BTP`: kept as they are.
            self.want(at, WantedSeparator::Any);
            self.want(issuer, WantedSeparator::Any);
            letters.verbatim = true;
            if !joint_slash {
                letters.form = DecreeForm::Historic;
            }
            return;
        }
        if slash_first == Some(party) {
            self.fault(DecreeFault::SwappedSeparators {
                right: if party { SeparatorOrder::Party } else { SeparatorOrder::State },
            });
            self.want(at, WantedSeparator::Any);
            self.want(issuer, WantedSeparator::Any);
        } else if party {
            self.want(at, WantedSeparator::Hyphen);
            self.want(issuer, WantedSeparator::Slash);
        } else {
            self.want(at, WantedSeparator::Slash);
            self.want(issuer, WantedSeparator::Hyphen);
        }
    }
}

/// Texts with the references in them, written well.
#[cfg(test)]
pub(super) const EXAMPLES: &[(&str, &[&str])] = &[
    ("Nghị quyết 33-NQ/TW", &["33-NQ/TW"]),
    ("Chỉ thị 08-CT/TƯ", &["08-CT/TƯ"]),
    ("Chỉ thị 08-CT/TU\u{31B}", &["08-CT/TƯ"]),
    ("Quyết định số 1158-QĐNS/TW của Bộ Chính trị", &["1158-QĐNS/TW"]),
    ("Kế hoạch 21-KH/BTGTW năm 2022", &["21-KH/BTGTW"]),
];
