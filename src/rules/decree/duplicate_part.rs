//! Finds a number, year, type, issuer or separator that is written twice.
//!
//! ## Why
//!
//! Copying a symbol in pieces leaves one of them behind. What was meant is plain, but the text matches no other
//! citation.
//!
//! ## Example
//!
//! ```text
//! Thông tư 80/2021/TT-TT-BTC
//!          ^^^^^^^^^^^^^^^^^ 80/2021/TT-BTC
//! ```
//!
//! ## Fix
//!
//! Writes the part once.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/duplicate-part",
    severity: Severity::Error,
    summary: "a part or separator of a symbol stands twice",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::DuplicatePart, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::DuplicatePart { part: Some(part) } => format!("`{written}` has `{part}` twice"),
        _ => format!("`{written}` has a separator twice"),
    }
}
