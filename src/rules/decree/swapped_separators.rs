//! Finds slash and hyphen in each other's place.
//!
//! ## Why
//!
//! State bodies write number, slash, type, hyphen, issuer (`57/NQ-CP`); the Party writes number, hyphen, type, slash,
//! issuer (`57-NQ/TW`). The order tells the two apart, so a symbol with the other side's order names no document.
//!
//! ## Example
//!
//! ```text
//! Nghị quyết số 29/NQ-TW về đổi mới giáo dục
//!               ^^^^^^^^ 29-NQ/TW
//! ```
//!
//! ## Fix
//!
//! Puts the separators in the order of the issuer.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass, SeparatorOrder};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/swapped-separators",
    severity: Severity::Error,
    summary: "state separators in a Party symbol, or the reverse",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::SwappedSeparators, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match fault.kind {
        DecreeFault::SwappedSeparators { right: SeparatorOrder::Party } => format!(
            "`{written}` has the separators of the State, but its issuer is of the Party: hyphen first, then slash"
        ),
        _ => format!(
            "`{written}` has the separators of the Party, but its issuer is of the State: slash first, then hyphen"
        ),
    }
}
