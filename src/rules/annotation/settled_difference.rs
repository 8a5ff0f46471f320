//! A line in the file with settled differences (`scholiast-settled.tsv`) that settles nothing.
//!
//! ## Why
//! What two annotators have settled is remembered there by its words, a line a difference. A line that cannot be read,
//! or is about a document that was renamed, counts for nothing: the difference is open again, and somebody decides
//! once more.
//!
//! ## Example
//! ```settled
//! a.txt    Bà [Lan] về    mising    Person `Lan`    \
//! ```
//!
//! Four spaces stand for a TAB; the last one stands before an empty column.
//!
//! ## Fix
//! Delete the line and settle the difference in an editor, or write the path that the document has now. The fix deletes
//! a line that is there twice.

use super::line_fault;
use crate::corpus::Snapshot;
use crate::curation::settled_file::{SettledFaultKind, SettledFile};
use crate::diagnostic::Severity;
use crate::rules::finding::FindingSink;
use crate::rules::rule::{Rule, RuleCheck};
use crate::text::{FileId, LineIndex};

/// The rule.
pub const RULE: Rule = Rule {
    code: "annotation/settled-difference",
    severity: Severity::Warning,
    summary: "a line about a settled difference that settles nothing",
    source: crate::rule_source!(),
    check: RuleCheck::AnyFile,
};

/// Reports the faults of the file with settled differences. While not `all` documents are known none is gone.
pub fn check(snapshot: &Snapshot, file: FileId, settled: &SettledFile, all: bool, sink: &mut FindingSink<'_>) {
    let source = settled.source();
    let lines = LineIndex::new(source);
    let documents = line_fault::documents(snapshot);
    for fault in settled.faults(&|path| !all || documents.contains(path)) {
        sink.report(line_fault::finding(
            file,
            (source, &lines),
            fault.span,
            message(&fault.kind),
            fault.repair.as_ref(),
        ));
    }
}

fn message(kind: &SettledFaultKind) -> String {
    match kind {
        SettledFaultKind::LineForm => {
            "the line is not of the form `PATH TAB WORDS TAB SORT TAB OURS TAB THEIRS`, so it settles nothing"
                .to_owned()
        }
        SettledFaultKind::UnknownKind(word, meant) => {
            let word = word.escape_debug();
            match meant {
                Some(meant) => format!("unknown sort of difference `{word}`; use `{meant}`"),
                None => format!(
                    "unknown sort of difference `{word}`; use `missing`, `extra`, `boundary`, `type`, `link`, \
                     `attribute` or `relation`"
                ),
            }
        }
        SettledFaultKind::Repeated(line) => format!("line {line} is the same"),
        SettledFaultKind::Gone(path) => line_fault::gone(path),
    }
}
