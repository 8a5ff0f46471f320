//! A symbol in its parts, and the form it follows.

use compact_str::CompactString;
use serde::{Deserialize, Serialize};

use crate::text::Span;

/// The form that a symbol follows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub enum DecreeForm {
    /// `30/2020/NĐ-CP`
    Normative,
    /// `80/2015/QH13`, `38/2001/PL-UBTVQH10`
    Assembly,
    /// `752/QĐ-TTg`
    Administrative,
    /// `1234/BTTTT-CBC`
    Letter,
    /// `05/2014/TTLT-BTP-BNG-TANDTC`
    Joint,
    /// `57-KL/TW`
    Party,
    /// `15/2012/L-CTN`
    Order,
    /// `91-HĐBT`, `12/CP`, `12-TT/LB`: before 1997
    Historic,
}

#[cfg(test)]
impl DecreeForm {
    /// The name of the form in the tables of tests.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Normative => "normative",
            Self::Assembly => "assembly",
            Self::Administrative => "administrative",
            Self::Letter => "letter",
            Self::Joint => "joint",
            Self::Party => "party",
            Self::Order => "promulgation order",
            Self::Historic => "historic",
        }
    }
}

/// The parts of a symbol in canonical spelling: NFC, with diacritics, in the right case.
#[derive(Clone, PartialEq, Eq, Debug, Hash, Serialize, Deserialize)]
pub struct DecreeSymbol {
    /// The number with its leading zero, letter or decimal part: `05`, `04a`, `66.25`.
    pub number: CompactString,
    /// The year in the symbol; Common Era.
    pub year: Option<i16>,
    /// Letters of the type: `QĐ`. Symbols of the National Assembly have none.
    pub kind: Option<CompactString>,
    /// Letters of the issuer with its unit or legislature, or of all issuers: `TTg`, `BNN-TY`, `QH13`.
    pub agency: Option<CompactString>,
    /// The whole symbol: `752/QĐ-TTg`.
    pub reference: CompactString,
}

/// The known parts of a reference that lacks a part only other citations can give.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct IncompleteSymbol {
    /// The number a full form must have.
    pub number: CompactString,
    /// The year it must have, where that is known.
    pub year: Option<i16>,
    /// The type it must have, where that is known.
    pub kind: Option<CompactString>,
    /// The issuer it must have, where that is known; of a legislature the letters without the ordinal.
    pub agency: Option<CompactString>,
    /// The bytes that the full form would replace, counted from the start of the segment.
    pub edit: Span,
}

impl IncompleteSymbol {
    /// Returns whether `full` is a complete form of this.
    pub fn is_completed_by(&self, full: &DecreeSymbol) -> bool {
        let agency = full.agency.as_deref().unwrap_or_default();
        let same_agency = self.agency.as_deref().is_none_or(|mine| {
            agency == mine
                || agency
                    .strip_prefix(mine)
                    .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
        });
        self.number.trim_start_matches('0') == full.number.trim_start_matches('0')
            && (self.year.is_none() || self.year == full.year)
            && (self.kind.is_none() || self.kind == full.kind)
            && same_agency
    }
}
