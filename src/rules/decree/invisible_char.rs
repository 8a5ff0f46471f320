//! Finds zero-width spaces, soft hyphens and the like inside a symbol.
//!
//! ## Why
//!
//! They come from web pages that mark places to break a line. Nothing shows, and the symbol matches no search.
//!
//! ## Example
//!
//! ```text
//! Quyết định 1002/QĐ<U+200B>-TTg
//!            ^^^^^^^^^^^^^^^^^^^ 1002/QĐ-TTg
//! ```
//!
//! ## Fix
//!
//! Takes them out. Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/invisible-char",
    severity: Severity::Error,
    summary: "an invisible character inside a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::InvisibleChar, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has an invisible character inside", fault.surface.escape_debug())
}
