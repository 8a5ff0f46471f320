//! Finds month numbers of 0 or above 12 that a swap of day and month does not explain.
//!
//! ## Why
//!
//! Such a date has no value; where the other number could be a month, `date/month-day-swapped` is reported in its
//! place.
//!
//! ## Example
//!
//! ```text
//! gặp nhau ngày 17/14/2023                neither 17 nor 14 is a month
//! ```
//!
//! ## Fix
//!
//! None is offered: nobody but the source knows the month.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/impossible-month",
    severity: Severity::Error,
    summary: "a month that is not between 1 and 12",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::ImpossibleMonth, |fault| {
        format!("`{}`: there are twelve months", fault.surface)
    }),
};
