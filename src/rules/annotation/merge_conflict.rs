//! A merge has left two versions of an annotation, and nobody has chosen between them.
//!
//! ## Why
//! `scholiast merge`, the merge driver of git for annotation files, keeps what contradicts on both sides, each with a
//! note `MergeConflict` that names its side. Until one is chosen the file says both.
//!
//! ## Example
//! ```text
//! Bà Lan về.
//! ```
//!
//! ```ann
//! T1    Person 3 6    Lan
//! T2    Place 3 6    Lan
//! #1    MergeConflict T1    OURS
//! #2    MergeConflict T2    THEIRS
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Delete the version that is wrong with its note, then the note of the one that stays.

use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/merge-conflict",
    severity: Severity::Error,
    summary: "two versions of an annotation that a merge has left",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::MergeConflict, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::MergeConflict { target, side } = &fault.problem else { return String::new() };
    let whose = match side.trim() {
        "OURS" => "our side has",
        "THEIRS" => "their side has",
        _ => "one side has",
    };
    format!("a merge has left this: {whose} {target}; delete it or what contradicts it, and then this note")
}
