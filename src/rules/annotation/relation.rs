//! A relation joins types that `annotation.conf` does not allow.
//!
//! ## Why
//! A relation whose arguments have changed places, or that joins other things than it was made for, says something that
//! nobody meant. brat shows it as an error. Equivalences (`*`) are relations that are symmetric and transitive; their
//! members are judged in pairs.
//!
//! ## Example
//! ```text
//! รัฐมนตรีสมชายมา
//! ```
//!
//! with the annotations
//!
//! ```ann
//! T1    Office 0 8    รัฐมนตรี
//! T2    Person 8 13    สมชาย
//! R1    Holds Arg1:T1 Arg2:T2
//! ```
//!
//! and the `annotation.conf`
//!
//! ```conf
//! [entities]
//! Office
//! Person
//! [relations]
//! Holds Arg1:Person, Arg2:Office
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Exchange the arguments (the fix does where that is allowed), choose another relation, or change `annotation.conf`. A
//! type below an allowed one is allowed.

use super::quote::list;
use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, ArgumentFault};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/relation",
    severity: Severity::Error,
    summary: "a relation between types that annotation.conf does not allow",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::Relation, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Relation { kind, fault } = &fault.problem else { return String::new() };
    match fault {
        ArgumentFault::WrongTarget { role, target, allowed } => {
            format!("`{role}` of the relation `{kind}` cannot be `{target}`; allowed: {}", list(allowed))
        }
        ArgumentFault::NoSuchRole { role, suggestion: Some(near) } => {
            format!("the relation `{kind}` has no argument `{role}`; did you mean `{near}`?")
        }
        ArgumentFault::NoSuchRole { role, suggestion: None } => {
            format!("the relation `{kind}` has no argument `{role}`")
        }
        ArgumentFault::NoTarget { role, target } => {
            format!("`{role}` of the relation `{kind}` cannot be {target}; it can be a piece of text or an event")
        }
        ArgumentFault::Between { one, other } if one == other => {
            format!("the equivalence `{kind}` does not hold between annotations of type `{one}`")
        }
        ArgumentFault::Between { one, other } => {
            format!("the equivalence `{kind}` does not hold between `{one}` and `{other}`")
        }
        ArgumentFault::NoEquivalence => {
            format!("`{kind}` is not symmetric and transitive, so it is no equivalence; write it as relations (R)")
        }
        // Of events, which have a rule of their own.
        ArgumentFault::Missing { .. }
        | ArgumentFault::TooMany { .. }
        | ArgumentFault::NoEvent
        | ArgumentFault::Cycle { .. } => String::new(),
    }
}
