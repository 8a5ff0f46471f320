//! Finds Thai or Lao vowels and tone marks in an order that looks right and compares wrong.
//!
//! ## Why
//! `น้ำ` can be typed in three ways that look the same; `เเ` looks like `แ`. Search, sorting and comparison tell them
//! apart. NFC does not help: it leaves them as they are.
//!
//! ## Example
//! ```text
//! ดื่มนํ้า (NIKHAHIT and SARA AA for SARA AM)
//! ```
//!
//! ## Fix
//! Write consonant, vowel above or below, tone mark, following vowel, in this order. Where no order makes a syllable
//! (`ให้ีป`), a letter is missing or stands elsewhere: that fix is unsafe.

use crate::diagnostic::Severity;
use crate::recognise::fault::Fault;
use crate::recognise::text_fault::{MarkFault, TextFault, TextFaultClass};
use crate::rule_source;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "text/mark-order",
    severity: Severity::Warning,
    summary: "Thai or Lao marks in an order that compares wrong",
    source: rule_source!(),
    check: RuleCheck::Text(TextFaultClass::MarkOrder, message),
};

fn message(fault: &Fault<TextFault>) -> String {
    let TextFault::MarkOrder(kind) = fault.kind else { return String::new() };
    let wrong = match kind {
        MarkFault::DoubleSaraE => "two SARA E in place of one SARA AE",
        MarkFault::SplitSaraAm => "SARA AM written in two parts",
        MarkFault::Order => "vowel and tone mark in the wrong order",
        MarkFault::Doubled => "a mark typed twice",
    };
    format!("`{}`: {wrong}", fault.surface)
}
