//! Runs the rules over a snapshot.
//!
//! Faults that recognition found are handed to the rule of their fault class in one pass over a file's facts; rules
//! that look at a file or the corpus as a whole come after. Deliberately absent: which rules there are
//! ([`table`](super::table)), and what the configuration makes of a finding ([`finding`](super::finding)).

use camino::Utf8Path;
use compact_str::CompactString;
use smallvec::SmallVec;

use super::annotation::pair::PairContext;
use super::annotation::{configuration, difference, document_state, missed, settled_difference};
use super::by_fault;
use super::finding::{FileContext, FileReport, Finding, FindingLabel, FindingSink, fix};
use super::rule::RuleCheck;
use super::table::RULES;
use super::text::conflict_marker::Conflict;
use crate::annotation::{Against, Configuration, ConfigurationFile, Standoff};
use crate::corpus::link::link;
use crate::corpus::linked::{LinkContext, LinkReason, LinkedMention};
use crate::corpus::{File, Snapshot};
use crate::curation::{CurationFile, OpenDifference, SettledFile, StateFile};
use crate::recognise::decree::IncompleteSymbol;
use crate::recognise::facts::SegmentFacts;
use crate::recognise::fault::Fault;
use crate::recognise::name::Via;
use crate::recognise::profile::DocumentProfile;
use crate::recognise::text_fault::TextFault;
use crate::text::encoding::Undecodable;
use crate::text::{FileId, LineIndex, Place, Position};

/// People named in short, and titles said of somebody named before.
pub(super) fn short<'a>(snapshot: &Snapshot, file: &'a File, profile: &DocumentProfile) -> Vec<LinkedMention<'a>> {
    if !snapshot.config.short_mentions {
        return Vec::new();
    }
    let facts: Vec<_> = file.facts().collect();
    let mut linked = link(&facts, LinkContext { registry: &snapshot.registry, day: profile.date, short: true });
    linked.retain(|mention| mention.name.via == Via::Context || matches!(mention.reason, LinkReason::NamedBefore(_)));
    linked
}

/// The findings in an annotation file: its number and that of its text, its path below the corpus root, and what it
/// holds.
pub fn check_annotations(
    snapshot: &Snapshot,
    (file, document): (FileId, Option<FileId>),
    path: &str,
    content: CheckedAnnotations<'_>,
) -> FileReport {
    let config = snapshot.config.for_file(path);
    let mut sink = FindingSink::new(snapshot, file, config, RULES[0]);
    match content {
        CheckedAnnotations::NotUtf8(at) => super::text::not_utf8::check(at, &mut sink),
        CheckedAnnotations::Read(standoff, against) => {
            let lines = LineIndex::new(standoff.source());
            let document = document.and_then(|document| snapshot.file(document)).map(|file| &**file);
            let pair = PairContext::new(snapshot, (file, document), standoff, against, &lines);
            super::annotation::check::check(&pair, &mut sink);
            for rule in RULES.iter().copied() {
                if let RuleCheck::Pair(check) = rule.check {
                    check(&pair, sink.of_rule(rule));
                }
            }
            let conflicts = super::text::conflict_marker::in_source(standoff.source());
            return finish_outside(sink, &conflicts);
        }
    }
    sink.finish()
}

/// The finding about an annotation file that no text is beside: its number, and its path below the corpus root.
pub fn check_orphan(snapshot: &Snapshot, file: FileId, path: &Utf8Path) -> FileReport {
    let config = snapshot.config.for_file(path.as_str());
    let mut sink = FindingSink::new(snapshot, file, config, RULES[0]);
    sink.of_rule(&super::annotation::orphan::RULE).report(super::annotation::orphan::finding(snapshot, path));
    sink.finish()
}

/// The findings in a text that its annotation files bring: what they leave out. `found` are these files, `text` the
/// document as they count it.
pub fn check_unannotated(
    snapshot: &Snapshot,
    document: FileId,
    found: &[(FileId, &Standoff)],
    text: &str,
) -> FileReport {
    let Some(file) = snapshot.file(document) else { return FileReport::default() };
    let file = &*file.unpacked();
    let mut sink = FindingSink::new(snapshot, file.id, snapshot.config.for_file(file.path.as_str()), &missed::RULE);
    missed::check(snapshot, file, found, text, &mut sink);
    sink.finish()
}

/// The findings in a configuration file of an annotation project: its number, its path below the corpus root and its
/// text. `types` is the configuration that holds beside it.
pub fn check_configuration(
    snapshot: &Snapshot,
    file: FileId,
    path: &str,
    (which, source): (ConfigurationFile, &str),
    types: Option<&Configuration>,
) -> FileReport {
    let mut sink = FindingSink::new(snapshot, file, snapshot.config.for_file(path), &configuration::RULE);
    configuration::check(file, source, &which.faults(source, types), &mut sink);
    sink.finish()
}

/// The findings in an annotation file about open differences from another annotator's set, whose name is `with`: the
/// file's number and path below the corpus root, what it holds, and its text with its number.
pub fn check_differences(
    snapshot: &Snapshot,
    (file, path, standoff): (FileId, &str, &Standoff),
    document: (FileId, &str),
    with: &str,
    open: &[OpenDifference],
) -> FileReport {
    let mut sink = FindingSink::new(snapshot, file, snapshot.config.for_file(path), &difference::RULE);
    difference::check(standoff, document, with, open, &mut sink);
    sink.finish()
}

/// The findings in a file in which people keep what they have decided: its number, and its content or the first byte
/// that is not UTF-8. While not `all` documents are known none is said to be gone.
pub fn check_curation_file(
    snapshot: &Snapshot,
    (file, which): (FileId, CurationFile),
    content: Result<&str, Undecodable>,
    all: bool,
) -> FileReport {
    let config = snapshot.config.for_file(which.file_name());
    let rule = match which {
        CurationFile::States => &document_state::RULE,
        CurationFile::Settled => &settled_difference::RULE,
    };
    let mut sink = FindingSink::new(snapshot, file, config, rule);
    match content {
        Ok(source) => {
            match which {
                CurationFile::States => {
                    document_state::check(snapshot, file, &StateFile::parse(source), all, &mut sink);
                }
                CurationFile::Settled => {
                    settled_difference::check(snapshot, file, &SettledFile::parse(source), all, &mut sink);
                }
            }
            finish_outside(sink, &super::text::conflict_marker::in_source(source))
        }
        Err(undecodable) => {
            super::text::not_utf8::check(undecodable, &mut sink);
            sink.finish()
        }
    }
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
pub fn check_sources(snapshot: &Snapshot) -> FileReport {
    super::sources::check(snapshot)
}

/// Leaves findings in regions that a merge has left behind out of a report, and adds one for each region: nobody knows
/// which side is right, so nothing in them is judged.
pub(super) fn finish_outside(mut sink: FindingSink<'_>, conflicts: &[Conflict]) -> FileReport {
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

/// A finding about a reference that lacks a part, which other citations may give.
#[derive(Clone, Debug)]
pub struct PendingCompletion {
    /// The rule.
    pub rule: FindingLabel,
    /// The number of the finding among those of its chunk.
    pub number: usize,
    /// The parts that are there.
    pub symbol: IncompleteSymbol,
    /// The place that the full form would replace.
    pub place: Place,
    /// The full form, where there is one.
    pub full: Option<CompactString>,
}

/// The faults of a segment, each judged by the rule of its class. Returns the fixes that other citations may give.
pub(super) fn faults(
    context: &FileContext<'_>,
    start: Position,
    facts: &SegmentFacts,
    sink: &mut FindingSink<'_>,
) -> SmallVec<[PendingCompletion; 1]> {
    let mut pending = SmallVec::new();
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
                let finding = finding(context, start, facts, fault, message(fault));
                let incomplete = decree.incomplete.as_ref().filter(|_| finding.fix.is_none());
                let severity = super::decree::severity_of(&fault.kind).unwrap_or(rule.severity);
                let number = sink.len();
                sink.of_rule(rule).report_at(severity, finding);
                if let Some(symbol) = incomplete.filter(|_| sink.len() > number) {
                    let (rule, place) = (rule.into(), facts.place(start, symbol.edit));
                    pending.push(PendingCompletion { rule, number, symbol: (**symbol).clone(), place, full: None });
                }
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
    pending
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
