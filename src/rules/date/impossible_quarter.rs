//! Finds quarters of 0 or above 4, in digits and in Roman numbers.
//!
//! ## Why
//!
//! The year has four quarters; the number is a slip of the pen or something else than a quarter is meant.
//!
//! ## Example
//!
//! ```text
//! báo cáo quý VII/2023
//! งบการเงินไตรมาสที่ 6 ปี 2566
//! ```
//!
//! ## Fix
//!
//! None is offered: nobody but the source knows the quarter.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/impossible-quarter",
    severity: Severity::Error,
    summary: "a quarter that is not between 1 and 4",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::ImpossibleQuarter, |fault| {
        format!("`{}`: a year has four quarters", fault.surface)
    }),
};
