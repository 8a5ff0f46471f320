//! Finds symbols whose year was converted to the Buddhist Era.
//!
//! ## Why
//!
//! Thai translations convert years by adding 543, and sometimes convert the year in a symbol too. The symbol is a name:
//! it keeps the year of the Common Era whatever the language around it.
//!
//! ## Example
//!
//! ```text
//! กฤษฎีกาเลขที่ 65/2556/ND-CP
//!             ^^^^^^^^^^^^^ 65/2013/NĐ-CP
//! ```
//!
//! ## Fix
//!
//! Writes the year of the Common Era.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/era-year",
    severity: Severity::Error,
    summary: "a year of the Buddhist Era in a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::EraYear, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match fault.kind {
        DecreeFault::EraYear { meant } => format!("the year in `{written}` is of the Buddhist Era; write {meant}"),
        _ => format!("the year in `{written}` is of the Buddhist Era"),
    }
}
