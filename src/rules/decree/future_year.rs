//! Finds symbols with a year after the current one.
//!
//! ## Why
//!
//! A document bears the year in which it was signed. One of a later year cannot have been cited yet, so a digit is
//! wrong.
//!
//! ## Example
//!
//! ```text
//! Thông tư 17/2091/TT-BCT
//!          ^^^^^^^^^^^^^^^
//! ```
//!
//! ## Fix
//!
//! None: which digit is wrong is not clear. Offered where the corpus cites exactly one full form.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/future-year",
    severity: Severity::Error,
    summary: "the year in a symbol lies in the future",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::FutureYear, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` bears a year that has not come yet", fault.surface)
}
