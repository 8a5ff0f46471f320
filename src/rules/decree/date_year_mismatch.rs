//! Finds citations whose date and symbol name different years.
//!
//! ## Why
//!
//! The year in the symbol is the year the document was signed, and the date of a citation is the day it was signed.
//! Where they differ, one of them is wrong: often the day it came into force was put in the place of the day of
//! signing.
//!
//! Only a date that the words tie to the citation counts: not one in the next cell of a table, behind a comma, of
//! another issuer, or of the document that amends the one cited.
//!
//! ## Example
//!
//! ```text
//! Nghị định số 24/2014/NĐ-CP ngày 04/4/2015
//!              ^^^^^^^^^^^^^ signed in 2014, dated 2015
//! ```
//!
//! ## Fix
//!
//! None: symbol or date may be wrong. A registry entry for the document settles it.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/date-year-mismatch",
    severity: Severity::Warning,
    summary: "the date behind a symbol lies in another year than the symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::DateYearMismatch, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match fault.kind {
        DecreeFault::DateYearMismatch { symbol, date } => {
            format!("`{written}` is of {symbol}, but the date behind it lies in {date}")
        }
        _ => format!("the date behind `{written}` lies in another year than the symbol"),
    }
}
