//! Finds months' names one or two edits away from a right one, next to a day or a year.
//!
//! ## Why
//!
//! A misspelt month is missed by every search for the right one. In Thai the ending tells the length of the month,
//! -คม for 31 days and -ยน for 30, so that a wrong ending is decidable; กรกฏาคม with ฏ for ฎ is the commonest slip
//! of all.
//!
//! ## Example
//!
//! ```text
//! เปิดใช้ 12 เมษาคม 2566                    April is เมษายน
//! signed on 3 Septemer 2021               September
//! ```
//!
//! ## Fix
//!
//! The name is written as it should be. The date keeps its value.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/misspelt-month",
    severity: Severity::Error,
    summary: "a month's name that is misspelt",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::MisspeltMonth, |fault| {
        with_correction(fault, "the month's name is misspelt")
    }),
};
