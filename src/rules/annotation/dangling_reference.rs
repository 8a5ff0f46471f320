//! An annotation refers to an id that does not exist.
//!
//! ## Why
//! A relation, attribute, note or link whose target is gone says something of nothing. It usually remains where an
//! annotation was deleted by hand or two files were mixed up.
//!
//! ## Example
//! ```text
//! ลุงสมชายมา
//! ```
//!
//! ```ann
//! T1    Person 3 8    สมชาย
//! R1    Holds Arg1:T1 Arg2:T2
//! ```
//!
//! There is no `T2`.
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Restore the annotation that was meant, or remove the line that refers to it. In an `.a2` file the ids of the `.a1`
//! file beside it count as well.

use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/dangling-reference",
    severity: Severity::Error,
    summary: "an annotation that refers to an id that does not exist",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::DanglingReference, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Dangling { target } = &fault.problem else { return String::new() };
    format!("there is no annotation `{target}` in this document")
}
