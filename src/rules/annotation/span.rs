//! A span is valid and hardly what anybody meant: empty, with white space at an end, cut through a letter, or marked
//! twice with one type.
//!
//! ## Why
//! Such a span counts as another one than the same words without the space, splits a vowel or tone sign from its
//! consonant, or makes one mention count twice: agreement between annotators and trained models suffer.
//!
//! ## Example
//! ```text
//! พบ ที่ดิน
//! ```
//!
//! ```ann
//! T1    Thing 3 5    ที
//! ```
//!
//! The tone sign of the first syllable is left outside.
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! The fix leaves white space out or takes the whole letter in. It is unsafe, since it changes the words that are
//! recorded. A span that is marked twice is left to you: what refers to the second one has to refer to the first.

use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, SpanFault};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/span",
    severity: Severity::Warning,
    summary: "a span that is empty, padded, cut through a letter or marked twice",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::Span, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Span(fault) = &fault.problem else { return String::new() };
    match fault {
        SpanFault::Empty => "the span is empty".to_owned(),
        SpanFault::Padded => "the span starts or ends with white space or an invisible character".to_owned(),
        SpanFault::SplitCluster => "the span starts or ends inside a letter with its marks".to_owned(),
        SpanFault::Repeats { first } => format!("the span repeats {first}: same text, same type"),
    }
}
