//! Runs the rules over a snapshot.
//!
//! Faults that recognition found are handed to the rule of their fault class in one pass over a file's facts; rules
//! that look at a file or the corpus as a whole come after. Deliberately absent: which rules there are
//! ([`table`](super::table)), and what the configuration makes of a finding ([`finding`](super::finding)).

use super::by_fault;
use super::finding::{FileContext, FileReport, Finding, FindingSink, fix};
use super::rule::RuleCheck;
use super::table::RULES;
use super::text::conflict_marker::Conflict;
use crate::annotation::{Against, Standoff};
use crate::corpus::link::link;
use crate::corpus::linked::{LinkContext, LinkReason, LinkedMention};
use crate::corpus::overview::Overview;
use crate::corpus::{File, FileBody, Snapshot};
use crate::diagnostic::Diagnostic;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::fault::Fault;
use crate::recognise::name::Via;
use crate::recognise::profile::DocumentProfile;
use crate::recognise::text_fault::TextFault;
use crate::text::encoding::Undecodable;
use crate::text::{FileId, Place, Position};

/// The findings of one text file.
pub fn check_file(snapshot: &Snapshot, file: &File) -> FileReport {
    let file = &*file.unpacked();
    let config = snapshot.config.for_file(file.path.as_str());
    let mut sink = FindingSink::new(snapshot, file.id, config, RULES[0]);
    if let FileBody::NotUtf8(at) = file.body {
        super::text::not_utf8::check(at, &mut sink);
        return sink.finish();
    }
    let profile = snapshot.profile(file);
    let overview = Overview::new(file, &snapshot.basis(profile));
    let (names, citations) = (overview.names(), overview.citations());
    let short = short(snapshot, file, &profile);
    sink.note_decided(overview.decided());
    let context = FileContext { snapshot, file, profile, overview, names, citations, short };
    for (start, facts) in context.overview.faulty() {
        faults(&context, start, facts, &mut sink);
    }
    for rule in RULES.iter().copied() {
        if let RuleCheck::File(check) = rule.check {
            sink.of_rule(rule);
            check(&context, &mut sink);
        }
    }
    super::text::invisible_character::break_hints(&context, &mut sink);
    let conflicts = super::text::conflict_marker::in_text(&context);
    finish_outside(sink, &conflicts)
}

/// People named in short, and titles said of somebody named before.
fn short<'a>(snapshot: &Snapshot, file: &'a File, profile: &DocumentProfile) -> Vec<LinkedMention<'a>> {
    if !snapshot.config.short_mentions {
        return Vec::new();
    }
    let facts: Vec<_> = file.facts().collect();
    let mut linked = link(&facts, LinkContext { registry: &snapshot.registry, day: profile.date, short: true });
    linked.retain(|mention| mention.name.via == Via::Context || matches!(mention.reason, LinkReason::NamedBefore(_)));
    linked
}

/// The findings in an annotation file: its number, its path below the corpus root, and what it holds.
pub fn check_annotations(snapshot: &Snapshot, file: FileId, path: &str, content: CheckedAnnotations<'_>) -> FileReport {
    let config = snapshot.config.for_file(path);
    let mut sink = FindingSink::new(snapshot, file, config, RULES[0]);
    match content {
        CheckedAnnotations::NotUtf8(at) => super::text::not_utf8::check(at, &mut sink),
        CheckedAnnotations::Read(standoff, against) => {
            super::annotation::check::check(file, standoff, against, &mut sink);
            let conflicts = super::text::conflict_marker::in_source(standoff.source());
            return finish_outside(sink, &conflicts);
        }
    }
    sink.finish()
}

/// The content of an annotation file.
#[derive(Clone, Copy, Debug)]
pub enum CheckedAnnotations<'a> {
    /// Annotations, and what they are compared with.
    Read(&'a Standoff, Against<'a>),
    /// No text: the first byte that is not UTF-8.
    NotUtf8(Undecodable),
}

/// The findings in the registry and the configuration of a corpus.
pub fn check_sources(snapshot: &Snapshot) -> Vec<Diagnostic> {
    super::sources::check(snapshot)
}

/// Leaves findings in regions that a merge has left behind out of a report, and adds one for each region: nobody knows
/// which side is right, so nothing in them is judged.
fn finish_outside(mut sink: FindingSink<'_>, conflicts: &[Conflict]) -> FileReport {
    if !conflicts.is_empty() {
        let is_inside = |place: Place| {
            let after = conflicts.partition_point(|conflict| conflict.region.start.byte <= place.start.byte);
            after > 0 && place.start.byte <= conflicts[after - 1].region.end.byte
        };
        sink.keep(|place| !is_inside(place));
        for conflict in conflicts {
            sink.of_rule(&super::text::conflict_marker::RULE).report(conflict.finding());
        }
    }
    sink.finish()
}

/// The faults of a segment, each judged by the rule of its class.
fn faults(context: &FileContext<'_>, start: Position, facts: &SegmentFacts, sink: &mut FindingSink<'_>) {
    for date in &facts.dates {
        for fault in date.faults(&context.profile) {
            if let Some((rule, RuleCheck::Date(_, message))) = by_fault::date(fault.kind.class()) {
                sink.of_rule(rule).report(finding(context, start, facts, fault, message(fault)));
            }
        }
    }
    for decree in &facts.decrees {
        let by_date = facts.faults_by_date(decree, &context.profile, context.snapshot.decrees());
        let own = decree.faults.iter().filter(|fault| fault.when.holds(&context.profile));
        for fault in own.chain(&by_date) {
            if let Some((rule, RuleCheck::Decree(_, message))) = by_fault::decree(fault.kind.class()) {
                let mut finding = finding(context, start, facts, fault, message(fault));
                if finding.fix.is_none() {
                    finding.fix = super::completion::fix(context, start, facts, decree);
                }
                let severity = super::decree::severity_of(&fault.kind).unwrap_or(rule.severity);
                sink.of_rule(rule).report_at(severity, finding);
            }
        }
    }
    for pattern in &facts.patterns {
        for fault in &pattern.faults {
            if let Some((rule, RuleCheck::Pattern(message))) = by_fault::pattern() {
                sink.of_rule(rule).report(finding(context, start, facts, fault, message(pattern, fault)));
            }
        }
    }
    let in_force = facts.text_faults.iter().filter(|fault| fault.when.holds(&context.profile));
    // Break hints are told once for the document.
    for fault in in_force.filter(|fault| !matches!(fault.kind, TextFault::BreakHint { .. })) {
        if let Some((rule, RuleCheck::Text(_, message))) = by_fault::text(fault.kind.class()) {
            sink.of_rule(rule).report(finding(context, start, facts, fault, message(fault)));
        }
    }
}

fn finding<K>(
    context: &FileContext<'_>,
    start: Position,
    facts: &SegmentFacts,
    fault: &Fault<K>,
    message: String,
) -> Finding {
    Finding {
        place: facts.place(start, fault.span),
        surface: fault.surface.clone(),
        message,
        related: Vec::new(),
        fix: fix(context.file.id, start, facts, fault),
    }
}
