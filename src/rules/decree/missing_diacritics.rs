//! Finds symbols typed without their Vietnamese marks in a text that otherwise has them.
//!
//! ## Why
//!
//! `QD` for `QĐ` and `ND` for `NĐ` are the habit of e-mail and file names. Among words with their marks they are an
//! oversight, and a search for the right spelling misses them. Thai and English texts copy symbols in ASCII as a
//! matter of course: there the spelling is left alone and only offered as a code action.
//!
//! ## Example
//!
//! ```text
//! Quyết định số 2289/QD-TTg ban hành chiến lược quốc gia.
//!               ^^^^^^^^^^^ 2289/QĐ-TTg
//! ```
//!
//! ## Fix
//!
//! Writes the whole symbol with its marks. Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass, Respelling};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/missing-diacritics",
    severity: Severity::Info,
    summary: "letters of a symbol lack their Vietnamese marks in a text that has them",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::MissingDiacritics, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::MissingDiacritics(Respelling { written: letters, right }) => {
            format!("`{written}` lacks Vietnamese marks: write `{right}` instead of `{letters}`")
        }
        _ => format!("`{written}` lacks Vietnamese marks"),
    }
}
