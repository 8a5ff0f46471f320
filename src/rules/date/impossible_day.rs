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
use crate::recognise::date::DateFaultClass;
use crate::recognise::date::days_in_month;
use crate::recognise::date::words::MONTHS;
use crate::rule_source;
use crate::rules::rule::{Check, Rule};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/impossible-day",
    severity: Severity::Error,
    summary: "a day that its month does not have",
    source: rule_source!(),
    check: Check::Date(DateFaultClass::ImpossibleDay, |fault| {
        let month = fault.detail.parse().ok().and_then(|number: usize| MONTHS.get(number.wrapping_sub(1)));
        match month {
            Some(month) if month.number == 2 => format!("`{}`: February has at most 29 days", fault.surface),
            Some(month) => {
                format!("`{}`: {} has {} days", fault.surface, month.english, days_in_month(None, month.number))
            }
            None => format!("`{}`: the month has no such day", fault.surface),
        }
    }),
};
