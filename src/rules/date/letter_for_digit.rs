//! Finds O, l, I, S and B where a date has digits.
//!
//! ## Why
//!
//! The form looks right and is read as a word: nothing finds the date, and its year cannot be compared. Such
//! letters come from character recognition and from typewriters' profile.
//!
//! ## Example
//!
//! ```text
//! ngày 1O/4/2023                          the letter O: 10/4/2023
//! 3 กันยายน 256O                           the letter O: 2560
//! ```
//!
//! ## Fix
//!
//! The letters are replaced by the digits they look like.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/letter-for-digit",
    severity: Severity::Error,
    summary: "a letter in place of a digit",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::LetterForDigit, |fault| {
        with_correction(fault, "a letter stands for a digit")
    }),
};
