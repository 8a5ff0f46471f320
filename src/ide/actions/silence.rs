//! "I have seen it": a `[[suppress]]` table for a finding.

use super::fixes::touches;
use super::{Action, ActionKind, Change, of_source};
use crate::config::edit::{NewSuppression, add_suppression, glob_of};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::Diagnostic;
use crate::text::Span;

/// One action a finding in the range, where the corpus has a configuration.
pub(super) fn actions(
    snapshot: &Snapshot,
    file: &File,
    span: Span,
    findings: &[Diagnostic],
    actions: &mut Vec<Action>,
) {
    let Some((config, source)) = &snapshot.config_source else { return };
    for (number, finding) in findings.iter().enumerate() {
        if finding.file != file.id || !touches(finding.place, span) {
            continue;
        }
        let surface = file.document().map(|document| document.slice(finding.place.span()));
        let surface = surface.filter(|surface| !surface.is_empty());
        let shown = surface.as_ref().map(|surface| format!(" for `{surface}`")).unwrap_or_default();
        let new = NewSuppression {
            path: glob_of(file.path.as_str()),
            rule: finding.code.to_string(),
            text: surface,
            until: None,
            reason: Some(format!("seen and accepted on {}", snapshot.today)),
        };
        let Ok(edits) = add_suppression(&source.text, &new) else { continue };
        actions.push(Action {
            title: format!("silence `{}`{shown} in this file", finding.code),
            kind: ActionKind::QuickFix,
            change: Change::Edits(of_source(*config, source, edits)),
            findings: vec![number],
            preferred: false,
        });
    }
}
