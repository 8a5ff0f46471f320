//! A relation joins types that `annotation.conf` does not allow.
//!
//! ## Why
//! A relation whose arguments have changed places, or that joins other things than it was made for, says something that
//! nobody meant. brat shows it as an error.
//!
//! ## Example
//! With `[relations]` holding `Holds Arg1:Person, Arg2:Office`:
//!
//! ```text
//! R1    Holds Arg1:T1 Arg2:T2
//! ```
//!
//! where `T1` is an `Office` and `T2` a `Person`.
//!
//! ## Fix
//! Exchange the arguments, choose another relation, or change `annotation.conf`. A type below an allowed one is
//! allowed.

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
    let AnnotationFaultKind::Relation { kind, fault: ArgumentFault::WrongTarget { role, target, allowed } } =
        &fault.problem
    else {
        return String::new();
    };
    format!("`{role}` of the relation `{kind}` cannot be `{target}`; allowed: {}", list(allowed))
}
