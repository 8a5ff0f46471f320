//! Finds a number, year, type, issuer or separator that is written twice.
//!
//! ## Why
//!
//! Copying a symbol in pieces leaves one of them behind. What was meant is plain, but the text matches no other citation.
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
use crate::recognise::decree::DecreeFaultClass;
use crate::recognise::fault::Fault;
use crate::rules::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/duplicate-part",
    severity: Severity::Error,
    summary: "a part or separator of a symbol stands twice",
    source: crate::rule_source!(),
    check: Check::Decree(DecreeFaultClass::DuplicatePart, message),
};

fn message(fault: &Fault<DecreeFaultClass>) -> String {
    if fault.detail.is_empty() {
        format!("`{}` has a separator twice", fault.surface)
    } else {
        format!("`{}` has `{}` twice", fault.surface, fault.detail)
    }
}
