//! The fixes of findings, one by one and all the safe ones at once, and corrections that are no findings.

use std::collections::BTreeMap;

use super::action::{Action, ActionChange, ActionKind};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::{Diagnostic, FileEdit};
use crate::ide::place::FileRange;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::fault::{Correction, Fault};
use crate::recognise::profile::When;
use crate::text::{FileId, Place, Position, Span};

/// The fix of each finding that touches the range; findings with the same fix share it.
pub(super) fn of_findings(at: FileRange, findings: &[Diagnostic], actions: &mut Vec<Action>) {
    for (number, finding) in findings.iter().enumerate() {
        let touched = finding.file == at.file && touches(finding.place, at.span);
        let Some(fix) = finding.fix.as_ref().filter(|_| touched) else { continue };
        let change = ActionChange::Edits(fix.edits.clone());
        match actions.iter_mut().find(|action| action.change == change) {
            Some(same) => same.findings.push(number),
            None => actions.push(Action {
                title: fix.title.clone(),
                kind: ActionKind::QuickFix,
                change,
                findings: vec![number],
                preferred: true,
            }),
        }
    }
}

/// The edits of all safe fixes of a file, sorted. A fix that overlaps an earlier one waits for the next time.
fn safe_edits<'d>(findings: impl Iterator<Item = &'d Diagnostic>) -> Vec<FileEdit> {
    let mut taken: BTreeMap<(FileId, u32), &FileEdit> = BTreeMap::new();
    for fix in findings.filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe) {
        // Of two findings with one correction the second finds its edits taken, and collides.
        if !fix.edits.iter().any(|edit| collides(&taken, edit)) {
            taken.extend(fix.edits.iter().map(|edit| ((edit.file, edit.place.start.byte), edit)));
        }
    }
    taken.into_values().cloned().collect()
}

/// Returns whether an edit starts where one of these does, or overlaps one.
fn collides(taken: &BTreeMap<(FileId, u32), &FileEdit>, edit: &FileEdit) -> bool {
    let span = edit.place.span();
    let before = taken.range(..=(edit.file, span.start)).next_back();
    let within = taken.range((edit.file, span.start)..(edit.file, span.end.max(span.start + 1))).next();
    before.is_some_and(|(_, other)| other.file == edit.file && other.place.span().end > span.start) || within.is_some()
}

/// Offers all safe fixes together where they would change anything.
pub(super) fn all(at: FileRange, findings: &[Diagnostic], actions: &mut Vec<Action>) {
    let edits = safe_edits(findings.iter().filter(|finding| finding.file == at.file));
    if edits.is_empty() {
        return;
    }
    actions.push(Action {
        title: "apply all safe fixes of this file".into(),
        kind: ActionKind::FixAll,
        change: ActionChange::Edits(edits),
        findings: Vec::new(),
        preferred: false,
    });
}

/// Corrections that are kept for people who ask: the diacritics of a reference in text without any.
pub(super) fn on_request(snapshot: &Snapshot, file: &File, span: Span, actions: &mut Vec<Action>) {
    let profile = snapshot.profile(file);
    for (start, facts) in file.facts_in(span) {
        let near = |place: Span| touches_span(place.shift(start.byte), span);
        for decree in facts.decrees.iter().filter(|decree| near(decree.core)) {
            offer(file.id, start, facts, decree.faults.iter().filter(|fault| !fault.when.holds(&profile)), actions);
        }
        for date in facts.dates.iter().filter(|date| near(date.core)) {
            offer(file.id, start, facts, date.faults.iter().filter(|fault| fault.when == When::ActionOnly), actions);
        }
    }
}

fn offer<'f, K: 'f>(
    file: FileId,
    start: Position,
    facts: &SegmentFacts,
    faults: impl Iterator<Item = &'f Fault<K>>,
    actions: &mut Vec<Action>,
) {
    for fault in faults {
        let Some(correction) = &fault.correction else { continue };
        let change = ActionChange::Edits(edits(file, start, facts, correction));
        if actions.iter().any(|action| action.change == change) {
            continue;
        }
        let title = match correction.text() {
            Some(text) if !text.is_empty() => format!("write `{text}`"),
            _ => format!("correct `{}`", fault.surface),
        };
        actions.push(Action { title, kind: ActionKind::Rewrite, change, findings: Vec::new(), preferred: false });
    }
}

fn edits(file: FileId, start: Position, facts: &SegmentFacts, correction: &Correction) -> Vec<FileEdit> {
    let edits = correction.edits.iter();
    edits.map(|(span, text)| FileEdit { file, place: facts.place(start, *span), text: text.clone() }).collect()
}

pub(super) fn touches(place: Place, span: Span) -> bool {
    touches_span(place.span(), span)
}

pub(super) fn touches_span(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}
