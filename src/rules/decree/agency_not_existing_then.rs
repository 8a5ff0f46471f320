//! Finds symbols whose issuer had not been set up yet or had been dissolved.
//!
//! ## Why
//!
//! Ministries are merged, split and renamed: on 1 March 2025 five of them ceased. A document cannot be of a year in
//! which its issuer did not exist. What counts is the year in the symbol (or, without one, the date behind it), never
//! the date of the text: circulars of former ministries stay in force and are rightly cited later.
//!
//! ## Example
//!
//! ```text
//! Thông tư 11/2026/TT-BGTVT
//!          ^^^^^^^^^^^^^^^^ BGTVT ended on 28 February 2025
//! ```
//!
//! ## Fix
//!
//! None: year or issuer may be wrong.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass, IssuerAbsence};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/agency-not-existing-then",
    severity: Severity::Warning,
    summary: "the issuer did not exist in the year of the symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::AgencyNotExistingThen, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    let DecreeFault::AgencyNotExistingThen(absence) = &fault.kind else {
        return format!("the issuer of `{written}` did not exist in the year of the symbol");
    };
    let IssuerAbsence { letters, year, from, until, successor } = &**absence;
    let period = match (from, until) {
        (None, None) => String::new(),
        (Some(from), None) => format!(" (it began in {from})"),
        (None, Some(until)) => format!(" (it ended in {until})"),
        (Some(from), Some(until)) => format!(" (it existed from {from} to {until})"),
    };
    let heir = successor.as_ref().map_or_else(String::new, |successor| format!("; its successor is {successor}"));
    format!("`{written}`: {letters} did not exist in {year}{period}{heir}")
}
