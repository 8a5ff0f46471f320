//! Finds symbols with a year of two digits.
//!
//! ## Why
//!
//! The law asks for four digits. Two of them look like a part of the number, and no index lists the document under
//! them.
//!
//! ## Example
//!
//! ```text
//! Nghị định 108/06/NĐ-CP
//!           ^^^^^^^^^^^^ 108/2006/NĐ-CP
//! ```
//!
//! ## Fix
//!
//! Writes the four digits where only one century fits between 1945 and today.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/two-digit-year",
    severity: Severity::Error,
    summary: "a year of two digits in a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::TwoDigitYear, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match fault.kind {
        DecreeFault::TwoDigitYear { meant: Some(year) } => {
            format!("the year in `{written}` has two digits; write {year}")
        }
        _ => format!("the year in `{written}` has two digits, and the century is not clear"),
    }
}
