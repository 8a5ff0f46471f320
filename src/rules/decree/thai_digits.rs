//! Finds Thai digits in the number or year of a symbol.
//!
//! ## Why
//!
//! A symbol is a name in Latin letters and Arabic digits. With Thai digits it reads well in an official Thai letter,
//! but no longer matches the other citations.
//!
//! ## Example
//!
//! ```text
//! มติที่ ๑๒๘/NQ-CP
//!      ^^^^^^^^^ 128/NQ-CP
//! ```
//!
//! ## Fix
//!
//! Writes Arabic digits. A matter of style in Thai text, so a person decides.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/thai-digits",
    severity: Severity::Info,
    summary: "Thai digits in a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::ThaiDigits, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` is written with Thai digits", fault.surface)
}
