//! The fixes of findings, one by one and all the safe ones at once, and corrections that are no findings.

use super::{Action, ActionKind, Change};
use crate::corpus::{File, Snapshot};
use crate::diagnostic::{Diagnostic, Edit};
use crate::ide::FileRange;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::flaw::{Correction, Flaw};
use crate::recognise::habits::When;
use crate::text::{FileId, Place, Position, Span};

/// The fix of each finding that touches the range; findings with the same fix share it.
pub(super) fn of_findings(at: FileRange, findings: &[Diagnostic], actions: &mut Vec<Action>) {
    for (number, finding) in findings.iter().enumerate() {
        let touched = finding.file == at.file && touches(finding.place, at.span);
        let Some(fix) = finding.fix.as_ref().filter(|_| touched) else { continue };
        let change = Change::Edits(fix.edits.clone());
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

/// The edits of all safe fixes of a file. A fix that overlaps an earlier one waits for the next time.
pub fn fix_all(findings: &[Diagnostic]) -> Vec<Edit> {
    let safe = findings.iter().filter_map(|finding| finding.fix.as_ref()).filter(|fix| fix.safe);
    let mut taken: Vec<&Edit> = Vec::new();
    for fix in safe {
        if fix.edits.iter().all(|edit| taken.contains(&edit)) {
            continue; // two findings of one correction
        }
        if !fix.edits.iter().any(|edit| taken.iter().any(|other| collide(edit, other))) {
            taken.extend(&fix.edits);
        }
    }
    let mut edits: Vec<Edit> = taken.into_iter().cloned().collect();
    edits.sort_by_key(|edit| (edit.file, edit.place));
    edits
}

/// Offers [`fix_all`] where it would change more than the fixes in the range.
pub(super) fn all(at: FileRange, findings: &[Diagnostic], actions: &mut Vec<Action>) {
    let of_file: Vec<Diagnostic> = findings.iter().filter(|finding| finding.file == at.file).cloned().collect();
    let edits = fix_all(&of_file);
    if edits.is_empty() {
        return;
    }
    actions.push(Action {
        title: "apply all safe fixes of this file".into(),
        kind: ActionKind::FixAll,
        change: Change::Edits(edits),
        findings: Vec::new(),
        preferred: false,
    });
}

fn collide(a: &Edit, b: &Edit) -> bool {
    let (one, other) = (a.place.span(), b.place.span());
    a.file == b.file && (one.overlaps(other) || one.start == other.start)
}

/// Corrections that are kept for people who ask: the diacritics of a reference in text without any.
pub(super) fn on_request(snapshot: &Snapshot, file: &File, span: Span, actions: &mut Vec<Action>) {
    let habits = snapshot.habits(file);
    for (start, facts) in file.facts_in(span) {
        let near = |place: Span| touches_span(place.shift(start.byte), span);
        for decree in facts.decrees.iter().filter(|decree| near(decree.core)) {
            offer(file.id, start, facts, decree.flaws.iter().filter(|flaw| !flaw.when.holds(&habits)), actions);
        }
        for date in facts.dates.iter().filter(|date| near(date.core)) {
            offer(file.id, start, facts, date.flaws.iter().filter(|flaw| flaw.when == When::ActionOnly), actions);
        }
    }
}

fn offer<'f, K: 'f>(
    file: FileId,
    start: Position,
    facts: &SegmentFacts,
    flaws: impl Iterator<Item = &'f Flaw<K>>,
    actions: &mut Vec<Action>,
) {
    for flaw in flaws {
        let Some(correction) = &flaw.correction else { continue };
        let change = Change::Edits(edits(file, start, facts, correction));
        if actions.iter().any(|action| action.change == change) {
            continue;
        }
        let title = match correction.text() {
            Some(text) if !text.is_empty() => format!("write `{text}`"),
            _ => format!("correct `{}`", flaw.surface),
        };
        actions.push(Action { title, kind: ActionKind::Rewrite, change, findings: Vec::new(), preferred: false });
    }
}

fn edits(file: FileId, start: Position, facts: &SegmentFacts, correction: &Correction) -> Vec<Edit> {
    let edits = correction.edits.iter();
    edits.map(|(span, text)| Edit { file, place: facts.place(start, *span), text: text.clone() }).collect()
}

pub(super) fn touches(place: Place, span: Span) -> bool {
    touches_span(place.span(), span)
}

pub(super) fn touches_span(a: Span, b: Span) -> bool {
    a.start <= b.end && b.start <= a.end
}
