//! Finds dots, underscores, backslashes, colons and misplaced hyphens or slashes between the parts of a symbol.
//!
//! ## Why
//!
//! The separators tell number, year, type and issuer apart: slashes up to the type, a hyphen before the issuer (in
//! Party symbols the reverse). File names, which cannot hold a slash, are not reported, nor are symbols in texts about
//! the time before 1997, when there was no uniform way.
//!
//! ## Example
//!
//! ```text
//! Nghị định 123.2020/NĐ-CP về hóa đơn điện tử
//!           ^^^^^^^^^^^^^^ 123/2020/NĐ-CP
//! ```
//!
//! ## Fix
//!
//! Writes the symbol with the separators of its form.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/wrong-separator",
    severity: Severity::Error,
    summary: "another separator where a slash or a hyphen belongs",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::WrongSeparator, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    let written = &fault.surface;
    match &fault.kind {
        DecreeFault::WrongSeparator { written: separator } if !separator.is_empty() => {
            format!("`{written}` has `{separator}` where another separator belongs")
        }
        _ => format!("`{written}` lacks a separator between two of its parts"),
    }
}
