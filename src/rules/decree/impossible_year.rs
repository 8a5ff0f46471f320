//! Finds years that have not four digits or lie before 1945.
//!
//! ## Why
//!
//! The first documents with such symbols are of 1945. A year of three or five digits is a slip, and which digit is
//! missing or too many is seldom clear.
//!
//! ## Example
//!
//! ```text
//! Quyết định 45/216/QĐ-TTg
//!            ^^^^^^^^^^^^^ 216 is no year
//! ```
//!
//! ## Fix
//!
//! Offered where one digit was struck twice (`20166`).

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/impossible-year",
    severity: Severity::Error,
    summary: "the year in a symbol is no year",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::ImpossibleYear, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match fault.kind {
        DecreeFault::ImpossibleYear { meant: Some(year) } => {
            format!("the year in `{written}` has one digit too many; write {year}")
        }
        _ => format!("the year in `{written}` is impossible: a symbol has a year of four digits, 1945 or later"),
    }
}
