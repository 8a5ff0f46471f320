//! Finds the fullwidth slash ／, the fraction slash ⁄ and the division slash ∕.
//!
//! ## Why
//!
//! They come from input methods and from copying out of PDF files. They look right and match no search.
//!
//! ## Example
//!
//! ```text
//! คำสั่งที่ 379／QD-TTg
//!         ^^^^^^^^^^^ 379/QĐ-TTg
//! ```
//!
//! ## Fix
//!
//! Writes a plain slash. Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/fullwidth-slash",
    severity: Severity::Error,
    summary: "a look-alike of the slash in a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::FullwidthSlash, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has a look-alike in the place of the slash", fault.surface)
}
