//! Finds symbols announced by "số", "No." or "ที่" that have no number.
//!
//! ## Why
//!
//! The number is left blank in a draft and filled in when the document is signed. In a citation the blank is a
//! leftover, and nobody can tell which document is meant. Blanks of forms are not reported: dots, underscores, a
//! space behind a colon (`Số: /QĐ-BYT`), a wide space without a word for the type in front.
//!
//! ## Example
//!
//! ```text
//! theo Quyết định số /QĐ-BYT của Bộ trưởng
//!                    ^^^^^^^
//! ```
//!
//! ## Fix
//!
//! None: the number has to be looked up.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/missing-number",
    severity: Severity::Error,
    summary: "a symbol without its number",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::MissingNumber, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has no number", fault.surface)
}
