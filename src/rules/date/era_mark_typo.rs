//! Finds พ.ส., พ,ศ., ค.ส. and the like before a year.
//!
//! ## Why
//!
//! Without its mark a year is left to guesses by its size, and searches for พ.ศ. miss it.
//!
//! ## Example
//!
//! ```text
//! ตราขึ้นใน พ.ส. 2551                       พ.ศ. 2551
//! ```
//!
//! ## Fix
//!
//! The mark is written as it should be.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/era-mark-typo",
    severity: Severity::Error,
    summary: "a misspelt era mark",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::EraMarkTypo, |fault| with_correction(fault, "the era mark is misspelt")),
};
