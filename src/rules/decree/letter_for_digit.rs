//! Finds O, l, I and S in the place of 0, 1 and 5.
//!
//! ## Why
//!
//! Scanned pages and hurried typing turn digits into the letters that look like them. The reader does not notice; a
//! search for the number does.
//!
//! ## Example
//!
//! ```text
//! Luật số 4O/2019/QH14
//!         ^^^^^^^^^^^^ 40/2019/QH14
//! ```
//!
//! ## Fix
//!
//! Writes the digits the letters stand for.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/letter-for-digit",
    severity: Severity::Error,
    summary: "a letter among the digits of number, year or legislature",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::LetterForDigit, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::LetterForDigit { written: digits } => {
            format!("`{digits}` in `{written}` has letters among its digits")
        }
        _ => format!("`{written}` has letters among its digits"),
    }
}
