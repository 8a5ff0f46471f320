//! An attribute has a value that `annotation.conf` does not have for it, or none where it needs one.
//!
//! ## Why
//! Whoever counts by value misses it, and brat shows it as an error.
//!
//! ## Example
//! With `[attributes]` holding `Tense Arg:<EVENT>, Value:past|present`:
//!
//! ```text
//! A1    Tense E1 pst
//! ```
//!
//! (A TAB stands behind the id.)
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
    let AnnotationFaultKind::AttributeValue { name, value, allowed, suggestion } = &fault.problem else {
        return String::new();
    };
    match (value, suggestion) {
        (None, _) => format!("the attribute `{name}` needs a value: {}", list(allowed)),
        (Some(value), Some(near)) => format!("the attribute `{name}` has no value `{value}`; did you mean `{near}`?"),
        (Some(value), None) => {
            format!("the attribute `{name}` has no value `{value}`; allowed: {}", list(allowed))
        }
    }
}
