//! A line in the file with the states of documents (`scholiast-states.tsv`) that says nothing, or nothing that holds.
//!
//! ## Why
//! `scholiast state` keeps there who has annotated and reviewed which document. A line that cannot be read counts for
//! nothing, so that the document is taken for a new one; a line about a document that was renamed is lost for it. After
//! a merge that kept the lines of both sides, of two lines about one document the later holds.
//!
//! ## Example
//! ```tsv
//! a.txt    dnoe    Anna    2026-03-01T08:00:00Z
//! ```
//!
//! Four spaces stand for a TAB.
//!
//! ## Fix
//! Write one of `new`, `in-work`, `done`, `reviewed`, or let `scholiast state --set` write the line. The fix deletes a
//! line that a later one has replaced.

use super::line_fault;
use crate::corpus::Snapshot;
use crate::curation::state_file::{StateFaultKind, StateFile};
use crate::diagnostic::Severity;
use crate::rules::finding::FindingSink;
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{FileId, LineIndex};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/document-state",
    severity: Severity::Warning,
    summary: "a line about the state of a document that says nothing that holds",
    source: crate::rule_source!(),
    check: RuleCheck::AnyFile,
};

/// Reports the faults of the file with the states. While not `all` documents are known none is gone.
pub fn check(snapshot: &Snapshot, file: FileId, states: &StateFile, all: bool, sink: &mut FindingSink<'_>) {
    let source = states.source();
    let lines = LineIndex::new(source);
    let documents = line_fault::documents(snapshot);
    for fault in states.faults(&|path| !all || documents.contains(path)) {
        sink.report(line_fault::finding(
            file,
            (source, &lines),
            fault.span,
            message(&fault.kind),
            fault.repair.as_ref(),
        ));
    }
}

fn message(kind: &StateFaultKind) -> String {
    match kind {
        StateFaultKind::LineForm => {
            "the line is not of the form `PATH TAB STATE TAB PERSON TAB TIME`, so it is not read".to_owned()
        }
        StateFaultKind::UnknownState(unknown) => unknown.to_string(),
        StateFaultKind::Time(word) => {
            format!("`{}` is no time; write one such as `2026-03-01T08:00:00Z`", word.escape_debug())
        }
        StateFaultKind::Superseded(line) => format!("line {line} says something later of the same document and holds"),
        StateFaultKind::Contradicted(line, state) => format!(
            "line {line} says `{}` of the same document at the same time, which holds; delete the line that is wrong",
            state.as_str()
        ),
        StateFaultKind::Gone(path) => line_fault::gone(path),
    }
}
