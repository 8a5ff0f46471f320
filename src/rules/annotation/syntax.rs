//! A line of an annotation file is not of the form brat reads.
//!
//! ## Why
//! brat refuses such a line, or the whole document, and other tools pass over it in silence: what was annotated there
//! is lost to everybody who reads the file. scholiast keeps the line as it is.
//!
//! ## Example
//! ```text
//! ลุงสมชายมา
//! ```
//!
//! ```ann
//! T1 Person 3 8 สมชาย
//! ```
//!
//! A TAB must stand behind the id and before the recorded text.
//!
//! ## Fix
//! Write the line as the message says, or give it an id of its own where the id is taken.

use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, Malformed};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/syntax",
    severity: Severity::Error,
    summary: "a line of an annotation file that brat does not accept",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::Syntax, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Malformed(malformed) = &fault.problem else { return String::new() };
    match malformed {
        Malformed::Blank => "an empty line, which annotation files must not have".to_owned(),
        Malformed::ByteOrderMark => "a byte-order mark before the first id, which hides the line from brat".to_owned(),
        Malformed::NoId => "the line does not begin with an id (a letter and a number) and a TAB".to_owned(),
        Malformed::UnknownKind => {
            "no kind of annotation has ids with this letter; there are T, E, R, *, A, M, N and #".to_owned()
        }
        Malformed::DuplicateId { first_line } => format!("the id is already given on line {first_line}"),
        Malformed::Body { form } => format!("what follows the id is not of the form `{form}`"),
        Malformed::Reversed => "a fragment ends before it starts".to_owned(),
        Malformed::OverlappingFragments => "two fragments of one annotation overlap".to_owned(),
        Malformed::SameRole => "both arguments of the relation have the same role".to_owned(),
        Malformed::TriggerType { trigger } => format!("the event's trigger is of another type, `{trigger}`"),
        Malformed::OnTrigger { event } => {
            format!("this is said of the trigger of {event}; brat wants it said of the event itself")
        }
    }
}
