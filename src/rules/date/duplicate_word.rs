//! Finds a lead word, a month or an era mark twice in a row.
//!
//! ## Why
//!
//! It is a slip of copying, and hides the date from searches.
//!
//! ## Example
//!
//! ```text
//! จัดวันที่วันที่ 17 พฤษภาคม                  วันที่ 17 พฤษภาคม
//! ngày 17 tháng tháng 5                   tháng 5
//! ```
//!
//! ## Fix
//!
//! The first of the two is removed.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/duplicate-word",
    severity: Severity::Error,
    summary: "a word of a date written twice",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::DuplicateWord, |fault| with_correction(fault, "a word stands twice")),
};
