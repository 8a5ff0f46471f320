//! Finds two-letter abbreviations between a day and a year that stand for no month.
//!
//! ## Why
//!
//! The twelve abbreviations differ by single letters, so that a typing error leaves a form that could be several
//! months: ต.ต. may be ต.ค. or another.
//!
//! ## Example
//!
//! ```text
//! ประกาศ ณ วันที่ 7 ส.ต. 2566               no month is abbreviated so
//! ```
//!
//! ## Fix
//!
//! None is offered: more than one month is a letter away.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/month-abbrev-typo",
    severity: Severity::Error,
    summary: "a dotted abbreviation where a month should be that is no month's",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::MonthAbbrevTypo, |fault| {
        format!("`{}`: no month is abbreviated so", fault.surface)
    }),
};
