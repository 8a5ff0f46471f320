//! Finds Thai month abbreviations that lack a full stop, and two-digit years that touch the abbreviation.
//!
//! ## Why
//!
//! The dotted forms (ม.ค., ก.พ.) are the standard ones. Without their stops many collide with words: มีค begins
//! มีความ.
//!
//! ## Example
//!
//! ```text
//! (17พค.66) ฝนตกหนัก                      17 พ.ค. 66
//! 5 เม.ย66                                5 เม.ย. 66
//! ```
//!
//! ## Fix
//!
//! The abbreviation gets its stops and the date its spaces. The value stays the same. It is a matter of style, so the
//! fix is not a safe one.

use super::message::with_correction;
use crate::diagnostic::Severity;
use crate::recognise::date::DateFaultClass;
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "date/abbrev-style",
    severity: Severity::Info,
    summary: "a Thai month abbreviation without its full stops or spaces",
    source: rule_source!(),
    check: RuleCheck::Date(DateFaultClass::AbbrevStyle, |fault| {
        with_correction(fault, "the abbreviation lacks full stops or spaces")
    }),
};
