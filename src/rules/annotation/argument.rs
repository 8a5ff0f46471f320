//! An event or an attribute has arguments that `annotation.conf` does not allow.
//!
//! ## Why
//! The configuration says which roles an event has, how often each is filled and by what. An event without its
//! trigger's partner, or an attribute of something that cannot have it, is shown as an error by brat and counted
//! wrongly by whoever counts events. The same holds for a piece of text of an event's type that no event uses, and for
//! events that are arguments of each other in a circle, which no program can follow to an end.
//!
//! ## Example
//! ```text
//! ลุงสมชายไปตลาด
//! ```
//!
//! with the annotations
//!
//! ```ann
//! T1    Person 3 8    สมชาย
//! T2    Move 8 10    ไป
//! E1    Move:T2 Who:T1
//! ```
//!
//! and the `annotation.conf`
//!
//! ```conf
//! [entities]
//! Person
//! Place
//! [events]
//! Move Who:Person, To:Place
//! ```
//!
//! Nobody says where to.
//!
//! Four spaces stand for a TAB in annotation files.
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
        ArgumentFault::Missing { role, least: 0 | 1 } => format!("`{kind}` needs the role `{role}`"),
        ArgumentFault::Missing { role, least } => format!("`{kind}` needs the role `{role}` {least} times"),
        ArgumentFault::TooMany { role, most: 1 } => format!("`{kind}` has the role `{role}` more than once"),
        ArgumentFault::TooMany { role, most } => format!("`{kind}` has the role `{role}` more than {most} times"),
        ArgumentFault::NoSuchRole { role, suggestion: Some(near) } => {
            format!("`{kind}` has no role `{role}`; did you mean `{near}`?")
        }
        ArgumentFault::NoSuchRole { role, suggestion: None } => format!("`{kind}` has no role `{role}`"),
        ArgumentFault::WrongTarget { role, target, allowed } => {
            format!("the role `{role}` of `{kind}` cannot be filled by `{target}`; allowed: {}", list(allowed))
        }
        ArgumentFault::NoTarget { role, target } => {
            format!("`{role}` of `{kind}` cannot be {target}; it can be a piece of text, an event or a relation")
        }
        ArgumentFault::NoEvent => {
            format!("`{kind}` is a type of events, and no event has this piece of text as its trigger")
        }
        ArgumentFault::Cycle { through } => match &through[..] {
            [one] => format!("the event {one} is an argument of itself"),
            several => format!("the events {} are arguments of each other in a circle", several.join(", ")),
        },
        // Of relations, which have a rule of their own.
        ArgumentFault::Between { .. } | ArgumentFault::NoEquivalence => String::new(),
    }
}
