//! Finds laws and resolutions whose year does not belong to the legislature in the symbol.
//!
//! ## Why
//!
//! The number behind `QH` and `UBTVQH` is that of the legislature, and each has its years: the 13th sat from 2011 to
//! 2016. Where year and legislature contradict each other, one of the two is wrong.
//!
//! ## Example
//!
//! ```text
//! Luật Doanh nghiệp số 59/2020/QH15
//!                      ^^^^^^^^^^^^ the 14th sat in 2020
//! ```
//!
//! ## Fix
//!
//! Writes the legislature of the year, except in a year two of them share.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/legislature-mismatch",
    severity: Severity::Error,
    summary: "the year lies outside the term of the legislature named",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::LegislatureMismatch, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match fault.kind {
        DecreeFault::LegislatureMismatch { named, term: Some((first, last)) } => {
            format!("`{written}` names legislature {named}, which sat {first}-{last}, not in the year of the symbol")
        }
        DecreeFault::LegislatureMismatch { named, term: None } => {
            format!("`{written}` names legislature {named}, which does not exist")
        }
        _ => format!("`{written}` names a legislature that did not sit in the year of the symbol"),
    }
}
