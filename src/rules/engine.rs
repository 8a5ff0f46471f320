//! Runs the rules over a snapshot.
//!
//! Faults that recognition found are handed to the rule of their fault class in one pass over a file's facts; rules
//! that look at a file or the corpus as a whole come after. What is found passes the configuration (severity,
//! suppressions) here and nowhere else. Deliberately absent: which rules there are.

use compact_str::CompactString;
use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::rule::{Rule, RuleCheck};
use super::text::conflict_marker::Conflict;
use super::{RULES, by_fault};
use crate::annotation::{Against, Standoff};
use crate::config::{FileConfig, FixLevel};
use crate::corpus::digest::{Citation, NameForm};
use crate::corpus::link::link;
use crate::corpus::linked::{LinkContext, LinkReason, LinkedMention};
use crate::corpus::overview::{DocumentGroup, Overview};
use crate::corpus::{File, FileBody, Snapshot};
use crate::diagnostic::{Diagnostic, FileEdit, Fix, Related, Severity};
use crate::recognise::facts::SegmentFacts;
use crate::recognise::fault::Fault;
use crate::recognise::name::Via;
use crate::recognise::profile::DocumentProfile;
use crate::recognise::text_fault::TextFault;
use crate::text::encoding::Undecodable;
use crate::text::{FileId, Place, Position};

/// The view of a file that rules have.
///
/// Rules run after every keystroke: they judge groups of alike mentions and ask for places only where something is
/// wrong. A walk over [`File::facts`] would cost the whole document each time.
pub struct FileContext<'a> {
    /// The corpus.
    pub snapshot: &'a Snapshot,
    /// The file.
    pub file: &'a File,
    /// The profile of the document.
    pub profile: DocumentProfile,
    /// The document as a whole.
    pub overview: Overview<'a>,
    /// The names, alike ones together, by their first mention.
    pub names: Vec<DocumentGroup<NameForm>>,
    /// The citations of legal documents, alike ones together, by their first.
    pub citations: Vec<DocumentGroup<Citation>>,
    /// People named in short, where that is asked for and the titles said of them, in order.
    pub short: Vec<LinkedMention<'a>>,
}

/// A fault that a rule has found.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The place.
    pub place: Place,
    /// The text there, which suppressions compare.
    pub surface: CompactString,
    /// The message.
    pub message: String,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// The fix.
    pub fix: Option<Fix>,
}

/// Takes findings of one file and passes on those the configuration wants.
pub struct FindingSink<'a> {
    file: FileId,
    config: FileConfig<'a>,
    today: Date,
    rule: &'static Rule,
    report: FileReport,
    /// The numbers of the suppressions that silenced something.
    used: FxHashSet<usize>,
}

impl<'a> FindingSink<'a> {
    fn new(snapshot: &Snapshot, file: FileId, config: FileConfig<'a>) -> Self {
        let (today, report) = (snapshot.today, FileReport::default());
        Self { file, config, today, rule: RULES[0], report, used: FxHashSet::default() }
    }

    /// The settings of the file.
    pub const fn config(&self) -> &FileConfig<'a> {
        &self.config
    }
}

/// The findings of a file.
#[derive(Clone, Debug, Default)]
pub struct FileReport {
    /// In the order of output.
    pub diagnostics: Vec<Diagnostic>,
    /// The numbers of the suppressions that silenced something, sorted.
    pub used: Vec<usize>,
}

impl FileReport {
    /// Returns whether nothing was found, nor silenced.
    pub const fn is_empty(&self) -> bool {
        self.diagnostics.is_empty() && self.used.is_empty()
    }
}

impl FindingSink<'_> {
    /// A finding of the rule that runs.
    pub fn report(&mut self, finding: Finding) {
        let severity = self.rule.severity;
        self.report_at(severity, finding);
    }

    /// A finding whose severity, unless configured, is not the rule's.
    pub fn report_at(&mut self, severity: Severity, finding: Finding) {
        let Some(severity) = self.config.severity(self.rule.code, severity) else { return };
        let used = self.config.suppressions(self.rule.code, &finding.surface, self.today);
        if !used.is_empty() {
            self.used.extend(used);
            return;
        }
        let fix = self.fix(finding.fix);
        self.report.diagnostics.push(Diagnostic {
            code: self.rule.code.into(),
            severity,
            file: self.file,
            place: finding.place,
            message: finding.message,
            related: finding.related,
            fix,
            unnecessary: self.rule.is_unnecessary(),
        });
    }

    /// The fix as the configuration wants it: a matter of style is safe only where the configuration says so.
    fn fix(&self, fix: Option<Fix>) -> Option<Fix> {
        let code = self.rule.code;
        let mut fix = fix?;
        fix.safe = match (self.config.fix_level(code), super::is_style(code)) {
            (Some(FixLevel::Off), _) => return None,
            (Some(FixLevel::Unsafe), _) | (None, true) => false,
            (Some(FixLevel::Safe), true) => true,
            (Some(FixLevel::Safe) | None, false) => fix.safe,
        };
        Some(fix)
    }
}

/// The findings of one text file.
pub fn check_file(snapshot: &Snapshot, file: &File) -> FileReport {
    let file = &*file.unpacked();
    let config = snapshot.config.for_file(file.path.as_str());
    let mut sink = FindingSink::new(snapshot, file.id, config);
    if let FileBody::NotUtf8(at) = file.body {
        super::text::not_utf8::check(at, &mut sink);
        return sink.finish();
    }
    let profile = snapshot.profile(file);
    let overview = Overview::new(file, &snapshot.basis(profile));
    let (names, citations) = (overview.names(), overview.citations());
    let short = short(snapshot, file, &profile);
    let context = FileContext { snapshot, file, profile, overview, names, citations, short };
    for (start, facts) in context.overview.faulty() {
        faults(&context, start, facts, &mut sink);
    }
    for rule in RULES.iter().copied() {
        if let RuleCheck::File(check) = rule.check {
            sink.rule = rule;
            check(&context, &mut sink);
        }
    }
    super::text::invisible_character::break_hints(&context, &mut sink);
    let conflicts = super::text::conflict_marker::in_text(&context);
    sink.finish_outside(&conflicts)
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
    let mut sink = FindingSink::new(snapshot, file, config);
    match content {
        CheckedAnnotations::NotUtf8(at) => super::text::not_utf8::check(at, &mut sink),
        CheckedAnnotations::Read(standoff, against) => {
            super::annotation::check(file, standoff, against, &mut sink);
            let conflicts = super::text::conflict_marker::in_source(standoff.source());
            return sink.finish_outside(&conflicts);
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

impl FindingSink<'_> {
    /// The sink of a rule that runs alone, for [`sources`](super::sources).
    pub(super) fn of_rule(&mut self, rule: &'static Rule) -> &mut Self {
        self.rule = rule;
        self
    }

    /// The report without findings in regions that a merge has left behind, and with one for each of these: nobody
    /// knows which side is right, so nothing in them is judged.
    fn finish_outside(mut self, conflicts: &[Conflict]) -> FileReport {
        if !conflicts.is_empty() {
            let is_inside = |place: Place| {
                let after = conflicts.partition_point(|conflict| conflict.region.start.byte <= place.start.byte);
                after > 0 && place.start.byte <= conflicts[after - 1].region.end.byte
            };
            self.report.diagnostics.retain(|found| !is_inside(found.place));
            for conflict in conflicts {
                self.of_rule(&super::text::conflict_marker::RULE).report(conflict.finding());
            }
        }
        self.finish()
    }

    fn finish(mut self) -> FileReport {
        self.report.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        self.report.used = self.used.into_iter().collect();
        self.report.used.sort_unstable();
        self.report
    }
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

/// The correction of a fault as a fix of its file.
pub(super) fn fix<K>(file: FileId, start: Position, facts: &SegmentFacts, fault: &Fault<K>) -> Option<Fix> {
    let correction = fault.correction.as_ref()?;
    let title = match correction.text() {
        Some("") => format!("remove {}", name(&fault.surface)),
        Some(" ") => "write a space".to_owned(),
        Some("\n" | "\r\n") => "end the line here".to_owned(),
        Some(text) => format!("write `{text}`"),
        None => match correction.edits.first() {
            Some((_, first)) if correction.edits.iter().all(|(_, text)| text == first) => match first.as_str() {
                "" => "remove them".to_owned(),
                " " => "write a space for each".to_owned(),
                "\n" | "\r\n" => "end the line at each".to_owned(),
                text => format!("write `{text}` for each"),
            },
            _ => "correct it".to_owned(),
        },
    };
    let edits = correction.edits.iter();
    let edits = edits.map(|(span, text)| FileEdit { file, place: facts.place(start, *span), text: text.clone() });
    Some(Fix { title, safe: correction.safe, edits: edits.collect() })
}

fn name(surface: &str) -> String {
    if surface.trim().is_empty() || surface.chars().all(crate::text::fold::is_invisible) {
        "it".to_owned()
    } else {
        format!("`{surface}`")
    }
}
