//! Finds 0, 1, 5, 6 and 8 in the place of letters.
//!
//! ## Why
//!
//! The reverse of `decree/letter-for-digit`: scanned pages give `0Đ` for `QĐ` and `8YT` for `BYT`. Units of an issuer
//! may hold digits (`BCA-C41`) and are left alone.
//!
//! ## Example
//!
//! ```text
//! Thông tư 15/2022/TT-8YT
//!          ^^^^^^^^^^^^^^ 15/2022/TT-BYT
//! ```
//!
//! ## Fix
//!
//! Writes the letters, where exactly one known type or issuer comes out.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/digit-for-letter",
    severity: Severity::Error,
    summary: "a digit among the letters of type or issuer",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::DigitForLetter, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::DigitForLetter { written: letters } => {
            format!("`{letters}` in `{written}` has a digit among its letters")
        }
        _ => format!("`{written}` has a digit among its letters"),
    }
}
