//! Finds letters that are no issuer, where the type has a closed list of issuers or a known one is a slip away.
//!
//! ## Why
//!
//! Decrees, circulars and ordinances have few possible issuers, so an unknown one is wrong. Decisions and plans are
//! issued by everybody: there only letters very near to those of a central body are reported.
//!
//! ## Example
//!
//! ```text
//! Thông tư 32/2018/TT-BGĐDT về chương trình giáo dục
//!          ^^^^^^^^^^^^^^^^ BGDĐT
//! ```
//!
//! ## Fix
//!
//! Writes the nearest issuer that may issue the type, where it is at most two slips away and no other is as near.
//! Issuers of your own can be added in `scholiast.toml`.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/unknown-agency",
    severity: Severity::Error,
    summary: "the letters in the place of the issuer are no known issuer",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::UnknownAgency, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::UnknownAgency { written: letters, meant: Some(meant) } => {
            format!("unknown issuer `{letters}` in `{written}`; the nearest is `{meant}`")
        }
        DecreeFault::UnknownAgency { written: letters, .. } => format!("unknown issuer `{letters}` in `{written}`"),
        _ => format!("unknown issuer in `{written}`"),
    }
}
