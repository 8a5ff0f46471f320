//! "I have seen it": a `[[suppress]]` table for a finding.

use super::action::{Action, ActionChange, ActionKind, of_source};
use super::fixes::touches;
use crate::config::edit::{NewSuppression, add_suppression, glob_of};
use crate::corpus::Snapshot;
use crate::diagnostic::Diagnostic;
use crate::ide::place::FileRange;
use crate::text::Span;

/// One action for each finding in a range of a text or of the annotations beside one, where the corpus has a
/// configuration. `path` is the file's below the root, `slice` gives the text of one of its spans, where it is known.
pub fn silence(
    snapshot: &Snapshot,
    path: &str,
    slice: &dyn Fn(Span) -> Option<String>,
    at: FileRange,
    findings: &[Diagnostic],
) -> Vec<Action> {
    let mut actions = Vec::new();
    let Some((config, source)) = &snapshot.config_source else { return actions };
    for (number, finding) in findings.iter().enumerate() {
        if finding.file != at.file || !touches(finding.place, at.span) {
            continue;
        }
        let surface = slice(finding.place.span()).filter(|surface| !surface.is_empty());
        let shown = surface.as_ref().map(|surface| format!(" for `{surface}`")).unwrap_or_default();
        let new = NewSuppression {
            path: glob_of(path),
            rule: finding.code.to_string(),
            text: surface,
            until: None,
            reason: Some(format!("seen and accepted on {}", snapshot.today)),
        };
        let Ok(edits) = add_suppression(&source.text, &new) else { continue };
        actions.push(Action {
            title: format!("silence `{}`{shown} in this file", finding.code),
            kind: ActionKind::QuickFix,
            change: ActionChange::Edits(of_source(*config, source, edits)),
            findings: vec![number],
            preferred: false,
        });
    }
    actions
}
