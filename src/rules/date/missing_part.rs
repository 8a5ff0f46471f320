//! Finds the words of a date without one of its numbers.
//!
//! ## Why
//!
//! A number got lost in conversion; what remains looks like a date and is none. A frame with one number or none, or
//! with dots in a place, is taken for a form to be filled in, and at the end of a line the number may follow on the
//! next one: both are left alone.
//!
//! ## Example
//!
//! ```text
//! ngày    tháng 8 năm 2023                the day is missing
//! วันที่ 17 เดือน    พ.ศ. 2566               the month is missing
//! ```
//!
//! ## Fix
//!
//! None is offered: fill the slot.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/missing-part",
    severity: Severity::Error,
    summary: "the frame of a date with an empty slot",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::MissingPart, |fault| {
        format!("`{}`: a part of the date is missing", fault.surface)
    }),
};
