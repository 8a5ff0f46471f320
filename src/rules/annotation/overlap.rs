//! Two annotations share text in a way that `annotation.conf` does not allow.
//!
//! ## Why
//! A project that says which spans may overlap counts on it: its exports to one label a token, and its measures of
//! agreement, take one of the two and drop the other. Checked is where `annotation.conf` has `<OVERLAP>` lines, or
//! `tools.conf` says `validate:all`; `validate:none` switches it off. As in brat an overlap that no line allows is an
//! error, and the triggers of events are left out.
//!
//! ## Example
//! ```text
//! Bank of England
//! ```
//!
//! with the annotations
//!
//! ```ann
//! T1    Organization 0 15    Bank of England
//! T2    Person 8 15    England
//! ```
//!
//! and an `annotation.conf` that lets a place lie within an organisation, and nothing else:
//!
//! ```conf
//! [entities]
//! Organization
//! Person
//! Place
//! [relations]
//! <OVERLAP> Arg1:Place, Arg2:Organization, <OVL-TYPE>:contain
//! ```
//!
//! Four spaces stand for a TAB in annotation files.
//!
//! ## Fix
//! Delete one of the two, correct its type or its span, or add an `<OVERLAP>` line to `annotation.conf`.

use crate::annotation::{AnnotationFault, AnnotationFaultClass, AnnotationFaultKind, OverlapSort};
use crate::diagnostic::Severity;
use crate::rules::rule::{Rule, RuleCheck};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/overlap",
    severity: Severity::Error,
    summary: "two annotations that share text where annotation.conf does not allow it",
    source: crate::rule_source!(),
    check: RuleCheck::Annotation(AnnotationFaultClass::Overlap, message),
};

fn message(fault: &AnnotationFault) -> String {
    let AnnotationFaultKind::Overlap { other, kinds: [this, that], sort, inside } = &fault.problem else {
        return String::new();
    };
    match (sort, inside) {
        (OverlapSort::Equal, _) => format!("`{this}` marks the same text as {other}, `{that}`, which is not allowed"),
        (OverlapSort::Contain, true) => format!("`{this}` lies within {other}, `{that}`, which is not allowed"),
        (OverlapSort::Contain, false) => format!("`{this}` lies around {other}, `{that}`, which is not allowed"),
        (OverlapSort::Cross, _) => format!("`{this}` crosses {other}, `{that}`, which is not allowed"),
    }
}
