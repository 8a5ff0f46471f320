//! Finds years of three or five digits in full dates or behind era marks, and years outside their era's window.
//!
//! ## Why
//!
//! A digit is missing, doubled or wrong. With their mark, years up to 2150 are of the Common Era, up to 2700 of the
//! Buddhist Era and up to 240 of the Rattanakosin Era.
//!
//! ## Example
//!
//! ```text
//! เกิดวันที่ 6 ตุลาคม 25199                  five digits
//! ngày 2 tháng 9 năm 194                  three digits
//! ```
//!
//! ## Fix
//!
//! None is offered: nobody but the source knows the digit.

use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/implausible-year",
    severity: Severity::Error,
    summary: "a year that is no year of any era in use",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::ImplausibleYear, |fault| {
        format!("`{}`: no era in use has such a year", fault.surface)
    }),
};
