//! Finds letters of a symbol in the wrong case.
//!
//! ## Why
//!
//! Symbols are written in capitals, with few exceptions that are always the same: the last letter of `TTg` (Prime
//! Minister), the last of `TTr` (submission) and `CTr` (programme).
//!
//! ## Example
//!
//! ```text
//! Tờ trình số 318/TTR-BTC
//!             ^^^^^^^^^^^ 318/TTr-BTC
//! ```
//!
//! ## Fix
//!
//! Writes the letters in their case. Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass, Respelling};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/letter-case",
    severity: Severity::Info,
    summary: "letters of a symbol in the wrong case",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::LetterCase, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::LetterCase(Respelling { written: letters, right }) => {
            format!("`{written}` has letters in the wrong case: write `{right}` instead of `{letters}`")
        }
        _ => format!("`{written}` has letters in the wrong case"),
    }
}
