//! Finds dates that mix Thai, Arabic and full-width digits.
//!
//! ## Why
//!
//! Searches and sorting treat ๕ and 5 as different characters; a date written with both is found by neither
//! spelling.
//!
//! ## Example
//!
//! ```text
//! วันที่ ๑๒ มกราคม 2566                     12 มกราคม 2566
//! ```
//!
//! ## Fix
//!
//! All digits are written in the script that most of them have, Arabic where none prevails. The value stays the
//! same.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/mixed-digits",
    severity: Severity::Error,
    summary: "digits of different scripts in one date",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::MixedDigits, |fault| {
        with_correction(fault, "digits of different scripts in one date")
    }),
};
