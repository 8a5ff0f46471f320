//! Finds the letters eth and African D where the Vietnamese Đ belongs.
//!
//! ## Why
//!
//! The three capitals look the same and are three characters: U+0110 is the Vietnamese one, U+00D0 is Icelandic, U+0189
//! is of African languages. Old keyboards and fonts produce the wrong ones.
//!
//! ## Example
//!
//! ```text
//! Nghị định 46/2017/NÐ-CP
//!           ^^^^^^^^^^^^^ 46/2017/NĐ-CP
//! ```
//!
//! ## Fix
//!
//! Writes Đ (U+0110). Safe: the reference stays the same.

use crate::diagnostic::Severity;
use crate::recognise::decree::{DecreeFault, DecreeFaultClass};
use crate::recognise::fault::Fault;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "decree/lookalike-d",
    severity: Severity::Error,
    summary: "Ð (eth) or Ɖ (African D) in place of Đ",
    source: crate::rule_source!(),
    check: RuleCheck::Decree(DecreeFaultClass::LookalikeD, message),
};

fn message(fault: &Fault<DecreeFault>) -> String {
    format!("`{}` has a look-alike of Đ (U+0110)", fault.surface)
}
