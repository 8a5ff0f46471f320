//! Finds HTML entities that were not turned into the characters they stand for.
//!
//! ## Why
//!
//! Text taken out of a web page without decoding keeps `&amp;` for `&`. The symbol then matches no other citation.
//!
//! ## Example
//!
//! ```text
//! Quyết định 16/2006/QĐ-BGD&amp;ĐT
//!            ^^^^^^^^^^^^^^^^^^^^^ 16/2006/QĐ-BGD&ĐT
//! ```
//!
//! ## Fix
//!
//! Writes the characters. Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/markup",
    severity: Severity::Error,
    summary: "an HTML entity inside a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::Markup, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has an HTML entity inside", fault.surface)
}
