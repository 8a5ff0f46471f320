//! Finds the number 0, superfluous zeros in front, stray signs and dots.
//!
//! ## Why
//!
//! Numbers count from 1; those below 10 take one zero in front (Decree 30/2020/NĐ-CP, Appendix I). Thousands are not
//! set apart. Decimal numbers exist only for normative resolutions of the Government since 2025 (`66.25/2026/NQ-CP`).
//!
//! ## Example
//!
//! ```text
//! Quyết định 00451/QĐ-TTg
//!            ^^^^^^^^^^^^ 451/QĐ-TTg
//! ```
//!
//! ## Fix
//!
//! Writes the plain number.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/number-shape",
    severity: Severity::Warning,
    summary: "a number of odd shape in a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::NumberShape, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::NumberShape { number } => {
            format!("the number `{number}` of `{written}` is badly formed")
        }
        _ => format!("the number of `{written}` is badly formed"),
    }
}
