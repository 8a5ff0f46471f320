//! An annotation uses a type or an attribute that `annotation.conf` does not have.
//!
//! ## Why
//! The configuration is what the annotators agreed on. brat shows what is not in it as an error and offers no way to
//! edit it, and whoever counts by type misses it. Checked are the types of entities, events and relations and the names
//! of attributes, each where the configuration has a section for them.
//!
//! ## Example
//! ```text
//! ลุงสมชายมา
//! ```
//!
//! with the annotations
//!
//! ```ann
//! T1    Persn 3 8    สมชาย
//! ```
//!
//! and the `annotation.conf`
//!
//! ```conf
//! [entities]
//! Person
//! Office
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Correct the type, or add it to `annotation.conf`. A type with `!` before it only heads others and is not for use.

use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/not-in-configuration",
    severity: Severity::Error,
    summary: "an annotation type or attribute that annotation.conf does not have",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::NotInConfiguration, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::NotConfigured { what, name, suggestion } = &fault.problem else { return String::new() };
    match suggestion {
        Some(near) => format!("annotation.conf has no {what} `{name}`; did you mean `{near}`?"),
        None => format!("annotation.conf has no {what} `{name}`"),
    }
}
