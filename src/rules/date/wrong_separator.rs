//! Finds dates whose separators differ, are doubled, or are a back-slash, a comma or a full-width slash.
//!
//! ## Why
//!
//! Readers understand it, programs do not: each convention has one separator.
//!
//! ## Example
//!
//! ```text
//! 17.5/2023                               17/5/2023
//! 17//5/2023                              17/5/2023
//! ```
//!
//! ## Fix
//!
//! One separator is used throughout: the slash where one is present or the sign is foreign, else the hyphen.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/wrong-separator",
    severity: Severity::Error,
    summary: "different, doubled or foreign separators in one date",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::WrongSeparator, |fault| {
        with_correction(fault, "the separators do not agree or are no date separators")
    }),
};
