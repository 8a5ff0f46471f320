//! An attribute has a value that `annotation.conf` does not have for it, or none where it needs one, or is given twice.
//!
//! ## Why
//! Whoever counts by value misses it, and brat shows it as an error.
//!
//! ## Example
//! ```text
//! Bà Lan đi chợ.
//! ```
//!
//! with the annotations
//!
//! ```ann
//! T1    Move 7 9    đi
//! E1    Move:T1
//! A1    Tense E1 pst
//! ```
//!
//! and the `annotation.conf`
//!
//! ```conf
//! [entities]
//! Person
//! [events]
//! Move Who?:Person
//! [attributes]
//! Tense Arg:<EVENT>, Value:past|present
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Write one of the values that the message names, or add the value to `annotation.conf`.

use super::quote::list;
use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/attribute-value",
    severity: Severity::Error,
    summary: "a value that annotation.conf does not have for an attribute",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::AttributeValue, message),
};

fn message(fault: &AnnotationFault) -> String {
    let (name, value, allowed, suggestion) = match &fault.problem {
        AnnotationFaultKind::AttributeValue { name, value, allowed, suggestion } => (name, value, allowed, suggestion),
        AnnotationFaultKind::AttributeTwice { name, first, same: true } => {
            return format!("the attribute `{name}` is given twice; {first} says the same");
        }
        AnnotationFaultKind::AttributeTwice { name, first, same: false } => {
            return format!("the attribute `{name}` is given twice; {first} gives another value");
        }
        _ => return String::new(),
    };
    match (value, suggestion) {
        (Some(value), _) if allowed.is_empty() => {
            format!("the attribute `{name}` is there or not and has no values; `{value}` is too much")
        }
        (None, _) => format!("the attribute `{name}` needs a value: {}", list(allowed)),
        (Some(value), Some(near)) => format!("the attribute `{name}` has no value `{value}`; did you mean `{near}`?"),
        (Some(value), None) => {
            format!("the attribute `{name}` has no value `{value}`; allowed: {}", list(allowed))
        }
    }
}
