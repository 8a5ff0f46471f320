//! Finds letters of other scripts that look like Latin ones.
//!
//! ## Why
//!
//! А, В, С, Е, Н, К, М, О, Р, Т and Х exist in Cyrillic too. Text from scans and from translation engines mixes them
//! in; nothing shows on the screen, and no search finds the symbol.
//!
//! ## Example
//!
//! ```text
//! Nghị định 100/2019/NĐ-СР
//!           ^^^^^^^^^^^^^^ 100/2019/NĐ-CP
//! ```
//!
//! ## Fix
//!
//! Writes the Latin letters. Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/lookalike-script",
    severity: Severity::Error,
    summary: "a Cyrillic, Greek or fullwidth letter in a symbol",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::LookalikeScript, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has letters of another script that look like Latin ones", fault.surface)
}
