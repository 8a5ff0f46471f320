//! An event or an attribute has arguments that `annotation.conf` does not allow.
//!
//! ## Why
//! The configuration says which roles an event has, how often each is filled and by what. An event without its
//! trigger's partner, or an attribute of something that cannot have it, is shown as an error by brat and counted
//! wrongly by whoever counts events.
//!
//! ## Example
//! With `[events]` holding `Move Who:Person, To:Place`:
//!
//! ```text
//! T1    Move 4 6    ไป
//! E1    Move:T1 Who:T2
//! ```
//!
//! Nobody says where to. (A TAB stands behind each id and before the recorded text.)
//!
//! ## Fix
//! Fill the role, take out what is too much, or change `annotation.conf`. A type below an allowed one is allowed.

use super::quote::list;
use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, ArgumentFault};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/argument",
    severity: Severity::Error,
    summary: "an event or attribute whose arguments annotation.conf does not allow",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::Argument, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Argument { kind, fault } = &fault.problem else { return String::new() };
    match fault {
        ArgumentFault::Missing { role } => format!("`{kind}` needs the role `{role}`"),
        ArgumentFault::TooMany { role, most: 1 } => format!("`{kind}` has the role `{role}` more than once"),
        ArgumentFault::TooMany { role, most } => format!("`{kind}` has the role `{role}` more than {most} times"),
        ArgumentFault::NoSuchRole { role, suggestion: Some(near) } => {
            format!("`{kind}` has no role `{role}`; did you mean `{near}`?")
        }
        ArgumentFault::NoSuchRole { role, suggestion: None } => format!("`{kind}` has no role `{role}`"),
        ArgumentFault::WrongTarget { role, target, allowed } => {
            format!("the role `{role}` of `{kind}` cannot be filled by `{target}`; allowed: {}", list(allowed))
        }
    }
}
