//! Finds full dates that are named together with another weekday than theirs.
//!
//! ## Why
//!
//! One of the two is wrong, and readers who plan by the weekday come on the wrong day.
//!
//! Dates before 1941 in Buddhist years are left alone: the Thai year began in April then, so that the year of
//! January to March is uncertain. Dates without a year are not judged.
//!
//! ## Example
//!
//! ```text
//! วันอังคารที่ 1 มกราคม 2568                1 January 2025 was a Wednesday: วันพุธ
//! Friday, 4 July 2024                     4 July 2024 was a Thursday
//! ```
//!
//! ## Fix
//!
//! The weekday is replaced by the right one in the same form. If it is the date that is wrong, correct that
//! instead: the fix is not a safe one.

use crate::diagnostic::Severity;
use crate::recognise::date::words::{MONTHS, WEEKDAYS};
use crate::recognise::date::{DateFault, DateFaultClass};
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/weekday-mismatch",
    severity: Severity::Error,
    summary: "a weekday that is not that of the date",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::WeekdayMismatch, |fault| {
        let surface = &fault.surface;
        let unknown = || format!("`{surface}`: the day is another weekday");
        let DateFault::WeekdayMismatch { day, right } = &fault.kind else { return unknown() };
        let Some(date) = day.first_day() else { return unknown() };
        let month = &MONTHS[usize::from(date.month().unsigned_abs()) - 1];
        let weekday = &WEEKDAYS[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())];
        let (day, month, year) = (date.day(), month.english, date.year());
        format!("`{surface}`: {day} {month} {year} is a {}; write `{right}`", weekday.english)
    }),
};
