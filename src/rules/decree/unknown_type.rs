//! Finds letters that are no type of document, before a known issuer.
//!
//! ## Why
//!
//! The types and their abbreviations are laid down by Decree 30/2020/NĐ-CP (Appendix III), the law on normative
//! documents and the Party's own rules. Letters outside these lists are nearly always a slip of the keyboard, and the
//! symbol then names no document.
//!
//! ## Example
//!
//! ```text
//! Thông tư 21/2019/TG-BYT
//!          ^^^^^^^^^^^^^^ TG is no type
//! ```
//!
//! ## Fix
//!
//! Offered where the word in front names the type and the letters are one slip away from it. Types of your own can be
//! added in `scholiast.toml`.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/unknown-type",
    severity: Severity::Error,
    summary: "the letters in the place of the type are no known type",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::UnknownType, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::UnknownType { written: letters, meant: Some(meant) } => {
            format!("unknown type of document `{letters}` in `{written}`; `{meant}` is meant")
        }
        DecreeFault::UnknownType { written: letters, .. } => {
            format!("unknown type of document `{letters}` in `{written}`")
        }
        _ => format!("unknown type of document in `{written}`"),
    }
}
