//! Finds 29 February in common years, after conversion to the Common Era.
//!
//! ## Why
//!
//! The day does not exist. In Buddhist years the slip is easy to make and hard to see, since leap years are not
//! those that four divides.
//!
//! ## Example
//!
//! ```text
//! ลงนามวันที่ 29 กุมภาพันธ์ 2566            2566 is 2023, a common year
//! khai mạc ngày 29/2/2022                 2022 is a common year
//! ```
//!
//! ## Fix
//!
//! None is offered: the day may be 28 February or 1 March, or the year is wrong.

use crate::diagnostic::Severity;
use crate::recognise::date::{DateFault, DateFaultClass};
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/not-leap-year",
    severity: Severity::Error,
    summary: "29 February in a year that is not a leap year",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::NotLeapYear, |fault| match fault.kind {
        DateFault::NotLeapYear { year } => format!("`{}`: {year} is not a leap year", fault.surface),
        _ => format!("`{}`: not a leap year", fault.surface),
    }),
};
