//! Finds dates of numbers in Thai and Vietnamese text whose second number is no month and whose first could be one.
//!
//! ## Why
//!
//! Thai and Vietnamese write the day first. A month-first date comes from software or from a translated page, and
//! its neighbours with small numbers are then silently misread.
//!
//! ## Example
//!
//! ```text
//! เผยแพร่เมื่อ 04/23/2567                    means 23/04/2567
//! ngày 11/30/2022                         means 30/11/2022
//! ```
//!
//! ## Fix
//!
//! Day and month change places; the value stays what it can only have been.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/month-day-swapped",
    severity: Severity::Error,
    summary: "month before day in Thai or Vietnamese text",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::MonthDaySwapped, |fault| {
        format!("`{}`: day and month are swapped; Thai and Vietnamese dates begin with the day", fault.surface)
    }),
};
