//! Finds spaces inside numbers and months' names, and on one side only of a separator.
//!
//! ## Why
//!
//! The date falls apart for every program that reads it, and a line may break inside it.
//!
//! ## Example
//!
//! ```text
//! ngày 17/ 5/2023                         17/5/2023
//! 6 ตุลาคม 25 19                            6 ตุลาคม 2519
//! ```
//!
//! ## Fix
//!
//! The space is removed. Spaces on both sides of every separator are left alone.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/inner-space",
    severity: Severity::Error,
    summary: "a space inside a date's number or name, or on one side of a separator",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::InnerSpace, |fault| with_correction(fault, "a space inside the date")),
};
