//! Finds hours above 24 and minutes above 59 in clock times.
//!
//! ## Why
//!
//! A digit is wrong. Only what is marked as a time is judged (เวลา, น., lúc, giờ, `h`, `at`, am and pm), so that
//! prices and scores are left alone.
//!
//! ## Example
//!
//! ```text
//! เริ่มเวลา 26.00 น.
//! lúc 9h75
//! ```
//!
//! ## Fix
//!
//! None is offered: nobody but the source knows the time.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/impossible-time",
    severity: Severity::Warning,
    summary: "a clock time that no clock shows",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::ImpossibleTime, |fault| format!("`{}`: no clock shows this", fault.surface)),
};
