//! Finds days that the calendar does not have: 31 November, 30 February.
//!
//! ## Why
//!
//! The date cannot be converted, sorted or compared, and whoever meets it later cannot know whether the day or the
//! month is wrong.
//!
//! ## Example
//!
//! ```text
//! งานจัดขึ้นเมื่อวันที่ 31 กันยายน 2566     September has 30 days
//! họp ngày 30/2/2023                      February never has 30
//! ```
//!
//! ## Fix
//!
//! None is offered: nobody but the source knows which number is wrong. Look it up.

use crate::diagnostic::Severity;
use crate::recognise::date::words::MONTHS;
use crate::recognise::date::{DateFault, DateFaultClass, days_in_month};
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/impossible-day",
    severity: Severity::Error,
    summary: "a day that its month does not have",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::ImpossibleDay, |fault| {
        let surface = &fault.surface;
        let month = match fault.kind {
            DateFault::ImpossibleDay { month } => MONTHS.get(usize::from(month).wrapping_sub(1)),
            _ => None,
        };
        match month {
            Some(february) if february.number == 2 => format!("`{surface}`: February has at most 29 days"),
            Some(month) => format!("`{surface}`: {} has {} days", month.english, days_in_month(None, month.number)),
            None => format!("`{surface}`: the month has no such day"),
        }
    }),
};
