//! Finds วันที่, เดือน, ปี, ngày, tháng and năm misspelt around a date.
//!
//! ## Why
//!
//! The words that frame a date are what programs look for. Vietnamese words without their marks (`ngay 5 thang 8`)
//! are reported only where the words around them have theirs.
//!
//! ## Example
//!
//! ```text
//! วันที 7 สิงหาคม 2567                      วันที่
//! ngày 7 thàng 8 năm 2024                 tháng
//! ```
//!
//! ## Fix
//!
//! The word is written as it should be, with a space before a number that touches it.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/misspelt-unit",
    severity: Severity::Error,
    summary: "a misspelt word for day, month or year",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::MisspeltUnit, |fault| {
        with_correction(fault, "a word for day, month or year is misspelt")
    }),
};
