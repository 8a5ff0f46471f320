//! Finds dashes, minus signs and non-breaking hyphens in a symbol.
//!
//! ## Why
//!
//! Word processors turn hyphens into dashes. The symbol then differs from every other citation of the same document.
//!
//! ## Example
//!
//! ```text
//! Nghị quyết 128/NQ–CP
//!            ^^^^^^^^^ 128/NQ-CP
//! ```
//!
//! ## Fix
//!
//! Writes a plain hyphen. Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/dash-for-hyphen",
    severity: Severity::Error,
    summary: "a dash where a hyphen belongs",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::DashForHyphen, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has a dash where a hyphen belongs", fault.surface)
}
